//! Hits: how sure, why, and the one list made of what names and keys found.

use std::cmp::Ordering;
use std::fmt;

/// How a hit was found, the surest first. What is exact stands above all else; between a beginning
/// and a guess the likelier decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// All that was typed is there, as typed.
    Exact,
    /// All that was typed begins a word, or a key, that is there.
    Beginning,
    /// Something was taken for something else.
    Guess,
}

/// The field of a customer that a key stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// An activation code.
    Code,
    /// A receipt number.
    Receipt,
    /// The member id, or the customer's id in another system.
    MemberId,
    /// A device's serial number.
    Serial,
    /// A case number.
    CaseNumber,
}

impl Field {
    /// As the desk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "e-mail",
            Self::Code => "activation code",
            Self::Receipt => "receipt",
            Self::MemberId => "member id",
            Self::Serial => "serial number",
            Self::CaseNumber => "case number",
        }
    }
}

/// Which part of a key was typed, and how well.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole key.
    Whole,
    /// Its beginning.
    Beginning,
    /// Its end, as written on the hit: "phone ends 0142".
    Ending(String),
    /// Something inside it.
    Inside,
    /// All of it with letters that are easily misread, 8 for B.
    Misread,
    /// All of it but for one letter or digit.
    OneOff,
}

/// Why a customer is among the hits. Its text stands beside the hit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The name as typed.
    Name,
    /// The name begins as typed.
    NameBeginning,
    /// Given name and surname were typed as one word.
    NoSpace,
    /// Only a part of the name was typed.
    PartOfName,
    /// Only a part of what was typed is there.
    PartOfTyped,
    /// A word of the name sounds like what was typed; the word as stored.
    SoundsLike(String),
    /// What was typed is a nickname of this name.
    NicknameOf(String),
    /// The name as stored is a nickname of what was typed.
    Nickname(String),
    /// So many letters differ.
    LettersOff(u8),
    /// The town agrees.
    Town,
    /// The ZIP code agrees.
    Postcode(String),
    /// The last four digits of a phone agree.
    PhoneEnds(String),
    /// The town is written a little differently.
    TownNearly,
    /// The ZIP code or the last four of a phone are a digit off.
    NumberNearly,
    /// A number was typed that is neither the ZIP code nor the last four of a phone.
    NumberOff,
    /// A key agrees.
    Key(Field, Part),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("name"),
            Self::NameBeginning => f.write_str("name begins so"),
            Self::NoSpace => f.write_str("without a space"),
            Self::PartOfName => f.write_str("part of the name"),
            Self::PartOfTyped => f.write_str("part of what was typed"),
            Self::SoundsLike(word) => write!(f, "sounds like {word}"),
            Self::NicknameOf(word) => write!(f, "nickname of {word}"),
            Self::Nickname(word) => write!(f, "called {word}"),
            Self::LettersOff(1) => f.write_str("one letter off"),
            Self::LettersOff(2) => f.write_str("two letters off"),
            Self::LettersOff(_) => f.write_str("some letters off"),
            Self::Town => f.write_str("town"),
            Self::Postcode(code) => write!(f, "ZIP {code}"),
            Self::PhoneEnds(digits) => write!(f, "phone ends {digits}"),
            Self::TownNearly => f.write_str("nearly that town"),
            Self::NumberNearly => f.write_str("nearly that number"),
            Self::NumberOff => f.write_str("another number"),
            Self::Key(field, part) => {
                let name = field.name();
                match part {
                    Part::Whole => f.write_str(name),
                    Part::Beginning => write!(f, "{name} begins so"),
                    Part::Ending(ending) => write!(f, "{name} ends {ending}"),
                    Part::Inside => write!(f, "{name} contains it"),
                    Part::Misread => write!(f, "{name} with letters misread"),
                    Part::OneOff if matches!(field, Field::Phone | Field::Receipt) => {
                        write!(f, "{name} one digit off")
                    }
                    Part::OneOff => write!(f, "{name} one letter off"),
                }
            }
        }
    }
}

/// A customer found by the words of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct NameHit {
    /// The row in the file.
    pub row: i64,
    /// How it was found.
    pub tier: Tier,
    /// How unlikely; smaller is better, comparable inside one tier.
    pub cost: f32,
    /// The most telling first.
    pub reasons: Vec<Reason>,
    /// The folded name, of which few are listed where it is guessed.
    pub name: String,
    /// Whether the name is what was typed, all of it: then others of this name may be meant.
    pub is_name: bool,
}

/// A customer found by a key in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyHit {
    /// The row in the file.
    pub row: i64,
    /// How it was found.
    pub tier: Tier,
    /// How unlikely; smaller is better.
    pub cost: f32,
    /// Which key, and which part of it.
    pub reason: Reason,
}

/// A customer in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The row in the file.
    pub row: i64,
    /// How sure, 100 at best; what is exact has 90 or more.
    pub score: f32,
    /// How it was found.
    pub tier: Tier,
    /// The most telling first; never empty.
    pub reasons: Vec<Reason>,
    /// Whether the name is what was typed, all of it.
    pub is_name: bool,
}

impl Hit {
    /// A number that is a key of this customer need be nothing else.
    fn drop_explained(&mut self) {
        let is_key = |reason: &Reason| matches!(reason, Reason::Key(..));
        if self.reasons.iter().any(is_key) {
            let is_off = |reason: &Reason| {
                matches!(reason, Reason::NumberNearly | Reason::NumberOff | Reason::PartOfTyped)
            };
            self.reasons.retain(|reason| !is_off(reason));
        }
    }

    /// The reasons as one text: "sounds like Stephen, phone ends 0142".
    pub fn reason(&self) -> String {
        self.reasons.iter().map(Reason::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// At most so many customers of one name, when the match is a guess.
pub const GUESSES_PER_NAME_MAX: usize = 3;

/// The customers that names and keys found, the surest first, at most `limit`.
///
/// A customer found both ways has the better place and both reasons.
pub fn merge(names: Vec<NameHit>, keys: Vec<KeyHit>, limit: usize) -> Vec<Hit> {
    let mut all: Vec<(Tier, f32, Hit)> = Vec::with_capacity(names.len() + keys.len());
    for key in keys {
        let reasons = vec![key.reason];
        let hit = Hit { row: key.row, score: 0.0, tier: key.tier, reasons, is_name: false };
        all.push((key.tier, key.cost, hit));
    }
    for name in names {
        let NameHit { row, tier, cost, reasons, is_name, .. } = name;
        all.push((tier, cost, Hit { row, score: 0.0, tier, reasons, is_name }));
    }
    all.sort_by(|a, b| order((a.0, a.1), (b.0, b.1)));
    let mut hits: Vec<Hit> = Vec::with_capacity(limit.min(all.len()));
    for (tier, cost, mut hit) in all {
        if let Some(known) = hits.iter_mut().find(|known| known.row == hit.row) {
            known.is_name |= hit.is_name;
            for reason in hit.reasons {
                if !known.reasons.contains(&reason) {
                    known.reasons.push(reason);
                }
            }
            known.drop_explained();
        } else if hits.len() < limit {
            hit.score = score(tier, cost);
            hits.push(hit);
        }
    }
    hits
}

/// The surest of `hits`, at most `limit`, and of each name that is guessed
/// [`GUESSES_PER_NAME_MAX`].
pub(super) fn few_of_each_name(mut hits: Vec<NameHit>, limit: usize) -> Vec<NameHit> {
    hits.sort_by(|a, b| order((a.tier, a.cost), (b.tier, b.cost)));
    let mut kept: Vec<NameHit> = Vec::with_capacity(limit.min(hits.len()));
    for hit in hits {
        let is_exact = hit.tier == Tier::Exact;
        let n_alike = kept.iter().filter(|other| other.name == hit.name).count();
        if kept.len() < limit && (is_exact || n_alike < GUESSES_PER_NAME_MAX) {
            kept.push(hit);
        }
    }
    kept
}

/// The better first, by tier and cost.
fn order(a: (Tier, f32), b: (Tier, f32)) -> Ordering {
    let is_read = |tier: Tier| tier == Tier::Exact;
    is_read(b.0).cmp(&is_read(a.0)).then(a.1.total_cmp(&b.1))
}

/// How sure a hit is, out of 100, in the order of tier and cost.
fn score(tier: Tier, cost: f32) -> f32 {
    // A frequent name costs less than nothing.
    let sureness = (-(cost.clamp(-9.0, 90.0) + 9.0) / 12.0).exp();
    if tier == Tier::Exact { 90.0 + 10.0 * sureness } else { 90.0 * sureness }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(row: i64, tier: Tier, cost: f32) -> NameHit {
        let reasons = vec![Reason::SoundsLike("Stephen".into())];
        NameHit { row, tier, cost, reasons, name: "stephen king".into(), is_name: true }
    }

    fn key(row: i64, tier: Tier, cost: f32) -> KeyHit {
        let reason = Reason::Key(Field::Phone, Part::Ending("0142".into()));
        KeyHit { row, tier, cost, reason }
    }

    #[test]
    fn what_is_exact_stands_above_all_else() {
        let names = vec![name(1, Tier::Guess, 0.1), name(2, Tier::Exact, 9.0)];
        let keys = vec![key(3, Tier::Beginning, 5.0), key(1, Tier::Guess, 3.0)];
        let hits = merge(names, keys, 10);
        assert_eq!(hits.iter().map(|hit| hit.row).collect::<Vec<_>>(), [2, 1, 3]);
        assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
        assert_eq!(hits[1].reason(), "sounds like Stephen, phone ends 0142");
        assert_eq!(
            merge(vec![name(1, Tier::Exact, 0.0)], vec![key(2, Tier::Exact, 1.0)], 1).len(),
            1
        );
        assert!(merge(vec![], vec![], 10).is_empty());
    }

    #[test]
    fn reasons_read_as_the_desk_speaks() {
        let table = [
            (Reason::NicknameOf("Robert".into()), "nickname of Robert"),
            (Reason::LettersOff(1), "one letter off"),
            (Reason::Key(Field::Phone, Part::OneOff), "phone one digit off"),
            (Reason::Key(Field::Code, Part::Misread), "activation code with letters misread"),
            (Reason::Key(Field::CaseNumber, Part::Whole), "case number"),
            (Reason::Postcode("15235".into()), "ZIP 15235"),
        ];
        for (reason, text) in table {
            assert_eq!(reason.to_string(), text);
        }
    }
}
