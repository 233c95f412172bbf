//! The fonts of a document, each cut down to the glyphs it uses.

use crate::Error;
use crate::walk::{Ink, What};
use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use lingnan_ofd::model::{Document, Id};
use std::collections::{BTreeMap, BTreeSet};
use typst::text::Font;

/// A font of the package, and which number each glyph has in it.
pub(crate) struct Embedded {
    pub(crate) font: Font,
    pub(crate) id: Id,
    pub(crate) glyphs: BTreeMap<u16, u16>,
}

/// Embeds every font that the pages use.
pub(crate) fn embed(out: &mut Document, pages: &[Vec<Ink>]) -> Result<Vec<Embedded>, Error> {
    let mut used: Vec<(Font, BTreeSet<u16>)> = Vec::new();
    for ink in pages.iter().flatten() {
        let What::Text(text) = &ink.what else { continue };
        let font = text.font.font();
        let glyphs = text.glyphs.iter().map(|glyph| glyph.id);
        match used.iter_mut().find(|(known, _)| known == font) {
            Some((_, known)) => known.extend(glyphs),
            None => used.push((font.clone(), glyphs.collect())),
        }
    }
    used.into_iter().map(|(font, glyphs)| embed_one(out, font, &glyphs)).collect()
}

fn embed_one(out: &mut Document, font: Font, used: &BTreeSet<u16>) -> Result<Embedded, Error> {
    // Glyph 0 comes first: it is what is shown for a character the font lacks.
    let kept: Vec<u16> =
        std::iter::once(0).chain(used.iter().copied().filter(|glyph| *glyph != 0)).collect();
    let family = font.info().family.clone();
    let data = cut(&font, &kept)
        .ok_or_else(|| Error::Typst(format!("字体“{family}”不能取子集，不能嵌入")))?;
    let id = out.embed(family.as_str(), data);
    let glyphs = kept.into_iter().zip(0..).collect();
    Ok(Embedded { font, id, glyphs })
}

/// The font with these glyphs only, still with a map of characters: some readers go by glyphs,
/// others by characters.
fn cut(font: &Font, kept: &[u16]) -> Option<Vec<u8>> {
    let data = ReadScope::new(font.data()).read::<FontData<'_>>().ok()?;
    let index = usize::try_from(font.index()).ok()?;
    let provider = data.table_provider(index).ok()?;
    subset(&provider, kept, &SubsetProfile::Minimal, CmapTarget::Unicode).ok()
}
