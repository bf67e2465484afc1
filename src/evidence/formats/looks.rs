//! What a single line looks like, whatever format is in force: a prompt, a field of a list.

use super::fields;

/// Bytes of a prompt: a folder's path is rarely longer.
const PROMPT_BYTES_MAX: usize = 200;

/// `C:\>command`, `PS C:\> command`, and those of a Mac and of Android: a new output begins.
pub(super) fn is_prompt(text: &str) -> bool {
    is_windows_prompt(text) || is_shell_prompt(text)
}

fn is_windows_prompt(text: &str) -> bool {
    let text = text.strip_prefix("PS ").unwrap_or(text);
    if !matches!(text.as_bytes(), [b'A'..=b'Z' | b'a'..=b'z', b':', b'\\', ..]) {
        return false;
    }
    let Some((folder, _)) = text.split_once('>') else { return false };
    // An arrow behind a path is a log's.
    folder.len() < PROMPT_BYTES_MAX
        && !folder.contains(['"', '|', '<', '*', '?', '/'])
        && !folder.contains("  ")
        && !folder.ends_with([' ', '-', '='])
}

/// `Janes-Mac:~ jane$ command`, `jane@Janes-Mac ~ % command`, `shell@hammerhead:/ $ command`.
fn is_shell_prompt(text: &str) -> bool {
    let Some(end) = text.find(['$', '%', '#']).filter(|end| *end < PROMPT_BYTES_MAX) else {
        return false;
    };
    let (head, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let parts: Vec<&str> = head.split(' ').filter(|part| !part.is_empty()).collect();
    let is_folder = |part: &str| part.starts_with(['~', '/']) && !part.starts_with("//");
    let is_ahead = match parts.as_slice() {
        [place] => place.split_once(':').is_some_and(|(_, folder)| is_folder(folder)),
        // bash and zsh name the folder alone, without those above it.
        [place, _] if place.contains(':') => !place.ends_with(':') && !place.contains("://"),
        [account, _] => account.contains('@'),
        _ => false,
    };
    let behind = rest.get(1..).unwrap_or_default();
    is_ahead && (behind.is_empty() || behind.starts_with(' '))
}

/// A field of a list: `key=value`, `key : value`, `KEY_NAME: value`, `Key:      value`.
pub(super) fn is_field(text: &str) -> bool {
    let Some((key, value, separator)) = fields::field_in(text) else { return false };
    let said = text.split(['=', ':']).next().unwrap_or_default();
    let is_indented = text.starts_with(' ');
    match separator {
        '=' => key.is_ascii() && !said.contains(' ') && key.len() >= 3 && !is_indented,
        _ => {
            said.ends_with(' ')
                || said.contains('_')
                || (text.contains(":  ") && !value.is_empty() && !is_indented)
        }
    }
}

/// The same, where it can hardly be anything else.
pub(super) fn is_plain_field(text: &str) -> bool {
    let said = text.split(['=', ':']).next().unwrap_or_default();
    let key = said.trim_end();
    let is_word =
        key.len() >= 3 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word
        && (text.get(said.len()..).is_some_and(|rest| rest.starts_with('='))
            || said.ends_with(' ')
            || key.contains('_'))
        && text.contains(['=', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_told_from_paths() {
        assert!(is_prompt("C:\\>wmic path AntiVirusProduct get /format:list"));
        assert!(is_prompt("C:\\Users\\user1\\Desktop>driverquery"));
        assert!(is_prompt("PS C:\\temp> Get-Service"));
        assert!(!is_prompt("C:\\Program Files\\x.exe"));
        assert!(!is_prompt("D: > x"));
        for text in [
            "C:\\Program Files (x86)\\Tools>driverquery",
            "PS C:\\Program Files\\Tools>",
            "Janes-MacBook-Pro:~ jane$ kextstat",
            "Janes-MacBook-Pro:Logs jane$ ",
            "jane@Janes-MBP ~ % launchctl list",
            "jane@Janes-MBP /Library % ",
            "shell@hammerhead:/ $ pm list packages",
            "hammerhead:/ #",
        ] {
            assert!(is_prompt(text), "{text}");
        }
        for text in [
            "C:\\Windows\\explorer.exe => File is digitally signed",
            "C:\\Program Files\\x.exe -> C:\\y.exe",
            "Location: /Applications/50% off.app",
            "see http://example.com/ $ x",
            "<p>C:\\x</p>",
            "50 % of all",
        ] {
            assert!(!is_prompt(text), "{text}");
        }
    }

    #[test]
    fn fields_are_told_from_prose() {
        for text in [
            "displayName=x",
            "Name    : x",
            "SERVICE_NAME: x",
            "Имя_службы: x",
            "Abbildname:   x.exe",
        ] {
            assert!(is_field(text), "{text}");
        }
        for text in ["Note: read this", "a = b", "Source: https://x", "C:\\x : y"] {
            assert!(!is_field(text), "{text}");
        }
    }
}
