//! What a step may write, must fill and cannot see.

use crate::{Form, Values};
use std::collections::BTreeSet;

/// Rights to the fields of a form; what is not named is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// What may be written.
    pub write: Write,
    /// What must be filled, and so may be written.
    pub require: BTreeSet<String>,
    /// What is not shown, and so not written either.
    pub hide: BTreeSet<String>,
}

/// Which fields may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Every one.
    All,
    /// These.
    Only(BTreeSet<String>),
}

impl Rights {
    /// The starter's: everything may be written, and what the form requires must be.
    #[must_use]
    pub fn starter(form: &Form) -> Self {
        let required = form.fields.iter().filter(|field| field.required);
        Self {
            write: Write::All,
            require: required.map(|field| field.name.clone()).collect(),
            hide: BTreeSet::new(),
        }
    }

    /// A step's, by its clauses.
    #[must_use]
    pub fn step<'a>(
        write: impl IntoIterator<Item = &'a str>,
        require: impl IntoIterator<Item = &'a str>,
        hide: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let owned = |names: &mut dyn Iterator<Item = &'a str>| names.map(str::to_owned).collect();
        Self {
            write: Write::Only(owned(&mut write.into_iter())),
            require: owned(&mut require.into_iter()),
            hide: owned(&mut hide.into_iter()),
        }
    }

    /// A reader's: nothing may be written.
    #[must_use]
    pub const fn reader() -> Self {
        let none = Write::Only(BTreeSet::new());
        Self { write: none, require: BTreeSet::new(), hide: BTreeSet::new() }
    }

    /// Whether `field` may be written.
    #[must_use]
    pub fn may_write(&self, field: &str) -> bool {
        let named = match &self.write {
            Write::All => true,
            Write::Only(fields) => fields.contains(field),
        };
        (named || self.require.contains(field)) && !self.hides(field)
    }

    /// Whether anything may be written.
    #[must_use]
    pub fn may_write_any(&self) -> bool {
        !self.require.is_empty() || !matches!(&self.write, Write::Only(fields) if fields.is_empty())
    }

    /// Whether `field` is not shown.
    #[must_use]
    pub fn hides(&self, field: &str) -> bool {
        self.hide.contains(field)
    }

    /// Names that the form does not have: a mistake of the process.
    #[must_use]
    pub fn unknown<'a>(&'a self, form: &Form) -> Vec<&'a str> {
        let written = match &self.write {
            Write::All => None,
            Write::Only(fields) => Some(fields),
        };
        let all = written.into_iter().flatten().chain(&self.require).chain(&self.hide);
        all.map(String::as_str).filter(|name| form.field(name).is_none()).collect()
    }
}

/// What of `values` is shown under `rights`.
#[must_use]
pub fn visible(values: &Values, rights: &Rights) -> Values {
    let shown = values.0.iter().filter(|(name, _)| !rights.hides(name));
    Values(shown.map(|(name, value)| (name.clone(), value.clone())).collect())
}
