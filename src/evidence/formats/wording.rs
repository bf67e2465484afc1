//! Words of states in the languages that Windows and the log tools speak.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::domain::evidence::trace::State;
use crate::evidence::signatures::needles::Needles;

const ON: [&str; 15] = [
    "enabled",
    "włączon",
    "wlaczon",
    "aktivier",
    "activé",
    "active",
    "habilitad",
    "activad",
    "включен",
    "включён",
    "ingeschakeld",
    "abilitato",
    "zapnut",
    "ativad",
    "启用",
];
const OFF: [&str; 16] = [
    "disabled",
    "wyłączon",
    "wylaczon",
    "deaktivier",
    "désactivé",
    "desactive",
    "deshabilitad",
    "desactivad",
    "desabilitad",
    "отключен",
    "отключён",
    "выключен",
    "uitgeschakeld",
    "disabilitato",
    "desativad",
    "禁用",
];
const OLD: [&str; 17] = [
    "out of date",
    "out of  date",
    "outdated",
    "nieaktualn",
    "veraltet",
    "nicht aktuell",
    "obsol",
    "desactualizad",
    "no actualizad",
    "non à jour",
    "pas à jour",
    "устарел",
    "verouderd",
    "non aggiornat",
    "desatualizad",
    "niet bijgewerkt",
    "过期",
];
const NEW: [&str; 15] = [
    "up to date",
    "up-to-date",
    "updated",
    "aktualn",
    "aktuell",
    "neuesten stand",
    "à jour",
    "a jour",
    "actualizad",
    "atualizad",
    "обновлен",
    "актуальн",
    "aggiornat",
    "bijgewerkt",
    "最新",
];

/// Whether a phrase says that something is on or off.
pub(super) fn state_in(phrase: &str) -> State {
    static SEARCHES: LazyLock<[Needles; 2]> = LazyLock::new(|| [search(&OFF), search(&ON)]);
    let phrase = lower(phrase);
    let [off, on] = &*SEARCHES;
    if off.find(phrase.as_bytes(), 0).is_some() {
        State::Disabled
    } else if on.find(phrase.as_bytes(), 0).is_some() {
        State::Enabled
    } else {
        State::Unknown
    }
}

/// Whether a phrase says that definitions are current.
pub(super) fn current_in(phrase: &str) -> Option<bool> {
    static SEARCHES: LazyLock<[Needles; 2]> = LazyLock::new(|| [search(&OLD), search(&NEW)]);
    let phrase = lower(phrase);
    let [old, new] = &*SEARCHES;
    if old.find(phrase.as_bytes(), 0).is_some() {
        Some(false)
    } else {
        new.find(phrase.as_bytes(), 0).is_some().then_some(true)
    }
}

fn search(words: &[&str]) -> Needles {
    Needles::new(words.iter().map(|word| (*word).to_owned()).collect())
}

/// The phrase in small letters. The search itself takes ASCII letters in either case.
fn lower(phrase: &str) -> Cow<'_, str> {
    if phrase.is_ascii() { Cow::Borrowed(phrase) } else { Cow::Owned(phrase.to_lowercase()) }
}

/// What `productState` of Security Center says: on, and current. Community decoding; Microsoft
/// publishes only the meaning of the second byte's upper half (0 off, 1 on, 2 snoozed, 3 expired).
pub(super) fn product_state(number: &str) -> (State, Option<bool>) {
    let Ok(number) = number.trim().parse::<u32>() else { return (State::Unknown, None) };
    let state = if number & 0xF000 == 0x1000 { State::Enabled } else { State::Disabled };
    (state, Some(number & 0x00F0 == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_in_several_languages() {
        let table = [
            ("Enabled - Up to date", State::Enabled, Some(true)),
            ("Disabled - Out of date", State::Disabled, Some(false)),
            ("Włączony - Aktualny", State::Enabled, Some(true)),
            ("Wyłączony - Nieaktualny", State::Disabled, Some(false)),
            ("Deaktiviert - Veraltet", State::Disabled, Some(false)),
            ("Désactivé - À jour", State::Disabled, Some(true)),
            ("Включен - Устарел", State::Enabled, Some(false)),
            ("Desativado - Desatualizado", State::Disabled, Some(false)),
            ("Ativado - Atualizado", State::Enabled, Some(true)),
            ("Ingeschakeld - Bijgewerkt", State::Enabled, Some(true)),
            ("启用 - 最新", State::Enabled, Some(true)),
            ("Disabled/Updated", State::Disabled, Some(true)),
            ("?", State::Unknown, None),
        ];
        for (phrase, state, current) in table {
            assert_eq!((state_in(phrase), current_in(phrase)), (state, current), "{phrase}");
        }
    }

    #[test]
    fn product_state_is_decoded() {
        let table = [
            ("397568", State::Enabled, Some(true)),
            ("266240", State::Enabled, Some(true)),
            ("262144", State::Disabled, Some(true)),
            ("393472", State::Disabled, Some(true)),
            ("266256", State::Enabled, Some(false)),
            ("", State::Unknown, None),
        ];
        for (number, state, current) in table {
            assert_eq!(product_state(number), (state, current), "{number}");
        }
    }
}
