//! How well a key that was typed agrees with one that is stored.

use rapidfuzz::distance::osa;

use super::key::{
    case_number, code_letters, digits, email, letters_and_digits, local_part, phone_digits,
};
use super::rank::{Field, Part, Tier};

/// Which part was typed, how it was found, how unlikely that is; `None` if the keys differ.
pub(super) type Judged = Option<(Part, Tier, f32)>;

/// Keys shorter than this are not looked up with an error in them.
const ONE_OFF_CHARS_MIN: usize = 6;

/// Compares what was `typed` for a field with what is `stored` there, both as written.
pub(super) fn judge(field: Field, typed: &str, stored: &str) -> Judged {
    match field {
        Field::Phone => judge_digits(&phone_digits(typed), &phone_digits(stored)),
        Field::Receipt => judge_digits(&digits(typed), &digits(stored)),
        Field::Email => judge_email(&email(typed), &email(stored)),
        Field::Code => judge_code(typed, stored),
        Field::MemberId => judge_text(&letters_and_digits(typed), &letters_and_digits(stored)),
        Field::Serial => judge_serial(typed, stored),
        Field::CaseNumber => judge_text(&case_number(typed)?, &case_number(stored)?),
    }
}

/// Each letter that stands around what was typed from inside an address.
const UNTYPED: f32 = 0.05;
/// A slip in a key that is otherwise right.
const ONE_OFF: f32 = 3.5;

fn is_one_off(typed: &str, stored: &str) -> bool {
    typed.len() >= ONE_OFF_CHARS_MIN
        && typed.len().abs_diff(stored.len()) <= 1
        && osa::distance(typed.bytes(), stored.bytes()) <= 1
}

fn judge_text(typed: &str, stored: &str) -> Judged {
    if typed.is_empty() {
        None
    } else if typed == stored {
        Some((Part::Whole, Tier::Exact, 0.0))
    } else if stored.starts_with(typed) {
        Some((Part::Beginning, Tier::Beginning, 1.0))
    } else if is_one_off(typed, stored) {
        Some((Part::OneOff, Tier::Guess, ONE_OFF))
    } else {
        None
    }
}

/// Read from a label: letters that look alike are one.
fn judge_serial(typed: &str, stored: &str) -> Judged {
    let as_read = judge_text(&letters_and_digits(typed), &letters_and_digits(stored));
    match judge_text(&code_letters(typed), &code_letters(stored)) {
        Some((Part::Whole, ..))
            if as_read.as_ref().is_none_or(|(part, ..)| *part != Part::Whole) =>
        {
            Some((Part::Misread, Tier::Exact, 1.0))
        }
        misread => as_read.or(misread),
    }
}

fn judge_digits(typed: &str, stored: &str) -> Judged {
    let judged = judge_text(typed, stored);
    if judged.is_some() || typed.len() < 4 {
        return judged;
    }
    if let Some(before) = stored.strip_suffix(typed) {
        let shown = if typed.len() > 7 { before.len() } else { stored.len() - typed.len() };
        let ending = stored.get(shown..)?.to_owned();
        return Some((Part::Ending(ending), Tier::Exact, 0.5));
    }
    // An error in the last seven: the end of the number may be a digit shorter or longer.
    let n = typed.len();
    let is_near_end = n >= ONE_OFF_CHARS_MIN
        && [n - 1, n, n + 1].into_iter().any(|n| {
            let end = stored.len().checked_sub(n).and_then(|from| stored.get(from..));
            end.is_some_and(|end| is_one_off(typed, end))
        });
    is_near_end.then_some((Part::OneOff, Tier::Guess, ONE_OFF + 0.5))
}

fn judge_email(typed: &str, stored: &str) -> Judged {
    let judged = judge_text(typed, stored);
    if matches!(judged, Some((Part::Whole, ..))) {
        return judged;
    }
    let (typed_local, stored_local) = (local_part(typed), local_part(stored));
    if !typed.contains('@') && typed == stored_local {
        // "natalie_james" is no name as it is typed, whoever is called so.
        let cost = if typed.contains(['.', '_']) { -0.5 } else { 0.2 };
        return Some((Part::Beginning, Tier::Exact, cost));
    }
    if judged.is_some() {
        return judged;
    }
    let (_, stored_domain) = stored.split_once('@')?;
    let is_near = match typed.split_once('@') {
        // The domain says that it is an address, however short what stands before it is.
        Some((_, domain)) => {
            stored_domain.starts_with(domain)
                && osa::distance(typed_local.bytes(), stored_local.bytes()) <= 1
        }
        None => is_one_off(typed, stored_local),
    };
    if is_near {
        return Some((Part::OneOff, Tier::Guess, ONE_OFF + 0.2));
    }
    let is_inside = typed.len() >= 3 && stored.contains(typed);
    let n_untyped = stored_local.len().saturating_sub(typed_local.len());
    let cost = if typed.contains(['.', '_']) { 0.5 } else { 1.8 } + UNTYPED * n_untyped as f32;
    is_inside.then_some((Part::Inside, Tier::Beginning, cost))
}

fn judge_code(typed: &str, stored: &str) -> Judged {
    let (typed_raw, stored_raw) = (letters_and_digits(typed), letters_and_digits(stored));
    let (typed_key, stored_key) = (code_letters(typed), code_letters(stored));
    let ending = |n: usize| {
        let from = stored_raw.len().checked_sub(n)?;
        Some(stored_raw.get(from..)?.to_ascii_uppercase())
    };
    if typed_raw.len() < 4 {
        return None;
    }
    if typed_raw == stored_raw {
        return Some((Part::Whole, Tier::Exact, 0.0));
    }
    if stored_raw.ends_with(&typed_raw) {
        return Some((Part::Ending(ending(typed_raw.len())?), Tier::Exact, 0.3));
    }
    if stored_raw.starts_with(&typed_raw) {
        return Some((Part::Beginning, Tier::Beginning, 0.5));
    }
    if !typed_raw.bytes().any(|byte| byte.is_ascii_digit()) && typed_raw.len() < 10 {
        return None; // Only letters: a word, unless it is an ending to the letter.
    }
    if typed_key == stored_key {
        return Some((Part::Misread, Tier::Exact, 1.0));
    }
    if stored_key.ends_with(&typed_key) || stored_key.starts_with(&typed_key) {
        return Some((Part::Misread, Tier::Beginning, 2.0));
    }
    is_one_off(&typed_key, &stored_key).then_some((Part::OneOff, Tier::Guess, ONE_OFF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_judged_as_written() {
        type Row = (Field, &'static str, &'static str, Option<(Part, Tier)>);
        let table: [Row; 19] = [
            (Field::Phone, "4129498233", "(412) 949-8233", Some((Part::Whole, Tier::Exact))),
            (
                Field::Phone,
                "9498233",
                "412 949 8233",
                Some((Part::Ending("9498233".into()), Tier::Exact)),
            ),
            (
                Field::Phone,
                "8233",
                "412 949 8233",
                Some((Part::Ending("8233".into()), Tier::Exact)),
            ),
            (Field::Phone, "4129498332", "412 949 8233", None),
            (Field::Phone, "4129498323", "412 949 8233", Some((Part::OneOff, Tier::Guess))),
            (Field::Phone, "9498223", "412 949 8233", Some((Part::OneOff, Tier::Guess))),
            (Field::Phone, "412", "412 949 8233", Some((Part::Beginning, Tier::Beginning))),
            (Field::Email, "david.m", "David.M@gmail.com", Some((Part::Beginning, Tier::Exact))),
            (Field::Email, "vid.m@gm", "David.M@gmail.com", Some((Part::Inside, Tier::Beginning))),
            (
                Field::Email,
                "davdi.m@gmail.com",
                "david.m@gmail.com",
                Some((Part::OneOff, Tier::Guess)),
            ),
            (Field::Email, "davdi.m@gm", "david.m@gmail.com", Some((Part::OneOff, Tier::Guess))),
            (
                Field::Code,
                "HST6A",
                "XXXXX-HST6A",
                Some((Part::Ending("HST6A".into()), Tier::Exact)),
            ),
            (Field::Code, "H5T6A", "XXXXX-HST6A", Some((Part::Misread, Tier::Beginning))),
            (Field::Code, "james", "XXXXX-JAME5", None),
            (Field::CaseNumber, "d2 00419", "D2-00419", Some((Part::Whole, Tier::Exact))),
            (Field::Serial, "c02-xl0", "C02XL0ABJ", Some((Part::Beginning, Tier::Beginning))),
            (Field::Serial, "CO2XLOABJ", "C02XL0ABJ", Some((Part::Misread, Tier::Exact))),
            (Field::Serial, "C02XL0ABJ", "C02XL0ABJ", Some((Part::Whole, Tier::Exact))),
            (
                Field::Email,
                "jvdb@example.con",
                "jvdb@example.com",
                Some((Part::OneOff, Tier::Guess)),
            ),
        ];
        for (field, typed, stored, expected) in table {
            let judged = judge(field, typed, stored).map(|(part, tier, _)| (part, tier));
            assert_eq!(judged, expected, "{typed} {stored}");
        }
    }
}
