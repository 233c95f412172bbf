//! The kinds of matter a cell knows: how to bring one back from what is stored.

use crate::{Fault, Held, Loaded, Matter, Stamp, StoredFact, StoredMatter, Table};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the registry knows of a kind.
struct Known {
    restore: fn(&StoredMatter) -> Result<Loaded, Fault>,
    extend: fn(Loaded, &[StoredFact]) -> Result<Loaded, Fault>,
    fold_version: u32,
}

/// Every kind of matter with its fold, and every read table.
#[derive(Default)]
pub struct Registry {
    kinds: BTreeMap<&'static str, Known>,
    tables: Vec<&'static Table>,
}

impl Registry {
    /// A cell that knows no kind yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a kind of matter and the tables its rows go to.
    ///
    /// # Panics
    /// When two kinds bear one name: the later would read the other's facts.
    #[must_use]
    pub fn with<M: Matter>(mut self, tables: &[&'static Table]) -> Self {
        let known =
            Known { restore: restore::<M>, extend: extend::<M>, fold_version: M::FOLD_VERSION };
        let other = self.kinds.insert(M::KIND, known);
        assert!(other.is_none(), "two kinds of matter are called {}", M::KIND);
        for table in tables {
            if !self.tables.iter().any(|known| known.name == table.name) {
                self.tables.push(table);
            }
        }
        self
    }

    /// Every read table.
    #[must_use]
    pub fn tables(&self) -> &[&'static Table] {
        &self.tables
    }

    /// Folds a stored matter of any known kind.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] when the kind is unknown or a fact does not read.
    pub fn restore(&self, kind: &str, stored: &StoredMatter) -> Result<Loaded, Fault> {
        let known = self
            .kinds
            .get(kind)
            .ok_or_else(|| Fault::corrupt(kind, 0, &"no module knows this kind of matter"))?;
        (known.restore)(stored)
    }

    /// Folds further facts into a matter, for those who read a long matter piece by piece.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] as for [`Registry::restore`].
    pub fn extend(
        &self,
        kind: &str,
        loaded: Loaded,
        facts: &[StoredFact],
    ) -> Result<Loaded, Fault> {
        let known = self
            .kinds
            .get(kind)
            .ok_or_else(|| Fault::corrupt(kind, 0, &"no module knows this kind of matter"))?;
        (known.extend)(loaded, facts)
    }

    /// The [`Matter::FOLD_VERSION`] of a kind.
    #[must_use]
    pub fn fold_version(&self, kind: &str) -> Option<u32> {
        self.kinds.get(kind).map(|known| known.fold_version)
    }
}

fn restore<M: Matter>(stored: &StoredMatter) -> Result<Loaded, Fault> {
    let (state, version) = match &stored.snapshot {
        Some(snapshot) => {
            let state = serde_json::from_value::<M>(snapshot.state.clone())
                .map_err(|e| Fault::corrupt(M::KIND, snapshot.version, &e))?;
            (state, snapshot.version)
        }
        None => (M::unwritten(), 0),
    };
    fold_all(state, version, &stored.facts)
}

fn extend<M: Matter>(loaded: Loaded, facts: &[StoredFact]) -> Result<Loaded, Fault> {
    let state = loaded.state.into_any().downcast::<M>();
    let state = state.map_err(|_| Fault::corrupt(M::KIND, loaded.version, &"another kind"))?;
    fold_all(Arc::unwrap_or_clone(state), loaded.version, facts)
}

fn fold_all<M: Matter>(
    mut state: M,
    mut version: u64,
    facts: &[StoredFact],
) -> Result<Loaded, Fault> {
    for fact in facts {
        if fact.version <= version {
            continue;
        }
        let stamp: &Stamp = &fact.stamp;
        let read = serde_json::from_value::<M::Fact>(fact.fact.clone())
            .map_err(|e| Fault::corrupt(M::KIND, fact.version, &e))?;
        state.fold(&read, stamp);
        version = fact.version;
    }
    let state: Arc<dyn Held> = Arc::new(state);
    Ok(Loaded { version, state })
}
