//! The catalogue as it was built in: every process with its form, scenario and transcript.

/// A process of the catalogue, its files as they stand.
#[derive(Debug, Clone, Copy)]
pub struct CatalogueFile {
    /// The folder it stands in.
    pub domain: &'static str,
    /// The name its files share, for example `cw14-expenditure`.
    pub stem: &'static str,
    /// The process.
    pub flow: &'static str,
    /// Its form, a JSON Schema.
    pub form: &'static str,
    /// A case of it, step by step.
    pub scenario: &'static str,
    /// What that case leaves.
    pub transcript: &'static str,
}

impl CatalogueFile {
    /// The process's code: what stands before the first hyphen of its name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.stem.split_once('-').map_or(self.stem, |(code, _)| code)
    }
}

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// Every process, in order of domain and code.
#[must_use]
pub fn files() -> &'static [CatalogueFile] {
    FILES
}
