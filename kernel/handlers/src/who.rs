//! WHO: the posts that a process means.

use crate::place::{office, units};
use crate::times;
use lingnan_base::{Calendar, PersonId, PostId, Timestamp, UnitId};
use lingnan_directory::{Directory, Level, UnitKind, duty};
use lingnan_flow::{
    Condition, Holder, Limit, Process, Rules, StartLevel, Time, Who, WhoPlace, Whom,
};
use lingnan_forms::{Form, Term, Values};
use lingnan_journal::Seat;
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who handles the steps of one matter, until when, and on what conditions.
#[derive(Clone, Copy)]
pub struct Handlers<'a> {
    /// Units, posts and people, as they are now.
    pub directory: &'a Directory,
    /// Working days.
    pub calendar: &'a Calendar,
    /// The starter's unit.
    pub unit: &'a UnitId,
    /// The starter's post; none where a matter begins without one.
    pub starter: Option<&'a PostId>,
    /// The matter's form.
    pub form: &'a Form,
    /// What it holds.
    pub values: &'a Values,
    /// When each field was last changed.
    pub changed: &'a BTreeMap<String, Timestamp>,
}

impl Rules for Handlers<'_> {
    fn posts(&self, whom: &Whom) -> Vec<Holder> {
        let posts = match whom {
            Whom::Starter => self.starter.into_iter().cloned().collect(),
            Whom::Head(place) => self.each(place, |unit| self.head(unit)),
            Whom::Leader(place) => self.each(place, |unit| self.leaders(unit)),
            Whom::Duty(duty, place) => self.each(place, |unit| self.with_duty(unit, duty)),
            Whom::Rank(rank, place) => self.each(place, |unit| self.of_rank(unit, *rank)),
            Whom::Chain(count) => (0..=*count)
                .map(|above| if above == 0 { WhoPlace::Own } else { WhoPlace::Above(above) })
                .flat_map(|place| self.each(&place, |unit| self.head(unit)))
                .collect(),
            Whom::Field(field) => self.chosen(field),
            Whom::Post(id) => PostId::parse(id).into_iter().collect(),
            Whom::Anyone | Whom::Same(_) | Whom::Pick(_) => Vec::new(),
        };
        posts.iter().map(|post| Holder::new(post.as_str())).collect()
    }

    fn holds(&self, condition: &Condition) -> Result<bool, String> {
        condition.holds_of(&json(&lingnan_forms::scope(self.form, self.values)))
    }

    fn until(&self, time: &Time, from: Timestamp) -> Option<Timestamp> {
        times::until(self.calendar, self.values, time, from)
    }

    fn reckoned_to(&self, time: &Time, due: Timestamp) -> Option<i16> {
        let counted = times::is_counted(time) && self.calendar.is_provisional(due);
        counted.then(|| self.calendar.arranged_to())
    }

    fn reckoned_again(&self, time: &Time, due: Timestamp, reckoned_to: i16) -> Option<Timestamp> {
        if self.calendar.arranged_to() <= reckoned_to {
            return None;
        }
        times::again(self.calendar, time, due, reckoned_to)
    }

    fn share(&self, limit: &Limit, opened: Timestamp, due: Timestamp, percent: u32) -> Timestamp {
        let by_calendar = || self.calendar.share(opened, due, percent).ok();
        let working = limit.due.needs_calendar().then(by_calendar).flatten();
        working.unwrap_or_else(|| {
            let part = due.0.saturating_sub(opened.0).saturating_div(100);
            opened.plus_ms(part.saturating_mul(percent.into()))
        })
    }

    fn resumed(&self, time: &Time, due: Timestamp, from: Timestamp, to: Timestamp) -> Timestamp {
        let by_calendar = || self.calendar.resume(due, from, to).ok();
        let working = time.needs_calendar().then(by_calendar).flatten();
        working.unwrap_or_else(|| due.plus_ms(to.0.saturating_sub(from.0)))
    }

    fn is_manned(&self, holder: &Holder) -> bool {
        PostId::parse(&holder.0).is_ok_and(|post| self.manned(&post))
    }

    fn has_duty(&self, holder: &Holder, duty: &str) -> bool {
        let Ok(post) = PostId::parse(&holder.0) else { return false };
        let content = self.directory.post(&post);
        content.is_some_and(|(_, content)| content.duties.iter().any(|held| held == duty))
    }

    fn changed(&self, field: &str, since: Timestamp) -> bool {
        self.changed.get(field).is_some_and(|at| *at > since)
    }

    fn entries(&self, field: &str) -> Vec<Arc<str>> {
        self.values.texts(field).into_iter().map(Arc::from).collect()
    }

    fn administrator(&self) -> Option<Holder> {
        let admins = |posts: &BTreeMap<PostId, lingnan_directory::Post>| {
            let sees = |duties: &[String]| duties.iter().any(|d| d == duty::SYSTEM_ADMIN);
            posts.iter().find(|(_, post)| sees(&post.duties)).map(|(id, _)| id.clone())
        };
        let found = self.directory.units().find_map(|(_, unit)| admins(&unit.posts));
        found.map(|post| Holder::new(post.as_str()))
    }
}

impl Handlers<'_> {
    /// For each unit of `place`: those of `find` that have people, all when none has.
    fn each(&self, place: &WhoPlace, find: impl Fn(&UnitId) -> Vec<PostId>) -> Vec<PostId> {
        let units = units(self.directory, self.unit, self.values, place);
        units.iter().flat_map(|unit| self.manned_first(find(unit))).collect()
    }

    fn manned(&self, post: &PostId) -> bool {
        self.directory.holders(post).iter().any(|(_, person)| person.left.is_none())
    }

    fn manned_first(&self, mut posts: Vec<PostId>) -> Vec<PostId> {
        if posts.iter().any(|post| self.manned(post)) {
            posts.retain(|post| self.manned(post));
        }
        posts
    }

    /// 主要负责人, one.
    fn head(&self, unit: &UnitId) -> Vec<PostId> {
        let heads = self.manned_first(self.directory.posts_with(unit, duty::HEAD));
        heads.into_iter().take(1).collect()
    }

    /// 分管负责人; the head where there is none.
    fn leaders(&self, unit: &UnitId) -> Vec<PostId> {
        let heads = self.directory.posts_with(unit, duty::HEAD);
        let mut leaders = self.directory.posts_with(unit, duty::LEADER);
        leaders.retain(|post| !heads.contains(post));
        let manned = leaders.iter().any(|post| self.manned(post));
        if leaders.is_empty() || (!manned && heads.iter().any(|post| self.manned(post))) {
            return self.head(unit);
        }
        leaders
    }

    /// Posts with a duty; a government without such a post of its own is served by its office.
    fn with_duty(&self, unit: &UnitId, duty: &str) -> Vec<PostId> {
        let posts = self.directory.posts_with(unit, duty);
        let governs = self.directory.unit(unit).is_some_and(|u| u.kind == UnitKind::Government);
        if !posts.is_empty() || !governs || duty == duty::HEAD {
            return posts;
        }
        let office = office(self.directory, unit);
        office.map(|office| self.directory.posts_with(office, duty)).unwrap_or_default()
    }

    fn of_rank(&self, unit: &UnitId, rank: u32) -> Vec<PostId> {
        let unit = self.directory.unit(unit);
        let posts = unit.into_iter().flat_map(|unit| &unit.posts);
        let mut found: Vec<(u32, &PostId)> =
            posts.filter(|(_, post)| post.rank <= rank).map(|(id, post)| (post.rank, id)).collect();
        found.sort();
        found.into_iter().map(|(_, id)| id.clone()).collect()
    }

    /// Posts chosen in a field; a unit stands for its head, a person for his first post.
    fn chosen(&self, field: &str) -> Vec<PostId> {
        let one = |id: &str| -> Vec<PostId> {
            let post = PostId::parse(id).ok().filter(|p| self.directory.post(p).is_some());
            let unit = || UnitId::parse(id).ok().filter(|u| self.directory.unit(u).is_some());
            let person = || {
                let person = self.directory.person(&PersonId::parse(id).ok()?)?;
                person.seats.keys().next().cloned()
            };
            match (post, unit()) {
                (Some(post), _) => vec![post],
                (None, Some(unit)) => self.head(self.directory.successor(&unit)),
                (None, None) => person().into_iter().collect(),
            }
        };
        self.values.texts(field).into_iter().flat_map(one).collect()
    }
}

/// Whether a seat may start a process: as its `start by` says, from a unit of a level it names.
#[must_use]
pub fn may_start(directory: &Directory, process: &Process, seat: &Seat) -> bool {
    let level = directory.unit(&seat.unit).map(|unit| start_level(unit.level));
    let at = &process.start_at;
    (at.is_empty() || level.is_some_and(|level| at.contains(&level)))
        && may_start_by(directory, &process.start, seat)
}

const fn start_level(level: Level) -> StartLevel {
    match level {
        Level::Province => StartLevel::Province,
        Level::City => StartLevel::City,
        Level::County => StartLevel::County,
        Level::Town => StartLevel::Town,
        Level::Village => StartLevel::Village,
    }
}

fn may_start_by(directory: &Directory, who: &Who, seat: &Seat) -> bool {
    let values = Values::default();
    let held = directory.post(&seat.post).map(|(_, post)| post);
    let stands =
        |place: &WhoPlace| units(directory, &seat.unit, &values, place).contains(&seat.unit);
    let serves = |place: &WhoPlace| {
        // The office serves its government.
        let unit = directory.unit(&seat.unit);
        let area = unit.filter(|unit| unit.kind == UnitKind::Office).map(|unit| unit.area.as_str());
        let units = units(directory, &seat.unit, &values, place);
        area.is_some_and(|area| units.iter().any(|unit| unit.as_str() == area))
    };
    let has = |duty: &str| held.is_some_and(|post| post.duties.iter().any(|held| held == duty));
    who.0.iter().any(|whom| match whom {
        Whom::Anyone | Whom::Starter => true,
        Whom::Head(place) => has(duty::HEAD) && stands(place),
        Whom::Leader(place) => has(duty::LEADER) && stands(place),
        Whom::Duty(duty, place) => has(duty) && (stands(place) || serves(place)),
        Whom::Rank(rank, place) => held.is_some_and(|post| post.rank <= *rank) && stands(place),
        Whom::Chain(_) => has(duty::HEAD),
        Whom::Post(id) => seat.post.as_str() == &**id,
        Whom::Field(_) | Whom::Same(_) | Whom::Pick(_) => false,
    })
}

/// A form as conditions read it: money is 元 already, dates are texts for `date(…)`.
fn json(term: &Term) -> Value {
    match term {
        Term::Null => Value::Null,
        Term::Bool(value) => Value::Bool(*value),
        Term::Number(digits) => {
            let whole = digits.parse::<i64>().ok().map(Number::from);
            let number = whole.or_else(|| Number::from_f64(digits.parse().ok()?));
            number.map_or(Value::Null, Value::Number)
        }
        Term::Text(text) | Term::Date(text) | Term::DateTime(text) => Value::String(text.clone()),
        Term::List(entries) => entries.iter().map(json).collect(),
        Term::Record(fields) => {
            let fields = fields.iter().map(|(name, term)| (name.clone(), json(term)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}
