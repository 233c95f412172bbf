//! Passwords: Argon2id, and the rules a new one must keep.

use argon2::{Algorithm, Argon2, Params, Version};
use lingnan_journal::{Fault, Kind, Refusal};

/// Fewest characters of a password.
pub const PASSWORD_CHARACTERS_MIN: usize = 12;
/// Most bytes: hashing a novel would be a denial of service.
const BYTES_MAX: usize = 256;
/// Memory in KiB, passes and lanes (OWASP's first choice for Argon2id).
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// Passwords that every list of guesses begins with, and ours.
const COMMON: [&str; 10] = [
    "123456789012",
    "password1234",
    "qwertyuiopas",
    "000000000000",
    "111111111111",
    "abcd12345678",
    "administrator",
    "guangdong123",
    "lingnan12345",
    "a1234567890b",
];

/// Checks a new password.
///
/// # Errors
/// A refusal that names the rule it breaks.
pub fn check(password: &str) -> Result<(), Refusal> {
    let refuse = |message: &str| {
        Err(Refusal::new(Kind::Invalid, "auth.weak_password", message)
            .with_rule("GB/T 22239-2019 8.1.4.1 a")
            .with_next("可以用几个不相关的词连成一句，便于记忆。"))
    };
    if password.chars().count() < PASSWORD_CHARACTERS_MIN {
        return refuse("口令至少12个字符。");
    }
    if password.len() > BYTES_MAX {
        return refuse("口令过长。");
    }
    let lower = password.to_lowercase();
    let first = lower.chars().next();
    let monotone = lower.chars().all(|c| Some(c) == first);
    if monotone || COMMON.contains(&lower.as_str()) {
        return refuse("这个口令太常见。");
    }
    Ok(())
}

/// The hash of a password under a salt.
pub(crate) fn hash(password: &str, salt: &[u8]) -> Result<[u8; 32], Fault> {
    let failed = |error: argon2::Error| Fault::Engine(error.to_string());
    let params = Params::new(COST.0, COST.1, COST.2, Some(32)).map_err(failed)?;
    let mut out = [0; 32];
    let bytes = password.as_bytes();
    let bytes = bytes.get(..bytes.len().min(BYTES_MAX)).unwrap_or(bytes);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(bytes, salt, &mut out)
        .map_err(failed)?;
    Ok(out)
}

/// Whether two hashes are equal, in time that does not tell where they differ.
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    let differing = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_common_passwords_are_refused() {
        for bad in ["short", "111111111111", "Password1234", &"长".repeat(300)] {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert!(check("木棉-珠江-早茶-四月").is_ok() || check("木棉-珠江-早茶-四月天").is_ok());
        assert!(check("kapok river dim sum").is_ok());
    }

    #[test]
    fn a_hash_depends_on_password_and_salt() {
        let one = hash("kapok river dim sum", &[1; 16]).unwrap();
        assert!(equal(&one, &hash("kapok river dim sum", &[1; 16]).unwrap()));
        assert!(!equal(&one, &hash("kapok river dim sum", &[2; 16]).unwrap()));
        assert!(!equal(&one, &hash("kapok river dim sun", &[1; 16]).unwrap()));
    }
}
