//! Reads what stands in the lookup box.
//!
//! Nobody says what they type: a phone, a name, a name and the last four. So each piece is read in
//! every way it can be meant, and the hits decide. Work is bounded here: what is beyond
//! [`TEXT_CHARS_MAX`], [`WORDS_MAX`], [`NUMBERS_MAX`] or [`PROBES_MAX`] is left out, and [`Query::is_cut`] says so.

use super::fold;
use super::key::{Column, Probe, Span, Stage, code_letters, digits, local_part, reversed};
use super::pieces::{PHONE_DIGITS_MAX, Piece, has_digit, pieces, spaced_code};

/// So many characters of the text are read.
pub const TEXT_CHARS_MAX: usize = 200;
/// So many words are looked for among names and towns.
pub const WORDS_MAX: usize = 6;
/// So many numbers are looked for among ZIP codes and ends of phones.
pub const NUMBERS_MAX: usize = 3;
/// Letters and digits of an activation code: four groups of five.
const CODE_CHARS: usize = 20;
/// Fewer letters alone are a name, perhaps with an error, and no e-mail address with one.
const LETTERS_MIN: usize = 10;
/// Fewer letters without an @ stand inside thousands of addresses.
const INSIDE_CHARS_MIN: usize = 5;
/// Of longer local parts of an e-mail address so many letters are looked for.
const LOCAL_CHARS_MAX: usize = 30;
/// So many ranges are read from the file.
pub const PROBES_MAX: usize = 32;

/// What stands in the box, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// Folded words that may be names or a town.
    pub words: Vec<String>,
    /// How many words stand before the first comma, as in "Smith, John"; 0 without one.
    pub n_before_comma: usize,
    /// Folded ZIP codes, or ends of phones.
    pub numbers: Vec<String>,
    /// What to read from the file's own indexes.
    pub probes: Vec<Probe>,
    /// Whether a key stands beside the words that no name and no fact of a name explains.
    pub has_key: bool,
    /// Whether something was left out because the text is too long.
    pub is_cut: bool,
}

/// Reads `text`. Any text has an answer; of one without letters and digits nothing remains.
pub fn parse(text: &str) -> Query {
    let mut query = Query::default();
    let mut text = text.trim_start();
    if let Some((end, _)) = text.char_indices().nth(TEXT_CHARS_MAX) {
        query.is_cut = true;
        text = text.get(..end).unwrap_or_default();
    }
    let text = text.trim_end();
    let pieces = pieces(text);
    let n_pieces = pieces.len();
    let spaced_code = spaced_code(&pieces);
    if let Some(code) = &spaced_code {
        query.spaced_code(code);
    }
    if pieces.len() == 2 {
        query.first(Column::CaseNumber, Span::Exact, text, text);
    }
    for piece in pieces {
        match piece {
            Piece::Comma if query.n_before_comma == 0 => query.n_before_comma = query.words.len(),
            Piece::Comma => (),
            Piece::Email(text) => query.email(&text),
            Piece::Digits(digits) => query.digits(&digits, n_pieces),
            Piece::Mixed(text) => query.mixed(&text),
            Piece::Word(text) => query.word(&text, n_pieces),
        }
    }
    query.is_cut |= query.words.len() > WORDS_MAX
        // The groups of a code need be nothing else.
        || spaced_code.is_none() && query.numbers.len() > NUMBERS_MAX
        || query.probes.len() > PROBES_MAX;
    query.words.truncate(WORDS_MAX);
    query.numbers.truncate(NUMBERS_MAX);
    query.probes.truncate(PROBES_MAX);
    query
}

/// Whether letters alone, `n` of them, may be an activation code.
fn is_code(text: &str, n: usize) -> bool {
    n == CODE_CHARS || n >= 10 && text.contains('-')
}

impl Query {
    fn probe(&mut self, column: Column, span: Span, stage: Stage, typed: &str) {
        self.probes.push(Probe::new(column, span, stage, typed));
    }

    fn first(&mut self, column: Column, span: fn(String) -> Span, key: &str, typed: &str) {
        if let Some(key) = column.key(key) {
            self.probe(column, span(key), Stage::First, typed);
        }
    }

    /// Probes the two halves of `key`, one of which is right when there is one error in it.
    fn halves(&mut self, forward: Column, backward: Column, key: &str, typed: &str) {
        let n_chars = key.chars().count();
        let at = |n: usize| key.char_indices().nth(n).map_or(0, |(at, _)| at);
        let (_, end) = key.split_at(at(n_chars / 2));
        // Two neighbors swapped across the middle leave a little less than half right.
        let (start, _) = key.split_at(at(n_chars / 2 - usize::from(n_chars >= 10)));
        self.probe(forward, Span::Beginning(start.to_owned()), Stage::Fallback, typed);
        self.probe(backward, Span::Beginning(reversed(end)), Stage::Fallback, typed);
    }

    /// Probes ever shorter beginnings and endings of what stands before the @, down to a third: the
    /// longest that is right has the fewest others beside it. "maria" alone has thousands.
    fn parts(&mut self, local: &str, typed: &str) {
        let letters: Vec<char> = local.chars().take(LOCAL_CHARS_MAX).collect();
        let n_least = (letters.len() / 3).max(2);
        for n in (n_least..letters.len()).rev().step_by(2) {
            let start = letters.iter().take(n).collect();
            let end = letters.iter().rev().take(n).collect();
            self.probe(Column::Email, Span::Beginning(start), Stage::Fallback, typed);
            self.probe(Column::EmailBackward, Span::Beginning(end), Stage::Fallback, typed);
        }
    }

    /// A code in groups with spaces between. Two or three groups of letters are sooner words.
    fn spaced_code(&mut self, text: &str) {
        if has_digit(text) || text.len() >= 15 {
            self.code(text);
        } else {
            self.first(Column::Code, Span::Beginning, text, text);
        }
    }

    fn email(&mut self, text: &str) {
        self.has_key = true;
        let key = text.to_lowercase();
        let local = local_part(&key);
        if local.is_empty() {
            return;
        }
        self.probe(Column::Email, Span::Beginning(key.clone()), Stage::First, text);
        self.parts(local, text);
        self.probe(Column::EmailInside, Span::Inside(key.clone()), Stage::Fallback, text);
    }

    /// An e-mail typed up to the @, or something from inside one.
    fn local_part(&mut self, text: &str, stage: Stage) {
        let key = text.to_lowercase();
        let n_chars = key.chars().count();
        if n_chars < 3 || key.contains(char::is_whitespace) {
            return;
        }
        self.probe(Column::Email, Span::Beginning(format!("{key}@")), Stage::First, text);
        self.probe(Column::Email, Span::Beginning(key.clone()), stage, text);
        // A short word of letters with an error in it is sooner a name.
        let is_word = n_chars < LETTERS_MIN && key.chars().all(char::is_alphabetic);
        if n_chars >= 6 && !is_word {
            self.parts(&key, text);
        }
        if n_chars >= INSIDE_CHARS_MIN {
            self.probe(Column::EmailInside, Span::Inside(key), Stage::Fallback, text);
        }
    }

    fn digits(&mut self, typed: &str, n_pieces: usize) {
        let local = match typed.len() {
            11 if typed.starts_with('1') => typed.get(1..).unwrap_or_default(),
            _ => typed,
        };
        self.has_key |= typed.len() > 11;
        match typed.len() {
            3..=6 => self.numbers.push(typed.to_owned()),
            // ZIP+4, unless it is a phone without its first digit.
            9 => self.numbers.extend(typed.get(..5).map(str::to_owned)),
            7..=11 => self.numbers.extend(local.get(local.len() - 4..).map(str::to_owned)),
            _ => (),
        }
        if n_pieces > 1 && typed.len() < 6 {
            return;
        }
        let n = local.len();
        if (3..=PHONE_DIGITS_MAX).contains(&n) {
            self.probe(Column::Phone, Span::Beginning(local.to_owned()), Stage::First, typed);
        }
        if (4..=9).contains(&n) {
            self.probe(
                Column::PhoneBackward,
                Span::Beginning(reversed(local)),
                Stage::First,
                typed,
            );
        }
        if (9..=11).contains(&n) {
            self.halves(Column::Phone, Column::PhoneBackward, local, typed);
        }
        if (6..=8).contains(&n) {
            let (start, end) = (local.get(..3), local.get(n - 4..));
            if let (Some(start), Some(end)) = (start, end) {
                let (start, end) =
                    (Span::Beginning(start.to_owned()), Span::Beginning(reversed(end)));
                self.probe(Column::PhoneLocal, start, Stage::Fallback, typed);
                self.probe(Column::PhoneBackward, end, Stage::Fallback, typed);
            }
        }
        if n < 5 {
            self.first(Column::MemberId, Span::Exact, typed, typed);
        } else {
            self.first(Column::Receipt, Span::Beginning, typed, typed);
            self.first(Column::ReceiptBackward, Span::Beginning, typed, typed);
            self.first(Column::MemberId, Span::Beginning, typed, typed);
            self.first(Column::Serial, Span::Beginning, typed, typed);
            self.first(Column::CodeBackward, Span::Beginning, typed, typed);
        }
        if n >= 12 {
            self.halves(Column::Receipt, Column::ReceiptBackward, typed, typed);
        }
    }

    fn mixed(&mut self, text: &str) {
        let folded = fold::joined(text);
        if folded.len() <= 7 {
            self.numbers.push(folded.clone());
        } else {
            self.has_key = true;
        }
        if folded.len() < 4 {
            self.first(Column::MemberId, Span::Exact, text, text);
        }
        self.first(Column::CaseNumber, Span::Exact, text, text);
        if folded.len() >= 4 && folded.is_ascii() {
            self.code(text);
            self.first(Column::MemberId, Span::Beginning, text, text);
            self.first(Column::Serial, Span::Beginning, text, text);
            if folded.len() >= 8 {
                self.one_off_beginning(Column::MemberId, text);
                self.one_off_beginning(Column::Serial, text);
            }
        }
        // A receipt number with letters before it: "BBY01-806".
        if digits(text).len() >= 5 {
            self.first(Column::Receipt, Span::Beginning, text, text);
            self.first(Column::ReceiptBackward, Span::Beginning, text, text);
        }
        if text.starts_with(|first: char| first.is_alphabetic()) {
            self.local_part(text, Stage::First);
        }
        // "smith76" may be the start of an e-mail, or a slip of the hand on a name.
        let letters = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if text.len() - letters.len() <= 2 && !letters.contains(|l: char| l.is_ascii_digit()) {
            self.words.extend(fold::words(letters).into_iter().filter(|word| word.len() > 3));
        }
    }

    /// With an error in its second half a key still begins right.
    fn one_off_beginning(&mut self, column: Column, typed: &str) {
        let key = column.key(typed).unwrap_or_default();
        let start = key.chars().take(key.chars().count() / 2).collect();
        self.probe(column, Span::Beginning(start), Stage::Fallback, typed);
    }

    fn code(&mut self, text: &str) {
        let key = code_letters(text);
        let is_probed = |probe: &Probe| {
            probe.column == Column::Code && probe.span == Span::Beginning(key.clone())
        };
        if key.len() < 4 || self.probes.iter().any(is_probed) {
            return;
        }
        let backward = Span::Beginning(reversed(&key));
        self.probe(Column::Code, Span::Beginning(key.clone()), Stage::First, text);
        self.probe(Column::CodeBackward, backward, Stage::First, text);
        if key.len() >= 10 {
            self.halves(Column::Code, Column::CodeBackward, &key, text);
        }
    }

    fn word(&mut self, text: &str, n_pieces: usize) {
        let is_alone = n_pieces == 1;
        let words = fold::words(text);
        let folded = words.concat();
        let is_whole = text.contains(['.', '_']) && words.len() > 1;
        if is_whole || is_alone {
            let stage = if is_whole { Stage::First } else { Stage::Fallback };
            self.local_part(text.trim_matches(['.', '_', '-']), stage);
        }
        // One in five groups of a code has no digit in it.
        let n = folded.len();
        if is_alone && folded.is_ascii() && n >= 5 {
            if is_code(text, n) {
                self.code(text);
            } else {
                self.first(Column::Code, Span::Beginning, text, text);
            }
            if n == 5 {
                self.first(Column::CodeBackward, Span::Beginning, text, text);
            }
        }
        let n = words.len();
        self.words.extend(words.into_iter().filter(|word| n == 1 || !fold::is_title(word)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_told_apart() {
        let table: [(&str, &[&str], usize, &[&str]); 21] = [
            ("", &[], 0, &[]),
            ("  John  SMITH ", &["john", "smith"], 0, &[]),
            ("Smith, John", &["smith", "john"], 1, &[]),
            ("Smith,John,", &["smith", "john"], 1, &[]),
            ("O'Brien-Lee", &["obrien", "lee"], 0, &[]),
            ("smith 0142", &["smith"], 0, &["0142"]),
            ("15235 smith 0142", &["smith"], 0, &["15235", "0142"]),
            ("15235 0142 smith", &["smith"], 0, &["15235", "0142"]),
            ("smith (412) 949-8233", &["smith"], 0, &["8233"]),
            ("smith 412 949 8233", &["smith"], 0, &["8233"]),
            ("smith 15235-1234", &["smith"], 0, &["15235"]),
            ("smith +1 412 949 8233", &["smith"], 0, &["8233"]),
            ("smith v6b1a1", &["smith"], 0, &["v6b1a1"]),
            ("david.m@gmail.com", &[], 0, &[]),
            ("👍 \0 ---", &[], 0, &[]),
            ("HST6A VV5DB", &[], 0, &["hst6a", "vv5db"]),
            ("412-555-0142 15235", &[], 0, &["0142", "15235"]),
            ("15235 412 555 0142", &[], 0, &["15235", "0142"]),
            ("412-555-0142x12", &[], 0, &["0142"]),
            ("smith 412 555 0142 ext. 12", &["smith"], 0, &["0142"]),
            ("Jo <jo@example.com>", &["jo"], 0, &[]),
        ];
        for (text, words, n_before_comma, numbers) in table {
            let query = parse(text);
            assert_eq!(query.words, words, "{text}");
            assert_eq!(query.n_before_comma, n_before_comma, "{text}");
            assert_eq!(query.numbers, numbers, "{text}");
        }
    }

    #[test]
    fn each_key_is_probed_where_it_is_stored() {
        let beginning = |key: &str| Span::Beginning(key.to_owned());
        let table = [
            ("(412) 949-8233", Column::Phone, beginning("4129498233")),
            ("1 412 949 8233", Column::Phone, beginning("4129498233")),
            ("949-8233", Column::PhoneBackward, beginning("3328949")),
            ("8233", Column::PhoneBackward, beginning("3328")),
            ("David.M@Gmail.com", Column::Email, beginning("david.m@gmail.com")),
            ("david.m", Column::Email, beginning("david.m@")),
            ("langmom", Column::Email, beginning("langmom@")),
            ("HST6A-VV5DB-RACY3-68A3Y", Column::Code, beginning("H5T6AUU508RACY368A3Y")),
            ("ZSHEK 9AEDY", Column::Code, beginning("25HEK9AE0Y")),
            ("HST6A", Column::CodeBackward, beginning("A6T5H")),
            ("abcde", Column::Code, beginning("A8C0E")),
            ("abcde fghjk", Column::Code, beginning("A8C0EF6HJK")),
            ("smith T82TC", Column::CodeBackward, beginning("CT28T")),
            ("+44 20 7946 0958", Column::Phone, beginning("442079460958")),
            ("01 42 68 53 00", Column::Phone, beginning("0142685300")),
            ("412-555-0142 15235", Column::Phone, beginning("4125550142")),
            ("4125550142#12", Column::Phone, beginning("4125550142")),
            ("mailto:a@b.c", Column::Email, beginning("a@b.c")),
            ("C1", Column::MemberId, Span::Exact("C1".into())),
            ("zshek", Column::CodeBackward, beginning("KEH52")),
            ("0112-032-6467-091925", Column::Receipt, beginning("01120326467091925")),
            ("6467-091925", Column::ReceiptBackward, beginning("5291907646")),
            ("0112 032 6467 091925", Column::Receipt, beginning("01120326467091925")),
            ("M123456789", Column::MemberId, beginning("M123456789")),
            ("C02-XL0", Column::Serial, beginning("C02X10")),
            ("D2-00419", Column::CaseNumber, Span::Exact("D2-00419".into())),
            ("d2 419", Column::CaseNumber, Span::Exact("D2-00419".into())),
        ];
        for (text, column, span) in table {
            let query = parse(text);
            let found = query.probes.iter().any(|p| p.column == column && p.span == span);
            assert!(found, "{text}: {:#?}", query.probes);
        }
    }

    #[test]
    fn any_text_is_read_within_bounds() {
        let texts = [
            "x".repeat(1 << 20),
            "x ".repeat(1 << 19),
            "1 ".repeat(1 << 19),
            " ".repeat(1 << 20),
            "word ".repeat(200),
            "a1@".repeat(1000),
            "\0\u{202e}שלום 👩‍👩‍👧‍👦 ".repeat(500),
        ];
        for text in texts {
            let query = parse(&text);
            assert!(query.words.len() <= WORDS_MAX && query.numbers.len() <= NUMBERS_MAX);
            assert!(query.probes.len() <= PROBES_MAX);
            assert!(query.is_cut || text.trim_start().chars().count() <= TEXT_CHARS_MAX);
        }
    }
}
