//! What a product's name says by itself: seats and term, and its words for comparing.

/// How many devices a subscription or product covers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Seats {
    /// This many devices, at least 1.
    Count(u16),
    /// As many as the customer has.
    Unlimited,
}

impl Seats {
    /// Whether this covers `wanted` devices.
    pub fn covers(self, wanted: u16) -> bool {
        match self {
            Self::Count(n) => n >= wanted,
            Self::Unlimited => true,
        }
    }

    /// `1 device`, `3 devices`, `unlimited devices`.
    pub fn label(self) -> String {
        match self {
            Self::Count(n) => super::time::count_text(n.into(), "device"),
            Self::Unlimited => "unlimited devices".to_owned(),
        }
    }
}

/// What was read from a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NameFacts {
    /// `3 Devices`, `5-Device`, `3 PCs`, `1 User`, `unlimited`; `None` when the name does not say.
    pub seats: Option<Seats>,
    /// `1 Year`, `2 yrs`, `18 months`, in months; `None` when the name does not say.
    pub term_months: Option<u16>,
}

/// Lower-case words of a name; everything that is neither letter nor digit divides.
pub fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Reads seats and term from a product's name.
pub fn read_name(name: &str) -> NameFacts {
    let words = words(name);
    let mut facts = NameFacts::default();
    for (idx, word) in words.iter().enumerate() {
        let (number, unit) = split_number(word);
        let before = idx.checked_sub(1).and_then(|idx| words.get(idx));
        let number = number.or_else(|| before.and_then(|word| word.parse().ok()));
        match unit {
            "unlimited" => facts.seats = Some(Seats::Unlimited),
            "device" | "devices" | "dev" | "pc" | "pcs" | "user" | "users" | "seat" | "seats"
            | "computer" | "computers" | "mac" | "macs" => {
                let count = number.filter(|n| (1..=999).contains(n)).map(Seats::Count);
                facts.seats = facts.seats.or(count);
            }
            "year" | "years" | "yr" | "yrs" | "y" => {
                let months = number.filter(|n| (1..=10).contains(n)).map(|n| n * 12);
                facts.term_months = facts.term_months.or(months);
            }
            "month" | "months" | "mo" | "mos" => {
                let months = number.filter(|n| (1..=120).contains(n));
                facts.term_months = facts.term_months.or(months);
            }
            _ => (),
        }
    }
    facts
}

/// Splits `3pc` into 3 and `pc`; a word that does not begin with a digit is all unit.
fn split_number(word: &str) -> (Option<u16>, &str) {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, unit) = word.split_at(end);
    (number.parse().ok(), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_and_term_are_read_however_they_are_written() {
        let count = |n| Some(Seats::Count(n));
        let table = [
            ("Kaspersky Total Security 5 Devices", count(5), None),
            ("Webroot … Complete 5 Devices 1 Year", count(5), Some(12)),
            ("AVG Internet Security unlimited 1 Year", Some(Seats::Unlimited), Some(12)),
            ("KIS 2017 3PC/2yr", count(3), Some(24)),
            ("KAV 1-User, 18 months", count(1), Some(18)),
            ("Kaspersky Internet Security 2017", None, None),
            ("Kaspersky Small Office Security 5", None, None),
            ("0 devices 0 years", None, None),
            ("", None, None),
        ];
        for (name, seats, term_months) in table {
            assert_eq!(read_name(name), NameFacts { seats, term_months }, "{name:?}");
        }
    }
}
