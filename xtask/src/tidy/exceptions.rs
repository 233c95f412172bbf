//! The only places where a rule of tidy need not hold, each with its reason. It should shrink.

/// A file that a rule does not bind.
pub(super) struct Exception {
    pub(super) rule: &'static str,
    pub(super) path: &'static str,
    #[expect(dead_code, reason = "for whoever reads this list")]
    pub(super) reason: &'static str,
}

const TOOL_READS_DEFAULT: &str = "the tool reads the default export of its own configuration";

/// Every exception.
pub(super) const EXCEPTIONS: [Exception; 4] = [
    Exception {
        rule: "no default export",
        path: "web/eslint.config.ts",
        reason: TOOL_READS_DEFAULT,
    },
    Exception { rule: "no default export", path: "web/vite.config.ts", reason: TOOL_READS_DEFAULT },
    Exception {
        rule: "no default export",
        path: "web/playwright.config.ts",
        reason: TOOL_READS_DEFAULT,
    },
    Exception {
        rule: "no default export",
        path: "web/drawings/playwright.config.ts",
        reason: TOOL_READS_DEFAULT,
    },
];
