//! A picture as dots; files of others are decoded within limits.

use crate::Error;
use crate::number::{real, shade, whole};
use image::{ImageDecoder, ImageError, ImageFormat, ImageReader};
use std::io::Cursor;

/// Limits of what is read.
pub mod limits {
    /// Dots of a picture: A3 at 600 to an inch has 70 million.
    pub const PIXELS_MAX: u64 = 80_000_000;
    /// Dots of either side.
    pub const SIDE_MAX: u32 = 20_000;
    /// What a decoder may take beside the picture.
    pub const BYTES_MAX: u64 = 600 << 20;
}

/// Dots of the longer side that are kept: A4 at 175 to an inch, where a line of 三号 is 40 high.
const KEPT_MAX: usize = 2_048;

/// Of 100: print stays sharp, and a page has 200 kB.
const QUALITY: u8 = 70;

/// Red, green and blue of each dot.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    width: usize,
    height: usize,
    dots: Vec<[u8; 3]>,
}

impl Picture {
    /// A picture of so many dots in a row.
    ///
    /// # Errors
    /// When there is none, or the rows are not whole.
    pub fn new(width: usize, dots: Vec<[u8; 3]>) -> Result<Self, Error> {
        let height = dots.len().checked_div(width).filter(|height| *height > 0);
        let height = height.filter(|height| height * width == dots.len());
        let height = height.ok_or(Error::NotPicture)?;
        Ok(Self { width, height, dots })
    }

    /// Dots in a row.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The picture as JPEG, for showing: at most so many dots on its longer side.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn jpeg(&self, longer: usize) -> Result<Vec<u8>, Error> {
        let scale = (real(longer) / real(self.width.max(self.height))).min(1.0);
        let side = |own: usize| whole(real(own) * scale).max(1);
        let small = self.resized(side(self.width), side(self.height));
        let size = |own: usize| u32::try_from(own).map_err(|_| Error::TooLarge);
        let (width, height) = (size(small.width)?, size(small.height)?);
        let mut file = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, QUALITY);
        let colours = image::ExtendedColorType::Rgb8;
        let written = encoder.encode(small.dots.as_flattened(), width, height, colours);
        written.map_err(|_| Error::TooLarge)?;
        Ok(file)
    }

    /// The whole, turned clockwise by so many quarters.
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        let (width, height) = (self.width, self.height);
        let size = if quarters % 2 == 1 { (height, width) } else { (width, height) };
        let from = |x: usize, y: usize| match quarters % 4 {
            0 => (x, y),
            1 => (y, height - 1 - x),
            2 => (width - 1 - x, height - 1 - y),
            _ => (width - 1 - y, x),
        };
        let places = (0..size.1).flat_map(|y| (0..size.0).map(move |x| (x, y)));
        let dots = places.filter_map(|(x, y)| {
            let (x, y) = from(x, y);
            self.dots.get(y * width + x).copied()
        });
        Self { width: size.0, height: size.1, dots: dots.collect() }
    }

    /// The dot at a place; the edge is repeated beyond it.
    fn dot(&self, x: usize, y: usize) -> [f32; 3] {
        let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
        let dot = self.dots.get(y * self.width + x);
        dot.map_or([255.0; 3], |dot| dot.map(f32::from))
    }

    /// The colour between dots.
    fn between(&self, x: f32, y: f32) -> [f32; 3] {
        let (x, y) = ((x - 0.5).max(0.0), (y - 0.5).max(0.0));
        let (left, top) = (whole(x), whole(y));
        let (right, down) = (x - real(left), y - real(top));
        let corners = [
            (self.dot(left, top), (1.0 - right) * (1.0 - down)),
            (self.dot(left + 1, top), right * (1.0 - down)),
            (self.dot(left, top + 1), (1.0 - right) * down),
            (self.dot(left + 1, top + 1), right * down),
        ];
        let mut colour = [0.0; 3];
        for (corner, weight) in corners {
            for (sum, part) in colour.iter_mut().zip(corner) {
                *sum += part * weight;
            }
        }
        colour
    }

    /// Another picture of `width` by `height` dots, each the colour around the place that `place`
    /// tells for its middle, so many dots of this one wide.
    pub(crate) fn sampled(
        &self,
        (width, height): (usize, usize),
        step: f32,
        place: impl Fn(f32, f32) -> (f32, f32),
    ) -> Self {
        // Of fine print nothing is skipped: as many looks as dots.
        let looks = whole(step.ceil()).clamp(1, 8);
        let part = 1.0 / real(looks);
        let mut dots = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let mut colour = [0.0; 3];
                for look in 0..looks * looks {
                    let (across, down) = (real(look % looks) + 0.5, real(look / looks) + 0.5);
                    let (x, y) = place(real(x) + across * part, real(y) + down * part);
                    for (sum, own) in colour.iter_mut().zip(self.between(x, y)) {
                        *sum += own;
                    }
                }
                dots.push(colour.map(|sum| shade(sum * part * part)));
            }
        }
        Self { width, height, dots }
    }

    /// The whole at another size.
    pub(crate) fn resized(&self, width: usize, height: usize) -> Self {
        let (x, y) = (real(self.width) / real(width), real(self.height) / real(height));
        self.sampled((width, height), x.max(y), |own, down| (own * x, down * y))
    }

    /// No larger than is needed to read it.
    #[must_use]
    pub fn bounded(self) -> Self {
        let longer = self.width.max(self.height);
        if longer <= KEPT_MAX {
            return self;
        }
        let scale = real(KEPT_MAX) / real(longer);
        let side = |own: usize| whole(real(own) * scale).max(1);
        self.resized(side(self.width), side(self.height))
    }

    /// Each dot as the models want it, blue first, from -1 to 1: a plane for each colour.
    pub(crate) fn planes(&self) -> Vec<f32> {
        let plane = |colour: fn(&[u8; 3]) -> u8| {
            self.dots.iter().map(move |dot| f32::from(colour(dot)) / 127.5 - 1.0)
        };
        plane(|[_, _, b]| *b).chain(plane(|[_, g, _]| *g)).chain(plane(|[r, _, _]| *r)).collect()
    }

    /// Where black print lies under a red seal, as red light shows it: without the seal.
    pub(crate) fn without_seal(mut self) -> Self {
        let red = |[r, g, b]: &[u8; 3]| {
            *r > 130 && *r > g.saturating_add(60) && *r > b.saturating_add(60)
        };
        let dark = |dot: &[u8; 3]| dot.iter().all(|part| *part < 110);
        let share = |of: &dyn Fn(&[u8; 3]) -> bool| {
            real(self.dots.iter().filter(|dot| of(dot)).count()) / real(self.dots.len())
        };
        if share(&red) > 0.01 && share(&dark) > 0.03 {
            for dot in &mut self.dots {
                let [red, _, _] = *dot;
                *dot = [red; 3];
            }
        }
        self
    }
}

/// Decodes a picture, turned as the camera says it was held, and no larger than is needed.
///
/// # Errors
/// When it is none, is broken, or beyond [`limits`].
pub fn decode(file: &[u8]) -> Result<Picture, Error> {
    let mut reader = ImageReader::new(Cursor::new(file));
    let format = image::guess_format(file).map_err(|_| Error::NotPicture)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
        return Err(Error::NotPicture);
    }
    reader.set_format(format);
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits::SIDE_MAX);
    bounds.max_image_height = Some(limits::SIDE_MAX);
    bounds.max_alloc = Some(limits::BYTES_MAX);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits::PIXELS_MAX {
        return Err(Error::TooLarge);
    }
    let turn = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let decoded = image::DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    let mut decoded = on_white(decoded);
    decoded.apply_orientation(turn);
    let decoded = decoded.into_rgb8();
    let width = usize::try_from(decoded.width()).map_err(|_| Error::TooLarge)?;
    let (dots, _) = decoded.as_raw().as_chunks::<3>();
    Ok(Picture::new(width, dots.to_vec())?.bounded())
}

/// What shows through is paper.
fn on_white(decoded: image::DynamicImage) -> image::DynamicImage {
    if !decoded.color().has_alpha() {
        return decoded;
    }
    let clear = decoded.into_rgba8();
    let paper = |own: u8, alpha: u8| {
        let (own, alpha) = (f32::from(own), f32::from(alpha) / 255.0);
        shade(own * alpha + 255.0 * (1.0 - alpha))
    };
    let dots = clear.pixels().map(|dot| {
        let [r, g, b, a] = dot.0;
        [paper(r, a), paper(g, a), paper(b, a)]
    });
    let dots: Vec<u8> = dots.flatten().collect();
    let whole = image::RgbImage::from_raw(clear.width(), clear.height(), dots);
    whole.map_or(image::DynamicImage::ImageRgba8(clear), image::DynamicImage::ImageRgb8)
}

fn fault(error: &ImageError) -> Error {
    if matches!(error, ImageError::Limits(_)) { Error::TooLarge } else { Error::NotPicture }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_quarters_are_a_whole_turn() {
        let dots = (0..6).map(|dot| [dot; 3]).collect();
        let picture = Picture::new(3, dots).unwrap();
        let quarter = picture.turned(1);
        assert_eq!((quarter.width, quarter.height), (2, 3));
        let order: Vec<u8> = quarter.dots.iter().map(|[dot, _, _]| *dot).collect();
        assert_eq!(order, [3, 0, 4, 1, 5, 2]);
        assert_eq!(quarter.turned(1), picture.turned(2));
        assert_eq!(quarter.turned(3), picture);
    }
}
