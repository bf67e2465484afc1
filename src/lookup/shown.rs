//! What is shown of what was found: few of each name, each with its reasons.

use rapidfuzz::distance::osa;

use super::facts::{Facts, Number};
use super::found::Found;
use super::near::{Depth, Manner, Near};
use super::rank::{GUESSES_PER_NAME_MAX, NameHit, Reason, Tier};
use super::reading::{Names, Reading};
use super::segment::Segment;
use super::work::Work;

/// Makes hits of what was found in one segment.
pub(super) struct Shown<'s> {
    segment: &'s Segment,
    readings: &'s [Reading],
    numbers: &'s [Number],
}

/// How many customers of a name are shown.
struct PerName {
    name: [u32; 2],
    n_shown: usize,
}

impl<'s> Shown<'s> {
    /// For what was found by these `readings` and `numbers`.
    pub(super) fn new(
        segment: &'s Segment,
        readings: &'s [Reading],
        numbers: &'s [Number],
    ) -> Self {
        Self { segment, readings, numbers }
    }

    /// The first `limit` of what was found, of a guessed name [`GUESSES_PER_NAME_MAX`] at most.
    pub(super) fn hits(&self, found: impl Iterator<Item = Found>, limit: usize) -> Vec<NameHit> {
        let mut names: Vec<PerName> = Vec::new();
        let mut facts: Vec<(u8, Option<Facts<'_>>)> = Vec::new();
        let mut known: Vec<u32> = Vec::with_capacity(limit);
        let mut hits: Vec<NameHit> = Vec::with_capacity(limit);
        for found in found {
            if hits.len() >= limit {
                break;
            }
            if known.contains(&found.who) {
                continue;
            }
            let name = self.segment.customers.name(found.who);
            match names.iter_mut().find(|known| known.name == name) {
                Some(known)
                    if found.tier != Tier::Exact && known.n_shown >= GUESSES_PER_NAME_MAX =>
                {
                    continue;
                }
                Some(known) => known.n_shown += 1,
                None => names.push(PerName { name, n_shown: 1 }),
            }
            if !facts.iter().any(|(reading, _)| *reading == found.reading) {
                facts.push((found.reading, self.facts(found.reading)));
            }
            let facts = facts.iter().find(|(reading, _)| *reading == found.reading);
            known.push(found.who);
            hits.push(self.hit(&found, facts.and_then(|(_, facts)| facts.as_ref())));
        }
        hits
    }

    /// What was typed beside the name, if anything.
    fn facts(&self, reading: u8) -> Option<Facts<'_>> {
        let town = self.readings.get(usize::from(reading)).and_then(|r| r.town.as_deref());
        if town.is_none() && self.numbers.is_empty() {
            return None;
        }
        Facts::read(self.segment, self.numbers, (town, Depth::Two), &mut Work::default())
    }

    fn hit(&self, found: &Found, facts: Option<&Facts<'_>>) -> NameHit {
        let [given, surname] = self.segment.customers.name(found.who);
        let dictionary = &self.segment.names.dictionary;
        let name = format!("{} {}", dictionary.word(given), dictionary.word(surname));
        let mut reasons = self.name_reasons(found);
        if let Some(facts) = facts {
            reasons.extend(facts.reasons(self.segment, found.who));
        }
        NameHit {
            row: self.segment.customers.row(found.who),
            tier: found.tier,
            cost: found.rank,
            reasons,
            name: name.trim_start().to_owned(),
            // Beside a fact that fits, others of the name are not meant.
            is_name: found.tier == Tier::Guess || facts.is_none() && found.is_name(),
        }
    }

    fn name_reasons(&self, found: &Found) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut n_off = 0;
        let mut is_beginning = false;
        for near in [found.given, found.surname].into_iter().flatten() {
            let stored = self.segment.names.dictionary.word(near.word);
            match near.manner {
                Manner::Exact => (),
                Manner::Beginning => is_beginning = true,
                Manner::Slip => n_off += self.n_letters_off(found, near),
                Manner::SlippedBeginning => {
                    n_off += 1;
                    is_beginning = true;
                }
                Manner::Sound => reasons.push(Reason::SoundsLike(capitalized(stored))),
                Manner::FullName => reasons.push(Reason::NicknameOf(capitalized(stored))),
                Manner::Nickname => reasons.push(Reason::Nickname(capitalized(stored))),
            }
        }
        if n_off > 0 {
            reasons.push(Reason::LettersOff(n_off));
        }
        let is_one = matches!(self.names(found), Some(Names::One(_)));
        if is_one && found.given.is_some() && found.surname.is_some() {
            reasons.push(Reason::NoSpace);
        } else if is_beginning {
            reasons.push(Reason::NameBeginning);
        }
        let has_unread = self.reading(found).is_some_and(|reading| reading.n_unread > 0);
        if has_unread {
            reasons.push(Reason::PartOfTyped);
        } else if found.is_partial {
            reasons.push(Reason::PartOfName);
        }
        if reasons.is_empty() {
            reasons.push(Reason::Name);
        }
        reasons
    }

    fn reading(&self, found: &Found) -> Option<&Reading> {
        self.readings.get(usize::from(found.reading))
    }

    fn names(&self, found: &Found) -> Option<&Names> {
        self.reading(found).map(|reading| &reading.names)
    }

    /// How many letters of the stored word differ from the typed word that it stands for.
    fn n_letters_off(&self, found: &Found, near: Near) -> u8 {
        let stored = self.segment.names.dictionary.word(near.word);
        let off = |typed: &String| osa::distance(typed.chars(), stored.chars());
        match self.names(found) {
            Some(Names::One(one)) => off(one).min(9) as u8,
            Some(Names::Two(one, other)) => off(one).min(off(other)).min(9) as u8,
            None => 1,
        }
    }
}

/// The word with a capital first letter.
fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
