//! What must hold of BPMN, at its boundary.

mod engine;
mod files;
mod golden;
mod mutations;
mod returns;
mod sound;
mod strange;
mod trees;

/// The visits of every process of a file that runs, as JSON.
fn visits_json(text: &str) -> Result<String, String> {
    let run = lingnan_bpmn::run_file(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&run.visits).map_err(|error| error.to_string())
}
