//! Many sorted lists in two arrays: for each key, the numbers that belong to it.

/// For each key from 0, a list of numbers, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Where each key's list starts in `items`, and one end.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Sorts `pairs` of key and number by key; `pairs` is walked twice. Keys from `n_keys` on are
    /// dropped.
    pub(super) fn build<I>(n_keys: usize, pairs: I) -> Self
    where
        I: Iterator<Item = (u32, u32)> + Clone,
    {
        let mut starts = vec![0_u32; n_keys + 1];
        for (key, _) in pairs.clone() {
            if (key as usize) < n_keys
                && let Some(count) = starts.get_mut(key as usize + 1)
            {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut items = vec![0_u32; sum as usize];
        for (key, number) in pairs.filter(|(key, _)| (*key as usize) < n_keys) {
            if let Some(place) = next.get_mut(key as usize)
                && let Some(item) = items.get_mut(*place as usize)
            {
                *item = number;
                *place += 1;
            }
        }
        Self { starts, items }
    }

    /// The numbers of `key`; none for a key that was never there.
    pub(super) fn of(&self, key: u32) -> &[u32] {
        self.starts
            .get(key as usize..)
            .and_then(|starts| match starts {
                [from, until, ..] => self.items.get(*from as usize..*until as usize),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        (self.starts.capacity() + self.items.capacity()) * 4
    }
}

/// The part of the ascending `list` that lies in `from..until`.
pub(super) fn between(list: &[u32], from: u32, until: u32) -> &[u32] {
    let start = list.partition_point(|number| *number < from);
    let rest = list.get(start..).unwrap_or_default();
    let n = rest.partition_point(|number| *number < until);
    rest.get(..n).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_numbers_in_order() {
        let pairs = [(2, 7), (0, 1), (2, 8), (9, 5), (0, 3)];
        let lists = Lists::build(3, pairs.iter().copied());
        assert_eq!(lists.of(0), [1, 3]);
        assert!(lists.of(1).is_empty());
        assert_eq!(lists.of(2), [7, 8]);
        assert!(lists.of(3).is_empty());
        assert!(lists.of(u32::MAX).is_empty());
        assert!(Lists::default().of(0).is_empty());
        assert_eq!(between(&[1, 4, 4, 9], 4, 9), [4, 4]);
        assert!(between(&[1, 4], 5, 2).is_empty());
    }
}
