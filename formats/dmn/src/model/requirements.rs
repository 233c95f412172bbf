//! Decisions that require each other must not do so in a circle.

use super::Error;
use super::elements::{Body, Element};

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// What an element needs the value of.
fn needs(element: &Element) -> Vec<usize> {
    match &element.body {
        Body::Service(service) => service.outputs.clone(),
        _ => element.requires.iter().filter(|r| r.is_value).map(|r| r.element).collect(),
    }
}

/// Finds a circle without the stack: models may chain as many decisions as they like.
pub(super) fn check(elements: &[Element]) -> Result<(), Error> {
    let mut states = vec![State::New; elements.len()];
    for start in 0..elements.len() {
        let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut next = Some(start);
        loop {
            if let Some(place) = next.take() {
                let Some(state) = states.get_mut(place) else { continue };
                match *state {
                    State::New => {
                        *state = State::Open;
                        path.push((place, elements.get(place).map(needs).unwrap_or_default()));
                    }
                    State::Open => return Err(circle(elements, &path, place)),
                    State::Done => {}
                }
            }
            let Some((place, left)) = path.last_mut() else { break };
            next = left.pop();
            if next.is_none() {
                if let Some(state) = states.get_mut(*place) {
                    *state = State::Done;
                }
                path.pop();
            }
        }
    }
    Ok(())
}

fn circle(elements: &[Element], path: &[(usize, Vec<usize>)], place: usize) -> Error {
    let around = path.iter().map(|(on, _)| *on).skip_while(|on| *on != place).chain([place]);
    let names: Vec<&str> = around.filter_map(|on| elements.get(on)).map(|e| &*e.name).collect();
    Error::Cycle(names.join("→"))
}
