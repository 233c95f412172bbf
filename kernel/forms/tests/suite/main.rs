//! Forms at their boundary: what reads, what prints, what may be filled in.

mod filling;
mod identity;
mod reading;
mod scope;

use lingnan_forms::{Form, Known, Reference, Values};
use serde_json::Value;

/// 经费支出: a form with a field of every kind.
const SPENDING: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "经费支出审批",
  "type": "object",
  "properties": {
    "金额": { "type": "integer", "format": "money", "minimum": 1, "maximum": 100000000 },
    "事由": { "type": "string", "maxLength": 10 },
    "类别": { "type": "string", "enum": ["会议", "培训"] },
    "标签": { "type": "array", "maxItems": 2,
      "items": { "type": "string", "enum": ["急", "密", "专"] } },
    "说明": { "type": "string", "format": "text", "maxLength": 100, "description": "写清依据" },
    "人数": { "type": "integer", "minimum": 1, "maximum": 500 },
    "面积": { "type": "number", "minimum": 0.5 },
    "是否预算内": { "type": "boolean" },
    "日期": { "type": "string", "format": "date" },
    "时间": { "type": "string", "format": "date-time" },
    "主办": { "type": "string", "format": "unit" },
    "协办": { "type": "array", "items": { "type": "string", "format": "unit" } },
    "附件": { "type": "array", "minItems": 1, "items": { "type": "string", "format": "file" } },
    "明细": { "type": "array", "maxItems": 3, "items": { "type": "object", "properties": {
      "项目": { "type": "string", "maxLength": 20 },
      "费用": { "type": "integer", "format": "money" }
    }, "required": ["项目"] } },
    "身份证": { "type": "string", "format": "id-card" },
    "信用代码": { "type": "string", "format": "credit-code" },
    "电话": { "type": "string", "format": "phone" },
    "审核意见": { "type": "string", "maxLength": 50 }
  },
  "required": ["事由", "金额"],
  "x-title": "事由"
}"#;

fn spending() -> Form {
    Form::parse(SPENDING).unwrap()
}

fn values(json: Value) -> Values {
    serde_json::from_value(json).unwrap()
}

/// Knows the finance department and one file.
struct Few;

impl Known for Few {
    fn is_known(&self, reference: Reference, id: &str) -> bool {
        match reference {
            Reference::Unit => ["440000-11", "440000-03"].contains(&id),
            Reference::File => id == "f1",
            Reference::Post | Reference::Person => false,
        }
    }
}
