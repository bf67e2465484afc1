//! Who works at the desk.

use crate::domain::id::PersonId;
use serde::{Deserialize, Serialize};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Serves customers.
    Technician,
    /// Serves customers, overrides rules, voids keys, manages people and settings.
    Lead,
    /// Reads.
    Auditor,
}

impl Role {
    /// The role's name in the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Technician => "Technician",
            Self::Lead => "Lead",
            Self::Auditor => "Auditor",
        }
    }
}

/// A person at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its row.
    pub id: PersonId,
    /// The name that stands in the journal and on the sheet.
    pub name: String,
    /// What this person may do.
    pub role: Role,
    /// `false` once the person has left; the name stays in the journal.
    pub is_active: bool,
}

impl Person {
    /// Up to two initials for the avatar: `DR`.
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace().filter_map(|word| word.chars().next());
        let first = words.next();
        first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
    }
}
