//! Files in fixed layout for the server: what they hold, and their pages as SVG.

use super::pdf::Pdf;
use super::{Installed, nth, picture};
use crate::tools::frames;
use lingnan_api::{FontView, Leaf, Overview, SignatureView, Viewed, Wish};
use lingnan_ofd::Read;
use lingnan_ofd::model::{Document, Page, Signature, SignatureKind};
use std::sync::Arc;

/// Addresses that the process may have: the allocator reserves 1.3 GB before anything is read.
const MEMORY_MAX: u64 = 3 << 30;
/// Characters of all pages together that are told: a page has 600, so these are 3,000 pages.
const TEXT_MAX: usize = 2_000_000;

/// Files come in and answers go out until the server closes the pipe. The last file is kept: its
/// pages are asked for one after the other.
pub(super) fn serve(fonts: &Arc<Installed>) -> Result<(), String> {
    frames::bound(MEMORY_MAX)?;
    let mut last: Option<(Arc<Vec<u8>>, Held)> = None;
    frames::serve(2, |parts| {
        let mut parts = parts.into_iter();
        let (wish, file) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match serde_json::from_slice(&wish) {
            Ok(Wish::Word) => return word(&file),
            Ok(Wish::Picture) => {
                let told = picture::check(&file).map_or_else(Viewed::Refused, |()| Viewed::Picture);
                return vec![serde_json::to_vec(&told).unwrap_or_default()];
            }
            _ => {}
        }
        let known = last.take().filter(|(bytes, _)| **bytes == file);
        let opened = known.map_or_else(|| opened(file), Ok);
        let viewed = opened.and_then(|opened| {
            let (_, held) = last.insert(opened);
            viewed(&wish, held, fonts)
        });
        let (viewed, picture) = viewed.unwrap_or_else(|told| (Viewed::Refused(told), None));
        let viewed = serde_json::to_vec(&viewed).unwrap_or_default();
        std::iter::once(viewed).chain(picture).collect()
    })
}

/// What a Word document holds.
fn word(file: &[u8]) -> Vec<Vec<u8>> {
    let read = lingnan_word::import(file).map_err(|error| error.to_string());
    let read = read.and_then(|read| serde_json::to_vec(&read).map_err(|error| error.to_string()));
    let (viewed, held) = match read {
        Ok(held) => (Viewed::Word, Some(held)),
        Err(told) => (Viewed::Refused(told), None),
    };
    std::iter::once(serde_json::to_vec(&viewed).unwrap_or_default()).chain(held).collect()
}

/// A file that was read.
enum Held {
    Ofd(Box<Read>),
    Pdf(Box<Pdf>),
}

fn opened(file: Vec<u8>) -> Result<(Arc<Vec<u8>>, Held), String> {
    let file = Arc::new(file);
    let held = if lingnan_pdf::is_pdf(&file) {
        Held::Pdf(Box::new(Pdf::read(Arc::clone(&file))?))
    } else {
        Held::Ofd(Box::new(lingnan_ofd::read(&file).map_err(|error| error.to_string())?))
    };
    Ok((file, held))
}

fn viewed(
    wish: &[u8],
    held: &Held,
    fonts: &Arc<Installed>,
) -> Result<(Viewed, Option<Vec<u8>>), String> {
    match (serde_json::from_slice(wish).map_err(|error| error.to_string())?, held) {
        (Wish::Word | Wish::Picture | Wish::Overview, Held::Ofd(read)) => {
            Ok((Viewed::Overview(overview(read)?), None))
        }
        (Wish::Word | Wish::Picture | Wish::Overview, Held::Pdf(pdf)) => {
            Ok((Viewed::Overview(pdf.overview(TEXT_MAX)), None))
        }
        (Wish::Page(number), Held::Ofd(read)) => {
            let Some((document, page)) = nth(&read.package, number) else {
                return Ok((Viewed::NoPage, None));
            };
            let drawing = lingnan_ofd::draw(document, page, fonts.as_ref());
            let drawing = drawing.map_err(|error| error.to_string())?;
            Ok((Viewed::Page, Some(lingnan_ofd::svg(&drawing).into_bytes())))
        }
        (Wish::Page(number), Held::Pdf(pdf)) => Ok(match pdf.page(number, fonts)? {
            Some(page) => (Viewed::Page, Some(page)),
            None => (Viewed::NoPage, None),
        }),
    }
}

fn overview(read: &Read) -> Result<Overview, String> {
    let documents = &read.package.documents;
    let mut left = TEXT_MAX;
    let (mut pages, mut signatures) = (Vec::new(), Vec::new());
    for document in documents {
        let before = pages.len();
        for page in &document.pages {
            pages.push(leaf(document, page, &mut left)?);
        }
        signatures.extend(document.signatures.iter().map(|own| signature(document, own, before)));
    }
    let fonts = documents.iter().flat_map(|document| &document.fonts);
    let files = documents.iter().flat_map(|document| &document.attachments);
    Ok(Overview {
        pages,
        whole_text: left > 0,
        fonts: fonts
            .map(|font| FontView { name: font.name.clone(), embedded: font.data.is_some() })
            .collect(),
        notes: read.notes.iter().map(ToString::to_string).collect(),
        signatures,
        attachments: files.map(|file| file.name.clone()).collect(),
    })
}

fn leaf(document: &Document, page: &Page, left: &mut usize) -> Result<Leaf, String> {
    let paper = page.area.unwrap_or(document.area).physical;
    let mut lines = Vec::new();
    if *left > 0 {
        let pieces = lingnan_ofd::lines(document, page).map_err(|error| error.to_string())?;
        for line in pieces {
            let line: String = line.iter().map(|piece| piece.text.as_str()).collect();
            *left = left.saturating_sub(line.chars().count());
            lines.push(line);
        }
    }
    Ok(Leaf { width: paper.width, height: paper.height, lines })
}

fn signature(document: &Document, own: &Signature, before: usize) -> SignatureView {
    let place = |id| document.pages.iter().position(|page| page.id == id);
    let pages = own.stamps.iter().filter_map(|stamp| Some(before + place(stamp.page)? + 1));
    SignatureView {
        seal: own.kind == SignatureKind::Seal,
        provider: own.provider.clone(),
        signed: own.signed.clone(),
        pages: pages.collect(),
    }
}
