//! A text that is looked for in every line. By which of its bytes is settled beforehand, by the one
//! that is rarest in logs: to set up a general search takes longer than a line lasts.

/// What is looked for, as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    text: &'static str,
    /// Its rarest byte, and where in it that stands.
    rare: u8,
    offset: usize,
}

impl Piece {
    /// `text` must not be empty.
    pub(super) const fn new(text: &'static str) -> Self {
        assert!(!text.is_empty(), "nothing cannot be looked for");
        let (mut offset, mut rare) = (0, b' ');
        let mut rest = text.as_bytes();
        while let [byte, behind @ ..] = rest {
            if rarity(*byte) >= rarity(rare) {
                (offset, rare) = (text.len() - rest.len(), *byte);
            }
            rest = behind;
        }
        Self { text, rare, offset }
    }

    /// Where it first stands in `text`.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let text = text.as_bytes();
        let mut places = memchr::memchr_iter(self.rare, text.get(self.offset..)?);
        places.find(|at| self.is_at(text, *at))
    }

    /// Where it last stands in `text`.
    pub(super) fn rfind(&self, text: &str) -> Option<usize> {
        let text = text.as_bytes();
        let mut places = memchr::memchr_iter(self.rare, text.get(self.offset..)?).rev();
        places.find(|at| self.is_at(text, *at))
    }

    /// Where it first stands in `text`, whatever the case of its ASCII letters.
    pub(super) fn find_any_case(&self, text: &str) -> Option<usize> {
        let text = text.as_bytes();
        let (lower, upper) = (self.rare.to_ascii_lowercase(), self.rare.to_ascii_uppercase());
        let mut places = memchr::memchr2_iter(lower, upper, text.get(self.offset..)?);
        places.find(|at| {
            let here = text.get(*at..*at + self.text.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(self.text.as_bytes()))
        })
    }

    fn is_at(&self, text: &[u8], at: usize) -> bool {
        text.get(at..).is_some_and(|rest| rest.starts_with(self.text.as_bytes()))
    }

    /// Whether it stands in `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// What stands before its first place, and what behind.
    pub(super) fn split_once<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.around(text, self.find(text)?)
    }

    /// What stands before its last place, and what behind.
    pub(super) fn rsplit_once<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.around(text, self.rfind(text)?)
    }

    fn around<'t>(&self, text: &'t str, at: usize) -> Option<(&'t str, &'t str)> {
        Some((text.get(..at)?, text.get(at + self.text.len()..)?))
    }

    /// What stands before its first place; all of `text` where it isn't.
    pub(super) fn before<'t>(&self, text: &'t str) -> &'t str {
        self.split_once(text).map_or(text, |(before, _)| before)
    }

    /// What stands between its places.
    pub(super) fn split<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut rest = Some(text);
        std::iter::from_fn(move || {
            let whole = rest?;
            let (before, behind) = self.split_once(whole).unzip();
            rest = behind;
            Some(before.unwrap_or(whole))
        })
    }

    /// The same, the last one first.
    pub(super) fn rsplit<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut rest = Some(text);
        std::iter::from_fn(move || {
            let whole = rest?;
            let (before, behind) = self.rsplit_once(whole).unzip();
            rest = before;
            Some(behind.unwrap_or(whole))
        })
    }
}

/// How seldom a byte stands in logs.
const fn rarity(byte: u8) -> usize {
    const BY_FREQUENCY: &[u8] = b" e=rs0aotin1-l\\.pcd2:mSCAEyuk\",643DfPKg7INLFvx8bTMRO)95h(/w_WVBHU>*<YG[]{}z;ZXj|J?+`~@Q%&#q'!$";
    let mut rest = BY_FREQUENCY;
    while let [known, rarer @ ..] = rest {
        if *known == byte {
            break;
        }
        rest = rarer;
    }
    BY_FREQUENCY.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_the_library_finds() {
        const PIECES: [&str; 6] = ["[", " => ", "aab", "; ", "\u{a0}\u{a0}", "] ("];
        let texts = [
            "",
            " ",
            "[",
            "a => b => c",
            "a => => b",
            "aaab aab",
            "; ;; ",
            "x] (y] (",
            "\u{a0}\u{a0}\u{a0}",
            "é => é",
        ];
        for said in PIECES {
            let piece = Piece::new(said);
            for text in texts {
                assert_eq!(piece.find(text), text.find(said), "{said:?} in {text:?}");
                assert_eq!(piece.rfind(text), text.rfind(said), "{said:?} in {text:?}");
                assert_eq!(piece.split_once(text), text.split_once(said));
                assert_eq!(piece.rsplit_once(text), text.rsplit_once(said));
                let upper = text.to_ascii_uppercase();
                assert_eq!(piece.find_any_case(&upper), text.find(said), "{said:?} in {upper:?}");
                assert!(piece.split(text).eq(text.split(said)), "{said:?} in {text:?}");
                assert!(piece.rsplit(text).eq(text.rsplit(said)), "{said:?} in {text:?}");
            }
        }
    }
}
