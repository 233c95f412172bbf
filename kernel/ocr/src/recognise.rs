//! What a line says: the model tells for each strip how likely each character is; repetitions and
//! blanks between them are left out (Connectionist Temporal Classification).

use crate::detect::HEIGHT;
use crate::{Error, Picture};
use rten::Model;
use rten_tensor::prelude::{AsView, Layout};
use rten_tensor::{NdTensor, Tensor};

/// Under which name the model brings its characters, one a line.
const CHARACTERS: &str = "character";

pub(crate) struct Recogniser {
    model: Model,
    /// From 1; 0 is the blank, and the space comes last.
    characters: Vec<char>,
}

impl Recogniser {
    pub(crate) fn new(model: Vec<u8>) -> Result<Self, Error> {
        let model = Model::load(model).map_err(|error| Error::Model(error.to_string()))?;
        let lacks = || Error::Model("其中没有字表".to_owned());
        let named = model.metadata().get(CHARACTERS).ok_or_else(lacks)?;
        let characters = named.lines().filter_map(|line| line.chars().next());
        let characters = characters.chain(std::iter::once(' ')).collect();
        Ok(Self { model, characters })
    }

    /// The characters of a line that was cut out, and how sure each is.
    pub(crate) fn read(&self, cut: &Picture) -> Result<Vec<(char, f32)>, Error> {
        let input = NdTensor::from_data([1, 3, HEIGHT, cut.width()], cut.planes());
        let output = self.model.run_one(input.view().into(), None);
        let output = output.map_err(|error| Error::Model(error.to_string()))?;
        let likely: Tensor<f32> =
            output.try_into().map_err(|_| Error::Model("其输出不是所需类型".to_owned()))?;
        let &[1, _, choices] = likely.shape() else {
            return Err(Error::Model("它不是识别文字的模型".to_owned()));
        };
        if choices != self.characters.len() + 1 {
            return Err(Error::Model("字表与模型不符".to_owned()));
        }
        let likely = likely.to_vec();
        let mut read = Vec::new();
        let mut before = 0;
        for strip in likely.chunks_exact(choices) {
            let best = strip.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
            let Some((choice, sure)) = best else { continue };
            let character = choice.checked_sub(1).and_then(|own| self.characters.get(own));
            if let Some(character) = character.filter(|_| choice != before) {
                read.push((*character, *sure));
            }
            before = choice;
        }
        Ok(read)
    }
}
