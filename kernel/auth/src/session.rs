//! Sessions: a random token in a cookie, of which only the digest is kept.

use lingnan_base::{Chance, PersonId, Timestamp};
use lingnan_journal::{Datum, Fault};
use lingnan_store::{Statement, Store};
use sha2::{Digest, Sha256};

/// A session ends after this long without use: half an hour.
pub const IDLE_MS: i64 = 30 * 60_000;
/// A session ends after this long in any case: a working day.
pub const ABSOLUTE_MS: i64 = 12 * 3_600_000;
/// How long after signing in one counts as just having proved who one is.
pub const PROVED_MS: i64 = 10 * 60_000;
/// The last use is written at most this often.
const TOUCH_EVERY_MS: i64 = 60_000;

const INSERT: &str = "insert into auth_session \
    (token, id, person, created_ms, used_ms, address, agent) values ($1, $2, $3, $4, $5, $6, $7)";
const SELECT: &str = "select id, person, created_ms, used_ms from auth_session where token = $1";
const TOUCH: &str = "update auth_session set used_ms = $2 where token = $1";
const DELETE: &str = "delete from auth_session where token = $1";
const DELETE_ONE: &str = "delete from auth_session where id = $1 and person = $2";
const LIST: &str = "select id, created_ms, used_ms, address, agent from auth_session \
    where person = $1 order by used_ms desc, id";

/// The secret in the cookie.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A fresh token of 256 bits.
    #[must_use]
    pub fn fresh(chance: &mut Chance) -> Self {
        Self(hex::encode(chance.bytes()))
    }

    /// A token as it came in a cookie.
    #[must_use]
    pub fn from_cookie(text: &str) -> Option<Self> {
        let plain = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        plain.then(|| Self(text.to_owned()))
    }

    /// The text for the cookie.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    fn digest(&self) -> Datum {
        Datum::Blob(Sha256::digest(self.0.as_bytes()).to_vec())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// A session that is good now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its public id.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// Since when.
    pub created: Timestamp,
}

/// A session as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its public id.
    pub id: String,
    /// Since when.
    pub created: Timestamp,
    /// Last used.
    pub used: Timestamp,
    /// From which address.
    pub address: String,
    /// With which browser.
    pub agent: String,
}

/// Where someone signs in from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// The address.
    pub address: String,
    /// The browser, as it calls itself.
    pub agent: String,
}

/// Opens a session with a fresh token.
pub(crate) async fn open(
    store: &Store,
    chance: &mut Chance,
    person: &PersonId,
    origin: &Origin,
) -> Result<Token, Fault> {
    let token = Token::fresh(chance);
    let now = store.now();
    let agent: String = origin.agent.chars().filter(|c| !c.is_control()).take(200).collect();
    let values = vec![
        token.digest(),
        Datum::Text(chance.key(now)),
        Datum::text(person.as_str()),
        Datum::Int(now.0),
        Datum::Int(now.0),
        Datum::text(origin.address.as_str()),
        Datum::Text(agent),
    ];
    store.execute(vec![Statement::new(INSERT, values)]).await?;
    Ok(token)
}

/// The session of a token, if it is good now.
pub(crate) async fn find(store: &Store, token: &Token) -> Result<Option<Session>, Fault> {
    let rows = store.query(SELECT, vec![token.digest()]).await?;
    let Some([Datum::Text(id), Datum::Text(person), Datum::Int(created), Datum::Int(used)]) =
        rows.first().map(Vec::as_slice)
    else {
        return Ok(None);
    };
    let now = store.now().0;
    if now.saturating_sub(*used) > IDLE_MS || now.saturating_sub(*created) > ABSOLUTE_MS {
        close(store, token).await?;
        return Ok(None);
    }
    if now.saturating_sub(*used) > TOUCH_EVERY_MS {
        let values = vec![token.digest(), Datum::Int(now)];
        store.execute(vec![Statement::new(TOUCH, values)]).await?;
    }
    let person = PersonId::parse(person).map_err(|e| Fault::corrupt("auth_session", 0, &e))?;
    Ok(Some(Session { id: id.clone(), person, created: Timestamp(*created) }))
}

/// Whether a session is good now. Asking is not using: it neither prolongs nor ends it.
pub(crate) async fn is_good(store: &Store, token: &Token) -> Result<bool, Fault> {
    let rows = store.query(SELECT, vec![token.digest()]).await?;
    let Some([_, _, Datum::Int(created), Datum::Int(used)]) = rows.first().map(Vec::as_slice)
    else {
        return Ok(false);
    };
    let now = store.now().0;
    Ok(now.saturating_sub(*used) <= IDLE_MS && now.saturating_sub(*created) <= ABSOLUTE_MS)
}

/// Ends the session of a token.
pub(crate) async fn close(store: &Store, token: &Token) -> Result<(), Fault> {
    store.execute(vec![Statement::new(DELETE, vec![token.digest()])]).await.map(|_| ())
}

/// Ends one of a person's sessions by its public id; tells whether there was one.
pub(crate) async fn close_one(store: &Store, person: &PersonId, id: &str) -> Result<bool, Fault> {
    let values = vec![Datum::text(id), Datum::text(person.as_str())];
    let touched = store.execute(vec![Statement::new(DELETE_ONE, values)]).await?;
    Ok(touched == [1])
}

/// A person's sessions, the one used last first.
pub(crate) async fn list(store: &Store, person: &PersonId) -> Result<Vec<SessionRow>, Fault> {
    let rows = store.query(LIST, vec![Datum::text(person.as_str())]).await?;
    let read = |row: Vec<Datum>| match <[Datum; 5]>::try_from(row) {
        Ok(
            [
                Datum::Text(id),
                Datum::Int(created),
                Datum::Int(used),
                Datum::Text(address),
                Datum::Text(agent),
            ],
        ) => Ok(SessionRow {
            id,
            created: Timestamp(created),
            used: Timestamp(used),
            address,
            agent,
        }),
        _ => Err(Fault::corrupt("auth_session", 0, &"a row has columns of other types")),
    };
    rows.into_iter().map(read).collect()
}
