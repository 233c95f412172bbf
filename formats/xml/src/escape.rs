//! What XML cannot hold as it is.

/// For an attribute: line ends and tabs survive too.
#[must_use]
pub fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '"' => text += "&quot;",
            '\n' => text += "&#10;",
            '\t' => text += "&#9;",
            _ => push(&mut text, c),
        }
    }
    text
}

/// For the text of an element.
#[must_use]
pub fn escaped_text(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    value.chars().for_each(|c| push(&mut text, c));
    text
}

fn push(text: &mut String, c: char) {
    match c {
        '&' => *text += "&amp;",
        '<' => *text += "&lt;",
        '>' => *text += "&gt;",
        '\r' => *text += "&#13;",
        '\n' | '\t' => text.push(c),
        // XML 1.0 has no way at all to write these.
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
        _ => text.push(c),
    }
}
