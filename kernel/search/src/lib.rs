//! Full-text search (公文检索): an index on disk that follows the journal and can be thrown away.
//!
//! Nothing of tantivy or jieba shows on the face: entries go in, what was found comes out.

mod follow;
mod index;
mod query;
mod rank;
mod snippet;
mod words;

pub use follow::{Findable, Search};
pub use index::{Candidate, Entry, Found, Index, Looking, SearchError, Sight};
pub use query::Wish;
pub use rank::Place;
pub use snippet::Part;
