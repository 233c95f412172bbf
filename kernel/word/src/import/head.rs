//! 版头, title, addressees.

use super::Taken;
use super::item::{Item, LARGE, Line};
use super::words::{apart, date, groups, is_organ, number, serial, tight};
use lingnan_gongwen::{Format, Kind, Mark, Signature, Urgency};

/// Items in which the title is looked for: the head of a joint document has some twenty.
const HEAD_MAX: usize = 40;
/// Characters of a line of addressees.
const ADDRESSEES_MAX: usize = 600;

impl Taken {
    /// Takes everything down to the addressees.
    pub(super) fn head(&mut self, items: &mut Vec<Item>, property: &str) {
        let (from, until) = title(items);
        let head: Vec<Item> = items.drain(..from).collect();
        for item in head {
            match item {
                Item::Line(line) => self.head_line(line),
                other @ Item::Other(_) => self.front.push(other),
            }
        }
        let parts = items.drain(..until - from).filter_map(|item| match item {
            Item::Line(line) => Some(line.text.replace('\n', "").trim().to_owned()),
            Item::Other(_) => None,
        });
        self.found.title = parts.collect();
        if self.found.title.is_empty() && self.found.format == Some(Format::Order) {
            property.clone_into(&mut self.found.title);
        }
        self.settle();
        self.captions(items);
        self.recipients(items);
    }

    fn head_line(&mut self, line: Line) {
        let tight = line.tight();
        let named = |urgency: &Urgency| urgency.name() == tight;
        let urgency = [Urgency::Urgent, Urgency::MostUrgent].into_iter().find(named);
        if tight.len() == 6 && tight.bytes().all(|byte| byte.is_ascii_digit()) {
            self.found.copy_number = tight.parse().ok();
        } else if urgency.is_some() {
            self.found.urgency = urgency;
        } else if is_mark(&line) {
            self.mark(&line);
        } else if self.numbered(&line) {
        } else if self.found.number.is_none() && serial(&tight).is_some() {
            self.found.serial = serial(&tight);
        } else if let Some(day) = apart(&line.text).last().and_then(|part| date(part)) {
            self.found.date = Some(day.0);
        } else {
            self.note(&line, "未能识别为公文要素，留在正文开头");
            self.front.push(Item::Line(line));
        }
    }

    /// 份号、紧急程度 of a letter stand beside its number; signers beside that of a report.
    fn numbered(&mut self, line: &Line) -> bool {
        let (before, names) = match line.text.split_once("签发人") {
            Some((before, names)) => (before, Some(names.trim_start_matches(['：', ':', ' ']))),
            // A second line of signers, under the first one.
            None if !self.found.signers.is_empty() && self.found.number.is_none() => {
                match line.text.split_once('\t') {
                    Some((before, names)) => (before, Some(names)),
                    None => (line.text.as_str(), None),
                }
            }
            None => (line.text.as_str(), None),
        };
        let mut found = false;
        if let Some(names) = names {
            self.found.signers.extend(apart(names));
            found = true;
        }
        for part in apart(before) {
            if let Some((number, wrong, _)) = number(&part) {
                if wrong {
                    self.note(line, &format!("发文字号已按规范改写为“{number}”"));
                }
                self.found.number = Some(number);
                found = true;
            } else if found || names.is_some() || number_beside(before) {
                let urgency = [Urgency::Urgent, Urgency::MostUrgent];
                self.found.urgency =
                    urgency.into_iter().find(|one| one.name() == part).or(self.found.urgency);
                if part.len() == 6 {
                    self.found.copy_number = part.parse().ok().or(self.found.copy_number);
                }
            }
        }
        found
    }

    fn mark(&mut self, line: &Line) {
        let text = line.tight();
        if line.in_head {
            self.found.format = Some(Format::Letter);
        }
        let (name, with) = match text.strip_suffix("文件") {
            Some(name) => (name, true),
            None => (text.as_str(), false),
        };
        if self.found.issuers.is_empty() {
            self.found.mark = Mark::NameOnly;
        }
        if with {
            self.found.mark = Mark::WithWord;
            self.found.format = Some(Format::Document);
        } else if let Some(organ) = name.strip_suffix("命令") {
            self.found.format = Some(Format::Order);
            return self.found.issuers.push(organ.to_owned());
        } else if let Some(organ) = name.strip_suffix('令') {
            self.found.format = Some(Format::Order);
            self.found.kind = Some(Kind::Order);
            return self.found.issuers.push(organ.to_owned());
        } else if name.ends_with("纪要") {
            self.found.format = Some(Format::Minutes);
            self.found.kind = Some(Kind::Minutes);
        }
        let apart = apart(line.text.trim_end().trim_end_matches("文件"));
        let names = if apart.len() > 1 && apart.iter().all(|name| is_organ(name)) {
            apart
        } else {
            vec![name.to_owned()]
        };
        self.found.issuers.extend(names.into_iter().filter(|name| !name.is_empty()));
    }

    /// What title and mark tell together.
    fn settle(&mut self) {
        let found = &mut self.found;
        let title = tight(&found.title);
        let mut kinds = Kind::ALL.into_iter();
        let named = kinds.find(|kind| title.ends_with(kind.name()));
        let order = title.ends_with('令').then_some(Kind::Order);
        found.kind = named.or(order).or(found.kind);
        if found.issuers.is_empty() {
            let (organs, _) = found.title.split_once("关于").unwrap_or_default();
            let names = organs.split([' ', '\u{3000}']).map(str::trim);
            found.issuers = names.filter(|name| is_organ(name)).map(str::to_owned).collect();
        } else if found.format.is_none() {
            let letter = found.kind == Some(Kind::Letter);
            found.format = Some(if letter { Format::Letter } else { Format::Document });
        }
        if found.mark == Mark::NameOnly && found.format != Some(Format::Document) {
            // Only a mark in the general layout has the choice.
            found.mark = Mark::WithWord;
        }
    }

    /// 题注, or the date in its place, between title and addressees; in documents as they are
    /// published the number too.
    fn captions(&mut self, items: &mut Vec<Item>) {
        let published = items.first().and_then(Item::line).and_then(|line| number(&line.text));
        if let Some((number, ..)) = published.filter(|(.., after)| after.is_empty())
            && self.found.number.is_none()
        {
            self.found.number = Some(number);
            items.remove(0);
        }
        while let Some(line) = items.first().and_then(Item::line) {
            let text = line.text.trim();
            let inner = text.strip_prefix('（').and_then(|text| text.strip_suffix('）'));
            let Some(inner) = inner.filter(|_| line.is_centered()) else { return };
            match date(inner) {
                Some((day, _)) => {
                    self.found.date = Some(day);
                    self.found.signature = Signature::None;
                }
                None => self.found.adopted = Some(inner.to_owned()),
            }
            items.remove(0);
        }
    }

    /// 主送机关: a line that ends in a colon, not indented or naming organs; one that leads the
    /// text on ends in 如下.
    fn recipients(&mut self, items: &mut Vec<Item>) {
        let Some(line) = items.first().and_then(Item::line) else { return };
        let text = line.text.trim().replace('\n', "");
        let Some(named) = text.strip_suffix(['：', ':']) else { return };
        let leads = named.ends_with("如下") || named.contains('。') || named.contains("现将");
        let first = groups(named).into_iter().flatten().next().unwrap_or_default();
        let placed = !line.is_indented() || is_organ(&first) || first.starts_with('各');
        if !leads && placed && named.chars().count() <= ADDRESSEES_MAX {
            if text.ends_with(':') {
                let line = line.clone();
                self.note(&line, "主送机关后的冒号已改为全角");
            }
            self.found.recipients = groups(named);
            items.remove(0);
        }
    }
}

fn number_beside(text: &str) -> bool {
    apart(text).iter().any(|part| number(part).is_some())
}

/// A mark: large and red, or in the middle and ending in 文件.
pub(crate) fn is_mark(line: &Line) -> bool {
    let red = line.is_red() && line.size() >= LARGE;
    red || line.in_head || (line.is_centered() && line.tight().ends_with("文件"))
}

/// How far a head reaches at most: no further than the first sentence or the second page.
fn reach(items: &[Item]) -> usize {
    let text = |(at, item): (usize, &Item)| match item.line() {
        Some(line) => line.text.contains('。') || (at > 0 && line.new_page),
        None => true,
    };
    let end = items.iter().enumerate().position(text);
    end.unwrap_or(items.len()).min(HEAD_MAX)
}

/// Where the title begins and ends: at one place, the end of the head, when there is none.
pub(crate) fn title(items: &[Item]) -> (usize, usize) {
    titled(items).unwrap_or_else(|| {
        let end = without_title(items);
        (end, end)
    })
}

fn titled(items: &[Item]) -> Option<(usize, usize)> {
    let head = || items.iter().take(reach(items)).enumerate();
    let lines = || head().filter_map(|(at, item)| Some((at, item.line()?)));
    let black = |line: &Line| !line.is_red() && !is_mark(line);
    let numbered = |line: &Line| number(&line.text).is_some() || serial(&line.text).is_some();
    let centered = |line: &Line| line.is_centered() && black(line) && !numbered(line);
    let large = lines().find(|(_, line)| centered(line) && line.size() >= LARGE);
    let named = || lines().find(|(_, line)| centered(line) && ends_as_title(line));
    let Some((mut from, first)) = large.or_else(named) else { return plain(items) };
    // Its first lines do not end as a title does: go back over lines that look the same.
    while let Some(before) = from.checked_sub(1).and_then(|at| items.get(at)).and_then(Item::line) {
        if !(centered(before) && first.is_centered() && before.size() == first.size()) {
            break;
        }
        from -= 1;
    }
    let same = |item: &&Item| {
        item.line().is_some_and(|line| {
            let bracketed = line.text.trim().starts_with('（') && line.size() < LARGE;
            centered(line) && line.size() == first.size() && !bracketed
        })
    };
    let mut until = from + items.iter().skip(from).take(8).take_while(same).count();
    let alone = !first.is_centered() || first.size() < LARGE;
    if alone {
        // Without a size of its own, a title ends with its type.
        let own = items.iter().take(until).skip(from);
        let ends = own.filter_map(Item::line).position(ends_as_title);
        until = ends.map_or(until.max(from + 1), |at| from + at + 1);
    }
    Some((from, until.max(from + 1)))
}

/// A title of which nothing but its words tells: up to four lines that together are about
/// something and end in a type.
fn plain(items: &[Item]) -> Option<(usize, usize)> {
    let reach = reach(items).min(15);
    let part = |line: &&Line| {
        let text = line.tight();
        let short = text.chars().count() <= 60 && !text.ends_with(['：', ':']);
        short && !is_mark(line) && number(&text).is_none() && date(&text).is_none()
    };
    let about = |text: &str| ["关于", "转发", "印发"].iter().any(|word| text.contains(word));
    (0..reach).find_map(|from| {
        let lines = items.iter().take(reach).skip(from).map(Item::line);
        let lines = lines.map_while(|line| line.filter(|line| part(line))).take(4);
        let mut text = String::new();
        let starts = |first: &str| about(first) || is_organ(first);
        for (nth, line) in lines.enumerate() {
            if nth == 0 && !starts(&line.tight()) {
                return None;
            }
            text.push_str(&line.tight());
            if about(&text) && is_title(&text) {
                return Some((from, from + nth + 1));
            }
        }
        None
    })
}

fn ends_as_title(line: &Line) -> bool {
    is_title(&line.tight())
}

fn is_title(text: &str) -> bool {
    let kind = Kind::ALL.into_iter().any(|kind| text.ends_with(kind.name()));
    kind && text.chars().count() <= 150 && !text.contains('。')
}

/// Where the head ends when there is no title: after the last mark or number.
fn without_title(items: &[Item]) -> usize {
    let own = items.iter().take(reach(items)).rposition(|item| {
        item.line().is_some_and(|line| {
            is_mark(line) || number(&line.text).is_some() || serial(&line.text).is_some()
        })
    });
    own.map_or(0, |at| at + 1)
}
