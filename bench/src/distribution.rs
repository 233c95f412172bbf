//! 分发: one act that sends a document to a thousand units and starts the process of each.

use crate::{line, quantile};
use lingnan_testkit::{Client, Issuing, People, Server};
use std::time::Instant;

/// To how many units.
const UNITS: usize = 1_000;
/// How many documents.
const DOCUMENTS: usize = 5;

/// Milliseconds that a clerk waits: the page is printed, a receipt and its process are there for
/// each unit, all in one commit.
pub(crate) fn to_a_thousand_units() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let server = Server::start(folder.path(), None)?;
    let mut issuing = Issuing::to(units(&server.address)?);
    let mut people = People::new();
    let mut times = Vec::with_capacity(DOCUMENTS);
    while times.len() < DOCUMENTS {
        let begun = Instant::now();
        if !issuing.step(&server.address, &mut people)? {
            return Err("the server does not answer".to_owned());
        }
        if issuing.issued() > times.len() {
            times.push(begun.elapsed());
        }
    }
    line(&format!("distribution.{UNITS}"), quantile(&mut times, 0.5), "ms, printed", "");
    line(&format!("distribution.{UNITS}.slowest"), quantile(&mut times, 1.0), "ms", "");
    Ok(())
}

/// Cities with their counties and the bureaus of these: none is passed over.
fn units(address: &str) -> Result<Vec<String>, String> {
    let mut client = Client::new(address);
    client.sign_in("linlan")?;
    let below = |parent: &str| -> Result<Vec<(String, String)>, String> {
        let (_, told) = client.get(&format!("/api/directory/units?parent={parent}"))?;
        let units = told.as_array().ok_or_else(|| format!("{parent} answers {told}"))?;
        let text = |unit: &serde_json::Value, key: &str| Some(unit.get(key)?.as_str()?.to_owned());
        let known = units.iter().filter_map(|unit| Some((text(unit, "id")?, text(unit, "kind")?)));
        Ok(known.collect())
    };
    let mut found = Vec::new();
    for (city, _) in below("440000000000")?.into_iter().filter(|(_, kind)| kind == "government") {
        let counties = below(&city)?.into_iter().filter(|(_, kind)| kind == "government");
        found.push(city);
        for (county, _) in counties {
            let bureaus = below(&county)?.into_iter().filter(|(_, kind)| kind == "department");
            found.push(county);
            found.extend(bureaus.map(|(bureau, _)| bureau));
        }
    }
    found.truncate(UNITS);
    if found.len() < UNITS { Err(format!("{} units", found.len())) } else { Ok(found) }
}
