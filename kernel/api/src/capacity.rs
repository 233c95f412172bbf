//! Who asks, and in what capacity.

use crate::kit::{Kit, SESSION_COOKIE};
use crate::problem::Problem;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use lingnan_auth::{Action, PROVED_MS, Role, Scope, Session, Token, permission};
use lingnan_base::{PersonId, PostId};
use lingnan_directory::Capacity;
use lingnan_journal::{ActId, Actor, Datum, Kind, MatterId, Refusal};

/// Someone whose session is good now.
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// The session.
    pub session: Session,
    /// Its secret, for watching whether it is still good.
    pub token: Token,
    kit: Kit,
}

impl<S> FromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    Kit: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let kit = Kit::from_ref(state);
        let token = cookie(&parts.headers).ok_or_else(Problem::signed_out)?;
        let session = kit.accounts.session(&token).await?.ok_or_else(Problem::signed_out)?;
        if has_left(&kit, &session.person) {
            return Err(Problem::with_status(StatusCode::UNAUTHORIZED, left()));
        }
        Ok(Self { person: session.person.clone(), session, token, kit })
    }
}

/// A person looking after his own account: from his first own post, where he has one.
pub(crate) fn own_actor(kit: &Kit, person: &PersonId, task: &str) -> Actor {
    let now = kit.now();
    kit.with_directory(|directory| {
        let all = directory.capacities(person, now);
        let own = all.into_iter().find(|capacity| capacity.for_person.is_none());
        own.and_then(|capacity| directory.actor(person, &capacity.post, now).ok())
    })
    .unwrap_or_else(|| Actor::system(task))
}

/// Whether a person has left for good.
pub(crate) fn has_left(kit: &Kit, person: &PersonId) -> bool {
    kit.with_directory(|directory| directory.person(person).is_some_and(|p| p.left.is_some()))
}

/// What someone is told who has left.
pub(crate) fn left() -> Refusal {
    Refusal::new(Kind::Forbidden, "auth.left", "您已离职，账号已停用。")
        .with_next("如有误，请联系系统管理员核实任职情况。")
}

/// The session that a request brings along.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<Token> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == SESSION_COOKIE)
        .and_then(|(_, value)| Token::from_cookie(value))
}

/// Someone acting from a post.
pub struct Acting {
    /// The actor, as it is written into the act.
    pub actor: Actor,
    /// The capacity.
    pub capacity: Capacity,
}

impl SignedIn {
    /// Every capacity in which he may act now.
    #[must_use]
    pub fn capacities(&self) -> Vec<Capacity> {
        let now = self.kit.now();
        self.kit.with_directory(|directory| directory.capacities(&self.person, now))
    }

    /// What he may see: matters of his posts and their units. Administrators see no business.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let business = self.capacities().into_iter().filter(|capacity| {
            permission::may(permission::role_of(&capacity.duties), Action::HandleDocuments)
        });
        let business: Vec<Capacity> = business.collect();
        let taken_over = self.kit.with_directory(|directory| {
            let units = business.iter().flat_map(|capacity| directory.taken_over(&capacity.unit));
            units.cloned().collect::<Vec<_>>()
        });
        let scope = Scope::new(business.into_iter().map(|c| (c.post, c.unit)));
        scope.with_units(taken_over)
    }

    /// The actor when he acts from `post` to do `action`.
    ///
    /// # Errors
    /// A problem when he does not hold the post now, or the post may not do this.
    pub fn acting(&self, post: &PostId, action: Action) -> Result<Acting, Problem> {
        let now = self.kit.now();
        let actor =
            self.kit.with_directory(|directory| directory.actor(&self.person, post, now))?;
        let capacity = self.capacities().into_iter().find(|c| c.post == *post);
        let capacity = capacity.ok_or_else(Refusal::missing)?;
        if permission::may(permission::role_of(&capacity.duties), action) {
            Ok(Acting { actor, capacity })
        } else {
            Err(forbidden().into())
        }
    }

    /// The actor when he looks after his own account: from his first own post, where he has one.
    #[must_use]
    pub fn own(&self, task: &str) -> Actor {
        own_actor(&self.kit, &self.person, task)
    }

    /// The actor from the first of his posts that may do `action`.
    ///
    /// # Errors
    /// A problem when none may.
    pub fn acting_as_any(&self, action: Action) -> Result<Actor, Problem> {
        let may = |c: &Capacity| permission::may(permission::role_of(&c.duties), action);
        let capacity = self.capacities().into_iter().find(may);
        Ok(capacity.and_then(|c| self.actor(&c.post)).ok_or_else(forbidden)?)
    }

    fn actor(&self, post: &PostId) -> Option<Actor> {
        let now = self.kit.now();
        self.kit.with_directory(|directory| directory.actor(&self.person, post, now)).ok()
    }

    /// Refuses unless he has just proved who he is; what follows gives power over the account.
    ///
    /// # Errors
    /// A problem that asks him to sign in again.
    pub fn just_proved(&self) -> Result<(), Problem> {
        let age_ms = self.kit.now().0.saturating_sub(self.session.created.0);
        if age_ms <= PROVED_MS {
            return Ok(());
        }
        let message = "这项操作要求您刚刚验证过身份。";
        Err(Refusal::new(Kind::Forbidden, "auth.step_up", message)
            .with_next("请重新登录一次，再继续本操作；本页填写的内容会保留。")
            .into())
    }

    /// Refuses unless one of his posts may do `action`.
    ///
    /// # Errors
    /// A problem when none may.
    pub fn require(&self, action: Action) -> Result<(), Problem> {
        let all = self.capacities();
        let allowed = if all.is_empty() {
            permission::may(Role::Postless, action)
        } else {
            all.iter().any(|c| permission::may(permission::role_of(&c.duties), action))
        };
        if allowed { Ok(()) } else { Err(forbidden().into()) }
    }
}

impl SignedIn {
    /// Refuses, as for what does not exist, unless `matter` is in scope.
    ///
    /// # Errors
    /// A problem when it is not, or the engine fails.
    pub async fn must_see(&self, matter: &MatterId) -> Result<(), Problem> {
        let mut values = vec![Datum::text(matter.as_str())];
        let condition = self.scope().condition("p.matter", &mut values);
        let sql =
            format!("select 1 from matter_part p where p.matter = $1 and {condition} limit 1");
        let rows = self.kit.store.reader().query_text(sql, values).await?;
        if rows.is_empty() { Err(Refusal::missing().into()) } else { Ok(()) }
    }
}

fn forbidden() -> Refusal {
    Refusal::new(Kind::Forbidden, "auth.forbidden", "您当前的岗位没有这项权限。")
        .with_next("请切换到有权限的岗位；权限由安全管理员管理。")
}

/// Reads an act id from a request.
///
/// # Errors
/// A problem when it is not one.
pub fn act_id(text: &str) -> Result<ActId, Problem> {
    ActId::parse(text).map_err(|_| {
        let message = "办理编号应为1至64个小写字母、数字或 . _ -。";
        Refusal::new(Kind::Invalid, "request.act_id", message).into()
    })
}
