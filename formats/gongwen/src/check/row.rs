//! A figure of the standard beside what was measured.

use serde::Serialize;

/// One line of the checker's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The clause of GB/T 9704-2012.
    pub clause: &'static str,
    /// The element and what of it is measured.
    pub element: String,
    /// What the clause wants.
    pub required: String,
    /// What was found.
    pub measured: String,
    /// What follows.
    pub verdict: Verdict,
}

/// What follows from a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 符合
    Meets,
    /// 不符合
    Fails,
    /// 无此要素: the page has nothing to measure.
    Absent,
    /// 须看版面: a file without fixed pages does not tell it.
    Open,
}

impl Verdict {
    /// In Chinese.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meets => "符合",
            Self::Fails => "不符合",
            Self::Absent => "无此要素",
            Self::Open => "须看版面",
        }
    }

    const fn of(holds: bool) -> Self {
        if holds { Self::Meets } else { Self::Fails }
    }
}

/// What is measured: its clause and its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct What(pub(super) &'static str, pub(super) &'static str);

impl What {
    /// A length in millimetres with how far it may be off; none when there is nothing to measure.
    pub(super) fn length(self, want: f64, off: f64, found: Option<f64>) -> Row {
        let required = format!("{}±{} mm", short(want), short(off));
        match found {
            None => self.absent(required),
            // A hair for what was rounded on the way.
            Some(found) => {
                self.row(required, format!("{found:.2} mm"), (found - want).abs() <= off + 0.005)
            }
        }
    }

    /// A size in points; none when there is nothing to measure.
    pub(super) fn size(self, want: f64, found: Option<f64>) -> Row {
        let required = format!("{}磅", short(want));
        match found {
            None => self.absent(required),
            Some(found) => self.row(required, format!("{found:.1}磅"), (found - want).abs() <= 0.3),
        }
    }

    /// Something that holds or not; none when there is nothing to look at.
    pub(super) fn holds(self, required: &str, found: Option<(String, bool)>) -> Row {
        match found {
            None => self.absent(required.to_owned()),
            Some((measured, holds)) => self.row(required.to_owned(), measured, holds),
        }
    }

    fn row(self, required: String, measured: String, holds: bool) -> Row {
        let Self(clause, element) = self;
        let verdict = Verdict::of(holds);
        Row { clause, element: element.to_owned(), required, measured, verdict }
    }

    fn absent(self, required: String) -> Row {
        let Self(clause, element) = self;
        let (measured, verdict) = ("—".to_owned(), Verdict::Absent);
        Row { clause, element: element.to_owned(), required, measured, verdict }
    }
}

fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
