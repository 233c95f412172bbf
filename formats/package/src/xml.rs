//! An XML file of a package.

use crate::error::Error;
use crate::limits::Limits;
use roxmltree::Document;

/// The text of an XML file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Xml {
    path: String,
    text: String,
    limits: lingnan_xml::Limits,
}

impl Xml {
    pub(crate) fn of(path: &str, bytes: Vec<u8>, limits: Limits) -> Result<Self, Error> {
        if bytes.len() > limits.xml {
            return Err(Error::TooMuch { what: "XML 字节数", max: limits.xml });
        }
        let text = text(bytes).ok_or_else(|| Error::NoText { path: path.to_owned() })?;
        Ok(Self { path: path.to_owned(), text, limits: limits.of_xml() })
    }

    /// Its path in the package.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The tree of it, if it keeps within the limits.
    ///
    /// # Errors
    ///
    /// When it does not, has a document type or is not well-formed.
    pub fn tree(&self) -> Result<Document<'_>, Error> {
        lingnan_xml::tree(&self.text, &self.limits).map_err(|error| self.told(error))
    }

    fn told(&self, error: lingnan_xml::Error) -> Error {
        use lingnan_xml::Error as E;
        let path = self.path.clone();
        match error {
            E::TooMuch { what, max } => Error::TooMuch { what, max },
            E::Doctype { line } => Error::Doctype { path, line },
            E::Malformed { line, column, reason } => Error::Xml { path, line, column, reason },
        }
    }
}

/// UTF-8, or UTF-16 by its byte order mark (XML 1.0 4.3.3).
fn text(bytes: Vec<u8>) -> Option<String> {
    let unit = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => {
            let text = String::from_utf8(bytes).ok()?;
            return Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
        }
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().skip(1).map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}
