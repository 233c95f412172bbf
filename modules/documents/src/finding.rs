//! 公文检索: what is to be found of a document, and of what came on paper.
//!
//! A document is indexed once, however many units received it: whoever may see one of its receipts
//! finds it, and is led to that.

use crate::incoming::Incoming;
use crate::model::Document;
use crate::paper;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use lingnan_journal::{Datum, Fault, Matter, MatterId};
use lingnan_search::{Entry, Findable};
use lingnan_store::Store;

const SELECT_PAPER: &str = "select title, number, sender, delivered_ms from document_receipt \
    where matter = $1 and document is null";
const PLACES: &str = "select matter as entry, matter as place from document \
    union all select document as entry, matter as place from document_receipt \
    where document is not null \
    union all select matter as entry, matter as place from document_receipt \
    where document is null";

/// What this module tells the search.
#[derive(Debug, Clone, Copy)]
pub struct Documents;

impl Findable for Documents {
    fn kinds(&self) -> &'static [&'static str] {
        &[Document::KIND, Incoming::KIND]
    }

    fn entry<'a>(
        &'a self,
        store: &'a Store,
        matter: &'a MatterId,
    ) -> BoxFuture<'a, Result<Option<Entry>, Fault>> {
        async move {
            if matter.kind() == Document::KIND {
                let (_, document) = store.load::<Document>(matter).await?;
                return Ok(of_document(&document, matter));
            }
            let rows = store.query(SELECT_PAPER, vec![Datum::text(matter.as_str())]).await?;
            Ok(rows.first().and_then(|row| of_paper(row, matter)))
        }
        .boxed()
    }

    fn places(&self) -> &'static str {
        PLACES
    }
}

fn of_document(document: &Document, matter: &MatterId) -> Option<Entry> {
    let head = document.head.as_ref()?;
    let mut lines = document.body.lines();
    let names: Vec<&str> = document.annexes().map(|file| file.name.as_str()).collect();
    if !names.is_empty() {
        lines.push(format!("附件：{}", names.join("、")));
    }
    let signed = document
        .opinions
        .iter()
        .rev()
        .find(|opinion| opinion.node == "sign_off" && opinion.decision == "approve");
    let saved = document.versions.last().map(|version| version.time);
    let time = signed.map(|opinion| opinion.time).or(saved).unwrap_or(document.touched);
    Some(Entry {
        matter: matter.as_str().to_owned(),
        number: document.number.as_ref().map(|number| number.text.clone()).unwrap_or_default(),
        title: head.title.clone(),
        unit: document.unit_name.clone(),
        sort: head.document_type.name().to_owned(),
        text: lines.join("\n"),
        time_ms: time.0,
    })
}

fn of_paper(row: &[Datum], matter: &MatterId) -> Option<Entry> {
    let [Datum::Text(title), Datum::Text(number), Datum::Text(sender), Datum::Int(delivered)] = row
    else {
        return None;
    };
    let sort = paper::document_type(title).map(|sort| sort.name().to_owned());
    Some(Entry {
        matter: matter.as_str().to_owned(),
        number: number.clone(),
        title: title.clone(),
        unit: sender.clone(),
        sort: sort.unwrap_or_default(),
        text: String::new(),
        time_ms: *delivered,
    })
}
