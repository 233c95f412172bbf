//! A page with a fault is caught by the row that measures it, and by no row that does not.

use crate::support::{notice, print, with};
use lingnan_gongwen::check::{Glyph, Sheet, Stroke, Verdict, check};
use lingnan_typeset::{Unmeasured, sheets};
use serde_json::json;
use std::sync::OnceLock;

/// A sound notice, measured.
fn sound() -> Vec<Sheet> {
    static SHEETS: OnceLock<Vec<Sheet>> = OnceLock::new();
    SHEETS.get_or_init(|| sheets(&print("faults", &notice()).ofd).unwrap()).clone()
}

/// The failing rows of the notice with a fault.
fn caught(fault: impl FnOnce(&mut Vec<Sheet>)) -> Vec<String> {
    let mut sheets = sound();
    fault(&mut sheets);
    let rows = check(&sheets).into_iter();
    let fails = rows.filter(|row| row.verdict == Verdict::Fails);
    fails.map(|row| format!("{} {}", row.clause, row.element)).collect()
}

fn is_mark(glyph: &Glyph) -> bool {
    glyph.color[0] > 150 && glyph.size > 8.0
}

fn shift(glyph: &mut Glyph, down: f64) {
    glyph.y += down;
    if let Some(ink) = &mut glyph.ink {
        ink.top += down;
        ink.bottom += down;
    }
}

/// The characters of the first run that says this, on whatever page.
fn saying<'a>(sheets: &'a mut [Sheet], words: &str) -> &'a mut [Glyph] {
    let words: Vec<String> = words.chars().map(String::from).collect();
    let (sheet, at) = sheets
        .iter()
        .enumerate()
        .find_map(|(nth, sheet)| {
            let found = sheet
                .glyphs
                .windows(words.len())
                .position(|run| run.iter().map(|glyph| &glyph.text).eq(words.iter()));
            Some((nth, found?))
        })
        .unwrap_or_else(|| panic!("nothing says {words:?}"));
    &mut sheets[sheet].glyphs[at..at + words.len()]
}

#[test]
fn a_sound_page_has_no_failing_row() {
    assert_eq!(caught(|_| {}), Vec::<String>::new());
}

#[test]
fn a_mark_of_the_1999_edition_is_too_high() {
    let found = caught(|sheets| {
        let glyphs = sheets[0].glyphs.iter_mut();
        glyphs.filter(|glyph| is_mark(glyph)).for_each(|glyph| shift(glyph, -10.0));
    });
    assert_eq!(found, ["7.2.4 发文机关标志上边缘至版心上边缘", "7.2.5 发文字号在标志下空二行"]);
}

#[test]
fn a_black_mark_is_not_taken_for_one() {
    let found = caught(|sheets| {
        let glyphs = sheets[0].glyphs.iter_mut().filter(|glyph| is_mark(glyph));
        glyphs.for_each(|glyph| glyph.color = [0, 0, 0]);
    });
    assert!(found.is_empty() || found[0].starts_with("7."), "{found:?}");
    let rows = check(&{
        let mut sheets = sound();
        let glyphs = sheets[0].glyphs.iter_mut().filter(|glyph| is_mark(glyph));
        glyphs.for_each(|glyph| glyph.color = [0, 0, 0]);
        sheets
    });
    let font = rows.iter().find(|row| row.element == "发文机关标志字体").unwrap();
    assert_eq!(font.verdict, Verdict::Absent);
}

#[test]
fn square_brackets_around_the_year_are_caught() {
    let found = caught(|sheets| {
        for glyph in saying(sheets, "〔2026〕") {
            glyph.text = glyph.text.replace('〔', "[").replace('〕', "]");
        }
    });
    assert_eq!(found, ["7.2.5 发文字号写法"]);
}

#[test]
fn a_zero_before_the_day_is_caught() {
    let found = caught(|sheets| saying(sheets, "3月5日")[2].text = "05".to_owned());
    assert_eq!(found, ["7.3.5.4 成文日期写法"]);
}

#[test]
fn a_date_in_chinese_figures_is_caught() {
    let found = caught(|sheets| {
        for (glyph, text) in
            saying(sheets, "2026年3月5日").iter_mut().zip("二〇二六年三月五日".chars())
        {
            glyph.text = text.to_string();
        }
    });
    assert_eq!(found, ["7.3.5.4 成文日期写法"]);
}

#[test]
fn a_red_line_at_another_distance_is_caught() {
    let found = caught(|sheets| {
        let red = |stroke: &&mut Stroke| stroke.color[0] > 150;
        for stroke in sheets[0].strokes.iter_mut().filter(red) {
            stroke.from.1 += 3.0;
            stroke.to.1 += 3.0;
        }
    });
    assert_eq!(found, ["7.2.7 红色分隔线在发文字号之下", "7.3.1 标题在红色分隔线下空二行"]);
}

#[test]
fn margins_of_a_word_processor_are_caught() {
    let found = caught(|sheets| {
        for glyph in sheets.iter_mut().flat_map(|sheet| &mut sheet.glyphs) {
            glyph.x += 3.8;
        }
    });
    assert!(found.contains(&"5.2.1 订口".to_owned()), "{found:?}");
    assert!(found.contains(&"7.3.2 主送机关居左顶格".to_owned()), "{found:?}");
}

/// The last character of a full line of text that ends with a mark, or with none.
fn line_end(sheets: &mut [Sheet], marked: bool) -> &mut Glyph {
    let glyphs = &mut sheets[1].glyphs;
    let at = (1..glyphs.len()).find(|at| {
        let (last, next) = (&glyphs[at - 1], &glyphs[*at]);
        let mark = "，。、；：".contains(last.text.as_str());
        let ends = next.y > last.y + 5.0 && last.x > 170.0 && last.font.contains("Fang");
        ends && mark == marked
    });
    &mut glyphs[at.unwrap() - 1]
}

#[test]
fn a_line_a_millimetre_too_long_is_caught_and_the_empty_half_of_a_mark_is_not() {
    for marked in [false, true] {
        let over = caught(|sheets| {
            let last = line_end(sheets, marked);
            let ink = if marked { last.size / 2.0 } else { last.size };
            last.x = 28.0 + 156.0 + 1.0 - ink;
        });
        assert_eq!(over, ["5.2.1 版心宽"], "{marked}");
    }
    let within = caught(|sheets| {
        let last = line_end(sheets, true);
        last.x = 28.0 + 156.0 - last.size / 2.0;
    });
    assert_eq!(within, Vec::<String>::new());
}

#[test]
fn a_title_off_the_middle_is_caught() {
    let found = caught(|sheets| {
        let glyphs = sheets[0].glyphs.iter_mut();
        let title = glyphs.filter(|glyph| (glyph.size - 22.0 * 25.4 / 72.0).abs() < 0.1);
        title.for_each(|glyph| glyph.x += 1.2);
    });
    assert_eq!(found, ["7.3.1 标题居中"]);
}

#[test]
fn a_text_in_another_size_or_face_is_caught() {
    let body = |sheets: &mut Vec<Sheet>, change: fn(&mut Glyph)| {
        let glyphs = sheets.iter_mut().flat_map(|sheet| &mut sheet.glyphs);
        glyphs.filter(|glyph| glyph.font.contains("Fang")).for_each(change);
    };
    let faces = caught(|sheets| body(sheets, |glyph| glyph.font = "SimSun".to_owned()));
    let headings = ["7.3.3 三级标题字体", "7.3.3 四级标题字体"];
    assert_eq!(faces, [&["5.2.2 正文字体"][..], &headings].concat());
}

#[test]
fn a_text_in_the_size_of_the_imprint_is_caught() {
    let found = caught(|sheets| {
        for glyph in sheets.iter_mut().flat_map(|sheet| &mut sheet.glyphs) {
            if (glyph.size - 16.0 * 25.4 / 72.0).abs() < 0.1 {
                glyph.size = 14.0 * 25.4 / 72.0;
            }
        }
    });
    assert!(found.contains(&"5.2.2 正文字号".to_owned()), "{found:?}");
}

#[test]
fn headings_of_the_lower_levels_in_another_face_or_bold_are_caught() {
    for (words, row) in [("行政首长", "7.3.3 三级标题字体"), ("市级。由", "7.3.3 四级标题字体")]
    {
        let face = caught(|sheets| {
            saying(sheets, words).iter_mut().for_each(|glyph| glyph.font = "SimHei".to_owned());
        });
        assert_eq!(face, [row]);
        let bold = caught(|sheets| {
            saying(sheets, words).iter_mut().for_each(|glyph| glyph.bold = true);
        });
        assert_eq!(bold, [row]);
    }
}

#[test]
fn ordinals_that_are_wrongly_written_or_skip_one_are_caught() {
    let wrong = [
        ("1.行政", 1, "、"),
        ("（1）市级", 0, "("),
        ("（一）压实", 3, "、"),
        ("二、重点", 0, "三"),
        ("二、重点", 1, "."),
        ("1.行政", 0, "2"),
    ];
    for (words, at, text) in wrong {
        let found = caught(|sheets| saying(sheets, words)[at].text = text.to_owned());
        assert!(found.contains(&"7.3.3 结构层次序数".to_owned()), "{words}: {found:?}");
    }
}

#[test]
fn an_imprint_with_lines_of_one_thickness_is_caught() {
    let found = caught(|sheets| {
        let last = sheets.last_mut().unwrap();
        last.strokes.iter_mut().for_each(|stroke| stroke.thickness = 0.75);
    });
    assert_eq!(found, ["7.4.1 首条分隔线粗", "7.4.1 末条分隔线粗", "7.4.1 中间分隔线粗"]);
}

#[test]
fn subject_words_of_the_1999_edition_are_caught() {
    let found = caught(|sheets| {
        let sample = sheets[0].glyphs[0].clone();
        let place = |(nth, text): (f64, char)| Glyph {
            text: text.to_string(),
            x: 28.0 + nth * 5.6,
            y: 200.0,
            ..sample.clone()
        };
        let words = [0.0, 1.0, 2.0].into_iter().zip("主题词".chars()).map(place);
        let last = sheets.last_mut().unwrap();
        last.glyphs.extend(words);
    });
    assert!(found.contains(&"2012版 主题词".to_owned()), "{found:?}");
}

#[test]
fn a_state_secrets_marking_is_caught() {
    let found = caught(|sheets| {
        for (glyph, text) in saying(sheets, "加急").iter_mut().zip("机密".chars()) {
            glyph.text = text.to_string();
        }
    });
    assert_eq!(found, ["7.2.2 密级"]);
}

#[test]
fn a_page_number_on_the_wrong_side_is_caught() {
    let found = caught(|sheets| {
        for glyph in sheets[0].glyphs.iter_mut().filter(|glyph| glyph.y > 262.0) {
            glyph.x -= 100.0;
        }
    });
    assert_eq!(found, ["7.5 单页码居右空一字"]);
}

#[test]
fn lines_drawn_twice_or_in_pieces_are_one_line_each() {
    let found = caught(|sheets| {
        for sheet in sheets {
            let halves = sheet.strokes.iter().flat_map(|stroke| {
                let middle = f64::midpoint(stroke.from.0, stroke.to.0);
                let left = Stroke { to: (middle, stroke.to.1), ..*stroke };
                // From the right, as some draw them.
                let right = Stroke { from: stroke.to, to: (middle, stroke.from.1), ..*stroke };
                [left, right, left]
            });
            sheet.strokes = halves.collect();
        }
    });
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_bold_heading_of_the_third_level_is_caught_in_both_files() {
    let bold = json!([{ "text": "要求", "style": { "bold": true } }, { "text": "如下。" }]);
    let body = json!([{ "paragraph": { "spans": [{ "text": "请办理。".repeat(30) }] } },
        { "heading": { "level": 3, "text": "1.", "then": bold } }]);
    let printed = print("bold", &with(notice(), json!({ "body": body, "annexes": null })));
    for file in [&printed.pdf, &printed.ofd] {
        let rows = check(&sheets(file).unwrap()).into_iter();
        let fails = rows.filter(|row| row.verdict == Verdict::Fails);
        let said: Vec<String> = fails.map(|row| row.measured).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        // A character whose outline is drawn too is one character.
        assert!(said[0].starts_with("“1.要求如下。”") && said[0].ends_with("加粗"), "{said:?}");
    }
}

#[test]
fn a_file_without_text_is_not_said_to_meet_anything() {
    let scan = "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj\n\
        trailer <</Root 1 0 R>>\n%%EOF";
    assert!(matches!(sheets(scan.as_bytes()), Err(Unmeasured::NoText)));
}

#[test]
fn a_font_that_a_file_only_names_is_judged_by_its_name() {
    let pdf = |name: &str| {
        let content = "BT /F 16 Tf 79 700 Td <5404770190E895E8> Tj ET";
        let length = content.len();
        format!(
            "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
             2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
             3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
             /Resources<</Font<</F 5 0 R>>>>>> endobj\n\
             4 0 obj <</Length {length}>> stream\n{content}\nendstream endobj\n\
             5 0 obj <</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/UniGB-UCS2-H\
             /DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>> endobj\n\
             trailer <</Root 1 0 R>>\n%%EOF"
        )
    };
    for (name, verdict) in [("FangSong_GB2312", Verdict::Meets), ("SimSun", Verdict::Fails)] {
        let rows = check(&sheets(pdf(name).as_bytes()).unwrap());
        let row = rows.into_iter().find(|row| row.element == "正文字体").unwrap();
        assert_eq!((row.measured.as_str(), row.verdict), (name, verdict));
    }
}
