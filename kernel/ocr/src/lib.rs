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
        let found = self.attempt(picture)?;
        let on_its_side = found.on_its_side();
        if !on_its_side && found.sureness() >= SURE {
            return self.finish(found);
        }
        let [one, other] = if on_its_side {
            [self.attempt(found.picture.turned(1))?, self.attempt(found.picture.turned(3))?]
        } else {
            let on_its_head = self.attempt(found.picture.turned(2))?;
            [found, on_its_head]
        };
        self.finish(if other.sureness() > one.sureness() { other } else { one })
    }

    /// Finds the lines of a picture and reads the longest.
    fn attempt(&self, picture: Picture) -> Result<Attempt, Error> {
        let mut places = self.detector.find(&picture)?;
        places.sort_by(|a, b| b.length().total_cmp(&a.length()));
        let tried = places.iter().take(TRIED);
        let read = tried.map(|place| self.recogniser.read(&place.cut(&picture)));
        let read = read.collect::<Result<_, _>>()?;
        Ok(Attempt { picture, places, read })
    }

    /// Reads the lines that were not tried.
    fn finish(&self, attempt: Attempt) -> Result<(Picture, Vec<Line>), Error> {
        let Attempt { picture, places, mut read } = attempt;
        for place in places.iter().skip(read.len()) {
            read.push(self.recogniser.read(&place.cut(&picture))?);
        }
        let lines = places.iter().zip(read).filter(|(_, characters)| !characters.is_empty());
        let lines =
            lines.map(|(place, characters)| Line { characters, bounds: place.bounds(&picture) });
        let mut lines: Vec<Line> = lines.collect();
        lines.sort_by(|a, b| a.bounds.top.total_cmp(&b.bounds.top));
        Ok((picture, lines))
    }
}

/// A picture turned one way: its lines, the longest first, and what those say that were read.
struct Attempt {
    picture: Picture,
    places: Vec<Place>,
    read: Vec<Vec<(char, f32)>>,
}

impl Attempt {
    fn on_its_side(&self) -> bool {
        let standing: Vec<bool> = self.places.iter().filter_map(Place::stands).collect();
        standing.iter().filter(|stands| **stands).count() * 2 > standing.len()
    }

    /// How sure the characters are that were read, on average: from 0 to 1.
    fn sureness(&self) -> f32 {
        let characters = self.read.iter().flatten();
        let (sum, count) =
            characters.fold((0.0, 0), |(sum, count), (_, sure)| (sum + sure, count + 1_usize));
        if count == 0 { 0.0 } else { sum / number::real(count) }
    }
}
