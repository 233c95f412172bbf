//! Accounts: signing in and out; what happened is an act, the secret is not.

use crate::session::{self, Origin, Session, SessionRow, Token};
use crate::{password, throttle};
use lingnan_base::{Chance, PersonId, Timestamp};
use lingnan_journal::{
    ActId, Actor, Answer, Command, Datum, Draft, Fault, Kind, Matter, MatterId, Refusal, Row,
    Stamp, Stop,
};
use lingnan_store::{SideTable, Statement, Store};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Tables of secrets and counters; nothing here is computed from the journal.
pub const SIDE_TABLES: [SideTable; 5] = [
    crate::passkey::TABLE,
    SideTable {
        ddl: "create table if not exists auth_account (
            person text not null primary key,
            salt {blob} not null,
            hash {blob} not null,
            changed_ms bigint not null)",
    },
    SideTable {
        ddl: "create table if not exists auth_session (
            token {blob} not null primary key,
            id text not null,
            person text not null,
            created_ms bigint not null,
            used_ms bigint not null,
            address text not null,
            agent text not null)",
    },
    SideTable {
        ddl: "create index if not exists auth_session_person on auth_session (person, used_ms)",
    },
    SideTable {
        ddl: "create table if not exists auth_throttle (
            name text not null primary key,
            failures bigint not null,
            last_ms bigint not null)",
    },
];

/// What can be recorded of an account; never a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum AccountFact {
    /// A password was set.
    PasswordSet,
    /// A passkey was registered.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// Signed in.
    SignedIn {
        /// The address's network part only.
        network: String,
    },
    /// Signed out, or the session was ended.
    SignedOut,
}

/// An account's history in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Last sign-in.
    pub last_sign_in: Option<Timestamp>,
    /// Whether it has a password.
    pub has_password: bool,
}

impl Matter for Account {
    const KIND: &'static str = "account";
    const FOLD_VERSION: u32 = 1;
    type Fact = AccountFact;

    fn unwritten() -> Self {
        Self { last_sign_in: None, has_password: false }
    }

    fn fold(&mut self, fact: &AccountFact, stamp: &Stamp) {
        match fact {
            AccountFact::PasswordSet => self.has_password = true,
            AccountFact::SignedIn { .. } => self.last_sign_in = Some(stamp.time),
            AccountFact::PasskeyAdded | AccountFact::PasskeyRemoved | AccountFact::SignedOut => {}
        }
    }

    fn rows(&self, _: &MatterId) -> Vec<Row> {
        Vec::new()
    }
}

/// Records something of an account.
#[derive(Debug, Clone)]
pub struct AccountEvent {
    /// Whose.
    pub person: PersonId,
    /// What.
    pub fact: AccountFact,
}

impl Command for AccountEvent {
    fn name(&self) -> &'static str {
        match self.fact {
            AccountFact::PasswordSet => "account.set_password",
            AccountFact::PasskeyAdded => "account.add_passkey",
            AccountFact::PasskeyRemoved => "account.remove_passkey",
            AccountFact::SignedIn { .. } => "account.sign_in",
            AccountFact::SignedOut => "account.sign_out",
        }
    }

    fn request(&self) -> Value {
        json!({ "person": self.person, "fact": self.fact })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = MatterId::new(Account::KIND, self.person.as_str())
            .map_err(|e| Fault::corrupt(self.person.as_str(), 0, &e))?;
        draft.record::<Account>(&id, std::slice::from_ref(&self.fact))?;
        Ok(json!({}))
    }
}

const SELECT: &str = "select salt, hash from auth_account where person = $1";
const DELETE: &str = "delete from auth_account where person = $1";
const INSERT: &str =
    "insert into auth_account (person, salt, hash, changed_ms) values ($1, $2, $3, $4)";
const COUNT: &str = "select count(*) from auth_account";

/// An attempt to sign in.
pub struct SignIn {
    /// As whom.
    pub person: String,
    /// With which password.
    pub password: String,
    /// From where.
    pub address: String,
    /// With which browser.
    pub agent: String,
}

/// Under which name tries of the one-time password are counted.
const SETUP: &str = "setup";

/// Passwords hashed at once: each takes 19 MiB and a core.
const HASHING_MAX: usize = 2;

/// The accounts of a cell; cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    store: Store,
    chance: Arc<Mutex<Chance>>,
    /// Tries are counted in turn.
    turn: Arc<tokio::sync::Mutex<()>>,
    hashing: Arc<Semaphore>,
}

impl Accounts {
    /// The accounts kept in `store`; `chance` must be unguessable.
    #[must_use]
    pub fn new(store: Store, chance: Chance) -> Self {
        Self {
            store,
            chance: Arc::new(Mutex::new(chance)),
            turn: Arc::default(),
            hashing: Arc::new(Semaphore::new(HASHING_MAX)),
        }
    }

    /// Chance of its own for whoever needs some that cannot be guessed.
    #[must_use]
    pub fn chance(&self) -> Chance {
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).split()
    }

    /// Whether nobody has an account yet.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn is_empty(&self) -> Result<bool, Fault> {
        Ok(self.store.query(COUNT, vec![]).await? == [[Datum::Int(0)]])
    }

    /// Sets a person's password and records that it was set.
    ///
    /// # Errors
    /// [`Stop`]: the password breaks a rule, or the engine fails.
    pub async fn set_password(&self, by: Actor, person: &PersonId, new: &str) -> Result<(), Stop> {
        self.set_passwords(by, &[(person.clone(), new.to_owned())]).await
    }

    /// Sets several people's passwords, all or none.
    ///
    /// # Errors
    /// [`Stop`]: a password breaks a rule, or the engine fails.
    pub async fn set_passwords(&self, by: Actor, new: &[(PersonId, String)]) -> Result<(), Stop> {
        for (_, password) in new {
            password::check(password)?;
        }
        let now = self.store.now();
        let mut statements = Vec::new();
        for (person, password) in new {
            let salt = self.chance().bytes();
            let hash = self.hash(password.clone(), salt.to_vec()).await?;
            let key = Datum::text(person.as_str());
            let values = vec![
                key.clone(),
                Datum::Blob(salt.to_vec()),
                Datum::Blob(hash.to_vec()),
                Datum::Int(now.0),
            ];
            statements.push(Statement::new(DELETE, vec![key]));
            statements.push(Statement::new(INSERT, values));
        }
        // The journal first: a password may fail to change after it was announced, but never
        // change unannounced.
        for (person, _) in new {
            self.record(by.clone(), person, AccountFact::PasswordSet).await?;
        }
        self.store.execute(statements).await?;
        Ok(())
    }

    /// Checks a password. Whatever is wrong, the answer is the same and takes the same work.
    ///
    /// # Errors
    /// [`Stop`]: one refusal for an unknown name and a wrong password, another when there were
    /// too many tries.
    pub async fn check(&self, attempt: &SignIn) -> Result<PersonId, Stop> {
        let named = PersonId::parse(&attempt.person).ok();
        // Names that cannot be anyone's share one count.
        let account = format!("account:{}", named.as_ref().map_or("?", PersonId::as_str));
        let address = format!("address:{}", attempt.address);
        self.enter(&[&account, &address]).await?;
        let key = named.as_ref().map_or("", PersonId::as_str);
        let row = self.store.query(SELECT, vec![Datum::text(key)]).await?;
        let (salt, kept) = match row.first().map(Vec::as_slice) {
            Some([Datum::Blob(salt), Datum::Blob(hash)]) => (salt.clone(), hash.clone()),
            // Someone unknown costs the same hash as someone known.
            _ => (vec![0; 32], Vec::new()),
        };
        let hash = self.hash(attempt.password.clone(), salt).await?;
        let Some(person) = named.filter(|_| password::equal(&hash, &kept)) else {
            return Err(Refusal::new(Kind::Forbidden, "auth.not_signed_in", "用户名或口令不对。")
                .with_next("请核对后再试；忘记口令请联系安全管理员。")
                .into());
        };
        throttle::succeeded(&self.store, &account).await?;
        throttle::returned(&self.store, &address).await?;
        Ok(person)
    }

    /// Checks what someone at `address` gives as the one-time password of the first run.
    ///
    /// # Errors
    /// [`Stop`]: it is another, or there were too many tries.
    pub async fn check_setup(&self, token: &str, given: &str, address: &str) -> Result<(), Stop> {
        let address = format!("address:{address}");
        self.enter(&[SETUP, &address]).await?;
        if !password::equal(given.as_bytes(), token.as_bytes()) {
            let next = "一次性口令印在服务器启动时的输出里，每次启动都不同，请用最近一次的。";
            return Err(Refusal::new(Kind::Forbidden, "auth.setup_token", "一次性口令不对。")
                .with_next(next)
                .into());
        }
        throttle::succeeded(&self.store, SETUP).await?;
        throttle::returned(&self.store, &address).await?;
        Ok(())
    }

    /// Lets a try of all `names` in, in its turn.
    async fn enter(&self, names: &[&str]) -> Result<(), Stop> {
        let _turn = self.turn.lock().await;
        let wait = throttle::enter(&self.store, names, self.store.now()).await?;
        if wait == 0 {
            return Ok(());
        }
        let seconds = wait.saturating_add(999) / 1_000;
        let message = format!("尝试次数过多，请{seconds}秒后再试。");
        Err(Refusal::new(Kind::Forbidden, "auth.throttled", message).into())
    }

    /// Hashing takes long: it must not hold up others.
    async fn hash(&self, password: String, salt: Vec<u8>) -> Result<[u8; 32], Fault> {
        let _place = self.hashing.acquire().await.map_err(|e| Fault::Engine(e.to_string()))?;
        tokio::task::spawn_blocking(move || password::hash(&password, &salt))
            .await
            .map_err(|e| Fault::Engine(e.to_string()))?
    }

    /// Opens a session for someone who has proved who he is, and records it.
    ///
    /// # Errors
    /// [`Stop`] when the engine fails.
    pub async fn open_session(
        &self,
        by: Actor,
        person: &PersonId,
        address: &str,
        agent: &str,
    ) -> Result<Token, Stop> {
        let mut chance = self.chance();
        let origin = Origin { address: address.to_owned(), agent: agent.to_owned() };
        let token = session::open(&self.store, &mut chance, person, &origin).await?;
        let network = network(address);
        self.record(by, person, AccountFact::SignedIn { network }).await?;
        Ok(token)
    }

    /// Records something of an account.
    ///
    /// # Errors
    /// [`Stop`] when the engine fails.
    pub async fn record(
        &self,
        by: Actor,
        person: &PersonId,
        fact: AccountFact,
    ) -> Result<(), Stop> {
        let key = self.chance().key(self.store.now());
        let id =
            ActId::parse(&format!("account-{key}")).map_err(|e| Fault::corrupt("act id", 0, &e))?;
        let event = AccountEvent { person: person.clone(), fact };
        self.store.submit(id, by, event).await.map(|_| ())
    }

    /// The session of a token, if it is good now.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn session(&self, token: &Token) -> Result<Option<Session>, Fault> {
        session::find(&self.store, token).await
    }

    /// Whether a token's session is good now, without counting as its use: for streams that stay
    /// open by themselves.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn is_session_good(&self, token: &Token) -> Result<bool, Fault> {
        session::is_good(&self.store, token).await
    }

    /// Ends the session of a token, if there is one.
    ///
    /// # Errors
    /// [`Stop`] when the engine fails.
    pub async fn sign_out(&self, by: Actor, token: &Token) -> Result<(), Stop> {
        let Some(session) = self.session(token).await? else { return Ok(()) };
        session::close(&self.store, token).await?;
        self.record(by, &session.person, AccountFact::SignedOut).await
    }

    /// A person's sessions.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn sessions(&self, person: &PersonId) -> Result<Vec<SessionRow>, Fault> {
        session::list(&self.store, person).await
    }

    /// Ends one of a person's sessions.
    ///
    /// # Errors
    /// [`Stop`]: there is none of this id, or the engine fails.
    pub async fn end_session(&self, by: Actor, person: &PersonId, id: &str) -> Result<(), Stop> {
        if !session::close_one(&self.store, person, id).await? {
            return Err(Refusal::missing().into());
        }
        self.record(by, person, AccountFact::SignedOut).await
    }

    /// Ends every session of a person.
    ///
    /// # Errors
    /// [`Stop`] when the engine fails.
    pub async fn end_all(&self, by: Actor, person: &PersonId) -> Result<(), Stop> {
        for session in self.sessions(person).await? {
            // One that ends meanwhile by itself has ended.
            if session::close_one(&self.store, person, &session.id).await? {
                self.record(by.clone(), person, AccountFact::SignedOut).await?;
            }
        }
        Ok(())
    }
}

/// The network part of an address: enough to notice a strange place, not enough to follow a
/// person.
fn network(address: &str) -> String {
    match address.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(v4)) => {
            let [a, b, ..] = v4.octets();
            format!("{a}.{b}.0.0/16")
        }
        Ok(std::net::IpAddr::V6(v6)) => {
            let [a, b, ..] = v6.segments();
            format!("{a:x}:{b:x}::/32")
        }
        Err(_) => String::new(),
    }
}
