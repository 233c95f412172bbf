//! What an element of Word says.

use roxmltree::Node;

/// An element, found by its local name alone: the two namespaces of ISO/IEC 29500, transitional
/// and strict, have the same names.
pub(crate) trait Element<'a> {
    /// The children of a name.
    fn all(self, name: &str) -> impl Iterator<Item = Node<'a, 'a>>;
    /// The first child of a name.
    fn one(self, name: &str) -> Option<Node<'a, 'a>>;
    /// An attribute by its local name, if it is not empty.
    fn own(self, name: &str) -> Option<&'a str>;
    /// An attribute that is a whole number, perhaps with a fraction that is dropped.
    fn number(self, name: &str) -> Option<i64>;
    /// `w:val` of the child of a name.
    fn value(self, name: &str) -> Option<&'a str>;
    /// Whether the child of a name switches something on (ISO/IEC 29500-1 17.17.4), if it is
    /// there.
    fn switch(self, name: &str) -> Option<bool>;
    /// A reference to another file of the package: an attribute of the namespace for those.
    fn reference(self, name: &str) -> Option<&'a str>;
    /// Its local name.
    fn local(self) -> &'a str;
}

impl<'a> Element<'a> for Node<'a, 'a> {
    fn all(self, name: &str) -> impl Iterator<Item = Node<'a, 'a>> {
        self.children().filter(move |child| child.tag_name().name() == name)
    }

    fn one(self, name: &str) -> Option<Node<'a, 'a>> {
        self.all(name).next()
    }

    fn own(self, name: &str) -> Option<&'a str> {
        let linked = |namespace: &str| namespace.ends_with("/relationships");
        let mut named = self.attributes().filter(|attribute| attribute.name() == name);
        let found = named.find(|attribute| !attribute.namespace().is_some_and(linked));
        found.map(|attribute| attribute.value()).filter(|value| !value.is_empty())
    }

    fn number(self, name: &str) -> Option<i64> {
        let value = self.own(name)?;
        value.split_once('.').map_or(value, |(whole, _)| whole).parse().ok()
    }

    fn value(self, name: &str) -> Option<&'a str> {
        self.one(name)?.own("val")
    }

    fn switch(self, name: &str) -> Option<bool> {
        let child = self.one(name)?;
        Some(!matches!(child.own("val"), Some("0" | "false" | "off" | "none")))
    }

    fn reference(self, name: &str) -> Option<&'a str> {
        let linked = |namespace: &str| namespace.ends_with("/relationships");
        let mut named = self.attributes().filter(|attribute| attribute.name() == name);
        named.find(|attribute| attribute.namespace().is_some_and(linked)).map(|a| a.value())
    }

    fn local(self) -> &'a str {
        self.tag_name().name()
    }
}
