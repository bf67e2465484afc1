//! What was typed, in every form in which it may be meant.

use crate::domain::fold;
use crate::domain::id::CaseNumber;

/// A query, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Asked {
    /// Without blanks around it.
    pub text: String,
    /// Folded words that may be names.
    pub words: Vec<String>,
    /// Whether a comma says that the surname comes first.
    pub is_surname_first: bool,
    /// Digits beside a name: a phone's end.
    pub digits_beside: Option<String>,
    /// Digits, when nothing but a phone number could be meant.
    pub phone: Option<String>,
    /// Lower-case, when it could begin an e-mail address.
    pub email: Option<String>,
    /// Capitals and digits.
    pub letters: String,
    /// The same, look-alikes as one.
    pub code: String,
    /// Whether there is a digit, without which hardly any code is written.
    pub has_digit: bool,
    /// A case's number.
    pub case: Option<CaseNumber>,
}

impl Asked {
    pub(super) fn read(query: &str) -> Self {
        let text = query.trim();
        let folded = fold::fold(text);
        let is_digits = |word: &str| word.chars().all(|c| c.is_ascii_digit());
        let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        // With an @ nothing but an e-mail address is meant.
        words.retain(|word| !word.is_empty() && !text.contains('@'));
        // Digits may be typed in groups: "okafor 555 0142".
        let (numbers, names): (Vec<_>, Vec<_>) = words.into_iter().partition(|w| is_digits(w));
        let digits = numbers.concat();
        let is_phone = text.chars().all(|c| c.is_ascii_digit() || " -().+/".contains(c));
        let phone = fold::phone(text);
        let is_email = !text.contains(char::is_whitespace) && text.contains(char::is_alphabetic);
        Self {
            digits_beside: (!names.is_empty() && digits.len() >= 4).then_some(digits),
            is_surname_first: text.contains(','),
            words: names,
            phone: (is_phone && phone.len() >= 3).then_some(phone),
            email: is_email.then(|| fold::email(text)),
            letters: fold::letters_and_digits(text),
            code: fold::code(text),
            has_digit: text.contains(|c: char| c.is_ascii_digit()),
            case: text.parse().ok(),
            text: text.to_owned(),
        }
    }

    /// The words as one beginning: `okafor am`.
    pub(super) fn name(&self) -> String {
        self.words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_in_every_form_it_may_have() {
        let asked = Asked::read(" O'Brien, 555-0142 ");
        assert_eq!(asked.name(), "obrien");
        assert_eq!(asked.digits_beside.as_deref(), Some("5550142"));
        assert!(asked.is_surname_first && asked.phone.is_none());
        let asked = Asked::read("(612) 555-0142");
        assert_eq!(asked.phone.as_deref(), Some("6125550142"));
        assert!(asked.words.is_empty() && asked.email.is_none());
        let asked = Asked::read("d2-419");
        assert_eq!(asked.case.map(|number| number.to_string()).as_deref(), Some("D2-00419"));
        let asked = Asked::read("smith 01");
        assert_eq!((asked.name().as_str(), asked.digits_beside), ("smith", None));
        assert_eq!(Asked::read("  "), Asked::default());
    }
}
