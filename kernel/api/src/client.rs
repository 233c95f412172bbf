//! Where a request comes from: the peer, or whom a trusted proxy speaks for.

use crate::kit::Kit;
use crate::problem::Problem;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use lingnan_journal::Fault;
use std::net::{IpAddr, SocketAddr};

/// The address of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl<S> FromRequestParts<S> for Client
where
    S: Send + Sync,
    Kit: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let kit = Kit::from_ref(state);
        let ConnectInfo(peer) = ConnectInfo::<SocketAddr>::from_request_parts(parts, state)
            .await
            .map_err(|e| Fault::Engine(e.to_string()))?;
        Ok(Self(address(peer.ip(), &parts.headers, &kit.proxies)))
    }
}

/// The last address of X-Forwarded-For that no trusted proxy has: what stands before it may be
/// made up.
fn address(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    if !proxies.contains(&peer) {
        return peer;
    }
    let told = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let told: Vec<IpAddr> =
        told.flat_map(|line| line.split(',')).filter_map(|one| one.trim().parse().ok()).collect();
    told.into_iter().rev().find(|one| !proxies.contains(one)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(peer: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let proxy = "10.0.0.1".parse().unwrap();
        address(peer.parse().unwrap(), &headers, &[proxy]).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_may_say_for_whom_it_speaks() {
        assert_eq!(tell("10.0.0.1", "6.6.6.6, 19.1.2.3"), "19.1.2.3");
        assert_eq!(tell("10.0.0.1", "19.1.2.3, 10.0.0.1"), "19.1.2.3");
        assert_eq!(tell("19.9.9.9", "6.6.6.6"), "19.9.9.9");
        assert_eq!(tell("10.0.0.1", "nonsense"), "10.0.0.1");
    }
}
