//! Which lines of a page are taken for which element.

use lingnan_ocr::{Bounds, Element, Field, Leaf, Line, elements, marking};

/// A page of A4 from its lines: left and top in parts of a hundred, height in parts of a thousand
/// of the page, the text, and how sure it is.
fn leaf(lines: &[(f32, f32, f32, &str, f32)]) -> Leaf {
    let line = |&(left, top, height, text, sure): &(f32, f32, f32, &str, f32)| {
        let (left, top, height) = (left / 100.0, top / 100.0, height / 1000.0);
        let wide = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f32>();
        let right = left + wide * height / 0.707;
        Line::new(text, sure, Bounds { left, top, right, bottom: top + height })
    };
    Leaf { lines: lines.iter().map(line).collect(), ratio: 0.707 }
}

fn found(leaves: &[Leaf]) -> Vec<(Field, String)> {
    elements(leaves).into_iter().map(|own| (own.field, own.text)).collect()
}

fn check(leaves: &[Leaf], expected: &[(Field, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(field, text)| (*field, (*text).into())).collect();
    assert_eq!(found(leaves), expected);
}

fn notice() -> Leaf {
    leaf(&[
        (13.0, 12.0, 15.0, "000012", 0.99),
        (13.0, 15.0, 15.0, "特 急", 0.98),
        (20.0, 21.0, 45.0, "江门市人民政府文件", 0.97),
        (40.0, 31.0, 15.0, "江府[2026]", 0.9),
        (54.0, 31.0, 15.0, "12号", 0.95),
        (20.0, 37.0, 20.0, "江门市人民政府关于做好防汛防旱", 0.99),
        (33.0, 40.5, 20.0, "防台风工作的通知", 0.96),
        (13.0, 45.0, 15.0, "各县（市、区）人民政府，市政府各部门、各直", 0.98),
        (13.0, 47.5, 15.0, "属机构:", 0.98),
        (17.0, 50.0, 15.0, "按照《广东省人民政府关于防汛的通知》（粤府〔2025〕3号）", 0.98),
        (13.0, 52.5, 15.0, "要求，自2026年4月15日起施行。", 0.98),
        (58.0, 70.0, 15.0, "江门市人民政府", 0.98),
        (60.0, 72.5, 15.0, "2026年3月5日", 0.97),
        (13.0, 90.0, 13.0, "江门市人民政府办公室", 0.98),
        (60.0, 90.0, 13.0, "2026年3月6日印发", 0.98),
    ])
}

#[test]
fn every_element_of_a_notice_is_found_and_those_of_other_documents_are_not() {
    check(
        &[notice()],
        &[
            (Field::Copy, "000012"),
            (Field::Urgency, "特急"),
            (Field::Sender, "江门市人民政府"),
            (Field::Number, "江府〔2026〕12号"),
            (Field::Title, "江门市人民政府关于做好防汛防旱防台风工作的通知"),
            (Field::Addressees, "各县（市、区）人民政府，市政府各部门、各直属机构"),
            (Field::Date, "2026-03-05"),
        ],
    );
}

#[test]
fn a_reading_is_as_sure_as_its_least_sure_character() {
    let sure = |field| {
        let all: Vec<Element> = elements(&[notice()]);
        all.into_iter().find(|own| own.field == field).map(|own| own.sure)
    };
    assert_eq!(sure(Field::Number), Some(0.9));
    assert_eq!(sure(Field::Title), Some(0.96));
}

#[test]
fn a_letter_has_its_number_on_the_right_and_no_word_beside_its_name() {
    let letter = leaf(&[
        (15.0, 8.0, 40.0, "广东省发展和改革委员会", 0.97),
        (58.0, 14.0, 15.0, "粤发改能源函〔2026〕1408号", 0.9),
        (16.0, 20.0, 20.0, "广东省发展和改革委员会关于新会区光伏", 0.99),
        (30.0, 24.0, 20.0, "发电项目有关事项的复函", 0.99),
        (13.0, 28.0, 15.0, "江门市发展和改革局：", 0.98),
        (17.0, 31.0, 15.0, "来函收悉。经研究，函复如下。", 0.98),
        (60.0, 72.0, 15.0, "2026年11月9日", 0.97),
    ]);
    check(
        &[letter],
        &[
            (Field::Sender, "广东省发展和改革委员会"),
            (Field::Number, "粤发改能源函〔2026〕1408号"),
            (Field::Title, "广东省发展和改革委员会关于新会区光伏发电项目有关事项的复函"),
            (Field::Addressees, "江门市发展和改革局"),
            (Field::Date, "2026-11-09"),
        ],
    );
}

#[test]
fn a_joint_document_names_all_senders_and_a_request_its_signer_beside_the_number() {
    let request = leaf(&[
        (20.0, 18.0, 40.0, "江门市财政局", 0.97),
        (55.0, 20.5, 40.0, "文件", 0.97),
        (20.0, 23.0, 40.0, "江门市教育局", 0.97),
        (14.0, 33.0, 15.0, "江财教〔2026〕5号", 0.9),
        (70.0, 33.0, 15.0, "签发人：王某 李某", 0.98),
        (28.0, 38.0, 20.0, "关于学生资助资金的请示", 0.99),
        (13.0, 42.0, 15.0, "市人民政府：", 0.98),
    ]);
    let found = found(&[request]);
    assert!(found.contains(&(Field::Sender, "江门市财政局、江门市教育局".to_owned())), "{found:?}");
    assert!(found.contains(&(Field::Number, "江财教〔2026〕5号".to_owned())), "{found:?}");
    assert!(found.contains(&(Field::Title, "关于学生资助资金的请示".to_owned())), "{found:?}");
}

#[test]
fn the_date_is_that_of_the_last_page_and_a_page_of_text_alone_has_no_head() {
    let text = leaf(&[
        (13.0, 10.0, 15.0, "深入排查整治风险隐患，自2026年1月1日起执行。", 0.98),
        (58.0, 40.0, 15.0, "江门市人民政府", 0.95),
        (60.0, 43.0, 15.0, "二○二六年三月五日", 0.97),
        (13.0, 90.0, 13.0, "江门市人民政府办公室2026年3月6日印发", 0.98),
    ]);
    let (date, sender) = ((Field::Date, "2026-03-05"), (Field::Sender, "江门市人民政府"));
    check(std::slice::from_ref(&text), &[sender, date]);
    let mut first = notice();
    first.lines.truncate(10);
    assert!(found(&[first, text]).contains(&(Field::Date, "2026-03-05".to_owned())));
    check(&[Leaf::default()], &[]);
    check(&[], &[]);
}

#[test]
fn a_guess_by_place_alone_is_told_as_unsure() {
    let odd = leaf(&[
        (20.0, 21.0, 45.0, "江门市人民政府文件", 0.97),
        (40.0, 31.0, 15.0, "江府〔2026〕12号", 0.99),
        (20.0, 37.0, 20.0, "关于印发工作要点的通和", 0.99),
        (13.0, 45.0, 15.0, "市政府各部门：", 0.98),
        (13.0, 47.0, 15.0, "会议定于2026年5月6日召开。", 0.99),
    ]);
    let sure = |field| {
        let all = elements(std::slice::from_ref(&odd));
        all.into_iter().find(|own| own.field == field).map(|own| (own.text, own.sure <= 0.6))
    };
    assert_eq!(sure(Field::Title), Some(("关于印发工作要点的通和".to_owned(), true)));
    assert_eq!(sure(Field::Date), Some(("2026-05-06".to_owned(), true)));
}

#[test]
fn a_marking_is_found_also_where_its_star_was_misread() {
    for text in ["机密★20年", "机 密女1年", "秘密", "绝密*长期", "000003机密大10年"]
    {
        let page = leaf(&[(13.0, 12.0, 15.0, text, 0.9), (20.0, 21.0, 45.0, "某某局文件", 0.97)]);
        assert!(marking(&[page]).is_some(), "{text}");
    }
    for text in ["机密文件管理办法", "秘密档案20件", "商业秘密"] {
        assert_eq!(marking(&[leaf(&[(13.0, 12.0, 15.0, text, 0.9)])]), None, "{text}");
    }
}
