//! One document waiting for each role, and the states that a document seldom has.

use super::{Stage, approve};
use anyhow::Context;
use lingnan_base::{PostId, UnitId};
use lingnan_documents::body::Body;
use lingnan_documents::first_check::FirstCheckItem;
use lingnan_documents::model::{ByHand, DocumentType, Head, Openness, Request};
use lingnan_documents::{Begin, IncomingRequest};

/// Someone acting from one of his posts.
pub(super) type Who = (&'static str, &'static str);

pub(super) const DRAFTER: Who = ("linlan", "440000-bgt.ng");
const REVIEWER: Who = ("chenzhuo", "440000-bgt.hg");
const CLERK: Who = ("zhouwen", "440000-bgt.ws");
const DIRECTOR: Who = ("hejing", "440000-bgt.zr");
const FINANCE: Who = ("fanghao", "440000-11.ng");
const FINANCE_REVIEWER: Who = ("pengli", "440000-11.hg");
const JIANGMEN: Who = ("huangqi", "440700000000.ws");
const MAYOR: Who = ("situning", "440700000000.sz");
const KAIPING: Who = ("yupei", "440783000000.ws");
const TANGKOU: Who = ("zhangmo", "440783108000.ws");
const GUANGZHOU: Who = ("jianghe", "440100000000.ws");
const SHENZHEN: Who = ("zhanfeng", "440300000000.ws");

const CITIES: &[&str] = &["440100000000", "440300000000", "440700000000"];
const TO_CITIES: &str = "各地级以上市人民政府：";

/// A document to be begun.
struct Paper {
    id: &'static str,
    title: &'static str,
    text: &'static str,
    by: Who,
    signer: &'static str,
    issuer: Option<&'static str>,
    /// 主送 as the text names them.
    to: &'static str,
    recipients: &'static [&'static str],
    copies: &'static [&'static str],
    countersign: &'static [&'static str],
}

fn handled(node: &str, opinion: &str) -> IncomingRequest {
    IncomingRequest::Approve {
        node: node.to_owned(),
        opinion: opinion.to_owned(),
        lead: None,
        assists: Vec::new(),
        checked: first_check_at(node),
        by_hand: ByHand::default(),
    }
}

/// 初审, which 拟办 needs.
pub(super) fn first_check_at(node: &str) -> Vec<FirstCheckItem> {
    if node == "propose" { FirstCheckItem::ALL.to_vec() } else { Vec::new() }
}

/// The way of a document of the general office from its drafter to those it is sent to.
pub(super) fn issue() -> Vec<(Who, Request)> {
    vec![
        (DRAFTER, Request::Submit { declarations: Vec::new() }),
        (REVIEWER, approve("edit_check", "文字已核，拟同意。")),
        (DIRECTOR, approve("sign_off", "同意印发。")),
        (CLERK, Request::Number { book: None, declarations: Vec::new() }),
        (CLERK, Request::Distribute { prints: None, declarations: Vec::new() }),
    ]
}

impl Stage {
    /// Lays a document on the desk of everyone who would otherwise have none.
    pub(super) async fn roles(&self) -> anyhow::Result<()> {
        self.finance().await?;
        self.office().await?;
        self.cities().await
    }

    async fn begin(&self, paper: Paper) -> anyhow::Result<String> {
        let units = |ids: &[&str]| ids.iter().map(|id| UnitId::parse(id)).collect::<Result<_, _>>();
        let head = Head {
            recipients: units(paper.recipients)?,
            copies: units(paper.copies)?,
            countersign: units(paper.countersign)?,
            signer: Some(PostId::parse(paper.signer)?),
            issuer: paper.issuer.map(UnitId::parse).transpose()?,
            openness: Some(Openness::Active),
            ..Head::new(paper.title.to_owned(), DocumentType::Notice)
        };
        let body = Body::from_lines([paper.to, paper.text]);
        let begin = Begin {
            head,
            body,
            secrecy: String::new(),
            pictures: Vec::new(),
            setting: self.setting(),
        };
        let actor = self.actor(paper.by.0, paper.by.1)?;
        let answer = self.submit(&format!("demo-role-{}", paper.id), actor, begin).await?;
        answer.get("id").and_then(|id| id.as_str()).map(str::to_owned).context("no id")
    }

    pub(super) async fn steps(
        &self,
        id: &str,
        key: &str,
        steps: Vec<(Who, Request)>,
    ) -> anyhow::Result<()> {
        for (place, (who, request)) in steps.into_iter().enumerate() {
            self.handle(&format!("demo-role-{id}-{place}"), who.0, who.1, key, request).await?;
        }
        Ok(())
    }

    async fn receipts(
        &self,
        id: &str,
        key: &str,
        steps: Vec<(Who, &str, IncomingRequest)>,
    ) -> anyhow::Result<()> {
        for (place, (who, unit, request)) in steps.into_iter().enumerate() {
            let act = format!("demo-role-{id}-in-{place}");
            self.incoming(&act, who, &format!("{key}.{unit}"), request).await?;
        }
        Ok(())
    }

    /// 财政厅: a draft, one being checked, one being countersigned by two, one to be signed.
    async fn finance(&self) -> anyhow::Result<()> {
        let paper = |id, title, countersign| Paper {
            id,
            title,
            text: "请按要求于月底前完成，并将情况报送我厅。",
            by: FINANCE,
            signer: "440000-11.jz",
            issuer: None,
            to: "各地级以上市财政局：",
            recipients: &["440100-czj", "440300-czj", "440700-czj"],
            copies: &[],
            countersign,
        };
        self.begin(paper("f1", "广东省财政厅关于编报部门预算的通知", &[])).await?;
        let checked =
            self.begin(paper("f2", "广东省财政厅关于清理结转结余资金的通知", &[])).await?;
        let submit = || (FINANCE, Request::Submit { declarations: Vec::new() });
        let reviewed = || (FINANCE_REVIEWER, approve("edit_check", "文字已核。"));
        self.steps("f2", &checked, vec![submit()]).await?;
        let both: &[&str] = &["440000-03", "440000-04"];
        let asked = self.begin(paper("f3", "广东省财政厅关于安排教育专项资金的通知", both)).await?;
        self.steps("f3", &asked, vec![submit(), reviewed()]).await?;
        let ready = self.begin(paper("f4", "广东省财政厅关于政府采购计划备案的通知", &[])).await?;
        self.steps("f4", &ready, vec![submit(), reviewed()]).await
    }

    /// 省政府办公厅: one for the governor, one withdrawn, one whose number was voided.
    async fn office(&self) -> anyhow::Result<()> {
        let paper = |id, title, signer| Paper {
            id,
            title,
            text: "经省人民政府同意，现将有关事项通知如下，请认真贯彻执行。",
            by: DRAFTER,
            signer,
            // What the governor signs is issued by the government.
            issuer: Some("440000000000").filter(|_| signer.starts_with("440000000000.")),
            to: TO_CITIES,
            recipients: CITIES,
            copies: &[],
            countersign: &[],
        };
        let submit = || (DRAFTER, Request::Submit { declarations: Vec::new() });
        let reviewed = || (REVIEWER, approve("edit_check", "文字已核，拟同意。"));
        let governor = "440000000000.sz";
        let first =
            self.begin(paper("o1", "广东省人民政府关于加快发展现代农业的通知", governor)).await?;
        self.steps("o1", &first, vec![submit(), reviewed()]).await?;
        let director = "440000-bgt.zr";
        let second =
            self.begin(paper("o2", "广东省人民政府办公厅关于做好值班工作的通知", director)).await?;
        let back = (DRAFTER, Request::Withdraw { node: "draft".to_owned() });
        self.steps("o2", &second, vec![submit(), back]).await?;
        let third =
            self.begin(paper("o3", "广东省人民政府办公厅关于报送年度总结的通知", director)).await?;
        let void = Request::VoidNumber { reason: "文种使用不当，重新编号".to_owned() };
        let steps = vec![
            submit(),
            reviewed(),
            (DIRECTOR, approve("sign_off", "同意印发。")),
            (CLERK, Request::Number { book: None, declarations: Vec::new() }),
            (CLERK, void),
        ];
        self.steps("o3", &third, steps).await
    }

    /// Cities, counties, towns: 批示 waiting at each level, 转办, 退文, and one ready to conclude.
    async fn cities(&self) -> anyhow::Result<()> {
        let paper = |id, title| Paper {
            id,
            title,
            text: "请结合实际抓好落实，重要情况及时报告。",
            by: DRAFTER,
            signer: "440000-bgt.zr",
            issuer: None,
            to: TO_CITIES,
            recipients: CITIES,
            copies: &["440000-11"],
            countersign: &[],
        };
        let relay = |unit: &str| -> anyhow::Result<IncomingRequest> {
            Ok(IncomingRequest::Relay { units: vec![UnitId::parse(unit)?] })
        };
        let acknowledge = || IncomingRequest::Acknowledge {};
        let (city, county, town) = ("440700000000", "440783000000", "440783108000");
        let first = paper("c1", "广东省人民政府办公厅关于开展安全生产检查的通知");
        let key = self.begin(first).await?;
        self.steps("c1", &key, issue()).await?;
        let reason = "附件缺少责任分工表，请补发。".to_owned();
        let back = IncomingRequest::ReturnDocument { reason, failed: Vec::new() };
        let steps = vec![
            (JIANGMEN, city, acknowledge()),
            (JIANGMEN, city, relay(county)?),
            (JIANGMEN, city, handled("propose", "拟请司徒市长批示。")),
            (KAIPING, county, acknowledge()),
            (KAIPING, county, relay(town)?),
            (KAIPING, county, handled("propose", "拟请汤市长批示。")),
            (TANGKOU, town, acknowledge()),
            (TANGKOU, town, handled("propose", "拟请关镇长批示。")),
            (GUANGZHOU, "440100000000", acknowledge()),
            (GUANGZHOU, "440100000000", handled("propose", "拟请麦市长批示。")),
            (SHENZHEN, "440300000000", back),
        ];
        self.receipts("c1", &key, steps).await?;
        let second = paper("c2", "广东省人民政府办公厅关于加强防汛值守的通知");
        let key = self.begin(second).await?;
        self.steps("c2", &key, issue()).await?;
        let hand = IncomingRequest::Transfer {
            node: "instruct".to_owned(),
            to: PostId::parse("440700000000.fz")?,
            opinion: "请李秋同志阅处。".to_owned(),
        };
        let steps = vec![
            (JIANGMEN, city, acknowledge()),
            (JIANGMEN, city, handled("propose", "拟请司徒市长批示。")),
            (MAYOR, city, hand),
            (GUANGZHOU, "440100000000", acknowledge()),
            (GUANGZHOU, "440100000000", handled("propose", "拟请麦市长批示。")),
            (("maiyun", "440100000000.sz"), "440100000000", handled("instruct", "抓紧落实。")),
            (GUANGZHOU, "440100000000", handled("handle", "已部署落实。")),
        ];
        self.receipts("c2", &key, steps).await
    }
}
