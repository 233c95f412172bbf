//! Numbers that prove themselves: 公民身份号码, 统一社会信用代码, and telephone numbers.

use jiff::civil::Date;

/// What each of the first 17 digits counts (GB 11643-1999 4.2).
const ID_CARD_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character by the remainder (GB 11643-1999 4.2).
const ID_CARD_CHECKS: &[u8] = b"10X98765432";
/// The characters of a code in order: no I, O, S, V, Z (GB 32100-2015 4.2).
const CREDIT_CODE_CHARACTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// What each of the first 17 characters counts (GB 32100-2015 附录 A).
const CREDIT_CODE_WEIGHTS: [usize; 17] =
    [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Why a number does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Length or characters.
    Shape,
    /// The day of birth is no day.
    Birth,
    /// The check character does not fit the rest.
    Check,
}

/// 公民身份号码 (GB 11643-1999): 18 characters, a day of birth, a check character; in capitals.
pub(crate) fn id_card(text: &str) -> Result<String, Flaw> {
    let text = text.to_ascii_uppercase();
    let Some((digits, [check])) = text.as_bytes().split_last_chunk::<1>() else {
        return Err(Flaw::Shape);
    };
    let is_check = check.is_ascii_digit() || *check == b'X';
    if digits.len() != 17 || !digits.iter().all(u8::is_ascii_digit) || !is_check {
        return Err(Flaw::Shape);
    }
    let born = text.get(6..14).and_then(born_on).ok_or(Flaw::Birth)?;
    if born.year() < 1800 {
        return Err(Flaw::Birth);
    }
    let digit = |byte: &u8| u32::from(byte.saturating_sub(b'0'));
    let sum: u32 = digits.iter().zip(ID_CARD_WEIGHTS).map(|(byte, w)| digit(byte) * w).sum();
    let right = usize::try_from(sum % 11).ok().and_then(|place| ID_CARD_CHECKS.get(place));
    if right == Some(check) { Ok(text) } else { Err(Flaw::Check) }
}

fn born_on(text: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let (month, day) = (part(4..6)?, part(6..8)?);
    Date::new(part(0..4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// 统一社会信用代码 (GB 32100-2015): 18 characters of which the last checks the rest; in capitals.
pub(crate) fn credit_code(text: &str) -> Result<String, Flaw> {
    let text = text.to_ascii_uppercase();
    let value = |byte: u8| CREDIT_CODE_CHARACTERS.iter().position(|known| *known == byte);
    let values: Option<Vec<usize>> = text.bytes().map(value).collect();
    let values = values.filter(|values| values.len() == 18).ok_or(Flaw::Shape)?;
    let area = text.get(2..8).unwrap_or_default();
    if !area.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Flaw::Shape);
    }
    let sum: usize = values.iter().zip(CREDIT_CODE_WEIGHTS).map(|(value, w)| value * w).sum();
    let right = (31 - sum % 31) % 31;
    if values.last() == Some(&right) { Ok(text) } else { Err(Flaw::Check) }
}

/// Whether `text` is a telephone number of the mainland: a mobile one, one with its area code and
/// perhaps an extension, or a 400 or 800 number.
pub(crate) fn is_phone(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    if !parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return false;
    }
    match parts.as_slice() {
        [number] => is_mobile(number) || is_free(number) || is_local_joined(number),
        [area, number] if is_area(area) => is_local(number),
        [area, number, extension] if is_area(area) => {
            is_local(number) && (1..=6).contains(&extension.len())
        }
        ["400" | "800", rest @ ..] => rest.iter().map(|part| part.len()).sum::<usize>() == 7,
        _ => false,
    }
}

fn is_mobile(number: &str) -> bool {
    let mut bytes = number.bytes();
    let begins = bytes.next() == Some(b'1') && bytes.next().is_some_and(|b| b >= b'3');
    begins && number.len() == 11
}

fn is_free(number: &str) -> bool {
    number.len() == 10 && (number.starts_with("400") || number.starts_with("800"))
}

fn is_area(code: &str) -> bool {
    code.starts_with('0') && (3..=4).contains(&code.len())
}

fn is_local(number: &str) -> bool {
    (7..=8).contains(&number.len()) && !number.starts_with(['0', '1'])
}

/// An area code and a number without a hyphen between.
fn is_local_joined(number: &str) -> bool {
    let split = |at: usize| number.split_at_checked(at);
    [3, 4].into_iter().filter_map(split).any(|(area, rest)| is_area(area) && is_local(rest))
}
