//! Request parts read strictly; what does not read is answered in Chinese, with its place.

use crate::Problem;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use lingnan_journal::{Kind, Refusal};
use serde::de::DeserializeOwned;

/// A JSON body.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(problem(&rejection)),
        }
    }
}

fn problem(rejection: &JsonRejection) -> Problem {
    let detail = rejection.body_text();
    let (status, code, message) = match rejection {
        JsonRejection::JsonDataError(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "request.fields",
            format!("提交的内容有多余、缺少或类型不对的字段（{}）。", place(&detail)),
        ),
        JsonRejection::JsonSyntaxError(_) => (
            StatusCode::BAD_REQUEST,
            "request.syntax",
            format!("提交的内容不是正确的 JSON（{}）。", place(&detail)),
        ),
        JsonRejection::MissingJsonContentType(_) => (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "request.media_type",
            "请以 application/json 提交。".to_owned(),
        ),
        _ if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            (StatusCode::PAYLOAD_TOO_LARGE, "request.too_large", "提交的内容太大。".to_owned())
        }
        _ => (
            StatusCode::BAD_REQUEST,
            "request.unreadable",
            "提交的内容读不出来（不是 UTF-8 文本）。".to_owned(),
        ),
    };
    // What was written by hand is as large again after a reload.
    let next = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "请精简内容，或者把大段内容改为附件上传。",
        _ => "请刷新页面后重试；程序调用请对照接口说明。",
    };
    Problem::with_status(status, Refusal::new(Kind::Invalid, code, message).with_next(next))
}

/// The useful tail of serde's message: the field and the position.
fn place(detail: &str) -> &str {
    detail.rsplit_once(": ").map_or(detail, |(_, tail)| tail)
}

/// One segment of the path.
pub struct Segment(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(text)) => Ok(Self(text)),
            Err(_) => Err(Refusal::missing().into()),
        }
    }
}

/// Query parameters.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(rejection) => {
                let text = rejection.body_text();
                let message = format!("查询条件不对（{}）。", place(&text));
                Err(Refusal::new(Kind::Invalid, "request.query", message).into())
            }
        }
    }
}
