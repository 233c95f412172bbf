//! The one place that says who may do what.

use lingnan_directory::duty;

/// In what role someone asks; follows from the duties of the post he acts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Anyone with a post that is no administrator's.
    Official,
    /// 系统管理员
    SystemAdmin,
    /// 安全管理员
    SecurityAdmin,
    /// 审计管理员
    AuditAdmin,
    /// Signed in without a post.
    Postless,
    /// Not signed in.
    Stranger,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Draft, handle and read documents in which one takes part.
    HandleDocuments,
    /// Look people and units up.
    ReadDirectory,
    /// Appoint, move and dismiss people; change units.
    ManageDirectory,
    /// Open number books.
    ManageNumberBooks,
    /// Try, propose and release processes; suspend, jump and end matters without reading them.
    ManageProcesses,
    /// Give and reset accounts.
    ManageAccounts,
    /// End other people's sessions.
    EndSessions,
    /// Read the journal's envelope: who, when, which command; never what it says.
    ReadJournal,
    /// Read checkpoints and proofs.
    ReadProofs,
    /// See and end one's own sessions.
    ManageOwnSessions,
}

/// Every role, in the order of the matrix.
pub const ROLES: [(Role, &str); 6] = [
    (Role::Official, "公职人员"),
    (Role::SystemAdmin, "系统管理员"),
    (Role::SecurityAdmin, "安全管理员"),
    (Role::AuditAdmin, "审计管理员"),
    (Role::Postless, "无岗位"),
    (Role::Stranger, "未登录"),
];

/// Every action, in the order of the matrix.
pub const ACTIONS: [(Action, &str); 10] = [
    (Action::HandleDocuments, "办理公文与事项"),
    (Action::ReadDirectory, "查通讯录"),
    (Action::ManageDirectory, "管理机构人员"),
    (Action::ManageNumberBooks, "启用字号簿"),
    (Action::ManageProcesses, "管理流程"),
    (Action::ManageAccounts, "管理账号"),
    (Action::EndSessions, "结束他人会话"),
    (Action::ReadJournal, "查验办理日志"),
    (Action::ReadProofs, "读检查点与证明"),
    (Action::ManageOwnSessions, "管理本人会话"),
];

/// Whether `role` may do `action`. The three administrators exclude one another and none of
/// them sees business (GB/T 22239-2019 8.1.4.2 d, 8.1.5).
#[must_use]
pub const fn may(role: Role, action: Action) -> bool {
    match action {
        Action::HandleDocuments => matches!(role, Role::Official),
        Action::ReadDirectory | Action::ReadProofs => {
            !matches!(role, Role::Stranger | Role::Postless)
        }
        Action::ManageDirectory | Action::ManageNumberBooks => matches!(role, Role::SystemAdmin),
        // What one of the two asks for, the other confirms.
        Action::ManageProcesses => matches!(role, Role::SystemAdmin | Role::SecurityAdmin),
        Action::ManageAccounts | Action::EndSessions => matches!(role, Role::SecurityAdmin),
        Action::ReadJournal => matches!(role, Role::AuditAdmin),
        Action::ManageOwnSessions => !matches!(role, Role::Stranger),
    }
}

/// The role of someone with these duties.
#[must_use]
pub fn role_of(duties: &[String]) -> Role {
    let has = |wanted: &str| duties.iter().any(|duty| duty == wanted);
    if has(duty::SYSTEM_ADMIN) {
        Role::SystemAdmin
    } else if has(duty::SECURITY_ADMIN) {
        Role::SecurityAdmin
    } else if has(duty::AUDIT_ADMIN) {
        Role::AuditAdmin
    } else {
        Role::Official
    }
}

/// The matrix as text, for whoever audits.
#[must_use]
pub fn matrix() -> String {
    let mut out = String::from("操作");
    for (_, role) in ROLES {
        out.push('\t');
        out.push_str(role);
    }
    out.push('\n');
    for (action, name) in ACTIONS {
        out.push_str(name);
        for (role, _) in ROLES {
            out.push('\t');
            out.push(if may(role, action) { '✔' } else { '✘' });
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_is_the_one_that_was_agreed() {
        assert_eq!(matrix(), include_str!("../permissions.txt"));
    }

    #[test]
    fn no_administrator_sees_business_and_none_does_anothers_work() {
        let admins = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];
        assert!(admins.iter().all(|role| !may(*role, Action::HandleDocuments)));
        for action in [Action::ManageDirectory, Action::ManageAccounts, Action::ReadJournal] {
            assert_eq!(admins.iter().filter(|role| may(**role, action)).count(), 1);
        }
    }
}
