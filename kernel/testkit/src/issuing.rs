//! Whole documents issued during the storm: their acts move two matters at once, so half an act
//! would show as a number without its document or a receipt without its sending.

use crate::Client;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A step of a document's way: who, from which post, what.
type Step = (&'static str, &'static str, Value);

/// Documents issued one after the other; goes on where a killed server left off.
#[derive(Default)]
pub struct Issuing {
    documents: u64,
    /// The document that is under way, and how many steps it has gone.
    under_way: Option<(String, usize)>,
    /// What was asked for last without an answer: asked for again word by word.
    asked: Option<Value>,
    /// Documents by the numbers they were told.
    numbered: BTreeMap<String, String>,
    /// Documents whose distribution was acknowledged.
    sent: BTreeSet<String>,
}

fn steps() -> [Step; 5] {
    let approve = |node: &str| json!({ "do": "approve", "node": node, "opinion": "同意。" });
    [
        ("linlan", "440000-bgt.ng", json!({ "do": "submit" })),
        ("chenzhuo", "440000-bgt.hg", approve("edit_check")),
        ("hejing", "440000-bgt.zr", approve("sign_off")),
        ("zhouwen", "440000-bgt.ws", json!({ "do": "number" })),
        ("zhouwen", "440000-bgt.ws", json!({ "do": "distribute" })),
    ]
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(ToOwned::to_owned)
}

impl Issuing {
    /// How many documents were numbered and sent.
    #[must_use]
    pub fn issued(&self) -> usize {
        self.sent.len()
    }

    /// Issues documents until the server answers no more.
    ///
    /// # Errors
    /// A sentence when it answers with a refusal: nothing here breaks a rule.
    pub fn go_on(&mut self, address: &str) -> Result<(), String> {
        let mut people = BTreeMap::new();
        for (name, _, _) in steps() {
            let mut client = Client::new(address);
            if client.sign_in(name).is_err() {
                return Ok(());
            }
            people.insert(name, client);
        }
        while self.step(&people)? {}
        Ok(())
    }

    /// Takes one step; false when there was no answer.
    fn step(&mut self, people: &BTreeMap<&str, Client>) -> Result<bool, String> {
        let (id, done) = self.under_way.clone().unwrap_or_default();
        let next = done.checked_sub(1).and_then(|done| steps().into_iter().nth(done));
        let (person, path) = match &next {
            Some((person, _, _)) => (*person, format!("/api/documents/{id}/acts")),
            None => ("linlan", "/api/documents".to_owned()),
        };
        let Some(client) = people.get(person) else { return Ok(false) };
        if self.asked.is_none() {
            self.asked = match &next {
                None => Some(self.begin()),
                Some((_, post, request)) => {
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
                self.sent.insert(id);
                self.documents = self.documents.saturating_add(1);
                None
            }
            Some(_) => Some((id, done.saturating_add(1))),
        };
        Ok(true)
    }

    fn begin(&self) -> Value {
        json!({
            "act_id": format!("issue-{}-0", self.documents),
            "as_post": "440000-bgt.ng",
            "head": { "title": format!("第{}号发出的通知", self.documents),
                "document_type": "notice", "recipients": ["440700000000"],
                "signer": "440000-bgt.zr" },
            "body": { "type": "doc", "content": [
                { "type": "paragraph", "content": [{ "type": "text", "text": "正文。" }] } ] }
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
        let (_, book) = clerk.get("/api/numbers/440000-bgt")?;
        let mut given = BTreeMap::new();
        let lines = book.as_array().into_iter().flatten();
        // A void number stays in the book, and its document has another or none.
        for line in lines.filter(|line| text(line, "void_reason").is_none()) {
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
            // The book's page may end before the oldest numbers.
            let other = given.get(number).filter(|other| *other != id);
            if text(&view, "number").as_ref() != Some(number) || other.is_some() {
                return Err(format!("{id} was told {number} and has it no more"));
            }
        }
        for id in &self.sent {
            let (_, receipts) = clerk.get(&format!("/api/documents/{id}/receipts"))?;
            let receipts = receipts.as_array().map_or(0, Vec::len);
            let (status, _) = city.get(&format!("/api/incoming/{id}.440700000000"))?;
            if receipts != 1 || status != 200 {
                return Err(format!("{id} was sent: {receipts} receipts, and {status} there"));
            }
        }
        Ok(())
    }
}
