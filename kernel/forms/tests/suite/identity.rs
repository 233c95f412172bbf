//! Numbers that prove themselves, by examples of the standards and by every single wrong character.

use crate::{Few, spending, values};
use lingnan_forms::{Rights, Values, fill};
use proptest::prelude::*;
use serde_json::json;

fn holds(field: &str, text: &str) -> bool {
    let form = spending();
    let patch = values(json!({ field: text }));
    fill(&form, &Rights::starter(&form), &Values::default(), &patch, &Few).is_ok()
}

#[test]
fn an_id_card_number_has_a_day_of_birth_and_a_check_character() {
    for (text, expected) in [
        ("11010519491231002X", true),
        ("440524188001010014", true),
        ("11010519491231002x", true),
        ("110105194912310021", false),
        ("11010519490229002X", false),
        ("1101051949123100", false),
        ("11010519491231002Y", false),
        ("一二三四五六", false),
    ] {
        assert_eq!(holds("身份证", text), expected, "{text}");
    }
}

#[test]
fn a_credit_code_has_a_check_character() {
    for (text, expected) in [
        ("91350100M000100Y43", true),
        ("91350100m000100y43", true),
        ("91350100M000100Y44", false),
        ("91350100M000100I43", false),
        ("9135010AM000100Y43", false),
        ("91350100M000100Y4", false),
    ] {
        assert_eq!(holds("信用代码", text), expected, "{text}");
    }
}

#[test]
fn telephone_numbers_of_the_mainland_are_known() {
    for (text, expected) in [
        ("13800138000", true),
        ("020-83130000", true),
        ("0750-3273000", true),
        ("07503273000", true),
        ("020-83130000-8012", true),
        ("400-800-1234", true),
        ("4008001234", true),
        ("12800138000", false),
        ("1380013800", false),
        ("83130000", false),
        ("020-1234567", false),
        ("020-83130000-", false),
        ("+8613800138000", false),
    ] {
        assert_eq!(holds("电话", text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn one_wrong_digit_of_an_id_card_number_is_found(at in 0_usize..17, digit in 0_u8..10) {
        let mut bytes = b"11010519491231002X".to_vec();
        let digit = b'0' + digit;
        let is_same = bytes[at] == digit;
        bytes[at] = digit;
        prop_assert_eq!(holds("身份证", std::str::from_utf8(&bytes).unwrap()), is_same);
    }

    #[test]
    fn one_wrong_character_of_a_credit_code_is_found(
        at in 0_usize..18,
        character in prop::sample::select(b"0123456789ABCDEFGHJKLMNPQRTUWXY".to_vec()),
    ) {
        let mut bytes = b"91350100M000100Y43".to_vec();
        let is_same = bytes[at] == character;
        bytes[at] = character;
        prop_assert_eq!(holds("信用代码", std::str::from_utf8(&bytes).unwrap()), is_same);
    }
}
