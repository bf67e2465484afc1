//! Which format a text is in, told by its content line by line, and a reader for each.
//!
//! A file can hold several outputs one after the other, a pasted console session does, so the format
//! is told anew wherever a line could begin another one. Logs of one tool hold on to the end.

mod alphabet;
mod collapsed;
mod collected;
mod columns;
mod combofix;
mod csv;
mod ending;
mod fields;
mod frst;
mod frst_kind;
mod frst_line;
mod frst_month;
mod frst_part;
mod hijackthis;
mod listing;
mod looks;
mod loose;
mod mac;
mod mac_folder;
mod otl;
mod program_list;
mod record;
mod record_looks;
mod registry;
mod registry_section;
mod registry_value;
mod rows;
mod shape;
mod table;
mod tally;
mod wording;
mod xml;

pub(super) use self::ending::Ending;
use self::looks::{is_field, is_plain_field, is_prompt};
use self::wording::product_state;
use super::collector::Collector;
use super::fact::{Line, Role};
use super::piece::Piece;
use super::words;

/// Bytes of the line before that are kept, for a table's header.
const BEFORE_BYTES_MAX: usize = 2_000;

/// Bytes of a line that heads a log: title, version, boot mode.
const HEAD_BYTES_MAX: usize = 400;

/// Reads one file: hands each line to the format in force.
#[derive(Default)]
pub(super) struct Reader {
    mode: Mode,
    /// The last line that isn't blank, for a table's header.
    before: String,
    /// Blank lines since.
    n_blank: usize,
    /// Whether the last line has nothing in it.
    is_empty: bool,
    role: Role,
    /// What the last command asked for.
    question: table::Question,
    /// Whether the current line is a prompt, and whether one stood before it.
    is_prompt: bool,
    has_prompt: bool,
}

/// The format in force.
enum Mode {
    Listing(listing::Listing),
    Registry(Box<registry::Registry>),
    Frst(frst::Frst),
    HijackThis(hijackthis::HijackThis),
    ComboFix(combofix::ComboFix),
    Otl(otl::Otl),
    Fields(Box<fields::Fields>),
    Table(Box<table::Table>),
    Csv(Box<csv::Csv>),
    Profiler(Box<mac::Profiler>),
    Inventory(Box<xml::Inventory>),
}

impl Default for Mode {
    fn default() -> Self {
        Self::Listing(listing::Listing::default())
    }
}

impl Reader {
    /// Reads one line.
    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        words::looked_at(line.text);
        let text = match line.text.as_bytes().first() {
            Some(0xEF) => line.text.trim_start_matches('\u{FEFF}'),
            _ => line.text,
        };
        let line = Line { text, ..line };
        self.is_prompt = self.mode.may_meet_prompt() && is_prompt(text);
        if let Some(next) = self.next_mode(line) {
            let mut last = std::mem::replace(&mut self.mode, next);
            last.end(Ending::Blank, out);
            self.end_of_output(&last, out);
        }
        if text.starts_with('S') {
            collected::line(text, out);
        }
        // What was asked is no answer.
        if !self.is_prompt {
            self.mode.line(line, out);
        }
        self.is_empty = text.is_empty();
        if words::is_blank(text) {
            self.n_blank += 1;
        } else {
            self.n_blank = 0;
            if !self.mode.holds() {
                self.before.clear();
                self.before.push_str(words::cut(text, BEFORE_BYTES_MAX));
            }
        }
    }

    /// Whether the text is taken as XML, whose characters must stay as they are.
    pub(super) fn is_xml(&self) -> bool {
        matches!(self.mode, Mode::Inventory(_)) && self.mode.holds()
    }

    /// The file ends here.
    pub(super) fn end(mut self, ending: Ending, out: &mut Collector<'_>) {
        let ending = match ending {
            // A row without a word has blanks in it.
            Ending::Line | Ending::Pasted if self.is_empty => Ending::Blank,
            ending => ending,
        };
        self.mode.end(ending, out);
        out.end_of_output();
    }

    /// Another output begins. What a console shows begins with the prompt at which it was asked for.
    fn end_of_output(&mut self, last: &Mode, out: &mut Collector<'_>) {
        if self.has_prompt || last.has_head() {
            out.end_of_output();
        } else {
            out.end_of_headless();
        }
        if self.is_prompt && !std::mem::replace(&mut self.has_prompt, true) {
            out.is_console();
        }
    }

    /// The format that this line begins, if it isn't the one in force.
    fn next_mode(&mut self, line: Line<'_>) -> Option<Mode> {
        let text = line.text;
        if let Some(mode) = log_head(line) {
            // ComboFix heads its own list of keys like a registry export.
            let is_part = matches!((&self.mode, &mode), (Mode::ComboFix(_), Mode::Registry(_)));
            let is_same = self.mode.is_same(&mode) && self.mode.holds();
            return Some(mode).filter(|_| !is_part && !is_same);
        }
        // RSIT puts the log of HijackThis within its own.
        if matches!(self.mode, Mode::HijackThis(_)) && text.starts_with("======") {
            return Some(Mode::ComboFix(combofix::ComboFix::random()));
        }
        if self.is_prompt {
            self.role = record_looks::role_in(text);
            let is_center = words::contains(text, "SecurityCenter");
            self.question =
                if is_center { table::Question::Center } else { table::Question::Other };
            return Some(Mode::default());
        }
        if self.mode.holds() {
            return None;
        }
        let first = text.bytes().next()?;
        match first {
            b'[' | b'H' if text.starts_with("[HKEY_") || text.starts_with("HKEY_") => {
                let is_in = matches!(self.mode, Mode::Registry(_));
                return (!is_in).then(|| Mode::Registry(Box::default()));
            }
            // Some lists come double spaced; a rule further below rules nothing.
            b'=' | b'-' if text.len() > 8 && self.n_blank <= 1 => {
                if let Some(table) = table::Table::under(&self.before, text, self.role) {
                    return Some(Mode::Table(Box::new(table.asked(self.question))));
                }
            }
            b'"' | b'N' | b'T' | b'#' if !matches!(self.mode, Mode::Csv(_) | Mode::Registry(_)) => {
                if let Some(csv) = csv::Csv::from_first(text, self.role) {
                    return Some(Mode::Csv(Box::new(csv)));
                }
            }
            // In a report of a crash, a list of libraries follows the fields.
            b'L' if text.starts_with("LoadedModule[") && matches!(self.mode, Mode::Fields(_)) => {
                return Some(Mode::default());
            }
            _ => (),
        }
        self.loose_mode(line)
    }

    /// Formats whose lines could also stand in others, so they are only taken where nothing else fits.
    fn loose_mode(&self, line: Line<'_>) -> Option<Mode> {
        let text = line.text;
        let is_after_gap = self.n_blank > 0 || self.before.is_empty();
        match &self.mode {
            Mode::Listing(_) | Mode::Inventory(_) => (),
            Mode::Table(_) | Mode::Csv(_) if is_after_gap => {
                return is_plain_field(text)
                    .then(|| Mode::Fields(Box::new(fields::Fields::with_role(self.role))));
            }
            // HijackThis without its first line begins with fields.
            Mode::Fields(_) if is_after_gap => {
                return is_hijack_line(text)
                    .then(|| Mode::HijackThis(hijackthis::HijackThis::default()));
            }
            _ => return None,
        }
        if let Some(mode) = headless_log(text) {
            return Some(mode);
        }
        if is_after_gap && mac::Profiler::is_head(text) && !text.contains('\\') {
            return Some(Mode::Profiler(Box::default()));
        }
        if is_field(text) {
            return Some(Mode::Fields(Box::new(fields::Fields::with_role(self.role))));
        }
        // Right below its command, a header needs no blanks at its end.
        let is_answer = is_prompt(&self.before)
            && (self.question == table::Question::Center || words::contains(&self.before, "wmic"));
        let table = if is_answer {
            table::Table::wmic(&format!("{text}  "), self.role)
        } else {
            table::Table::wmic(text, self.role)
        };
        table.map(|table| Mode::Table(Box::new(table.asked(self.question))))
    }
}

impl Mode {
    fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        match self {
            Self::Listing(reader) => reader.line(line, out),
            Self::Registry(reader) => reader.line(line, out),
            Self::Frst(reader) => reader.line(line, out),
            Self::HijackThis(reader) => reader.line(line, out),
            Self::ComboFix(reader) => reader.line(line, out),
            Self::Otl(reader) => reader.line(line, out),
            Self::Fields(reader) => reader.line(line, out),
            Self::Table(reader) => reader.line(line, out),
            Self::Csv(reader) => reader.line(line, out),
            Self::Profiler(reader) => reader.line(line, out),
            Self::Inventory(reader) => reader.line(line, out),
        }
    }

    fn end(&mut self, ending: Ending, out: &mut Collector<'_>) {
        match self {
            Self::Listing(reader) => reader.end(ending, out),
            Self::Registry(reader) => reader.end(ending, out),
            Self::Frst(reader) => reader.end(out),
            Self::HijackThis(reader) => reader.end(out),
            Self::ComboFix(reader) => reader.end(out),
            Self::Otl(reader) => reader.end(out),
            Self::Fields(reader) => reader.end(ending, out),
            Self::Table(reader) => reader.end(ending, out),
            Self::Csv(reader) => reader.end(ending, out),
            Self::Profiler(reader) => reader.end(ending, out),
            Self::Inventory(reader) => reader.end(out),
        }
    }

    /// Whether the format goes on to the end of the file, whatever its lines look like.
    fn holds(&self) -> bool {
        match self {
            Self::Frst(_)
            | Self::HijackThis(_)
            | Self::ComboFix(_)
            | Self::Otl(_)
            | Self::Profiler(_) => true,
            Self::Inventory(inventory) => !inventory.is_ended(),
            _ => false,
        }
    }

    /// Whether a line that looks like a prompt is one: logs tell of much.
    fn may_meet_prompt(&self) -> bool {
        matches!(self, Self::Profiler(_)) || !self.holds()
    }

    /// Whether the format shows where it begins.
    fn has_head(&self) -> bool {
        !matches!(self, Self::Fields(_) | Self::Listing(_) | Self::Profiler(_))
    }

    fn is_same(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The first line of a log or file that says by itself what it is.
fn log_head(line: Line<'_>) -> Option<Mode> {
    let text = line.text;
    match text.bytes().next()? {
        b'W' | b'R'
            if text.starts_with("Windows Registry Editor") || text.starts_with("REGEDIT4") =>
        {
            return Some(Mode::Registry(Box::default()));
        }
        b'<' if ["<?xml", "<REQUEST", "<SOFTWARES>", "<ANTIVIRUS>", "<CONTENT>"]
            .iter()
            .any(|head| text.starts_with(head)) =>
        {
            return Some(Mode::Inventory(Box::default()));
        }
        _ if !line.is_hit || text.len() > HEAD_BYTES_MAX => return None,
        _ => (),
    }
    if const { Piece::new("Farbar Recovery Scan Tool") }.is_in(text)
        && !text.contains("http")
        && !text.contains(":\\")
    {
        return Some(Mode::Frst(frst::Frst::default()));
    }
    // Pasted behind a greeting, it isn't always the line's beginning.
    let is_hijack = text.len() < 120 && words::contains(text, "Logfile of");
    if is_hijack && words::contains(text, "HijackThis") {
        return Some(Mode::HijackThis(hijackthis::HijackThis::default()));
    }
    if text.starts_with("ComboFix ")
        && text.as_bytes().get(9).copied().is_some_and(|byte| byte.is_ascii_digit())
    {
        return Some(Mode::ComboFix(combofix::ComboFix::default()));
    }
    if is_random_head(text) {
        return Some(Mode::ComboFix(combofix::ComboFix::random()));
    }
    let is_otl = words::starts(text, "OTL logfile") || words::starts(text, "OTL Extras");
    is_otl.then(|| Mode::Otl(otl::Otl::default()))
}

/// `Logfile of random's system information tool 1.09`, RSIT, and its second file.
fn is_random_head(text: &str) -> bool {
    const NAME: &str = "random's system information tool";
    text.len() < 120 && text.contains("ogfile of ") && text.contains(NAME)
}

/// A log whose head was cut off, told by the form of its lines.
fn headless_log(text: &str) -> Option<Mode> {
    let bytes = text.as_bytes();
    match bytes {
        [b'A', b'V', b':', b' ', ..] if text.contains(" *") && text.contains("* {") => {
            Some(Mode::ComboFix(combofix::ComboFix::default()))
        }
        [b'A' | b'F', b'V' | b'W' | b'S', b':', b' ', ..]
            if text.contains('{') && text.contains(" (") =>
        {
            Some(Mode::Frst(frst::Frst::default()))
        }
        // The rest of an RSIT log names both the service and its title before
        // the path (`R2 AVP;Kaspersky ...; C:\...`), and lists only a part.
        [b'R' | b'S' | b'U', b'0'..=b'5', b' ', ..]
            if text.split_once("; ").is_some_and(|(head, _)| head.contains(';')) =>
        {
            Some(Mode::ComboFix(combofix::ComboFix::random()))
        }
        [b'R' | b'S' | b'U', b'0'..=b'5', b' ', ..] if text.contains("; ") => {
            Some(Mode::Frst(frst::Frst::default()))
        }
        [b'=', ..]
            if text.starts_with("====================")
                && text.contains("= ")
                && text.ends_with('=') =>
        {
            Some(Mode::Frst(frst::Frst::default()))
        }
        [b'P' | b'S' | b'D', b'R', b'C' | b'V', b' ' | b':', ..]
            if text.contains(" - ") || text.contains("- [") =>
        {
            Some(Mode::Otl(otl::Otl::default()))
        }
        _ if is_hijack_line(text) => Some(Mode::HijackThis(hijackthis::HijackThis::default())),
        [b' ' | b'\t', ..] if text.trim_start().starts_with("<SOFTWARES>") => {
            Some(Mode::Inventory(Box::default()))
        }
        _ => None,
    }
}

/// A line that only HijackThis begins with.
fn is_hijack_line(text: &str) -> bool {
    match text.as_bytes() {
        [b'O', b'0'..=b'9', ..] => hijackthis::code_in(text).is_some(),
        [b'R', ..] => text.starts_with("Running processes:"),
        _ => false,
    }
}
