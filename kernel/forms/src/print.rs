//! The one canonical text of a form: valid JSON Schema, one field a line.

use crate::form::{Counts, Field, Form, Integers, Kind};
use crate::read::DIALECT;
use serde_json::{Value, json};
use std::fmt::{Display, Formatter, Result};

impl Display for Form {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "{{")?;
        writeln!(f, "  \"$schema\": \"{DIALECT}\",")?;
        for (key, text) in [("title", &self.title), ("description", &self.description)] {
            if let Some(text) = text {
                writeln!(f, "  \"{key}\": {},", quoted(text))?;
            }
        }
        writeln!(f, "  \"type\": \"object\",")?;
        writeln!(f, "  \"properties\": {{")?;
        for (number, field) in (1_usize..).zip(&self.fields) {
            let comma = if number == self.fields.len() { "" } else { "," };
            writeln!(f, "    {}{comma}", property(field))?;
        }
        writeln!(f, "  }},")?;
        writeln!(f, "  \"required\": {},", required(&self.fields))?;
        writeln!(f, "  \"additionalProperties\": false,")?;
        write!(f, "  \"x-title\": {}", quoted(&self.title_field))?;
        self.print_layout(f)?;
        writeln!(f, "\n}}")
    }
}

impl Form {
    fn print_layout(&self, f: &mut Formatter<'_>) -> Result {
        if self.layout.is_empty() {
            return Ok(());
        }
        write!(f, ",\n  \"x-layout\": [")?;
        for (number, section) in self.layout.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let rows: Vec<String> = section.rows.iter().map(|row| list(row)).collect();
            let name = match section.name.as_str() {
                "" => String::new(),
                name => format!("\"section\": {}, ", quoted(name)),
            };
            write!(f, "{comma}\n    {{ {name}\"rows\": [{}] }}", rows.join(", "))?;
        }
        write!(f, "\n  ]")
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn list(texts: &[String]) -> String {
    let all: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", all.join(", "))
}

fn required(fields: &[Field]) -> String {
    let names = fields.iter().filter(|field| field.required).map(|field| field.name.clone());
    list(&names.collect::<Vec<_>>())
}

fn property(field: &Field) -> String {
    let mut keywords = keywords(&field.kind);
    if let Some(text) = &field.description {
        keywords.push(("description", quoted(text)));
    }
    format!("{}: {}", quoted(&field.name), object(&keywords))
}

fn object(keywords: &[(&str, String)]) -> String {
    let all: Vec<String> = keywords.iter().map(|(key, v)| format!("\"{key}\": {v}")).collect();
    format!("{{ {} }}", all.join(", "))
}

fn keywords(kind: &Kind) -> Vec<(&'static str, String)> {
    match kind {
        Kind::Line(most) => with("string", &[("maxLength", json!(most))]),
        Kind::Text(most) => {
            with("string", &[("format", json!("text")), ("maxLength", json!(most))])
        }
        Kind::Choice(choices) => vec![typed("string"), ("enum", list(choices))],
        Kind::Choices(choices, counts) => {
            array(&[typed("string"), ("enum", list(choices))], *counts)
        }
        Kind::Integer(bounds) => with("integer", &integers(*bounds)),
        Kind::Money(bounds) => {
            let mut all = vec![("format", json!("money"))];
            all.extend(integers(*bounds));
            with("integer", &all)
        }
        Kind::Number(bounds) => {
            let all = [("minimum", json!(bounds.minimum)), ("maximum", json!(bounds.maximum))];
            with("number", &all)
        }
        Kind::YesNo => with("boolean", &[]),
        Kind::Date => formatted("date"),
        Kind::DateTime => formatted("date-time"),
        Kind::One(reference) => formatted(reference.as_str()),
        Kind::Several(reference, counts) => array(&formatted(reference.as_str()), *counts),
        Kind::Table(columns, counts) => array(&row(columns), *counts),
        Kind::IdCard => formatted("id-card"),
        Kind::CreditCode => formatted("credit-code"),
        Kind::Phone => formatted("phone"),
    }
}

fn typed(name: &str) -> (&'static str, String) {
    ("type", quoted(name))
}

/// The keywords that have a value.
fn with(name: &str, keywords: &[(&'static str, Value)]) -> Vec<(&'static str, String)> {
    let given = keywords.iter().filter(|(_, value)| !value.is_null());
    std::iter::once(typed(name)).chain(given.map(|(key, v)| (*key, v.to_string()))).collect()
}

fn formatted(format: &str) -> Vec<(&'static str, String)> {
    with("string", &[("format", json!(format))])
}

fn integers(bounds: Integers) -> [(&'static str, Value); 2] {
    [("minimum", json!(bounds.minimum)), ("maximum", json!(bounds.maximum))]
}

fn row(columns: &[Field]) -> Vec<(&'static str, String)> {
    let properties: Vec<String> = columns.iter().map(property).collect();
    vec![
        typed("object"),
        ("properties", format!("{{ {} }}", properties.join(", "))),
        ("required", required(columns)),
        ("additionalProperties", "false".to_owned()),
    ]
}

fn array(items: &[(&'static str, String)], counts: Counts) -> Vec<(&'static str, String)> {
    let bounds = [("minItems", json!(counts.minimum)), ("maxItems", json!(counts.maximum))];
    let mut all = with("array", &bounds);
    all.push(("items", object(items)));
    all
}
