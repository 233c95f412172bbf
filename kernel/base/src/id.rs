//! Typed ids: a person's id cannot be passed where a post's belongs.

use serde::{Deserialize, Serialize};

/// Longest id accepted, in bytes: ours are at most 40; the rest is room for imported codes.
pub const ID_BYTES_MAX: usize = 64;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Empty, or longer than [`ID_BYTES_MAX`].
    #[error("an id has 1 to {ID_BYTES_MAX} bytes")]
    Length,
    /// A byte outside `a-z 0-9 . _ -`.
    #[error("an id holds only a-z, 0-9, dot, underscore and hyphen")]
    Character,
}

/// Whether `text` may be an id: 1 to 64 bytes of `a-z 0-9 . _ -`.
///
/// # Errors
/// [`IdError`] says which rule is broken.
pub fn check(text: &str) -> Result<(), IdError> {
    if text.is_empty() || text.len() > ID_BYTES_MAX {
        return Err(IdError::Length);
    }
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b);
    if text.bytes().all(allowed) { Ok(()) } else { Err(IdError::Character) }
}

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// Reads an id.
            ///
            /// # Errors
            /// [`IdError`] when the text breaks the rules of [`check`].
            pub fn parse(text: &str) -> Result<Self, IdError> {
                check(text)?;
                Ok(Self(text.into()))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.as_ref().to_owned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

typed_id!(
    /// 人员: a natural person.
    PersonId
);
typed_id!(
    /// 岗位: a seat in a unit; acts are done from a post.
    PostId
);
typed_id!(
    /// 机构: an organisation or office in the tree.
    UnitId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_plain_ascii() {
        assert!(PersonId::parse("p-1024").is_ok());
        assert_eq!(PersonId::parse(""), Err(IdError::Length));
        assert_eq!(PersonId::parse(&"a".repeat(65)), Err(IdError::Length));
        assert_eq!(PersonId::parse("../etc"), Err(IdError::Character));
        assert_eq!(PersonId::parse("王"), Err(IdError::Character));
    }
}
