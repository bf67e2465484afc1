//! Software inventories in XML (FusionInventory, GLPI, OCS): one element for each program, antivirus, service.
//!
//! The text is put together until an element that matters is closed, then that piece alone is parsed,
//! so that neither one long line nor a file cut short costs memory or hides what comes before.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::record::fold_key;
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line, Role};
use crate::evidence::words;

/// Bytes of one element; what doesn't close by then is left out.
const ELEMENT_BYTES_MAX: usize = 64 * 1024;
/// So many lines without any mark of XML are another text.
const FOREIGN_LINES_MAX: usize = 8;
/// The elements that are read, as they end behind `<` or `</`.
const ENDS: [(&str, Area); 5] = [
    ("SOFTWARES>", Area::Programs),
    ("ANTIVIRUS>", Area::SecurityCenter),
    ("PROCESSES>", Area::Processes),
    ("SERVICES>", Area::Services),
    ("HARDWARE>", Area::Folders),
];

/// Reads one inventory.
#[derive(Default)]
pub(super) struct Inventory {
    pending: String,
    no: u64,
    is_hit: bool,
    seen: Vec<Area>,
    is_ended: bool,
    is_cut: bool,
    /// Lines without any mark of XML, one after the other.
    n_foreign: usize,
    n_elements: usize,
}

impl Inventory {
    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        if self.pending.is_empty() {
            self.no = line.no;
        }
        self.is_hit |= line.is_hit;
        self.is_ended |= line.text.trim_end().ends_with("</REQUEST>");
        // What was pasted behind an inventory that was cut short isn't part of it.
        let is_foreign = memchr::memchr2(b'<', b'>', line.text.as_bytes()).is_none()
            && !words::is_blank(line.text);
        self.n_foreign = if is_foreign { self.n_foreign + 1 } else { 0 };
        if self.n_foreign > FOREIGN_LINES_MAX {
            self.is_ended = true;
            self.is_cut = true;
        }
        self.pending.push_str(line.text);
        self.pending.push('\n');
        if next_end(line.text).is_some() {
            self.take_elements(line.no, out);
        }
        if self.pending.len() > ELEMENT_BYTES_MAX {
            self.pending.clear();
            self.is_hit = false;
        }
    }

    /// Whether the inventory has come to its end.
    pub(super) fn is_ended(&self) -> bool {
        self.is_ended
    }

    /// Takes every element that is closed by now.
    fn take_elements(&mut self, no: u64, out: &mut Collector<'_>) {
        let mut pending = std::mem::take(&mut self.pending);
        let mut rest = pending.as_str();
        while let Some((at, end, area)) = next_end(rest) {
            let (piece, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let first = end.as_bytes().first();
            let is_start = |at: &usize| {
                piece.as_bytes().get(at + 1) == first
                    && piece.get(at + 1..).is_some_and(|tag| tag.starts_with(end))
            };
            let start = memchr::memrchr_iter(b'<', piece.as_bytes()).find(is_start).unwrap_or(0);
            let element = piece.get(start..).unwrap_or(piece);
            self.n_elements += 1;
            if !self.seen.contains(&area) {
                self.seen.push(area);
            }
            let is_hit = self.is_hit && out.signatures().next_hit(element, 0) < element.len();
            if is_hit || matches!(area, Area::SecurityCenter | Area::Folders) {
                let skipped = n_lines(piece.get(..start).unwrap_or_default());
                tell(area, &fields_of(element), self.no + skipped, out);
            }
            self.no += n_lines(piece);
            rest = after;
        }
        let mut n_taken = pending.len() - rest.len();
        if words::is_blank(rest) {
            self.is_hit = false;
            self.no = no + 1;
            n_taken = pending.len();
        }
        // Its room is used again.
        pending.drain(..n_taken);
        self.pending = pending;
    }

    pub(super) fn end(&mut self, out: &mut Collector<'_>) {
        out.format("inventory_xml");
        let seen = std::mem::take(&mut self.seen);
        if self.is_cut || !self.is_ended {
            out.is_cut_short();
            return;
        }
        for area in seen {
            match area {
                // The computer's own name and user.
                Area::Folders => (),
                Area::SecurityCenter => out.lists_center(Role::Antivirus),
                area => out.lists(area),
            }
        }
    }
}

fn n_lines(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// The next end of an element that is read: where it ends, and what it lists. Most are of others.
fn next_end(text: &str) -> Option<(usize, &'static str, Area)> {
    words::looked_at(text);
    memchr::memchr_iter(b'<', text.as_bytes()).find_map(|at| {
        if text.as_bytes().get(at + 1) != Some(&b'/') {
            return None;
        }
        let name = text.get(at + "</".len()..)?;
        let (end, area) = ENDS.iter().find(|(end, _)| name.starts_with(end))?;
        Some((at + "</".len() + end.len(), *end, *area))
    })
}

/// The names and texts of an element's children. Stops quietly where the XML is broken.
fn fields_of(element: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(element);
    reader.config_mut().check_end_names = false;
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = start.name();
                fields.push((fold_key(name.as_ref()), String::new()));
            }
            Ok(Event::Text(text)) => push(&mut fields, &text),
            Ok(Event::CData(text)) => push(&mut fields, &text),
            Ok(Event::GeneralRef(reference)) => {
                let known = match reference.as_ref() {
                    "quot" => "\"",
                    "apos" => "'",
                    "lt" => "<",
                    "gt" => ">",
                    _ => "&",
                };
                push(&mut fields, known);
            }
            Ok(Event::Eof) | Err(_) => return fields,
            Ok(_) => (),
        }
    }
}

fn push(fields: &mut [(String, String)], text: &str) {
    if let Some((_, value)) = fields.last_mut()
        && !text.trim().is_empty()
    {
        value.push_str(text);
    }
}

fn tell(area: Area, fields: &[(String, String)], no: u64, out: &mut Collector<'_>) {
    let get = |name: &str| {
        fields
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map_or("", |(_, value)| value.trim())
    };
    let mut said = String::with_capacity(400);
    for (name, value) in fields.iter().filter(|(_, value)| !words::is_blank(value)) {
        said.push_str(if said.is_empty() { "" } else { " " });
        said.extend([name, "=", value.trim()]);
    }
    let line = Line { no, text: &said, is_hit: true };
    match area {
        Area::Programs => {
            let name = if get("name").is_empty() { get("fullname") } else { get("name") };
            let fact = Fact {
                name,
                path: get("folder"),
                owner: get("publisher"),
                version: get("version"),
                guid: words::guid(get("guid")).unwrap_or_default(),
                ..Fact::default()
            };
            let is_mac = get("from").contains("osx")
                || get("from").contains("macos")
                || get("system_category").contains("mac");
            out.tell(if is_mac { Area::MacApps } else { Area::Programs }, line, &fact);
        }
        Area::SecurityCenter => antivirus(&get, line, out),
        Area::Processes => {
            let command = get("cmd");
            let path = words::path(command);
            let name = if path.is_empty() { command } else { "" };
            out.mask().learn_user(get("user"));
            out.tell(area, line, &Fact { name, path, state: State::Running, ..Fact::default() });
        }
        Area::Services => {
            let fact = Fact {
                name: get("name"),
                path: words::path(get("path")),
                owner: get("description"),
                ..Fact::default()
            };
            out.tell(area, line, &fact);
        }
        _ => {
            out.mask().learn_host(get("name"));
            for user in ["userid", "lastloggeduser", "winowner"] {
                out.mask().learn_user(get(user));
            }
        }
    }
}

fn antivirus<'f>(get: &impl Fn(&str) -> &'f str, line: Line<'_>, out: &mut Collector<'_>) {
    let flag = |name: &str| match get(name) {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    };
    let state = match flag("enabled") {
        Some(true) => State::Enabled,
        Some(false) => State::Disabled,
        None => State::Present,
    };
    let name = if get("name").is_empty() { get("company") } else { get("name") };
    let guid = words::guid(get("guid")).unwrap_or_default();
    let numbered = format!("{{{}}}", get("guid"));
    let guid = if guid.is_empty() { words::guid(&numbered).unwrap_or_default() } else { guid };
    let fact = Fact {
        name,
        guid,
        version: get("version"),
        state,
        current: flag("uptodate"),
        role: Role::Antivirus,
        ..Fact::default()
    };
    out.tell(Area::SecurityCenter, line, &fact);
}

#[cfg(test)]
mod tests {
    use super::fields_of;

    #[test]
    fn an_element_is_read_also_when_it_is_broken() {
        let fields = fields_of(
            "<SOFTWARES><NAME>A &amp; B</NAME><PUBLISHER>&quot;К&quot;</PUBLISHER><VERSION>1",
        );
        assert_eq!(
            fields.iter().find(|(name, _)| name == "name").map(|(_, value)| value.as_str()),
            Some("A & B")
        );
        assert_eq!(
            fields.iter().find(|(name, _)| name == "publisher").map(|(_, value)| value.as_str()),
            Some("\"К\"")
        );
    }
}
