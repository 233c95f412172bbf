//! Work left for after an act: taken in order, at least once, and struck off when done.

use crate::{Statement, Store};
use lingnan_journal::{Datum, Fault};

/// A parcel waiting in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The act that left it.
    pub seq: u64,
    /// Its place among that act's parcels.
    pub number: u64,
    /// What the worker needs to know.
    pub body: serde_json::Value,
    /// How often it was tried.
    pub attempts: u64,
}

const SELECT: &str = "select seq, number, body, attempts from outbox \
    where topic = $1 order by seq, number limit $2";
const DELETE: &str = "delete from outbox where seq = $1 and number = $2";
const RETRY: &str = "update outbox set attempts = attempts + 1 where seq = $1 and number = $2";

impl Store {
    /// The oldest parcels of `topic` that are not done.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or a row does not read.
    pub async fn parcels(&self, topic: &str, limit: u32) -> Result<Vec<Delivery>, Fault> {
        let values = vec![Datum::text(topic), Datum::Int(limit.into())];
        let rows = self.query(SELECT, values).await?;
        rows.into_iter().map(delivery).collect()
    }

    /// Strikes a parcel off. Call it only when the far side has confirmed.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn delivered(&self, parcel: &Delivery) -> Result<(), Fault> {
        self.execute(vec![Statement::new(DELETE, place(parcel))]).await.map(|_| ())
    }

    /// Notes that a parcel was tried in vain; it stays.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn undelivered(&self, parcel: &Delivery) -> Result<(), Fault> {
        self.execute(vec![Statement::new(RETRY, place(parcel))]).await.map(|_| ())
    }
}

fn place(parcel: &Delivery) -> Vec<Datum> {
    vec![Datum::count(parcel.seq), Datum::count(parcel.number)]
}

fn delivery(row: Vec<Datum>) -> Result<Delivery, Fault> {
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    match row.as_slice() {
        [Datum::Int(seq), Datum::Int(number), Datum::Text(body), Datum::Int(attempts)] => {
            Ok(Delivery {
                seq: count(*seq),
                number: count(*number),
                body: serde_json::from_str(body).map_err(|e| Fault::corrupt("outbox", 0, &e))?,
                attempts: count(*attempts),
            })
        }
        _ => Err(Fault::corrupt("outbox", 0, &"a row has columns of other types")),
    }
}
