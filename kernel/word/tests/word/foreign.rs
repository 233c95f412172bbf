//! Files that python-docx made (see `tests/samples/make.py`), with what authors do in Word.

use lingnan_docx::model::{self, Align, Paragraph};
use lingnan_gongwen::check::Verdict;
use lingnan_gongwen::{Block, Kind};
use lingnan_word::{check, import};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn failed(name: &str) -> Vec<String> {
    let rows = check(&sample(name)).unwrap().into_iter();
    let rows = rows.filter(|row| row.verdict == Verdict::Fails);
    rows.map(|row| format!("{} {}", row.clause, row.element)).collect()
}

#[test]
fn a_notice_with_lists_changes_boxes_and_merged_cells_is_understood() {
    let imported = import(&sample("notice.docx")).unwrap();
    let found = &imported.found;
    assert_eq!(found.kind, Some(Kind::Notice));
    assert_eq!(found.issuers, ["岭东市水务局"]);
    assert_eq!(found.number.as_ref().unwrap().to_string(), "岭水发〔2026〕8号");
    assert_eq!(found.title, "岭东市水务局关于开展水库安全检查的通知");
    assert_eq!(found.recipients, [vec!["各县（市、区）水务局"], vec!["市三防办", "市水文局"]]);
    let names: Vec<&str> = found.annexes.iter().map(|annex| annex.name.as_str()).collect();
    assert_eq!(names, ["检查表", "责任人名单"]);
    assert_eq!(found.date.unwrap().to_string(), "2026-03-05");
    assert_eq!(found.note.as_deref(), Some("联系人：李昉，电话：0000-8888888"));
    assert_eq!(found.copies, [vec!["市政府办公室", "市应急管理局"]]);
    assert_eq!(found.printing.as_ref().unwrap().office, "岭东市水务局办公室");

    let text: Vec<String> = imported.body.iter().map(Block::text).collect();
    assert_eq!(text[0], "为做好汛前准备，现将有关事项通知如下：请认真执行。");
    // Automatic numbers are text now, and count on.
    for line in [
        "一、总体要求",
        "二、检查重点",
        "（一）大坝安全。",
        "（二）放水设施。",
        "1.启闭机和闸门运行正常。",
        "2.备用电源可用。",
        "检查结果于4月底前报送。",
    ] {
        assert!(text.iter().any(|own| own == line), "{line} {text:#?}");
    }
    let Some(Block::Table { rows, .. }) =
        imported.body.iter().find(|block| matches!(block, Block::Table { .. }))
    else {
        panic!("no table")
    };
    assert_eq!((rows[1].cells[0].rows, rows[2].cells.len(), rows[2].cells[0].columns), (2, 1, 2));
    assert!(imported.body.iter().any(|block| matches!(block, Block::Image(_))));
    assert_eq!(
        imported.dropped,
        [
            "第6段“为做好汛前准备，现将”：修订中删除的文字“请立即办理。”没有导入",
            "第23段“检查结果于4月底前报”：隐藏文字没有导入",
            "页眉“内部资料”没有导入：公文不设页眉页脚文字",
            "第2段“岭水发[2026]08号”：发文字号已按规范改写为“岭水发〔2026〕8号”",
            "第5段“各县（市、区）水务局，市三防办、市水文局”：主送机关后的冒号已改为全角",
            "第26段“二〇二六年三月五日”：成文日期已按规范改写为“2026年3月5日”",
        ]
    );
    assert!(imported.lines.iter().any(|line| line == "内部资料"));
    assert!(imported.document().unwrap().check().is_ok());
}

#[test]
fn a_letter_without_a_mark_is_understood() {
    let document = import(&sample("letter.docx")).unwrap().document().unwrap();
    assert_eq!(
        (document.kind, document.issuers.as_slice()),
        (Kind::Letter, &["岭东市水务局".to_owned()][..])
    );
    assert_eq!(document.recipients, [vec!["岭东市水文局"]]);
    assert_eq!(document.body.len(), 1);
}

/// A file of these lines, those after `|` in the middle.
fn lines(lines: &[&str]) -> Vec<u8> {
    let paragraph = |line: &&str| {
        let mut paragraph = Paragraph::of(line.trim_start_matches('|'));
        paragraph.form.align = line.starts_with('|').then_some(Align::Center);
        model::Block::Paragraph(paragraph)
    };
    let body = lines.iter().map(paragraph).collect();
    lingnan_docx::write(&model::Document { body, ..model::Document::default() }).unwrap()
}

#[test]
fn an_annex_after_the_date_is_known_by_its_own_title_and_told_without_one() {
    let text = ["|岭东市水务局关于检查的通知", "各县水务局：", "请认真执行。", "2026年3月5日"];
    let annexes = ["附件1", "|检查表", "甲项。", "附件2", "|名单", "乙项。"];
    let imported = import(&lines(&[&text[..], &annexes[..]].concat())).unwrap();
    let found = imported.found.annexes.iter();
    let found: Vec<(&str, String)> =
        found.map(|annex| (annex.name.as_str(), annex.body[0].text())).collect();
    assert_eq!(found, [("检查表", "甲项。".to_owned()), ("名单", "乙项。".to_owned())]);
    assert_eq!(imported.body.len(), 1);
    let imported = import(&lines(&[&text[..], &["附件1", "甲项。"]].concat())).unwrap();
    assert!(imported.found.annexes.is_empty());
    assert_eq!(imported.dropped, ["第5段“附件1”：没有识别为附件的开头，其后的内容留在正文中"]);
}

#[test]
fn a_text_without_any_form_is_understood_by_its_words() {
    let imported = import(&sample("plain.docx")).unwrap();
    assert_eq!(imported.dropped, Vec::<String>::new());
    let levels =
        imported.body.iter().filter(|block| matches!(block, Block::Heading { level: 1, .. }));
    assert_eq!(levels.count(), 2);
    let document = imported.document().unwrap();
    assert_eq!(document.kind, Kind::RequestForInstruction);
    assert_eq!(document.recipients, [vec!["岭东市人民政府"]]);
    assert_eq!(document.date.to_string(), "2026-03-05");
}

#[test]
fn what_a_file_says_wrongly_is_named_row_by_row() {
    assert_eq!(
        failed("notice.docx"),
        [
            "7.2.5 发文字号写法",
            "7.3.2 主送机关后标点",
            "7.3.5 成文日期位置",
            "7.3.5.4 成文日期写法",
            "7.5 页码",
            "7.5 单页码居右空一字",
            "7.5 双页码居左空一字"
        ]
    );
    let plain = failed("plain.docx");
    for row in [
        "5.1 幅面",
        "5.2.1 天头（页边距上）",
        "5.2.2 正文字号",
        "5.2.2 正文字体",
        "5.2.3 每行字数",
        "7.3.1 标题字号",
        "7.3.1 标题居中",
        "7.3.3 自然段左空二字",
        "7.3.3 一级标题字体",
    ] {
        assert!(plain.iter().any(|own| own == row), "{row} {plain:?}");
    }
}
