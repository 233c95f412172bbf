//! The few strict ways in which numbers, bytes and names are written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Reads a decimal as every C2SP format writes it: digits only, no leading zero.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = text == "0" || !text.starts_with('0');
    text.parse().ok().filter(|_| digits && canonical)
}

/// Standard base64 with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads standard base64; only the one canonical text of the bytes is accepted.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Whether a key may bear this name: not empty, no space of any script, no plus, no control.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c < ' ' || c == '+')
}
