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

/// Whether somebody who is there leads, once `changed` is as it says.
pub fn has_lead(people: &[Person], changed: &Person) -> bool {
    let others = people.iter().filter(|person| person.id != changed.id);
    others.chain([changed]).any(|person| person.is_active && person.role == Role::Lead)
}

impl Person {
    /// Up to two initials for the avatar: `DR`.
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace().filter_map(|word| word.chars().next());
        let first = words.next();
        first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(n: u128, role: Role) -> Person {
        let id = PersonId(Uuid::from_u128(n));
        Person { id, name: "D. Reyes".to_owned(), role, is_active: true }
    }

    fn gone(person: Person) -> Person {
        Person { is_active: false, ..person }
    }

    #[test]
    fn somebody_always_leads() {
        use Role::{Lead, Technician};
        let one = [person(1, Lead), person(2, Technician), gone(person(3, Lead))];
        let table = [
            (person(1, Lead), true),
            (person(1, Technician), false),
            (gone(person(1, Lead)), false),
            (person(2, Lead), true),
            (gone(person(2, Technician)), true),
            (person(4, Technician), true),
        ];
        for (changed, expected) in table {
            assert_eq!(has_lead(&one, &changed), expected, "{changed:?}");
        }
        let two = [person(1, Lead), person(2, Lead)];
        assert!(has_lead(&two, &gone(person(1, Lead))));
    }
}
