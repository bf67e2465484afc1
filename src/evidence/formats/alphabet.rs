//! How far a list goes that comes in the order of the alphabet.
//!
//! Windows keeps services, drivers and keys sorted, and every device has some at the alphabet's
//! beginning and some behind the letter L. All names of Kaspersky's services, drivers and keys come
//! between: a sorted list that begins later or ends earlier is a part, of which a console has lost the
//! head, or a copy the end. One that goes all the way shows them all, wherever it was cut.

/// The letter that a whole list goes past.
const PAST: &str = "L";
/// The first of Kaspersky's services and drivers: each Windows has `ACPI` and `ALG` before it.
pub(super) const FIRST_SERVICE: &str = "AVP";
/// The first of its keys of programs: each Windows has `AddressBook` before it.
pub(super) const FIRST_PROGRAM: &str = "INSTALLWIX";
/// The first of its makers' keys: each Windows has `Classes` before it.
pub(super) const FIRST_MAKER: &str = "KASPERSKYLAB";
/// Of so many names one may be out of order: what was added since the start comes last.
const NAMES_EACH: usize = 10;

/// How much of a list its names show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// They come in no order, which tells nothing.
    Unsorted,
    /// Kaspersky's names could stand before the first or behind the last.
    Part,
    /// Kaspersky's names could only stand among them.
    Whole,
}

/// Behind every name: the list is known to begin at its beginning.
pub(super) const AFTER_ALL: &str = "\u{10FFFF}";

/// The names of a list, as they come.
#[derive(Debug, Default)]
pub(super) struct Alphabet {
    n_names: usize,
    n_down: usize,
    n_same: usize,
    /// In capitals, as Windows compares.
    first: String,
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
            self.n_same += 1;
            return;
        }
        if self.n_names == 0 {
            self.first.clone_from(&self.next);
        }
        self.n_down += usize::from(self.next < self.last);
        self.n_names += 1;
        std::mem::swap(&mut self.last, &mut self.next);
    }

    /// How many names came.
    pub(super) fn len(&self) -> usize {
        self.n_names
    }

    /// How much of the list they show, if Kaspersky's first name in such a list is `first`.
    pub(super) fn extent(&self, first: &str) -> Extent {
        match () {
            () if self.n_down * NAMES_EACH > self.n_names => Extent::Unsorted,
            // `wmic` has the computer's name before each row.
            () if self.n_names == 0 || (self.n_names == 1 && self.n_same > 0) => Extent::Unsorted,
            () if self.first.as_str() >= first || self.last.as_str() < PAST => Extent::Part,
            () => Extent::Whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, Extent, FIRST_SERVICE};

    #[test]
    fn a_sorted_list_that_could_lack_kasperskys_names_is_a_part() {
        let table: [(&[&str], Extent); 10] = [
            (&[], Extent::Unsorted),
            (&["FRONTDESK", "FRONTDESK"], Extent::Unsorted),
            (&["ACPI", "beep", "cdrom"], Extent::Part),
            (&["ACPI", "klif", "kneps"], Extent::Part),
            (&["ACPI", "kbdclass", "lltdio"], Extent::Whole),
            (&["ACPI", "{90160000}"], Extent::Whole),
            (&["AudioSrv", "WSearch"], Extent::Whole),
            (&["AVP17.0.0", "WSearch"], Extent::Part),
            (&["BFE", "WSearch"], Extent::Part),
            (&["Tcpip", "ACPI"], Extent::Unsorted),
        ];
        for (names, extent) in table {
            let mut alphabet = Alphabet::default();
            for name in names {
                alphabet.pass(name);
            }
            assert_eq!(alphabet.extent(FIRST_SERVICE), extent, "{names:?}");
        }
    }
}
