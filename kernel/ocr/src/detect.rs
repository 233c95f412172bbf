//! Where lines stand: the model tells for each dot how likely it is text (Differentiable
//! Binarization); dots that hang together are a line, turned as it may be.

use crate::number::{real, whole};
use crate::{Bounds, Error, Picture};
use rten::Model;
use rten_tensor::prelude::{AsView, Layout};
use rten_tensor::{NdTensor, Tensor};

/// Dots of the longer side that the model is given: A4 at 110 to an inch, where small print is
/// still found.
const SIDE_MAX: f32 = 1_280.0;
/// Less is made larger, up to twice: print of a small picture is otherwise not found.
const ENLARGED_MAX: f32 = 2.0;
/// The model halves its sides five times.
const MULTIPLE: usize = 32;
/// From how likely on a dot is text.
const DOT_MIN: f32 = 0.3;
/// From how likely on, over all its dots, a line is one.
const LINE_MIN: f32 = 0.5;
/// What the model finds is the middle of a line: by this much of its area to its girth it grows.
const GROWTH: f32 = 1.6;
/// Dots that are no line.
const DOTS_MIN: usize = 12;
/// Most lines of a page; a dense one has 80.
const LINES_MAX: usize = 400;
/// Only what is so much longer than high tells how the page is turned.
const TELLING: f32 = 5.0;
/// Dots of the height of a line when it is cut out, as the reading model wants it.
pub(crate) const HEIGHT: usize = 48;
/// Dots of the length of the longest line that is read: 60 characters.
const LENGTH_MAX: usize = 3_200;

pub(crate) struct Detector(Model);

/// A line as a turned rectangle, in dots of the picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    x: f32,
    y: f32,
    /// Half its length and half its height.
    half: (f32, f32),
    /// The direction in which it is read.
    along: (f32, f32),
}

impl Detector {
    pub(crate) fn new(model: Vec<u8>) -> Result<Self, Error> {
        Model::load(model).map(Self).map_err(|error| Error::Model(error.to_string()))
    }

    pub(crate) fn find(&self, picture: &Picture) -> Result<Vec<Place>, Error> {
        let (width, height) = (real(picture.width()), real(picture.height()));
        let scale = (SIDE_MAX / width.max(height)).min(ENLARGED_MAX);
        let side = |own: f32| (whole(own * scale) / MULTIPLE).max(1) * MULTIPLE;
        let (across, down) = (side(width), side(height));
        let planes = picture.resized(across, down).planes();
        let input = NdTensor::from_data([1, 3, down, across], planes);
        let output = self.0.run_one(input.view().into(), None);
        let output = output.map_err(|error| Error::Model(error.to_string()))?;
        let likely: Tensor<f32> =
            output.try_into().map_err(|_| Error::Model("其输出不是所需类型".to_owned()))?;
        if likely.shape() != [1, 1, down, across] {
            return Err(Error::Model("它不是查找文字的模型".to_owned()));
        }
        let likely = likely.to_vec();
        let found = components(&likely, across);
        Ok(places(&found, (width / real(across), height / real(down))))
    }
}

/// Dots that hang together: sums from which place, length and direction follow.
struct Component {
    dots: Vec<(f32, f32)>,
    likely: f32,
}

fn components(likely: &[f32], width: usize) -> Vec<Component> {
    let mut open: Vec<bool> = likely.iter().map(|dot| *dot > DOT_MIN).collect();
    let mut found = Vec::new();
    let mut waiting = Vec::new();
    for first in 0..open.len() {
        if !take(&mut open, first) {
            continue;
        }
        waiting.push(first);
        let mut own = Component { dots: Vec::new(), likely: 0.0 };
        while let Some(dot) = waiting.pop() {
            let (x, y) = (dot % width, dot / width);
            own.dots.push((real(x) + 0.5, real(y) + 0.5));
            own.likely += likely.get(dot).copied().unwrap_or_default();
            let columns = x.saturating_sub(1)..=(x + 1).min(width - 1);
            for x in columns {
                for y in y.saturating_sub(1)..=y + 1 {
                    if take(&mut open, y * width + x) {
                        waiting.push(y * width + x);
                    }
                }
            }
        }
        if own.dots.len() >= DOTS_MIN && own.likely / real(own.dots.len()) > LINE_MIN {
            found.push(own);
        }
        if found.len() >= LINES_MAX {
            break;
        }
    }
    found
}

fn take(open: &mut [bool], dot: usize) -> bool {
    open.get_mut(dot).is_some_and(std::mem::take)
}

impl Component {
    fn middle(&self) -> (f32, f32) {
        let count = real(self.dots.len());
        let (x, y) = self.dots.iter().fold((0.0, 0.0), |(x, y), dot| (x + dot.0, y + dot.1));
        (x / count, y / count)
    }

    /// The direction in which it is longest, from left to right.
    fn slope(&self) -> f32 {
        let (x, y) = self.middle();
        let (mut xx, mut xy, mut yy) = (0.0_f32, 0.0_f32, 0.0_f32);
        for dot in &self.dots {
            let (x, y) = (dot.0 - x, dot.1 - y);
            (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
        }
        0.5 * (2.0 * xy).atan2(xx - yy)
    }

    /// The rectangle of this direction around it, grown.
    fn place(&self, slope: f32) -> Place {
        let along = (slope.cos(), slope.sin());
        let (mut least, mut most) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
        for dot in &self.dots {
            let (length, height) =
                (dot.0 * along.0 + dot.1 * along.1, dot.1 * along.0 - dot.0 * along.1);
            least = (least.0.min(length), least.1.min(height));
            most = (most.0.max(length), most.1.max(height));
        }
        let (length, height) = (most.0 - least.0 + 1.0, most.1 - least.1 + 1.0);
        let growth = length * height * GROWTH / (2.0 * (length + height));
        let middle = ((least.0 + most.0) / 2.0, (least.1 + most.1) / 2.0);
        Place {
            x: middle.0 * along.0 - middle.1 * along.1,
            y: middle.0 * along.1 + middle.1 * along.0,
            half: (length / 2.0 + growth, height / 2.0 + growth),
            along,
        }
    }
}

/// All lines of a page are turned as its long ones are.
fn places(found: &[Component], scale: (f32, f32)) -> Vec<Place> {
    let mut slopes: Vec<f32> = found
        .iter()
        .map(|own| (own.slope(), own))
        .filter(|(slope, own)| {
            let Place { half, .. } = own.place(*slope);
            half.0 > half.1 * TELLING
        })
        .map(|(slope, _)| slope)
        .collect();
    slopes.sort_by(f32::total_cmp);
    let turned = slopes.get(slopes.len() / 2).copied().unwrap_or_default();
    let place = |own: &Component| {
        let Place { half, .. } = own.place(own.slope());
        let slope = if half.0 > half.1 * TELLING { own.slope() } else { turned };
        let Place { x, y, half, along } = own.place(slope);
        let size = (scale.0 + scale.1) / 2.0;
        Place { x: x * scale.0, y: y * scale.1, half: (half.0 * size, half.1 * size), along }
    };
    found.iter().map(place).collect()
}

impl Place {
    /// How long, in dots.
    pub(crate) const fn length(&self) -> f32 {
        2.0 * self.half.0
    }

    /// Whether it is long enough to tell, and runs down the page rather than across.
    pub(crate) fn stands(&self) -> Option<bool> {
        let tells = self.half.0 > self.half.1 * TELLING;
        tells.then(|| self.along.1.abs() > self.along.0.abs())
    }

    /// The line upright, as high as the reading model wants it.
    pub(crate) fn cut(&self, picture: &Picture) -> Picture {
        let step = 2.0 * self.half.1 / real(HEIGHT);
        let length = whole((2.0 * self.half.0 / step).ceil()).clamp(HEIGHT / 2, LENGTH_MAX);
        let across = 2.0 * self.half.0 / real(length);
        let cut = picture.sampled((length, HEIGHT), step, |x, y| {
            let (x, y) = (x * across - self.half.0, y * step - self.half.1);
            (
                self.x + x * self.along.0 - y * self.along.1,
                self.y + x * self.along.1 + y * self.along.0,
            )
        });
        cut.without_seal()
    }

    pub(crate) fn bounds(&self, picture: &Picture) -> Bounds {
        let (length, height) = self.half;
        let (cos, sin) = (self.along.0.abs(), self.along.1.abs());
        let (x, y) = (length * cos + height * sin, length * sin + height * cos);
        let (width, down) = (real(picture.width()), real(picture.height()));
        Bounds {
            left: ((self.x - x) / width).clamp(0.0, 1.0),
            top: ((self.y - y) / down).clamp(0.0, 1.0),
            right: ((self.x + x) / width).clamp(0.0, 1.0),
            bottom: ((self.y + y) / down).clamp(0.0, 1.0),
        }
    }
}
