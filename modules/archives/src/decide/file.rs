//! What the platform does when a matter is filed: number, packet, test; and what comes from
//! another cell.

use super::{keeps, key_of, matter};
use crate::fonds::{self, Fonds};
use crate::model::{Archive, Fact, PacketFile, Title};
use crate::number::{Retention, is_code};
use crate::test;
use lingnan_api::Attachment;
use lingnan_base::{Timestamp, UnitId};
use lingnan_handlers::Setting;
use lingnan_journal::{Answer, Command, Draft, Kind, Matter, MatterId, Refusal, Stop};
use serde_json::{Value, json};

fn fonds_of(unit: &UnitId) -> Result<MatterId, Refusal> {
    MatterId::new(Fonds::KIND, unit.as_str()).map_err(|_| Refusal::missing())
}

/// 登记: gives a matter that was filed its archive number.
pub struct Register {
    /// The matter.
    pub source: MatterId,
    /// 立档单位
    pub unit: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// 保管期限
    pub retention: Retention,
    /// 题名
    pub title: String,
    /// 文件编号
    pub document_number: String,
    /// 责任者
    pub responsible: String,
    /// 文种, or the name of the process.
    pub sort: String,
    /// 日期; its year is the 年度.
    pub formed: Timestamp,
}

impl Command for Register {
    fn name(&self) -> &'static str {
        "archives.register"
    }

    fn request(&self) -> Value {
        json!({ "source": self.source })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&key_of(&self.source))?;
        let archive = draft.read::<Archive>(&id)?;
        if let Some(title) = &archive.title {
            return Ok(json!({ "id": id.key(), "number": title.number.to_string() }));
        }
        let book = fonds_of(&self.unit)?;
        let year = self.formed.china_date().year();
        let number = draft.read::<Fonds>(&book)?.next(&self.unit, year, self.retention);
        let told = number.to_string();
        let title = Box::new(Title {
            source: self.source.clone(),
            unit: self.unit.clone(),
            unit_name: self.unit_name.clone(),
            number: number.clone(),
            title: self.title.clone(),
            document_number: self.document_number.clone(),
            responsible: self.responsible.clone(),
            sort: self.sort.clone(),
            formed: self.formed,
        });
        draft.record::<Archive>(&id, &[Fact::Registered { title }])?;
        draft.record::<Fonds>(&book, &[fonds::Fact::Given { number, archive: id.clone() }])?;
        Ok(json!({ "id": id.key(), "number": told }))
    }
}

/// 归档入库: the packet of a numbered matter, as it was tested.
pub struct Pack {
    /// The 件.
    pub key: String,
    /// The packet.
    pub packet: Attachment,
    /// What is in it.
    pub files: Vec<PacketFile>,
    /// How it was tested.
    pub test: test::Test,
}

impl Command for Pack {
    fn name(&self) -> &'static str {
        "archives.pack"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.key)?;
        if draft.read::<Archive>(&id)?.packet.is_some() {
            return Ok(json!({ "id": self.key }));
        }
        let (packet, files) = (self.packet.clone(), self.files.clone());
        let tested = Fact::Tested { test: self.test.clone() };
        draft.record::<Archive>(&id, &[Fact::Packed { packet, files }, tested])?;
        Ok(json!({ "id": self.key }))
    }
}

/// 检测: how a packet in keeping was found.
pub struct Test {
    /// The 件.
    pub key: String,
    /// How.
    pub test: test::Test,
}

impl Command for Test {
    fn name(&self) -> &'static str {
        "archives.test"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "phase": self.test.phase })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.key)?;
        draft.record::<Archive>(&id, &[Fact::Tested { test: self.test.clone() }])?;
        Ok(json!({ "id": self.key, "version": draft.version(&id)? }))
    }
}

/// 设定全宗号: by whoever keeps the unit's archives.
pub struct Codes {
    /// The unit.
    pub unit: UnitId,
    /// 全宗号
    pub code: String,
    /// 机构（问题）代码
    pub organisation: String,
    /// Whether another unit's numbers begin with this 全宗号.
    pub taken: bool,
    /// The world around it.
    pub setting: Setting,
}

impl Command for Codes {
    fn name(&self) -> &'static str {
        "archives.name_fonds"
    }

    fn request(&self) -> Value {
        json!({ "unit": self.unit, "code": self.code, "organisation": self.organisation })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let seat = draft.actor().seat().ok_or_else(Refusal::missing)?;
        if !keeps(&self.setting, &seat.post, &self.unit) {
            return Err(Refusal::missing().into());
        }
        if !is_code(&self.code) || !is_code(&self.organisation) {
            let message = "全宗号和机构（问题）代码由1至16个大写字母、数字组成。";
            return Err(Refusal::new(Kind::Invalid, "archives.code", message)
                .with_rule("DA/T 22-2015 档号编制")
                .with_next("请按同级档案馆给定的全宗号填写，不含横线和空格。")
                .into());
        }
        if self.taken {
            let message = format!("全宗号 {} 已由其他单位使用。", self.code);
            return Err(Refusal::new(Kind::Conflict, "archives.code_taken", message)
                .with_next("请与同级档案馆核对本单位的全宗号。")
                .into());
        }
        let id = fonds_of(&self.unit)?;
        let fonds = draft.read::<Fonds>(&id)?;
        let (code, organisation) = (self.code.clone(), self.organisation.clone());
        if fonds.code.as_ref() != Some(&code) || fonds.organisation.as_ref() != Some(&organisation)
        {
            draft.record::<Fonds>(&id, &[fonds::Fact::Named { code, organisation }])?;
        }
        Ok(json!({ "id": self.unit }))
    }
}

/// 接收: a 件 from another cell, as it was there; in a cell that has none of its number.
pub struct Receive {
    /// The 件's key there and here.
    pub key: String,
    /// The cell it comes from.
    pub cell: String,
    /// What it is called.
    pub title: Title,
    /// Its packet.
    pub packet: Attachment,
    /// What is in it.
    pub files: Vec<PacketFile>,
    /// How it was tested there and on its way.
    pub tests: Vec<test::Test>,
}

impl Command for Receive {
    fn name(&self) -> &'static str {
        "archives.receive"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "packet": self.packet.digest })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.key)?;
        let archive = draft.read::<Archive>(&id)?;
        let number = &self.title.number;
        if let Some(packet) = &archive.packet {
            if packet.digest == self.packet.digest {
                return Ok(json!({ "id": self.key, "number": number.to_string() }));
            }
            let message = format!("本节点已有件 {number}，内容与所接收的不同。");
            return Err(Refusal::new(Kind::Conflict, "archives.there", message)
                .with_next("请核对移交单位；接收须在没有这些件的节点进行。")
                .into());
        }
        let book = fonds_of(&self.title.unit)?;
        let last = draft.read::<Fonds>(&book)?.last.get(&number.series()).copied().unwrap_or(0);
        if number.item <= last {
            let message = format!("本节点的件号 {number} 已经给出。");
            return Err(Refusal::new(Kind::Conflict, "archives.number_given", message)
                .with_next("请在没有这个全宗的节点接收。")
                .into());
        }
        let title = Box::new(self.title.clone());
        let mut facts = vec![
            Fact::Received { cell: self.cell.clone() },
            Fact::Registered { title },
            Fact::Packed { packet: self.packet.clone(), files: self.files.clone() },
        ];
        facts.extend(self.tests.iter().map(|test| Fact::Tested { test: test.clone() }));
        draft.record::<Archive>(&id, &facts)?;
        let given = fonds::Fact::Given { number: number.clone(), archive: id.clone() };
        draft.record::<Fonds>(&book, &[given])?;
        Ok(json!({ "id": self.key, "number": number.to_string() }))
    }
}
