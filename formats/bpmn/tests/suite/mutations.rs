//! Files that were damaged on the way: cut off, with bytes changed, with attributes lost.

use crate::visits_json;
use lingnan_bpmn::{Payload, blocks, may_return, parse, write};
use proptest::prelude::*;

const GOLDEN: &str = include_str!("../golden/fawen.bpmn");
const KINDS: &str = include_str!("../golden/kinds.bpmn");
const OURS: Payload<'_> = Payload { prefix: "gov", namespace: "urn:example:flow" };

/// Everything that can be done with a text; nothing of it may panic.
fn use_all(text: &str) {
    if let Err(said) = visits_json(text) {
        assert!(!said.is_empty());
    }
    let Ok(read) = parse(text) else { return };
    let written = write(&read);
    let again = parse(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    assert_eq!(write(&again), written);
    for process in &read.processes {
        if let Err(not) = blocks(&read, process, &OURS) {
            assert!(!not.to_string().is_empty());
        }
        let ids: Vec<&str> = process.body.nodes.iter().map(|n| n.common.id.as_str()).collect();
        for pair in ids.windows(2).take(3) {
            let _ = may_return(&read, pair[1], pair[0]);
        }
    }
}

#[test]
fn every_kind_of_element_is_read_run_and_written() {
    let read = parse(KINDS).expect("read");
    let written = write(&read);
    for tag in KINDS.split('<').filter_map(|part| part.split([' ', '>', '/']).next()) {
        let local = tag.rsplit(':').next().unwrap_or_default();
        assert!(written.contains(local), "{local}");
    }
    let visits = visits_json(KINDS).expect("run");
    // Counted by hand: the default of the choice, the first event of the race, the first of the
    // ways of which nothing is known; what was paid is given back when the deal is cancelled.
    let once = "begin call call_end call_start choice deal_start fork gather give_up given_up \
        hurry in_end in_start in_task inside join land leap loose meet one over paid pay race \
        receive refund rule script service some two user wait_letter";
    let once: Vec<String> = once.split_whitespace().map(|id| format!("\"{id}\":1")).collect();
    assert_eq!(visits, format!("{{{}}}", once.join(",")));
    use_all(KINDS);
}

#[test]
fn a_file_without_any_one_attribute_or_line_is_read_or_refused() {
    // The drawing is long and all alike: a few places of it will do.
    for (text, every) in [(GOLDEN, 29), (KINDS, 2)] {
        for (at, _) in text.match_indices("=\"").step_by(every) {
            let start = text[..at].rfind(' ').unwrap_or(at);
            let Some(end) = text[at + 2..].find('"') else { continue };
            use_all(&format!("{}{}", &text[..start], &text[at + 3 + end..]));
        }
        let lines: Vec<&str> = text.lines().collect();
        for lost in (0..lines.len()).step_by(every) {
            let kept = lines.iter().enumerate().filter(|(at, _)| *at != lost);
            use_all(&kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_damaged_file_is_read_or_refused(
        cut in 0..30_000_usize,
        places in proptest::collection::vec((0..30_000_usize, any::<u8>()), 0..6),
        which in any::<bool>(),
    ) {
        let text = if which { GOLDEN } else { KINDS };
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte) in places {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        if cut % 3 == 0 {
            bytes.truncate(cut);
        }
        use_all(&String::from_utf8_lossy(&bytes));
    }
}
