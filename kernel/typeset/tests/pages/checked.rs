//! What comes out is GB/T 9704-2012: measured on both files by the checker.

use crate::support::{notice, print, with};
use lingnan_gongwen::check::{Row, Verdict, check};
use lingnan_typeset::sheets;
use serde_json::{Value, json};

/// Prints a document and measures both files; tells the rows that fail.
fn failures(name: &str, document: &Value) -> Vec<String> {
    let printed = print(name, document);
    let mut failed = Vec::new();
    for (kind, bytes) in [("pdf", &printed.pdf), ("ofd", &printed.ofd)] {
        let rows = check(&sheets(bytes).unwrap());
        let fails = rows.iter().filter(|row| row.verdict == Verdict::Fails);
        failed.extend(fails.map(|row| {
            let Row { clause, element, required, measured, .. } = row;
            format!("{name}.{kind} {clause} {element}: {required}, {measured}")
        }));
    }
    failed
}

#[test]
fn a_notice_meets_every_row() {
    assert_eq!(failures("checked-notice", &notice()), Vec::<String>::new());
}

#[test]
fn a_joint_request_meets_every_row() {
    let request = json!({
        "kind": "request_for_instruction",
        "issuers": ["岭东市财政局", "岭东市水务局", "岭东市应急管理局"],
        "signers": [{ "name": "李昉" }, { "name": "王玥祎" }, { "name": "欧阳建国" }],
        "title": "岭东市财政局 岭东市水务局\n岭东市应急管理局关于安排\n防汛应急资金的请示",
        "recipients": [["岭东市人民政府"]], "annexes": null, "copies": null,
        "note": "联系人：李昉，电话：0000-8888888",
    });
    assert_eq!(failures("checked-request", &with(notice(), request)), Vec::<String>::new());
}

#[test]
fn a_letter_meets_every_row() {
    let letter = json!({ "kind": "letter", "title": "岭东市人民政府关于商请支援防汛物资的函",
        "recipients": [["岭西市人民政府"]], "annexes": null, "number": "岭府函〔2026〕3号" });
    assert_eq!(failures("checked-letter", &with(notice(), letter)), Vec::<String>::new());
}

#[test]
fn an_order_meets_every_row() {
    let order = json!({ "kind": "order", "title": "命令", "number": "岭府令〔2026〕12号",
        "recipients": null, "annexes": null,
        "signature": { "stamped": [{ "post": "市长", "name": "陈立新" }] } });
    assert_eq!(failures("checked-order", &with(notice(), order)), Vec::<String>::new());
}

#[test]
fn minutes_meet_every_row() {
    let minutes = json!({ "kind": "minutes", "issuers": ["岭东市人民政府常务会议纪要"],
        "recipients": null, "annexes": null, "signature": "none", "number": "岭府纪〔2026〕5号",
        "attendance": { "present": ["陈立新", "李昉", "王玥祎"], "absent": ["赵敏"],
            "observers": ["孙涛", "周雯"] } });
    assert_eq!(failures("checked-minutes", &with(notice(), minutes)), Vec::<String>::new());
}

#[test]
fn all_fifteen_types_meet_every_row() {
    let named = [
        ("resolution", "决议"),
        ("decision", "决定"),
        ("order", "命令"),
        ("communique", "公报"),
        ("proclamation", "公告"),
        ("public_notice", "通告"),
        ("opinion", "意见"),
        ("notice", "通知"),
        ("circular", "通报"),
        ("report", "报告"),
        ("request_for_instruction", "请示"),
        ("reply_to_request", "批复"),
        ("motion", "议案"),
        ("letter", "函"),
        ("minutes", "纪要"),
    ];
    let mut failed = Vec::new();
    for (kind, name) in named {
        let title = format!("岭东市人民政府关于加强防汛工作的{name}");
        let mut changes = json!({ "kind": kind, "title": title, "annexes": null });
        let end = match kind {
            "order" | "motion" => json!({ "stamped": [{ "post": "市长", "name": "陈立新" }] }),
            "resolution" | "communique" | "minutes" => json!("none"),
            "proclamation" | "public_notice" => json!("unsealed"),
            _ => json!("sealed"),
        };
        changes["signature"] = end;
        match kind {
            "report" | "request_for_instruction" => {
                changes["signers"] = json!([{ "name": "陈立新" }])
            }
            "minutes" => changes["attendance"] = json!({ "present": ["陈立新", "李昉"] }),
            "resolution" => changes["adopted"] = json!("2026年3月5日市人民政府第3次常务会议通过"),
            _ => {}
        }
        let public = ["resolution", "order", "communique", "proclamation", "public_notice"];
        if public.contains(&kind) {
            changes["recipients"] = Value::Null;
        }
        failed.extend(failures(&format!("type-{kind}"), &with(notice(), changes)));
    }
    assert_eq!(failed, Vec::<String>::new());
}

#[test]
fn our_own_page_is_exact_to_a_tenth_of_a_millimetre() {
    let rows = check(&sheets(&print("exact", &notice()).pdf).unwrap());
    let exact = rows.iter().filter_map(|row| {
        let want = row.required.split('±').next()?.parse::<f64>().ok()?;
        let found = row.measured.strip_suffix(" mm")?.parse::<f64>().ok()?;
        Some((row, (found - want).abs()))
    });
    let off: Vec<String> = exact
        .filter(|(_, off)| *off > 0.1)
        .map(|(row, _)| format!("{}: {}, {}", row.element, row.required, row.measured))
        .collect();
    assert_eq!(off, Vec::<String>::new());
}

#[test]
fn title_lines_that_begin_or_end_with_a_mark_are_centred_by_whole_squares() {
    let title =
        "岭东市人民政府关于同意岭东、岭西、\n《岭下岭上》高新技术产业开发区\n建设示范区的通知";
    let title = with(notice(), json!({ "title": title }));
    assert_eq!(failures("checked-marked-title", &title), Vec::<String>::new());
}

#[test]
fn a_short_notice_on_one_page_meets_every_row() {
    let body = json!([{ "heading": { "level": 1, "text": "一、总体要求" } },
        { "paragraph": { "spans": [{ "text": "压实责任，抓好落实。" }] } }]);
    let annexes = json!([{ "name": "重点任务分工表" }]);
    let short = with(notice(), json!({ "body": body, "annexes": annexes, "copy_number": null }));
    assert_eq!(failures("checked-short", &short), Vec::<String>::new());
}
