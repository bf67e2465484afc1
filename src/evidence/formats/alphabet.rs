//! How far a list goes that comes in the order of the alphabet.
//!
//! Windows keeps services, drivers and keys sorted, and every device has some behind the letter L. All
//! names of Kaspersky's services, drivers and keys come before it: a sorted list that ends earlier was
//! cut short, and one that goes further shows them all, wherever it was cut.

/// The letter that a whole list goes past.
const PAST: &str = "L";
/// Of so many names one may be out of order: what was added since the start comes last.
const NAMES_EACH: usize = 10;

/// The names of a list, as they come.
#[derive(Debug, Default)]
pub(super) struct Alphabet {
    n_names: usize,
    n_down: usize,
    /// In capitals, as Windows compares.
    last: String,
    next: String,
}

impl Alphabet {
    /// The next name. The same one again is none.
    pub(super) fn pass(&mut self, name: &str) {
        self.next.clear();
        self.next.push_str(name);
        self.next.make_ascii_uppercase();
        if self.next == self.last {
            return;
        }
        self.n_down += usize::from(self.next < self.last);
        self.n_names += 1;
        std::mem::swap(&mut self.last, &mut self.next);
    }

    /// How many names came.
    pub(super) fn len(&self) -> usize {
        self.n_names
    }

    /// Whether the list is sorted and ends before Kaspersky's names could all have come.
    pub(super) fn ends_early(&self) -> bool {
        self.n_names > 0 && self.n_down * NAMES_EACH <= self.n_names && self.last.as_str() < PAST
    }
}

#[cfg(test)]
mod tests {
    use super::Alphabet;

    #[test]
    fn a_sorted_list_that_ends_before_the_letter_is_cut_short() {
        let table: [(&[&str], bool); 6] = [
            (&[], false),
            (&["ACPI", "beep", "cdrom"], true),
            (&["ACPI", "klif", "kneps"], true),
            (&["ACPI", "kbdclass", "lltdio"], false),
            (&["ACPI", "{90160000}"], false),
            (&["Tcpip", "ACPI"], false),
        ];
        for (names, is_cut) in table {
            let mut alphabet = Alphabet::default();
            for name in names {
                alphabet.pass(name);
            }
            assert_eq!(alphabet.ends_early(), is_cut, "{names:?}");
        }
    }
}
