//! 1,000,000 customers: how long the import takes against SQLite alone, and how much memory.
//!
//! In one run: rows through a prepared insert of the bundled SQLite into the same table with the
//! same indexes, `sqlite3`'s own `.import` into that table when the program is there, and our
//! import of the same file. `cargo bench --bench import` and, for fewer rows, `-- 100000`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark prints its figures and ends where something fails"
)]

use rusqlite::{Connection, params_from_iter};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use swapdesk::domain::customer::Customer;
use swapdesk::domain::entry::Stamp;
use swapdesk::domain::intake::ImportEnd;
use swapdesk::domain::time::Moment;
use swapdesk::exchange::csv::RowFile;
use swapdesk::store::Store;
use swapdesk::store::import::{ImportJob, ImportMode};

const NOW: Moment = Moment(1_507_220_100_000);
const HEADER: &str = "external_id,given_name,surname,phone,email,street,city,state,postcode";

/// The goals: at most three times as long, in less than 200 MB.
const RATIO_MAX: f64 = 3.0;
const RSS_KIB_MAX: u64 = 200 * 1024;

fn main() -> io::Result<()> {
    // Cargo hands `--bench` over too.
    let n_rows = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir()?;
    let csv = folder.path().join("customers.csv");
    generate(&csv, n_rows)?;
    println!("{n_rows} customers, {} MB of CSV", std::fs::metadata(&csv)?.len() / 1_000_000);

    // Ours goes first: the peak of memory can only grow.
    let before = peak_rss_kib();
    let desk = folder.path().join("desk.swapdesk");
    let ours = time(|| import(&desk, &csv, n_rows));
    let rss = peak_rss_kib();
    println!("ours         {:>7.1} s, peak memory {} MB", ours.as_secs_f64(), rss / 1_024);
    println!("             (before it {} MB)", before / 1_024);
    let again = time(|| import(&desk, &csv, 0));
    println!("ours again   {:>7.1} s, nothing changed", again.as_secs_f64());

    let plain = folder.path().join("plain.db");
    let schema = table_with_indexes(&desk);
    Connection::open(&plain).and_then(|conn| conn.execute_batch(&schema)).expect("a table");
    let inserts = time(|| prepared_inserts(&plain, &csv));
    tell("inserts", inserts, ours);

    let shell = folder.path().join("shell.db");
    Connection::open(&shell).and_then(|conn| conn.execute_batch(&schema)).expect("a table");
    let Some(shell) = sqlite3_import(&shell, &csv) else {
        println!("sqlite3 is not there: only the prepared inserts were compared");
        return Ok(());
    };
    tell(".import", shell, ours);
    assert!(ours.as_secs_f64() <= RATIO_MAX * shell.as_secs_f64(), "slower than the goal");
    assert!(rss < RSS_KIB_MAX, "more memory than the goal");
    Ok(())
}

fn tell(what: &str, theirs: Duration, ours: Duration) {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{what:<12} {:>7.1} s, ours takes {ratio:.2} of it", theirs.as_secs_f64());
}

fn time(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// The most memory that this process ever held, in KiB; 0 where the system does not say.
fn peak_rss_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or_default()
}

/// Made-up customers, in no order: names repeat as names do, ids and phones don't.
fn generate(path: &Path, n_rows: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "{HEADER}")?;
    let mut chance = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |bound: u64| {
        // xorshift64: the same file in every run.
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        chance % bound
    };
    for n in 0..n_rows {
        // A multiplication by an odd number keeps 2^30 ids apart and in no order.
        let id = n.wrapping_mul(0x2545_F491) & 0x3FFF_FFFF;
        let (given, surname) = (word(next(5_000)), word(1_000 + next(150_000)));
        let (area, line) = (200 + next(800), next(10_000_000));
        writeln!(
            out,
            "M{id:09},{given},{surname},({area}) {:03}-{:04},{}.{}{}@example.com,{} {} St,{},{},{:05}",
            line / 10_000,
            line % 10_000,
            given.to_lowercase(),
            surname.to_lowercase(),
            next(1_000),
            1 + next(9_999),
            word(next(3_000)),
            word(next(2_000)),
            ["MN", "PA", "NJ", "TX"].get(next(4) as usize).unwrap_or(&"MN"),
            next(100_000)
        )?;
    }
    out.flush()
}

/// A word that can be spoken, a different one for each number.
fn word(number: u64) -> String {
    let (consonants, vowels) = (b"bdfgklmnprstvz", b"aeiou");
    let mut rest = number + 70;
    let mut text = String::new();
    while rest > 0 {
        let pair = rest % 70;
        text.push(char::from(consonants[(pair / 5) as usize]));
        text.push(char::from(vowels[(pair % 5) as usize]));
        rest /= 70;
    }
    text[..1].to_uppercase() + &text[1..]
}

fn import(desk: &Path, csv: &Path, n_added: u64) {
    let mut store = Store::open(desk, NOW).expect("a file");
    let mut rows = RowFile::<Customer>::open(csv).expect("a header");
    let mut watch = |_| ControlFlow::Continue(());
    let stamp = Stamp::new(NOW, None);
    let job = ImportJob { stamp, mode: ImportMode::Keep, watch: &mut watch };
    let end = store.import_customers(&mut rows, job).expect("an import");
    let ImportEnd::Done(counts) = end else { panic!("stopped") };
    assert_eq!((counts.n_added, counts.n_refused), (n_added, 0));
}

/// A table of the file's nine columns with as many indexes as ours has. Ours are over folded
/// columns, which a plain import can't fill: here the columns they are folded from stand in.
fn table_with_indexes(desk: &Path) -> String {
    let conn = Connection::open(desk).expect("our file");
    let sql = "SELECT sql FROM sqlite_schema WHERE tbl_name = 'customer' AND sql IS NOT NULL";
    let mut statement = conn.prepare(sql).expect("SQL");
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    let indexes: Vec<String> = rows
        .map(|sql| sql.expect("SQL"))
        .filter(|sql| sql.starts_with("CREATE INDEX"))
        // Of second phones and ids with signs in them there are none here.
        .filter(|sql| !sql.contains("phone2_key") && !sql.contains("id_key"))
        .map(|sql| {
            // Each key column's source stands in for it.
            let sql = sql.split("WHERE").next().unwrap_or_default().to_owned();
            [
                ("(name_key)", "(surname, given_name)"),
                ("(given_key)", "(given_name, surname)"),
                ("(phone_key)", "(phone)"),
                ("(phone_rkey)", "(phone, external_id)"),
                ("(phone2_rkey)", "(postcode)"),
                ("(email_key)", "(email)"),
                ("(member_key)", "(city)"),
                ("(substr(phone_key, -7), phone_key)", "(substr(phone, -7), phone)"),
                ("(email_rkey, email_key)", "(email, city)"),
                ("(changed_in)", "(state)"),
            ]
            .iter()
            .fold(sql, |sql, (key, source)| sql.replace(key, source))
        })
        .collect();
    let columns = HEADER.replace(',', " TEXT NOT NULL, ").replacen("TEXT", "TEXT UNIQUE", 1);
    format!("CREATE TABLE customer ({columns} TEXT NOT NULL);\n{};", indexes.join(";\n"))
}

fn prepared_inserts(file: &Path, csv: &Path) {
    let mut conn = Connection::open(file).expect("a file");
    let tx = conn.transaction().expect("a transaction");
    {
        let sql = "INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let mut insert = tx.prepare(sql).expect("SQL");
        let mut rows = csv::Reader::from_path(csv).expect("CSV");
        let mut row = csv::StringRecord::new();
        while rows.read_record(&mut row).expect("a row") {
            insert.execute(params_from_iter(row.iter())).expect("inserted");
        }
    }
    tx.commit().expect("committed");
}

fn sqlite3_import(file: &Path, csv: &Path) -> Option<Duration> {
    let begun = Instant::now();
    let mut child = Command::new("sqlite3").arg(file).stdin(Stdio::piped()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    writeln!(input, ".mode csv\n.import --skip 1 \"{}\" customer", csv.display()).ok()?;
    drop(input);
    let status = child.wait().ok()?;
    status.success().then(|| begun.elapsed())
}
