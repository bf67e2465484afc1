//! From a key press to the finished frame, with 100,000 customers in the file: the real window,
//! without a graphics card.
//!
//! Two times are taken for each key. *Frame*: the key is taken in, the page drawn and cut into
//! triangles. *Answer*: until the frame that shows what was found. In the same run, on the same
//! file, for the same keys: a scan with LIKE, as a search without an index would do it.
//! `cargo bench --bench frame`, and for fewer customers `-- 10000`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark prints its figures and ends where something fails"
)]

use egui::{Key, Modifiers};
use rusqlite::{Connection, OpenFlags};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};
use swapdesk::app::Setup;
use swapdesk::app::clock::Clock;
use swapdesk::app::config::Config;
use swapdesk::app::driver::{Driver, Screen};
use swapdesk::app::files::Desktop;
use swapdesk::app::outside::Dialogs;
use swapdesk::domain::customer::Customer;
use swapdesk::domain::entry::{FileMark, Stamp};
use swapdesk::domain::id::ExternalId;
use swapdesk::domain::intake::Intake;
use swapdesk::domain::time::Moment;
use swapdesk::store::Store;
use swapdesk::store::import::{ImportJob, ImportMode};

const NOW: Moment = Moment(1_507_220_100_000);
const GIVEN: [&str; 12] = [
    "Amara", "James", "Maria", "Wei", "Priya", "Otto", "Ines", "Tomas", "Zoe", "Hassan", "Yuki",
    "Grace",
];
const SURNAME: [&str; 14] = [
    "Okafor",
    "Anderson",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Garcia",
    "Haddad",
    "Ivanova",
    "Kowalski",
    "Nakamura",
    "Petrov",
    "Quinn",
    "Rossi",
    "Schneider",
];
/// What is typed: names, a phone number, its end, an e-mail address, and what is in no file.
const TYPED: [&str; 8] = [
    "okafor amara",
    "garcia 77",
    "nakamura",
    "612 555 0142",
    "0142",
    "yuki4242@example.com",
    "M0004711",
    "zzyzx",
];

fn main() {
    // Cargo hands `--bench` over too.
    let n_customers = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.swapdesk");
    fill(&path, n_customers);
    let began = Instant::now();
    let mut driver = Driver::open(setup(&path), Screen::default()).expect("a window");
    println!("{n_customers} customers; opened in {:.0} ms", ms(began.elapsed()));

    let (mut frames, mut answers) = (Vec::new(), Vec::new());
    for typed in TYPED {
        driver.press(Modifiers::NONE, Key::Escape);
        for letter in typed.chars() {
            let pressed = Instant::now();
            driver.queue_text(&letter.to_string());
            draw(&mut driver);
            frames.push(pressed.elapsed());
            while !driver.is_at_rest() {
                draw(&mut driver);
            }
            answers.push(pressed.elapsed());
            // Fingers need longer than the window, and a burst would be taken for a scan.
            std::thread::sleep(Duration::from_millis(40));
        }
    }
    let scans = like_scans(&path);
    tell("key to finished frame", &mut frames);
    tell("key to frame with the answer", &mut answers);
    let mut scans = scans;
    tell("LIKE scan of the same file, the search alone", &mut scans);
}

fn draw(driver: &mut Driver) {
    driver.frame();
    assert!(!driver.triangles().is_empty(), "nothing was drawn");
}

fn setup(path: &Path) -> Setup {
    Setup {
        path: path.to_owned(),
        clock: Clock::still(NOW),
        dialogs: Dialogs::Prepared(std::sync::Arc::default()),
        desktop: Desktop::Record(std::sync::Arc::default()),
        config: Config::default(),
        renderer: "bench",
    }
}

fn customer(idx: usize) -> Customer {
    let (given, surname) = (GIVEN[idx % 12], SURNAME[idx / 12 % 14]);
    Customer {
        external_id: ExternalId(format!("M{idx:07}")),
        given_name: given.to_owned(),
        surname: if idx.is_multiple_of(3) {
            surname.to_owned()
        } else {
            format!("{surname}{}", idx % 997)
        },
        phone: format!("({}) 555-{:04}", 200 + idx % 800, idx % 10_000),
        phone2: String::new(),
        email: format!("{}{idx}@example.com", given.to_lowercase()),
        street: format!("{idx} Penn Ave S"),
        city: "Richfield".to_owned(),
        state: "MN".to_owned(),
        postcode: format!("{:05}", 55_001 + idx % 800),
        member_id: String::new(),
    }
}

fn fill(path: &Path, n_customers: usize) {
    let mut store = Store::open(path, NOW).expect("a file");
    let file = FileMark { name: "customers.csv".to_owned(), sha256: "0".repeat(64) };
    let rows = (0..n_customers).map(|idx| {
        let line_no = idx as u64 + 2;
        Intake::Row { line_no, at_byte: 0, row: customer(idx) }
    });
    let mut rows = rows.chain([Intake::End(file)]);
    let mut watch = |_| ControlFlow::Continue(());
    let job = ImportJob { stamp: Stamp::new(NOW, None), mode: ImportMode::Keep, watch: &mut watch };
    store.import_customers(&mut rows, job).expect("imported");
}

/// The same keys, each answered by reading every row.
fn like_scans(path: &Path) -> Vec<Duration> {
    const SQL: &str = "SELECT external_id, given_name, surname, phone FROM customer \
        WHERE name_key LIKE ?1 OR given_key LIKE ?1 OR phone_key LIKE ?1 OR email_key LIKE ?1 \
        ORDER BY name_key LIMIT 20";
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(path, flags).expect("the file");
    let mut statement = connection.prepare(SQL).expect("a query");
    let mut times = Vec::new();
    for typed in TYPED {
        for end in 1..=typed.len() {
            let pattern = format!("%{}%", &typed[..end]);
            let began = Instant::now();
            let rows = statement.query_map([pattern], |row| row.get::<_, String>(0));
            assert!(rows.expect("rows").count() <= 20);
            times.push(began.elapsed());
        }
    }
    times
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: f64| ms(times[((times.len() - 1) as f64 * share).round() as usize]);
    let (p50, p95, p99, max) = (at(0.5), at(0.95), at(0.99), at(1.0));
    println!(
        "{what}: p50 {p50:.1} ms, p95 {p95:.1} ms, p99 {p99:.1} ms, max {max:.1} ms ({} keys)",
        times.len()
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
