//! The elements of an official document (GB/T 9704-2012 7) among the lines of its pages, each with
//! the place it was read from and how sure the reading is.

use crate::rows::{Row, rows};
use crate::{Bounds, Line, spell};
use lingnan_gongwen::{Kind, Urgency};

/// An element that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 来文单位: from the 发文机关标志, or the signature when there is none.
    Sender,
    /// 发文字号
    Number,
    /// 标题
    Title,
    /// 成文日期, as `2026-03-01`.
    Date,
    /// 紧急程度
    Urgency,
    /// 份号
    Copy,
    /// 主送机关
    Addressees,
}

/// What was read as an element.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Which.
    pub field: Field,
    /// What it says.
    pub text: String,
    /// How sure its least sure character is: from 0 to 1.
    pub sure: f32,
    /// On which page, from 0.
    pub page: usize,
    /// Where it stands there.
    pub bounds: Bounds,
}

/// The lines of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Leaf {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its width by its height.
    pub ratio: f32,
}

/// Of the page's height: the head of a document is within it.
const HEAD: f32 = 0.5;
/// Most rows of a title.
const TITLE_ROWS: usize = 6;
/// Rows of a list of addressees.
const ADDRESSEE_ROWS: usize = 8;
/// A guess by place alone is never surer than this.
const GUESS: f32 = 0.6;
/// The three classes (保守国家秘密法 第十四条).
const CLASSES: [&str; 3] = ["绝密", "机密", "秘密"];

/// What the rows of a page say, from the top.
#[must_use]
pub fn texts(leaf: &Leaf) -> Vec<String> {
    rows(&leaf.lines, leaf.ratio).iter().map(Row::text).collect()
}

/// The marking of a state secret (GB/T 9704-2012 7.2.2), also where its star was misread.
#[must_use]
pub fn marking(leaves: &[Leaf]) -> Option<String> {
    let all = leaves.iter().flat_map(|leaf| rows(&leaf.lines, leaf.ratio));
    all.filter(|row| row.bounds.top < HEAD).find_map(|row| marked(&row.text()))
}

/// `机密★20年`, `000001 绝密`: the class, and nothing behind it but a sign and a term.
fn marked(row: &str) -> Option<String> {
    let row = row.trim_start_matches(|c: char| c.is_ascii_digit() || "【[（(〔".contains(c));
    let class = CLASSES.iter().find(|class| row.starts_with(**class))?;
    let rest = row.strip_prefix(*class)?;
    let term: String = rest.chars().skip_while(|c| !c.is_ascii_digit() && *c != '长').collect();
    let sign = rest.chars().count() - term.chars().count();
    let timed = term.chars().all(|c| c.is_ascii_digit() || "年月日长期限".contains(c));
    (sign <= 2 && timed && rest.chars().count() <= 8).then(|| format!("{class}★"))
}

/// The elements that are found.
#[must_use]
pub fn elements(leaves: &[Leaf]) -> Vec<Element> {
    let pages: Vec<Vec<Row>> = leaves.iter().map(|leaf| rows(&leaf.lines, leaf.ratio)).collect();
    let Some(first) = pages.first() else { return Vec::new() };
    let number = number(first);
    let head_end = number.as_ref().map(|(place, _)| *place);
    let signed = signed(&pages);
    let title = title(first, head_end);
    let body = title.as_ref().map(|(end, _)| *end);
    let above = head_end.or(title.as_ref().map(|(end, title)| end.saturating_sub(title.rows)));
    let sender = above.and_then(|end| sender(first, end));
    let by_signature = signed.as_ref().and_then(|signed| signature(&pages, signed));
    let mut found = vec![
        copy(first),
        urgency(first),
        sender.or(by_signature),
        number.map(|(_, own)| own),
        title.map(|(_, title)| title.element),
        body.and_then(|body| addressees(first, body)),
        signed.map(|signed| signed.element),
    ];
    found.retain(|own| own.as_ref().is_none_or(|own| !own.text.is_empty()));
    found.into_iter().flatten().collect()
}

fn element(field: Field, text: String, sure: f32, page: usize, bounds: Bounds) -> Element {
    Element { field, text, sure, page, bounds }
}

/// The first row that has a number and hardly anything else; a number within a sentence is that of
/// another document.
fn number(rows: &[Row]) -> Option<(usize, Element)> {
    rows.iter().enumerate().take_while(|(_, row)| row.bounds.top < HEAD).find_map(|(place, row)| {
        let text = row.text();
        let find = spell::number(&text)?;
        let before = text.chars().take(find.from).collect::<String>();
        let after = text.chars().skip(find.from + find.count).collect::<String>();
        let alone = before.is_empty() && (after.is_empty() || after.contains("签发人"));
        let sure = row.sure(find.from, find.count);
        alone.then(|| (place, element(Field::Number, find.text, sure, 0, row.bounds)))
    })
}

fn copy(rows: &[Row]) -> Option<Element> {
    let row = rows.iter().take_while(|row| row.bounds.top < HEAD / 2.0).find(|row| {
        row.characters.len() == 6 && row.characters.iter().all(|(c, _)| c.is_ascii_digit())
    })?;
    Some(element(Field::Copy, row.text(), row.sure(0, 6), 0, row.bounds))
}

fn urgency(rows: &[Row]) -> Option<Element> {
    let known = [Urgency::MostUrgent, Urgency::Urgent].map(Urgency::name);
    let row = rows.iter().take_while(|row| row.bounds.top < HEAD / 2.0).find_map(|row| {
        let text = row.text();
        known.iter().find(|name| text == **name).map(|name| ((*name).to_owned(), row))
    });
    let (name, row) = row?;
    Some(element(Field::Urgency, name, row.sure(0, row.characters.len()), 0, row.bounds))
}

/// 发文机关标志 (GB/T 9704-2012 7.2.4): by far the highest characters above the number; of a joint
/// document, all names as high.
fn sender(rows: &[Row], end: usize) -> Option<Element> {
    let above = || {
        rows.iter().take(end).filter(|row| {
            let names = row.characters.iter().filter(|(c, _)| !c.is_ascii()).count();
            let text = row.text();
            names >= 3
                && row.bounds.top < HEAD
                && marked(&text).is_none()
                && spell::number(&text).is_none()
        })
    };
    let highest = above().map(|row| row.bounds.height()).fold(0.0, f32::max);
    let named: Vec<&Row> = above().filter(|row| row.bounds.height() > highest * 0.7).collect();
    let bounds = named.iter().map(|row| row.bounds).reduce(Bounds::with)?;
    let sure = named.iter().map(|row| row.sure(0, row.characters.len())).fold(1.0, f32::min);
    let names: Vec<String> = named.iter().map(|row| plain_name(&row.text())).collect();
    let names: Vec<&str> =
        names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    Some(element(Field::Sender, names.join("、"), sure, 0, bounds))
}

/// Without 文件, and without what minutes and orders add in brackets.
fn plain_name(text: &str) -> String {
    let text = text.split(['（', '(']).next().unwrap_or_default();
    text.strip_suffix("文件").unwrap_or(text).to_owned()
}

struct Title {
    element: Element,
    rows: usize,
}

/// 标题 (GB/T 9704-2012 7.3.1): what stands under the number until a row ends in one of the fifteen
/// kinds of document. With the place of the first row behind it.
fn title(rows: &[Row], number: Option<usize>) -> Option<(usize, Title)> {
    let known = number.is_some();
    let start = match number {
        Some(place) => place + 1,
        None => rows.iter().position(|row| row.text().contains("关于"))?,
    };
    let is_of_head = |row: &Row| {
        let text = row.text();
        text.starts_with("签发人") || text.chars().count() < 2
    };
    let start = start + rows.iter().skip(start).take_while(|row| is_of_head(row)).count();
    let within = rows.iter().skip(start).take(TITLE_ROWS);
    let addressed = within.clone().position(|row| row.text().ends_with(['：', ':']));
    let kinds = |row: &Row| Kind::ALL.iter().any(|kind| row.text().ends_with(kind.name()));
    let (count, guess) = match (within.clone().position(kinds), addressed) {
        (Some(last), _) => (last + 1, known),
        (None, Some(next)) => (next, false),
        (None, None) => (1, false),
    };
    let own: Vec<&Row> = within.take(count).collect();
    let bounds = own.iter().map(|row| row.bounds).reduce(Bounds::with)?;
    let sure = own.iter().map(|row| row.sure(0, row.characters.len())).fold(1.0, f32::min);
    let sure = if guess { sure } else { sure.min(GUESS) };
    let text: String = own.iter().map(|row| row.text()).collect();
    let element = element(Field::Title, text, sure, 0, bounds);
    Some((start + count, Title { element, rows: count }))
}

/// 主送机关 (GB/T 9704-2012 7.3.2): right under the title, up to the colon.
fn addressees(rows: &[Row], start: usize) -> Option<Element> {
    let within = rows.iter().skip(start).take(ADDRESSEE_ROWS);
    let last = within.clone().position(|row| row.text().ends_with(['：', ':']))?;
    let own: Vec<&Row> = within.take(last + 1).collect();
    let bounds = own.iter().map(|row| row.bounds).reduce(Bounds::with)?;
    let sure = own.iter().map(|row| row.sure(0, row.characters.len())).fold(1.0, f32::min);
    let text: String = own.iter().map(|row| row.text()).collect();
    let text = text.trim_end_matches(['：', ':']).to_owned();
    Some(element(Field::Addressees, text, sure, 0, bounds))
}

struct Signed {
    element: Element,
    place: usize,
}

/// 成文日期: the last row that is a date and nothing else (GB/T 9704-2012 7.3.5.4); that of printing
/// (7.4.3) says 印发.
fn signed(pages: &[Vec<Row>]) -> Option<Signed> {
    let last = |alone: bool| {
        pages.iter().enumerate().rev().find_map(|(page, rows)| {
            rows.iter().enumerate().rev().find_map(|(place, row)| {
                let text = row.text();
                let find = spell::date(&text).filter(|_| !text.contains("印发"))?;
                let rest = row.characters.len() - find.count;
                let sure = row.sure(find.from, find.count);
                let sure = if alone { sure } else { sure.min(GUESS) };
                let element = element(Field::Date, find.text, sure, page, row.bounds);
                (!alone || rest <= 2).then_some(Signed { element, place })
            })
        })
    };
    last(true).or_else(|| last(false))
}

/// 发文机关署名 (GB/T 9704-2012 7.3.5): over the date, in the right half.
fn signature(pages: &[Vec<Row>], signed: &Signed) -> Option<Element> {
    let page = signed.element.page;
    let row = pages.get(page)?.get(signed.place.checked_sub(1)?)?;
    let text = row.text();
    let sound = row.bounds.right > 0.5
        && row.bounds.left > 0.3
        && text.chars().count() >= 3
        && !text.contains(['。', '，', '：']);
    let sure = row.sure(0, row.characters.len());
    sound.then(|| element(Field::Sender, text, sure, page, row.bounds))
}
