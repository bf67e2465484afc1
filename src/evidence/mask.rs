//! Takes people and computers out of a line: user names, hosts, SIDs, e-mail addresses.

use super::words;

/// Names a file may teach; a file that claims more is not an export.
const NAMES_MAX: usize = 64;
/// Folders below which the next part is a person's name.
const HOMES: [&str; 13] = [
    "\\Users\\",
    "\\Documents and Settings\\",
    "/Users/",
    "/home/",
    "\\Benutzer\\",
    "\\Utilisateurs\\",
    "\\Usuarios\\",
    "\\Dokumente und Einstellungen\\",
    "\\Documents et Settings\\",
    "\\USERS~1\\",
    "\\DOCUME~1\\",
    "\\Documents and settings\\",
    "\\Пользователи\\",
];
/// Parts below a home that name nobody.
const NOBODY: [&str; 16] = [
    "public",
    "default",
    "all users",
    "default user",
    "shared",
    "defaultapppool",
    "localservice",
    "networkservice",
    "system",
    "guest",
    "<user>",
    "allusers",
    "alluse~1",
    "localse~1",
    "networ~1",
    ".default",
];
/// Words that a name must not blot out, however a computer is called.
const KEPT: [&str; 22] = [
    "kaspersky",
    "kaspersky lab",
    "windows",
    "microsoft",
    "program",
    "program files",
    "programdata",
    "system",
    "system32",
    "drivers",
    "users",
    "software",
    "service",
    "services",
    "internet",
    "security",
    "total",
    "antivirus",
    "enabled",
    "disabled",
    "running",
    "avp",
];

/// Blots out what was learned from a file, and what gives itself away.
#[derive(Debug, Default)]
pub(super) struct Mask {
    names: Vec<(String, &'static str)>,
}

impl Mask {
    /// Remembers a person's name, to be blotted out wherever it stands.
    pub(super) fn learn_user(&mut self, name: &str) {
        // "HOST\user" teaches both.
        match name.trim().split_once('\\') {
            Some((host, user)) => {
                self.learn(host, "<host>");
                self.learn(user, "<user>");
            }
            None => self.learn(name, "<user>"),
        }
    }

    /// Remembers a computer's name.
    pub(super) fn learn_host(&mut self, name: &str) {
        self.learn(name, "<host>");
    }

    fn learn(&mut self, name: &str, cover: &'static str) {
        let name = name.trim().trim_matches(['"', '\\', '.']);
        let folded = name.to_lowercase();
        let is_used = (3..=64).contains(&name.chars().count())
            && !KEPT.contains(&folded.as_str())
            && !NOBODY.contains(&folded.as_str())
            && !words::contains(name, "authority")
            && !words::contains(name, "kaspersky");
        if is_used
            && self.names.len() < NAMES_MAX
            && !self.names.iter().any(|(known, _)| *known == folded)
        {
            self.names.push((folded, cover));
        }
    }

    /// Learns from a path whose part below a home is a name.
    pub(super) fn learn_paths(&mut self, text: &str) {
        for home in HOMES {
            let mut rest = text;
            while let Some(at) = words::find(rest, home) {
                rest = rest.get(at + home.len()..).unwrap_or_default();
                rest = rest.trim_start_matches(['\\', '/']);
                self.learn_user(name_at(rest));
            }
        }
    }

    /// The text without people and computers.
    pub(super) fn cover(&self, text: &str) -> String {
        words::looked_at(text);
        let mut text = cover_homes(text);
        text = cover_tokens(&text);
        for (name, cover) in &self.names {
            text = replace_word(&text, name, cover);
        }
        text
    }
}

/// The part of a path that starts here.
fn name_at(rest: &str) -> &str {
    let end = rest.find(['\\', '/', '"', '|', '<', '>', ';', ',', '\t', '\r', '\n']);
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

fn cover_homes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let next =
            HOMES.iter().filter_map(|home| Some((words::find(rest, home)? + home.len(), *home)));
        let Some((at, _)) = next.min_by_key(|(at, _)| *at) else { break };
        // Registry exports and JSON double their backslashes.
        let doubled = rest.get(at..).unwrap_or_default();
        let at = at + doubled.len() - doubled.trim_start_matches(['\\', '/']).len();
        let (head, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(head);
        let name = name_at(tail);
        let is_nobody = NOBODY.iter().any(|known| known.eq_ignore_ascii_case(name.trim()));
        out.push_str(if is_nobody || name.is_empty() { name } else { "<user>" });
        rest = tail.get(name.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// SIDs, e-mail addresses and `\\host\share`: they give themselves away.
fn cover_tokens(text: &str) -> String {
    let is_border = |char: char| char.is_whitespace() || "\"'()<>[]{}|,;=".contains(char);
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_border) {
        let border = piece.chars().last().filter(|char| is_border(*char));
        let word = border.map_or(piece, |border| piece.strip_suffix(border).unwrap_or(piece));
        out.push_str(&cover_token(word));
        out.extend(border);
    }
    out
}

fn cover_token(word: &str) -> String {
    if let Some(at) = words::find(word, "S-1-5-21-") {
        let (head, sid) = word.split_at_checked(at).unwrap_or((word, ""));
        let end = sid
            .find(|char: char| !char.is_ascii_alphanumeric() && char != '-')
            .unwrap_or(sid.len());
        return format!("{head}<sid>{}", sid.get(end..).unwrap_or_default());
    }
    if let Some(covered) = cover_address(word) {
        return covered;
    }
    if let Some(rest) = word.strip_prefix("\\\\")
        && let Some((host, share)) = rest.split_once('\\')
        && !host.is_empty()
        && !matches!(host, "." | "?")
    {
        return format!("\\\\<host>\\{share}");
    }
    word.to_owned()
}

/// The word without e-mail addresses in it; `None` if there are none. Add-ons of the vendor are
/// named like addresses and say which they are.
fn cover_address(word: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = word;
    let mut is_covered = false;
    while let Some(at) = memchr::memchr(b'@', rest.as_bytes()) {
        let (head, tail) = rest.split_at_checked(at)?;
        let place = tail.get(1..)?;
        let is_part = |char: char| char.is_alphanumeric() || "._%+-".contains(char);
        let kept = head.trim_end_matches(is_part);
        let end = place.find(|char: char| !char.is_alphanumeric() && !".-".contains(char));
        let (place, behind) = place.split_at_checked(end.unwrap_or(place.len()))?;
        out.push_str(kept);
        let is_address = kept.len() < head.len() && place.contains('.');
        if is_address && !words::contains(place, "kaspersky.") {
            out.push_str("<e-mail>");
            is_covered = true;
            rest = behind;
        } else {
            // What follows can be the name of the next address.
            out.push_str(head.get(kept.len()..)?);
            out.push('@');
            rest = tail.get(1..)?;
        }
    }
    out.push_str(rest);
    is_covered.then_some(out)
}

/// Replaces `name`, which is lower case, where it stands as a word of its own.
fn replace_word(text: &str, name: &str, cover: &str) -> String {
    if !name.is_ascii() {
        return replace_folded(text, name, cover);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = words::find(rest, name) {
        let (head, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let (found, after) = tail.split_at_checked(name.len()).unwrap_or((tail, ""));
        let is_word = !head.chars().last().is_some_and(char::is_alphanumeric)
            && !after.chars().next().is_some_and(char::is_alphanumeric);
        out.push_str(head);
        out.push_str(if is_word { cover } else { found });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The same for names beyond ASCII, whose case is folded letter by letter.
fn replace_folded(text: &str, name: &str, cover: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let n_bytes = folded_prefix(rest, name);
        if n_bytes > 0 {
            out.push_str(cover);
            rest = rest.get(n_bytes..).unwrap_or_default();
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// How many bytes of `text` are `name` in whatever case; 0 if it doesn't begin with it.
fn folded_prefix(text: &str, name: &str) -> usize {
    let mut wanted = name.chars();
    let mut n_bytes = 0;
    for char in text.chars() {
        for folded in char.to_lowercase() {
            match wanted.next() {
                None => return n_bytes,
                Some(letter) if letter != folded => return 0,
                Some(_) => (),
            }
        }
        n_bytes += char.len_utf8();
    }
    if wanted.next().is_none() { n_bytes } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::Mask;

    #[test]
    fn people_and_computers_are_covered_and_nothing_else() {
        let mut mask = Mask::default();
        mask.learn_user("FAMILY-PC\\Wanda");
        mask.learn_paths("C:\\Users\\Jörg Müller\\Desktop");
        let table = [
            ("C:\\Users\\anna.b\\AppData\\x.exe", "C:\\Users\\<user>\\AppData\\x.exe"),
            ("C:\\Users\\Public\\Desktop", "C:\\Users\\Public\\Desktop"),
            ("/Users/tom/Library", "/Users/<user>/Library"),
            ("HKU\\S-1-5-21-1-2-3-1001\\Software", "HKU\\<sid>\\Software"),
            ("HKU\\S-1-5-18\\Software", "HKU\\S-1-5-18\\Software"),
            ("mail to anna@example.com now", "mail to <e-mail> now"),
            ("light_plugin@kaspersky.com", "light_plugin@kaspersky.com"),
            ("C:\\x\\anna@example.com.txt", "C:\\x\\<e-mail>"),
            ("\"c:\\\\users\\\\anna\\\\x\"", "\"c:\\\\users\\\\<user>\\\\x\""),
            ("\\\\NAS7\\share\\avp.exe", "\\\\<host>\\share\\avp.exe"),
            ("run by wanda on family-pc", "run by <user> on <host>"),
            ("Wandaland", "Wandaland"),
            ("Jörg Müller was here", "<user> was here"),
        ];
        for (text, said) in table {
            assert_eq!(mask.cover(text), said);
        }
    }
}
