//! What replaces or repeals a document, and what it replaces, as whoever looks at it can open it.

use super::versions::document_id;
use crate::incoming::Incoming;
use crate::model::Document;
use lingnan_api::{Kit, Problem};
use lingnan_base::UnitId;
use lingnan_journal::{Matter, MatterId, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// Another document.
#[derive(Serialize, ToSchema)]
pub(crate) struct LinkView {
    /// Its key.
    document: String,
    /// Its number.
    number: String,
    /// Under which key the receiving unit has it; none where it was not sent.
    receipt: Option<String>,
}

/// What stands in place of a document, and in place of what it stands.
#[derive(Default)]
pub(super) struct Links {
    pub(super) replaced: Option<LinkView>,
    pub(super) replaces: Option<LinkView>,
    pub(super) repealed: Option<LinkView>,
}

impl Links {
    /// As its sender sees them.
    pub(super) async fn of(kit: &Kit, document: &Document) -> Result<Self, Problem> {
        Ok(Self {
            replaced: link(document.replaced.as_ref()),
            replaces: before(kit, document).await?,
            repealed: link(document.repealed.as_ref()),
        })
    }

    /// As a unit that received it sees them: pages of the sender are not its own.
    pub(super) async fn as_received(
        kit: &Kit,
        document: Option<&Document>,
        unit: &UnitId,
    ) -> Result<Self, Problem> {
        let Some(document) = document else { return Ok(Self::default()) };
        let mut links = Self::of(kit, document).await?;
        let each = [&mut links.replaced, &mut links.replaces, &mut links.repealed];
        for link in each.into_iter().flatten() {
            let key = format!("{}.{unit}", link.document);
            let id = MatterId::new(Incoming::KIND, &key).map_err(|_| Refusal::missing())?;
            let (version, _) = kit.store.load::<Incoming>(&id).await?;
            link.receipt = (version > 0).then_some(key);
        }
        Ok(links)
    }
}

/// What a document replaces, of its own unit's; a key that is no document's is refused only when
/// it is sent.
async fn before(kit: &Kit, document: &Document) -> Result<Option<LinkView>, Problem> {
    let key = document.head.as_ref().and_then(|head| head.replaces.clone());
    let Some((key, Ok(id))) = key.map(|key| (key.clone(), document_id(&key))) else {
        return Ok(None);
    };
    let (_, before) = kit.store.load::<Document>(&id).await?;
    let own = before.unit.is_some() && before.unit == document.unit;
    let number = before.number.as_ref().filter(|_| own).map(|number| number.text.clone());
    Ok(number.map(|number| LinkView { document: key, number, receipt: None }))
}

pub(super) fn link(recorded: Option<&(String, String)>) -> Option<LinkView> {
    let (document, number) = recorded?;
    Some(LinkView { document: document.clone(), number: number.clone(), receipt: None })
}
