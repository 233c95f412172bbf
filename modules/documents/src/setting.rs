//! The processes of the catalogue by which documents are handled.

use lingnan_base::{PostId, UnitId};
use lingnan_flow::Definition;
use lingnan_forms::{Form, Values};
use lingnan_handlers::{Handlers, Setting};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A process of the catalogue, ready to run.
#[derive(Debug, Clone)]
pub struct Process {
    /// As it is written down.
    pub text: lingnan_flow::Process,
    /// Laid out.
    pub definition: Definition,
    /// Its form.
    pub form: Form,
}

const OUTGOING: [&str; 2] = [
    include_str!("../../../catalogue/processes/official_documents/gw01-outgoing-document.flow"),
    include_str!(
        "../../../catalogue/processes/official_documents/gw01-outgoing-document.form.json"
    ),
];
const INCOMING: [&str; 2] = [
    include_str!("../../../catalogue/processes/official_documents/gw02-incoming-document.flow"),
    include_str!(
        "../../../catalogue/processes/official_documents/gw02-incoming-document.form.json"
    ),
];

/// 发文办理
#[must_use]
pub fn outgoing() -> &'static Process {
    static PROCESS: OnceLock<Process> = OnceLock::new();
    PROCESS.get_or_init(|| built_in(OUTGOING))
}

/// 收文办理
#[must_use]
pub fn incoming() -> &'static Process {
    static PROCESS: OnceLock<Process> = OnceLock::new();
    PROCESS.get_or_init(|| built_in(INCOMING))
}

/// Read once; a catalogue that does not read is a bug that the first test finds.
#[expect(clippy::panic, reason = "a built-in process that does not read is a bug")]
fn built_in([text, form]: [&str; 2]) -> Process {
    let form = Form::parse(form).unwrap_or_else(|mistake| panic!("{mistake}"));
    let text = lingnan_flow::Process::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let definition = Definition::new(&text).unwrap_or_else(|error| panic!("{error}"));
    Process { text, definition, form }
}

impl Process {
    /// Lets the interpreter ask who handles a step of a matter of this process in `unit`, begun
    /// from `starter`, whose fields hold `values`.
    pub(crate) fn with_rules<T>(
        &self,
        setting: &Setting,
        (unit, starter): (&UnitId, Option<&PostId>),
        values: &Values,
        ask: impl FnOnce(&Handlers<'_>) -> T,
    ) -> T {
        let form = &self.form;
        let changed = BTreeMap::new();
        setting.with_directory(|directory| {
            let calendar = &setting.calendar;
            ask(&Handlers { directory, calendar, unit, starter, form, values, changed: &changed })
        })
    }
}
