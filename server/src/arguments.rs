//! The command line's own words, in Chinese: its help, and why arguments cannot be taken.

use clap::Parser;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::process::ExitCode;

/// What the parser writes of itself, in help and usage; the longer before what it begins with.
const WORDS: [(&str, &str); 12] = [
    ("Usage: ", "用法："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
    ("Print this message or the help of the given subcommand(s)", "显示本说明，或一个命令的说明"),
    ("Print help (see more with '--help')", "显示说明"),
    ("Print help (see a summary with '-h')", "显示说明"),
    ("Print help", "显示说明"),
    ("Print version", "显示版本"),
    ("[default:", "[默认："),
];

/// As sysexits and the parser itself have it: a wrong use of the command line.
const WRONG_USE: u8 = 2;

/// The arguments of this process.
///
/// # Errors
/// How the process ends: well where help or the version was asked for, which is then told; badly
/// where the arguments cannot be taken, and why is told.
pub fn read<A: Parser>() -> Result<A, ExitCode> {
    A::try_parse().map_err(|error| told(&error))
}

#[expect(clippy::print_stdout, reason = "help is a command's result")]
#[expect(clippy::print_stderr, reason = "whoever types is told what was wrong")]
fn told(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{}", help(error));
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{}", help(error));
            ExitCode::from(WRONG_USE)
        }
        _ => {
            eprintln!("{}", sentence(error));
            ExitCode::from(WRONG_USE)
        }
    }
}

fn help(error: &Error) -> String {
    WORDS.iter().fold(error.render().to_string(), |text, (own, word)| text.replace(own, word))
}

/// What was wrong, and what to do next.
fn sentence(error: &Error) -> String {
    let part = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (part(ContextKind::InvalidArg), part(ContextKind::InvalidValue));
    let wrong = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", part(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("还要写明：{argument}"),
        ErrorKind::MissingSubcommand => "还要写明命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面还要写值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("“{argument}”不能是“{value}”")
        }
        ErrorKind::ArgumentConflict => {
            format!("“{argument}”不能与“{}”同时使用", part(ContextKind::PriorArg))
        }
        _ => format!("参数不对：{}", error.render().to_string().trim()),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(part).concat();
    let near = if near.is_empty() { near } else { format!("是否要用“{near}”？") };
    format!("{wrong}。{near}加上 --help 可以看用法。")
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Parser)]
    enum Task {
        /// 公文
        Render {
            file: String,
            #[arg(long)]
            pages: Option<u8>,
        },
    }

    fn said(words: &[&str]) -> String {
        let error = Task::try_parse_from(["lingnan"].iter().chain(words)).unwrap_err();
        if error.use_stderr() { sentence(&error) } else { help(&error) }
    }

    #[test]
    fn what_is_wrong_is_said_in_chinese_with_what_was_probably_meant() {
        let next = "加上 --help 可以看用法。";
        for (words, expected) in [
            (&["rendr"][..], format!("没有“rendr”这个命令。是否要用“render”？{next}")),
            (&["render"], format!("还要写明：<FILE>。{next}")),
            (&["render", "a", "--page"], {
                format!("没有“--page”这个参数。是否要用“--pages”？{next}")
            }),
            (&["render", "a", "--pages", "x"], format!("“--pages <PAGES>”不能是“x”。{next}")),
            (&["render", "a", "--pages"], format!("“--pages <PAGES>”后面还要写值。{next}")),
        ] {
            assert_eq!(said(words), expected);
        }
    }

    #[test]
    fn help_has_no_english_words_of_the_parser() {
        let text = said(&["render", "--help"]);
        assert!(text.contains("用法：lingnan render [选项] <FILE>"), "{text}");
        assert!(["Usage", "Options", "Print", "Arguments"].iter().all(|w| !text.contains(w)));
    }
}
