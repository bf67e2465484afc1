//! HijackThis 1.99 to 2.x and its fork HiJackThis+: processes, then lines with a code each.

use super::frst_part::{COLON, is_missing};
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line};
use crate::evidence::piece::Piece;
use crate::evidence::words;

/// Where the log's entries stand.
const PLACE: &str = "hijackthis";
/// Where ZHPDiag begins to tell whose a file is.
const MAKER: &str = "(.";
const DASH: Piece = Piece::new("- ");
const SPACED_DASH: Piece = Piece::new(" - ");

/// Reads one log.
#[derive(Default)]
pub(super) struct HijackThis {
    n_lines: u64,
    in_processes: bool,
    n_codes: usize,
    /// Whether it begins before what starts by itself.
    is_headed: bool,
    is_ended: bool,
}

impl HijackThis {
    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        self.n_lines += 1;
        let text = line.text.trim();
        if self.n_lines == 1 {
            out.at(PLACE);
            self.is_headed = !code_in(text).is_some_and(|code| code.starts_with('O'));
        }
        if self.n_lines <= 20 {
            head(text, out);
        }
        if let Some(code) = code_in(text) {
            self.in_processes = false;
            self.n_codes += 1;
            if line.is_hit {
                entry(code, Line { text, ..line }, out);
            }
        } else if line.is_hit && text.starts_with("[MD5.") && text.contains("[PID.") {
            // ZHPDiag: `[MD5.…] - (.Company - description.) -- path [size] [PID.1316]`.
            let fact = Fact { path: words::path(text), state: State::Running, ..Fact::default() };
            out.tell(Area::Processes, Line { text, ..line }, &fact);
        } else if words::starts(text, "End of file") {
            self.is_ended = true;
        } else if text.ends_with(':') && !text.contains('\\') {
            // "Running processes:", in whatever language: the only title before the paths.
            self.in_processes = self.n_codes == 0;
        } else if self.in_processes || self.n_codes == 0 {
            self.process(Line { text, ..line }, out);
        }
    }

    fn process(&self, line: Line<'_>, out: &mut Collector<'_>) {
        // The fork counts: "   2  C:\…".
        let text = line
            .text
            .trim_start_matches(|char: char| char.is_ascii_digit() || char.is_whitespace());
        let is_path = text.get(1..3) == Some(":\\");
        // Where it may not see more, the fork lists bare names: "   1  avp.exe".
        let is_name = self.in_processes && text.len() < line.text.len();
        if line.is_hit && (is_path || is_name) {
            let path = if is_path { words::path(text) } else { "" };
            let name = if is_path { "" } else { text };
            out.tell(
                Area::Processes,
                line,
                &Fact { name, path, state: State::Running, ..Fact::default() },
            );
        }
    }

    /// The log leaves out services that are switched off, and sees the 32-bit half of processes and
    /// keys. It shows what starts by itself as it showed it before, and no kind of trace whole.
    pub(super) fn end(&mut self, out: &mut Collector<'_>) {
        out.format("hijackthis");
        if self.is_ended && self.is_headed {
            out.lists_place(PLACE);
        } else {
            out.is_cut_short();
        }
    }
}

/// When it was taken, and by whom.
fn head(text: &str, out: &mut Collector<'_>) {
    if let Some(rest) = text.strip_prefix("Scan saved at ").or_else(|| text.strip_prefix("Time:")) {
        out.device().taken(rest);
    } else if let Some(rest) = text.strip_prefix("Ran by:") {
        let (user, rest) = rest.split_once('(').unwrap_or((rest, ""));
        out.mask().learn_user(user);
        if let Some((_, host)) = rest.split_once(") on ") {
            out.host(host.split(',').next().unwrap_or(host));
        }
    }
}

/// The code of a line, "O23" of "O23 - Service: …".
pub(super) fn code_in(text: &str) -> Option<&str> {
    if !matches!(text.bytes().next()?, b'O' | b'R' | b'F' | b'N' | b'B') {
        return None;
    }
    let (code, rest) = text.split_once(' ')?;
    let is_code = matches!(
        code.as_bytes(),
        [b'O' | b'R' | b'F' | b'N' | b'B', b'0'..=b'9'] | [b'O', b'0'..=b'9', b'0'..=b'9']
    ) || code.strip_suffix(":64bit:").is_some_and(code_in_short);
    (is_code && rest.starts_with('-')).then(|| code.strip_suffix(":64bit:").unwrap_or(code))
}

fn code_in_short(code: &str) -> bool {
    matches!(code.as_bytes(), [b'O', b'0'..=b'9'] | [b'O', b'0'..=b'9', b'0'..=b'9'])
}

/// What one line with a code lists. OTL writes the same codes.
pub(super) fn entry(code: &str, line: Line<'_>, out: &mut Collector<'_>) {
    let body = DASH.split_once(line.text).map_or(line.text, |(_, body)| body);
    match code {
        // Addresses, host names and search pages.
        "R0" | "R1" | "R3" | "R4" | "O1" | "O13" | "O14" | "O15" | "O17" | "N1" | "N2" | "N3"
        | "N4" => (),
        "O16" => control(body, line, out),
        "O2" | "O3" | "O8" | "O9" => extension(body, line, out),
        "O23" => service(body, line, out),
        // ZHPDiag writes on: programs, then folders and files by date.
        "O42" => {
            let name = body.split_once(": ").map_or(body, |(_, name)| name);
            let (name, rest) = name.split_once(MAKER).unwrap_or((name, ""));
            let owner = rest.split(".)").next().unwrap_or_default();
            let guid = words::guid(rest).unwrap_or_default();
            let name = name.trim_end_matches([' ', '-']);
            out.tell(Area::Programs, line, &Fact { name, owner, guid, ..Fact::default() });
        }
        "O43" | "O44" | "O45" | "O58" | "O61" => {
            let fact = Fact { path: words::path(body), state: State::Present, ..Fact::default() };
            out.tell(Area::Folders, line, &fact);
        }
        _ => autostart(body, line, out),
    }
}

/// `DPF: {GUID} (CKAVWebScan Object) - http://…/kavwebscan.cab`: of these, only online scanners matter.
fn control(body: &str, line: Line<'_>, out: &mut Collector<'_>) {
    let name = words::between(body, "(", ")").unwrap_or_default();
    let file = words::file_name(body);
    if !out.tell(Area::Folders, line, &Fact { path: name, ..Fact::default() }) {
        out.tell(Area::Folders, line, &Fact { path: file, ..Fact::default() });
    }
}

fn extension(body: &str, line: Line<'_>, out: &mut Collector<'_>) {
    let after = COLON.split_once(body).map_or(body, |(_, after)| after);
    let name = SPACED_DASH.before(after).trim_matches(['(', ')', '&', '[', ']']);
    let state = if missing(body) { State::FileMissing } else { State::Present };
    let fact = Fact {
        name,
        path: words::path(after),
        owner: name_of(after),
        guid: words::guid(after).unwrap_or_default(),
        state,
        ..Fact::default()
    };
    out.tell(Area::Browsers, line, &fact);
}

/// `Service: Display (name) - Company - path`; in the fork
/// `Service R2: Display - (name) - path (Company)` and `Driver S3: …`.
fn service(body: &str, line: Line<'_>, out: &mut Collector<'_>) {
    let (head, after) = COLON.split_once(body).unwrap_or((body, ""));
    let path = words::path(after);
    let at = words::find_as_written(after, path);
    let before_path = at.and_then(|at| after.get(..at)).unwrap_or(after);
    let display = before_path.trim_end_matches(['"', ' ', '-']);
    let is_fork = !head.eq_ignore_ascii_case("Service") && head.contains(' ');
    let (title, company) = match SPACED_DASH.rsplit_once(display) {
        // ZHPDiag: `name (key) . (.Company - description.) - path`.
        _ if display.contains(MAKER) => {
            let (title, maker) = display.split_once(MAKER).unwrap_or((display, ""));
            (title.trim_end_matches([' ', '.']), maker.split(" - ").next().unwrap_or(maker))
        }
        Some((title, company)) if !is_fork => (title, company),
        Some((title, _)) => (title, ""),
        None => (display, ""),
    };
    let name = short_name(if is_fork { display } else { title });
    let state = match head.split_once(' ').map_or("", |(_, mode)| mode).as_bytes() {
        _ if missing(body) => State::FileMissing,
        [b'R', ..] => State::Running,
        [b'S', b'4', ..] => State::Disabled,
        [b'S', ..] => State::Stopped,
        // The log leaves out services that are switched off.
        _ => State::Enabled,
    };
    let owner = if company.is_empty() { name_of(title) } else { company };
    let owner = if words::contains(owner, "unknown owner") { "" } else { owner };
    let area = if words::ends(path, ".sys") || head.starts_with("Driver") {
        Area::Drivers
    } else {
        Area::Services
    };
    out.tell(area, line, &Fact { name, path, owner, state, ..Fact::default() });
}

/// The key's name in the last parentheses of a title, or the title itself.
fn short_name(title: &str) -> &str {
    let title = title.trim();
    match title.rsplit_once('(') {
        Some((_, name)) if name.ends_with(')') => name.trim_end_matches(')'),
        _ => title,
    }
}

/// A text, if it names Kaspersky.
fn name_of(text: &str) -> &str {
    super::record::owner_said(SPACED_DASH.before(text))
}

/// `…\Run: [name] path`, `Task: \name - path`, `MSConfig\startupreg: name [command] = path`.
fn autostart_name(body: &str) -> &str {
    let (head, rest) = body.split_once(": ").unwrap_or((body, ""));
    if head.starts_with("Task") || head.starts_with("MSConfig\\startupreg") {
        let name = rest.split(" - ").next().unwrap_or(rest);
        // The fork's remark, `(disabled) name`.
        let name = match name.split_once(") ") {
            Some((remark, name)) if remark.starts_with('(') => name,
            _ => name,
        };
        return words::file_name(name.split(" [").next().unwrap_or(name));
    }
    words::between(body, "[", "]")
        .unwrap_or_else(|| body.split([':', '=']).next().unwrap_or(body).trim())
}

fn autostart(body: &str, line: Line<'_>, out: &mut Collector<'_>) {
    let name = autostart_name(body);
    let path = words::path(body);
    // AppInit_DLLs lists several files, often with short names.
    let own = body
        .split([',', '"'])
        .map(words::path)
        .find(|path| words::contains(path, "kasper"))
        .unwrap_or(path);
    let state = match () {
        () if missing(body) => State::FileMissing,
        () if words::contains(body, "StartupApproved") || body.contains(": (disabled) ") => {
            State::Disabled
        }
        () => State::Present,
    };
    let owner = name_of(words::between(body, "] (", ")").unwrap_or_default());
    let fact = Fact { name, path: own, owner, state, ..Fact::default() };
    if out.tell(Area::Registry, line, &fact) {
        return;
    }
    if let Some((_, notify)) = const { Piece::new("Notify: ") }.split_once(body) {
        let name = SPACED_DASH.before(notify);
        out.tell(Area::Registry, line, &Fact { name, ..fact });
    }
}

fn missing(text: &str) -> bool {
    // For a quoted path with arguments the tool always says so, and is wrong.
    let is_quirk = || text.contains("\" -") || text.contains("\" /");
    is_missing(text)
        || const { Piece::new("file not found") }.find_any_case(text).is_some()
        || (const { Piece::new("(file missing)") }.find_any_case(text).is_some() && !is_quirk())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_other_lines() {
        assert_eq!(code_in("O23 - Service: x"), Some("O23"));
        assert_eq!(code_in("O2:64bit: - BHO: x"), Some("O2"));
        assert_eq!(code_in("Oops - no"), None);
        assert_eq!(code_in("O23"), None);
    }

    #[test]
    fn the_lines_that_zhpdiag_adds_are_told_as_what_they_are() {
        let lab = "C:\\Program Files\\Kaspersky Lab\\Kaspersky Free 17.0.0";
        let maker = "(.AO Kaspersky Lab - Kaspersky Anti-Virus.)";
        let table = [
            (format!("[MD5.0A0B] - {maker} -- {lab}\\avp.exe [206912] [PID.1316]"), "process avp.exe"),
            (format!("O23 - Service: AVP17.0.0 (AVP17.0.0) . {maker} - {lab}\\avp.exe"), "service AVP17.0.0"),
            ("O42 - Logiciel: Kaspersky Free - (.Kaspersky Lab.) [HKLM][64Bits] -- InstallWIX_{1}".to_owned(), "program Kaspersky Free"),
            ("O43 - CFD: 2017/09/01 - [] D -- C:\\ProgramData\\Kaspersky Lab".to_owned(), "folder C:\\ProgramData\\Kaspersky Lab"),
            (format!("O58 - SDL:2016/05/31 A . {maker} -- C:\\Windows\\System32\\drivers\\klif.sys   [1021240]"), "driver klif.sys"),
        ];
        for (text, said) in table {
            let scan = crate::evidence::read(
                format!("O1 - Hosts: ::1 localhost\r\n\r\n{text}\r\n").as_bytes(),
            );
            let told =
                scan.traces.first().map(|trace| format!("{} {}", trace.kind.name(), trace.name));
            assert_eq!(told.unwrap_or_default(), said, "{text}");
        }
    }

    #[test]
    fn a_remark_is_no_part_of_a_tasks_name() {
        let table = [
            ("Task: \\KSC - C:\\x.exe", "KSC"),
            ("Tasks: (disabled) KSC - C:\\x.exe", "KSC"),
            ("Task: (damaged) \\A\\KSC (x86) - C:\\x.exe", "KSC (x86)"),
        ];
        for (body, name) in table {
            assert_eq!(autostart_name(body), name, "{body}");
        }
    }

    #[test]
    fn the_key_of_a_service_stands_in_its_last_parentheses() {
        assert_eq!(short_name("Kaspersky Anti-Virus Service (AVP)"), "AVP");
        assert_eq!(short_name("AVGSvc"), "AVGSvc");
    }
}
