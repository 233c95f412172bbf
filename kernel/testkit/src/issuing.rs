//! Whole documents issued during the storm: their acts move two matters at once, so half an act
//! would show as a number without its document or a receipt without its sending.

use crate::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// About 200 KB.
const FILE_REPEATS: usize = 8_000;

/// Who is signed in.
pub type People = BTreeMap<&'static str, Client>;

/// A step of a document's way: who, from which post, what.
type Step = (&'static str, &'static str, Value);

/// Documents issued one after the other; goes on where a killed server left off.
pub struct Issuing {
    /// The units that each is sent to.
    recipients: Vec<String>,
    documents: u64,
    /// The document that is under way, and how many steps it has gone.
    under_way: Option<(String, usize)>,
    /// What was asked for last without an answer: asked for again word by word.
    asked: Option<Value>,
    /// Documents by the numbers they were told.
    numbered: BTreeMap<String, String>,
    /// Documents whose distribution was acknowledged, with the number of their file.
    sent: BTreeMap<String, u64>,
}

fn steps() -> [Step; 6] {
    let approve = |node: &str| json!({ "do": "approve", "node": node, "opinion": "同意。" });
    // 核稿 says that every item of its list was checked.
    let mut checked = approve("edit_check");
    if let Some(fields) = checked.as_object_mut() {
        let items = ["grounds", "content", "consultation", "form", "rest"];
        fields.insert("declarations".to_owned(), json!([{ "rule": "20", "items": items }]));
    }
    [
        ("linlan", "440000-bgt.ng", json!({ "do": "attach" })),
        ("linlan", "440000-bgt.ng", json!({ "do": "submit" })),
        ("chenzhuo", "440000-bgt.hg", checked),
        ("hejing", "440000-bgt.zr", approve("sign_off")),
        ("zhouwen", "440000-bgt.ws", json!({ "do": "number" })),
        ("zhouwen", "440000-bgt.ws", json!({ "do": "distribute" })),
    ]
}

/// The file of a document: longer than one read or write, and no two alike.
fn file(document: u64) -> String {
    format!("file of document {document};").repeat(FILE_REPEATS)
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(ToOwned::to_owned)
}

impl Default for Issuing {
    fn default() -> Self {
        Self::to(vec!["440700000000".to_owned()])
    }
}

impl Issuing {
    /// Documents to the units of these ids.
    #[must_use]
    pub fn to(recipients: Vec<String>) -> Self {
        Self {
            recipients,
            documents: 0,
            under_way: None,
            asked: None,
            numbered: BTreeMap::new(),
            sent: BTreeMap::new(),
        }
    }

    /// How many documents were numbered and sent.
    #[must_use]
    pub fn issued(&self) -> usize {
        self.sent.len()
    }

    /// Issues documents until the server answers no more; `issued` hears of each.
    ///
    /// # Errors
    /// A sentence when it answers with a refusal: nothing here breaks a rule.
    pub fn go_on(&mut self, address: &str, issued: impl Fn()) -> Result<(), String> {
        let mut people = People::new();
        let mut before = self.issued();
        while self.step(address, &mut people)? {
            if self.issued() > before {
                before = self.issued();
                issued();
            }
        }
        Ok(())
    }

    /// Issues the document that is under way, or a new one.
    ///
    /// # Errors
    /// A sentence when the server answers with a refusal, or not at all.
    pub fn finish(&mut self, address: &str) -> Result<(), String> {
        let mut people = People::new();
        let before = self.issued();
        while self.issued() == before {
            if !self.step(address, &mut people)? {
                return Err(format!("document {} does not go on", self.documents));
            }
        }
        Ok(())
    }

    /// Takes one step with those who are signed in; false when there was no answer.
    ///
    /// # Errors
    /// A sentence when the server answers with a refusal.
    pub fn step(&mut self, address: &str, people: &mut People) -> Result<bool, String> {
        let (id, done) = self.under_way.clone().unwrap_or_default();
        let next = done.checked_sub(1).and_then(|done| steps().into_iter().nth(done));
        let (person, path) = match &next {
            Some((person, _, _)) => (*person, format!("/api/documents/{id}/acts")),
            None => ("linlan", "/api/documents".to_owned()),
        };
        if !people.contains_key(person) {
            let mut client = Client::new(address);
            if client.sign_in(person).is_err() {
                return Ok(false);
            }
            people.insert(person, client);
        }
        let Some(client) = people.get(person) else { return Ok(false) };
        if self.asked.is_none() {
            self.asked = match &next {
                None => Some(self.begin()),
                Some((_, post, request)) => {
                    let mut request = request.clone();
                    if text(&request, "do").as_deref() == Some("attach") {
                        let Some(digest) = self.upload(client)? else { return Ok(false) };
                        request = json!({ "do": "attach", "digest": digest });
                    }
                    let Ok((200, view)) = client.get(&format!("/api/documents/{id}")) else {
                        return Ok(false);
                    };
                    let act = format!("issue-{}-{done}", self.documents);
                    let seen = view.get("version").cloned();
                    Some(
                        json!({ "act_id": act, "as_post": post, "seen": seen, "request": request }),
                    )
                }
            };
        }
        let Some(asked) = self.asked.clone() else { return Ok(false) };
        let Ok((status, told)) = client.post(&path, &asked) else { return Ok(false) };
        if status != 200 {
            return Err(format!("{path} {asked} answered {status}: {told}"));
        }
        self.asked = None;
        if let Some(number) = text(&told, "number") {
            self.numbered.insert(number, id.clone());
        }
        self.under_way = match next {
            None => text(&told, "id").map(|id| (id, 1)),
            Some(_) if done == steps().len() => {
                self.sent.insert(id, self.documents);
                self.documents = self.documents.saturating_add(1);
                None
            }
            Some(_) => Some((id, done.saturating_add(1))),
        };
        Ok(true)
    }

    /// Brings the present document's file; none when there was no answer.
    fn upload(&self, client: &Client) -> Result<Option<Value>, String> {
        let path = "/api/attachments?name=appendix.txt";
        match client.upload(path, file(self.documents).as_bytes()) {
            Ok((200, told)) => Ok(told.get("digest").cloned()),
            Ok((status, told)) => Err(format!("{path} answered {status}: {told}")),
            Err(_) => Ok(None),
        }
    }

    fn begin(&self) -> Value {
        let paragraph = |text: &str| {
            let content = json!([{ "type": "text", "text": text }]);
            json!({ "type": "paragraph", "content": content })
        };
        let lines = ["各有关单位：", "正文。"].map(paragraph);
        json!({
            "act_id": format!("issue-{}-0", self.documents),
            "as_post": "440000-bgt.ng",
            "head": { "title": format!("广东省人民政府办公厅关于第{}号事项的通知", self.documents),
                "openness": "active",
                "document_type": "notice", "recipients": self.recipients,
                "signer": "440000-bgt.zr" },
            "body": { "type": "doc", "content": lines }
        })
    }

    /// Checks both sides of every act on two matters.
    ///
    /// # Errors
    /// A sentence that names a number or receipt without its document, or the other way round.
    pub fn check(&self, address: &str) -> Result<(), String> {
        let (mut clerk, mut city) = (Client::new(address), Client::new(address));
        clerk.sign_in("zhouwen")?;
        city.sign_in("huangqi")?;
        let book = book(&clerk)?;
        consecutive(&book)?;
        let mut given = BTreeMap::new();
        // A void number stays in the book, and its document has another or none.
        for line in book.iter().filter(|line| text(line, "void_reason").is_none()) {
            let (number, id) = (text(line, "text"), text(line, "document"));
            let (Some(number), Some(id)) = (number, id) else { continue };
            let (status, view) = clerk.get(&format!("/api/documents/{id}"))?;
            if text(&view, "number").as_ref() != Some(&number) {
                return Err(format!("{number} is in the book, {id} ({status}) is without it"));
            }
            if let Some(other) = given.insert(number.clone(), id.clone()) {
                return Err(format!("{number} was given to {other} and to {id}"));
            }
        }
        for (number, id) in &self.numbered {
            let (_, view) = clerk.get(&format!("/api/documents/{id}"))?;
            let listed = given.get(number) == Some(id);
            if text(&view, "number").as_ref() != Some(number) || !listed {
                return Err(format!("{id} was told {number} and has it no more"));
            }
        }
        for (id, number) in &self.sent {
            kept(&clerk, id, &file(*number))?;
            let (_, receipts) = clerk.get(&format!("/api/documents/{id}/receipts"))?;
            let receipts = receipts.as_array().map_or(0, Vec::len);
            let (status, _) = city.get(&format!("/api/incoming/{id}.440700000000"))?;
            if receipts != 1 || status != 200 {
                return Err(format!("{id} was sent: {receipts} receipts, and {status} there"));
            }
            found(&clerk, id, &format!("第{number}号事项"))?;
        }
        Ok(())
    }
}

/// The document's file is there, byte for byte.
fn kept(clerk: &Client, id: &str, file: &str) -> Result<(), String> {
    let (_, view) = clerk.get(&format!("/api/documents/{id}"))?;
    let digest = view.pointer("/attachments/0/digest").and_then(Value::as_str);
    let digest = digest.ok_or_else(|| format!("{id} was sent with a file and has none"))?;
    let (status, text) = clerk.text(&format!("/api/documents/{id}/attachments/{digest}"))?;
    if status == 200 && text == file {
        return Ok(());
    }
    Err(format!("the file of {id} answers {status} with {} bytes", text.len()))
}

/// How often the search is asked while it follows the journal: some milliseconds each.
const ASKED_MAX: usize = 10_000;

/// The document is found once by its title, when the search has caught up.
fn found(client: &Client, id: &str, words: &str) -> Result<(), String> {
    let query: String = words.bytes().map(|byte| format!("%{byte:02x}")).collect();
    for _ in 0..ASKED_MAX {
        let (status, told) = client.get(&format!("/api/search?q=%22{query}%22"))?;
        if status == 503 || told.get("behind").and_then(Value::as_u64) != Some(0) {
            continue;
        }
        let items = told.get("items").and_then(Value::as_array);
        let ids = items.into_iter().flatten().filter_map(|item| text(item, "id"));
        return match ids.filter(|found| found == id).count() {
            1 => Ok(()),
            times => Err(format!("{id} is found {times} times by {words}")),
        };
    }
    Err("the search does not catch up with the journal".to_owned())
}

/// Every page of the office's numbers, newest first.
fn book(clerk: &Client) -> Result<Vec<Value>, String> {
    let (mut lines, mut cursor) = (Vec::new(), String::new());
    loop {
        let (status, page) = clerk.get(&format!("/api/numbers/440000-bgt?cursor={cursor}"))?;
        let items = page.get("items").and_then(Value::as_array);
        lines.extend(items.ok_or_else(|| format!("the book answers {status}: {page}"))?.clone());
        match text(&page, "next") {
            Some(next) => cursor = next,
            None => return Ok(lines),
        }
    }
}

/// Numbers of a year begin with 1 and have no gap: 粤府办〔2026〕3号.
fn consecutive(book: &[Value]) -> Result<(), String> {
    let mut years: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for line in book {
        let written = text(line, "text").unwrap_or_default();
        let parts = written.trim_end_matches('号').split_once('〕');
        let (year, number) = parts.ok_or_else(|| format!("{written} is no number"))?;
        let number = number.parse().map_err(|_| format!("{written} is no number"))?;
        years.entry(year.to_owned()).or_default().push(number);
    }
    for (year, numbers) in &mut years {
        numbers.sort_unstable();
        if !numbers.iter().copied().eq((1..).take(numbers.len())) {
            return Err(format!("{year}〕 has gaps: {numbers:?}"));
        }
    }
    Ok(())
}
