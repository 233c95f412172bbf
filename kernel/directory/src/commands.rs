//! Changing the directory: appointments, delegation, leaving, renaming, merging.

use crate::duty;
use crate::person::{self, Delegation, Person, PersonFact};
use crate::unit::{Status, Unit, UnitFact};
use lingnan_base::{PersonId, PostId, UnitId};
use lingnan_journal::{Answer, Command, Draft, Fault, Kind, Matter, MatterId, Refusal, Stop};
use serde::Serialize;
use serde_json::{Value, json};

/// Longest name of a unit or person, in characters.
const NAME_MAX: usize = 100;

/// Longest basis of a change of units, in characters: the number and title of a document.
const BASIS_MAX: usize = 200;

/// Longest delegation, in milliseconds: a year.
const DELEGATION_MS_MAX: i64 = 366 * 86_400_000;

/// Most appointments in one act: more than the staff of a city, and soon carried out.
const APPOINTMENTS_MAX: usize = 5_000;

/// Most units above a unit that are looked at, successors included.
const STEPS_MAX: usize = 64;

macro_rules! command {
    ($type:ident, $name:literal) => {
        impl Command for $type {
            fn name(&self) -> &'static str {
                $name
            }

            fn request(&self) -> Value {
                serde_json::to_value(self).unwrap_or_default()
            }

            fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
                self.work(draft)
            }
        }
    };
}

/// Brings a person into the service, if he is not in it, and gives him a post.
#[derive(Debug, Clone, Serialize)]
pub struct Appoint {
    /// Who.
    pub person: PersonId,
    /// His name, when he joins.
    pub name: String,
    /// The unit.
    pub unit: UnitId,
    /// The post.
    pub post: PostId,
    /// 代理
    pub acting: bool,
}
command!(Appoint, "directory.appoint");

/// Carries out many appointments in one act, or none of them.
#[derive(Debug, Clone, Serialize)]
pub struct AppointMany {
    /// The appointments.
    pub appointments: Vec<Appoint>,
}
command!(AppointMany, "directory.appoint_many");

/// Takes a post from a person.
#[derive(Debug, Clone, Serialize)]
pub struct Unseat {
    /// Who.
    pub person: PersonId,
    /// The post.
    pub post: PostId,
}
command!(Unseat, "directory.unseat");

/// A person leaves the service.
#[derive(Debug, Clone, Serialize)]
pub struct Leave {
    /// Who.
    pub person: PersonId,
}
command!(Leave, "directory.leave");

/// A person lets another post act for one of his.
#[derive(Debug, Clone, Serialize)]
pub struct Delegate {
    /// Who grants.
    pub person: PersonId,
    /// What.
    pub delegation: Delegation,
}

impl Command for Delegate {
    fn name(&self) -> &'static str {
        "directory.delegate"
    }

    /// Without the moment it begins: that is when it came in, and a retry comes in later.
    fn request(&self) -> Value {
        let Delegation { from_post, to_post, ends, .. } = &self.delegation;
        json!({ "person": self.person, "from": from_post, "to": to_post, "ends": ends })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        self.work(draft)
    }
}

/// A person ends what he delegated of a post before its time.
#[derive(Debug, Clone, Serialize)]
pub struct EndDelegation {
    /// Who granted.
    pub person: PersonId,
    /// The post acted for.
    pub from_post: PostId,
}
command!(EndDelegation, "directory.end_delegation");

/// Gives a unit another name.
#[derive(Debug, Clone, Serialize)]
pub struct Rename {
    /// The unit.
    pub unit: UnitId,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
}
command!(Rename, "directory.rename");

/// Merges a unit into another, which takes over its matters.
#[derive(Debug, Clone, Serialize)]
pub struct Merge {
    /// The unit that ends.
    pub unit: UnitId,
    /// The unit that takes over.
    pub into: UnitId,
    /// On what basis.
    pub basis: String,
}
command!(Merge, "directory.merge");

/// Abolishes a unit; its matters go to a successor, because no matter may be left without one.
#[derive(Debug, Clone, Serialize)]
pub struct Abolish {
    /// The unit that ends.
    pub unit: UnitId,
    /// The unit that takes over.
    pub successor: UnitId,
    /// On what basis.
    pub basis: String,
}
command!(Abolish, "directory.abolish");

fn unit_matter(unit: &UnitId) -> Result<MatterId, Fault> {
    MatterId::new(Unit::KIND, unit.as_str()).map_err(|e| Fault::corrupt(unit.as_str(), 0, &e))
}

/// Whether a text is one line of 1 to `max` characters.
fn is_line(text: &str, max: usize) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().count() <= max && !text.chars().any(char::is_control)
}

fn refuse(code: &str, message: &str, next: &str) -> Stop {
    Refusal::new(Kind::Invalid, code, message).with_next(next).into()
}

impl Appoint {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let unit = draft.read::<Unit>(&unit_matter(&self.unit)?)?;
        let Some(post) = unit.posts.get(&self.post).filter(|_| unit.status == Status::Active)
        else {
            return Err(Refusal::missing().into());
        };
        let id = person::matter(&self.person)?;
        let person = draft.read::<Person>(&id)?;
        let mut facts = Vec::new();
        if person.name.is_empty() || person.left.is_some() {
            if !is_line(&self.name, NAME_MAX) {
                let message = format!("姓名应为1至{NAME_MAX}个字，不含换行等控制字符。");
                return Err(refuse("directory.no_name", &message, "请修改后重新提交。"));
            }
            facts.push(PersonFact::Joined { name: self.name.trim().to_owned() });
        }
        if person.seats.contains_key(&self.post) && person.left.is_none() {
            return Ok(json!({}));
        }
        self.check_administrators(draft, &person, &post.duties)?;
        facts.push(PersonFact::Seated {
            post: self.post.clone(),
            unit: self.unit.clone(),
            acting: self.acting,
        });
        draft.record::<Person>(&id, &facts)?;
        Ok(json!({}))
    }

    /// 三员分立 (GB/T 22239-2019 8.1.4.2 d): a person is one administrator at most, and none of
    /// them sees business.
    fn check_administrators(
        &self,
        draft: &mut Draft<'_>,
        person: &Person,
        duties: &[String],
    ) -> Result<(), Stop> {
        for (post, held) in &person.seats {
            let unit = draft.read::<Unit>(&unit_matter(&held.unit)?)?;
            let Some(held) = unit.posts.get(post) else { continue };
            match (administers(&held.duties), administers(duties)) {
                (true, true) => {
                    let message = "同一人不能兼任系统、安全、审计管理员中的两个。";
                    return Err(Refusal::new(Kind::Invalid, "directory.three_admins", message)
                        .with_rule("GB/T 22239-2019 8.1.4.2 d")
                        .with_next("请另选一人，或先免去其原管理员岗位。")
                        .into());
                }
                (true, false) | (false, true) => {
                    let message = "系统、安全、审计管理员不能兼任办理业务的岗位。";
                    let next = "请另选一人，或先免去其原岗位。";
                    return Err(refuse("directory.admin_business", message, next));
                }
                (false, false) => {}
            }
        }
        Ok(())
    }
}

impl AppointMany {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        if self.appointments.len() > APPOINTMENTS_MAX {
            let message = format!("一次最多任命{APPOINTMENTS_MAX}人次。");
            return Err(refuse("directory.too_many", &message, "请分批提交。"));
        }
        for appointment in &self.appointments {
            appointment.work(draft)?;
        }
        Ok(json!({ "appointed": self.appointments.len() }))
    }
}

fn administers(duties: &[String]) -> bool {
    duties.iter().any(|duty| duty::ADMINISTRATORS.contains(&duty.as_str()))
}

/// The duties of a post as they are now; none when there is no such post in being. A post's id is
/// its unit's, a dot and its key.
fn duties_of(draft: &mut Draft<'_>, post: &PostId) -> Result<Option<Vec<String>>, Stop> {
    let Some((unit, _)) = post.as_str().rsplit_once('.') else { return Ok(None) };
    let Ok(unit) = UnitId::parse(unit) else { return Ok(None) };
    let unit = draft.read::<Unit>(&unit_matter(&unit)?)?;
    let in_being = unit.posts.get(post).filter(|_| unit.status == Status::Active);
    Ok(in_being.map(|post| post.duties.clone()))
}

impl Unseat {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = person::matter(&self.person)?;
        if !draft.read::<Person>(&id)?.seats.contains_key(&self.post) {
            return Err(Refusal::missing().into());
        }
        draft.record::<Person>(&id, &[PersonFact::Unseated { post: self.post.clone() }])?;
        Ok(json!({}))
    }
}

impl Leave {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = person::matter(&self.person)?;
        let person = draft.read::<Person>(&id)?;
        if person.name.is_empty() || person.left.is_some() {
            return Err(Refusal::missing().into());
        }
        draft.record::<Person>(&id, &[PersonFact::Left])?;
        Ok(json!({}))
    }
}

impl Delegate {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = person::matter(&self.person)?;
        let person = draft.read::<Person>(&id)?;
        let wish = &self.delegation;
        if !person.seats.contains_key(&wish.from_post) {
            return Err(Refusal::missing().into());
        }
        let length = wish.ends.0.saturating_sub(wish.begins.0);
        if wish.from_post == wish.to_post || person.seats.contains_key(&wish.to_post) {
            let message = "不能委托给自己。";
            return Err(refuse("directory.delegate_self", message, "请选择另一位人员的岗位。"));
        }
        if length <= 0 || length > DELEGATION_MS_MAX || wish.ends <= draft.now() {
            let message = "委托的起止时间不对：应在今后一年之内，且止于起之后。";
            return Err(refuse("directory.delegate_time", message, "请重新选择起止时间。"));
        }
        for post in [&wish.from_post, &wish.to_post] {
            let duties = duties_of(draft, post)?.ok_or_else(Refusal::missing)?;
            if administers(&duties) {
                let message = "系统、安全、审计管理员的岗位不能委托，也不能受托。";
                return Err(refuse("directory.delegate_admin", message, "请另选一个岗位。"));
            }
        }
        let fact = PersonFact::Delegated { delegation: wish.clone() };
        draft.record::<Person>(&id, &[fact])?;
        Ok(json!({}))
    }
}

impl EndDelegation {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = person::matter(&self.person)?;
        let person = draft.read::<Person>(&id)?;
        if !person.delegations.iter().any(|one| one.from_post == self.from_post) {
            return Err(Refusal::missing().into());
        }
        let fact = PersonFact::DelegationEnded { from_post: self.from_post.clone() };
        draft.record::<Person>(&id, &[fact])?;
        Ok(json!({}))
    }
}

impl Rename {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = unit_matter(&self.unit)?;
        let unit = draft.read::<Unit>(&id)?;
        if unit.name.is_empty() {
            return Err(Refusal::missing().into());
        }
        let (name, short_name) = (self.name.trim(), self.short_name.trim());
        if !is_line(name, NAME_MAX) || !is_line(short_name, NAME_MAX) {
            let message = format!("机构名称和简称各应为1至{NAME_MAX}个字，不含控制字符。");
            return Err(refuse("directory.unit_name", &message, "请修改后重新提交。"));
        }
        if unit.name == name && unit.short_name == short_name {
            return Ok(json!({}));
        }
        let fact = UnitFact::Renamed { name: name.to_owned(), short_name: short_name.to_owned() };
        draft.record::<Unit>(&id, &[fact])?;
        Ok(json!({}))
    }
}

impl Merge {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        succeed(draft, &self.unit, &self.into, &self.basis)
    }
}

impl Abolish {
    fn work(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        succeed(draft, &self.unit, &self.successor, &self.basis)
    }
}

fn succeed(draft: &mut Draft<'_>, unit: &UnitId, by: &UnitId, basis: &str) -> Result<Answer, Stop> {
    let id = unit_matter(unit)?;
    let ending = draft.read::<Unit>(&id)?;
    let taking_over = draft.read::<Unit>(&unit_matter(by)?)?;
    let gone = |unit: &Unit| unit.name.is_empty() || unit.status != Status::Active;
    if gone(&ending) || gone(&taking_over) {
        return Err(Refusal::missing().into());
    }
    if unit == by {
        let message = "机构不能并入自己。";
        return Err(refuse("directory.merge_self", message, "请选择另一个机构。"));
    }
    if !is_line(basis, BASIS_MAX) {
        let message = format!("请填写机构调整的依据文件，不超过{BASIS_MAX}个字。");
        return Err(refuse("directory.no_basis", &message, "例如机构编制部门的批复文号。"));
    }
    if is_below(draft, &taking_over, unit)? {
        let message = "机构不能并入自己的下级机构。";
        return Err(refuse("directory.merge_below", message, "请选择同级或上级机构。"));
    }
    let fact = UnitFact::Succeeded { by: by.clone(), basis: basis.trim().to_owned() };
    draft.record::<Unit>(&id, &[fact])?;
    Ok(json!({ "successor": by }))
}

/// Whether `unit` stands somewhere below `above`, units taken over counting as their successors.
fn is_below(draft: &mut Draft<'_>, unit: &Unit, above: &UnitId) -> Result<bool, Stop> {
    let mut parent = unit.parent.clone();
    for _ in 0..STEPS_MAX {
        let Some(id) = parent else { return Ok(false) };
        if id == *above {
            return Ok(true);
        }
        let unit = draft.read::<Unit>(&unit_matter(&id)?)?;
        parent = match &unit.status {
            Status::Active => unit.parent.clone(),
            Status::Succeeded(by) => Some(by.clone()),
        };
    }
    Ok(false)
}
