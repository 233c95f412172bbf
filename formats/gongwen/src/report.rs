//! What the editor and the archive should know of a document in print.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What was really used, replaced and left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// How many pages there are.
    pub pages: usize,
    /// The font families really used.
    pub families: BTreeSet<String>,
    /// Characters that the face of the rule lacks.
    pub substituted: Vec<Substituted>,
    /// Characters that no font has; they are printed as boxes.
    pub missing: BTreeSet<char>,
    /// What the rules want and could not be had, in words for the drafter.
    pub remarks: Vec<String>,
    /// The lines of a page, in hundredths, when they are not 22 (GB/T 9704-2012 7.3.5.5).
    pub lines_changed: Option<u32>,
    /// Where room is left for each seal.
    pub seals: Vec<Place>,
}

/// A character set in another face than its neighbours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substituted {
    /// The character.
    pub character: char,
    /// The family that has it.
    pub family: String,
}

/// A place on a page, in hundredths of a millimetre from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The page, from 1.
    pub page: usize,
    /// From the left edge.
    pub x: i64,
    /// From the upper edge.
    pub y: i64,
}
