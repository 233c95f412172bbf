//! A small HTTP client over plain sockets: JSON in, JSON out, one request a connection.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longest wait for an answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Someone who talks to a server.
#[derive(Debug, Clone)]
pub struct Client {
    address: String,
    cookie: String,
}

impl Client {
    /// A client of the server at `address` (host and port); nobody is signed in.
    #[must_use]
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), cookie: String::new() }
    }

    /// Signs in as a person of the demonstration.
    ///
    /// # Errors
    /// A sentence when the server does not answer or refuses.
    pub fn sign_in(&mut self, username: &str) -> Result<(), String> {
        let body = serde_json::json!({ "username": username });
        let (status, head, _) = self.exchange("POST", "/api/demo/session", Some(&body))?;
        let cookie = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let value = value.split(';').next()?;
            name.eq_ignore_ascii_case("set-cookie").then(|| value.to_owned())
        });
        match cookie {
            Some(cookie) if status == 200 => {
                self.cookie = cookie;
                Ok(())
            }
            _ => Err(format!("signing in answered {status}")),
        }
    }

    /// Gets a path.
    ///
    /// # Errors
    /// A sentence when the server does not answer.
    pub fn get(&self, path: &str) -> Result<(u16, Value), String> {
        self.exchange("GET", path, None).map(|(status, _, body)| (status, body))
    }

    /// Posts to a path.
    ///
    /// # Errors
    /// A sentence when the server does not answer.
    pub fn post(&self, path: &str, body: &Value) -> Result<(u16, Value), String> {
        self.exchange("POST", path, Some(body)).map(|(status, _, body)| (status, body))
    }

    fn exchange(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(u16, String, Value), String> {
        let failed = |error: std::io::Error| format!("{method} {path}: {error}");
        let mut stream = TcpStream::connect(&self.address).map_err(failed)?;
        stream.set_read_timeout(Some(TIMEOUT)).map_err(failed)?;
        let text = body.map(Value::to_string).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{text}",
            self.address,
            self.cookie,
            text.len()
        );
        stream.write_all(request.as_bytes()).map_err(failed)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map_err(failed)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| format!("{method} {path}: no status"))?;
        Ok((status, head.to_owned(), json_in(body)))
    }
}

/// The JSON of a body, plain or in chunks.
fn json_in(body: &str) -> Value {
    if let Ok(value) = serde_json::from_str(body) {
        return value;
    }
    let mut joined = String::new();
    let mut rest = body;
    while let Some((size, after)) = rest.split_once("\r\n") {
        let Ok(size) = usize::from_str_radix(size.trim(), 16) else { break };
        let Some((chunk, tail)) = after.split_at_checked(size).filter(|_| size > 0) else { break };
        joined.push_str(chunk);
        rest = tail.trim_start_matches("\r\n");
    }
    serde_json::from_str(&joined).unwrap_or(Value::Null)
}
