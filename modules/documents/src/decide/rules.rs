//! 行文规则 at the acts that move a document on: what is wrong stops it, unless what the rule
//! lets one declare is declared with the act.

use super::outgoing::Work;
use crate::model::{Declared, Document, Fact};
use crate::rules::{self, Finding, Paper, Rule, Situation, Stage, Way};
use lingnan_api::text;
use lingnan_directory::{Directory, duty};
use lingnan_journal::{Draft, Kind, Refusal, Seat, Stop};

/// Fewest characters of a reason: one that says something has more than 同意.
const REASON_MIN: usize = 4;

/// A saved document among the units as they are; none before it has a head.
fn situation(directory: &Directory, document: &Document) -> Option<Situation> {
    let (unit, head) = (document.unit.as_ref()?, document.head.as_ref()?);
    let paper = Paper { unit, head, body: &document.body, document: Some(document) };
    Some(Situation::of(directory, paper))
}

impl Work<'_> {
    /// Records what is declared, and refuses while a rule is broken.
    pub(super) fn keep_rules(
        &mut self,
        draft: &mut Draft<'_>,
        stage: Stage,
        declared: &[Declared],
    ) -> Result<(), Stop> {
        let directory = |directory: &Directory| situation(directory, &self.document);
        let situation = self.setting.with_directory(directory).ok_or_else(Refusal::missing)?;
        let findings = rules::judge(&situation, stage);
        for (rule, finding) in &findings {
            for one in declared.iter().filter(|one| one.rule == rule.id) {
                let declared = self.declared(rule, one)?;
                let about = finding.sentence.clone();
                self.put(draft, Fact::Declared { declared, about })?;
            }
        }
        let open = findings
            .iter()
            .find(|(rule, finding)| !rules::settled(rule, finding, &self.document.declarations));
        open.map_or(Ok(()), |(rule, finding)| Err(rules::refusal(rule, finding).into()))
    }

    /// 联署: a joint issuer signs by its head; what does not go up, by any of its leaders.
    pub(super) fn must_be_its_leader(&self, seat: &Seat) -> Result<(), Refusal> {
        let head = self.document.head.as_ref().ok_or_else(Refusal::missing)?;
        if !head.joint.contains(&seat.unit) {
            return Ok(());
        }
        let able = self.setting.with_directory(|directory| {
            let upward = situation(directory, &self.document).is_some_and(|s| s.is_upward());
            let headed = !directory.posts_with(&seat.unit, duty::HEAD).is_empty();
            let wanted = if upward && headed { duty::HEAD } else { duty::LEADER };
            directory
                .post(&seat.post)
                .is_some_and(|(_, post)| post.duties.iter().any(|duty| duty == wanted))
        });
        if able {
            return Ok(());
        }
        let message = "联合发文由联署机关的负责人会签，上行文由主要负责人会签；您的岗位不能会签。";
        Err(Refusal::new(Kind::Invalid, "documents.joint_signer", message)
            .with_rule("《党政机关公文处理工作条例》第二十二条")
            .with_next("请转办给本机关负责人。"))
    }

    /// A declaration as the rule allows it.
    fn declared(&self, rule: &Rule, asked: &Declared) -> Result<Declared, Refusal> {
        let reason = text::optional(&asked.reason, "理由", text::REASON_MAX)?;
        let attachment = asked.attachment.clone();
        let known = |digest: &String| self.document.attachments.iter().any(|a| a.digest == *digest);
        if attachment.as_ref().is_some_and(|digest| !known(digest)) {
            return Err(incomplete(
                rule,
                "所选的附件不在本文的附件中。",
                "请先上传附件，再选择它。",
            ));
        }
        let reasoned = reason.chars().count() >= REASON_MIN;
        let all = rule.items().iter().all(|item| asked.items.contains(item));
        let (enough, what, next) = match rule.way {
            Way::Mend | Way::Hint => (false, "这一条不能以说明代替改正。", "请改正后再办理。"),
            Way::Reason => (reasoned, "请写明理由。", "理由应当说明情况特殊在哪里。"),
            Way::Attachment => {
                (attachment.is_some(), "请附上证明文件。", "请先上传附件，再选择它。")
            }
            Way::AttachmentOrReason => (
                attachment.is_some() || reasoned,
                "请附上证明文件，或写明理由。",
                "两项至少填一项。",
            ),
            Way::Checklist => (all, "审核要点还没有逐项确认。", "请逐项核对并勾选后再通过。"),
        };
        if !enough {
            return Err(incomplete(rule, what, next));
        }
        let items = if rule.way == Way::Checklist { asked.items.clone() } else { Vec::new() };
        Ok(Declared { rule: rule.id.to_owned(), reason, attachment, items })
    }
}

fn incomplete(rule: &Rule, message: &str, next: &str) -> Refusal {
    rules::refusal(rule, &Finding::new(message, next))
}
