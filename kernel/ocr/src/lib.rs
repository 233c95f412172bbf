//! 读取来文: what stands on a picture of a page, line by line, and which of it is the number, the
//! title, the sender and the date of an official document. What is read is a proposal: whoever
//! registers the document confirms it.

mod detect;
mod elements;
mod number;
mod picture;
mod recognise;
mod rows;
mod spell;

pub use elements::{Element, Field, Leaf, elements, marking, texts};
pub use picture::{Picture, decode, limits};

use detect::{Detector, Place};
use recognise::Recogniser;

/// Why a picture is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a picture of a kind that is read.
    #[error("这不是可以打开的 PNG 或 JPEG 图片：文件损坏，或不是图片")]
    NotPicture,
    /// Beyond [`limits`].
    #[error("图片超过{}百万像素，请以300 dpi重新扫描", limits::PIXELS_MAX / 1_000_000)]
    TooLarge,
    /// The models are broken, or others than are expected.
    #[error("文字识别模型不能使用：{0}")]
    Model(String),
}

/// Where something stands on its page, as parts of the page's width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// From the left.
    pub left: f32,
    /// From the top.
    pub top: f32,
    /// From the left too.
    pub right: f32,
    /// From the top too.
    pub bottom: f32,
}

impl Bounds {
    /// How high.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// What holds both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A line of text on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Each character, and how sure its reading is: from 0 to 1.
    pub characters: Vec<(char, f32)>,
    /// Where it stands.
    pub bounds: Bounds,
}

impl Line {
    /// A line of which each character is as sure as the other.
    #[must_use]
    pub fn new(text: &str, sure: f32, bounds: Bounds) -> Self {
        Self { characters: text.chars().map(|character| (character, sure)).collect(), bounds }
    }

    /// What it says.
    #[must_use]
    pub fn text(&self) -> String {
        self.characters.iter().map(|(character, _)| character).collect()
    }
}

/// Lines by which one tells which way a page is turned.
const TRIED: usize = 4;
/// Print that is the right way up is read with at least this sureness.
const SURE: f32 = 0.85;

/// Reads pictures; the models stay loaded.
pub struct Reader {
    detector: Detector,
    recogniser: Recogniser,
}

impl Reader {
    /// A reader with models of PP-OCR in ONNX: one that finds lines, and one that reads a line and
    /// brings its characters along.
    ///
    /// # Errors
    /// When they are others.
    pub fn new(detection: Vec<u8>, recognition: Vec<u8>) -> Result<Self, Error> {
        let (detector, recogniser) = (Detector::new(detection)?, Recogniser::new(recognition)?);
        Ok(Self { detector, recogniser })
    }

    /// The lines of a picture, from the top, and the picture as it is read: one that lies on its
    /// side or on its head is turned.
    ///
    /// # Errors
    /// When a model cannot be run.
    pub fn read(&self, picture: Picture) -> Result<(Picture, Vec<Line>), Error> {
        let places = self.detector.find(&picture)?;
        let standing: Vec<bool> = places.iter().filter_map(Place::stands).collect();
        let on_its_side = standing.iter().filter(|stands| **stands).count() * 2 > standing.len();
        if !on_its_side && self.sureness(&picture, &places)? >= SURE {
            let lines = self.lines(&picture, &places)?;
            return Ok((picture, lines));
        }
        let turns: [u8; 2] = if on_its_side { [1, 3] } else { [0, 2] };
        let mut best: Option<(f32, Picture, Vec<Place>)> = None;
        for turn in turns {
            let turned = picture.turned(turn);
            let places = self.detector.find(&turned)?;
            let sure = self.sureness(&turned, &places)?;
            if best.as_ref().is_none_or(|(before, _, _)| sure > *before) {
                best = Some((sure, turned, places));
            }
        }
        let Some((_, picture, places)) = best else { return Ok((picture, Vec::new())) };
        let lines = self.lines(&picture, &places)?;
        Ok((picture, lines))
    }

    fn lines(&self, picture: &Picture, places: &[Place]) -> Result<Vec<Line>, Error> {
        let mut lines = Vec::new();
        for place in places {
            let characters = self.recogniser.read(&place.cut(picture))?;
            if !characters.is_empty() {
                lines.push(Line { characters, bounds: place.bounds(picture) });
            }
        }
        lines.sort_by(|a, b| a.bounds.top.total_cmp(&b.bounds.top));
        Ok(lines)
    }

    /// How sure the characters of the longest lines are, on average: from 0 to 1.
    fn sureness(&self, picture: &Picture, places: &[Place]) -> Result<f32, Error> {
        let mut longest: Vec<&Place> = places.iter().collect();
        longest.sort_by(|a, b| b.length().total_cmp(&a.length()));
        let (mut sum, mut count) = (0.0, 0);
        for place in longest.into_iter().take(TRIED) {
            for (_, sure) in self.recogniser.read(&place.cut(picture))? {
                sum += sure;
                count += 1;
            }
        }
        Ok(if count == 0 { 0.0 } else { sum / number::real(count) })
    }
}
