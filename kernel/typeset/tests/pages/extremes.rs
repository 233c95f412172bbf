//! What a drafter may really hand in: very long, very wide, very rare.

use crate::support::{notice, press, print, wide_table, with};
use lingnan_gongwen::check::{Verdict, check};
use lingnan_gongwen::{Fault, Gongwen};
use lingnan_typeset::{Error, sheets};
use serde_json::{Value, json};

fn paragraphs(count: usize) -> Value {
    let text =
        "各地各部门要提高政治站位，压实工作责任，细化工作举措，确保各项部署落到实处、见到实效。";
    let one = json!({ "paragraph": { "spans": [{ "text": text.repeat(4) }] } });
    Value::Array(vec![one; count])
}

#[test]
fn a_title_of_two_hundred_characters_is_set_and_said_to_crowd_out_the_text() {
    let title = format!("岭东市人民政府关于{}的通知", "加强基层应急管理能力建设".repeat(15));
    let printed = print("long-title", &with(notice(), json!({ "title": title })));
    assert_eq!(printed.report.remarks.len(), 1, "{:?}", printed.report.remarks);
    assert!(printed.report.remarks[0].contains("首页没有显示正文"));
}

#[test]
fn a_longer_title_is_refused_with_the_limit() {
    let title = "关于".repeat(150);
    let document: Gongwen =
        serde_json::from_value(with(notice(), json!({ "title": title }))).unwrap();
    let Err(Error::Faults(faults)) = press().print(&document) else { panic!("set") };
    assert_eq!(faults, [Fault::TooMuch { what: "标题字数", max: 200 }]);
}

#[test]
fn sixty_addressees_leave_room_for_the_text_or_stand_in_the_imprint() {
    let units: Vec<String> = (1..=60).map(|n| format!("岭东市第{n}街道办事处")).collect();
    let document = with(notice(), json!({ "recipients": [units], "annexes": null }));
    let printed = print("sixty-addressees", &document);
    assert_eq!(printed.report.remarks, Vec::<String>::new());
    let text = text(&printed.pdf);
    assert!(text.contains("主送：岭东市第1街道办事处"), "they moved to the imprint (7.3.2)");
    let rows = check(&sheets(&printed.pdf).unwrap());
    let shown = rows.iter().find(|row| row.element == "首页必须显示正文").unwrap();
    assert_eq!(shown.verdict, Verdict::Meets);
}

/// The characters of a file in their order.
fn text(pdf: &[u8]) -> String {
    let sheets = sheets(pdf).unwrap();
    sheets.iter().flat_map(|sheet| &sheet.glyphs).map(|glyph| glyph.text.as_str()).collect()
}

#[test]
fn a_table_wider_than_the_page_lies_on_its_side_and_loses_no_cell() {
    let printed = print("wide-table", &with(notice(), wide_table(24, 30)));
    let text = text(&printed.pdf);
    for row in [0, 15, 29] {
        assert!(text.contains(&format!("{row}-1")) && text.contains(&format!("{row}-24")));
    }
    for sheet in sheets(&printed.pdf).unwrap() {
        let inside = |x: f64, y: f64| (20.0..=192.0).contains(&x) && (20.0..=285.0).contains(&y);
        assert!(sheet.glyphs.iter().all(|glyph| inside(glyph.x, glyph.y)));
    }
}

#[test]
fn rare_characters_are_replaced_and_told_and_missing_ones_too() {
    let spans = json!([{ "text": "联系人：李昉、王玥祎、𠮷田。编号\u{e123}。" }]);
    let body = json!([{ "paragraph": { "spans": spans } }]);
    let printed = print("rare", &with(notice(), json!({ "body": body, "annexes": null })));
    let replaced: Vec<char> = printed.report.substituted.iter().map(|one| one.character).collect();
    assert!(replaced.contains(&'玥') && replaced.contains(&'𠮷'), "{replaced:?}");
    assert_eq!(printed.report.missing.iter().collect::<Vec<_>>(), [&'\u{e123}']);
}

#[test]
fn a_hundred_pages_are_numbered_to_the_last() {
    let document = with(notice(), json!({ "body": paragraphs(320), "annexes": null }));
    let printed = print("long", &document);
    assert!(printed.report.pages >= 100, "{}", printed.report.pages);
    let sheets = sheets(&printed.pdf).unwrap();
    let rows = check(&sheets);
    let numbers = rows.iter().find(|row| row.element == "页码连续").unwrap();
    assert_eq!((numbers.verdict, numbers.measured.as_str()), (Verdict::Meets, "连续"));
}

#[test]
fn a_leap_day_is_a_day() {
    let document = with(notice(), json!({ "date": "2028-02-29", "annexes": null }));
    assert!(text(&print("leap", &document).pdf).contains("2028年2月29日"));
    let wrong = serde_json::from_value::<Gongwen>(with(notice(), json!({ "date": "2027-02-29" })));
    assert!(wrong.is_err(), "there is no such day");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document: Gongwen = serde_json::from_value(notice()).unwrap();
    let (once, again) = (press().print(&document).unwrap(), press().print(&document).unwrap());
    assert!(once.pdf == again.pdf && once.ofd == again.ofd);
}

#[test]
fn a_single_paragraph_is_divided_when_its_signature_goes_over() {
    let said = "请加强地质灾害监测，掌握其长期动态变化及与水库水位变化的关系，并据此确定防治措施。";
    for repeats in 3..=8 {
        let words = said.repeat(repeats);
        let document = json!({
            "kind": "letter", "issuers": ["岭东市人民政府办公室"], "number": "岭府办函〔2026〕8号",
            "title": "岭东市人民政府办公室关于地质灾害险情有关问题的函",
            "recipients": [["岭下县人民政府"]], "date": "2026-03-05",
            "body": [{ "paragraph": { "spans": [{ "text": words }] } }],
            "note": "此件公开发布",
        });
        let printed = print(&format!("one-paragraph-{repeats}"), &document);
        let rows = check(&sheets(&printed.pdf).unwrap());
        let failed: Vec<_> = rows.iter().filter(|row| row.verdict == Verdict::Fails).collect();
        assert!(failed.is_empty(), "{repeats}: {failed:?}");
        assert!(text(&printed.pdf).contains(&words), "{repeats}: no character is lost");
    }
}
