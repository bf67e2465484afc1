//! Looks for hundreds of needles at once, several bytes at a time: most lines hold none, and a search
//! that steps through each byte takes as long as all the rest of reading them.
//!
//! Of each needle two neighboring groups of three bytes are kept. Wherever the needle stands, one of
//! the two begins at an even place, so every other place is enough to look at. Where a kept group
//! stands, its needles are compared with the text.

/// Slots that groups are sorted into. Their marks stay small enough for the fastest memory.
const N_SLOTS: usize = 1 << 17;
/// Slots that are looked up together, once one of them is marked.
const SLOTS_EACH: usize = 16;
/// Bits of one word.
const WORD_BITS: usize = 64;
/// Bytes that one step goes on: of eight bytes, the groups at 0, 2 and 4 are whole.
const STEP: usize = 6;
/// Bytes of two steps.
const LONG_BYTES: usize = STEP + 8;
/// The bit in which capitals differ from small letters; a few signs fall together by it too.
const FOLD: u64 = 0x2020_2020_2020_2020;

/// Texts of at least three bytes, found in either case of their ASCII letters.
#[derive(Debug)]
pub(in crate::evidence) struct Needles {
    texts: Vec<String>,
    /// A bit for each slot that has a group.
    marks: Box<[u64; N_SLOTS / WORD_BITS]>,
    groups: Vec<Group>,
    /// For each [`SLOTS_EACH`] slots, where their groups begin; behind the last, where they end.
    starts: Vec<u32>,
}

/// Three bytes of a needle, and where in it they stand.
#[derive(Debug, Clone, Copy)]
struct Group {
    slot: usize,
    needle: usize,
    offset: isize,
}

impl Needles {
    /// A search for these. A shorter one could not be found everywhere, and is left out.
    pub(in crate::evidence) fn new(needles: Vec<String>) -> Self {
        let mut groups = Vec::new();
        for (at, needle) in needles.iter().enumerate() {
            let mut keep = |bytes: [u8; 3], offset| {
                groups.push(Group { slot: slot(word(&bytes)), needle: at, offset });
            };
            if let &[a, b, c] = needle.as_bytes() {
                keep([a, b, c], 0);
                // At an odd place, the group before begins with whatever stands there.
                (0..=u8::MAX).for_each(|before| keep([before, a, b], -1));
            }
            let fours = (0..).zip(needle.as_bytes().windows(4));
            if let Some((offset, &[a, b, c, d])) = fours.max_by_key(|(_, four)| rarity(four)) {
                keep([a, b, c], offset);
                keep([b, c, d], offset + 1);
            }
        }
        groups.sort_by_key(|group| group.slot);
        let mut starts = Vec::with_capacity(N_SLOTS / SLOTS_EACH + 1);
        for (at, group) in (0..).zip(&groups) {
            starts.resize(starts.len().max(group.slot / SLOTS_EACH + 1), at);
        }
        starts.resize(N_SLOTS / SLOTS_EACH + 1, groups.len() as u32);
        let mut marks = Box::new([0; N_SLOTS / WORD_BITS]);
        for group in &groups {
            if let Some(word) = marks.get_mut(group.slot / WORD_BITS) {
                *word |= 1 << (group.slot % WORD_BITS);
            }
        }
        Self { texts: needles, marks, groups, starts }
    }

    /// Where in `text` from `from` on a needle stands: the first, as far as they don't overlap.
    pub(in crate::evidence) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        // Most of a text is gone through in longer steps, with one question for each.
        while let Some(bytes) = text.get(at..).and_then(|rest| rest.first_chunk::<LONG_BYTES>()) {
            let [low, high] = ends_of(bytes);
            let marked = self.marks_at(low) | self.marks_at(high);
            if marked != 0
                && let Some(found) = self
                    .found_at(text, from, at, low)
                    .or_else(|| self.found_at(text, from, at + STEP, high))
            {
                return Some(found);
            }
            at += 2 * STEP;
        }
        while let Some(rest) = text.get(at..).filter(|rest| rest.len() > 1) {
            if let Some(found) = self.found_at(text, from, at, word(rest)) {
                return Some(found);
            }
            at += STEP;
        }
        None
    }

    /// Where a needle begins that has one of the three groups at `at`, whose bytes are these.
    fn found_at(&self, text: &[u8], from: usize, at: usize, bytes: u64) -> Option<usize> {
        (at..).step_by(2).zip([bytes, bytes >> 16, bytes >> 32]).find_map(|(place, bytes)| {
            let is_marked = self.mark_at(bytes) != 0;
            is_marked.then(|| self.at(text, from, place, slot(bytes))).flatten()
        })
    }

    /// Whether one of the three groups of these bytes is a needle's: 1 if so, without a branch.
    fn marks_at(&self, bytes: u64) -> u64 {
        self.mark_at(bytes) | self.mark_at(bytes >> 16) | self.mark_at(bytes >> 32)
    }

    fn mark_at(&self, bytes: u64) -> u64 {
        let slot = slot(bytes);
        self.marks.get(slot / WORD_BITS).map_or(0, |word| word >> (slot % WORD_BITS) & 1)
    }

    /// Where the needle begins of which a group stands at `place`.
    fn at(&self, text: &[u8], from: usize, place: usize, slot: usize) -> Option<usize> {
        let bounds = self.starts.get(slot / SLOTS_EACH..)?.first_chunk::<2>()?;
        let [first, end] = bounds.map(|at| at as usize);
        let groups = self.groups.get(first..end)?;
        groups.iter().filter(|group| group.slot == slot).find_map(|group| {
            let needle = self.texts.get(group.needle)?.as_bytes();
            let start = place.checked_add_signed(-group.offset).filter(|start| *start >= from)?;
            let here = text.get(start..start + needle.len())?;
            here.eq_ignore_ascii_case(needle).then_some(start)
        })
    }
}

/// Eight bytes at either end, six apart, as numbers.
fn ends_of(bytes: &[u8; LONG_BYTES]) -> [u64; 2] {
    let low = bytes.first_chunk().copied().unwrap_or_default();
    let high = bytes.last_chunk().copied().unwrap_or_default();
    [word_of(low), word_of(high)]
}

/// Up to eight bytes as a number, folded.
fn word(bytes: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte);
    word_of(eight)
}

fn word_of(eight: [u8; 8]) -> u64 {
    u64::from_le_bytes(eight) | FOLD
}

/// The slot of a number's first three bytes.
fn slot(bytes: u64) -> usize {
    let three = (bytes & 0x00FF_FFFF) as u32;
    // The upper bits of a product depend on all bits of the group.
    (three.wrapping_mul(0x9E37_79B1) >> 15) as usize
}

/// How seldom four bytes stand in logs: the more, the fewer places are compared.
fn rarity(four: &[u8]) -> (bool, bool, usize) {
    const BY_FREQUENCY: &[u8] = b" e\\it0-ors.an1l2cmd35x4p68fw79u_y:h({gbvk,}zjq)";
    let rank = |byte: &u8| {
        let lower = byte.to_ascii_lowercase();
        BY_FREQUENCY.iter().position(|known| *known == lower).unwrap_or(BY_FREQUENCY.len())
    };
    let is_rare = |three: Option<&[u8]>| {
        three.is_some_and(|three| memchr::memmem::find(COMMON.as_bytes(), three).is_none())
    };
    let (head, tail) = (is_rare(four.get(..3)), is_rare(four.get(1..)));
    (head && tail, head || tail, four.iter().map(rank).sum())
}

/// Words that stand in logs of every device.
const COMMON: &str = " microsoft windows program files (x86) common system32 drivers services software \
    security center internet explorer current version network application data local appdata roaming \
    users default desktop listening endpoint protection module manager memory installed update client \
    control event viewer kernel display name running stopped started manual disabled enabled type state \
    path unknown total free antivirus firewall file folder link created modified company corporation \
    server virtual audio device intel nvidia google chrome adobe java task scanned admin domain session \
    console process image publisher plugin extension toolbar registry startup fault value error \
    information platform restore point shell icon overlay identifier package ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needle_is_found_wherever_it_stands_and_however_it_is_written() {
        let all = ["avp", "kasper", "klif", "касперск", "{8636"];
        let needles = Needles::new(all.map(str::to_owned).to_vec());
        for needle in all {
            for n_before in 0..20 {
                for n_after in 0..10 {
                    let written = needle.to_ascii_uppercase();
                    let text = "-".repeat(n_before) + &written + &"-".repeat(n_after);
                    assert_eq!(needles.find(text.as_bytes(), 0), Some(n_before), "{text}");
                    assert_eq!(needles.find(text.as_bytes(), n_before + 1), None, "{text}");
                }
            }
        }
    }

    #[test]
    fn what_only_begins_or_ends_like_a_needle_is_none() {
        let needles = Needles::new(["avp", "kasper"].map(str::to_owned).to_vec());
        for text in ["", "a", "av", "kaspe", "asper", "kasp\u{0}er", "ka sper a vp"] {
            for n_before in 0..8 {
                let text = " ".repeat(n_before) + text;
                assert_eq!(needles.find(text.as_bytes(), 0), None, "{text}");
            }
        }
    }
}
