//! Keys as they are typed, and what SQLite's own full-text search does with the same keystrokes.

use std::time::Duration;

use cpu_time::ThreadTime;
use rusqlite::Connection;

use crate::people::{Customer, Dice, slip};

/// Ways to type a key.
pub const CLASSES: [&str; 15] = [
    "phone",
    "phone digits",
    "phone +1",
    "phone local",
    "phone last4",
    "phone typo",
    "local typo",
    "e-mail",
    "e-mail local",
    "e-mail typo",
    "code",
    "code start",
    "code end",
    "code misread",
    "receipt end",
];

/// What is typed.
pub fn question(class: &str, person: &Customer, dice: &mut Dice) -> String {
    let digits: String = person.phone.chars().filter(char::is_ascii_digit).collect();
    let local = person.email.split('@').next().unwrap();
    let misread = |letter: char| match letter {
        '8' => 'B',
        'B' => '8',
        '5' => 'S',
        'S' => '5',
        '2' => 'Z',
        'Z' => '2',
        '1' => 'I',
        other => other,
    };
    match class {
        "phone digits" => digits,
        "phone +1" => format!("+1 {}.{}.{}", &digits[..3], &digits[3..6], &digits[6..]),
        "phone local" => format!("{}-{}", &digits[3..6], &digits[6..]),
        "phone last4" => digits[6..].to_owned(),
        "phone typo" => slip(dice, &digits),
        "local typo" => slip(dice, &digits[3..]),
        "e-mail" => person.email.to_uppercase(),
        "e-mail local" => local.to_owned(),
        "e-mail typo" => slip(dice, &person.email),
        "code" => person.code.replace('-', " "),
        "code start" => person.code[..11].to_owned(),
        "code end" => person.code[18..].to_lowercase(),
        "code misread" => person.code.chars().map(misread).collect(),
        "receipt end" => person.receipt[9..].to_owned(),
        _ => person.phone.clone(),
    }
}

/// Of several customers with one key nobody can tell which is meant.
pub fn text_of<'a>(class: &str, person: &'a Customer) -> &'a str {
    match class.split([' ']).next().unwrap() {
        "e-mail" => &person.email,
        "code" => &person.code,
        "receipt" => &person.receipt[9..],
        _ if class == "phone last4" => &person.phone[person.phone.len() - 4..],
        _ if class.contains("local") => &person.phone[6..],
        _ => &person.phone,
    }
}

/// What SQLite's own full-text search does with the same keystrokes: the table's options, and how
/// it is asked.
const PEERS: [(&str, &str, &str); 3] = [
    ("FTS5 prefix, no rank", "prefix = '2 3'", ""),
    ("FTS5 prefix, rank", "prefix = '2 3'", "ORDER BY rank"),
    ("FTS5 trigram", "tokenize = 'trigram'", ""),
];

/// Types `keystrokes` into the first `n_peers` of [`PEERS`], and tells their times beside `p99` of
/// ours.
pub fn peers(people: &[Customer], keystrokes: &[&str], (n_peers, p99): (usize, f64)) {
    for (name, options, order) in PEERS.into_iter().take(n_peers) {
        let db = full_text(people, options);
        let times = typed_into(
            &db,
            keystrokes,
            order,
            if name.contains("prefix") { ["", "*"] } else { ["\"", "\""] },
        );
        let at =
            |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
        println!(
            "  {name:20} p50 {:8.1}  p90 {:8.1}  p99 {:8.1}  max {:8.1}; our p99 is 1/{:.0} of that",
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0),
            at(0.99) / p99
        );
    }
}

/// A file in memory with a line for each customer.
fn full_text(people: &[Customer], options: &str) -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch(&format!("CREATE VIRTUAL TABLE peer USING fts5 (line, {options})")).unwrap();
    let work = db.transaction().unwrap();
    for p in people {
        let line =
            format!("{} {} {} {} {} {}", p.given, p.surname, p.town, p.postcode, p.phone, p.email);
        work.prepare_cached("INSERT INTO peer (line) VALUES (?)").unwrap().execute([line]).unwrap();
    }
    work.commit().unwrap();
    db
}

fn typed_into(
    db: &Connection,
    keystrokes: &[&str],
    order: &str,
    [before, after]: [&str; 2],
) -> Vec<Duration> {
    let sql = format!("SELECT rowid FROM peer WHERE peer MATCH ? {order} LIMIT 10");
    let mut times = Vec::new();
    for typed in keystrokes {
        let words =
            typed.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        // Of fewer letters than three there is no trigram: nothing is found.
        let query: Vec<String> = words.map(|word| format!("{before}{word}{after}")).collect();
        if query.is_empty() {
            continue; // Only a parenthesis so far.
        }
        let start = ThreadTime::now();
        let ids: Vec<i64> = db
            .prepare_cached(&sql)
            .unwrap()
            .query_map([query.join(" ")], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        times.push(start.elapsed());
        std::hint::black_box(ids);
    }
    times.sort();
    times
}
