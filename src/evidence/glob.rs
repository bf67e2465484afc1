//! Patterns of the signature file: whole, beginning, part, or with `*` and `#`. ASCII case is ignored.

/// Whether `text` fits `pattern`, where `*` stands for anything and `#` for all the digits and points
/// that follow, at least one. Time is bounded by the product of both lengths, without allocating.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut sign, mut at) = (0, 0);
    // Where to go on after the last star, if what follows it does not fit here.
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let step = match (pattern.get(sign), text.get(at)) {
            (None, None) => return true,
            (Some(b'*'), _) => {
                retry = Some((sign + 1, at));
                Some((sign + 1, at))
            }
            (Some(b'#'), Some(_)) => {
                let rest = text.get(at..).unwrap_or_default();
                let n_digits = rest.iter().take_while(|byte| is_number(**byte)).count();
                (n_digits > 0).then_some((sign + 1, at + n_digits))
            }
            (Some(one), Some(other)) => {
                one.eq_ignore_ascii_case(other).then_some((sign + 1, at + 1))
            }
            _ => None,
        };
        (sign, at) = match (step, retry) {
            (Some(next), _) => next,
            (None, Some((after_star, from))) if from < text.len() => {
                retry = Some((after_star, from + 1));
                (after_star, from + 1)
            }
            (None, _) => return false,
        };
    }
}

fn is_number(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.'
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_and_numbers_stand_for_what_they_say() {
        let table = [
            ("AVP#", "AVP17.0.0", true),
            ("AVP#", "avp", false),
            ("AVP#", "AVP17.0.0b", false),
            ("klupd_*", "KLUPD_klif_arkmon", true),
            ("*@kaspersky.com", "light_plugin_D772@kaspersky.com", true),
            ("*@kaspersky.com", "someone@kaspersky.com.example", false),
            ("tdsskiller*.exe", "tdsskiller.exe", true),
            ("KASPER~#", "KASPER~1", true),
            ("", "", true),
            ("*", "", true),
        ];
        for (pattern, text, is_fit) in table {
            assert_eq!(fits(pattern, text), is_fit, "{pattern} {text}");
        }
    }

    #[test]
    fn many_stars_take_no_more_than_the_product_of_lengths() {
        assert!(!fits(&"*a".repeat(30), &"a".repeat(29).repeat(50).replace("aaa", "aab")[..20]));
    }
}
