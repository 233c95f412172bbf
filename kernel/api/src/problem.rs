//! Problem details (RFC 9457): what was wrong, which rule, what to do next.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use lingnan_journal::{Fault, Kind, Refusal, Stop};
use serde::Serialize;
use utoipa::ToSchema;

/// The body of a problem response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A page about this sort of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// One Chinese sentence: what is wrong.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: String,
    /// The rule it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Why a request did not succeed.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    refusal: Refusal,
    retry_seconds: Option<u32>,
}

impl Problem {
    /// Not signed in, or no longer.
    #[must_use]
    pub fn signed_out() -> Self {
        let refusal =
            Refusal::new(Kind::Forbidden, "auth.signed_out", "您尚未登录，或登录已过期。")
                .with_next("请重新登录；本页填写的内容会保留。");
        Self { status: StatusCode::UNAUTHORIZED, refusal, retry_seconds: None }
    }

    /// The stable code of what was wrong.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.refusal.code
    }

    /// A problem of another status than its refusal's kind would give.
    #[must_use]
    pub const fn with_status(status: StatusCode, refusal: Refusal) -> Self {
        Self { status, refusal, retry_seconds: None }
    }

    fn of_fault(fault: &Fault) -> Self {
        tracing::error!(%fault, "a request failed");
        let (status, code, message, retry_seconds) = match fault {
            Fault::Full => (
                StatusCode::INSUFFICIENT_STORAGE,
                "fault.full",
                "存储空间已满，本次办理没有保存。",
                None,
            ),
            Fault::Unavailable(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "fault.unavailable",
                "数据库暂时连接不上，本次办理没有保存。",
                Some(3),
            ),
            Fault::Unknown(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "fault.unknown",
                "数据库连接中断，本次办理结果未知，请刷新核对。",
                Some(3),
            ),
            Fault::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "fault.busy",
                "系统正忙，本次办理没有保存。",
                Some(1),
            ),
            Fault::Corrupt { .. } | Fault::Engine(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "fault.internal",
                "系统出了故障，本次办理没有保存。",
                None,
            ),
        };
        let next = "您填写的内容仍在本页，请稍后重试；仍不行请告知系统管理员。";
        let refusal = Refusal::new(Kind::Conflict, code, message).with_next(next);
        Self { status, refusal, retry_seconds }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.kind {
            Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::Missing => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
        };
        Self { status, refusal, retry_seconds: None }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::of_fault(&fault)
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refusal) => refusal.into(),
            Stop::Failed(fault) => fault.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemBody {
            kind: "about:blank".to_owned(),
            title: self.refusal.message,
            status: self.status.as_u16(),
            code: self.refusal.code,
            rule: self.refusal.rule,
            next: self.refusal.next,
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        let media = header::HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, media);
        if let Some(seconds) = self.retry_seconds {
            headers.insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
        }
        response
    }
}
