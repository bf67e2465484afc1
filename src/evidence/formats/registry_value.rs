//! A registry value's data, as `reg export` and `reg query` write it.

/// Data of a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Text; a multi-string has a line for each.
    Text(String),
    /// Bytes that are no text.
    Bytes(Vec<u8>),
}

impl Value {
    /// The text, empty for bytes.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Bytes(_) => "",
        }
    }
}

/// Reads `"text"`, `dword:0000000a`, `hex(7):61,00,…` and `REG_SZ    text`. Numbers become decimal text.
pub(super) fn read_value(data: &str) -> Value {
    let data = data.trim();
    if let Some(rest) = data.strip_prefix('"') {
        return Value::Text(unescape(rest));
    }
    if let Some(digits) = data.strip_prefix("dword:") {
        return Value::Text(number(digits));
    }
    if let Some(rest) = data.strip_prefix("hex") {
        let (kind, bytes) = rest.split_once(':').unwrap_or(("", rest));
        let bytes = bytes_in(bytes);
        return if matches!(kind, "(1)" | "(2)" | "(7)") {
            Value::Text(text_of(&bytes))
        } else {
            Value::Bytes(bytes)
        };
    }
    if let Some(rest) = data.strip_prefix("REG_") {
        let (kind, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let text = text.trim();
        return match kind {
            "DWORD" | "QWORD" => Value::Text(number(text.trim_start_matches("0x"))),
            "MULTI_SZ" => Value::Text(text.replace("\\0", "\n")),
            "BINARY" => Value::Bytes(pairs(text)),
            _ => Value::Text(text.to_owned()),
        };
    }
    Value::Text(data.to_owned())
}

fn number(digits: &str) -> String {
    u64::from_str_radix(digits.trim(), 16)
        .map_or_else(|_| digits.trim().to_owned(), |number| number.to_string())
}

/// Text up to its closing quote, with `\\` and `\"` undone. The quote may be cut off.
fn unescape(rest: &str) -> String {
    let mut out = String::with_capacity(rest.len());
    let mut chars = rest.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => break,
            '\\' => out.extend(chars.next()),
            _ => out.push(char),
        }
    }
    out
}

/// Bytes written as `61,00,…`. What is no byte is left out.
fn bytes_in(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let byte_of = |piece: &str| {
        if let [high, low] = piece.as_bytes()
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            return Some(high << 4 | low);
        }
        u8::from_str_radix(piece.trim(), 16).ok()
    };
    let mut bytes = Vec::with_capacity(text.len() / "00,".len() + 1);
    bytes.extend(text.split(',').filter_map(byte_of));
    bytes
}

/// Bytes written as `6100…`.
fn pairs(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// Text in UTF-16LE, as version 5 writes it, or in bytes, as version 4 does; its strings on lines.
fn text_of(bytes: &[u8]) -> String {
    let n_zero = bytes.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    let text = if n_zero * 4 >= bytes.len() {
        encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0
    } else {
        String::from_utf8_lossy(bytes)
    };
    text.trim_end_matches('\0').replace('\0', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_data_is_read() {
        let wide = "hex(7):6b,00,6c,00,6d,00,00,00,6d,00,6f,00,75,00,00,00,00,00";
        let table = [
            ("\"C:\\\\a \\\"b\\\"\"", "C:\\a \"b\""),
            ("\"cut off", "cut off"),
            ("dword:0000000a", "10"),
            (wide, "klm\nmou"),
            ("hex(7):6b,6c,6d,00,6d,6f,75,00,00", "klm\nmou"),
            ("hex(2):43,00,3a,00,00,00", "C:"),
            ("REG_MULTI_SZ    klm\\0mou", "klm\nmou"),
            ("REG_DWORD    0x61100", "397568"),
            ("REG_SZ    two words", "two words"),
        ];
        for (data, said) in table {
            assert_eq!(read_value(data), Value::Text(said.to_owned()), "{data}");
        }
        assert_eq!(read_value("hex:0a,ff"), Value::Bytes(vec![10, 255]));
        assert_eq!(read_value("hex:0a,zz,1"), Value::Bytes(vec![10, 1]));
    }
}
