//! The import of the catalogue's directory: one act per parent, idempotent.

use anyhow::Context;
use lingnan_directory::{ImportUnits, plan};
use lingnan_journal::{ActId, Actor, Stop};
use lingnan_store::Store;
use lingnan_workflow::library::decide::Text;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Acts under way at once: they are committed in groups.
const AT_ONCE: usize = 256;

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Units established.
    pub created: u64,
    /// Units renamed.
    pub changed: u64,
    /// Units left as they were.
    pub unchanged: u64,
}

/// Imports the real Guangdong.
///
/// # Errors
/// When the catalogue does not read or an act is refused.
pub async fn guangdong(store: &Store) -> anyhow::Result<Report> {
    let planned = plan(
        include_str!("../../catalogue/directory/guangdong.csv"),
        include_str!("../../catalogue/directory/provincial_units.csv"),
        include_str!("../../catalogue/directory/departments.tsv"),
        include_str!("../../catalogue/directory/posts.tsv"),
    )
    .context("reading the catalogue's directory")?;
    let started = store.now().0;
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut waiting = tokio::task::JoinSet::new();
    for (number, group) in planned.into_iter().enumerate() {
        let permit = Arc::clone(&permits).acquire_owned().await.context("importing")?;
        let store = store.clone();
        waiting.spawn(async move {
            let id = ActId::parse(&format!("import-{started}-{number}"));
            let id = id.map_err(|e| anyhow::anyhow!("act id: {e}"))?;
            let command = ImportUnits { units: group.units };
            let told = store.submit(id, Actor::system("import"), command).await;
            drop(permit);
            told.map(|accepted| accepted.answer).map_err(|stop| anyhow::anyhow!(said(&stop)))
        });
    }
    let mut report = Report::default();
    while let Some(done) = waiting.join_next().await {
        let answer = done.context("importing")??;
        let count = |key: &str| answer.get(key).and_then(serde_json::Value::as_u64).unwrap_or(0);
        report.created = report.created.saturating_add(count("created"));
        report.changed = report.changed.saturating_add(count("changed"));
        report.unchanged = report.unchanged.saturating_add(count("unchanged"));
    }
    Ok(report)
}

/// Brings the catalogue's processes in; what is there already is left as it is. Tells how many
/// editions were added.
///
/// # Errors
/// When a process of the catalogue does not read, or the engine fails.
pub async fn processes(store: &Store) -> anyhow::Result<u64> {
    let text = |file: &lingnan_workflow::catalogue::CatalogueFile| Text {
        flow: file.flow.into(),
        form: file.form.into(),
    };
    let mut waiting = tokio::task::JoinSet::new();
    // An act for each: whoever reads one process later need not read all.
    for file in lingnan_workflow::catalogue::files() {
        let id = ActId::parse(&format!("process-{}-{}", file.code(), store.now().0));
        let (store, id) = (store.clone(), id.context("importing")?);
        let command = lingnan_workflow::library::Import { texts: vec![text(file)] };
        waiting.spawn(async move {
            let told = store.submit(id, Actor::system("import"), command).await;
            told.map_err(|stop| anyhow::anyhow!(said(&stop)))
        });
    }
    let mut added = 0_u64;
    while let Some(done) = waiting.join_next().await {
        let answer = done.context("importing")??.answer;
        if let Some(differing) = answer.get("differing").and_then(|d| d.as_array())
            && !differing.is_empty()
        {
            tracing::warn!(?differing, "the catalogue has other texts of these editions");
        }
        let count = answer.get("added").and_then(serde_json::Value::as_u64).unwrap_or(0);
        added = added.saturating_add(count);
    }
    Ok(added)
}

/// A stop as one sentence.
#[must_use]
pub fn said(stop: &Stop) -> String {
    match stop {
        Stop::Refused(refusal) => format!("{} ({})", refusal.message, refusal.code),
        Stop::Failed(fault) => fault.to_string(),
    }
}
