//! 来文登记 (条例 第二十四条（一）（二）): what came on paper is received and registered in one act, and
//! then goes the way of every received document.

use super::incoming::Work;
use super::{matter, seat};
use crate::incoming::{Fact, Incoming, IncomingState, Received};
use crate::model::Kept;
use crate::paper::{FILES_MAX, MachineReading, Paper, Registration};
use crate::setting::incoming as process;
use lingnan_api::Attachment;
use lingnan_base::UnitId;
use lingnan_directory::duty;
use lingnan_forms::Values;
use lingnan_handlers::Setting;
use lingnan_journal::{Answer, Command, Draft, Kind, MatterId, Refusal, Stop};
use serde_json::{Value, json};

/// How often one paper may come back after it was sent back.
const RETURNS_MAX: usize = 20;

/// Registers what came on paper.
pub struct Register {
    /// What the clerk confirmed.
    pub registration: Registration,
    /// Its pages.
    pub files: Vec<Attachment>,
    /// What the machine had read of them.
    pub readings: Vec<MachineReading>,
    /// The world around it.
    pub setting: Setting,
}

impl Command for Register {
    fn name(&self) -> &'static str {
        "incoming.register"
    }

    fn request(&self) -> Value {
        json!({ "registration": self.registration, "files": self.files })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let seat = seat(draft)?;
        let clerk = self.setting.with_directory(|directory| {
            let post = directory.post(&seat.post);
            post.is_some_and(|(_, post)| post.duties.iter().any(|d| d == duty::CLERK))
        });
        if !clerk {
            let message = "您当前的岗位没有文书职责，不能登记来文。";
            return Err(Refusal::new(Kind::Forbidden, "documents.not_clerk", message)
                .with_next("请切换到文书岗位，或请本单位文书登记。")
                .into());
        }
        let registration = self.registration.checked()?;
        let [first, ..] = self.files.as_slice() else { return Err(no_file().into()) };
        if self.files.len() > FILES_MAX {
            let message = format!("一件来文最多{FILES_MAX}个文件。");
            return Err(Refusal::new(Kind::Invalid, "documents.paper_files", message)
                .with_next("请把各页扫描成一个 PDF 后再登记。")
                .into());
        }
        let id = unused(draft, &registration, &seat.unit)?;
        let received = Received {
            document: None,
            parent: None,
            unit_name: self.setting.unit_name(&seat.unit),
            unit: seat.unit,
            sender: registration.sender,
            title: registration.title,
            number: registration.number,
            urgency: registration.urgency,
            digest: first.digest.clone(),
            copy: false,
            prints: None,
        };
        let paper = Paper {
            date: registration.date,
            copy_number: registration.copy_number,
            addressees: registration.addressees,
            files: self.files.clone(),
            readings: self.readings.clone(),
        };
        let (process, now) = (process(), draft.now());
        let unit = (&received.unit, None);
        let started = process.with_rules(&self.setting, unit, &Values::default(), |rules| {
            lingnan_flow::start(&process.definition, rules, now)
        });
        let (_, flow) = started.map_err(|refusal| super::flow_refusal(&refusal))?;
        let facts = [Fact::CameOnPaper { received, paper }, Fact::Flowed { flow }];
        draft.record::<Incoming>(&id, &facts)?;
        let incoming = draft.read::<Incoming>(&id)?.as_ref().clone();
        let by_hand = Kept::default();
        let mut work = Work { id, incoming, setting: &self.setting, by_hand };
        work.acknowledge(draft, "纸质来文已收到，登记并签收。")?;
        Ok(json!({ "id": work.id.key(), "number": work.incoming.registered }))
    }
}

/// The key of a paper that the unit does not have; one that was sent back may come again.
fn unused(
    draft: &mut Draft<'_>,
    registration: &Registration,
    unit: &UnitId,
) -> Result<MatterId, Stop> {
    let identity = registration.identity();
    for again in 0..RETURNS_MAX {
        let again = if again == 0 { String::new() } else { format!("-{again}") };
        let id = matter::<Incoming>(&format!("{identity}{again}.{unit}"))?;
        let known = draft.read::<Incoming>(&id)?;
        if known.received.is_none() {
            return Ok(id);
        }
        if known.state != IncomingState::Returned {
            return Err(twice(&known).into());
        }
    }
    Err(Refusal::new(Kind::Conflict, "documents.paper_returned", "这份来文退文次数过多。").into())
}

fn twice(known: &Incoming) -> Refusal {
    let number = known.registered.as_deref().unwrap_or_default();
    let title = known.received.as_ref().map(|received| &*received.title).unwrap_or_default();
    let day = known.delivered.china_datetime().strftime("%-m月%-d日");
    let message = format!("本单位已于{day}登记过这份来文：{number}《{title}》。");
    Refusal::new(Kind::Conflict, "documents.paper_twice", message)
        .with_next(format!("请在收文中查找“{number}”；确是另一份来文的，请核对来文单位和字号。"))
}

fn no_file() -> Refusal {
    Refusal::new(Kind::Invalid, "documents.paper_no_file", "没有来文的扫描件或照片。")
        .with_next("请先上传扫描件，再登记。")
}
