//! Given names and what people are called by them: "Bob" is Robert.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One given name a line, then its nicknames.
const TABLE: &str = include_str!("../../assets/names/nicknames.txt");

/// How two given names belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The other is the full name: typed "Bob", stored "Robert".
    FullName,
    /// The other is the nickname: typed "Robert", stored "Bob".
    Nickname,
}

static RELATED: LazyLock<BTreeMap<&str, Vec<(&str, Relation)>>> = LazyLock::new(|| {
    let mut all: BTreeMap<&str, Vec<(&str, Relation)>> = BTreeMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut names = line.split_ascii_whitespace();
        let Some(full) = names.next() else { continue };
        for nick in names {
            all.entry(nick).or_default().push((full, Relation::FullName));
            all.entry(full).or_default().push((nick, Relation::Nickname));
        }
    }
    all
});

/// The given names that belong to the folded `name`.
pub(super) fn related(name: &str) -> &'static [(&'static str, Relation)] {
    RELATED.get(name).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nicknames_lead_both_ways() {
        assert!(related("bob").contains(&("robert", Relation::FullName)));
        assert!(related("robert").contains(&("bob", Relation::Nickname)));
        assert!(related("peggy").contains(&("margaret", Relation::FullName)));
        assert!(related("zzz").is_empty());
    }
}
