//! Our own Word files meet every row that a file without pages can tell.

use crate::support::of;
use lingnan_gongwen::Kind;
use lingnan_gongwen::check::Verdict;
use lingnan_word::{check, export};

#[test]
fn our_own_files_meet_every_row() {
    for kind in Kind::ALL {
        let rows = check(&export(&of(kind)).unwrap()).unwrap();
        let failed: Vec<_> = rows.iter().filter(|row| row.verdict == Verdict::Fails).collect();
        assert!(failed.is_empty(), "{}: {failed:#?}", kind.name());
        assert!(rows.iter().any(|row| row.verdict == Verdict::Open));
    }
}

#[test]
fn the_page_says_its_grid_and_the_text_does_not_hang_on_it() {
    for kind in [Kind::Notice, Kind::Letter] {
        let document = lingnan_docx::read(&export(&of(kind)).unwrap()).unwrap().document;
        let section = &document.sections[0];
        let [top, right, bottom, left] = section.margins;
        let pitch = 20.0 * (16.0 + section.character_space.unwrap() as f64 / 4096.0);
        let characters = (section.width - left - right) as f64 / pitch;
        let lines = (section.height - top - bottom) as f64 / section.line_pitch.unwrap() as f64;
        assert!((28.0..28.1).contains(&characters) && (22.0..22.1).contains(&lines));
        assert_eq!((document.look.on_grid, document.form.on_grid), (Some(false), Some(false)));
    }
}
