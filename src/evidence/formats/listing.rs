//! Everything that lists one thing a line: kernel modules, `kextstat`, `launchctl list`, Android packages,
//! kavremover's log, `certutil -store`, `dir`; and text that was not recognized, read with less confidence.

use super::Ending;
use super::loose::loose;
use super::mac_folder::MacFolder;
use super::rows::Rows;
use super::shape::{Shape, Shows, is_dir_head, shape_of};
use crate::domain::evidence::trace::{Area, Confidence, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line};
use crate::evidence::words;

/// Lines of one shape that make it the file's format.
const LINES_MIN: usize = 3;
/// Lines without a hit that are looked at for their shape.
const LINES_READ: usize = 400;

/// In the first line of TDSSKiller's log.
const TDSS_KILLER: &str = "TDSS rootkit removing tool ";
/// Where the end of an answer stands that begins with an error.
const NEVER: usize = usize::MAX;
/// The vendor's folder, in capitals, as far as all of its folders are named alike.
const OWN: &str = "KASPERSKY";

/// Bytes of a folder's path that are kept: Windows allows 260 characters.
const FOLDER_BYTES_MAX: usize = 1_040;

/// Whether `dir` was asked for all folders: with a pattern, or for files alone, it names the same
/// folder above and counts what it shows below.
#[derive(Debug, Default)]
struct Reach {
    /// Two points stand for the folder above, unless that one is hidden.
    has_above: bool,
    has_before: bool,
    has_behind: bool,
}

impl Reach {
    /// A folder is listed.
    fn pass(&mut self, name: &str) {
        let name = name.to_ascii_uppercase();
        self.has_above |= name == "..";
        self.has_before |=
            name.starts_with(|char: char| char.is_ascii_alphanumeric()) && name.as_str() < OWN;
        self.has_behind |= name.as_str() > OWN;
    }

    /// Whether Kaspersky's would stand among them.
    fn is_all(&self) -> bool {
        self.has_above || (self.has_before && self.has_behind)
    }
}

/// Reads lines, each on its own.
#[derive(Default)]
pub(super) struct Listing {
    n_lines: usize,
    n_text: usize,
    counts: [usize; 7],
    folder: String,
    reach: Reach,
    mac_folder: MacFolder,
    /// The last line that isn't blank, and the one in which `certutil` says that all went well.
    last_at: usize,
    end_at: usize,
    has_tool: bool,
    /// Whether packages that only Android has were listed.
    is_android: bool,
    rows: Rows,
    /// The tool whose log this is, if its first line says so.
    log: Option<&'static str>,
    /// Whether the debugger's list has come to the modules that are no longer there.
    is_unloaded: bool,
}

impl Listing {
    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        self.n_lines += 1;
        self.is_unloaded |= line.text.starts_with("Unloaded modules:");
        let text = line.text.trim_end();
        self.mac_folder.line(text, out);
        if text.is_empty() {
            return;
        }
        // "CertUtil: -store command completed successfully.", in any language; errors have a number.
        self.last_at = self.n_lines;
        if text.starts_with("CertUtil: ") {
            let has_failed = text.contains("0x") || self.end_at == NEVER;
            self.end_at = if has_failed { NEVER } else { self.n_lines };
        }
        if !self.folder.is_empty() && is_dir_total(text) && self.reach.is_all() {
            out.lists(Area::Folders);
            out.lists_place(&self.folder);
        }
        if Rows::could_be(text) && self.rows.line(Line { text, ..line }, out) {
            return;
        }
        let is_head = text.starts_with(' ') && is_dir_head(text);
        if !line.is_hit && !is_head && self.n_lines > LINES_READ {
            self.reach.pass(text.split_once('>').map_or("", |(_, name)| name.trim()));
            return;
        }
        let shape = shape_of(text);
        if let Some(count) = shape.and_then(|shape| self.counts.get_mut(shape as usize)) {
            *count += 1;
        }
        match shape {
            None if line.is_hit && !self.folder.is_empty() && file_in(text).is_some() => {
                self.file(Line { text, ..line }, out);
            }
            None => self.text(Line { text, ..line }, out),
            Some(Shape::Module) if line.is_hit => self.module(Line { text, ..line }, out),
            Some(Shape::Package) => self.package(Line { text, ..line }, out),
            Some(Shape::Directory) => self.directory(Line { text, ..line }, out),
            Some(Shape::Removal) => self.removal(Line { text, ..line }, out),
            Some(shape) if line.is_hit => tell(shape, Line { text, ..line }, out),
            Some(_) => (),
        }
    }

    /// A kernel module: a path or a file, else the third word is its name.
    fn module(&self, line: Line<'_>, out: &mut Collector<'_>) {
        let path = words::path(line.text);
        let mut words_in = line.text.split_whitespace();
        let third = words_in.clone().nth(2).unwrap_or_default();
        let file = words_in.find(|word| words::ends(word, ".sys"));
        let name = match file {
            _ if !path.is_empty() => words::file_name(path),
            Some(file) => words::file_name(file),
            None => third,
        };
        // TDSSKiller: time, number, `[ digest ] name   path`, of services and drivers alike.
        if let Some((_, own)) = line.text.split_once(" ] ")
            && let Some(at) = words::find_as_written(own, path)
            && line.text.contains(" [ ")
        {
            let name = own.get(..at).unwrap_or_default().trim();
            let fact = Fact { name, path, state: State::Present, ..Fact::default() };
            out.tell(Area::Services, line, &fact);
            return;
        }
        // Libraries are loaded into a program, which needn't be Kaspersky's.
        let other = match () {
            () if path.is_empty() || words::ends(path, ".sys") => None,
            () if words::ends(path, ".exe") => Some((Area::Processes, State::Running)),
            () => Some((Area::Folders, State::Present)),
        };
        if let Some((area, state)) = other {
            out.tell(area, line, &Fact { path, state, ..Fact::default() });
            return;
        }
        let state = if self.is_unloaded { State::Stopped } else { State::Running };
        out.tell(Area::Drivers, line, &Fact { name, path, state, ..Fact::default() });
    }

    /// A line of kavremover's log: the tool ran. What it did, no known line says.
    fn removal(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        if !self.has_tool {
            self.has_tool = true;
            let fact = Fact {
                name: "kavremover",
                version: line.text.rsplit(' ').next().unwrap_or_default(),
                ..Fact::default()
            };
            out.tell(Area::Programs, line, &fact);
            out.note("a kavremover log shows that the tool was run, not what it removed");
        }
    }

    /// `pm list packages`, with `package:` or stripped of it. Reverse domain names alone could be a Mac's.
    fn package(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        let text = line.text.trim();
        self.is_android |= text.starts_with("package:") || words::contains(text, "android");
        // With `-f` the file comes first, with `-i` the installer last.
        let name =
            text.trim_start_matches("package:").split_whitespace().next().unwrap_or_default();
        let name = name.rsplit('=').next().unwrap_or(name);
        if line.is_hit && (self.is_android || name.starts_with("com.kms")) {
            out.tell(
                Area::AndroidPackages,
                line,
                &Fact { name, state: State::Present, ..Fact::default() },
            );
        }
    }

    /// `dir`: a line that names the folder, then one line for each thing in it.
    fn directory(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        let text = line.text;
        if !text.contains('<') && text.starts_with(' ') {
            self.folder.clear();
            self.folder.push_str(words::cut(words::path(text), FOLDER_BYTES_MAX));
            self.reach = Reach::default();
            return;
        }
        let name = text.split_once('>').map_or("", |(_, name)| name.trim());
        self.reach.pass(name);
        if line.is_hit && !self.folder.is_empty() && !matches!(name, "." | "..") {
            let path = format!("{}\\{name}", self.folder.trim_end_matches('\\'));
            out.tell(
                Area::Folders,
                line,
                &Fact { path: &path, state: State::Present, ..Fact::default() },
            );
        }
    }

    /// `dir`: a file. Installers lie about everywhere; the tools among them are told.
    fn file(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        let name = file_in(line.text).unwrap_or_default();
        let path = format!("{}\\{name}", self.folder.trim_end_matches('\\'));
        let fact = Fact { path: &path, state: State::Present, ..Fact::default() };
        out.tell(Area::Folders, line, &fact);
    }

    /// A line of no known shape. Prose that names Kaspersky is no trace.
    fn text(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        self.n_text += 1;
        if !line.is_hit {
            return;
        }
        if let Some(at) = words::find(line.text, "CN=Kaspersky") {
            let name =
                line.text.get(at + 3..).unwrap_or_default().split(", ").next().unwrap_or_default();
            out.tell(
                Area::Certificates,
                line,
                &Fact { name, state: State::Present, ..Fact::default() },
            );
            return;
        }
        if let Some(at) = words::find(line.text, TDSS_KILLER) {
            self.log = Some("tdsskiller_log");
            let said = line.text.get(at + TDSS_KILLER.len()..).unwrap_or_default();
            let version = said.split_whitespace().next().unwrap_or_default();
            let fact = Fact { name: "TDSSKiller", version, ..Fact::default() };
            out.tell(Area::Programs, line, &fact);
            return;
        }
        out.cap(Confidence::Weak);
        loose(line, out);
        out.cap(Confidence::Sure);
    }

    pub(super) fn end(&mut self, ending: Ending, out: &mut Collector<'_>) {
        if ending == Ending::Blank {
            self.mac_folder.line("", out);
        }
        let best = Shape::ALL.into_iter().max_by_key(|shape| self.count(*shape));
        let known = best.filter(|shape| {
            self.count(*shape) * shape.lines_each() >= self.n_text.clamp(1, LINES_READ)
        });
        let report = self.log.or_else(|| self.rows.format());
        let Some(shape) = known.filter(|_| report.is_none()) else {
            if let Some(report) = report {
                out.format(report);
            } else if self.n_text > 0 {
                out.unknown_text();
            }
            return;
        };
        out.format(shape.format());
        let is_whole = match shape {
            Shape::Certificate => self.end_at == self.last_at && ending != Ending::Torn,
            _ => self.count(shape) >= LINES_MIN && ending.is_end(),
        };
        match shape.shows() {
            Some(Shows::Area(area)) if is_whole => out.lists(area),
            Some(Shows::Part(part)) if is_whole => out.lists_part(part),
            Some(_) if self.count(shape) >= LINES_MIN => out.is_cut_short(),
            Some(_) | None => (),
        }
    }

    fn count(&self, shape: Shape) -> usize {
        self.counts.get(shape as usize).copied().unwrap_or_default()
    }
}

/// The line below a folder's entries that counts them, in any language: blanks, a number, words.
fn is_dir_total(text: &str) -> bool {
    let rest = text.trim_start_matches(' ');
    text.len() - rest.len() >= 8 && rest.starts_with(|char: char| char.is_ascii_digit())
}

/// The name in a line of `dir` that lists a file: date, time, size, name.
fn file_in(text: &str) -> Option<&str> {
    let mut rest = text.starts_with(|char: char| char.is_ascii_digit()).then_some(text)?;
    let is_digits =
        |word: &str| word.chars().all(|char| char.is_ascii_digit() || !char.is_alphabetic());
    for at in 0..4 {
        let (word, behind) = rest.trim_start().split_once(' ')?;
        // The size follows the time at once, or the half of the day.
        let is_half = at == 2 && word.len() <= 4 && !is_digits(word);
        if !is_digits(word) && !is_half {
            return None;
        }
        rest = behind;
        if at == 2 && !is_half {
            break;
        }
    }
    Some(rest.trim()).filter(|name| !name.is_empty())
}

fn tell(shape: Shape, line: Line<'_>, out: &mut Collector<'_>) {
    let text = line.text;
    let words_in = || text.split_whitespace();
    match shape {
        Shape::Kext => {
            let name = words_in().find(|word| words::starts(word, "com.")).unwrap_or_default();
            out.tell(
                Area::MacKexts,
                line,
                &Fact { name, state: State::Running, ..Fact::default() },
            );
        }
        Shape::Launchd => {
            let state =
                if text.trim_start().starts_with('-') { State::Stopped } else { State::Running };
            let name = words_in().nth(2).unwrap_or_default();
            out.tell(Area::MacLaunchd, line, &Fact { name, state, ..Fact::default() });
        }
        _ => (),
    }
}
