//! Which line is which element: what the checker takes a finished page to be.

use super::line::{Line, lines, median};
use super::sheet::{Glyph, Sheet, Stroke, is_red};
use crate::Format;
use crate::figures::{HEIGHT, LEFT, SIZE_2, SIZE_3, SIZE_4, TOP};

/// A finished document taken apart.
#[derive(Debug, Default)]
pub(super) struct Anatomy {
    /// Size of each page.
    pub(super) pages: Vec<(f64, f64)>,
    /// 版式, when the mark tells it.
    pub(super) format: Option<Format>,
    /// 份号
    pub(super) copy_number: Option<Line>,
    /// 密级
    pub(super) secrecy: Option<Line>,
    /// 紧急程度
    pub(super) urgency: Option<Line>,
    /// 发文机关标志, a line for each organ.
    pub(super) mark: Vec<Line>,
    /// 发文字号
    pub(super) number: Option<Line>,
    /// 签发人
    pub(super) signers: Vec<Line>,
    /// Red lines of the first page, from above.
    pub(super) red: Vec<Stroke>,
    /// 标题
    pub(super) title: Vec<Line>,
    /// 主送机关: its lines.
    pub(super) recipients: Vec<Line>,
    /// 正文: lines of its size after the addressees and before what ends it.
    pub(super) body: Vec<Line>,
    /// Lines of tables within the text.
    pub(super) tables: Vec<Line>,
    /// Pages whose table lies on its side, and whether its head is on the left.
    pub(super) sideways: Vec<(usize, bool)>,
    /// 附件说明: its lines.
    pub(super) annex_note: Vec<Line>,
    /// 发文机关署名
    pub(super) issuers: Vec<Line>,
    /// 成文日期
    pub(super) date: Option<Line>,
    /// 附注
    pub(super) note: Option<Line>,
    /// “附件1” at the head of each annex, with the lines after it.
    pub(super) annexes: Vec<(Line, Vec<Line>)>,
    /// Black lines of the 版记, from above.
    pub(super) rules: Vec<Stroke>,
    /// 抄送机关: its lines.
    pub(super) copies: Vec<Line>,
    /// 印发机关
    pub(super) office: Option<Line>,
    /// 印发日期
    pub(super) printing: Option<Line>,
    /// 页码, by page.
    pub(super) numbers: Vec<Line>,
    /// Every line of every page, from above.
    pub(super) all: Vec<Line>,
}

/// Whether a size is this one, in points.
fn is_size(line: &Line, points: f64) -> bool {
    (line.points() - points).abs() < 0.9
}

/// How a page is taken apart: by what the characters say, how large and red they are, and where
/// they stand.
pub(super) fn dissect(sheets: &[Sheet]) -> Anatomy {
    let sheets: Vec<Sheet> = sheets.iter().map(Sheet::bound).collect();
    let sheets = sheets.as_slice();
    let all: Vec<Line> = (1..).zip(sheets).flat_map(|(page, sheet)| lines(page, sheet)).collect();
    let mut found = Anatomy {
        pages: sheets.iter().map(|sheet| (sheet.width, sheet.height)).collect(),
        sideways: (1..)
            .zip(sheets)
            .filter_map(|(page, sheet)| Some((page, side(sheet)?)))
            .collect(),
        ..Anatomy::default()
    };
    let Some(first) = sheets.first() else { return found };
    found.red = level_strokes(first, true);
    found.head(&all);
    found.foot(sheets, &all);
    found.middle(sheets, &all);
    found.all = all;
    found
}

/// Whether the head of a table on its side is on the left; none where most characters stand
/// upright.
fn side(sheet: &Sheet) -> Option<bool> {
    let shown = sheet.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    let (upright, turned): (Vec<&Glyph>, Vec<&Glyph>) = shown.partition(|glyph| glyph.is_upright());
    let up = turned.iter().filter(|glyph| glyph.turn < 0.0).count();
    (turned.len() > upright.len()).then_some(up * 2 > turned.len())
}

/// Level lines of half a page or more, from above. What is drawn in pieces, as the borders of
/// cells are, is one line, and so is what is drawn twice.
fn level_strokes(sheet: &Sheet, red: bool) -> Vec<Stroke> {
    let own = sheet.strokes.iter().filter(|one| one.is_level() && is_red(one.color) == red);
    let mut pieces: Vec<Stroke> = own.map(Stroke::rightwards).collect();
    let tenths = |y: f64| (y * 10.0).round();
    pieces.sort_by(|a, b| {
        let rows = tenths(a.from.1).total_cmp(&tenths(b.from.1));
        rows.then(a.from.0.total_cmp(&b.from.0))
    });
    let mut lines: Vec<Stroke> = Vec::new();
    for piece in pieces {
        let joins = |line: &&mut Stroke| {
            tenths(line.from.1) == tenths(piece.from.1) && piece.from.0 <= line.to.0 + 0.5
        };
        match lines.last_mut().filter(joins) {
            Some(line) => line.to.0 = line.to.0.max(piece.to.0),
            None => lines.push(piece),
        }
    }
    lines.retain(|line| line.length() > sheet.width / 2.0);
    lines
}

impl Anatomy {
    fn head(&mut self, all: &[Line]) {
        let first: Vec<&Line> = all.iter().filter(|line| line.page == 1).collect();
        let large = |line: &&&Line| is_red(line.color()) && line.points() > 20.0;
        self.mark = first.iter().filter(large).map(|line| (**line).clone()).collect();
        let mark_top = self.mark.iter().map(Line::ink_top).fold(f64::INFINITY, f64::min);
        let mark_bottom = self.mark.iter().map(Line::ink_bottom).fold(0.0, f64::max);
        let said: String = self.mark.iter().map(Line::plain).collect();
        self.format = if self.mark.is_empty() {
            None
        } else if mark_top < TOP && self.red.len() > 1 {
            Some(Format::Letter)
        } else if said.ends_with('令') {
            Some(Format::Order)
        } else if said.contains("纪要") {
            Some(Format::Minutes)
        } else {
            Some(Format::Document)
        };
        let letter = self.format == Some(Format::Letter);
        // Above the red line, where there is one; a letter has the number below its own.
        let red = self.red.iter().map(|stroke| stroke.from.1).find(|y| *y > mark_bottom);
        let lowest = red.filter(|_| !letter).unwrap_or(f64::INFINITY);
        for line in &first {
            let plain = line.plain();
            let above = letter || line.baseline < mark_top;
            if above && plain.len() == 6 && plain.bytes().all(|b| b.is_ascii_digit()) {
                self.copy_number = Some((*line).clone());
            }
            if above && ["绝密", "机密", "秘密"].iter().any(|word| plain.starts_with(word)) {
                self.secrecy = Some((*line).clone());
            }
            if above && ["特急", "加急", "急件"].contains(&plain.as_str()) {
                self.urgency = Some((*line).clone());
            }
            let within = line.baseline > mark_bottom - 1.0 && line.baseline < lowest;
            let below = within && self.number.is_none();
            if below && is_size(line, SIZE_3) && looks_like_number(&plain) {
                self.number = Some((*line).clone());
            }
        }
        let end = self.number.as_ref().map_or(mark_bottom + 40.0, |number| number.baseline + 1.0);
        let signers = first.iter().filter(|line| {
            line.baseline > mark_bottom && line.baseline < end && line.text.contains("签发人")
        });
        self.signers = signers.map(|line| (*line).clone()).collect();
        // Red lines beneath a letter's page are not where its title begins.
        let line = self.red.iter().map(|stroke| stroke.from.1).find(|y| *y > mark_bottom);
        let from = line.filter(|y| *y < 150.0).unwrap_or(mark_bottom);
        let title = first.iter().skip_while(|line| line.baseline < from);
        let title = title.skip_while(|line| !is_size(line, SIZE_2));
        let title = title.take_while(|line| is_size(line, SIZE_2) && !is_red(line.color()));
        self.title = title.map(|line| (*line).clone()).collect();
    }

    fn foot(&mut self, sheets: &[Sheet], all: &[Line]) {
        let low = TOP + HEIGHT;
        let numbers = all.iter().filter(|line| {
            let digits: String = line.plain().chars().filter(|c| !"-—－–_·".contains(*c)).collect();
            line.baseline > low
                && !digits.is_empty()
                && digits.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
        });
        self.numbers = numbers.cloned().collect();
        let last = sheets.len();
        let Some(sheet) = sheets.last() else { return };
        let own: Vec<&Line> = all.iter().filter(|line| line.page == last).collect();
        let printing = own.iter().rev().find(|line| line.plain().ends_with("印发"));
        self.printing = printing.map(|line| (*line).clone());
        let office = own.iter().find(|line| {
            let beside = printing.is_some_and(|date| (date.baseline - line.baseline).abs() < 1.0);
            beside && Some(**line) != printing.copied()
        });
        self.office = office.map(|line| (*line).clone());
        let copies = own.iter().position(|line| {
            line.plain().starts_with("抄送") || line.plain().starts_with("主送：")
        });
        if let Some(from) = copies {
            let until = self.printing.as_ref().map_or(low, Line::top);
            let lines = own.iter().skip(from).take_while(|line| line.baseline < until + 0.1);
            self.copies = lines.map(|line| (*line).clone()).collect();
        }
        let top = self.copies.iter().chain(&self.printing).map(Line::top);
        let top = top.fold(f64::INFINITY, f64::min);
        let rules = level_strokes(sheet, false).into_iter();
        self.rules = rules.filter(|stroke| stroke.from.1 > top - 6.0).collect();
    }

    fn middle(&mut self, sheets: &[Sheet], all: &[Line]) {
        let from = self.title.last().or(self.number.as_ref()).or(self.mark.last());
        let from = from.map_or(0.0, |line| line.baseline + 0.1);
        let foot: Vec<f64> = self.copies.iter().chain(&self.printing).map(Line::top).collect();
        let foot = foot.into_iter().fold(f64::INFINITY, f64::min);
        let last = self.pages.len();
        let mut rest: Vec<&Line> = all
            .iter()
            .filter(|line| line.page > 1 || line.baseline > from)
            .filter(|line| !(line.page == last && line.baseline > foot))
            .filter(|line| !self.numbers.contains(line))
            .collect();
        self.take_annexes(&mut rest);
        rest.drain(..caption(&rest));
        if let Some(end) = rest.iter().take(8).position(|line| line.plain().ends_with(['：', ':']))
            && rest.iter().take(end + 1).all(|line| !line.plain().contains('。'))
            && self.format != Some(Format::Order)
            && rest.first().is_some_and(|first| first.left < LEFT + 3.0 || names_organs(first))
        {
            self.recipients = rest.drain(..=end).cloned().collect();
        }
        let in_cell = |line: &&Line| {
            let sheet = line.page.checked_sub(1).and_then(|nth| sheets.get(nth));
            sheet.is_some_and(|sheet| sheet.has_cell(line.middle(), line.baseline))
        };
        let (tables, mut rest): (Vec<&Line>, Vec<&Line>) = rest.into_iter().partition(in_cell);
        self.tables = tables.into_iter().cloned().collect();
        self.take_end(&mut rest);
        let size = size_of(&rest);
        self.body = rest.into_iter().filter(|line| is_size(line, size)).cloned().collect();
    }

    /// Pages that begin with “附件” belong to annexes.
    fn take_annexes(&mut self, rest: &mut Vec<&Line>) {
        let is_head = |line: &Line| {
            let plain = line.plain();
            let counted = plain.strip_prefix("附件").is_some_and(|count| {
                count.chars().all(|c| c.is_ascii_digit() || "：:一二三四五六七八九十".contains(c))
            });
            counted && line.page > 1
        };
        let heads: Vec<usize> = (0..rest.len())
            .filter(|at| {
                let begins = |line: &&&Line| {
                    let before = at.checked_sub(1).and_then(|before| rest.get(before));
                    is_head(line) && before.is_none_or(|before| before.page < line.page)
                };
                rest.get(*at).filter(begins).is_some()
            })
            .collect();
        for (nth, at) in heads.iter().enumerate() {
            let until = heads.get(nth + 1).copied().unwrap_or(rest.len());
            if let Some([head, after @ ..]) = rest.get(*at..until) {
                let after = after.iter().map(|line| (*line).clone()).collect();
                self.annexes.push(((*head).clone(), after));
            }
        }
        rest.truncate(heads.first().copied().unwrap_or(rest.len()));
    }

    /// 附件说明, 署名, 日期, 附注 stand at the end, in this order.
    fn take_end(&mut self, rest: &mut Vec<&Line>) {
        let date = rest.iter().rposition(|line| {
            looks_like_date(&line.plain()) && line.left > 75.0 && line.points() > SIZE_4
        });
        let note = rest.iter().rposition(|line| {
            let plain = line.plain();
            plain.starts_with('（') && plain.ends_with('）') && date.is_none_or(|date| date > 0)
        });
        if let Some(note) = note.filter(|note| date.is_some_and(|date| *note > date)) {
            self.note = rest.get(note).map(|line| (*line).clone());
            rest.truncate(note);
        }
        if let Some(date) = date {
            self.date = rest.get(date).map(|line| (*line).clone());
            let mut from = date;
            while let Some(line) = from.checked_sub(1).and_then(|before| rest.get(before)) {
                let after = rest.get(from).map_or(0.0, |after| after.baseline);
                let beside = from < date && (line.baseline - after).abs() < 1.0;
                let right = line.left > 60.0 && !line.plain().ends_with(['。', '：', '；']);
                if !right && !beside {
                    break;
                }
                from -= 1;
            }
            self.issuers = rest.iter().take(date).skip(from).map(|line| (*line).clone()).collect();
            rest.truncate(from);
        }
        let annex = rest.iter().rposition(|line| line.plain().starts_with("附件："));
        let annex =
            annex.or_else(|| rest.iter().rposition(|line| line.plain().starts_with("附件:")));
        if let Some(annex) = annex.filter(|annex| rest.len() - annex <= 60) {
            self.annex_note = rest.drain(annex..).cloned().collect();
        }
    }
}

/// 题注: how many lines under the title are in one pair of brackets, before anything else.
fn caption(rest: &[&Line]) -> usize {
    let mut depth = 0_usize;
    for (nth, line) in rest.iter().enumerate() {
        let plain = line.plain();
        let mut marks = plain.chars().peekable();
        while let Some(mark) = marks.next() {
            match mark {
                '（' => depth += 1,
                '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return if marks.peek().is_none() && mark == '）' { nth + 1 } else { 0 };
            }
        }
    }
    0
}

/// The size of a text: that of the standard where a good part of it has it, or else that of most
/// of it.
fn size_of(lines: &[&Line]) -> f64 {
    let count = |lines: &mut dyn Iterator<Item = &&Line>| -> usize {
        lines.map(|line| line.glyphs.len()).sum()
    };
    let own = count(&mut lines.iter().filter(|line| is_size(line, SIZE_3)));
    if own * 4 >= count(&mut lines.iter()) {
        return SIZE_3;
    }
    let each = lines.iter().flat_map(|line| line.glyphs.iter().map(|_| line.points()));
    median(each).unwrap_or(SIZE_3)
}

/// A year in brackets and 号, however wrongly bracketed.
fn looks_like_number(plain: &str) -> bool {
    let order = plain.strip_prefix('第').and_then(|rest| rest.strip_suffix('号'));
    if order.is_some_and(|serial| serial.chars().all(|c| c.is_ascii_digit())) {
        return true;
    }
    let year = plain.chars().filter(char::is_ascii_digit).count() >= 4;
    let bracket = plain.contains(['〔', '[', '［', '(', '（', '【']);
    year && bracket && plain.ends_with('号') && plain.chars().count() < 40
}

/// Whether an indented line before the text is one of addressees: a paragraph may end in a colon
/// too.
fn names_organs(line: &Line) -> bool {
    let plain = line.plain();
    let organs = ["政府", "厅", "局", "委员会", "办公室", "部门", "机构", "单位"];
    plain.ends_with(['：', ':']) && organs.iter().any(|organ| plain.contains(organ))
}

/// `2026年1月5日`, in whatever figures.
fn looks_like_date(plain: &str) -> bool {
    let figures =
        |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十０１２３４５６７８９".contains(c);
    let parts = plain.split(['年', '月', '日']);
    let whole = plain.ends_with('日') && plain.contains('年') && plain.contains('月');
    whole && parts.take(3).all(|part| !part.is_empty() && part.chars().all(figures))
}
