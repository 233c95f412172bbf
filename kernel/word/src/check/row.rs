//! Rows of the report, as those of a finished page.

use lingnan_gongwen::check::{Face, Row, Verdict, is_face};

/// What is measured: its clause and its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct What(pub(super) &'static str, pub(super) &'static str);

/// Why a row is left open.
const NO_PAGES: &str = "Word 文件不含固定版面；请导出 PDF 或 OFD 后再检查";

impl What {
    /// Something that holds or not; none when there is nothing to look at.
    pub(super) fn holds(self, required: &str, found: Option<(String, bool)>) -> Row {
        let (measured, verdict) = match found {
            None => ("—".to_owned(), Verdict::Absent),
            Some((measured, true)) => (measured, Verdict::Meets),
            Some((measured, false)) => (measured, Verdict::Fails),
        };
        self.row(required, measured, verdict)
    }

    /// A length in twips, as millimetres with how far it may be off.
    pub(super) fn length(self, want: f64, off: f64, found: Option<i64>) -> Row {
        let required = format!("{}±{} mm", short(want), short(off));
        let found = found.map(|twips| {
            let found = millimetres(twips);
            (format!("{found:.2} mm"), (found - want).abs() <= off + 0.02)
        });
        self.holds(&required, found)
    }

    /// A size in half points.
    pub(super) fn size(self, want: f64, found: Option<i64>) -> Row {
        let found = found.map(|half_points| {
            let points = whole(half_points) / 2.0;
            (format!("{points:.1}磅"), (points - want).abs() <= 0.3)
        });
        self.holds(&format!("{}磅", short(want)), found)
    }

    /// A face by its name.
    pub(super) fn face(self, required: &str, face: Face, found: Option<&str>) -> Row {
        self.holds(required, found.map(|name| (name.to_owned(), is_face(name, face))))
    }

    /// What only a laid-out page can tell.
    pub(super) fn open(self, required: &str) -> Row {
        self.row(required, NO_PAGES.to_owned(), Verdict::Open)
    }

    fn row(self, required: &str, measured: String, verdict: Verdict) -> Row {
        let Self(clause, element) = self;
        Row {
            clause,
            element: element.to_owned(),
            required: required.to_owned(),
            measured,
            verdict,
        }
    }
}

/// Millimetres of so many twips.
pub(super) fn millimetres(twips: i64) -> f64 {
    whole(twips) / 1440.0 * 25.4
}

/// A whole number of a file, of which none is near what a float cannot hold.
#[expect(clippy::as_conversions, reason = "lengths of a page")]
pub(super) const fn whole(number: i64) -> f64 {
    number as f64
}

fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
