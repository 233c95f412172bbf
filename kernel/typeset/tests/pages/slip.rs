//! Forms about documents.

use crate::support::{keep, press};
use lingnan_gongwen::{Entry, Ink, Passage, Slip, SlipOpinion};
use lingnan_typeset::Error;

fn entry(label: &str, value: &str, columns: u8) -> Entry {
    Entry { label: label.to_owned(), value: value.to_owned(), columns }
}

fn sheet() -> Slip {
    let opinion = |step: &str, text: &str, by: &str, ink| SlipOpinion {
        step: step.to_owned(),
        text: text.to_owned(),
        ink,
        by: by.to_owned(),
        time: "2026年11月29日 10时05分".to_owned(),
    };
    let ink = Ink {
        width: 600,
        height: 200,
        strokes: vec![vec![40, 100, 200, 96, 360, 104], vec![200, 20, 190, 180], vec![500, 100]],
    };
    Slip {
        unit: "岭东市人民政府办公室".to_owned(),
        name: "发文稿纸".to_owned(),
        rows: vec![
            vec![entry("发文字号", "岭府办〔2026〕12号", 4), entry("紧急程度", "加急", 4)],
            vec![entry("标题", "岭东市人民政府办公室关于做好2026年防汛工作的通知", 10)],
            vec![entry("主送", "各县（市、区）人民政府\n市政府各部门", 10)],
        ],
        opinions: vec![
            opinion("签发", "", "市长 陈立", Some(ink)),
            opinion("核稿", "已核，请领导审定。", "科长 何敏", None),
        ],
        course_name: "办理经过".to_owned(),
        course: vec![Passage {
            time: "2026年11月28日 09时00分".to_owned(),
            what: "发起".to_owned(),
            by: "拟稿人 王磊".to_owned(),
        }],
        date: "2026-11-29".parse().unwrap(),
    }
}

#[test]
fn a_form_says_what_was_filled_in_and_shows_what_was_written_by_hand() {
    let pdf = press().print_slip(&sheet()).unwrap();
    keep("slip.pdf", &pdf);
    let pages = lingnan_pdf::Pdf::open(pdf).unwrap().pages().unwrap();
    let text: String = pages[0].glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
    for said in ["岭东市人民政府办公室发文稿纸", "岭府办〔2026〕12号", "签发", "已核，请领导审定。"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    let black = pages[0].strokes.iter().filter(|stroke| stroke.color == [0, 0, 0]).count();
    assert!(black >= 3, "the pen's three strokes: {black}");
}

#[test]
fn a_form_that_is_not_whole_is_refused() {
    let mut torn = sheet();
    torn.opinions[0].ink.as_mut().unwrap().strokes.push(vec![1, 2, 3]);
    let mut ragged = sheet();
    ragged.rows[0].pop();
    for slip in [torn, ragged] {
        assert!(matches!(press().print_slip(&slip), Err(Error::Faults(_))));
    }
}
