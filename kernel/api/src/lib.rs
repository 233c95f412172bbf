//! The HTTP kit: who asks, what went wrong, pages, live news; and the kernel's own routes.

mod capacity;
mod client;
mod done;
mod extract;
mod files;
mod guard;
mod kit;
mod live;
mod page;
mod press;
mod problem;
pub mod routes;
pub mod scanner;
pub mod secrecy;
pub mod text;
mod timeline;
pub mod uploads;
mod viewer;
mod worker;

pub use capacity::SignedIn;
pub use capacity::{Acting, act_id};
pub use client::Client;
pub use done::Done;
pub use extract::{JsonBody, Params, Segment};
pub use files::{Attachment, contents, download, file_response, shown};
pub use guard::{no_cross_site, security_headers};
pub use kit::{Kit, SESSION_COOKIE};
pub use live::{ECHOES, echo_row};
pub use page::{Cursor, PAGE_MAX, Page, page};
pub use press::{Manuscript, Press, Print, Told};
pub use problem::{Problem, ProblemBody};
pub use routes::messages::SIDE_TABLES;
pub use scanner::{ReadElement, ReadField, Reading, Scan, Scanned, ScannedPage, Scanner};
pub use timeline::{TimelineEntry, timeline};
pub use viewer::{FontView, Leaf, Overview, SignatureView, Viewed, Viewer, Wish};
pub use worker::Program;
