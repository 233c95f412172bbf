//! A document and the units around it, as a plain value: all that a rule may look at.

use super::relation::{Party, PartyKind};
use crate::body::{Block, Body};
use crate::model::{Document, DocumentType, Head};
use lingnan_base::{PostId, UnitId};
use lingnan_directory::{Directory, Level, UnitKind, duty};
use std::collections::BTreeMap;

/// All that a rule may look at.
#[derive(Debug, Clone)]
pub struct Situation {
    /// The head.
    pub head: Head,
    /// The text, line by line.
    pub lines: Vec<String>,
    /// The lines that stand under each first-level heading, 一、 and so on.
    pub sections: Vec<Vec<String>>,
    /// Who issues.
    pub issuer: Party,
    /// Who drafts: the issuer, or its general office.
    pub drafting: Party,
    /// 主送
    pub recipients: Vec<Party>,
    /// 抄送
    pub copies: Vec<Party>,
    /// Who issues with it.
    pub joint: Vec<Party>,
    /// Those who issue with it and have not signed it as it stands.
    pub unsigned: Vec<Party>,
    /// Those of them and the issuer that were merged before it was sent, and into which unit.
    pub merged: Vec<(Party, Party)>,
    /// Whether the legality review has passed it as it stands.
    pub is_lawful: bool,
    /// 会签
    pub countersign: Vec<Party>,
    /// Who signs.
    pub signer: Option<Signer>,
    /// The issuer's direct superior.
    pub superior: Option<Party>,
    /// The other departments of the issuer's government.
    pub departments: Vec<Party>,
    /// Units whose last word at 会签 was to send it back.
    pub objecting: Vec<String>,
    /// Which version.
    pub version: u32,
    /// Whether it was signed, and what then.
    pub since: Since,
    /// Documents of the same unit with titles like this one's.
    pub alike: Vec<String>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Unit and post, for example 省财政厅主要负责人.
    pub name: String,
    /// Whether the post heads the issuer or a unit above it.
    pub is_chief: bool,
    /// Whether the post is of the issuer or of a unit above it.
    pub is_issuers: bool,
    /// Whether nobody holds the post.
    pub is_vacant: bool,
}

/// What became of the document since it was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// It is not signed.
    Unsigned,
    /// It stands as it was signed.
    AsSigned,
    /// It has been changed.
    Changed,
}

/// A document, saved or not, that is to be judged.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// The drafting unit.
    pub unit: &'a UnitId,
    /// The head.
    pub head: &'a Head,
    /// The text.
    pub body: &'a Body,
    /// What was recorded of it, if anything was.
    pub document: Option<&'a Document>,
}

impl Situation {
    /// The situation of a paper in the directory.
    #[must_use]
    pub fn of(directory: &Directory, paper: Paper<'_>) -> Self {
        let Paper { unit, head, body, document } = paper;
        let issuer = head.issuer.as_ref().unwrap_or(unit);
        let party = |id: &UnitId| Party::of(directory, issuer, id);
        let parties = |ids: &[UnitId]| ids.iter().map(party).collect();
        Self {
            head: head.clone(),
            lines: body.lines(),
            sections: sections(body),
            issuer: party(issuer),
            drafting: party(unit),
            recipients: parties(&head.recipients),
            copies: parties(&head.copies),
            joint: parties(&head.joint),
            unsigned: head
                .joint
                .iter()
                .filter(|id| document.is_none_or(|known| known.co_signed(id).is_none()))
                .map(party)
                .collect(),
            merged: std::iter::once(issuer)
                .chain(&head.joint)
                .filter(|_| document.is_none_or(|known| known.sent.is_empty()))
                .map(|id| (id, directory.successor(id)))
                .filter(|(id, into)| id != into)
                .map(|(id, into)| (party(id), party(into)))
                .collect(),
            is_lawful: document.is_some_and(Document::is_lawful),
            countersign: parties(&head.countersign),
            signer: head.signer.as_ref().and_then(|post| signer(directory, issuer, post)),
            superior: directory.line(issuer).get(1).map(|above| party(above)),
            departments: departments(directory, issuer).iter().map(party).collect(),
            objecting: document.map(objecting).unwrap_or_default(),
            version: document.map_or(0, Document::version),
            since: document.map_or(Since::Unsigned, |document| since(document, head, body)),
            alike: Vec::new(),
        }
    }

    /// 上行文: whether it goes up.
    #[must_use]
    pub fn is_upward(&self) -> bool {
        self.recipients.iter().any(Party::is_superior)
    }

    /// 下行文: whether it goes down.
    #[must_use]
    pub fn is_downward(&self) -> bool {
        self.recipients.iter().any(Party::is_subordinate)
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.head.title
    }

    /// Whether it is of this type.
    #[must_use]
    pub fn is(&self, kind: DocumentType) -> bool {
        self.head.document_type == kind
    }

    /// Whether it is written to or copied to one of these.
    #[must_use]
    pub fn goes_to(&self, ids: &[UnitId]) -> bool {
        self.recipients.iter().chain(&self.copies).any(|party| ids.contains(&party.id))
    }
}

/// Whether the body is cut by first-level headings, and what stands under each. 一、 at the
/// beginning of a paragraph is such a heading, however it is set.
fn sections(body: &Body) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    let numerals = ["一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、"];
    for block in &body.content {
        let lines = Body { content: vec![block.clone()], ..Body::default() }.lines();
        let first = lines.first().map_or("", |line| line.trim());
        let heads = matches!(block, Block::Heading { attrs, .. } if attrs.level == 1);
        if heads || numerals.iter().any(|numeral| first.starts_with(numeral)) {
            all.push(lines);
        } else if let Some(last) = all.last_mut() {
            last.extend(lines);
        }
    }
    all
}

fn signer(directory: &Directory, issuer: &UnitId, post: &PostId) -> Option<Signer> {
    let (unit, content) = directory.post(post)?;
    let own = directory.unit(unit)?;
    let is_issuers = directory.line(issuer).contains(&unit);
    Some(Signer {
        name: format!("{}{}", own.short_name, content.title),
        // A village committee has one leader; where nobody is called head, whoever leads is.
        is_chief: is_issuers && content.duties.iter().any(|one| one == duty::HEAD),
        is_issuers,
        is_vacant: directory.holders(post).is_empty(),
    })
}

fn departments(directory: &Directory, issuer: &UnitId) -> Vec<UnitId> {
    let governs =
        |id: &&UnitId| directory.unit(id).is_some_and(|unit| unit.kind == UnitKind::Government);
    let organ = directory.line(issuer).into_iter().find(governs);
    let below = organ.map(|organ| directory.children(Some(organ))).unwrap_or_default();
    let own = below.into_iter().filter(|(id, unit)| {
        unit.kind == UnitKind::Department && *id != issuer && unit.level != Level::Village
    });
    own.map(|(id, _)| id.clone()).collect()
}

/// Units whose last word at 会签 was to send it back.
fn objecting(document: &Document) -> Vec<String> {
    let mut last: BTreeMap<&UnitId, (&str, &str)> = BTreeMap::new();
    for opinion in document.opinions.iter().filter(|opinion| opinion.node == "countersign") {
        if let Some(seat) = &opinion.seat {
            last.insert(&seat.unit, (&opinion.decision, &opinion.label.unit));
        }
    }
    let asked = document.head.as_ref().map(|head| head.countersign.as_slice()).unwrap_or_default();
    let waits = document.flow.as_ref().is_some_and(|flow| {
        let open = flow.open_tickets();
        let early = ["draft", "edit_check", "countersign"];
        let definition = &crate::setting::outgoing().definition;
        open.into_iter().any(|(_, ticket)| {
            flow.node_of(definition, ticket).is_some_and(|node| early.contains(&node.id()))
        })
    });
    last.into_iter()
        .filter(|(unit, (decision, _))| *decision == "return" && !(waits && asked.contains(unit)))
        .map(|(_, (_, name))| name.to_owned())
        .collect()
}

fn since(document: &Document, head: &Head, body: &Body) -> Since {
    if document.signed.is_none() {
        return Since::Unsigned;
    }
    let kept = document.head.as_ref() == Some(head) && document.body.as_ref() == body;
    if kept && document.stands_as_signed() { Since::AsSigned } else { Since::Changed }
}

impl Party {
    /// Whether it is a 党委 or 政府.
    #[must_use]
    pub const fn governs(&self) -> bool {
        matches!(self.kind, PartyKind::Government | PartyKind::PartyCommittee)
    }
}
