//! A type for each table's id, and case numbers.
//!
//! Ids that stand in journal entries are unique across desks without asking anybody: UUIDs of
//! version 7 (time and chance), so a restored file or a second desk never mints one twice.
//! Customers are named by the external id of the store's directory, subscriptions by a digest.

use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::{NoContext, Timestamp, Uuid};

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id: 48 bits of `at`, 74 bits of chance.
            pub fn mint(at: Moment) -> Self {
                Self(mint(at))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

uuid_ids! {
    /// A journal entry. Applied twice, it changes nothing the second time.
    EntryId;
    /// A row of `cases`: one visit of one customer.
    CaseId;
    /// A row of `device`.
    DeviceId;
    /// A row of `removal`.
    RemovalId;
    /// A row of `replacement`.
    ReplacementId;
    /// A row of `scan`.
    ScanId;
    /// A row of `license_key`.
    KeyId;
    /// A row of `product`.
    ProductId;
    /// A row of `person`.
    PersonId;
    /// One life of one file: a restored copy gets a new one.
    Incarnation;
}

fn mint(at: Moment) -> Uuid {
    let ms = u64::try_from(at.0).unwrap_or_default();
    let nanos = u32::try_from(ms % 1_000).unwrap_or_default() * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, ms / 1_000, nanos))
}

/// A customer's id in the store's directory: unique, from the file or minted at the desk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExternalId(pub String);

impl ExternalId {
    /// An id for a customer first entered at a desk: `N-` and twelve letters that no directory uses.
    pub fn mint(at: Moment) -> Self {
        let text = mint(at).simple().to_string().to_uppercase();
        let (time, chance) = (text.get(4..12), text.get(24..32));
        Self(format!("N-{}{}", time.unwrap_or_default(), chance.unwrap_or_default()))
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names one subscription on every desk: the first 63 bits of the SHA-256 of what identifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubscriptionUid(pub i64);

/// A case's number on paper: the desk's prefix and a counter, `D2-00419`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber {
    /// The desk's prefix, capitals and digits: `D2`.
    pub prefix: String,
    /// Counted from 1 at each desk.
    pub counter: u32,
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:05}", self.prefix, self.counter)
    }
}

/// The text is not a case number such as `D2-00419`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a case number")]
pub struct NotACaseNumber;

impl FromStr for CaseNumber {
    type Err = NotACaseNumber;

    /// Reads `D2-00419`, in any case and with or without leading zeros.
    fn from_str(text: &str) -> Result<Self, NotACaseNumber> {
        let (prefix, counter) = text.trim().rsplit_once('-').ok_or(NotACaseNumber)?;
        let ok = !prefix.is_empty()
            && prefix.len() <= 8
            && prefix.chars().all(|c| c.is_ascii_alphanumeric())
            && (1..=8).contains(&counter.len())
            && counter.chars().all(|c| c.is_ascii_digit());
        let counter = counter.parse().map_err(|_| NotACaseNumber)?;
        if ok { Ok(Self { prefix: prefix.to_uppercase(), counter }) } else { Err(NotACaseNumber) }
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = NotACaseNumber;

    fn try_from(text: String) -> Result<Self, NotACaseNumber> {
        text.parse()
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_numbers_read_back_as_written_and_nothing_else_is_one() {
        let table = [
            ("D2-00419", Some(("D2", 419))),
            ("d2-419", Some(("D2", 419))),
            (" GS-00001 ", Some(("GS", 1))),
            ("D2-", None),
            ("-00419", None),
            ("D2 00419", None),
            ("D2-4x9", None),
            ("0112-032-6467-091925", None),
            ("", None),
        ];
        for (text, expected) in table {
            let read = text.parse::<CaseNumber>().ok();
            let read = read.as_ref().map(|number| (number.prefix.as_str(), number.counter));
            assert_eq!(read, expected, "{text:?}");
        }
        let number: CaseNumber = "D2-00419".parse().expect("a case number");
        assert_eq!(number.to_string(), "D2-00419");
    }

    #[test]
    fn ids_minted_in_the_same_millisecond_differ() {
        let at = Moment(1_507_200_000_000);
        assert_ne!(CaseId::mint(at), CaseId::mint(at));
        assert_ne!(ExternalId::mint(at), ExternalId::mint(at));
    }
}
