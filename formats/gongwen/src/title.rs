//! Where a title breaks: by words, in a trapezoid or a diamond (GB/T 9704-2012 7.3.1).

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// Characters of 二号 that fit in a line of the title.
const WIDTH: usize = 20;
/// Titles of more lines are not weighed but filled: there is no shape left to look for, and the
/// ways to divide them are too many to try.
const LINES_WEIGHED: usize = 4;

/// The lines of a title: where its author breaks it, or else by words; an organ's name is one.
#[must_use]
pub fn broken(text: &str, names: &[String]) -> Vec<String> {
    if text.contains('\n') {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        return lines.flat_map(|line| broken(line, names)).collect();
    }
    if text.chars().count() <= WIDTH {
        return vec![text.to_owned()];
    }
    let mut words = Vec::new();
    let mut rest = text;
    while let Some((at, name)) = names
        .iter()
        .filter(|name| name.chars().count() <= WIDTH)
        .filter_map(|name| Some((rest.find(name.as_str())?, name)))
        .min()
    {
        let (before, from) = rest.split_at(at);
        let (name, after) = from.split_at(name.len());
        words.extend(segments(before));
        words.push(name);
        rest = after;
    }
    words.extend(segments(rest));
    lines(&words, WIDTH)
}

fn segments(text: &str) -> Vec<&str> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let ends: Vec<usize> = segmenter.segment_str(text).collect();
    ends.windows(2).filter_map(|pair| text.get(*pair.first()?..*pair.get(1)?)).collect()
}

/// The lines of a title of `words`, each at most `width` characters; words are never broken
/// unless one alone is longer than a line.
fn lines(words: &[&str], width: usize) -> Vec<String> {
    let pieces = glued(words, width);
    let total: usize = pieces.iter().map(|piece| piece.chars().count()).sum();
    let fewest = total.div_ceil(width.max(1)).max(1);
    let most = pieces.len().min(fewest.saturating_add(1)).min(LINES_WEIGHED);
    let mut all = (fewest..=most).filter_map(|count| best(&pieces, count, width));
    let first = all.next();
    // A block is no trapezoid: a line more gives one.
    let shaped = first.clone().filter(|lines| !is_block(lines)).or_else(|| all.next());
    shaped.or(first).unwrap_or_else(|| greedy(&pieces, width))
}

/// Whether several lines are of one length.
fn is_block(lines: &[String]) -> bool {
    let width = |line: &String| line.chars().count();
    lines.len() > 1
        && lines.windows(2).all(|pair| pair.iter().map(width).max() == pair.iter().map(width).min())
}

/// Whether a word ends the name before it, from which the dictionary parts it: 江门 and 市; of
/// 转发 and 市 it does not.
fn names(before: &str, word: &str) -> bool {
    const ENDS: [&str; 9] = ["省", "市", "县", "区", "镇", "乡", "村", "局", "厅"];
    const NO_NAMES: [&str; 8] = ["关于", "转发", "印发", "批转", "同意", "报送", "表彰", "商请"];
    let named = !NO_NAMES.iter().any(|one| before.ends_with(one));
    ENDS.contains(&word) && named && before.ends_with(char::is_alphanumeric)
}

/// Words with what must not stand apart from them: no line begins with a particle or a closing
/// mark, none ends with an opening one, and a figure keeps what it counts.
fn glued(words: &[&str], width: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for word in words.iter().flat_map(|word| cut(word, width)) {
        let clings = word.starts_with(|c: char| "的了和与及、，。》）”」〕：；".contains(c));
        let clings = clings || pieces.last().is_some_and(|last| names(last, &word));
        let counted =
            pieces.last().is_some_and(|last| last.ends_with(|c: char| c.is_ascii_digit()));
        let joined = (clings || counted || open).then(|| pieces.last_mut()).flatten();
        open = word.ends_with(|c: char| "《（“「〔".contains(c));
        match joined.filter(|last| last.chars().count() + word.chars().count() <= width) {
            Some(last) => last.push_str(&word),
            None => pieces.push(word),
        }
    }
    pieces
}

fn cut(word: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    characters.chunks(width.max(1)).map(|chunk| chunk.iter().collect()).collect()
}

/// The best division into `count` lines, if one fits.
fn best(pieces: &[String], count: usize, width: usize) -> Option<Vec<String>> {
    let lengths: Vec<usize> = pieces.iter().map(|piece| piece.chars().count()).collect();
    let all = divisions(&lengths, count, width);
    let chosen = all.into_iter().min_by_key(|division| cost(&lengths, division))?;
    let mut rest = pieces.iter();
    Some(chosen.into_iter().map(|size| rest.by_ref().take(size).cloned().collect()).collect())
}

/// Every division of the words into `count` lines that fit; a title has a few dozen words and
/// three or four lines.
fn divisions(lengths: &[usize], count: usize, width: usize) -> Vec<Vec<usize>> {
    let fits = |size: usize| lengths.iter().take(size).sum::<usize>() <= width;
    if count == 1 {
        let all = lengths.len();
        return if all > 0 && fits(all) { vec![vec![all]] } else { Vec::new() };
    }
    let sizes = (1..lengths.len()).take_while(|size| fits(*size));
    sizes
        .flat_map(|size| {
            let rest = lengths.get(size..).unwrap_or_default();
            divisions(rest, count - 1, width).into_iter().map(move |mut division| {
                division.insert(0, size);
                division
            })
        })
        .collect()
}

/// How far the lines are from a trapezoid or a diamond: a line shorter than both its neighbours
/// makes an hourglass, lines of one length a block, and very unequal lines a stair.
fn cost(lengths: &[usize], division: &[usize]) -> usize {
    let mut rest = lengths.iter();
    let widths: Vec<usize> =
        division.iter().map(|size| rest.by_ref().take(*size).sum::<usize>()).collect();
    let valley = |w: &&[usize]| matches!(w, [a, b, c] if b < a && b < c);
    let valleys = widths.windows(3).filter(valley).count();
    let equals = widths.windows(2).filter(|w| matches!(w, [a, b] if a == b)).count();
    let (longest, shortest) = (widths.iter().max(), widths.iter().min());
    let spread = longest.unwrap_or(&0) - shortest.unwrap_or(&0);
    let block = if spread == 0 && widths.len() > 1 { 9 } else { 0 };
    valleys * 20 + equals * 3 + spread + block
}

fn greedy(pieces: &[String], width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces {
        let full = lines.last().is_some_and(|line| {
            !line.is_empty() && line.chars().count() + piece.chars().count() > width
        });
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn broken(words: &str, width: usize) -> Vec<String> {
        lines(&words.split(' ').collect::<Vec<_>>(), width)
    }

    #[test]
    fn a_title_breaks_between_words_in_a_trapezoid() {
        let title = "某某市 人民政府 关于 进一步 加强 政务 数据 共享 工作 的 通知";
        assert_eq!(broken(title, 18), ["某某市人民政府关于进一步", "加强政务数据共享工作的通知"]);
    }

    #[test]
    fn particles_and_marks_do_not_begin_a_line() {
        let title = "省政府 办公厅 关于 印发 《 广东省 防汛 应急 预案 》 的 通知";
        for line in broken(title, 12) {
            assert!(!line.starts_with(['的', '》']) && !line.ends_with('《'), "{line}");
        }
    }

    #[test]
    fn three_lines_never_make_an_hourglass() {
        let title = "广东省 人民政府 办公厅 关于 转发 省 发展改革委 财政厅 进一步 促进 县域 经济 高质量 发展 若干 措施 的 通知";
        let found = broken(title, 18);
        let widths: Vec<usize> = found.iter().map(|line| line.chars().count()).collect();
        assert!(!matches!(widths.as_slice(), [a, b, c] if b < a && b < c), "{found:?}");
    }

    #[test]
    fn a_places_name_is_not_broken() {
        for line in broken("关于 江门 市 新会 区 光伏 项目 的 复函", 7) {
            assert!(!line.starts_with(['市', '区']), "{line}");
        }
        let lines = broken("关于 转发 市 财政局 有关 办法 的 通知", 6);
        assert!(lines.iter().all(|line| !line.ends_with('市')), "{lines:?}");
    }

    #[test]
    fn lines_of_one_length_are_avoided() {
        assert_eq!(broken("表彰 先进 集体 决定", 6), ["表彰", "先进集体决定"]);
        let widths: Vec<usize> =
            broken("表彰 先进 集体 决定", 4).iter().map(|line| line.chars().count()).collect();
        assert!(widths.len() == 3 && widths.contains(&2) && widths.contains(&4), "{widths:?}");
    }

    #[test]
    fn a_very_long_title_is_filled_at_once() {
        let words: Vec<&str> =
            "加强 基层 应急 管理 能力 建设".split(' ').cycle().take(200).collect();
        assert_eq!(lines(&words, 20).concat(), words.concat());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_overflows(
            words in proptest::collection::vec("[一-龥]{1,9}", 1..14), width in 6_usize..24,
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let found = lines(&words, width);
            prop_assert_eq!(found.concat(), words.concat());
            prop_assert!(found.iter().all(|line| line.chars().count() <= width));
        }
    }
}
