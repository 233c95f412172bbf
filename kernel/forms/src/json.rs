//! JSON with its order kept: a form's properties have one, and a key twice is a mistake.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// Why a text is not a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("表单有误（{pointer}）：{message}")]
pub struct Mistake {
    /// Where, as a JSON pointer; empty for the whole.
    pub pointer: String,
    /// What is wrong and what belongs there.
    pub message: String,
}

impl Mistake {
    pub(crate) fn new(pointer: &str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.to_owned(), message: message.into() }
    }
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct At<'a> {
    pub(crate) pointer: String,
    pub(crate) value: &'a Json,
}

/// An object whose keys are taken one by one; what is left at the end is unknown.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    pub(crate) pointer: String,
    entries: Vec<(&'a str, &'a Json)>,
}

impl<'a> At<'a> {
    fn mistake(&self, message: &str) -> Mistake {
        Mistake::new(&self.pointer, message)
    }

    pub(crate) fn object(&self) -> Result<Object<'a>, Mistake> {
        let Json::Object(entries) = self.value else { return Err(self.mistake("应为对象。")) };
        let mut seen = std::collections::BTreeSet::new();
        for (key, _) in entries {
            if !seen.insert(key) {
                return Err(self.mistake(&format!("“{key}”写了两次，请删去一个。")));
            }
        }
        let entries = entries.iter().map(|(key, value)| (key.as_str(), value)).collect();
        Ok(Object { pointer: self.pointer.clone(), entries })
    }

    pub(crate) fn list(&self) -> Result<Vec<At<'a>>, Mistake> {
        let Json::List(entries) = self.value else { return Err(self.mistake("应为数组。")) };
        let numbered = entries.iter().enumerate();
        Ok(numbered
            .map(|(number, value)| At { pointer: format!("{}/{number}", self.pointer), value })
            .collect())
    }

    pub(crate) fn text(&self) -> Result<&'a str, Mistake> {
        match self.value {
            Json::Text(text) if !text.trim().is_empty() => Ok(text),
            _ => Err(self.mistake("应为文字，且不能为空。")),
        }
    }

    /// A list of texts, none empty and none twice.
    pub(crate) fn texts(&self) -> Result<Vec<String>, Mistake> {
        let mut found: Vec<String> = Vec::new();
        for entry in self.list()? {
            let text = entry.text()?;
            if found.iter().any(|known| known == text) {
                return Err(entry.mistake(&format!("“{text}”重复，请删去一个。")));
            }
            found.push(text.to_owned());
        }
        Ok(found)
    }

    pub(crate) fn number(&self) -> Result<&'a Number, Mistake> {
        match self.value {
            Json::Number(number) => Ok(number),
            _ => Err(self.mistake("应为数字。")),
        }
    }

    pub(crate) fn integer(&self) -> Result<i64, Mistake> {
        self.number()?.as_i64().ok_or_else(|| self.mistake("应为整数。"))
    }

    /// A count from 0 to `most`.
    pub(crate) fn count(&self, most: u32) -> Result<u32, Mistake> {
        let count = u32::try_from(self.integer()?).ok().filter(|count| *count <= most);
        count.ok_or_else(|| self.mistake(&format!("应为0至{most}的整数。")))
    }
}

impl<'a> Object<'a> {
    pub(crate) fn take(&mut self, key: &str) -> Option<At<'a>> {
        let place = self.entries.iter().position(|(known, _)| *known == key)?;
        let (_, value) = self.entries.remove(place);
        Some(At { pointer: join(&self.pointer, key), value })
    }

    pub(crate) fn must(&mut self, key: &str) -> Result<At<'a>, Mistake> {
        let missing = || Mistake::new(&self.pointer, format!("缺少“{key}”。"));
        let missing = missing();
        self.take(key).ok_or(missing)
    }

    /// Everything that is left, in order.
    pub(crate) fn rest(self) -> Vec<(&'a str, At<'a>)> {
        let pointer = self.pointer;
        let at = |(key, value)| (key, At { pointer: join(&pointer, key), value });
        self.entries.into_iter().map(at).collect()
    }

    pub(crate) fn finish(self) -> Result<(), Mistake> {
        match self.entries.first() {
            None => Ok(()),
            Some((key, _)) => Err(Mistake::new(
                &join(&self.pointer, key),
                format!("这里不能用“{key}”，请删去，或改用已支持的写法。"),
            )),
        }
    }
}

fn join(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(Json::Object(object))
    }
}
