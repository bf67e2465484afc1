//! Where the columns of a table begin. They are lined up by what the console shows, in which the signs of
//! Chinese, Japanese and Korean are two cells wide.

/// Columns of the widest table, `driverquery /v`.
const COLUMNS_MAX: usize = 40;
/// What fills the second cell of a wide sign.
const FILLER: char = '\u{0}';

/// Runs of `sign`: where each starts and how wide it is, in characters. `None` if anything else is there.
pub(super) fn spans_of(rule: &str, sign: char) -> Option<Vec<(usize, usize)>> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut was_sign = false;
    for (at, char) in rule.trim_end().chars().enumerate() {
        if char == sign {
            match spans.last_mut().filter(|_| was_sign) {
                Some((_, width)) => *width += 1,
                None => spans.push((at, 1)),
            }
        } else if char != ' ' {
            return None;
        }
        was_sign = char == sign;
        if spans.len() > COLUMNS_MAX {
            return None;
        }
    }
    (!spans.is_empty()).then_some(spans)
}

/// Where the words of a header begin, in characters. Names of columns have no blanks in them.
pub(super) fn word_starts(header: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (at, char) in cells_of(header).into_iter().enumerate() {
        if char != ' ' && before == ' ' {
            starts.push(at);
        }
        before = char;
        if starts.len() > COLUMNS_MAX {
            break;
        }
    }
    starts
}

/// Where the cell of a column begins whose rule begins at `start`: numbers stand to the right, and so
/// reach over the rule's left end.
pub(super) fn cell_start(chars: &[char], start: usize) -> usize {
    let is_text = |at: usize| chars.get(at).is_some_and(|char| *char != ' ');
    let mut at = start;
    if is_text(start) {
        while at > 0 && is_text(at - 1) {
            at -= 1;
        }
    }
    at
}

/// What stands in the cells from `start` up to `end`.
pub(super) fn slice(text: &str, start: usize, end: usize) -> &str {
    if text.is_ascii() {
        return bytes_in(text, start, end);
    }
    let place = |n_cells: usize| {
        let mut n_before = 0;
        let next = text.char_indices().find(|(_, char)| {
            let is_there = n_before >= n_cells;
            n_before += width(*char);
            is_there
        });
        next.map_or(text.len(), |(at, _)| at)
    };
    let start = place(start);
    let end = if end == usize::MAX { text.len() } else { place(end) };
    text.get(start..end).unwrap_or_default()
}

/// The text cell by cell.
pub(super) fn cells_of(text: &str) -> Vec<char> {
    let filler = |char: char| (width(char) > 1).then_some(FILLER);
    text.chars().flat_map(|char| std::iter::once(char).chain(filler(char))).collect()
}

/// Cells that a character takes. Unicode, East Asian Width: wide and full-width forms.
fn width(char: char) -> usize {
    match char {
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{303E}'
        | '\u{3041}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

/// The same of ASCII text, whose characters are bytes.
pub(super) fn bytes_in(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end.min(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_cells_of_the_console() {
        let header = "名称      ID      版本";
        assert_eq!(word_starts(header), [0, 10, 18]);
        let table = [
            ("卡巴斯基  X.Y     21.3", ["卡巴斯基  ", "X.Y     ", "21.3"]),
            ("Git       Git.Git 2.31", ["Git       ", "Git.Git ", "2.31"]),
            ("Über      A.B     1.0", ["Über      ", "A.B     ", "1.0"]),
        ];
        for (row, cells) in table {
            let said =
                [(0, 10), (10, 18), (18, usize::MAX)].map(|(start, end)| slice(row, start, end));
            assert_eq!(said, cells);
        }
        assert_eq!(slice("short", 10, 20), "");
        assert_eq!(slice("短", 10, 20), "");
    }
}
