//! Matters of many processes, each as far as its scenario's first acts bring it.

use super::Stage;
use anyhow::Context;
use lingnan_base::PostId;
use lingnan_journal::{Actor, Matter, MatterId};
use lingnan_workflow::catalogue::{CatalogueFile, files};
use lingnan_workflow::library::decide::Text;
use lingnan_workflow::scenario::{Rehearsal, Scenario};
use lingnan_workflow::work::model::Request;
use lingnan_workflow::{Handle, Start, Submission, Work};
use std::sync::PoisonError;

/// A process, and how many acts of its scenario are done; more than it has brings it to the end.
const SHOWN: [(&str, usize); 24] = [
    ("cj04", 2),
    ("cj05", 3),
    ("cj05", 99),
    ("cw05", 2),
    ("cw13", 3),
    ("cw20", 2),
    ("cw24", 4),
    ("dc03", 3),
    ("dc06", 2),
    ("dc06", 99),
    ("fz14", 1),
    ("gc02", 3),
    ("gc16", 1),
    ("gc17", 2),
    ("hq13", 2),
    ("hq15", 3),
    ("jc12", 5),
    ("jc12", 99),
    ("jd03", 2),
    ("kj05", 1),
    ("rs05", 2),
    ("rs17", 2),
    ("sj09", 3),
    ("wf12", 2),
];

impl Stage {
    pub(super) async fn works(&self) -> anyhow::Result<()> {
        for (number, (code, acts)) in SHOWN.into_iter().enumerate() {
            let file = files().iter().find(|file| file.code() == code);
            let file = file.with_context(|| format!("the catalogue has no {code}"))?;
            let mut asked = self.asked(file)?.into_iter().take(acts).enumerate();
            let id = |place: usize| format!("demo-work-{number}-{place}");
            let Some((_, (starter, Request::Submit { fields, opinion }))) = asked.next() else {
                anyhow::bail!("the scenario of {code} begins with no submission");
            };
            let start = Start {
                code: code.to_owned(),
                fields,
                submission: Submission::Submit(opinion),
                files: Vec::new(),
                setting: self.setting(),
            };
            let answer = self.submit(&id(0), self.holder(&starter)?, start).await?;
            let key = answer.get("id").and_then(|id| id.as_str()).context("no id")?.to_owned();
            for (place, (post, request)) in asked {
                self.work(&id(place), &post, &key, request).await?;
            }
        }
        Ok(())
    }

    /// What the scenario asks of its matter.
    fn asked(&self, file: &CatalogueFile) -> anyhow::Result<Vec<(PostId, Request)>> {
        let text = Text { flow: file.flow.into(), form: file.form.into() };
        let scenario = Scenario::parse(file.scenario)?;
        let mut rehearsal = Rehearsal::new(self.setting());
        rehearsal.add(&text).map_err(|refusal| anyhow::anyhow!(refusal.message))?;
        Ok(rehearsal.play(&text, &scenario).asked)
    }

    async fn work(
        &self,
        id: &str,
        post: &PostId,
        key: &str,
        request: Request,
    ) -> anyhow::Result<()> {
        let matter = MatterId::new(Work::KIND, key)?;
        let (seen, _) = self.cell.store.load::<Work>(&matter).await?;
        let command = Handle {
            key: key.to_owned(),
            seen: Some(seen),
            request,
            files: Vec::new(),
            setting: self.setting(),
        };
        self.submit(id, self.holder(post)?, command).await.map(|_| ())
    }

    /// Whoever acts from a post.
    fn holder(&self, post: &PostId) -> anyhow::Result<Actor> {
        let person = {
            let directory = self.cell.directory.read().unwrap_or_else(PoisonError::into_inner);
            directory.holders(post).first().map(|(person, _)| (*person).clone())
        };
        let person = person.with_context(|| format!("nobody holds {post}"))?;
        self.actor(person.as_str(), post.as_str())
    }
}
