//! Documents to write and read.

use lingnan_gongwen::{Gongwen, Kind};
use serde_json::{Value, json};

/// A notice with everything a notice can have.
pub fn notice() -> Value {
    let long = "深入贯彻落实决策部署，坚持人民至上、生命至上，压紧压实防汛救灾责任，全面排查整治风险隐患，\
        加强监测预报预警，突出抓好中小河流洪水、山洪灾害、地质灾害和城市内涝防御。";
    json!({
        "kind": "notice", "copy_number": 1, "urgency": "urgent",
        "issuers": ["岭东市人民政府"], "number": "岭府〔2026〕12号",
        "title": "岭东市人民政府关于做好2026年防汛防旱防台风工作的通知",
        "recipients": [["各县（市、区）人民政府"], ["市政府各部门", "各直属机构"]],
        "body": [
            { "paragraph": { "spans": [{ "text": long }] } },
            { "heading": { "level": 1, "text": "一、总体要求" } },
            { "paragraph": { "spans": [{ "text": "坚持" },
                { "text": "预防为主", "style": { "bold": true } }, { "text": "。" }] } },
            { "heading": { "level": 2, "text": "（一）压实责任。", "then": [{ "text": long }] } },
            { "heading": { "level": 3, "text": "1.行政首长负责制。", "then": [{ "text": long }] } },
            { "heading": { "level": 4, "text": "（1）市级。", "then": [{ "text": "由市长任总指挥。" }] } },
            { "table": { "head": 1, "rows": [
                { "cells": [cell("序号"), cell("任务"), cell("牵头单位")] },
                { "cells": [{ "paragraphs": [[{ "text": "1" }]], "rows": 2 },
                    cell("排查"), cell("市水务局")] },
                { "cells": [{ "paragraphs": [[{ "text": "巡查" }], [{ "text": "每日" }]],
                    "columns": 2 }] },
            ] } },
            { "heading": { "level": 1, "text": "二、重点任务" } },
            { "paragraph": { "spans": [{ "text": long }] } },
        ],
        "annexes": [
            { "name": "重点任务分工表", "body": [{ "paragraph": { "spans": [{ "text": long }] } }] },
            { "name": "市级三防责任人名单和联系方式以及各县（市、区）三防责任人名单和联系方式" },
        ],
        "date": "2026-03-05", "note": "此件公开发布",
        "copies": [["市委各部委办"], ["市人大常委会办公室", "市政协办公室"], ["市纪委监委"]],
        "printing": { "office": "岭东市人民政府办公室", "date": "2026-03-06" },
    })
}

/// A document of a type, in that type's own way.
pub fn of(kind: Kind) -> Gongwen {
    let title = format!("岭东市人民政府关于防汛工作的{}", kind.name());
    let mut value = notice();
    let object = value.as_object_mut().unwrap();
    object.insert("kind".to_owned(), serde_json::to_value(kind).unwrap());
    object.insert("title".to_owned(), json!(title));
    match kind {
        Kind::Order | Kind::Motion => {
            let stamps = json!({ "stamped": [{ "post": "市长", "name": "陈立新" }] });
            object.insert("signature".to_owned(), stamps);
        }
        Kind::Resolution | Kind::Communique => {
            object.insert("signature".to_owned(), json!("none"));
            object.insert("note".to_owned(), Value::Null);
        }
        Kind::Minutes => {
            object.insert("issuers".to_owned(), json!(["岭东市人民政府常务会议纪要"]));
            object.insert("signature".to_owned(), json!("none"));
            object.insert("note".to_owned(), Value::Null);
            let attendance = json!({ "present": ["陈立新", "李昉"], "absent": ["赵敏"],
                "observers": ["孙涛", "周雯"] });
            object.insert("attendance".to_owned(), attendance);
        }
        Kind::Report | Kind::RequestForInstruction => {
            object.insert(
                "issuers".to_owned(),
                json!(["岭东市财政局", "岭东市水务局", "岭东市应急管理局"]),
            );
            object.insert(
                "signers".to_owned(),
                json!([{ "name": "李昉" }, { "name": "王玥祎" }, { "name": "欧阳建国" }]),
            );
            let title =
                format!("岭东市财政局 岭东市水务局 岭东市应急管理局关于防汛资金的{}", kind.name());
            object.insert("title".to_owned(), json!(title));
        }
        _ => {}
    }
    if matches!(kind, Kind::Order | Kind::Communique | Kind::Proclamation | Kind::PublicNotice) {
        object.insert("recipients".to_owned(), json!([]));
    }
    serde_json::from_value(value).unwrap()
}

/// A cell of one paragraph.
pub fn cell(text: &str) -> Value {
    json!({ "paragraphs": [[{ "text": text }]] })
}
