//! What SQLite does in the same run: keys by ranges of a table, as the store reads them, and FTS5
//! prefix search of everything as the peer for names.

use std::time::Duration;

use cpu_time::ThreadTime;
use rusqlite::{Connection, params};
use swapdesk::lookup::key::{Column, Probe, Stage};
use swapdesk::lookup::query::{Query, parse};
use swapdesk::lookup::rank::{Hit, KeyHit, Tier, merge};

use crate::people::{Customer, Dice, slip};

const COLUMNS: [Column; 10] = [
    Column::Phone,
    Column::PhoneLocal,
    Column::PhoneBackward,
    Column::Email,
    Column::EmailBackward,
    Column::EmailInside,
    Column::Code,
    Column::CodeBackward,
    Column::Receipt,
    Column::ReceiptBackward,
];

fn text(column: Column, person: &Customer) -> &str {
    match column {
        Column::Email | Column::EmailBackward | Column::EmailInside => &person.email,
        Column::Code | Column::CodeBackward => &person.code,
        Column::Receipt | Column::ReceiptBackward => &person.receipt,
        _ => &person.phone,
    }
}

/// A file in memory with every key of every customer.
pub fn keys(people: &[Customer]) -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE TABLE key (col TEXT, key TEXT, id INTEGER, PRIMARY KEY (col, key, id)) WITHOUT ROWID;
         CREATE VIRTUAL TABLE inside USING fts5 (key, tokenize = trigram, detail = none);",
    )
    .unwrap();
    let work = db.transaction().unwrap();
    for (id, person) in people.iter().enumerate() {
        for column in COLUMNS {
            let Some(key) = column.key(text(column, person)) else { continue };
            let sql = match column {
                Column::EmailInside => "INSERT INTO inside (key, rowid) VALUES (?2, ?3)",
                _ => "INSERT INTO key VALUES (?1, ?2, ?3)",
            };
            let parameters = params![format!("{column:?}"), key, id as i64];
            let mut insert = work.prepare_cached(sql).unwrap();
            if column == Column::EmailInside {
                insert.execute(params![rusqlite::types::Null, key, id as i64]).unwrap();
            } else {
                insert.execute(parameters).unwrap();
            }
        }
    }
    work.commit().unwrap();
    db
}

fn read(db: &Connection, people: &[Customer], probe: &Probe) -> Vec<KeyHit> {
    let ids: Vec<i64> = match probe.span.bounds() {
        Some((from, until)) => db
            .prepare_cached("SELECT id FROM key WHERE col = ? AND key >= ? AND key < ? LIMIT ?")
            .unwrap()
            .query_map(
                params![format!("{:?}", probe.column), from, until, probe.rows_max() as i64],
                |row| row.get(0),
            )
            .unwrap()
            .map(Result::unwrap)
            .collect(),
        None => Vec::new(),
    };
    ids.into_iter()
        .filter_map(|id| probe.judge(id, text(probe.column, &people[id as usize])))
        .collect()
}

fn look_up(db: &Connection, people: &[Customer], query: &Query) -> Vec<Hit> {
    let mut hits = Vec::new();
    for stage in [Stage::First, Stage::Fallback] {
        for probe in query.probes.iter().filter(|probe| probe.stage == stage) {
            hits.extend(read(db, people, probe));
        }
        if hits.len() >= 10 || hits.iter().any(|hit| hit.tier == Tier::Exact) {
            break;
        }
    }
    merge(Vec::new(), hits, 10)
}

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

/// Recall of every class of keys, and what a query costs with its reads.
pub fn key_recall(people: &[Customer]) {
    let db = keys(people);
    println!("keys in SQLite      @1    @10   p50 us  max us");
    let mut dice = Dice(11);
    for class in CLASSES {
        let (mut first, mut ten, mut times) = (0, 0, Vec::new());
        for _ in 0..80 {
            let row = dice.below(people.len());
            let typed = question(class, &people[row], &mut dice);
            let start = ThreadTime::now();
            let hits = look_up(&db, people, &parse(&typed));
            times.push(start.elapsed());
            let meant = text_of(class, &people[row]);
            let is_meant = |hit: &Hit| text_of(class, &people[hit.row as usize]) == meant;
            first += usize::from(hits.first().is_some_and(is_meant));
            ten += usize::from(hits.iter().any(is_meant));
            if std::env::var_os("MISSES").is_some() && !hits.first().is_some_and(is_meant) {
                println!("  {class}: {typed:?} meant {meant}, first {:?}", hits.first());
            }
        }
        times.sort();
        let us = |time: Duration| time.as_secs_f64() * 1e6;
        println!(
            "  {class:14} {:.3} {:.3} {:8.0} {:8.0}",
            f64::from(first as u32) / 80.0,
            f64::from(ten as u32) / 80.0,
            us(times[40]),
            us(times[79])
        );
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
pub fn peers(people: &[Customer], keystrokes: &[String], (n_peers, p99): (usize, f64)) {
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
            "  {name:20} p50 {:8.1}  p90 {:8.1}  p99 {:8.1}  max {:8.1}; p99 of names is 1/{:.0} of that",
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
    keystrokes: &[String],
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
