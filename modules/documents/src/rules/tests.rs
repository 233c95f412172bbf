//! Whatever a document says and whomever it goes to, the rules answer.

use super::{Party, PartyKind, RULES, Relation, Signer, Since, Situation, Skipped, Stage, judge};
use crate::model::{Answered, Format, Head, Meeting, Openness, Urgency};
use lingnan_base::UnitId;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn every_rule_has_a_name_of_its_own_and_cites_its_article() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    assert!(RULES.iter().all(|rule| rule.article.contains('《') && !rule.at.is_empty()));
}

/// Pieces of what the rules look for, put together in any order, with anything between.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("广东省财政厅"),
        Just("省财政厅"),
        Just("预算处"),
        Just("关于"),
        Just("转报"),
        Just("《"),
        Just("》"),
        Just("的请示"),
        Just("的通知"),
        Just("办法"),
        Just("（"),
        Just("）"),
        Just("经"),
        Just("政府同意"),
        Just("恳请"),
        Just("和"),
        Just("申请"),
        Just("："),
        Just("省长"),
        Just("一、"),
        Just("填报"),
        Just("请"),
        Just("。"),
        Just("负责"),
        Just(""),
        Just("令"),
    ]
    .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![4 => piece, 1 => ".{0,4}"], 0..12)
        .prop_map(|pieces| pieces.concat())
}

fn party() -> impl Strategy<Value = Party> {
    let kind = prop::sample::select(vec![
        PartyKind::Government,
        PartyKind::PartyCommittee,
        PartyKind::Department,
        PartyKind::Office,
        PartyKind::Internal,
        PartyKind::Village,
    ]);
    let id = "[0-9]{6}-[0-9]{2}".prop_map(|id| UnitId::parse(&id).unwrap());
    let skipped = (id.clone(), words()).prop_map(|(id, name)| Skipped { ids: vec![id], name });
    let relation =
        (0..4_u8, prop::collection::vec(skipped, 0..2)).prop_map(|(which, skipped)| match which {
            0 => Relation::Own,
            1 => Relation::Superior(skipped),
            2 => Relation::Subordinate(skipped),
            _ => Relation::Beside,
        });
    (id, words(), words(), kind, relation).prop_map(|(id, name, short_name, kind, relation)| {
        Party { id, name, short_name, kind, relation }
    })
}

fn parties() -> impl Strategy<Value = Vec<Party>> {
    prop::collection::vec(party(), 0..3)
}

fn head() -> impl Strategy<Value = Head> {
    let openness = prop::option::of(prop::sample::select(vec![
        Openness::Active,
        Openness::OnRequest,
        Openness::Withheld,
    ]));
    let answers = prop::option::of((words(), words()).prop_map(|(title, number)| Answered {
        receipt: None,
        title,
        number,
    }));
    let meeting = prop::option::of(words().prop_map(|name| Meeting { name, ..Meeting::default() }));
    let kind = prop::sample::select(super::form::TYPES.to_vec());
    let flags = (any::<bool>(), any::<bool>());
    (words(), kind, openness, words(), answers, meeting, flags).prop_map(
        |(title, kind, openness, text, answers, meeting, (normative, urgent))| Head {
            openness,
            openness_reason: text.clone(),
            note: text,
            answers,
            meeting,
            normative,
            format: urgent.then_some(Format::Letter),
            urgency: if urgent { Urgency::MostUrgent } else { Urgency::Ordinary },
            ..Head::new(title, kind)
        },
    )
}

fn situation() -> impl Strategy<Value = Situation> {
    let signer = prop::option::of((words(), any::<[bool; 3]>()).prop_map(
        |(name, [is_chief, is_issuers, is_vacant])| Signer {
            name,
            is_chief,
            is_issuers,
            is_vacant,
        },
    ));
    let lines = || prop::collection::vec(words(), 0..5);
    let units = (party(), party(), parties(), parties(), parties(), parties());
    let around = (signer, prop::option::of(party()), parties(), lines(), lines());
    (head(), lines(), prop::collection::vec(lines(), 0..3), units, around).prop_map(
        |(head, lines, sections, units, (signer, superior, departments, objecting, alike))| {
            let (issuer, drafting, recipients, copies, joint, countersign) = units;
            Situation {
                head,
                lines,
                sections,
                issuer,
                drafting,
                recipients,
                copies,
                joint,
                unsigned: Vec::new(),
                merged: Vec::new(),
                is_lawful: false,
                countersign,
                signer,
                superior,
                departments,
                objecting,
                version: 1,
                since: Since::Changed,
                alike,
            }
        },
    )
}

proptest! {
    // Each of them is judged by every rule at every stage.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_a_document_is_the_rules_answer_in_sentences(situation in situation()) {
        for stage in [Stage::Draft, Stage::Submit, Stage::Review, Stage::SignOff, Stage::Issue] {
            for (rule, finding) in judge(&situation, stage) {
                prop_assert!(finding.sentence.ends_with('。'), "{} {}", rule.id, finding.sentence);
                prop_assert!(finding.next.ends_with('。'), "{} {}", rule.id, finding.next);
            }
        }
    }
}

#[test]
fn titles_about_one_matter_are_alike_and_of_one_type_alone_are_not() {
    let one = "广东省人民政府办公厅关于做好冬修水利工作的通知";
    assert!(super::alike(one, "广东省人民政府办公厅关于做好冬季水利工作的通知"));
    assert!(!super::alike(one, "广东省人民政府办公厅关于部署值班工作的通知"));
    assert!(!super::alike("", ""));
}
