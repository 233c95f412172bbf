//! What the rules leave to be found by trying: where the imprint goes, whether the first page
//! shows text, whether the signature stands alone.

use crate::Error;
use crate::divide;
use crate::faces::Shelf;
use crate::plan::{self, Mode};
use crate::walk::{self, Ink, What};
use crate::world::{Desk, Template};
use lingnan_gongwen::{Format, Gongwen, Signature, figures};
use std::collections::BTreeSet;
use typst::foundations::Bytes;
use typst_layout::PagedDocument;

/// A document laid out as the rules want it.
pub(crate) struct Arranged {
    pub(crate) document: PagedDocument,
    pub(crate) pages: Vec<Vec<Ink>>,
    pub(crate) mode: Mode,
    /// Characters that no font has; 〓 stands for them.
    pub(crate) missing: BTreeSet<char>,
    /// What could not be had.
    pub(crate) remarks: Vec<&'static str>,
}

/// Lines to a page that are tried, nearest to the rule first, when date and signature would else
/// stand on a page without text (7.3.5.5).
const LINES_TRIED: [f64; 6] = [23.0, 21.0, 24.0, 20.0, 25.0, 19.0];

/// What is said when neither lines nor text can be moved.
const ALONE: &str = "成文日期所在页没有正文（GB/T 9704-2012 7.3.5.5），调整行距、分开最后一段\
    或表格都不能解决：请增减正文，横排表格之后请加一段正文";

/// Lays a document out.
pub(crate) fn arrange(shelf: &Shelf, document: &Gongwen) -> Result<Arranged, Error> {
    let images = plan::images(document)?;
    // The value as text has every character of it; its punctuation every font has.
    let text = serde_json::to_string(document).unwrap_or_default();
    let missing = plan::missing(shelf, &text);
    let lay_out = |mode: &Mode| -> Result<(PagedDocument, Vec<Vec<Ink>>), Error> {
        let data = plan::without(&missing, &plan::data(shelf, document, mode).to_string());
        let data = Bytes::from_string(data);
        let laid = Desk { shelf, template: Template::Gongwen, data, images: &images }.lay_out()?;
        let pages = walk::pages(&laid);
        Ok((laid, pages))
    };
    let mut remarks = Vec::new();
    let mut mode = Mode::first(document);
    let (mut laid, mut pages) = lay_out(&mode)?;
    if !shows(&pages, 0, &["正文"]) && !document.recipients.is_empty() {
        mode.recipients_below = true;
        (laid, pages) = lay_out(&mode)?;
    }
    if !shows(&pages, 0, &["正文"]) {
        remarks.push("首页没有显示正文（GB/T 9704-2012 7.3.3）：请缩短标题或减少首页要素");
    }
    if signature_is_alone(document, &pages) {
        let usual = mode.line;
        let mut found = None;
        for lines in LINES_TRIED {
            mode.line = figures::HEIGHT / lines;
            let tried = lay_out(&mode)?;
            if !signature_is_alone(document, &tried.1) {
                found = Some(tried);
                break;
            }
        }
        if found.is_none() {
            // A page too empty for any spacing to fill: some of the text goes over.
            mode.line = usual;
            for carry in divide::ways(document, &pages) {
                mode.carry = Some(carry);
                let tried = lay_out(&mode)?;
                if !signature_is_alone(document, &tried.1) && shows(&tried.1, 0, &["正文"]) {
                    found = Some(tried);
                    break;
                }
            }
        }
        match found {
            Some(tried) => (laid, pages) = tried,
            None => {
                mode.carry = None;
                remarks.push(ALONE);
            }
        }
    }
    if mode.place_imprint(document, &pages) {
        (laid, pages) = lay_out(&mode)?;
    }
    Ok(Arranged { document: laid, pages, mode, remarks, missing })
}

fn shows(pages: &[Vec<Ink>], page: usize, elements: &[&str]) -> bool {
    let inks = pages.get(page).into_iter().flatten();
    let mut shown = inks.filter(|ink| !matches!(ink.what, What::Begin));
    shown.any(|ink| elements.contains(&ink.element.as_str()))
}

fn signature_is_alone(document: &Gongwen, pages: &[Vec<Ink>]) -> bool {
    let page = pages.iter().position(|page| page.iter().any(|ink| ink.element == "成文日期"));
    let ends = !matches!(document.signature, Signature::None);
    ends && page.is_some_and(|page| !shows(pages, page, &["正文", "附件说明"]))
}

impl Mode {
    /// Decides where the imprint goes from a layout in which it stands on the page after the
    /// last; tells whether that differs.
    fn place_imprint(&mut self, document: &Gongwen, pages: &[Vec<Ink>]) -> bool {
        let imprint = |ink: &&Ink| plan::IMPRINT.contains(&ink.element.as_str());
        let Some(own) = pages.iter().position(|page| page.iter().any(|ink| imprint(&ink))) else {
            return false;
        };
        let inks = pages.get(own).into_iter().flatten().filter(imprint);
        let top = inks.map(|ink| ink.at.ty.to_mm()).fold(f64::INFINITY, f64::min);
        let end = own.saturating_sub(1);
        let body = pages.get(end).into_iter().flatten().filter(|ink| ink.element != "页码");
        let within = body.filter(|ink| ink.at.ty.to_mm() < figures::TOP + figures::HEIGHT);
        let bottom = within.map(Ink::bottom_mm).fold(0.0, f64::max);
        let fits = bottom + self.line < top;
        let even = end % 2 == 1;
        let letter = document.format() == Format::Letter;
        self.breaks = match (fits, even || letter) {
            (true, true) => 0,
            (false, true) if !letter => 2,
            _ => 1,
        };
        if self.breaks == 2 {
            // Neither the blank page nor the one after it is numbered (7.5).
            let last = u32::try_from(own).unwrap_or(u32::MAX);
            self.unnumbered.extend([last.saturating_add(1), last.saturating_add(2)]);
        }
        self.breaks != 1
    }
}
