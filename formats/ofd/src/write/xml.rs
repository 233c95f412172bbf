//! Elements as text.

use lingnan_xml::{escaped, escaped_text};
use std::fmt::Display;

/// An element that is being written.
pub(super) struct Element {
    name: String,
    attributes: String,
    inner: String,
}

impl Element {
    /// An element of OFD itself.
    pub(super) fn ofd(name: &str) -> Self {
        Self::named(&format!("ofd:{name}"))
    }

    /// An element of any vocabulary.
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), attributes: String::new(), inner: String::new() }
    }

    pub(super) fn attribute(mut self, name: &str, value: impl Display) -> Self {
        let value = escaped(&value.to_string());
        self.attributes += &format!(" {name}=\"{value}\"");
        self
    }

    /// An attribute that is left out when there is nothing to say.
    pub(super) fn maybe(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.attribute(name, value),
            None => self,
        }
    }

    /// An attribute that is left out where it is what is taken for granted.
    pub(super) fn unless<T: Display + PartialEq>(self, usual: T, name: &str, value: T) -> Self {
        if value == usual { self } else { self.attribute(name, value) }
    }

    pub(super) fn child(mut self, child: Self) -> Self {
        child.render(&mut self.inner);
        self
    }

    pub(super) fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.inner += &escaped_text(text);
        self
    }

    /// The element as a file.
    pub(super) fn file(self) -> Vec<u8> {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        self.render(&mut text);
        text.into_bytes()
    }

    fn render(self, out: &mut String) {
        let Self { name, attributes, inner } = self;
        if inner.is_empty() {
            *out += &format!("<{name}{attributes}/>");
        } else {
            *out += &format!("<{name}{attributes}>{inner}</{name}>");
        }
    }
}

/// A root element, which declares the namespace of GB/T 33190-2016.
pub(super) fn root(name: &str) -> Element {
    Element::ofd(name).attribute("xmlns:ofd", crate::OFD)
}

/// A length: to a tenth of a micrometre, which no printer shows.
pub(crate) fn length(value: f64) -> String {
    rounded(value, 4)
}

/// A factor of a matrix, which is multiplied by lengths.
pub(crate) fn factor(value: f64) -> String {
    rounded(value, 6)
}

fn rounded(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
