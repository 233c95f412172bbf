//! The index on disk: opened or made anew, written in batches, looked into.

use crate::query::{Twice, Wish};
use crate::rank::{InOrder, Place};
use crate::snippet::{Needles, Part};
use crate::words::{ByCharacters, by_words, folded, significant};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::{
    DocAddress, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
};

/// Raised when what is indexed, or how, changes: an index of another format is made anew.
const FORMAT: &str = "1";
/// Names the format, in the index's folder; written last.
const FORMAT_FILE: &str = "format";
/// Processes that share a data directory, each with an index of its own.
const SLOTS_MAX: u32 = 16;
/// What the writer may hold in memory before it writes a segment.
const WRITER_BYTES: usize = 50 << 20;

/// Why the index does not do what it is asked.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Its files cannot be read or written.
    #[error("the search index's folder")]
    Files(#[from] std::io::Error),
    /// The index failed.
    #[error("the search index")]
    Index(#[from] tantivy::TantivyError),
    /// More processes than there are places for.
    #[error("{SLOTS_MAX} processes have a search index in this folder")]
    Crowded,
}

/// What is to be found of a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The matter, `kind:key`.
    pub matter: String,
    /// 发文字号; may be empty.
    pub number: String,
    /// Title.
    pub title: String,
    /// Name of the unit it comes from.
    pub unit: String,
    /// What sort it is of; may be empty.
    pub sort: String,
    /// The text, a line a paragraph.
    pub text: String,
    /// Its time, in milliseconds.
    pub time_ms: i64,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// 发文字号, with what was looked for marked.
    pub number: Vec<Part>,
    /// The title, likewise.
    pub title: Vec<Part>,
    /// Name of the unit it comes from.
    pub unit: String,
    /// What sort it is of.
    pub sort: String,
    /// A piece of the text.
    pub snippet: Vec<Part>,
    /// Its time, in milliseconds.
    pub time_ms: i64,
}

/// The index's fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    matter: Field,
    number: Field,
    title: Field,
    unit: Field,
    body: Field,
    tie: Field,
    pub(crate) sort: Field,
    pub(crate) time: Field,
    pub(crate) number_key: Field,
    pub(crate) head: Twice,
    pub(crate) text: Twice,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let by = |tokenizer, record| {
        let indexing = TextFieldIndexing::default().set_fieldnorms(false);
        let indexing = indexing.set_tokenizer(tokenizer).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let characters = by("characters", IndexRecordOption::WithFreqsAndPositions);
    let words = by("words", IndexRecordOption::Basic);
    let fields = Fields {
        matter: schema.add_text_field("matter", STRING | FAST),
        number: schema.add_text_field("number", STORED),
        title: schema.add_text_field("title", STORED),
        unit: schema.add_text_field("unit", STORED),
        body: schema.add_text_field("body", STORED),
        tie: schema.add_u64_field("tie", FAST),
        sort: schema.add_text_field("sort", STRING | STORED),
        time: schema.add_i64_field("time", INDEXED | FAST | STORED),
        number_key: schema.add_text_field("number_key", STRING),
        head: Twice {
            characters: schema.add_text_field("head_characters", characters.clone()),
            words: schema.add_text_field("head_words", words.clone()),
        },
        text: Twice {
            characters: schema.add_text_field("text_characters", characters),
            words: schema.add_text_field("text_words", words),
        },
    };
    (schema.build(), fields)
}

/// An index, open to be written by this process alone.
pub struct Index {
    writer: IndexWriter,
    reader: Looking,
    note: String,
    _slot: File,
}

impl Index {
    /// Opens the index of this process in `folder`; what is missing, damaged or of another format
    /// is made anew, and empty.
    ///
    /// # Errors
    /// [`SearchError`] when the folder cannot be written.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        std::fs::create_dir_all(folder)?;
        for slot in 0..SLOTS_MAX {
            let lock = folder.join(format!("{slot}.lock"));
            let lock = OpenOptions::new().create(true).append(true).open(lock)?;
            match lock.try_lock() {
                Ok(()) => return Self::open_slot(&folder.join(slot.to_string()), lock),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Err(SearchError::Crowded)
    }

    fn open_slot(folder: &Path, slot: File) -> Result<Self, SearchError> {
        let index = match sound(folder) {
            Some(index) => index,
            None => make(folder)?,
        };
        index.tokenizers().register("characters", ByCharacters);
        index.tokenizers().register("words", by_words());
        let note = index.load_metas()?.payload.unwrap_or_default();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (_, fields) = schema();
        Ok(Self {
            writer: index.writer_with_num_threads(1, WRITER_BYTES)?,
            reader: Looking { reader, fields },
            note,
            _slot: slot,
        })
    }

    /// What was noted at the last commit; empty in a new index.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }

    /// Adds or replaces what is to be found of a matter.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be written.
    pub fn put(&self, entry: &Entry) -> Result<(), SearchError> {
        let fields = self.reader.fields;
        let mut document = TantivyDocument::new();
        document.add_text(fields.matter, &entry.matter);
        document.add_u64(fields.tie, tie(&entry.matter));
        document.add_i64(fields.time, entry.time_ms);
        document.add_text(fields.number, &entry.number);
        document.add_text(fields.title, &entry.title);
        document.add_text(fields.unit, &entry.unit);
        document.add_text(fields.sort, &entry.sort);
        document.add_text(fields.body, &entry.text);
        if !entry.number.is_empty() {
            let key: String = significant(&entry.number).collect();
            document.add_text(fields.number_key, key);
        }
        let head = folded(&format!("{}\n{}", entry.number, entry.title));
        let text = folded(&format!("{}\n{}\n{}", entry.unit, entry.sort, entry.text));
        for (twice, text) in [(fields.head, head), (fields.text, text)] {
            document.add_text(twice.characters, &text);
            document.add_text(twice.words, &text);
        }
        self.remove(&entry.matter);
        self.writer.add_document(document)?;
        Ok(())
    }

    /// Forgets a matter.
    pub fn remove(&self, matter: &str) {
        self.writer.delete_term(Term::from_field_text(self.reader.fields.matter, matter));
    }

    /// Makes what was put and removed durable and found, together with a note of how far it goes.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be written.
    pub fn commit(&mut self, note: &str) -> Result<(), SearchError> {
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(note);
        prepared.commit()?;
        note.clone_into(&mut self.note);
        self.reader.reader.reload()?;
        Ok(())
    }

    /// Forgets everything.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be written.
    pub fn clear(&mut self) -> Result<(), SearchError> {
        self.writer.delete_all_documents()?;
        self.commit("")
    }

    /// What others look into; sees every commit.
    #[must_use]
    pub fn looking(&self) -> Looking {
        self.reader.clone()
    }
}

/// The index in `folder`, if there is one of this format and every byte of it is as it was written.
fn sound(folder: &Path) -> Option<tantivy::Index> {
    let format = std::fs::read_to_string(folder.join(FORMAT_FILE)).ok()?;
    if format != FORMAT {
        return None;
    }
    let index = tantivy::Index::open_in_dir(folder).ok()?;
    let sound = index.schema() == schema().0 && index.validate_checksum().ok()?.is_empty();
    sound.then_some(index)
}

fn make(folder: &Path) -> Result<tantivy::Index, SearchError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    tracing::info!(folder = %folder.display(), "the search index is made anew");
    std::fs::create_dir_all(folder)?;
    let index = tantivy::Index::create_in_dir(folder, schema().0)?;
    std::fs::write(folder.join(FORMAT_FILE), FORMAT)?;
    Ok(index)
}

/// FNV-1a: the same in every process and at all times.
fn tie(matter: &str) -> u64 {
    matter.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Looks into an index; cheap to clone.
#[derive(Clone)]
pub struct Looking {
    reader: IndexReader,
    fields: Fields,
}

/// Something that was found, before anybody knows whether it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The matter, `kind:key`.
    pub matter: String,
    /// Where it stands.
    pub place: Place,
    address: DocAddress,
}

/// What was found at one moment.
pub struct Sight {
    searcher: Searcher,
    fields: Fields,
    needles: Needles,
    ranked: std::vec::IntoIter<(Place, DocAddress)>,
}

impl Looking {
    /// Looks for at most `max` entries after `after`.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be read.
    pub fn look(
        &self,
        wish: &Wish,
        after: Option<Place>,
        max: usize,
    ) -> Result<Sight, SearchError> {
        let searcher = self.reader.searcher();
        let query = wish.query(&self.fields)?;
        let ranked = searcher.search(&query, &InOrder { after, max })?.into_iter();
        Ok(Sight { searcher, fields: self.fields, needles: Needles::new(&wish.parts()), ranked })
    }

    /// How many entries there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.reader.searcher().num_docs()
    }
}

impl Sight {
    /// The next `count` of what was found, in order; fewer at the end.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be read.
    pub fn next(&mut self, count: usize) -> Result<Vec<Candidate>, SearchError> {
        let ranked: Vec<_> = self.ranked.by_ref().take(count).collect();
        let mut candidates = Vec::with_capacity(ranked.len());
        for (place, address) in ranked {
            let segment = self.searcher.segment_reader(address.segment_ord);
            let Some(matters) = segment.fast_fields().str("matter")? else { continue };
            let mut matter = String::new();
            if let Some(term) = matters.term_ords(address.doc_id).next() {
                matters.ord_to_str(term, &mut matter)?;
            }
            candidates.push(Candidate { matter, place, address });
        }
        Ok(candidates)
    }

    /// What is shown of a candidate.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be read.
    pub fn show(&self, candidate: &Candidate) -> Result<Found, SearchError> {
        let document: TantivyDocument = self.searcher.doc(candidate.address)?;
        let text = |field| document.get_first(field).and_then(|value| value.as_str());
        let text = |field| text(field).unwrap_or_default();
        Ok(Found {
            number: self.needles.mark(text(self.fields.number)),
            title: self.needles.mark(text(self.fields.title)),
            unit: text(self.fields.unit).to_owned(),
            sort: text(self.fields.sort).to_owned(),
            snippet: self.needles.snippet(text(self.fields.body)),
            time_ms: candidate.place.time_ms,
        })
    }
}
