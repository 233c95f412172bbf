//! A process changes while matters run: told before it is done, refused where it would strand.

use crate::story::{Story, story};
use lingnan_base::Timestamp;
use lingnan_flow::{Definition, Operation, Process, ReturnMode, Status, migrate, operate};

fn version2(body: &str) -> Definition {
    let text = format!("process p \"名\" v2 in test\nbasis \"法\"\nstart by anyone\n{body}\nend\n");
    Definition::new(&Process::parse(&text).unwrap()).unwrap()
}

fn finishes(story: &Story, new: &Definition, approvals: &[&str]) {
    let (fact, _) = migrate(&story.definition, new, &story.instance).unwrap();
    let mut moved = story.instance.clone();
    moved.fold(&fact);
    assert_eq!(moved.process(), Some(("p", 2)));
    for expected in approvals {
        let (ticket, held) = moved.open_tickets().next().unwrap();
        assert_eq!(&*held.holder.0, *expected);
        let approve = Operation::Approve;
        operate(new, &mut moved, &story.world, Timestamp(0), ticket, &approve).unwrap();
    }
    assert_eq!(moved.status(), Status::Completed);
}

const PAR: &str = "par {\nstep b \"乙\" by post:b\n} and {\nstep c \"丙\" by post:c\n}";

#[test]
fn a_running_matter_goes_on_by_the_new_version() {
    let mut story = story(&format!("step a \"甲\" by post:a\n{PAR}\nstep d \"丁\" by post:d"));
    story.approve("a b");
    let more = "step z \"子\" by post:z\nstep a \"甲\" by post:a\n";
    let new = version2(&format!("{more}{PAR}\nstep e \"戊\" by post:e\nstep d \"丁\" by post:d"));
    finishes(&story, &new, &["c", "e", "d"]);
}

#[test]
fn a_promised_way_back_is_kept() {
    let body = "step a \"甲\" by post:a\nstep b \"乙\" by post:b\nstep c \"丙\" by post:c";
    let mut story = story(body);
    story.approve("a b");
    story.does("c", Operation::Return { target: "a".to_owned(), mode: ReturnMode::Direct });
    let new = version2(&format!("step z \"子\" by post:z\n{body}"));
    finishes(&story, &new, &["a", "c"]);
}

#[test]
fn what_is_lost_is_told_and_what_would_strand_is_refused() {
    let mut story = story(&format!("step a \"甲\" by post:a\n{PAR}\nstep d \"丁\" by post:d"));
    story.approve("a b");
    let told = |body: &str| migrate(&story.definition, &version2(body), &story.instance);
    let (_, report) = told(&format!("step e \"戊\" by post:e\n{PAR}")).unwrap();
    assert_eq!(report.lost, ["a".into()]);
    let gone = told("step a \"甲\" by post:a\nstep d \"丁\" by post:d").unwrap_err();
    assert_eq!(gone.obstacles, ["正在办理的“丙”环节在新版中没有了。"]);
    let elsewhere = told("step b \"乙\" by post:b\nstep c \"丙\" by post:c").unwrap_err();
    assert_eq!(elsewhere.obstacles, ["正在办理的“丙”环节在新版中位于别的分支。"]);
}

#[test]
fn a_step_that_people_handle_in_another_way_is_refused() {
    let mut story = story("step a \"甲\" by post:a\nseq b \"乙\" by post:b+post:c");
    story.approve("a");
    let told = |body: &str| migrate(&story.definition, &version2(body), &story.instance);
    let all = told("step a \"甲\" by post:a\nvote b \"乙\" by post:b+post:c all").unwrap_err();
    assert_eq!(all.obstacles, ["正在办理的“乙”环节在新版中换了办理方式。"]);
    let (_, report) = told("seq b \"新乙\" by post:c").unwrap();
    let stands: Vec<_> = report.stands.iter().map(|(from, to)| (&*from.name, to)).collect();
    assert_eq!(stands, [("乙", &Some(lingnan_flow::Step::new("b", "新乙")))]);
}

#[test]
fn a_choice_none_of_whose_cases_held_stays_not_taken() {
    let choice = "choose {\nwhen form.大额 = true {\nstep x \"子\" by post:x\n}\n}";
    let body = format!("step a \"甲\" by post:a\n{choice}\nstep b \"乙\" by post:b");
    let mut story = story(&body);
    story.approve("a");
    let new = version2(&body);
    let (fact, _) = migrate(&story.definition, &new, &story.instance).unwrap();
    let mut moved = story.instance.clone();
    moved.fold(&fact);
    let line = moved.state_line(&new);
    let stage = line.iter().find(|stage| stage.node.id() == "x").unwrap();
    assert_eq!(stage.standing, lingnan_flow::NodeStanding::NotTaken);
}
