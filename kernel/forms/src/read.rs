//! Reading a form: every keyword has its place, what is left over is refused.

use crate::form::{Counts, Field, Form, Integers, Kind, Numbers, Reference, Section};
use crate::json::{At, Json, Mistake, Object};
use std::collections::BTreeSet;

/// The dialect a form is written in.
pub(crate) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Longest text of a form, in bytes: the largest of the catalogue has a tenth.
pub(crate) const FORM_BYTES_MAX: usize = 64 * 1024;
/// Most fields of a form and columns of a table: what a person can still fill in.
const FIELDS_MAX: usize = 120;
/// Longest name of a field, in characters: a label beside its field.
const NAME_CHARACTERS_MAX: usize = 30;
/// Longest text that may be asked for, in characters: ten pages.
const CHARACTERS_MAX: u32 = 10_000;
/// Most entries and rows of a field: what a page can still show.
pub(crate) const ITEMS_MAX: u32 = 200;
/// The greatest whole number that every JSON reader keeps exactly: 2^53 - 1.
pub(crate) const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// Where a field stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Form,
    Row,
}

impl Form {
    /// Reads a form.
    ///
    /// # Errors
    /// [`Mistake`] names the first place that is not as docs/process-notation.md has it.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        if text.len() > FORM_BYTES_MAX {
            let message = format!("表单不能超过{FORM_BYTES_MAX}字节，请精简。");
            return Err(Mistake::new("", message));
        }
        let json: Json = serde_json::from_str(text)
            .map_err(|e| Mistake::new("", format!("不是合法的 JSON（{e}），请检查括号和引号。")))?;
        let mut root = At { pointer: String::new(), value: &json }.object()?;
        word(&mut root, "$schema", DIALECT)?;
        let title = optional_text(&mut root, "title")?;
        let description = optional_text(&mut root, "description")?;
        expect_type(&mut root, "object")?;
        let mut fields = fields(&mut root, Place::Form)?;
        let title_field = title_field(&mut root, &fields)?;
        let layout = root.take("x-layout").map(|at| layout(&at, &fields)).transpose()?;
        root.finish()?;
        let layout = layout.unwrap_or_default();
        let place = |name: &str| {
            let rows = layout.iter().flat_map(|section| section.rows.iter().flatten());
            rows.into_iter().position(|placed| placed == name)
        };
        fields.sort_by_key(|field| place(&field.name));
        Ok(Self { title, description, fields, title_field, layout })
    }
}

fn optional_text(object: &mut Object<'_>, key: &str) -> Result<Option<String>, Mistake> {
    object.take(key).map(|at| at.text().map(str::to_owned)).transpose()
}

/// A key that is absent or has this very value.
fn word(object: &mut Object<'_>, key: &str, expected: &str) -> Result<(), Mistake> {
    match object.take(key) {
        Some(at) if at.text()? != expected => {
            Err(Mistake::new(&at.pointer, format!("应为“{expected}”。")))
        }
        _ => Ok(()),
    }
}

fn expect_type(object: &mut Object<'_>, expected: &str) -> Result<(), Mistake> {
    let at = object.must("type")?;
    if at.text()? == expected {
        return Ok(());
    }
    Err(Mistake::new(&at.pointer, format!("应为“{expected}”。")))
}

/// `properties`, `required` and `additionalProperties` of a form or of a row.
fn fields(object: &mut Object<'_>, place: Place) -> Result<Vec<Field>, Mistake> {
    let properties = object.must("properties")?;
    let entries = properties.object()?.rest();
    if entries.is_empty() || entries.len() > FIELDS_MAX {
        let message = format!("应有1至{FIELDS_MAX}个字段。");
        return Err(Mistake::new(&properties.pointer, message));
    }
    let mut fields = Vec::new();
    for (name, at) in entries {
        fields.push(field(name, &at, place)?);
    }
    if let Some(required) = object.take("required") {
        for name in required.texts()? {
            let known = fields.iter_mut().find(|field| field.name == name);
            let unknown = || Mistake::new(&required.pointer, format!("没有“{name}”这个字段。"));
            known.ok_or_else(unknown)?.required = true;
        }
    }
    match object.take("additionalProperties") {
        Some(at) if *at.value != Json::Bool(false) => {
            Err(Mistake::new(&at.pointer, "应为 false：表单不接受未列出的字段。"))
        }
        _ => Ok(fields),
    }
}

fn field(name: &str, at: &At<'_>, place: Place) -> Result<Field, Mistake> {
    let begins = name.starts_with(|first: char| first.is_alphabetic());
    let is_name = begins && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_name || name.chars().count() > NAME_CHARACTERS_MAX {
        let message = format!(
            "字段名应为1至{NAME_CHARACTERS_MAX}个汉字、字母、数字或下划线，以汉字或字母开头。"
        );
        return Err(Mistake::new(&at.pointer, message));
    }
    let mut keywords = at.object()?;
    let description = optional_text(&mut keywords, "description")?;
    let kind = kind(&mut keywords, place)?;
    keywords.finish()?;
    Ok(Field { name: name.to_owned(), description, kind, required: false })
}

fn kind(keywords: &mut Object<'_>, place: Place) -> Result<Kind, Mistake> {
    let at = keywords.must("type")?;
    match at.text()? {
        "string" => string(keywords),
        "integer" => integer(keywords),
        "number" => Ok(Kind::Number(numbers(keywords)?)),
        "boolean" => Ok(Kind::YesNo),
        "array" => array(keywords, place),
        other => {
            let message = format!(
                "“{other}”不能作字段类型，请用 string、integer、number、boolean 或 array。"
            );
            Err(Mistake::new(&at.pointer, message))
        }
    }
}

fn string(keywords: &mut Object<'_>) -> Result<Kind, Mistake> {
    if let Some(choices) = keywords.take("enum") {
        return Ok(Kind::Choice(some_texts(&choices)?));
    }
    let Some(at) = keywords.take("format") else {
        return Ok(Kind::Line(max_length(keywords)?));
    };
    Ok(match at.text()? {
        "text" => Kind::Text(max_length(keywords)?),
        "date" => Kind::Date,
        "date-time" => Kind::DateTime,
        "id-card" => Kind::IdCard,
        "credit-code" => Kind::CreditCode,
        "phone" => Kind::Phone,
        other => match reference(other) {
            Some(Reference::File) => {
                let message = "附件应写为 array，其 items 的 format 为 file。";
                return Err(Mistake::new(&at.pointer, message));
            }
            Some(reference) => Kind::One(reference),
            None => return Err(Mistake::new(&at.pointer, format!("没有“{other}”这种格式。"))),
        },
    })
}

fn some_texts(at: &At<'_>) -> Result<Vec<String>, Mistake> {
    let texts = at.texts()?;
    let most = usize::try_from(ITEMS_MAX).unwrap_or(usize::MAX);
    if texts.is_empty() || texts.len() > most {
        return Err(Mistake::new(&at.pointer, format!("应有1至{ITEMS_MAX}个选项。")));
    }
    Ok(texts)
}

fn max_length(keywords: &mut Object<'_>) -> Result<u32, Mistake> {
    let at = keywords.must("maxLength")?;
    let most = at.count(CHARACTERS_MAX)?;
    if most == 0 { Err(Mistake::new(&at.pointer, "应大于0。")) } else { Ok(most) }
}

fn reference(format: &str) -> Option<Reference> {
    [Reference::Unit, Reference::Post, Reference::Person, Reference::File]
        .into_iter()
        .find(|reference| reference.as_str() == format)
}

fn integer(keywords: &mut Object<'_>) -> Result<Kind, Mistake> {
    let format = keywords.take("format");
    let bounds = Integers {
        minimum: keywords.take("minimum").map(|at| safe(&at)).transpose()?,
        maximum: keywords.take("maximum").map(|at| safe(&at)).transpose()?,
    };
    if let (Some(least), Some(most)) = (bounds.minimum, bounds.maximum)
        && least > most
    {
        return Err(Mistake::new(&keywords.pointer, "minimum 大于 maximum，请对调。"));
    }
    match format {
        None => Ok(Kind::Integer(bounds)),
        Some(at) if at.text()? == "money" => Ok(Kind::Money(bounds)),
        Some(at) => Err(Mistake::new(&at.pointer, "整数的格式只有“money”（以分计）。")),
    }
}

fn safe(at: &At<'_>) -> Result<i64, Mistake> {
    let number = at.integer()?;
    if (-INTEGER_MAX..=INTEGER_MAX).contains(&number) {
        return Ok(number);
    }
    Err(Mistake::new(&at.pointer, format!("应在 ±{INTEGER_MAX} 之间。")))
}

fn numbers(keywords: &mut Object<'_>) -> Result<Numbers, Mistake> {
    let minimum = keywords.take("minimum").map(|at| at.number().cloned()).transpose()?;
    let maximum = keywords.take("maximum").map(|at| at.number().cloned()).transpose()?;
    let bound = |number: &Option<serde_json::Number>| number.as_ref().and_then(|n| n.as_f64());
    if let (Some(least), Some(most)) = (bound(&minimum), bound(&maximum))
        && least > most
    {
        return Err(Mistake::new(&keywords.pointer, "minimum 大于 maximum，请对调。"));
    }
    Ok(Numbers { minimum, maximum })
}

fn array(keywords: &mut Object<'_>, place: Place) -> Result<Kind, Mistake> {
    let items = keywords.must("items")?;
    let mut inner = items.object()?;
    let at = inner.must("type")?;
    let kind = match (at.text()?, place) {
        ("string", _) => several(&mut inner, keywords)?,
        ("object", Place::Form) => {
            let columns = fields(&mut inner, Place::Row)?;
            Kind::Table(columns, counts(keywords)?)
        }
        ("object", Place::Row) => {
            return Err(Mistake::new(&at.pointer, "表格里不能再有表格，请另设一个字段。"));
        }
        (_, _) => return Err(Mistake::new(&at.pointer, "应为“string”或“object”。")),
    };
    inner.finish()?;
    Ok(kind)
}

fn several(items: &mut Object<'_>, keywords: &mut Object<'_>) -> Result<Kind, Mistake> {
    match keywords.take("uniqueItems") {
        Some(at) if *at.value != Json::Bool(true) => {
            return Err(Mistake::new(&at.pointer, "应为 true：同一项不能选两次。"));
        }
        _ => {}
    }
    if let Some(choices) = items.take("enum") {
        return Ok(Kind::Choices(some_texts(&choices)?, counts(keywords)?));
    }
    let at = items.must("format")?;
    let reference = reference(at.text()?);
    let unknown = || Mistake::new(&at.pointer, "应为 unit、post、person 或 file。");
    Ok(Kind::Several(reference.ok_or_else(unknown)?, counts(keywords)?))
}

fn counts(keywords: &mut Object<'_>) -> Result<Counts, Mistake> {
    let counts = Counts {
        minimum: keywords.take("minItems").map(|at| at.count(ITEMS_MAX)).transpose()?,
        maximum: keywords.take("maxItems").map(|at| at.count(ITEMS_MAX)).transpose()?,
    };
    if counts.minimum.unwrap_or(0) > counts.maximum.unwrap_or(ITEMS_MAX) {
        return Err(Mistake::new(&keywords.pointer, "minItems 大于 maxItems，请对调。"));
    }
    Ok(counts)
}

fn title_field(root: &mut Object<'_>, fields: &[Field]) -> Result<String, Mistake> {
    let at = root.must("x-title")?;
    let name = at.text()?;
    let field = fields.iter().find(|field| field.name == name);
    let fits = |field: &&Field| field.required && matches!(field.kind, Kind::Line(_));
    match field.filter(fits) {
        Some(field) => Ok(field.name.clone()),
        None => Err(Mistake::new(&at.pointer, "标题应取自一个必填的单行文字字段。")),
    }
}

/// Every field once.
fn layout(at: &At<'_>, fields: &[Field]) -> Result<Vec<Section>, Mistake> {
    let mut left: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let mut sections = Vec::new();
    for entry in at.list()? {
        let mut section = entry.object()?;
        let name = optional_text(&mut section, "section")?.unwrap_or_default();
        let mut rows = Vec::new();
        for row in section.must("rows")?.list()? {
            let names = row.texts()?;
            if let Some(name) = names.iter().find(|name| !left.remove(name.as_str())) {
                let message = format!("没有“{name}”这个字段，或者它已经排过。");
                return Err(Mistake::new(&row.pointer, message));
            }
            rows.push(names);
        }
        section.finish()?;
        sections.push(Section { name, rows });
    }
    match left.first() {
        None => Ok(sections),
        Some(name) => Err(Mistake::new(&at.pointer, format!("“{name}”没有排进来，请补上。"))),
    }
}
