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
const KEPT: [&str; 26] = [
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
    // The words that names are covered with tell of nobody.
    "user",
    "host",
    "sid",
    "mail",
];
/// How the SID of a person's account begins: of a computer or domain, of Microsoft's directory.
const SIDS: [&str; 2] = ["S-1-5-21-", "S-1-12-1-"];

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
        // One word can hold several: a path below a SID names it again, or an account.
        let word = cover_sids(word);
        let word = cover_address(&word).unwrap_or(word);
        out.push_str(&cover_host(&word).unwrap_or(word));
        out.extend(border);
    }
    out
}

/// The word without SIDs of people.
fn cover_sids(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(at) = SIDS.iter().filter_map(|head| words::find(rest, head)).min() {
        let (head, sid) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let end = sid.find(|char: char| !char.is_ascii_alphanumeric() && char != '-');
        out.push_str(head);
        out.push_str("<sid>");
        rest = sid.get(end.unwrap_or(sid.len())..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The word without the computer of `\\host\share`; `None` if it begins otherwise.
fn cover_host(word: &str) -> Option<String> {
    let bare = word.trim_start_matches('\\');
    let slashes = word.get(..word.len() - bare.len())?;
    let (host, behind) = bare.split_once('\\')?;
    // In registry exports `\\host` has four, and `\SystemRoot` the two of a host.
    let is_host = match slashes.len() {
        2 => !behind.starts_with('\\'),
        4 => behind.starts_with('\\'),
        _ => false,
    };
    let is_name = !host.is_empty() && !matches!(host, "." | "?" | "??");
    (is_host && is_name).then(|| format!("{slashes}<host>\\{behind}"))
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
        if is_address && !is_vendors(place) {
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

/// Whether an address ends with the vendor's own domain, whatever file ending follows.
fn is_vendors(place: &str) -> bool {
    let mut parts = place.split('.');
    parts.next().is_some_and(|part| part.eq_ignore_ascii_case("kaspersky"))
        && parts.next().is_some_and(|part| (2..=3).contains(&part.len()))
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
        // What stands before can be the name itself, left as it was.
        let before = text.get(..text.len() - tail.len()).and_then(|before| before.chars().last());
        let is_word = !before.is_some_and(char::is_alphanumeric)
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
            ("x\\light_plugin@kaspersky.com.xpi", "x\\light_plugin@kaspersky.com.xpi"),
            ("C:\\x\\anna@example.com.txt", "C:\\x\\<e-mail>"),
            // Others may have the vendor's name somewhere in theirs.
            ("anna@no-kaspersky.example", "<e-mail>"),
            ("anna@kaspersky.example.com", "<e-mail>"),
            ("anna@example.com@kaspersky.com", "<e-mail>@kaspersky.com"),
            ("\"c:\\\\users\\\\anna\\\\x\"", "\"c:\\\\users\\\\<user>\\\\x\""),
            ("\\\\NAS7\\share\\avp.exe", "\\\\<host>\\share\\avp.exe"),
            ("run by wanda on family-pc", "run by <user> on <host>"),
            ("Wandaland", "Wandaland"),
            ("Jörg Müller was here", "<user> was here"),
            // Twice a name is another name, and isn't shown half of it.
            ("WandaWanda", "WandaWanda"),
            // Beyond ASCII there are scripts that put no space between words.
            ("Jörg Müller的文件", "<user>的文件"),
            // The account's own keys lie below its SID once more.
            (
                "HKU\\S-1-5-21-1-2-3-1001\\UserData\\S-1-5-21-1-2-3-1001_Classes\\x",
                "HKU\\<sid>\\UserData\\<sid>_Classes\\x",
            ),
            ("AntiS-1-5-21-1-2-3-1001:S-1-5-21-1-2-3-1002", "Anti<sid>:<sid>"),
            ("C:\\S-1-5-21-1-2\\anna@example.com\\x", "C:\\<sid>\\<e-mail>\\x"),
            // Who signs in with an account of Microsoft's at work.
            ("HKU\\S-1-12-1-123-456-789-1011\\Software", "HKU\\<sid>\\Software"),
            ("\\\\NAS7\\anna@example.com\\x", "\\\\<host>\\<e-mail>\\x"),
            // Registry exports double their backslashes: what has two of them has one.
            ("\"\\\\\\\\NAS7\\\\share\\\\avp.exe\"", "\"\\\\\\\\<host>\\\\share\\\\avp.exe\""),
            ("\"\\\\??\\\\C:\\\\x\\\\klif.sys\"", "\"\\\\??\\\\C:\\\\x\\\\klif.sys\""),
            ("\"\\\\SystemRoot\\\\x\\\\klif.sys\"", "\"\\\\SystemRoot\\\\x\\\\klif.sys\""),
            ("\\\\?\\C:\\x\\klif.sys", "\\\\?\\C:\\x\\klif.sys"),
        ];
        for (text, said) in table {
            assert_eq!(mask.cover(text), said);
        }
    }

    #[test]
    fn a_name_that_is_a_word_of_the_mask_does_not_blot_the_mask_out() {
        let mut mask = Mask::default();
        mask.learn_user("HOST\\User");
        mask.learn_user("mail");
        let table = [
            ("C:\\Users\\User\\x on \\\\NAS7\\x", "C:\\Users\\<user>\\x on \\\\<host>\\x"),
            ("anna@example.com", "<e-mail>"),
        ];
        for (text, said) in table {
            assert_eq!(mask.cover(text), said);
        }
    }
}
