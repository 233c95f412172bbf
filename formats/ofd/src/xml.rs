//! What an element of OFD says.

use roxmltree::Node;

/// An element, found by its local name alone: producers use the namespace with and without a year.
pub(crate) trait Element<'a> {
    /// The children of a name.
    fn all(self, name: &str) -> impl Iterator<Item = Node<'a, 'a>>;
    /// The first child of a name.
    fn one(self, name: &str) -> Option<Node<'a, 'a>>;
    /// What stands in it, as it is.
    fn inner(self) -> String;
    /// What stands in its child of a name, or nothing.
    fn said(self, name: &str) -> String;
    /// An attribute that is not empty.
    fn own(self, name: &str) -> Option<&'a str>;
    /// An attribute as what it should be, if it is.
    fn read<T: std::str::FromStr>(self, name: &str) -> Option<T>;
    /// An attribute that says yes or no.
    fn flag(self, name: &str) -> Option<bool>;
    /// An attribute of several numbers.
    fn numbers<const N: usize>(self, name: &str) -> Option<[f64; N]>;
}

impl<'a> Element<'a> for Node<'a, 'a> {
    fn all(self, name: &str) -> impl Iterator<Item = Node<'a, 'a>> {
        self.children().filter(move |child| child.tag_name().name() == name)
    }

    fn one(self, name: &str) -> Option<Node<'a, 'a>> {
        self.all(name).next()
    }

    fn inner(self) -> String {
        self.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
    }

    fn said(self, name: &str) -> String {
        self.one(name).map(|child| child.inner().trim().to_owned()).unwrap_or_default()
    }

    fn own(self, name: &str) -> Option<&'a str> {
        self.attribute(name).map(str::trim).filter(|value| !value.is_empty())
    }

    fn read<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        self.own(name)?.parse().ok()
    }

    fn flag(self, name: &str) -> Option<bool> {
        match self.own(name)?.to_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    fn numbers<const N: usize>(self, name: &str) -> Option<[f64; N]> {
        numbers(self.own(name)?).get(..N)?.try_into().ok()
    }
}

/// Numbers with blanks or commas between them; what is none ends them.
pub(crate) fn numbers(text: &str) -> Vec<f64> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    words.map_while(number).collect()
}

/// A finite number.
pub(crate) fn number(word: &str) -> Option<f64> {
    word.parse().ok().filter(|value: &f64| value.is_finite())
}
