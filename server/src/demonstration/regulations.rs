//! Regulations of Guangdong, passed on to the cities that have nobody on stage.

use super::Stage;
use super::roles::{DRAFTER, issue};
use anyhow::Context as _;
use lingnan_base::{PostId, UnitId};
use lingnan_documents::Begin;
use lingnan_documents::body::Body;
use lingnan_documents::model::{DocumentType, Head, Openness};
use serde::Deserialize;

/// Which are passed on: 家政服务, 粤菜发展促进.
const REGULATIONS: std::ops::Range<usize> = 3..5;

#[derive(Deserialize)]
struct Regulation {
    title: String,
    adopted: String,
    lines: Vec<String>,
}

impl Regulation {
    fn head(&self) -> anyhow::Result<Head> {
        let cities = ["440400000000", "440600000000", "441200000000"].map(UnitId::parse);
        let title = format!("广东省人民政府办公厅关于贯彻实施《{}》的通知", self.title);
        Ok(Head {
            recipients: cities.into_iter().collect::<Result<_, _>>()?,
            signer: Some(PostId::parse("440000-bgt.zr")?),
            openness: Some(Openness::Active),
            ..Head::new(title, DocumentType::Notice)
        })
    }

    fn body(&self) -> Body {
        let own = [
            "有关地级以上市人民政府：".to_owned(),
            format!("《{}》已由{}，现转发给你们，请认真贯彻实施。", self.title, self.adopted),
        ];
        Body::from_lines(own.iter().chain(&self.lines).map(String::as_str))
    }
}

impl Stage {
    pub(super) async fn regulations(&self) -> anyhow::Result<()> {
        let text = include_str!("../../../catalogue/documents/regulations.jsonl");
        for (number, line) in
            text.lines().enumerate().filter(|(number, _)| REGULATIONS.contains(number))
        {
            let regulation: Regulation =
                serde_json::from_str(line).context("reading Guangdong's regulations")?;
            self.pass_on(number, &regulation).await?;
        }
        Ok(())
    }

    async fn pass_on(&self, number: usize, regulation: &Regulation) -> anyhow::Result<()> {
        let act = format!("regulation-{number}");
        let begin = Begin {
            head: regulation.head()?,
            body: regulation.body(),
            secrecy: String::new(),
            pictures: Vec::new(),
            setting: self.setting(),
        };
        let drafter = self.actor(DRAFTER.0, DRAFTER.1)?;
        let answer = self.submit(&format!("demo-{act}"), drafter, begin).await?;
        let key = answer.get("id").and_then(|id| id.as_str()).context("no id")?;
        self.steps(&act, key, issue()).await
    }
}
