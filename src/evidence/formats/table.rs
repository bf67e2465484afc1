//! Tables whose header is underlined: `tasklist`, `driverquery`, PowerShell, `winget list`, `fltmc`;
//! and those of `wmic`, whose header is not.

use super::Ending;
use super::record::{Record, complete_wmi, fold_key};
use super::tally::Tally;
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line, Role};
use crate::evidence::words;

/// Rows that are read whole even if nothing of Kaspersky's is in them, to see what the table lists.
const ROWS_READ: usize = 40;
/// Columns of the widest table, `driverquery /v`.
const COLUMNS_MAX: usize = 40;

const TASKLIST: [&str; 9] = [
    "imagename",
    "pid",
    "sessionname",
    "session",
    "memusage",
    "status",
    "username",
    "cputime",
    "windowtitle",
];
const TASKLIST_SERVICES: [&str; 3] = ["imagename", "pid", "services"];
const DRIVERQUERY: [&str; 4] = ["modulename", "displayname", "drivertype", "linkdate"];
const DRIVERQUERY_SIGNED: [&str; 4] = ["devicename", "infname", "issigned", "manufacturer"];
const DRIVERQUERY_LONG: [&str; 15] = [
    "modulename",
    "displayname",
    "description",
    "drivertype",
    "startmode",
    "state",
    "status",
    "acceptstop",
    "acceptpause",
    "pagedpool",
    "code",
    "bss",
    "linkdate",
    "path",
    "init",
];
const WINGET: [&str; 5] = ["name", "id", "version", "available", "source"];

/// Reads a table row by row.
pub(super) struct Table {
    /// Where columns begin, in characters, and what they are called.
    columns: Vec<(usize, String)>,
    kind: TableKind,
    is_new: bool,
    /// Whether a column is spelled as only Security Center spells it.
    is_center: bool,
    n_rows: usize,
    role: Role,
    tally: Tally,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TableKind {
    Ruled(char),
    Winget,
    Filters,
    Wmic,
}

impl Table {
    /// A table under this header, if `rule` is a line that rules one.
    pub(super) fn under(header: &str, underline: &str, role: Role) -> Option<Self> {
        let sign = underline.trim().chars().next().filter(|sign| matches!(sign, '=' | '-'))?;
        let spans = spans_of(underline, sign)?;
        if spans.len() == 1 {
            return Self::winget(header, sign, &spans, role);
        }
        let widths: Vec<usize> = spans.iter().map(|(_, width)| *width).collect();
        let named = known_names(&widths, sign);
        let mut columns = Vec::new();
        for (at, (start, _)) in spans.iter().enumerate() {
            let next = spans.get(at + 1).map_or(usize::MAX, |(start, _)| *start);
            let said = fold_key(slice(header, *start, next));
            let known = named.and_then(|names| names.get(at)).map(|name| (*name).to_owned());
            columns.push((*start, known.unwrap_or(said)));
        }
        let is_filters = sign == '-' && widths.first() == Some(&30) && columns.len() == 4;
        if is_filters && let Some((_, name)) = columns.first_mut() {
            "filtername".clone_into(name);
        }
        let kind = if is_filters { TableKind::Filters } else { TableKind::Ruled(sign) };
        Some(Self {
            columns,
            kind,
            is_new: true,
            is_center: header.contains("displayName"),
            n_rows: 0,
            role,
            tally: Tally::default(),
        })
    }

    fn winget(header: &str, sign: char, spans: &[(usize, usize)], role: Role) -> Option<Self> {
        let starts = word_starts(header);
        let is_wide = spans.first().is_some_and(|(_, width)| *width >= 20);
        if sign != '-' || !is_wide || !(2..=5).contains(&starts.len()) {
            return None;
        }
        let names: &[&str] =
            if starts.len() == 4 { &["name", "id", "version", "source"] } else { &WINGET };
        let columns =
            starts.iter().zip(names).map(|(start, name)| (*start, (*name).to_owned())).collect();
        Some(Self {
            columns,
            kind: TableKind::Winget,
            is_new: true,
            is_center: header.contains("displayName"),
            n_rows: 0,
            role,
            tally: Tally::default(),
        })
    }

    /// A table of `wmic`: a header of nothing but property names, each two blanks apart.
    pub(super) fn wmic(header: &str, role: Role) -> Option<Self> {
        const KNOWN: [&str; 20] = [
            "caption",
            "name",
            "version",
            "vendor",
            "displayname",
            "state",
            "status",
            "pathname",
            "startmode",
            "productstate",
            "instanceguid",
            "description",
            "identifyingnumber",
            "installdate",
            "pathtosignedproductexe",
            "processid",
            "executablepath",
            "commandline",
            "started",
            "lastbootuptime",
        ];
        let is_header = header.is_ascii() && header.len() < 4_000 && header.ends_with("  ");
        let starts = if is_header { word_starts(header) } else { Vec::new() };
        let columns: Vec<(usize, String)> = starts
            .iter()
            .enumerate()
            .map(|(at, start)| {
                let next = starts.get(at + 1).copied().unwrap_or(usize::MAX);
                (*start, fold_key(slice(header, *start, next)))
            })
            .collect();
        let is_known =
            !columns.is_empty() && columns.iter().all(|(_, name)| KNOWN.contains(&name.as_str()));
        is_known.then(|| Self {
            columns,
            kind: TableKind::Wmic,
            is_new: true,
            is_center: header.contains("displayName"),
            n_rows: 0,
            role,
            tally: Tally::default(),
        })
    }

    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        // The first line is the header or its rule.
        if std::mem::take(&mut self.is_new) || words::is_blank(line.text) {
            return;
        }
        self.n_rows += 1;
        // `tasklist /svc` wraps a process's services onto lines of blanks.
        if line.is_hit && self.kind == TableKind::Ruled('=') && line.text.starts_with("          ")
        {
            for name in line.text.split(',').map(str::trim) {
                out.tell(
                    Area::Services,
                    line,
                    &Fact { name, state: State::Running, ..Fact::default() },
                );
            }
            return;
        }
        if !line.is_hit && self.n_rows > ROWS_READ {
            let mut starts =
                self.columns.iter().map(|(start, _)| *start).skip(self.tally.name_at());
            let (start, end) = (starts.next().unwrap_or(0), starts.next().unwrap_or(usize::MAX));
            self.tally.pass(slice(line.text, start, end).trim());
            return;
        }
        let mut pairs = Self::pairs_in(&self.columns, self.kind, line.text);
        if self.kind == TableKind::Wmic && self.is_center {
            complete_wmi(&mut pairs);
        }
        if self.kind == TableKind::Winget {
            package(&pairs, line, &mut self.tally, out);
            return;
        }
        let area = Record::new(&pairs, line, self.role).tell(out);
        self.tally.count(area, &pairs);
    }

    fn pairs_in<'t>(
        columns: &'t [(usize, String)],
        kind: TableKind,
        text: &'t str,
    ) -> Vec<(&'t str, &'t str)> {
        let starts: Vec<usize> = match kind {
            TableKind::Ruled('-') => {
                let chars: Vec<char> = text.chars().collect();
                columns.iter().map(|(start, _)| cell_start(&chars, *start)).collect()
            }
            _ => columns.iter().map(|(start, _)| *start).collect(),
        };
        let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
        let cells = columns.iter().zip(starts.iter().zip(ends));
        let is_ascii = text.is_ascii();
        let cell = |start: usize, end: usize| {
            if is_ascii { bytes_in(text, start, end) } else { slice(text, start, end) }
        };
        cells.map(|((_, name), (start, end))| (name.as_str(), cell(*start, end).trim())).collect()
    }

    pub(super) fn end(&mut self, ending: Ending, out: &mut Collector<'_>) {
        if self.n_rows == 0 {
            return;
        }
        if !self.tally.is_known() {
            out.unknown_text();
            return;
        }
        // PowerShell and `wmic` put a blank line behind a table.
        let is_closed = matches!(self.kind, TableKind::Ruled('-') | TableKind::Wmic);
        self.tally.tell(if is_closed { ending.of_closed() } else { ending }, out);
        out.format(match self.kind {
            TableKind::Winget => "winget_list",
            TableKind::Filters => "fltmc",
            TableKind::Wmic => "wmic_table",
            TableKind::Ruled('=')
                if self.columns.first().is_some_and(|(_, name)| name == "modulename") =>
            {
                "driverquery"
            }
            TableKind::Ruled(sign) => self.tally.table_format(sign),
        });
    }
}

/// A row of `winget list`.
fn package(pairs: &[(&str, &str)], line: Line<'_>, tally: &mut Tally, out: &mut Collector<'_>) {
    let get =
        |name: &str| pairs.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    let owner = if words::starts(get("id"), "Kaspersky") { "Kaspersky" } else { "" };
    let name = get("name").trim_end_matches('…');
    let fact = Fact { name, owner, version: get("version"), ..Fact::default() };
    out.tell(Area::Programs, line, &fact);
    tally.count(Some(Area::Programs), pairs);
}

/// Runs of `sign`: where each starts and how wide it is, in characters. `None` if anything else is there.
fn spans_of(rule: &str, sign: char) -> Option<Vec<(usize, usize)>> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut was_sign = false;
    for (at, char) in rule.trim_end().chars().enumerate() {
        if char == sign {
            match spans.last_mut().filter(|_| was_sign) {
                Some((_, width)) => *width += 1,
                None => spans.push((at, 1)),
            }
        } else if char != ' ' {
            return None;
        }
        was_sign = char == sign;
        if spans.len() > COLUMNS_MAX {
            return None;
        }
    }
    (!spans.is_empty()).then_some(spans)
}

/// The names of a table whose header is in the system's language, by the widths of its columns.
fn known_names(widths: &[usize], sign: char) -> Option<&'static [&'static str]> {
    match (sign, widths) {
        ('=', [25, 8, _]) => Some(&TASKLIST_SERVICES),
        ('=', [25, 8, ..]) => Some(&TASKLIST),
        ('=', [30, 13, 8, 25]) => Some(&DRIVERQUERY_SIGNED),
        ('=', [12, 22, _, _]) => Some(&DRIVERQUERY),
        ('=', [12, 22, ..]) => Some(&DRIVERQUERY_LONG),
        _ => None,
    }
}

/// Where the words of a header begin, in characters. Names of columns have no blanks in them.
fn word_starts(header: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (at, char) in header.chars().enumerate() {
        if char != ' ' && before == ' ' {
            starts.push(at);
        }
        before = char;
        if starts.len() > COLUMNS_MAX {
            break;
        }
    }
    starts
}

/// Where the cell of a column begins whose rule begins at `start`: numbers stand to the right, and so
/// reach over the rule's left end.
fn cell_start(chars: &[char], start: usize) -> usize {
    let is_text = |at: usize| chars.get(at).is_some_and(|char| *char != ' ');
    let mut at = start;
    if is_text(start) {
        while at > 0 && is_text(at - 1) {
            at -= 1;
        }
    }
    at
}

/// The characters from `start` up to `end`.
fn slice(text: &str, start: usize, end: usize) -> &str {
    if text.is_ascii() {
        return bytes_in(text, start, end);
    }
    let place = |n_chars: usize| text.char_indices().nth(n_chars).map_or(text.len(), |(at, _)| at);
    let start = place(start);
    let end = if end == usize::MAX { text.len() } else { place(end) };
    text.get(start..end).unwrap_or_default()
}

/// The same of ASCII text, whose characters are bytes.
fn bytes_in(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end.min(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_told_by_their_rules() {
        let kind = |header: &str, rule: &str| {
            Table::under(header, rule, Role::Antivirus).map(|table| table.kind)
        };
        assert_eq!(
            kind(
                "Abbildname  PID Dienste",
                "========================= ======== ============================================"
            ),
            Some(TableKind::Ruled('='))
        );
        assert_eq!(
            kind("Name  Id  Version  Source", "-----------------------------------"),
            Some(TableKind::Winget)
        );
        assert_eq!(kind("", "====================="), None);
        assert_eq!(kind("a heading", "---------"), None);
        assert_eq!(kind("x", "== Name =="), None);
        assert_eq!(
            Table::wmic("Name     Version  ", Role::Antivirus).map(|table| table.kind),
            Some(TableKind::Wmic)
        );
        assert!(Table::wmic("Name of the game  ", Role::Antivirus).is_none());
    }
}
