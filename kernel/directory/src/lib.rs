//! The directory: units of five levels, their posts, and the people who hold them; pure.
//!
//! Posts, not names, carry duties. A unit is a matter with its posts, a person is a matter with
//! his seats; [`Directory`] is the index over both that the process holds in memory.

mod commands;
mod demonstration;
pub mod generate;
mod import;
mod index;
mod person;
mod search;
mod tree;
mod unit;

pub use commands::{
    Abolish, Appoint, AppointMany, Delegate, EndDelegation, Leave, Merge, Rename, Unseat,
};
pub use demonstration::{Demonstration, DemonstrationPerson, demonstration_people};
pub use import::{ImportError, ImportUnits, Planned, plan};
pub use index::{Capacity, Directory};
pub use person::{Delegation, Held, PEOPLE, Person, PersonFact, SEATS};
pub use search::Found;
pub use unit::{Level, POSTS, Post, Status, UNITS, Unit, UnitFact, UnitKind};

/// A duty of a post, as data: what processes ask for.
pub mod duty {
    /// Drafts documents (拟稿).
    pub const DRAFTER: &str = "drafter";
    /// Checks drafts before they are signed (核稿).
    pub const REVIEWER: &str = "reviewer";
    /// Signs documents (签发).
    pub const LEADER: &str = "leader";
    /// Heads the unit.
    pub const HEAD: &str = "head";
    /// Keeps numbers, sends and receives (文书、收发).
    pub const CLERK: &str = "clerk";
    /// System administrator (系统管理员).
    pub const SYSTEM_ADMIN: &str = "system_admin";
    /// Security administrator (安全管理员).
    pub const SECURITY_ADMIN: &str = "security_admin";
    /// Audit administrator (审计管理员).
    pub const AUDIT_ADMIN: &str = "audit_admin";
    /// The three administrators, of whom a person may be one at most.
    pub const ADMINISTRATORS: [&str; 3] = [SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN];
}
