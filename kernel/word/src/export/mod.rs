//! A document's value as a Word document: what stands where is decided here, every figure comes
//! from `lingnan_gongwen::figures`.

mod end;
mod head;
mod letter;
mod style;
mod text;

use crate::twips;
use lingnan_docx::Error;
use lingnan_docx::model::{
    Align, Block, Document, Form, Indent, Look, Margins, Paragraph, Piece, Run, Section,
};
use lingnan_gongwen::{Annex, Format, Gongwen, figures};
use style::{
    CHARACTER, EXACT_BASE, GRID_TIGHT, LINE, SIZE_4, SIZE_FOUR, SONG, WIDTH, base_form, base_look,
    look, paragraph,
};

/// The document in Word.
///
/// # Errors
/// When it has more images than a Word file may have.
pub fn export(document: &Gongwen) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    let format = document.format();
    head::head(document, &mut body);
    text::body(&document.body, &mut body);
    end::annex_note(document, &mut body);
    end::attendance(document, &mut body);
    // The date stands on a page that has text (7.3.5.5).
    if let Some(Block::Paragraph(last)) = body.last_mut() {
        last.form.keep_next = Some(true);
    }
    end::signature(document, &mut body);
    end::note(document, &mut body);
    end::annexes(document, &mut body);
    end::imprint(document, &mut body);
    let section = if format == Format::Letter { letter::section(document) } else { section() };
    written(body, section, &document.title)
}

/// An annex in Word, bound apart: without the words of 7.3.7 before its title, as its document has
/// no number yet.
///
/// # Errors
/// When it has more images than a Word file may have.
pub fn export_annex(annex: &Annex) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    end::annex(annex, &mut body);
    written(body, section(), &annex.name)
}

fn written(mut body: Vec<Block>, section: Section, title: &str) -> Result<Vec<u8>, Error> {
    if !matches!(body.last(), Some(Block::Paragraph(_))) {
        // A text ends with a paragraph, as low as it can be set.
        let form = Form { pitch: Some(EXACT_BASE), ..Form::default() };
        body.push(Block::Paragraph(Paragraph { form, ..Paragraph::default() }));
    }
    lingnan_docx::write(&Document {
        body,
        sections: vec![section],
        look: base_look(),
        form: base_form(),
        title: title.replace('\n', ""),
    })
}

/// The page: 5.1, 5.2 and 7.5.
fn section() -> Section {
    Section {
        odd: Margins { head: Vec::new(), foot: vec![number(Align::Right, 0)] },
        even: Some(Margins { head: Vec::new(), foot: vec![number(Align::Left, 0)] }),
        ..page()
    }
}

/// Paper, margins and the grid of 22 lines of 28 characters (文档网格, 5.2.3). The text does not
/// hang on the grid: every line has its exact pitch and every character its room, and programs
/// differ in what a grid does to the others.
fn page() -> Section {
    let (width, left) = (twips(figures::PAGE_WIDTH), twips(figures::LEFT));
    let bottom = figures::PAGE_HEIGHT - figures::TOP - figures::HEIGHT;
    Section {
        width,
        height: twips(figures::PAGE_HEIGHT),
        margins: [twips(figures::TOP), width - left - WIDTH, twips(bottom), left],
        foot_distance: twips(bottom - figures::PAGE_NUMBER_GAP) - DASH_TO_FOOT,
        line_pitch: Some(LINE),
        character_space: Some(GRID_TIGHT),
        ..Section::default()
    }
}

/// From the upper edge of a dash of 四号 to the lower edge of its line: the baseline of a line of
/// exactly its size lies at four fifths, the dash two fifths of the size above it.
const DASH_TO_FOOT: i64 = SIZE_FOUR * 20 * 3 / 5;

/// 页码: 四号 half-width 宋体 between two dashes, one character from the outer edge (7.5).
fn number(side: Align, below: i64) -> Block {
    let own = look(SONG, SIZE_4);
    let own = Look { latin: own.font.clone(), spacing: Some(0), ..own };
    let dash = |text: &str| Piece::Text(Run { text: text.to_owned(), look: own.clone() });
    let inset = Some(Indent::Twips(CHARACTER));
    let (left, right) = if side == Align::Right { (None, inset) } else { (inset, None) };
    let form = Form {
        align: Some(side),
        left,
        right,
        after: Some(below),
        pitch: Some(lingnan_docx::model::Pitch::Exactly(SIZE_FOUR * 20)),
        ..Form::default()
    };
    paragraph(form, vec![dash("— "), Piece::PageNumber(own.clone()), dash(" —")])
}
