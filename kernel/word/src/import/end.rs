//! What follows the text, taken from the end: 版记, annexes, note, date, names, list of annexes.

use super::item::{Item, LARGE, Line};
use super::words::{apart, date, groups, is_organ, tight};
use super::{Taken, body};
use lingnan_gongwen::{Annex, Attendance, Block, Format, Kind, Printing, Signature, Stamp};

/// Items at the end among which the date is looked for.
const END_MAX: usize = 14;
/// Lines of a list of annexes.
const LIST_MAX: usize = 80;

impl Taken {
    pub(super) fn end(&mut self, items: &mut Vec<Item>) {
        self.imprint(items);
        let bodies = annex_bodies(items);
        for line in items.iter().filter_map(Item::line).filter(|line| is_annex_word(line)) {
            self.note(line, "没有识别为附件的开头，其后的内容留在正文中");
        }
        let after = self.signature(items);
        self.attendance(items);
        self.annex_list(items);
        self.attach(bodies);
        items.extend(after);
    }

    /// 版记
    fn imprint(&mut self, items: &mut Vec<Item>) {
        while let Some(line) = items.last().and_then(Item::line) {
            let text = line.text.trim().replace('\n', "");
            let tight = tight(&text);
            let named = |word: &str| {
                let rest = tight.strip_prefix(word)?.strip_prefix(['：', ':'])?;
                Some(rest.trim_end_matches('。').to_owned())
            };
            if let Some(copies) = named("抄送") {
                self.found.copies = groups(&copies);
            } else if let Some(printing) = printing(&text) {
                self.found.printing = Some(printing);
            } else if tight.starts_with('共') && tight.contains("份") && tight.chars().count() < 12
            {
                let line = line.clone();
                self.note(&line, "印数没有导入");
            } else {
                return;
            }
            items.pop();
        }
    }

    /// 附注、成文日期、署名; what follows the date and is neither comes back.
    fn signature(&mut self, items: &mut Vec<Item>) -> Vec<Item> {
        let from = items.len().saturating_sub(END_MAX);
        let dated = |line: &Line| line.text.split('\t').next_back().and_then(date);
        let at = items
            .iter()
            .skip(from)
            .rposition(|item| item.line().is_some_and(|l| dated(l).is_some()));
        // Where annexes follow that nothing sets apart: the last date under an organ's name.
        let signed = |pair: &[Item]| match pair {
            [name, day] => {
                let organ = name.line().is_some_and(|line| is_organ(&line.text));
                organ && day.line().is_some_and(|line| dated(line).is_some())
            }
            _ => false,
        };
        let earlier = || items.windows(2).rposition(signed).map(|at| at + 1);
        let Some(at) = at.map(|at| at + from).or_else(earlier) else { return Vec::new() };
        let mut after: Vec<Item> = items.drain(at + 1..).collect();
        let note =
            after.iter().position(|item| item.line().is_some_and(|l| bracketed(l).is_some()));
        if let Some(Item::Line(line)) = note.map(|note| after.remove(note)) {
            self.found.note = bracketed(&line);
        }
        if let Some(Item::Line(line)) = items.pop()
            && let Some((day, wrong)) = dated(&line)
        {
            if wrong {
                let spelt = lingnan_gongwen::in_words(day);
                self.note(&line, &format!("成文日期已按规范改写为“{spelt}”"));
            }
            self.found.date = Some(day);
            // What stands before the date on its line is a name.
            let mut parts: Vec<&str> = line.text.split('\t').collect();
            parts.pop();
            let names: Vec<String> = parts.iter().flat_map(|part| apart(part)).collect();
            self.names(items, names);
        }
        after
    }

    /// The names above the date, or the stamps of signers.
    fn names(&mut self, items: &mut Vec<Item>, mut names: Vec<String>) {
        let mut stamps = Vec::new();
        let personal = matches!(self.found.kind, Some(Kind::Order | Kind::Motion))
            || self.found.format == Some(Format::Order);
        while let Some(line) = items.last().and_then(Item::line) {
            let parts = apart(&line.text);
            let short = line.tight().chars().count() <= 60;
            let sentence = line.text.contains(['。', '；']) || line.text.trim().ends_with('：');
            if !short || sentence || parts.is_empty() {
                break;
            }
            let red = line.runs.iter().any(|(text, look)| {
                !text.trim().is_empty() && look.color.is_some_and(|[r, g, _]| r > 150 && g < 110)
            });
            if let ([post, name], true) = (parts.as_slice(), personal || red)
                && !is_organ(name)
            {
                stamps.insert(0, Stamp { post: post.clone(), name: name.clone() });
            } else if parts.iter().all(|part| self.is_name(part, line)) {
                names = parts.into_iter().chain(names).collect();
            } else {
                break;
            }
            items.pop();
        }
        if !stamps.is_empty() {
            self.found.signature = Signature::Stamped(stamps);
        }
        if self.found.issuers.is_empty() {
            self.found.issuers = names;
        }
    }

    fn is_name(&self, part: &str, line: &Line) -> bool {
        let known = self.found.issuers.iter().any(|issuer| issuer == part);
        let aside = line.form.align == Some(lingnan_docx::model::Align::Right)
            || line.text.starts_with('\t')
            || line.text.starts_with("\u{3000}\u{3000}\u{3000}\u{3000}");
        known || (is_organ(part) && (aside || self.found.title.starts_with(part)))
    }

    /// 出席、请假、列席 of minutes.
    fn attendance(&mut self, items: &mut Vec<Item>) {
        let mut attendance = Attendance::default();
        let mut any = false;
        while let Some(line) = items.last().and_then(Item::line) {
            let text = line.text.trim().to_owned();
            let names = |word: &str| {
                let rest = text.strip_prefix(word)?.trim_start_matches("人员");
                let rest = rest.strip_prefix(['：', ':'])?;
                let names = rest.trim_end_matches('。').split('、').map(str::trim);
                Some(names.filter(|name| !name.is_empty()).map(str::to_owned).collect())
            };
            if let Some(present) = names("出席") {
                attendance.present = present;
            } else if let Some(absent) = names("请假") {
                attendance.absent = absent;
            } else if let Some(observers) = names("列席") {
                attendance.observers = observers;
            } else {
                break;
            }
            any = true;
            items.pop();
        }
        if any {
            self.found.attendance = Some(attendance);
            self.found.signature = Signature::None;
        }
    }

    /// 附件说明: names without a stop, counted when there are several (7.3.4).
    fn annex_list(&mut self, items: &mut Vec<Item>) {
        let begins = |line: &Line| {
            let text = line.tight();
            text.starts_with("附件：") || text.starts_with("附件:")
        };
        let from = items.len().saturating_sub(LIST_MAX);
        let at = items.iter().skip(from).rposition(|item| item.line().is_some_and(begins));
        let Some(at) = at.map(|at| at + from) else { return };
        let list: Vec<Item> = items.drain(at..).collect();
        let mut names: Vec<String> = Vec::new();
        for (nth, item) in list.into_iter().enumerate() {
            let Item::Line(line) = item else { continue };
            let text = line.text.trim().replace('\n', "");
            let text = if nth == 0 {
                text.trim_start_matches("附件").trim_start_matches(['：', ':']).trim()
            } else {
                text.as_str()
            };
            let name = counted(text);
            match names.last_mut() {
                // The name goes on; no later name is without a count.
                Some(last) if name.is_none() => last.push_str(text),
                _ => names.push(name.unwrap_or(text).to_owned()),
            }
        }
        let spelt = names.into_iter().map(|name| {
            let name = name.trim_end_matches(['。', '；', '，']).trim().to_owned();
            Annex { name, body: Vec::new() }
        });
        self.found.annexes = spelt.filter(|annex| !annex.name.is_empty()).collect();
    }

    /// Each annex of the file goes with its name in the list.
    fn attach(&mut self, bodies: Vec<Bound>) {
        for (nth, bound) in bodies.into_iter().enumerate() {
            let listed = bound.nth.unwrap_or(nth + 1).checked_sub(1);
            let listed = listed.and_then(|at| self.found.annexes.get_mut(at));
            match listed.filter(|annex| annex.body.is_empty()) {
                Some(annex) => {
                    if tight(&annex.name) != tight(&bound.title) && !bound.title.is_empty() {
                        let (listed, headed) = (&annex.name, &bound.title);
                        self.dropped.push(format!(
                            "附件标题“{headed}”与附件说明“{listed}”不一致，已按附件说明"
                        ));
                    }
                    annex.body = bound.body;
                }
                None => {
                    self.found.annexes.push(Annex { name: bound.title, body: bound.body });
                }
            }
        }
    }
}

/// An annex in the file.
struct Bound {
    nth: Option<usize>,
    title: String,
    body: Vec<Block>,
}

/// Takes the annexes away: each begins with 附件 alone on its line, on a new page or in 黑体, or
/// else after the date and over a title in the middle.
fn annex_bodies(items: &mut Vec<Item>) -> Vec<Bound> {
    let mut bodies = Vec::new();
    let dated = |item: &Item| item.line().is_some_and(|line| date(&line.text).is_some());
    let signed = items.iter().position(dated).unwrap_or(items.len());
    let head = |(at, pair): (usize, &[Item])| match pair {
        [Item::Line(word), Item::Line(title)] if at > signed && is_annex_word(word) => {
            title.is_centered().then_some(at)
        }
        _ => None,
    };
    let begins = |items: &[Item]| {
        let sure = items.iter().rposition(|item| item.line().is_some_and(is_annex_head));
        let titled = items.windows(2).enumerate().filter_map(head).next_back();
        sure.max(titled)
    };
    while let Some(at) = begins(items) {
        let mut own: Vec<Item> = items.drain(at..).collect();
        let head = own.remove(0);
        let nth = head.line().and_then(annex_count);
        let centered = |item: &&Item| item.line().is_some_and(Line::is_centered);
        let first = own.first().and_then(Item::line).map_or(0, Line::size);
        let titled = own.iter().take(5).take_while(centered);
        let titled =
            titled.take_while(|item| item.line().is_some_and(|l| l.size() == first)).count();
        // Lines of one title are large; of others only the first is the title.
        let titled = if first >= LARGE { titled } else { titled.min(1) };
        let title =
            own.drain(..titled).filter_map(|item| Some(item.line()?.text.replace('\n', "")));
        let title = title.map(|line| line.trim().to_owned()).collect();
        bodies.insert(0, Bound { nth, title, body: body::blocks(own) });
    }
    bodies
}

pub(crate) fn is_annex_head(line: &Line) -> bool {
    let font = line.runs.first().and_then(|(_, look)| look.font.as_deref()).unwrap_or_default();
    is_annex_word(line) && (line.new_page || font.contains('黑'))
}

/// 附件 alone at the beginning of its line, perhaps counted.
fn is_annex_word(line: &Line) -> bool {
    let alone =
        annex_count(line).is_some() || tight(&line.text).trim_end_matches(['：', ':']) == "附件";
    alone && !line.is_indented()
}

fn annex_count(line: &Line) -> Option<usize> {
    let text = line.tight();
    let count = text.strip_prefix("附件")?.trim_end_matches(['：', ':']);
    count.parse().ok()
}

/// A name without the count before it.
fn counted(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let name = rest.strip_prefix(['.', '．', '、']).filter(|_| rest.len() < text.len())?;
    Some(name.trim())
}

fn bracketed(line: &Line) -> Option<String> {
    let text = line.text.trim();
    let inner = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    Some(inner.to_owned())
}

/// `某办公室　2026年3月6日印发`
pub(crate) fn printing(text: &str) -> Option<Printing> {
    let said = text.trim().strip_suffix("印发")?.trim_end();
    let at = said.rfind(['\t', '\u{3000}', ' ']);
    let parts = at.map(|at| said.split_at(at));
    let (office, day) = match parts.filter(|(_, day)| date(day).is_some()) {
        Some(parts) => parts,
        // No blank between: the year begins at the first figure.
        None => said.split_at(said.find(|c: char| c.is_ascii_digit())?),
    };
    Some(Printing { office: office.trim().to_owned(), date: date(day)?.0 })
}
