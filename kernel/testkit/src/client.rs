//! A small HTTP client over plain sockets: JSON or a file in, JSON or a text out, one request a
//! connection.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longest wait for an answer.
const TIMEOUT: Duration = Duration::from_secs(10);

const JSON: &str = "application/json";
const FILE: &str = "application/octet-stream";

/// An answer.
struct Told {
    status: u16,
    head: String,
    body: String,
}

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
        let told = self.exchange("POST", "/api/demo/session", JSON, body.to_string().as_bytes())?;
        let (status, head) = (told.status, told.head);
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
        let told = self.exchange("GET", path, JSON, &[])?;
        Ok((told.status, serde_json::from_str(&told.body).unwrap_or(Value::Null)))
    }

    /// Gets a path that answers with a text of its own.
    ///
    /// # Errors
    /// A sentence when the server does not answer.
    pub fn text(&self, path: &str) -> Result<(u16, String), String> {
        self.exchange("GET", path, JSON, &[]).map(|told| (told.status, told.body))
    }

    /// Posts to a path.
    ///
    /// # Errors
    /// A sentence when the server does not answer.
    pub fn post(&self, path: &str, body: &Value) -> Result<(u16, Value), String> {
        self.sent(path, JSON, body.to_string().as_bytes())
    }

    /// Posts a file to a path.
    ///
    /// # Errors
    /// A sentence when the server does not answer.
    pub fn upload(&self, path: &str, bytes: &[u8]) -> Result<(u16, Value), String> {
        self.sent(path, FILE, bytes)
    }

    fn sent(&self, path: &str, media: &str, body: &[u8]) -> Result<(u16, Value), String> {
        let told = self.exchange("POST", path, media, body)?;
        Ok((told.status, serde_json::from_str(&told.body).unwrap_or(Value::Null)))
    }

    fn exchange(&self, method: &str, path: &str, media: &str, body: &[u8]) -> Result<Told, String> {
        let failed = |error: std::io::Error| format!("{method} {path}: {error}");
        let mut stream = TcpStream::connect(&self.address).map_err(failed)?;
        stream.set_read_timeout(Some(TIMEOUT)).map_err(failed)?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nConnection: close\r\n\
             Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
            self.address,
            self.cookie,
            body.len()
        );
        stream.write_all(&[request.as_bytes(), body].concat()).map_err(failed)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map_err(failed)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| format!("{method} {path}: no status"))?;
        let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        let body = if chunked { unchunked(body)? } else { body.to_owned() };
        Ok(Told { status, head: head.to_owned(), body })
    }
}

/// A body that came in chunks; the last is empty, or the answer was cut off.
fn unchunked(body: &str) -> Result<String, String> {
    let (mut joined, mut rest) = (String::new(), body);
    loop {
        let cut = "the answer was cut off";
        let (size, after) = rest.split_once("\r\n").ok_or(cut)?;
        let size = usize::from_str_radix(size.trim(), 16).map_err(|_| cut)?;
        if size == 0 {
            return Ok(joined);
        }
        let (chunk, tail) = after.split_at_checked(size).ok_or(cut)?;
        joined.push_str(chunk);
        rest = tail.strip_prefix("\r\n").ok_or(cut)?;
    }
}
