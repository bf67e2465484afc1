//! Tables whose header is underlined: `tasklist`, `driverquery`, PowerShell, `winget list`, `fltmc`;
//! and those of `wmic`, whose header is not.

use super::columns::{bytes_in, cell_start, cells_of, slice, spans_of, word_starts};
use super::record::{Record, complete_wmi, fold_key};
use super::tally::Tally;
use super::{Ending, collapsed};
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line, Role};
use crate::evidence::words;

/// Rows that are read whole even if nothing of Kaspersky's is in them, to see what the table lists.
const ROWS_READ: usize = 40;

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

/// What a command asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Question {
    /// What Security Center lists.
    Center,
    /// Anything else, or nobody knows.
    #[default]
    Other,
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

    /// The same, in answer to a question to Security Center or another one.
    pub(super) fn asked(self, of: Question) -> Self {
        Self { is_center: self.is_center || of == Question::Center, ..self }
    }

    /// A table of `wmic`: a header of nothing but property names, each two blanks apart.
    pub(super) fn wmic(header: &str, role: Role) -> Option<Self> {
        const KNOWN: [&str; 24] = [
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
            "pathtosignedreportingexe",
            "timestamp",
            "packagename",
            "processid",
            "executablepath",
            "commandline",
            "command",
            "started",
            "lastbootuptime",
        ];
        // No sentence has these.
        const OWN: [&str; 4] = ["displayName", "IdentifyingNumber", "PathName", "ExecutablePath"];
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_');
        let is_header = header.len() < 4_000
            && header.starts_with(|char: char| char.is_ascii_alphabetic())
            && header.bytes().all(is_name);
        let starts = if is_header { word_starts(header) } else { Vec::new() };
        let columns: Vec<(usize, String)> = starts
            .iter()
            .enumerate()
            .map(|(at, start)| {
                let next = starts.get(at + 1).copied().unwrap_or(usize::MAX);
                (*start, fold_key(slice(header, *start, next)))
            })
            .collect();
        let n_known = columns.iter().filter(|(_, name)| KNOWN.contains(&name.as_str())).count();
        // What is pasted has often lost the blanks at its lines' ends.
        let is_whole = header.ends_with("  ");
        let is_table = match columns.len() {
            0 => false,
            1 => n_known == 1 && (is_whole || header == "displayName"),
            // One blank between words is a sentence's, or a column's that its values fill.
            n if header.contains("  ") || OWN.iter().any(|own| header.contains(own)) => {
                n_known == n || (is_whole && n > 3 && n_known * 2 >= n)
            }
            _ => false,
        };
        is_table.then(|| Self {
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
        // The first line is the header or its rule; one column of PowerShell's is ruled, too.
        let is_ruled =
            || self.n_rows == 0 && line.text.bytes().all(|byte| matches!(byte, b'-' | b' '));
        if std::mem::take(&mut self.is_new) || words::is_blank(line.text) || is_ruled() {
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
        let mut pairs = collapsed::pairs(&self.columns, line.text)
            .unwrap_or_else(|| Self::pairs_in(&self.columns, self.kind, line.text));
        if matches!(self.kind, TableKind::Wmic | TableKind::Ruled('-')) && self.is_center {
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
                let chars = cells_of(text);
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
        let is_wmic = |header| Table::wmic(header, Role::Antivirus).is_some();
        let whole = "displayName  instanceGuid  pathToSignedProductExe  pathToSignedReportingExe  productState  timestamp  ";
        assert!(is_wmic(whole) && is_wmic(whole.trim_end()));
        assert!(is_wmic("Name                  Version") && is_wmic("displayName"));
        let product = "AssignmentType  Caption  Description  HelpLink  IdentifyingNumber  InstallDate  Name  Vendor  Version  WordCount  ";
        assert!(is_wmic(product));
        for text in ["Name of the game  ", "Name", "Version", "Name Version", "Some  words  here  "]
        {
            assert!(!is_wmic(text), "{text}");
        }
    }
}
