//! The press of the tests, and documents to set.

use lingnan_gongwen::Gongwen;
use lingnan_typeset::{Press, Printed, Read, Shelf};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Where `cargo xtask` puts the free fonts and Debian its own.
fn files() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fonts");
    let all = [own, PathBuf::from("/usr/share/fonts/opentype/noto")];
    all.iter()
        .flat_map(|folder| {
            let entries = std::fs::read_dir(folder);
            let entries = entries.unwrap_or_else(|error| {
                panic!("{}: {error}; `cargo xtask test` fetches the fonts", folder.display())
            });
            entries.map(|entry| entry.unwrap().path())
        })
        .collect()
}

/// One press for all tests.
pub fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| {
        let reads =
            files().into_iter().map(|path| -> Read { Box::new(move || std::fs::read(&path).ok()) });
        Press::new(Shelf::new(reads.collect())).unwrap()
    })
}

/// The document of this value, in print; its files are left in `target/typeset` to be looked at.
pub fn print(name: &str, value: &Value) -> Printed {
    let document: Gongwen = serde_json::from_value(value.clone()).unwrap();
    let printed = press().print(&document).unwrap();
    keep(&format!("{name}.pdf"), &printed.pdf);
    keep(&format!("{name}.ofd"), &printed.ofd);
    printed
}

/// Leaves a file to be looked at.
pub fn keep(name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/typeset");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
}

/// A notice of a municipal government, with everything a notice can have.
pub fn notice() -> Value {
    let long = "深入贯彻落实党中央、国务院决策部署，坚持人民至上、生命至上，坚持统筹发展和安全，\
        压紧压实防汛救灾责任，全面排查整治风险隐患，加强监测预报预警，突出抓好中小河流洪水、\
        山洪灾害、地质灾害和城市内涝防御，最大限度减少人员伤亡和财产损失。";
    json!({
        "kind": "notice",
        "copy_number": 1, "urgency": "urgent",
        "issuers": ["岭东市人民政府"],
        "number": "岭府〔2026〕12号",
        "title": "岭东市人民政府关于做好2026年防汛防旱防台风工作的通知",
        "recipients": [["各县（市、区）人民政府"], ["市政府各部门", "各直属机构"]],
        "body": [
            { "paragraph": { "spans": [{ "text": long }] } },
            { "heading": { "level": 1, "text": "一、总体要求" } },
            { "paragraph": { "spans": [{ "text": long }] } },
            { "heading": { "level": 2, "text": "（一）压实责任。", "then": [{ "text": long }] } },
            { "heading": { "level": 3, "text": "1.行政首长负责制。", "then": [{ "text": long }] } },
            { "heading": { "level": 4, "text": "（1）市级。", "then": [{ "text": "由市长任总指挥。" }] } },
            { "heading": { "level": 1, "text": "二、重点任务" } },
            { "paragraph": { "spans": [{ "text": long }] } },
            { "paragraph": { "spans": [{ "text": long }] } },
        ],
        "annexes": [
            { "name": "2026年防汛防旱防台风重点任务分工表", "body": [
                { "paragraph": { "spans": [{ "text": long }] } },
                { "table": { "head": 1, "rows": [
                    { "cells": [cell("序号"), cell("任务"), cell("牵头单位"), cell("完成时限")] },
                    { "cells": [cell("1"), cell("山洪灾害危险区排查"), cell("市水务局"), cell("4月15日前")] },
                    { "cells": [cell("2"), cell("地质灾害隐患点巡查"), cell("市自然资源局"), cell("4月30日前")] },
                ] } },
            ] },
            { "name": "市级三防责任人名单和联系方式以及各县（市、区）三防责任人名单和联系方式" },
        ],
        "date": "2026-03-05",
        "note": "此件公开发布",
        "copies": [["市委各部委办"], ["市人大常委会办公室", "市政协办公室"], ["市纪委监委", "市法院", "市检察院", "岭东军分区"]],
        "printing": { "office": "岭东市人民政府办公室", "date": "2026-03-06" },
    })
}

/// A cell of one paragraph.
pub fn cell(text: &str) -> Value {
    json!({ "paragraphs": [[{ "text": text }]] })
}

/// The text of a document with a table of so many columns and rows, and no annex.
pub fn wide_table(columns: usize, rows: usize) -> Value {
    let head: Vec<Value> = (1..=columns).map(|n| cell(&format!("指标{n}"))).collect();
    let rows = (0..rows).map(|row| {
        let cells = (1..=columns).map(|n| cell(&format!("{row}-{n}")));
        json!({ "cells": cells.collect::<Vec<_>>() })
    });
    let rows: Vec<Value> = std::iter::once(json!({ "cells": head })).chain(rows).collect();
    let body = json!([{ "paragraph": { "spans": [{ "text": "情况如下表。" }] } },
        { "table": { "head": 1, "rows": rows } },
        { "paragraph": { "spans": [{ "text": "特此通知。" }] } }]);
    json!({ "body": body, "annexes": null })
}

/// A document changed in some of its elements; null takes one away.
pub fn with(mut document: Value, changes: Value) -> Value {
    let object = document.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            object.remove(key);
        } else {
            object.insert(key.clone(), value.clone());
        }
    }
    document
}
