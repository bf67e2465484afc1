//! What a single line looks like, whatever format is in force: a prompt, a field of a list.

use super::fields;

/// Bytes of a prompt: a folder's path is rarely longer.
const PROMPT_BYTES_MAX: usize = 200;

/// `C:\>command`, `PS C:\> command`: a new output begins.
pub(super) fn is_prompt(text: &str) -> bool {
    let text = text.strip_prefix("PS ").unwrap_or(text);
    let bytes = text.as_bytes();
    if !matches!(bytes, [b'A'..=b'Z' | b'a'..=b'z', b':', b'\\', ..]) {
        return false;
    }
    let end = text.find('>');
    end.is_some_and(|end| {
        end < PROMPT_BYTES_MAX
            && !text.get(..end).unwrap_or_default().contains(['"', '|', '<', ' '])
            || text.get(..end).unwrap_or_default().contains("\\Users\\")
    })
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
