//! Killed at any moment: what was acknowledged is there, and the file is whole.

use crate::shop::{NOW, Shop, customer, today};
use rusqlite::{Connection, OpenFlags};
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::domain::id::ExternalId;
use swapdesk::store::verify::verify;
use swapdesk::store::{NewCase, Store};

/// Names the test that, started with this set to a file, is a program that records without end.
const CHILD: &str = "SWAPDESK_TEST_RECORD_IN";

/// How many times a program is killed, when this does not say otherwise.
const ROUNDS: &str = "SWAPDESK_KILL_ROUNDS";
const ROUNDS_DEFAULT: u64 = 500;

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let rounds = std::env::var(ROUNDS).ok().and_then(|text| text.parse().ok());
    let rounds: u64 = rounds.unwrap_or(ROUNDS_DEFAULT);
    let Shop { store, path, folder, .. } = Shop::stocked(2);
    drop(store);
    let chance = RandomState::new();
    let mut n_acknowledged = 0;
    for round in 0..rounds {
        let child = start(&path);
        // From before the first entry to some dozens of them.
        let wait_us = chance.hash_one(round) % 25_000;
        let acknowledged = kill_after(child, Duration::from_micros(wait_us));
        n_acknowledged += acknowledged.len();
        assert_there(&path, &acknowledged, round);
        if round % 100 == 99 {
            assert!(verify(&path).expect("a report").is_whole(), "round {round}");
        }
    }
    assert!(n_acknowledged > 0, "no program lived long enough");
    let report = verify(&path).expect("a report");
    assert!(report.is_whole(), "{report:?}");
    drop(folder);
}

fn start(path: &Path) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["store_crash::a_program_that_records_until_it_is_killed", "--exact", "--nocapture"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a program")
}

/// Waits until it is ready and a while more, kills it, and gives the entries that it had
/// acknowledged.
fn kill_after(mut child: Child, wait: Duration) -> Vec<String> {
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let is_ready = lines.by_ref().any(|line| line.expect("a line").ends_with("ready"));
    assert!(is_ready, "the program ended by itself");
    std::thread::sleep(wait);
    child.kill().expect("killed");
    let said: Vec<String> = lines.collect::<Result<_, _>>().expect("lines");
    child.wait().expect("its end");
    // Whole lines alone: the last one may be cut.
    let entry =
        |line: &String| line.strip_prefix("entry ").filter(|id| id.len() == 36).map(str::to_owned);
    said.iter().filter_map(entry).collect()
}

fn assert_there(path: &Path, acknowledged: &[String], round: u64) {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE);
    let conn = conn.expect("the file");
    let mut statement =
        conn.prepare("SELECT 1 FROM journal WHERE entry_id = ?1").expect("a statement");
    for entry in acknowledged {
        assert!(statement.exists([entry]).expect("an answer"), "round {round}: {entry} is lost");
    }
}

/// Not a claim of its own: the program that the test above kills.
#[test]
fn a_program_that_records_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let mut store = Store::open(path.as_ref(), NOW).expect("the file");
    let by = store.read().people().expect("people").first().map(|person| person.id);
    let mut out = std::io::stdout().lock();
    let mut tell = |text: String| writeln!(out, "{text}").and_then(|()| out.flush());
    tell("ready".to_owned()).expect("told");
    for n in 0_u64.. {
        let stamp = Stamp::new(NOW, by);
        let id = ExternalId::mint(NOW);
        let customer = customer(&id.0, "Kim", "Killed");
        store.record(stamp, Change::CustomerAdded { customer }).expect("an entry");
        tell(format!("entry {}", stamp.id)).expect("told");
        let stamp = Stamp::new(NOW, by);
        let new = NewCase { customer: id, subscription: None, opened_on: today() };
        store.open_case(stamp, new).expect("a case");
        tell(format!("entry {}", stamp.id)).expect("told");
        if n % 5 == 4 {
            // Also while the log is moved into the file.
            store.checkpoint().expect("moved");
        }
    }
}
