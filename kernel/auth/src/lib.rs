//! Who may do and see what; accounts, sessions and throttling; the three administrators.
//!
//! Passwords and session tokens are secrets that must be erasable, so they live in side tables;
//! that someone signed in, failed to, or was given an account is an act like any other.

mod account;
mod passkey;
mod password;
pub mod permission;
mod scope;
mod session;
mod throttle;

pub use account::{Account, AccountEvent, AccountFact, Accounts, SIDE_TABLES, SignIn};
pub use passkey::{Challenge, PasskeyRow, Passkeys};
pub use password::{PASSWORD_CHARACTERS_MIN, check as check_password};
pub use permission::{Action, Role};
pub use scope::{Holder, PARTS, Scope, part_row};
pub use session::{ABSOLUTE_MS, IDLE_MS, PROVED_MS, Session, SessionRow, Token};
