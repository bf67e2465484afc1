//! The signature file: names, numbers and patterns with source and confidence, and how they are found.
//!
//! It is data: a newer file replaces the built-in one without a new program.

pub(super) mod needles;
mod search;
mod summary;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use self::needles::Needles;
use self::search::{Finder, finders_for, fold, needles_for, piece_of};
use super::{glob, words};
use serde::Deserialize;

const BUILTIN: &str = include_str!("../../../assets/signatures.json");
/// Entries a signature file may have; more is not a file of ours.
const ENTRIES_MAX: usize = 20_000;
/// Characters a pattern may have.
const PATTERN_CHARS_MAX: usize = 200;
/// Bytes of a name that are compared; no name is longer.
const TEXT_BYTES_MAX: usize = 1_000;
/// What an entry is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Name of an installed program.
    Program,
    /// Publisher, company or signer.
    Publisher,
    /// File name of a process.
    Process,
    /// Name of a service's key.
    Service,
    /// Name of a driver, without `.sys`.
    Driver,
    /// Name or instance GUID in Security Center.
    SecurityCenter,
    /// One folder's own name, anywhere in a path.
    Folder,
    /// One registry key's own name, anywhere in a key path.
    RegistryKey,
    /// A word in `UpperFilters` or `LowerFilters`.
    ClassFilter,
    /// Name or component of a network filter.
    NetworkFilter,
    /// Subject of a root certificate.
    Certificate,
    /// Id, name or file of a browser extension.
    BrowserExtension,
    /// Name of a macOS application.
    MacApp,
    /// Identifier of a macOS kernel extension.
    MacKext,
    /// Label of a macOS launch daemon or agent.
    MacLaunchd,
    /// Name of an Android package.
    AndroidPackage,
    /// File, folder or program name of an on-demand tool.
    Tool,
    /// Name of another brand's product with Kaspersky's engine.
    OtherBrand,
    /// Name of another maker's antivirus.
    AntivirusProgram,
    /// Service of another maker's antivirus.
    AntivirusService,
    /// Process of another maker's antivirus.
    AntivirusProcess,
    /// Looks like Kaspersky's and isn't.
    Lookalike,
}

/// How a pattern is compared. Case is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The whole text.
    Exact,
    /// Its beginning.
    Prefix,
    /// Any part of it.
    Contains,
    /// The whole text, with `*` for anything and `#` for digits and points.
    Glob,
}

/// One entry of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// What it is compared with.
    pub subject: Subject,
    /// What is looked for.
    pub pattern: String,
    /// How.
    #[serde(rename = "match")]
    pub how: Match,
    /// The product it tells of.
    pub product: String,
    /// Its generation, where the pattern alone tells it.
    pub generation: Option<String>,
    /// The maker, for other makers' antivirus.
    pub vendor: Option<String>,
    /// `seen`, `seen-name-only`, `derived`, `general` or `unverified`.
    pub confidence: String,
    /// Where it is known from.
    pub source: String,
}

#[derive(Deserialize)]
struct File {
    schema: String,
    date: String,
    entries: Vec<Entry>,
}

/// Why a signature file was refused. The one in use stays.
#[derive(Debug, thiserror::Error)]
pub enum SignatureError {
    /// It isn't JSON, or lacks a field.
    #[error("{}", not_readable(.0))]
    NotReadable(#[from] serde_json::Error),
    /// It was written for another program or a later version.
    #[error("it was made for a newer program, or for another one ({0:?})")]
    UnknownSchema(String),
    /// A pattern is empty, too long, or there are too many.
    #[error("an entry can't be used: {0:?}. Copy it again")]
    BadPattern(String),
    /// The same pattern says two things, or is listed as a look-alike too.
    #[error("the entry {0:?} contradicts another entry. Copy it again")]
    Contradiction(String),
    /// It was compiled before the built-in one.
    #[error("it is of {}, older than the program's own of {}", told(date), told(own))]
    Older {
        /// Its day.
        date: String,
        /// The built-in file's day.
        own: String,
    },
    /// The day isn't one.
    #[error("its day {0:?} is none; 2017-10-05 is")]
    BadDate(String),
    /// The search could not be built.
    #[error("the patterns cannot be searched for: {0}")]
    Search(#[from] aho_corasick::BuildError),
}

/// What is wrong with a file whose text is not what it should be, and what to do.
fn not_readable(err: &serde_json::Error) -> &'static str {
    use serde_json::error::Category;
    match err.classify() {
        Category::Eof => "it is cut short. Copy it again",
        Category::Syntax | Category::Io => "it is no signature file, or damaged. Copy it again",
        Category::Data => "it is no signature file, or made for a newer program",
    }
}

/// `5 Oct 2017`, as days stand everywhere else; what is none stays as it is.
fn told(date: &str) -> String {
    crate::domain::time::parse_day(date)
        .map_or_else(|| date.to_owned(), crate::domain::time::day_text)
}

/// The signatures in use.
#[derive(Debug)]
pub struct Signatures {
    entries: Vec<Entry>,
    date: String,
    finders: HashMap<Subject, Finder>,
    needles: Needles,
}

impl Signatures {
    /// The signatures that came with the program.
    ///
    /// # Panics
    /// Only if the file inside the program is broken, which a test rules out.
    pub fn builtin() -> &'static Self {
        static SIGNATURES: OnceLock<Signatures> = OnceLock::new();
        SIGNATURES.get_or_init(|| match Self::from_json(BUILTIN) {
            Ok(signatures) => signatures,
            Err(err) => panic!("the built-in signature file is broken: {err}"),
        })
    }

    /// Reads a signature file, and refuses one that contradicts itself.
    pub fn from_json(json: &str) -> Result<Self, SignatureError> {
        // Editors on Windows put a mark before the text.
        let file: File = serde_json::from_str(json.strip_prefix('\u{feff}').unwrap_or(json))?;
        if file.schema != "swapdesk-signatures/1" {
            return Err(SignatureError::UnknownSchema(file.schema));
        }
        if !is_day(&file.date) {
            return Err(SignatureError::BadDate(file.date));
        }
        if file.entries.len() > ENTRIES_MAX {
            return Err(SignatureError::BadPattern("(too many)".to_owned()));
        }
        let mut known = HashSet::new();
        for entry in &file.entries {
            let n_chars = entry.pattern.chars().count();
            if !(2..=PATTERN_CHARS_MAX).contains(&n_chars) || piece_of(entry).is_empty() {
                return Err(SignatureError::BadPattern(entry.pattern.clone()));
            }
            if !known.insert((entry.subject, entry.how, fold(&entry.pattern))) {
                return Err(SignatureError::Contradiction(entry.pattern.clone()));
            }
        }
        let finders = finders_for(&file.entries)?;
        let needles = needles_for(&file.entries);
        let signatures = Self { entries: file.entries, date: file.date, finders, needles };
        signatures.check_lookalikes()?;
        Ok(signatures)
    }

    /// Reads a file that is to replace the built-in one, and refuses one that is older.
    pub fn newer_from_json(json: &str) -> Result<Self, SignatureError> {
        let signatures = Self::from_json(json)?;
        let own = Self::builtin().date();
        // Days as `YYYY-MM-DD` compare like text.
        if signatures.date.as_str() < own {
            return Err(SignatureError::Older { date: signatures.date, own: own.to_owned() });
        }
        Ok(signatures)
    }

    /// The day the file was compiled for, `YYYY-MM-DD`.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// All entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that says most about `text`: the whole text first, then the longest pattern.
    pub fn find(&self, subject: Subject, text: &str) -> Option<&Entry> {
        let text = words::cut(text.trim(), TEXT_BYTES_MAX);
        words::looked_at(text);
        let finder = self.finders.get(&subject)?;
        let mut best: Option<&Entry> = None;
        // A piece that comes again and again is compared once.
        let mut tried: Vec<usize> = Vec::new();
        for hit in finder.pieces.find_overlapping_iter(text) {
            let piece = hit.pattern().as_usize();
            let at = finder.entries.get(piece).filter(|_| !tried.contains(&piece));
            let Some(entry) = at.and_then(|at| self.entries.get(*at)) else { continue };
            tried.push(piece);
            let is_better = best.is_none_or(|best| entry.rank() > best.rank());
            if is_better && entry.fits(text) {
                best = Some(entry);
            }
        }
        best
    }

    /// Whether any entry of this subject could fit a part of `text`.
    pub(super) fn could_find(&self, subject: Subject, text: &str) -> bool {
        self.finders.get(&subject).is_some_and(|finder| finder.pieces.is_match(text))
    }

    /// The next place in `text` from `from` on that a signature could be at; everything before it need
    /// not be looked at. `usize::MAX` if there is none.
    pub(super) fn next_hit(&self, text: &str, from: usize) -> usize {
        let found = self.needles.find(text.as_bytes(), from);
        words::looked_at(text.get(from..found.unwrap_or(text.len())).unwrap_or_default());
        found.unwrap_or(usize::MAX)
    }

    /// A name that is listed as a look-alike must not be a driver of Kaspersky's too.
    fn check_lookalikes(&self) -> Result<(), SignatureError> {
        let drivers = self.entries.iter().filter(|entry| entry.subject == Subject::Driver);
        for driver in drivers {
            if self.find(Subject::Lookalike, &driver.pattern).is_some() {
                return Err(SignatureError::Contradiction(driver.pattern.clone()));
            }
        }
        Ok(())
    }
}

impl Entry {
    fn fits(&self, text: &str) -> bool {
        let (pattern, is_plain) = (self.pattern.as_str(), self.pattern.is_ascii());
        match self.how {
            Match::Exact if is_plain => text.eq_ignore_ascii_case(pattern),
            Match::Exact => fold(text) == fold(pattern),
            Match::Prefix if is_plain => words::starts(text, pattern),
            Match::Prefix => fold(text).starts_with(&fold(pattern)),
            Match::Contains if is_plain => words::contains(text, pattern),
            Match::Contains => fold(text).contains(&fold(pattern)),
            Match::Glob => glob::fits(pattern, text),
        }
    }

    /// How much the entry says: the whole text more than a part, a longer pattern more than a shorter.
    fn rank(&self) -> (bool, usize) {
        (self.how == Match::Exact, self.pattern.len())
    }
}

/// Whether a text has the form `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_can_be_read_and_names_a_source_for_each_entry() {
        let signatures = Signatures::from_json(BUILTIN).expect("a good file");
        let said = ["seen", "seen-name-only", "derived", "general", "unverified"];
        for entry in signatures.entries() {
            assert!(!entry.source.is_empty(), "{entry:?}");
            assert!(said.contains(&entry.confidence.as_str()), "{entry:?}");
            let is_antivirus = matches!(
                entry.subject,
                Subject::AntivirusProgram | Subject::AntivirusProcess | Subject::AntivirusService
            );
            assert_eq!(entry.vendor.is_some(), is_antivirus, "{entry:?}");
        }
        assert!(signatures.entries().len() > 300);
    }

    #[test]
    fn a_file_that_contradicts_itself_is_refused() {
        let file = |entries: &str| {
            format!(
                r#"{{"schema":"swapdesk-signatures/1","date":"2017-09-08","entries":[{entries}]}}"#
            )
        };
        let entry = |subject: &str, pattern: &str| {
            format!(
                r#"{{"subject":"{subject}","pattern":"{pattern}","match":"exact","product":"p","confidence":"seen","source":"s"}}"#
            )
        };
        let twice = [entry("driver", "klif"), entry("driver", "KLIF")].join(",");
        let both = [entry("driver", "klif"), entry("lookalike", "klif")].join(",");
        for entries in [twice, both, entry("driver", "k"), entry("driver", "***")] {
            assert!(Signatures::from_json(&file(&entries)).is_err(), "{entries}");
        }
        assert!(Signatures::from_json(&file(&entry("driver", "klif"))).is_ok());
        assert!(Signatures::from_json("{}").is_err());
        let older = file(&entry("driver", "klif")).replace("2017-09-08", "2016-01-01");
        assert!(matches!(Signatures::newer_from_json(&older), Err(SignatureError::Older { .. })));
        assert!(Signatures::newer_from_json(&file(&entry("driver", "klif"))).is_ok());
        let no_day = file(&entry("driver", "klif")).replace("2017-09-08", "last week");
        assert!(matches!(Signatures::from_json(&no_day), Err(SignatureError::BadDate(_))));
    }

    /// Windows makes the numbers of a product's firewall and anti-spyware from its antivirus number.
    #[test]
    fn a_known_antivirus_number_brings_those_of_its_firewall_and_anti_spyware() {
        const FIREWALL: u128 = 0x383B_8125_4A6F_0158_2B5F_A935_FED3_477B;
        const ANTISPYWARE: u128 = 0xBB61_E1E4_263A_0F8E_3AB0_3B72_7B87_4ABD;
        let signatures = Signatures::builtin();
        let is_known = |number: u128| {
            let hex = format!("{number:032X}");
            let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
            let text = format!("{{{}}}", parts.join("-"));
            signatures.find(Subject::SecurityCenter, &text).is_some()
        };
        let antivirus = [
            0x8636_7591_4BE4_AE08_2FD9_7FCB_8259_CD98,
            0x0AB3_0972_4BAC_7BEE_CBCA_B8F9_E687_97D8,
            0xC311_3FBF_4BCB_4461_D78D_6EDF_EC95_93E5,
            0x2EAA_32A5_1EE1_1B22_95DA_3377_30C6_E984,
            0xAE1D_740B_8F0F_D137_211D_873D_44B3_F4AE,
            0x5654_7CC9_C9B2_849D_8FEF_A496_150D_6A06,
            0x1799_79E8_273D_D14E_0543_2861_940E_4886,
            0x4F76_F112_43EB_40E8_11D8_F7BD_1853_EA23_u128,
            0xDABD_1ABC_6D70_BB0E_89E6_BFA3_FC92_0FD1,
            0x70E3_5457_C7D9_669C_FEA5_5538_2EAB_DC78,
        ];
        for number in antivirus {
            assert!(is_known(number), "{number:X}");
            assert!(is_known(number ^ FIREWALL), "{number:X}, firewall");
            assert!(is_known(number ^ ANTISPYWARE), "{number:X}, anti-spyware");
        }
    }

    #[test]
    fn the_entry_that_says_most_is_taken() {
        let signatures = Signatures::builtin();
        let product =
            |subject, text| signatures.find(subject, text).map(|entry| entry.product.as_str());
        let name = "Kaspersky Internet Security 17.0.0";
        assert_eq!(product(Subject::Program, name), Some("Kaspersky Internet Security"));
        assert_eq!(product(Subject::Service, "AVP17.0.0"), product(Subject::Service, "avp21.3"));
        assert_eq!(product(Subject::Driver, "klifx"), None);
        assert_eq!(product(Subject::Driver, "mpegavi"), None);
    }
}
