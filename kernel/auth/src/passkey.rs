//! 通行密钥: a second factor by WebAuthn; challenges live five minutes and serve once.

use lingnan_base::{Chance, PersonId, Timestamp};
use lingnan_journal::{Datum, Fault, Kind, Refusal, Stop};
use lingnan_store::{SideTable, Statement, Store};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// How long a challenge waits for its answer.
const CHALLENGE_MS: i64 = 5 * 60_000;
/// Challenges waiting at once; beyond it the oldest are forgotten.
const WAITING_MAX: usize = 10_000;
/// Passkeys of one person.
const KEYS_MAX: usize = 10;
/// Longest name of a passkey, in characters.
const NAME_MAX: usize = 40;

/// The table of passkeys: public keys and counters.
pub(crate) const TABLE: SideTable = SideTable {
    ddl: "create table if not exists auth_passkey (
        id text not null primary key,
        person text not null,
        name text not null,
        credential text not null,
        created_ms bigint not null)",
};

const SELECT: &str =
    "select id, name, credential, created_ms from auth_passkey where person = $1 order by id";
const INSERT: &str = "insert into auth_passkey (id, person, name, credential, created_ms) \
    values ($1, $2, $3, $4, $5)";
const UPDATE: &str = "update auth_passkey set credential = $2 where id = $1";
const DELETE: &str = "delete from auth_passkey where id = $1 and person = $2";

enum State {
    Registering(Box<PasskeyRegistration>),
    Proving(Box<PasskeyAuthentication>),
}

struct Waiting {
    person: PersonId,
    until: Timestamp,
    state: State,
}

/// A challenge for the browser: the options of `navigator.credentials`, and a ticket to bring
/// back with the answer.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// The ticket.
    pub ticket: String,
    /// The options, as JSON.
    pub options: Value,
}

/// A passkey as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub created: Timestamp,
}

/// The passkeys of a cell; cheap to clone.
#[derive(Clone)]
pub struct Passkeys {
    webauthn: Arc<Webauthn>,
    store: Store,
    chance: Arc<Mutex<Chance>>,
    waiting: Arc<Mutex<BTreeMap<String, Waiting>>>,
}

impl Passkeys {
    /// Passkeys for pages served at `origin`, for example `https://oa.gd.example`.
    ///
    /// # Errors
    /// [`Fault`] when the origin is no URL with a host name (an address is not one).
    pub fn new(store: Store, chance: Chance, origin: &str) -> Result<Self, Fault> {
        let url = Url::parse(origin).map_err(|e| Fault::Engine(format!("origin: {e}")))?;
        let name = url.domain().ok_or_else(|| Fault::Engine("origin has no host name".into()))?;
        let built = WebauthnBuilder::new(name, &url)
            .and_then(|builder| builder.rp_name("岭南").build())
            .map_err(|e| Fault::Engine(format!("origin: {e}")))?;
        Ok(Self {
            webauthn: Arc::new(built),
            store,
            chance: Arc::new(Mutex::new(chance)),
            waiting: Arc::default(),
        })
    }

    /// A challenge to register a passkey.
    ///
    /// # Errors
    /// [`Stop`]: he has enough of them, or the engine fails.
    pub async fn offer(&self, person: &PersonId, name: &str) -> Result<Challenge, Stop> {
        let known = self.keys(person).await?;
        if known.len() >= KEYS_MAX {
            let message = format!("通行密钥最多{KEYS_MAX}个。");
            let refusal = Refusal::new(Kind::Invalid, "auth.passkeys_max", message);
            return Err(refusal.with_next("请先删除不用的通行密钥。").into());
        }
        let exclude = known.iter().map(|(_, key)| key.cred_id().clone()).collect();
        let unique = stable_id(person);
        let begun = self
            .webauthn
            .start_passkey_registration(unique, person.as_str(), name, Some(exclude))
            .map_err(|e| wrong(&e))?;
        let options = serde_json::to_value(begun.0).unwrap_or_default();
        Ok(self.wait(person, State::Registering(Box::new(begun.1)), options))
    }

    /// Takes the browser's answer to [`Passkeys::offer`] and keeps the passkey.
    ///
    /// # Errors
    /// [`Stop`]: the answer is not to this challenge, or the engine fails.
    pub async fn register(
        &self,
        person: &PersonId,
        ticket: &str,
        name: &str,
        answer: Value,
    ) -> Result<(), Stop> {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
        let waiting = self.take(ticket).filter(|waiting| waiting.person == *person);
        let Some(Waiting { state: State::Registering(state), .. }) = waiting else {
            return Err(expired().into());
        };
        let answer: RegisterPublicKeyCredential =
            serde_json::from_value(answer).map_err(|_| expired())?;
        let key =
            self.webauthn.finish_passkey_registration(&answer, &state).map_err(|e| wrong(&e))?;
        let now = self.store.now();
        let id = self.fresh();
        let values = vec![
            Datum::Text(id),
            Datum::text(person.as_str()),
            Datum::Text(if name.is_empty() { "通行密钥".to_owned() } else { name }),
            Datum::Text(written(&key)?),
            Datum::Int(now.0),
        ];
        self.store.execute(vec![Statement::new(INSERT, values)]).await?;
        Ok(())
    }

    /// A challenge to prove that he holds one of his passkeys; none when he has none.
    ///
    /// # Errors
    /// [`Stop`] when the engine fails.
    pub async fn challenge(&self, person: &PersonId) -> Result<Option<Challenge>, Stop> {
        let keys: Vec<Passkey> = self.keys(person).await?.into_iter().map(|(_, key)| key).collect();
        if keys.is_empty() {
            return Ok(None);
        }
        let begun = self.webauthn.start_passkey_authentication(&keys).map_err(|e| wrong(&e))?;
        let options = serde_json::to_value(begun.0).unwrap_or_default();
        Ok(Some(self.wait(person, State::Proving(Box::new(begun.1)), options)))
    }

    /// Takes the browser's answer to [`Passkeys::challenge`]; tells who has proved himself.
    ///
    /// # Errors
    /// [`Stop`]: the answer is wrong, late or used, or the engine fails.
    pub async fn prove(&self, ticket: &str, answer: Value) -> Result<PersonId, Stop> {
        let Some(Waiting { person, state: State::Proving(state), .. }) = self.take(ticket) else {
            return Err(expired().into());
        };
        let answer: PublicKeyCredential = serde_json::from_value(answer).map_err(|_| expired())?;
        let result =
            self.webauthn.finish_passkey_authentication(&answer, &state).map_err(|e| wrong(&e))?;
        for (id, mut key) in self.keys(&person).await? {
            if key.update_credential(&result) == Some(true) {
                let values = vec![Datum::Text(id), Datum::Text(written(&key)?)];
                self.store.execute(vec![Statement::new(UPDATE, values)]).await?;
            }
        }
        Ok(person)
    }

    /// A person's passkeys.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn list(&self, person: &PersonId) -> Result<Vec<PasskeyRow>, Fault> {
        let rows = self.store.query(SELECT, vec![Datum::text(person.as_str())]).await?;
        let read = |row: &Vec<Datum>| match row.as_slice() {
            [Datum::Text(id), Datum::Text(name), _, Datum::Int(created)] => Some(PasskeyRow {
                id: id.clone(),
                name: name.clone(),
                created: Timestamp(*created),
            }),
            _ => None,
        };
        Ok(rows.iter().filter_map(read).collect())
    }

    /// Removes one of a person's passkeys.
    ///
    /// # Errors
    /// [`Stop`]: there is none of this id, or the engine fails.
    pub async fn remove(&self, person: &PersonId, id: &str) -> Result<(), Stop> {
        let values = vec![Datum::text(id), Datum::text(person.as_str())];
        let touched = self.store.execute(vec![Statement::new(DELETE, values)]).await?;
        if touched == [1] { Ok(()) } else { Err(Refusal::missing().into()) }
    }

    async fn keys(&self, person: &PersonId) -> Result<Vec<(String, Passkey)>, Fault> {
        let rows = self.store.query(SELECT, vec![Datum::text(person.as_str())]).await?;
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            let [Datum::Text(id), _, Datum::Text(credential), _] = row.as_slice() else {
                return Err(Fault::corrupt("auth_passkey", 0, &"a row has other columns"));
            };
            let key = serde_json::from_str(credential)
                .map_err(|e| Fault::corrupt("auth_passkey", 0, &e))?;
            keys.push((id.clone(), key));
        }
        Ok(keys)
    }

    fn fresh(&self) -> String {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        hex::encode(chance.bytes())
    }

    fn wait(&self, person: &PersonId, state: State, options: Value) -> Challenge {
        let ticket = self.fresh();
        let now = self.store.now();
        let until = now.plus_ms(CHALLENGE_MS);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, one| one.until > now);
        if waiting.len() >= WAITING_MAX {
            waiting.clear();
        }
        waiting.insert(ticket.clone(), Waiting { person: person.clone(), until, state });
        Challenge { ticket, options }
    }

    fn take(&self, ticket: &str) -> Option<Waiting> {
        let now = self.store.now();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.remove(ticket).filter(|one| one.until > now)
    }
}

/// The user handle: follows from the person, so that authenticators recognise him.
fn stable_id(person: &PersonId) -> Uuid {
    use sha2::{Digest, Sha256};
    let digest: [u8; 32] = Sha256::digest(person.as_str().as_bytes()).into();
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = digest;
    Uuid::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
}

fn written(key: &Passkey) -> Result<String, Fault> {
    serde_json::to_string(key).map_err(|e| Fault::corrupt("auth_passkey", 0, &e))
}

fn expired() -> Refusal {
    Refusal::new(
        Kind::Forbidden,
        "auth.challenge_expired",
        "这次验证已失效，或不是对本次验证的应答。",
    )
    .with_next("请重新开始。")
}

fn wrong(error: &WebauthnError) -> Refusal {
    tracing::warn!(%error, "a passkey was not accepted");
    Refusal::new(Kind::Forbidden, "auth.passkey", "通行密钥没有通过验证。")
        .with_next("请确认使用的是本人登记的通行密钥，并从登记时的网址访问。")
}
