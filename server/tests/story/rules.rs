//! 行文规则: each rule finds fault with a document that breaks it, in words that name what is
//! wrong, and lets its clean twin pass.

use crate::browser::{Browser, Province, check, province, text};
use serde_json::{Value, json};

pub(crate) const PROVINCE: &str = "440000000000";
pub(crate) const JIANGMEN: &str = "440700000000";
pub(crate) const KAIPING: &str = "440783000000";

/// A document that breaks a rule, and what of it is mended.
struct Case {
    rule: &'static str,
    unit: &'static str,
    head: Value,
    lines: &'static [&'static str],
    sentence: &'static str,
    next: &'static str,
    article: &'static str,
    mended: Value,
    mended_lines: &'static [&'static str],
}

const TEXT: &[&str] = &["现将有关事项通知如下，请认真贯彻执行。"];
const REPORT: &[&str] = &["现将有关情况报告如下。", "特此报告。"];

/// Who drafts in a unit.
pub(crate) async fn drafter(province: &Province, unit: &str) -> Browser {
    holder(province, &format!("{unit}.ng")).await
}

pub(crate) async fn holder(province: &Province, post: &str) -> Browser {
    let people = province.kit.demonstration.cast.iter().chain(&province.kit.demonstration.staff);
    let mut holders = people.filter(|person| person.posts.iter().any(|one| one.as_str() == post));
    province.as_person(holders.next().unwrap().id.as_str()).await
}

pub(crate) fn put(head: &mut Value, parts: &Value) {
    for (name, value) in parts.as_object().unwrap() {
        head[name] = value.clone();
    }
}

/// A head that lacks nothing but what the case says of it.
pub(crate) fn base(unit: &str, parts: &Value) -> Value {
    let chief = if unit.contains("-bg") { "zr" } else { "jz" };
    let mut head = json!({
        "title": "", "document_type": "notice", "openness": "active",
        "signer": format!("{unit}.{chief}"), "note": "联系人：张三，电话：0750-1234567"
    });
    put(&mut head, parts);
    head
}

async fn tell(province: &Province, case: &Case) {
    let drafter = drafter(province, case.unit).await;
    let mut head = base(case.unit, &case.head);
    let id = drafter.begin(head.clone(), case.lines).await;
    let told = drafter.act(&id, json!({ "do": "submit" })).await;
    check(&told, 422, &format!("documents.rule.{}", case.rule));
    assert_eq!(told.1["title"], case.sentence);
    assert_eq!(told.1["next"], case.next);
    assert_eq!(told.1["rule"], case.article);
    let hints = hints(&drafter, &head, case.lines).await;
    let hint = hints.iter().find(|hint| hint["rule"] == case.rule).unwrap();
    assert_eq!(hint["sentence"], case.sentence, "it is told while one writes, too");

    put(&mut head, &case.mended);
    let id = drafter.begin(head, case.mended_lines).await;
    let told = drafter.act(&id, json!({ "do": "submit" })).await;
    assert_eq!(told.0, 200, "the twin of {} is clean: {}", case.rule, told.1);
}

/// What is hinted while this is being written.
pub(crate) async fn hints(drafter: &Browser, head: &Value, lines: &[&str]) -> Vec<Value> {
    let (_, who) = drafter.get("/api/session").await;
    let body = json!({ "as_post": who["posts"][0]["id"], "head": head, "body": text(lines) });
    let told = drafter.post("/api/documents/rules", &body).await;
    check(&told, 200, "");
    told.1.as_array().unwrap().clone()
}

pub(crate) async fn findings(browser: &Browser, id: &str, stage: &str) -> Vec<Value> {
    let told = browser.get(&format!("/api/documents/{id}/rules?stage={stage}")).await;
    check(&told, 200, "");
    told.1.as_array().unwrap().clone()
}

#[expect(clippy::too_many_lines, reason = "a table of cases")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_document_is_called_and_shows_is_judged() {
    let province = province().await;
    let office = "440000-bgt";
    let cases = [
        Case {
            rule: "8",
            unit: "440000-11",
            head: json!({ "title": "广东省财政厅关于水利专项资金管理办法", "recipients": ["440700-czj"] }),
            lines: TEXT,
            sentence: "“办法”不是法定文种，不能单独行文。",
            next: "请用“通知”印发，例如“广东省财政厅关于印发《水利专项资金管理办法》的通知”。",
            article: "《党政机关公文处理工作条例》第八条",
            mended: json!({ "title": "广东省财政厅关于印发《水利专项资金管理办法》的通知" }),
            mended_lines: TEXT,
        },
        Case {
            rule: "8.direction",
            unit: "440000-11",
            head: json!({ "title": "广东省财政厅关于预算执行情况的通知", "recipients": [PROVINCE] }),
            lines: REPORT,
            sentence: "“通知”不用于向上级机关行文，主送的“广东省人民政府”是本机关的上级机关。",
            next: "请改用“请示”或“报告”。",
            article: "《党政机关公文处理工作条例》第八条",
            mended: json!({
                "title": "广东省财政厅关于预算执行情况的报告", "document_type": "report"
            }),
            mended_lines: REPORT,
        },
        Case {
            rule: "8.direction",
            unit: "440700-bgs",
            head: json!({ "title": "江门市人民政府办公室关于补助水利资金的请示",
                          "document_type": "request_for_instruction",
                          "recipients": ["440000-11"] }),
            lines: &["恳请补助水利资金，妥否，请批复。"],
            sentence: "“请示”用于向上级机关行文，主送的“广东省财政厅”与本机关不相隶属。",
            next: "与不相隶属的机关商洽、请求批准，请改用“函”。",
            article: "《党政机关公文处理工作条例》第八条",
            mended: json!({
                "title": "江门市人民政府办公室关于补助水利资金的函", "document_type": "letter"
            }),
            mended_lines: &["恳请补助水利资金，请予支持为盼。"],
        },
        Case {
            rule: "8.meeting",
            unit: office,
            head: json!({ "title": "广东省人民政府常务会议纪要", "document_type": "minutes" }),
            lines: &["会议研究了冬修水利工作。"],
            sentence: "纪要没有写明会议名称。",
            next: "请在“会议”中填写会议名称。",
            article: "《党政机关公文处理工作条例》第八条（一）（十五）",
            mended: json!({ "meeting": { "name": "省政府第12次常务会议", "date": "2026-11-20" } }),
            mended_lines: &["会议研究了冬修水利工作。"],
        },
        Case {
            rule: "8.reply",
            unit: office,
            head: json!({
                "title": "广东省人民政府办公厅关于设立水文站的批复", "recipients": [JIANGMEN],
                "document_type": "reply_to_request",
                "answers": { "title": "江门市人民政府关于设立水文站的请示",
                             "number": "江府〔2026〕3号" }
            }),
            lines: &["你市来文收悉，原则同意。"],
            sentence: "批复的正文没有引述来文《江门市人民政府关于设立水文站的请示》（江府〔2026〕3号）。",
            next: "请在正文开头写“你单位《江门市人民政府关于设立水文站的请示》（江府〔2026〕3号）收悉”。",
            article: "《党政机关公文处理工作条例》第八条（十二）",
            mended: json!({}),
            mended_lines: &["你市《关于设立水文站的请示》（江府[2026]3号）收悉，原则同意。"],
        },
        Case {
            rule: "9.7",
            unit: office,
            head: json!({ "title": "关于做好冬修水利工作的通知", "recipients": [JIANGMEN] }),
            lines: TEXT,
            sentence: "标题“关于做好冬修水利工作的通知”没有写发文机关名称。",
            next: "请在标题开头写“广东省人民政府办公厅”。",
            article: "《党政机关公文处理工作条例》第九条（七）",
            mended: json!({ "title": "广东省人民政府办公厅关于做好冬修水利工作的通知" }),
            mended_lines: TEXT,
        },
        Case {
            rule: "9.7",
            unit: office,
            head: json!({
                "title": "广东省人民政府关于做好冬修水利工作的通知", "recipients": [JIANGMEN]
            }),
            lines: TEXT,
            sentence: "标题写的发文机关是“广东省人民政府”，本文的发文机关是“广东省人民政府办公厅”。",
            next: "请改正标题开头的机关名称；以本级政府名义发文的，请在“发文机关”中选择。",
            article: "《党政机关公文处理工作条例》第九条（七）",
            mended: json!({ "issuer": PROVINCE, "signer": "440000000000.sz" }),
            mended_lines: TEXT,
        },
        Case {
            rule: "9.7",
            unit: office,
            head: json!({
                "title": "广东省人民政府办公厅关于冬修水利的通告", "recipients": [JIANGMEN]
            }),
            lines: TEXT,
            sentence: "标题以“通告”结尾，选的文种却是“通知”。",
            next: "请把文种改为“通告”，或把标题改为以“通知”结尾。",
            article: "《党政机关公文处理工作条例》第九条（七）",
            mended: json!({ "document_type": "public_notice", "recipients": [] }),
            mended_lines: TEXT,
        },
        Case {
            rule: "openness",
            unit: office,
            head: json!({ "title": "广东省人民政府办公厅关于值班安排的通知",
                          "recipients": [JIANGMEN], "openness": "withheld" }),
            lines: TEXT,
            sentence: "公开属性为“不予公开”，没有说明理由。",
            next: "请依法依规写明不主动公开的理由。",
            article: "《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔2016〕80号）一（一）",
            mended: json!({ "openness_reason": "属内部事务信息（政府信息公开条例第十六条）" }),
            mended_lines: TEXT,
        },
        Case {
            rule: "openness",
            unit: office,
            head: json!({ "title": "广东省人民政府办公厅关于交接班的通知",
                          "recipients": [JIANGMEN], "openness": "on_request",
                          "openness_reason": "涉及内部安排", "note": "此件公开发布" }),
            lines: TEXT,
            sentence: "公开属性为“依申请公开”，附注却写着“此件公开发布”。",
            next: "请改正公开属性，或删去附注中的这一句。",
            article: "《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔2016〕80号）一（一）",
            mended: json!({ "openness": "active" }),
            mended_lines: TEXT,
        },
    ];
    for case in &cases {
        tell(&province, case).await;
    }
}

#[expect(clippy::too_many_lines, reason = "a table of cases")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_up_is_judged() {
    let province = province().await;
    let city = "440700-bgs";
    let request = |matter: &str| {
        json!({ "title": format!("江门市人民政府办公室关于{matter}的请示"),
                "document_type": "request_for_instruction", "recipients": [PROVINCE] })
    };
    let report = json!({ "title": "江门市人民政府办公室关于冬修水利情况的报告",
                         "document_type": "report", "recipients": [PROVINCE] });
    let with = |mut head: Value, parts: Value| {
        put(&mut head, &parts);
        head
    };
    let asking: &[&str] = &["我市拟设立水文站。", "妥否，请批示。"];
    let cases = [
        Case {
            rule: "14",
            unit: "440783-bgs",
            head: json!({ "title": "开平市人民政府办公室关于冬修水利情况的报告",
                          "document_type": "report", "recipients": [PROVINCE] }),
            lines: REPORT,
            sentence: "主送“广东省人民政府”越过了“江门市人民政府”，又没有抄送它。",
            next: "请主送“江门市人民政府”；情况特殊必须越级的，写明理由，并把它列入抄送。",
            article: "《党政机关公文处理工作条例》第十四条",
            mended: json!({ "copies": [JIANGMEN] }),
            mended_lines: REPORT,
        },
        Case {
            rule: "15.1",
            unit: city,
            head: with(report.clone(), json!({ "recipients": [PROVINCE, "440000-bgt"] })),
            lines: REPORT,
            sentence: "上行文只主送一个上级机关，现在主送了“广东省人民政府”、“广东省人民政府办公厅”。",
            next: "请只留一个主送机关（如“广东省人民政府”），其余改为抄送。",
            article: "《党政机关公文处理工作条例》第十五条（一）",
            mended: json!({ "recipients": [PROVINCE], "copies": ["440000-bgt"] }),
            mended_lines: REPORT,
        },
        Case {
            rule: "15.1.copies",
            unit: city,
            head: with(report.clone(), json!({ "copies": [KAIPING] })),
            lines: REPORT,
            sentence: "上行文不抄送下级机关，抄送中有“开平市人民政府”。",
            next: "请从抄送机关中删去；需要下级知道的，另行文。",
            article: "《党政机关公文处理工作条例》第十五条（一）",
            mended: json!({ "copies": [] }),
            mended_lines: REPORT,
        },
        Case {
            rule: "15.3",
            unit: city,
            head: request("转报《开平市人民政府关于设立水文站的请示》"),
            lines: &["现将开平市人民政府的请示转报给你们。", "妥否，请批示。"],
            sentence: "原文转报了《开平市人民政府关于设立水文站的请示》，没有提出本机关的倾向性意见。",
            next: "请在正文写明本机关研究后的意见（如“经研究，拟同意……”）再上报。",
            article: "《党政机关公文处理工作条例》第十五条（三）",
            mended: json!({}),
            mended_lines: &["经研究，我市拟同意其意见，现转报给你们。", "妥否，请批示。"],
        },
        Case {
            rule: "15.4",
            unit: city,
            head: request("设立水文站和追加水利资金"),
            lines: asking,
            sentence: "请示应当一文一事，本文有两项请示事项：“设立水文站”和“追加水利资金”。",
            next: "请分成两份请示，分别报送。",
            article: "《党政机关公文处理工作条例》第十五条（四）",
            mended: json!({ "title": "江门市人民政府办公室关于设立水文站的请示" }),
            mended_lines: asking,
        },
        Case {
            rule: "15.4",
            unit: city,
            head: request("冬修水利有关事项"),
            lines: &[
                "一、设立水文站",
                "恳请批准设立开平水文站。",
                "二、水利资金",
                "请求追加水利资金三百万元。",
                "妥否，请批示。",
            ],
            sentence: "请示应当一文一事，本文有两项请示事项：“一、设立水文站”和“二、水利资金”。",
            next: "请分成两份请示，分别报送。",
            article: "《党政机关公文处理工作条例》第十五条（四）",
            mended: json!({}),
            mended_lines: &[
                "一、基本情况",
                "我市现有水文站三处。",
                "二、设立水文站",
                "恳请批准设立开平水文站。",
                "妥否，请批示。",
            ],
        },
        Case {
            rule: "15.4.hidden",
            unit: city,
            head: report.clone(),
            lines: &["冬修水利已完成七成。", "资金尚缺三百万元，恳请省政府予以解决。"],
            sentence: "报告中夹带了请示事项：“资金尚缺三百万元，恳请省政府予以解决”。",
            next: "请删去，另用“请示”报送；只汇报情况的，以“特此报告”结尾。",
            article: "《党政机关公文处理工作条例》第十五条（四）",
            mended: json!({}),
            mended_lines: &["冬修水利已完成七成。", "资金尚缺三百万元，正在筹措。特此报告。"],
        },
        Case {
            rule: "19.3",
            unit: city,
            head: report.clone(),
            lines: &["冬修水利已完成〔待填：数据〕。特此报告。"],
            sentence: "还有没有填写的“〔待填：数据〕”。",
            next: "请把标题、正文和附注中的〔待填〕都填好，不用的删去。",
            article: "《党政机关公文处理工作条例》第十九条（三）",
            mended: json!({}),
            mended_lines: &["冬修水利已完成七成。特此报告。"],
        },
        Case {
            rule: "19.3",
            unit: city,
            head: with(report.clone(), json!({ "note": "联系人：〔待填：姓名〕" })),
            lines: &["冬修水利已完成七成。特此报告。"],
            sentence: "还有没有填写的“〔待填：姓名〕”。",
            next: "请把标题、正文和附注中的〔待填〕都填好，不用的删去。",
            article: "《党政机关公文处理工作条例》第十九条（三）",
            mended: json!({ "note": "联系人：李四，电话：0750-7654321" }),
            mended_lines: &["冬修水利已完成七成。特此报告。"],
        },
        Case {
            rule: "22",
            unit: city,
            head: with(report.clone(), json!({ "signer": "440700-bgs.fzr" })),
            lines: REPORT,
            sentence: "上行文应当由机关主要负责人签发，所选的“江门市办公室副主任”不是主要负责人。",
            next: "请改选机关主要负责人；主要负责人外出的，办理委托后由受托人代签。",
            article: "《党政机关公文处理工作条例》第二十二条",
            mended: json!({ "signer": "440700-bgs.zr" }),
            mended_lines: REPORT,
        },
    ];
    for case in &cases {
        tell(&province, case).await;
    }
}

#[expect(clippy::too_many_lines, reason = "a table of cases")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_down_or_beside_is_judged() {
    let province = province().await;
    let (office, finance) = ("440000-bgt", "440000-11");
    let notice = json!({ "title": "广东省人民政府办公厅关于做好冬修水利工作的通知",
                         "recipients": [JIANGMEN] });
    let own = json!({ "title": "广东省财政厅关于清理结转资金的通知",
                      "recipients": ["440700-czj"] });
    let with = |head: &Value, parts: Value| {
        let mut head = head.clone();
        put(&mut head, &parts);
        head
    };
    let cases = [
        Case {
            rule: "16.2",
            unit: finance,
            head: with(&own, json!({ "recipients": [JIANGMEN] })),
            lines: TEXT,
            sentence: "“广东省财政厅”是部门，不得向下级政府“江门市人民政府”发布指令性公文。",
            next: "请改送对口部门，或改用“函”；经本级政府同意的，请在正文注明“经……政府同意”。",
            article: "《党政机关公文处理工作条例》第十六条（二）",
            mended: json!({}),
            mended_lines: &["经省人民政府同意，现将有关事项通知如下。"],
        },
        Case {
            rule: "17",
            unit: finance,
            head: with(&own, json!({ "title": "广东省财政厅预算处关于清理结转资金的通知" })),
            lines: TEXT,
            sentence: "“广东省财政厅预算处”是内设机构，除办公厅（室）外不得对外正式行文。",
            next: "请改以本机关或者本机关办公厅（室）的名义行文。",
            article: "《党政机关公文处理工作条例》第十七条",
            mended: json!({ "title": "广东省财政厅关于清理结转资金的通知" }),
            mended_lines: TEXT,
        },
        Case {
            rule: "17.joint",
            unit: finance,
            head: with(&own, json!({ "joint": ["440700-czj"], "countersign": ["440700-czj"] })),
            lines: TEXT,
            sentence: "只有同级机关才能联合行文，“江门市财政局”与本机关不同级。",
            next: "请从联合发文机关中删去，或改为会签、抄送。",
            article: "《党政机关公文处理工作条例》第十七条",
            mended: json!({ "joint": ["440000-03"], "countersign": ["440000-03"] }),
            mended_lines: TEXT,
        },
        Case {
            rule: "22.joint",
            unit: finance,
            head: with(&own, json!({ "joint": ["440000-03"] })),
            lines: TEXT,
            sentence: "联合发文由所有联署机关的负责人会签，会签单位中没有“广东省发展和改革委员会”。",
            next: "请列入会签单位。",
            article: "《党政机关公文处理工作条例》第二十二条",
            mended: json!({ "countersign": ["440000-03"] }),
            mended_lines: TEXT,
        },
        Case {
            rule: "19.6",
            unit: office,
            head: notice.clone(),
            lines: &["所需资金由省财政厅负责安排。"],
            sentence: "正文“省财政厅负责安排”涉及“广东省财政厅”的职权，还没有征求其意见。",
            next: "请把它列入会签单位；已经征求过意见的，附上其书面意见。",
            article: "《党政机关公文处理工作条例》第十九条（六）",
            mended: json!({ "countersign": [finance] }),
            mended_lines: &["所需资金由省财政厅负责安排。"],
        },
        Case {
            rule: "22",
            unit: finance,
            head: json!({ "title": "广东省财政厅关于表彰先进集体的决定", "recipients": ["440700-czj"],
                          "document_type": "decision", "signer": "440000-11.fjz" }),
            lines: TEXT,
            sentence: "“决定”应当由机关主要负责人签发，所选的“省财政厅分管负责人”不是主要负责人。",
            next: "请改选机关主要负责人；主要负责人外出的，办理委托后由受托人代签。",
            article: "《党政机关公文处理工作条例》第二十二条",
            mended: json!({ "signer": "440000-11.jz" }),
            mended_lines: TEXT,
        },
        Case {
            rule: "22",
            unit: office,
            head: json!({ "title": "广东省人民政府关于做好冬修水利工作的通知", "issuer": PROVINCE,
                          "recipients": [JIANGMEN] }),
            lines: TEXT,
            sentence: "以“广东省人民政府”名义发文，不能由“省政府办公厅主任”签发。",
            next: "请选择“广东省人民政府”的负责人签发。",
            article: "《党政机关公文处理工作条例》第二十二条",
            mended: json!({ "signer": "440000000000.fz" }),
            mended_lines: TEXT,
        },
        Case {
            rule: "forms",
            unit: office,
            head: notice.clone(),
            lines: &["请各市每月5日前填报冬修水利进度统计表。"],
            sentence: "要求下级“填报”：“请各市每月5日前填报冬修水利进度统计表”，没有报表准入编号。",
            next: "请填写报表准入编号；没有准入的，请删去这项要求或先办理准入。",
            article: "《整治形式主义为基层减负若干规定》三",
            mended: json!({ "report_form_number": "粤表准〔2026〕12号" }),
            mended_lines: &["请各市每月5日前填报冬修水利进度统计表。"],
        },
    ];
    for case in &cases {
        tell(&province, case).await;
    }
}
