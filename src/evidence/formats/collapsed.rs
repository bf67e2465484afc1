//! Rows whose blanks were lost: a forum's page shows any number of blanks as one, so columns no longer
//! begin where their header does. Their cells are told by the one word that can be nothing else.

use crate::evidence::words;

/// Names and values of a row that doesn't keep to its columns. `None` if it keeps to them, or can't be told.
pub(super) fn pairs<'t>(
    columns: &'t [(usize, String)],
    text: &'t str,
) -> Option<Vec<(&'t str, &'t str)>> {
    let text = text.trim();
    // A short row may be a whole one whose last cells are empty; a word that can be but one cell tells.
    let is_short = columns.get(1).is_some_and(|(start, _)| text.len() < *start);
    if !is_short && !is_collapsed(columns, text) {
        return None;
    }
    let spans = spans_in(text);
    let has = |name: &str| columns.iter().any(|(_, known)| known == name);
    let said = match () {
        () if has("pid") => {
            let rest = if has("services") { "services" } else { "sessionname" };
            process(text, &spans, rest)
        }
        () if has("infname") => device(text, &spans),
        () if has("displayversion") || has("version") => {
            program(text, &spans).map(|said| if has("id") { with_id(said) } else { said })
        }
        () if has("filtername") => {
            let [_, name, _] = around(text, *spans.first()?)?;
            Some(vec![("filtername", name)])
        }
        () if has("instanceguid") => center(text, &spans),
        () if is_short => None,
        () if has("modulename") => driver(text, &spans),
        () if has("processname") => {
            let last = spans.last().map_or(0, |(start, _)| *start);
            Some(vec![("id", "0"), ("processname", text.get(last..)?)])
        }
        () => one_wide(columns, text, &spans),
    }?;
    Some(said)
}

/// Whether a cell goes on where another column begins, and nothing keeps the columns apart.
fn is_collapsed(columns: &[(usize, String)], text: &str) -> bool {
    let is_kept = |start: usize| {
        start == 0 || text.as_bytes().get(start - 1).is_none_or(|byte| *byte == b' ')
    };
    let is_apart = text.contains("  ") && !text.contains('\t');
    columns.len() > 1 && !is_apart && !columns.iter().all(|(start, _)| is_kept(*start))
}

/// Where each word begins and ends.
fn spans_in(text: &str) -> Vec<(usize, usize)> {
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| (start_of(word), start_of(word) + word.len())).collect()
}

/// The text before a word, the word, and the text behind it.
fn around(text: &str, (start, end): (usize, usize)) -> Option<[&str; 3]> {
    Some([text.get(..start)?.trim(), text.get(start..end)?, text.get(end..)?.trim()])
}

/// The first word that is of this form, behind at least one other.
fn anchor(
    text: &str,
    spans: &[(usize, usize)],
    is_it: impl Fn(&str) -> bool,
) -> Option<(usize, usize)> {
    let is_it = |(start, end): &&(usize, usize)| text.get(*start..*end).is_some_and(&is_it);
    spans.iter().skip(1).find(is_it).copied()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `avp.exe 1316 AVP18.0.0`, `avp.exe 1316 Services 0 118,388 K`.
fn process<'t>(
    text: &'t str,
    spans: &[(usize, usize)],
    rest_name: &'static str,
) -> Option<Vec<(&'static str, &'t str)>> {
    let [name, id, rest] = around(text, anchor(text, spans, is_number)?)?;
    Some(vec![("imagename", name), ("pid", id), (rest_name, rest)])
}

/// `Kaspersky Anti-Virus NDIS 6 Filter oem12.inf TRUE Kaspersky Lab`.
fn device<'t>(text: &'t str, spans: &[(usize, usize)]) -> Option<Vec<(&'static str, &'t str)>> {
    let is_file = |word: &str| words::ends(word, ".inf");
    let [name, file, rest] = around(text, anchor(text, spans, is_file)?)?;
    let maker = rest.split_once(' ').map_or(rest, |(_, maker)| maker);
    Some(vec![("devicename", name), ("infname", file), ("manufacturer", maker)])
}

/// `Kaspersky Free {86367591-…} C:\…\wmiav.exe C:\…\wmiav.exe 266240 Sun, 17 Sep …`.
fn center<'t>(text: &'t str, spans: &[(usize, usize)]) -> Option<Vec<(&'static str, &'t str)>> {
    let [name, number, rest] = around(text, anchor(text, spans, |word| word.starts_with('{'))?)?;
    let is_state = |word: &&str| word.len() > 4 && is_number(word);
    let state = rest.split_whitespace().find(is_state).unwrap_or_default();
    let path = ("pathtosignedproductexe", words::path(rest));
    Some(vec![("displayname", name), ("instanceguid", number), path, ("productstate", state)])
}

/// `KLIF Kaspersky Lab Driver File System System Running …`.
fn driver<'t>(text: &'t str, spans: &[(usize, usize)]) -> Option<Vec<(&'static str, &'t str)>> {
    let [_, name, rest] = around(text, *spans.first()?)?;
    let is_state = |word: &&str| matches!(*word, "Running" | "Stopped");
    let state = rest.split_whitespace().find(is_state).unwrap_or_default();
    let path = words::path(rest);
    Some(vec![("modulename", name), ("displayname", rest), ("state", state), ("path", path)])
}

/// `Kaspersky Total Security 18.0.0.405 Kaspersky Lab`.
fn program<'t>(text: &'t str, spans: &[(usize, usize)]) -> Option<Vec<(&'static str, &'t str)>> {
    let is_version = |word: &str| {
        word.starts_with(|char: char| char.is_ascii_digit())
            && word.contains('.')
            && !word.contains(|char: char| char.is_alphabetic())
    };
    let [name, version, rest] = around(text, anchor(text, spans, is_version)?)?;
    Some(vec![("name", name), ("version", version), ("publisher", rest)])
}

/// The same with an id before the version, as `winget` has it.
fn with_id<'t>(said: Vec<(&'static str, &'t str)>) -> Vec<(&'static str, &'t str)> {
    let part = |(name, value): (&'static str, &'t str)| match name {
        "name" => {
            let (name, id) = value.rsplit_once(char::is_whitespace).unwrap_or((value, ""));
            vec![("name", name.trim()), ("id", id)]
        }
        "publisher" => Vec::new(),
        _ => vec![(name, value)],
    };
    said.into_iter().flat_map(part).collect()
}

/// A row in which one column alone holds several words, besides a path at the end: the others have one
/// word each.
fn one_wide<'t>(
    columns: &'t [(usize, String)],
    text: &'t str,
    spans: &[(usize, usize)],
) -> Option<Vec<(&'t str, &'t str)>> {
    const PATHS: [&str; 5] =
        ["path", "command", "commandline", "pathname", "pathtosignedproductexe"];
    let path = words::path(text);
    if let Some(((_, last), rest)) = columns.split_last()
        && PATHS.contains(&last.as_str())
        && !path.is_empty()
    {
        let before = text.get(..words::find_as_written(text, path)?)?.trim_end_matches('"').trim();
        let mut said = one_wide(rest, before, &spans_in(before))?;
        said.push((last.as_str(), path));
        return Some(said);
    }
    const WIDE: [&str; 5] = ["displayname", "name", "caption", "command", "filtername"];
    let wide = WIDE
        .iter()
        .find_map(|wide| columns.iter().position(|(_, name)| name == wide))
        .unwrap_or_default();
    let n_behind = columns.len() - wide - 1;
    let n_wide = spans.len().checked_sub(wide + n_behind).filter(|n| *n > 0)?;
    let mut said = Vec::with_capacity(columns.len());
    let mut at = 0;
    for (column, (_, name)) in columns.iter().enumerate() {
        let n_words = if column == wide { n_wide } else { 1 };
        let (start, _) = *spans.get(at)?;
        at += n_words;
        let (_, end) = *spans.get(at - 1)?;
        said.push((name.as_str(), text.get(start..end)?));
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use crate::evidence::read;

    #[test]
    fn rows_that_lost_their_blanks_are_read_all_the_same() {
        let tasklist = "Image Name PID Session Name Session# Mem Usage\r\n========================= ======== ================ =========== ============";
        let services = "Image Name PID Services\r\n========================= ======== ============================================";
        let drivers = "Module Name Display Name Driver Type Link Date\r\n============ ====================== ============= ======================";
        let signed = "DeviceName InfName IsSigned Manufacturer\r\n============================== ============= ======== =========================";
        let table = [
            (tasklist, "avp.exe 1316 Services 0 118,388 K", "process avp.exe"),
            (services, "avpui.exe 3380 N/A", "process avpui.exe"),
            (services, "svchost.exe 900 AVP18.0.0", "service AVP18.0.0"),
            (drivers, "KLIF Kaspersky Lab Driver File System 3/10/2011 6:36:46 PM", "driver KLIF"),
            (
                signed,
                "Kaspersky NDIS Filter oem12.inf TRUE Kaspersky Lab",
                "driver Kaspersky NDIS Filter",
            ),
            (
                "Status Name DisplayName\r\n------ ---- -----------",
                "Running AVP18.0.0 Kaspersky Anti-Virus Service 18.0.0",
                "service AVP18.0.0",
            ),
            (
                "Handles NPM(K) PM(K) WS(K) CPU(s) Id SI ProcessName\r\n------- ------ ----- ----- ------ -- -- -----------",
                "433 22 4321 9876 0.50 3380 1 avpui",
                "process avpui.exe",
            ),
            (
                "DisplayName DisplayVersion Publisher\r\n----------- -------------- ---------",
                "Kaspersky Total Security 18.0.0.405 Kaspersky Lab",
                "program Kaspersky Total Security",
            ),
            (
                "Name Id Version Source\r\n-----------------------------",
                "Kaspersky VPN {0A1B2C3D} 21.3.10.391",
                "program Kaspersky VPN",
            ),
            (
                "displayName productState\r\n----------- ------------",
                "Kaspersky Free 266240",
                "security_center Kaspersky Free",
            ),
        ];
        for (head, row, said) in table {
            let scan = read(format!("{head}\r\n{row}\r\n\r\n").as_bytes());
            let told: Vec<String> = scan
                .traces
                .iter()
                .map(|trace| format!("{} {}", trace.kind.name(), trace.name))
                .collect();
            assert_eq!(told, [said], "{row}");
        }
    }

    #[test]
    fn a_row_that_keeps_to_its_columns_is_left_alone() {
        let columns = [(0, "status".to_owned()), (9, "name".to_owned())];
        for row in ["Running  AVP", "Stopped_ x", "Running"] {
            assert_eq!(super::pairs(&columns, row), None, "{row}");
        }
    }
}
