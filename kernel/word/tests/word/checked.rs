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
