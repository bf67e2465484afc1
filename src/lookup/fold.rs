//! Folding: the form in which names, towns and keys are compared.
//!
//! The importer and the search fold with the same functions, so what was stored is found however
//! it was written: accents, capitals, hyphens and spaces never decide.

use crate::domain::fold::{is_inside_word, push_folded};

/// Words that belong to the surname after them: "van der Berg", "de la Cruz", "St. John".
const PARTICLES: [&str; 24] = [
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "las", "le", "los", "st", "ten", "ter", "van", "von",
];

/// Titles and suffixes, which nobody searches for and few write twice the same way.
const TITLES: [&str; 11] = ["mr", "mrs", "ms", "miss", "dr", "jr", "sr", "ii", "iii", "iv", "esq"];

/// Whether the folded `word` belongs to the surname after it.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether the folded `word` is a title or a suffix such as "Jr".
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// All letters and digits of `text`, folded and without gaps: the key of a town or a ZIP code.
pub fn joined(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_folded(letter, &mut folded));
    folded
}

/// The folded words of `text`. An apostrophe joins, anything else that is no letter or digit parts.
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            push_folded(letter, &mut word);
        } else if !is_inside_word(letter) && !word.is_empty() {
            found.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        found.push(word);
    }
    found
}

/// One way to call a customer: a given name and a surname; either may be none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Called<T> {
    /// The given name, or one of several.
    pub given: T,
    /// The surname, or one part of it.
    pub surname: T,
    /// Whether something of the full name is left out.
    pub is_partial: bool,
}

/// The most ways under which one customer is kept; a name of that many parts is rare.
const CALLED_MAX: usize = 12;

/// What a name field counts as: the whole as one word first, then its parts, if it has several.
pub fn name_parts(field: &str) -> Vec<String> {
    variants(&name_words(field))
}

/// All the ways to call somebody whose [`name_parts`] are these, the full name first; `none` stands
/// for a name that is not known.
///
/// "Mary Ann García-López" is kept under the full name (`maryann`, `garcialopez`), under each
/// given name with each surname, and under its two given names or two surnames alone.
pub fn called<T: Copy>(givens: &[T], surnames: &[T], none: T) -> Vec<Called<T>> {
    let nobody = [none];
    let (givens, surnames) = match (givens.is_empty(), surnames.is_empty()) {
        (true, true) => return Vec::new(),
        // A lone name is kept as a surname, whichever field it stands in.
        (false, true) => (nobody.as_slice(), givens),
        (true, false) => (nobody.as_slice(), surnames),
        (false, false) => (givens, surnames),
    };
    let mut all: Vec<Called<T>> = Vec::with_capacity(givens.len() * surnames.len());
    for (s, surname) in surnames.iter().enumerate() {
        for (g, given) in givens.iter().enumerate() {
            let is_partial = s > 0 || g > 0;
            all.push(Called { given: *given, surname: *surname, is_partial });
        }
    }
    for variants in [givens, surnames] {
        if let [_, first, second, ..] = variants {
            all.push(Called { given: *first, surname: *second, is_partial: true });
        }
    }
    all.truncate(CALLED_MAX);
    all
}

/// The words of a name field that are worth keeping.
fn name_words(field: &str) -> Vec<String> {
    let mut all = words(field);
    if all.len() > 1 {
        all.retain(|word| !is_title(word));
    }
    if all.iter().any(|word| word.chars().nth(1).is_some()) {
        all.retain(|word| word.chars().nth(1).is_some()); // Middle initials.
    }
    all
}

/// The whole of a name first, then its parts without particles, if it has several.
fn variants(parts: &[String]) -> Vec<String> {
    let [first, rest @ ..] = parts else { return Vec::new() };
    if rest.is_empty() {
        return vec![first.clone()];
    }
    let mut all = vec![parts.concat()];
    all.extend(parts.iter().filter(|part| !is_particle(part)).cloned());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_apostrophes_never_part_a_word() {
        let table = [
            ("José Ángel", "jose angel"),
            ("O'Brien", "obrien"),
            ("D’Angelo", "dangelo"),
            ("Strauß", "strauss"),
            ("Łukasz Øster", "lukasz oster"),
            ("Světlana", "svetlana"),
            ("e\u{301}mile", "emile"),
            ("Smith-Jones", "smith jones"),
            ("  a\0b\u{7f}c ", "a b c"),
            ("Ｊｏｈｎ", "john"),
            ("Иван", "иван"),
            ("👍", ""),
            ("", ""),
        ];
        for (text, folded) in table {
            assert_eq!(words(text).join(" "), folded, "{text}");
        }
        assert_eq!(joined("Fort Wayne"), "fortwayne");
    }

    #[test]
    fn a_customer_is_kept_under_every_way_to_call_them() {
        let table: [(&str, &str, &[&str]); 10] = [
            ("John", "Smith", &["john smith"]),
            ("John Q.", "Smith Jr.", &["john smith"]),
            ("", "Smith", &[" smith"]),
            ("Cher", "", &[" cher"]),
            ("J", "Smith", &["j smith"]),
            ("Jan", "van der Berg", &["jan vanderberg", "jan berg"]),
            ("Siobhán", "O’Neill", &["siobhan oneill"]),
            (
                "Ana",
                "García-López",
                &["ana garcialopez", "ana garcia", "ana lopez", "garcia lopez"],
            ),
            ("Mary Ann", "Lee", &["maryann lee", "mary lee", "ann lee", "mary ann"]),
            ("", "", &[]),
        ];
        for (given, surname, expected) in table {
            let (givens, surnames) = (name_parts(given), name_parts(surname));
            let givens: Vec<&str> = givens.iter().map(String::as_str).collect();
            let surnames: Vec<&str> = surnames.iter().map(String::as_str).collect();
            let all: Vec<String> = called(&givens, &surnames, "")
                .iter()
                .map(|called| format!("{} {}", called.given, called.surname))
                .collect();
            assert_eq!(all, expected, "{given} {surname}");
        }
        let many = [0; 9];
        assert_eq!(called(&many, &many, 1).len(), CALLED_MAX);
        assert!(!called(&many, &[2], 1)[0].is_partial);
    }
}
