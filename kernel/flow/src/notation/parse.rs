//! Reading a process text, by descent; what is not known is refused with its place.

use super::token::{Kind, Token, tokens};
use super::{Mistake, Process};
use crate::definition::{Block, DEPTH_MAX, Node, Policy, Ratio, Who};

/// Longest identifier, in characters.
const ID_MAX: usize = 64;
/// Longest name, in characters; a basis quotes articles and may be longer.
const NAME_MAX: usize = 40;
/// Longest basis, in characters.
const BASIS_MAX: usize = 200;
/// Longest limit that a step may set, in working days: one year has some 250.
const LIMIT_DAYS_MAX: u32 = 250;

const STEP: &str = "环节（step、any、first、seq、vote）、par、“}”或 end";

pub(super) fn process(text: &str) -> Result<Process, Mistake> {
    let mut reader = Reader { tokens: tokens(text)?.into_iter().peekable() };
    reader.keyword("process")?;
    let (id, name) = (reader.id()?, reader.text("流程名称", NAME_MAX)?);
    reader.keyword("basis")?;
    let mut basis = vec![reader.text("依据", BASIS_MAX)?];
    while reader.took("basis") {
        basis.push(reader.text("依据", BASIS_MAX)?);
    }
    let steps = reader.steps(0)?;
    if !reader.took("end") {
        return Err(reader.mistake(STEP));
    }
    match reader.tokens.next() {
        Some(token) if token.kind != Kind::End => Err(mistake(&token, "文件结尾")),
        _ => Ok(Process { id, name, basis, root: Block::Seq(steps) }),
    }
}

struct Reader {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
}

fn mistake(token: &Token, expected: &str) -> Mistake {
    Mistake::new(token.line, token.column, expected, &token.kind.to_string())
}

impl Reader {
    /// What is wrong with the next token. The end is never taken, so there is one.
    fn mistake(&mut self, expected: &str) -> Mistake {
        let none = || Mistake::new(1, 1, expected, &Kind::End.to_string());
        self.tokens.peek().map_or_else(none, |token| mistake(token, expected))
    }

    /// Takes the next word when `read` makes something of it.
    fn word<T>(
        &mut self,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Mistake> {
        let read = match self.tokens.peek() {
            Some(Token { kind: Kind::Word(word), .. }) => read(word),
            _ => None,
        };
        let Some(read) = read else { return Err(self.mistake(expected)) };
        self.tokens.next();
        Ok(read)
    }

    fn keyword(&mut self, keyword: &str) -> Result<(), Mistake> {
        self.word(&format!("“{keyword}”"), |word| (word == keyword).then_some(()))
    }

    fn took(&mut self, keyword: &str) -> bool {
        self.keyword(keyword).is_ok()
    }

    fn mark(&mut self, kind: &Kind) -> Result<(), Mistake> {
        if self.tokens.next_if(|token| token.kind == *kind).is_some() {
            return Ok(());
        }
        Err(self.mistake(&kind.to_string()))
    }

    fn id(&mut self) -> Result<String, Mistake> {
        self.word("标识（小写字母开头，只含小写字母、数字和下划线）", id)
    }

    fn text(&mut self, expected: &str, max: usize) -> Result<String, Mistake> {
        let expected = format!("带引号的{expected}，不超过{max}字");
        let found = match self.tokens.peek() {
            Some(Token { kind: Kind::Text(text), .. }) => Some(text.clone()),
            _ => None,
        };
        let found = found.filter(|text| !text.trim().is_empty() && text.chars().count() <= max);
        let Some(found) = found else { return Err(self.mistake(&expected)) };
        self.tokens.next();
        Ok(found)
    }

    fn steps(&mut self, depth: usize) -> Result<Vec<Block>, Mistake> {
        if depth > DEPTH_MAX / 2 {
            return Err(self.mistake("更浅的嵌套"));
        }
        let mut steps = Vec::new();
        while let Ok(head) = self.word(STEP, head) {
            steps.push(match head {
                Head::Par => self.par(depth)?,
                Head::Node(policy) => Block::Node(self.node(policy)?),
            });
        }
        if steps.is_empty() {
            return Err(self.mistake("至少一个环节"));
        }
        Ok(steps)
    }

    fn par(&mut self, depth: usize) -> Result<Block, Mistake> {
        let mut branches = vec![self.branch(depth)?];
        self.keyword("and")?;
        branches.push(self.branch(depth)?);
        while self.took("and") {
            branches.push(self.branch(depth)?);
        }
        Ok(Block::Par(branches))
    }

    fn branch(&mut self, depth: usize) -> Result<Block, Mistake> {
        self.mark(&Kind::Open)?;
        let mut steps = self.steps(depth.saturating_add(1))?;
        if self.mark(&Kind::Close).is_err() {
            return Err(self.mistake(STEP));
        }
        Ok(match steps.pop() {
            Some(only) if steps.is_empty() => only,
            last => Block::Seq(steps.into_iter().chain(last).collect()),
        })
    }

    fn node(&mut self, policy: Option<Policy>) -> Result<Node, Mistake> {
        let (id, name) = (self.id()?, self.text("环节名称", NAME_MAX)?);
        self.keyword("by")?;
        let who = self.word("办理人（starter、duty:职责 或 form.字段）", who)?;
        let policy = match policy {
            Some(policy) => policy,
            None => Policy::Ratio(self.word("比例（如 2/3）", ratio)?),
        };
        let limit_days = match self.took("due") {
            true => Some(self.word("时限（1wd 至 250wd）", limit)?),
            false => None,
        };
        let when = match self.took("when") {
            true => Some(self.word("条件（form.字段）", field)?),
            false => None,
        };
        let irreversible = self.took("irreversible");
        Ok(Node { id, name, who, policy, limit_days, when, irreversible })
    }
}

enum Head {
    Par,
    /// The policy that the keyword says; a vote says its share later.
    Node(Option<Policy>),
}

fn head(word: &str) -> Option<Head> {
    Some(match word {
        "par" => Head::Par,
        "step" => Head::Node(Some(Policy::All)),
        "any" => Head::Node(Some(Policy::Any)),
        "first" => Head::Node(Some(Policy::First)),
        "seq" => Head::Node(Some(Policy::Sequential)),
        "vote" => Head::Node(None),
        _ => return None,
    })
}

fn id(word: &str) -> Option<String> {
    let starts = word.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (starts && rest && word.len() <= ID_MAX).then(|| word.to_owned())
}

fn field(word: &str) -> Option<String> {
    id(word.strip_prefix("form.")?)
}

fn who(word: &str) -> Option<Who> {
    if word == "starter" {
        return Some(Who::Starter);
    }
    match word.strip_prefix("duty:") {
        Some(duty) => id(duty).map(Who::Duty),
        None => field(word).map(Who::Field),
    }
}

/// Written as it is printed: no sign, no leading zero.
fn count(text: &str) -> Option<u32> {
    let count: u32 = text.parse().ok()?;
    (count > 0 && count.to_string() == text).then_some(count)
}

fn ratio(word: &str) -> Option<Ratio> {
    let (part, whole) = word.split_once('/')?;
    let (part, whole) = (count(part)?, count(whole)?);
    (part <= whole).then_some(Ratio { part, whole })
}

fn limit(word: &str) -> Option<u32> {
    count(word.strip_suffix("wd")?).filter(|days| *days <= LIMIT_DAYS_MAX)
}
