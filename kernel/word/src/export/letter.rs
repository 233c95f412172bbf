//! 信函格式 (10.1): its mark and double red lines stand in the margins of the first page, where
//! Word lets nothing push them.

use super::head::{mark_look, mark_pitch, mark_size, mark_words, top_left};
use super::style::{EXACT_BASE, LINE, RED, SIZE_3, ink_upper, paragraph, run, upper};
use crate::twips;
use lingnan_docx::model::{
    Align, Block, Form, Indent, Margins, Piece, Pitch, Rule, RuleKind, Section, Tab,
};
use lingnan_gongwen::{Gongwen, figures};

/// Half points of the largest mark of a letter.
const MARK_MAX: i64 = 88;
/// Eighths of a point of a double line.
const THICKNESS: i64 = 36;
/// 7/8 of a character of 三号 (10.1).
const BELOW_LINE: i64 = SIZE_3 * 10 * 7 / 8;

/// The number at the right, what else there is at the left, on the same line.
pub(super) fn head(document: &Gongwen, body: &mut Vec<Block>) {
    let mut lines = Vec::new();
    top_left(document, &mut lines);
    let number = document.number.as_ref().map(ToString::to_string);
    if lines.is_empty() && number.is_some() {
        lines.push(paragraph(Form { align: Some(Align::Left), ..Form::default() }, Vec::new()));
    }
    if let (Some(Block::Paragraph(first)), Some(number)) = (lines.first_mut(), number) {
        first.form.tabs = vec![Tab { at: super::style::WIDTH, align: Align::Right }];
        first.pieces.push(Piece::text(&format!("\t{number}")));
    }
    if let Some(Block::Paragraph(first)) = lines.first_mut() {
        first.form.before = Some((BELOW_LINE - upper(LINE, SIZE_3)).max(0));
    }
    body.append(&mut lines);
}

/// The first page has the mark above and a line below, and no number; the others have numbers.
pub(super) fn section(document: &Gongwen) -> Section {
    let (names, _) = mark_words(document);
    let name = names.first().cloned().unwrap_or_default();
    let size = mark_size(name.chars().count(), MARK_MAX);
    let pitch = mark_pitch(size);
    let form =
        Form { align: Some(Align::Center), pitch: Some(Pitch::Exactly(pitch)), ..Form::default() };
    let page = super::page();
    // The foot begins where the lower line is; numbers stand higher.
    let foot = twips(figures::LETTER_FOOT);
    let raised = page.foot_distance - foot;
    let line = |above: Option<Rule>, below: Option<Rule>| {
        // 170 mm in the middle of the paper, wider than the 版心.
        let side = (figures::PAGE_WIDTH - figures::LETTER_LINE) / 2.0;
        let right = figures::PAGE_WIDTH - figures::LEFT - figures::WIDTH;
        let form = Form {
            left: Some(Indent::Twips(twips(side - figures::LEFT))),
            right: Some(Indent::Twips(twips(side - right))),
            pitch: Some(EXACT_BASE),
            above,
            below,
            ..Form::default()
        };
        paragraph(form, Vec::new())
    };
    let rule = |kind| Rule { thickness: THICKNESS, gap: 0, color: RED, kind };
    let mut gap = line(None, Some(rule(RuleKind::ThickThin)));
    if let Block::Paragraph(gap) = &mut gap {
        gap.form.before = Some(twips(figures::RED_LINE_GAP) - pitch / 5 + size * 17 / 10);
    }
    let head = vec![paragraph(form, vec![run(&name, mark_look(size))]), gap];
    Section {
        head_distance: twips(figures::LETTER_MARK_TOP) - ink_upper(pitch, size),
        foot_distance: foot,
        own_first: true,
        first: Margins { head, foot: vec![line(None, Some(rule(RuleKind::ThinThick)))] },
        odd: Margins { head: Vec::new(), foot: vec![super::number(Align::Right, raised)] },
        even: Some(Margins { head: Vec::new(), foot: vec![super::number(Align::Left, raised)] }),
        ..page
    }
}
