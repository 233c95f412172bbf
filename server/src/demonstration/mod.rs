//! The demonstration: people with posts, number books, documents in every state and matters of
//! many processes, all made by ordinary acts.

mod regulations;
mod roles;
mod works;

use crate::cell::Cell;
use crate::import::said;
use anyhow::Context;
use lingnan_base::{PersonId, PostId, UnitId};
use lingnan_directory::{
    Appoint, AppointMany, Demonstration, DemonstrationPerson, Status, demonstration_people,
};
use lingnan_documents::body::Body;
use lingnan_documents::model::{
    ByHand, Declared, DocumentType, Head, Openness, Request, Retention, ReviewItem, Urgency,
};
use lingnan_documents::{
    Begin, Document, Handle, HandleIncoming, Incoming, IncomingRequest, OpenBook,
};
use lingnan_handlers::Setting;
use lingnan_journal::{ActId, Actor, Command, Matter, MatterId};
use serde::Deserialize;
use std::sync::PoisonError;

/// Documents shown; more would only make lists longer.
const DOCUMENTS: usize = 30;

/// Areas in which every post is held by someone, so that each process can be tried to its end: the
/// province, three of its cities, a county, a town and its villages.
const STAFFED: [&str; 8] = [
    "440000000000",
    "440100000000",
    "440300000000",
    "440700000000",
    "440783000000",
    "440783108000",
    "440783108221",
    "440783108222",
];

#[derive(Deserialize)]
struct Source {
    number: String,
    title: String,
    lines: Vec<String>,
}

/// How far a document of the demonstration has come.
const STAGES: [&str; 10] = [
    "draft",
    "returned",
    "edit_check",
    "countersign",
    "sign_off",
    "number",
    "distribute",
    "sent",
    "handled",
    "archived",
];

/// Loads people and, the first time, documents.
///
/// # Errors
/// When the catalogue does not read or an act is refused.
pub async fn load(cell: &Cell) -> anyhow::Result<Demonstration> {
    let cast = demonstration_people(include_str!("../../../catalogue/people/demonstration.tsv"))
        .context("reading the demonstration's people")?;
    let stage = Stage { cell: cell.clone() };
    for person in &cast {
        for post in &person.posts {
            let unit = stage.unit_of(post)?;
            let command = Appoint {
                person: person.id.clone(),
                name: person.name.clone(),
                unit,
                post: post.clone(),
                acting: false,
            };
            let id = format!("demo-{}-{post}", person.id);
            stage.submit(&id, Actor::system("demonstration"), command).await?;
        }
    }
    let people = stage.staff(cast).await?;
    stage.books().await?;
    let known = cell.store.query("select count(*) from document", vec![]).await?;
    if known == [[lingnan_journal::Datum::Int(0)]] {
        stage.documents().await?;
    }
    Ok(people)
}

/// Begins matters of many processes, the first time; the processes must be there.
///
/// # Errors
/// When a scenario does not read or an act is refused.
pub async fn begin(cell: &Cell) -> anyhow::Result<()> {
    let known = cell.store.query("select count(*) from work", vec![]).await?;
    if known == [[lingnan_journal::Datum::Int(0)]] {
        Stage { cell: cell.clone() }.works().await?;
    }
    Ok(())
}

struct Stage {
    cell: Cell,
}

impl Stage {
    fn setting(&self) -> Setting {
        self.cell.setting()
    }

    fn unit_of(&self, post: &PostId) -> anyhow::Result<UnitId> {
        let directory = self.cell.directory.read().unwrap_or_else(PoisonError::into_inner);
        let found = directory.post(post).map(|(unit, _)| unit.clone());
        found.with_context(|| format!("the directory has no post {post}"))
    }

    fn actor(&self, person: &str, post: &str) -> anyhow::Result<Actor> {
        let directory = self.cell.directory.read().unwrap_or_else(PoisonError::into_inner);
        let (person, post) = (PersonId::parse(person)?, PostId::parse(post)?);
        let now = self.cell.store.now();
        directory.actor(&person, &post, now).map_err(|refusal| anyhow::anyhow!(refusal.message))
    }

    async fn submit(
        &self,
        id: &str,
        actor: Actor,
        command: impl Command,
    ) -> anyhow::Result<serde_json::Value> {
        let name = command.name();
        let told = self.cell.store.submit(ActId::parse(id)?, actor, command).await;
        told.map(|accepted| accepted.answer)
            .map_err(|stop| anyhow::anyhow!("{id} {name}: {}", said(&stop)))
    }

    /// Fills the posts that the cast leaves empty; whoever is known already stays as he is.
    async fn staff(&self, cast: Vec<DemonstrationPerson>) -> anyhow::Result<Demonstration> {
        let (people, appointments) = {
            let directory = self.cell.directory.read().unwrap_or_else(PoisonError::into_inner);
            let people = Demonstration::staffed(cast, &directory, &STAFFED);
            let appointments = people.staff.iter().filter(|p| directory.person(&p.id).is_none());
            let appointments = appointments.flat_map(|person| {
                let posts =
                    person.posts.iter().filter_map(|post| Some((post, directory.post(post)?)));
                let open = posts.filter(|(_, (unit, _))| {
                    directory.unit(unit).is_some_and(|unit| unit.status == Status::Active)
                });
                open.map(|(post, (unit, _))| Appoint {
                    person: person.id.clone(),
                    name: person.name.clone(),
                    unit: unit.clone(),
                    post: post.clone(),
                    acting: false,
                })
            });
            let appointments: Vec<Appoint> = appointments.collect();
            (people, appointments)
        };
        if !appointments.is_empty() {
            let id = format!("demo-staff-{}", self.cell.store.now().0);
            let actor = Actor::system("demonstration");
            self.submit(&id, actor, AppointMany { appointments }).await?;
        }
        Ok(people)
    }

    async fn books(&self) -> anyhow::Result<()> {
        let books = [
            ("440000-bgt", "粤府办"),
            ("440000-11", "粤财办"),
            ("440000-03", "粤发改办"),
            ("440700-bgs", "江府办"),
            ("440783-bgs", "开府办"),
            ("440783108221", "以敬村"),
        ];
        for (unit, code) in books {
            let command = OpenBook {
                key: format!("{unit}.1"),
                unit: UnitId::parse(unit)?,
                code: code.to_owned(),
            };
            let actor = Actor::system("demonstration");
            self.submit(&format!("demo-book-{unit}"), actor, command).await?;
        }
        Ok(())
    }

    async fn documents(&self) -> anyhow::Result<()> {
        let text = include_str!("../../../catalogue/documents/state_council.jsonl");
        for (number, line) in text.lines().take(DOCUMENTS).enumerate() {
            let source: Source =
                serde_json::from_str(line).context("reading the State Council's documents")?;
            let stage = STAGES.get(number % STAGES.len()).copied().unwrap_or("draft");
            self.document(number, &source, stage).await?;
        }
        self.roles().await?;
        self.regulations().await
    }

    async fn document(&self, number: usize, source: &Source, stage: &str) -> anyhow::Result<()> {
        let id = |step: &str| format!("demo-doc-{number}-{step}");
        let drafter = self.actor("linlan", "440000-bgt.ng")?;
        let begin = Begin {
            head: head(number, source)?,
            body: body(source),
            secrecy: String::new(),
            pictures: Vec::new(),
            setting: self.setting(),
        };
        let answer = self.submit(&id("begin"), drafter, begin).await?;
        let key = answer.get("id").and_then(|id| id.as_str()).context("no id")?.to_owned();
        let reached = STAGES.iter().position(|s| *s == stage).unwrap_or(0);
        let signer = if number.is_multiple_of(2) {
            ("hejing", "440000-bgt.zr")
        } else {
            ("liangyue", "440000000000.fz")
        };
        let mut steps: Vec<(&str, &str, Request)> = vec![
            ("linlan", "440000-bgt.ng", Request::Submit { declarations: Vec::new() }),
            ("chenzhuo", "440000-bgt.hg", approve("edit_check", "文字已核，拟同意，送会签。")),
        ];
        if countersigned(number) {
            let text = "同意，请注意与年度预算衔接。";
            steps.push(("ouyangqing", "440000-11.jz", approve("countersign", text)));
        }
        let before_sign = steps.len();
        steps.push((signer.0, signer.1, approve("sign_off", "同意印发。")));
        steps.push((
            "zhouwen",
            "440000-bgt.ws",
            Request::Number { book: None, declarations: Vec::new() },
        ));
        steps.push((
            "zhouwen",
            "440000-bgt.ws",
            Request::Distribute { prints: None, declarations: Vec::new() },
        ));
        let back = Request::Return {
            node: "edit_check".to_owned(),
            target: "draft".to_owned(),
            direct: true,
            opinion: "请补充政策依据并核对附件名称。".to_owned(),
        };
        if stage == "returned" {
            steps.truncate(1);
            steps.push(("chenzhuo", "440000-bgt.hg", back));
        }
        let count = match stage {
            "draft" => 0,
            "edit_check" => 1,
            "returned" | "countersign" => 2,
            "sign_off" => before_sign,
            "number" => before_sign.saturating_add(1),
            "distribute" => before_sign.saturating_add(2),
            _ => steps.len(),
        };
        for (place, (person, post, request)) in steps.into_iter().take(count).enumerate() {
            self.handle(&id(&format!("s{place}")), person, post, &key, request).await?;
        }
        if reached >= 7 {
            self.receive(number, &key, reached).await?;
        }
        Ok(())
    }

    async fn handle(
        &self,
        id: &str,
        person: &str,
        post: &str,
        key: &str,
        request: Request,
    ) -> anyhow::Result<()> {
        let actor = self.actor(person, post)?;
        let book = MatterId::parse("number_book:440000-bgt.1")?;
        let matter = MatterId::new(Document::KIND, key)?;
        let (seen, _) = self.cell.store.load::<Document>(&matter).await?;
        let command = Handle {
            key: key.to_owned(),
            seen: Some(seen),
            request,
            book: Some(book),
            upload: None,
            pictures: Vec::new(),
            printed: None,
            setting: self.setting(),
        };
        self.submit(id, actor, command).await.map(|_| ())
    }

    async fn incoming(
        &self,
        id: &str,
        who: (&str, &str),
        key: &str,
        request: IncomingRequest,
    ) -> anyhow::Result<()> {
        let actor = self.actor(who.0, who.1)?;
        let matter = MatterId::new(Incoming::KIND, key)?;
        let seen = Some(self.cell.store.load::<Incoming>(&matter).await?.0);
        let command = HandleIncoming {
            key: key.to_owned(),
            seen,
            request,
            upload: None,
            setting: self.setting(),
        };
        self.submit(id, actor, command).await.map(|_| ())
    }

    /// What 江门 and the levels below it do with what they received.
    async fn receive(&self, number: usize, key: &str, reached: usize) -> anyhow::Result<()> {
        let id = |step: &str| format!("demo-in-{number}-{step}");
        let city = format!("{key}.440700000000");
        let clerk = ("huangqi", "440700000000.ws");
        let approve = |node: &str, opinion: &str| IncomingRequest::Approve {
            node: node.to_owned(),
            opinion: opinion.to_owned(),
            lead: None,
            assists: Vec::new(),
            checked: roles::first_check_at(node),
            by_hand: ByHand::default(),
        };
        if reached == 7 && number.is_multiple_of(2) {
            return Ok(());
        }
        self.incoming(&id("ack"), clerk, &city, IncomingRequest::Acknowledge {}).await?;
        let county = UnitId::parse("440783000000")?;
        let relay = IncomingRequest::Relay { units: vec![county] };
        self.incoming(&id("relay"), clerk, &city, relay).await?;
        if reached < 8 {
            return Ok(());
        }
        let propose = "拟请宁市长阅示，并转开平市办理。";
        self.incoming(&id("propose"), clerk, &city, approve("propose", propose)).await?;
        let mayor = ("situning", "440700000000.sz");
        let instruct = "请各有关单位认真落实，月底前报送进展。";
        self.incoming(&id("instruct"), mayor, &city, approve("instruct", instruct)).await?;
        let below = ("yupei", "440783000000.ws");
        let county = format!("{key}.440783000000");
        self.incoming(&id("ack2"), below, &county, IncomingRequest::Acknowledge {}).await?;
        let town = IncomingRequest::Relay { units: vec![UnitId::parse("440783108000")?] };
        self.incoming(&id("relay2"), below, &county, town).await?;
        let clerk3 = ("zhangmo", "440783108000.ws");
        let town = format!("{key}.440783108000");
        self.incoming(&id("ack3"), clerk3, &town, IncomingRequest::Acknowledge {}).await?;
        let villages = ["440783108221", "440783108222"].map(UnitId::parse);
        let villages: Result<Vec<UnitId>, _> = villages.into_iter().collect();
        let relay = IncomingRequest::Relay { units: villages? };
        self.incoming(&id("relay3"), clerk3, &town, relay).await?;
        if reached < 9 {
            return Ok(());
        }
        let handle = "已转开平市落实，进展已汇总。";
        self.incoming(&id("handle"), clerk, &city, approve("handle", handle)).await?;
        let conclude = IncomingRequest::Conclude { opinion: "办结。".to_owned() };
        self.incoming(&id("conclude"), clerk, &city, conclude).await?;
        let retention = Retention::TenYears;
        let archive = IncomingRequest::Archive { retention, reason: String::new() };
        self.incoming(&id("archive"), clerk, &city, archive).await?;
        let own = ("zhouwen", "440000-bgt.ws");
        let conclude = Request::Conclude { opinion: "各市均已收文，办结。".to_owned() };
        self.handle(&format!("demo-doc-{number}-conclude"), own.0, own.1, key, conclude).await?;
        let retention = Retention::Permanent;
        let archive = Request::Archive { retention, reason: String::new() };
        self.handle(&format!("demo-doc-{number}-archive"), own.0, own.1, key, archive).await
    }
}

/// 同意 at a step, with the list that a review asks for.
fn approve(node: &str, opinion: &str) -> Request {
    let checked = Declared {
        rule: "20".to_owned(),
        items: ReviewItem::OF_THE_DRAFT.to_vec(),
        ..Declared::default()
    };
    let declarations = if node == "edit_check" { vec![checked] } else { Vec::new() };
    Request::Approve {
        node: node.to_owned(),
        opinion: opinion.to_owned(),
        by_hand: ByHand::default(),
        declarations,
    }
}

/// Every other document goes through the finance department.
const fn countersigned(number: usize) -> bool {
    !number.is_multiple_of(3)
}

fn head(number: usize, source: &Source) -> anyhow::Result<Head> {
    let unit = |id: &str| UnitId::parse(id);
    let named: String = source.title.chars().take(120).collect();
    let recipients = ["440100000000", "440300000000", "440700000000"].map(unit);
    let copies = ["440000-03", "440000-04"].map(unit);
    let countersign = if countersigned(number) { vec![unit("440000-11")?] } else { Vec::new() };
    let signer = if number.is_multiple_of(2) { "440000-bgt.zr" } else { "440000000000.fz" };
    let title = format!("广东省人民政府办公厅转发《{named}》的通知");
    Ok(Head {
        urgency: match number % 5 {
            1 => Urgency::Urgent,
            3 => Urgency::MostUrgent,
            _ => Urgency::Ordinary,
        },
        recipients: recipients.into_iter().collect::<Result<_, _>>()?,
        copies: copies.into_iter().collect::<Result<_, _>>()?,
        countersign,
        signer: Some(PostId::parse(signer)?),
        openness: Some(Openness::Active),
        ..Head::new(title, DocumentType::Notice)
    })
}

fn body(source: &Source) -> Body {
    let own = [
        "各地级以上市人民政府，省政府有关部门：".to_owned(),
        format!("现将《{}》（{}）转发给你们，请认真贯彻执行。", source.title, source.number),
    ];
    let lines = own.iter().chain(&source.lines).map(String::as_str);
    Body::from_lines(lines.take(400))
}
