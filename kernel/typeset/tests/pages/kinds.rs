//! Every type of document can be set.

use crate::support::{notice, print, with};
use serde_json::json;

#[test]
fn a_notice_is_set() {
    let printed = print("notice", &notice());
    assert_eq!(printed.report.missing.len(), 0);
    assert_eq!(printed.report.remarks, Vec::<String>::new());
}

#[test]
fn an_upward_request_names_its_signers() {
    let changes = json!({
        "kind": "request_for_instruction", "issuers": ["岭东市财政局", "岭东市水务局", "岭东市应急管理局"],
        "signers": [{ "name": "李昉" }, { "name": "王玥祎" }, { "name": "欧阳建国" }],
        "title": "岭东市财政局 岭东市水务局 岭东市应急管理局关于安排防汛应急资金的请示",
        "recipients": [["岭东市人民政府"]], "annexes": null, "copies": null,
        "note": "联系人：李昉，电话：0000-8888888",
    });
    print("request", &with(notice(), changes));
}

#[test]
fn a_letter_is_set() {
    let changes = json!({ "kind": "letter", "title": "岭东市人民政府关于商请支援防汛物资的函",
        "recipients": [["岭西市人民政府"]], "annexes": null, "number": "岭府函〔2026〕3号" });
    print("letter", &with(notice(), changes));
}

#[test]
fn an_order_is_set() {
    let changes = json!({ "kind": "order", "title": "命令", "number": null, "recipients": null,
        "annexes": null, "signature": { "stamped": [{ "post": "市长", "name": "陈立新" }] } });
    print("order", &with(notice(), changes));
}

#[test]
fn minutes_are_set() {
    let changes = json!({ "kind": "minutes", "issuers": ["岭东市人民政府常务会议纪要"], "recipients": null,
        "annexes": null, "signature": "none", "number": "〔2026〕5号",
        "attendance": { "present": ["陈立新", "李昉", "王玥祎"], "absent": ["赵敏"],
            "observers": ["孙涛", "周雯"] } });
    let changes = with(changes, json!({ "number": "岭府纪〔2026〕5号" }));
    print("minutes", &with(notice(), changes));
}
