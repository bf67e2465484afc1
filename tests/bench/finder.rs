//! The whole way, from what is typed to ranked customers over a file: import, cold start, memory,
//! recall by group, thread CPU time per keystroke, and a customer whom somebody else adds.
//!
//! `cargo bench --bench finder -- 1000000` (default: 100000). `DIR=FOLDER` keeps the file and the
//! CSV there, with `queries.txt` for `swapdesk lookup --batch` and `answers.txt`, whose lines have
//! the class of a query and who may be meant. `MISSES=1` tells what was not first. `FTS5=1` types
//! one of twenty keystrokes into SQLite's FTS5 with prefixes and no ranking too, `FTS5=3` also with
//! ranking and with trigrams.
//!
//! tantivy and nucleo are not run here: dependencies of a benchmark are built for every
//! `cargo test`, and tantivy alone takes minutes.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark: it prints, may stop at the first surprise, and shares files with another"
)]

mod file;
mod people;

use cpu_time::ThreadTime;
use people::{Customer, Dice, customers, misheard, slip};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::domain::id::ExternalId;
use swapdesk::domain::intake::SubscriptionLine;
use swapdesk::domain::time::Moment;
use swapdesk::domain::{customer, intake::ImportEnd};
use swapdesk::exchange::csv::{FileRow, RowFile};
use swapdesk::finder::Finder;
use swapdesk::finder::names::Told;
use swapdesk::store::Store;
use swapdesk::store::error::StoreError;
use swapdesk::store::import::{ImportJob, ImportMode};

const NOW: Moment = Moment(1_507_220_100_000);
/// Queries of each class.
const N_EACH: usize = 120;
const LIMIT: usize = 10;

fn main() {
    // Cargo hands `--bench` over too.
    let n = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let kept = std::env::var("DIR").ok();
    let folder = kept.as_deref().map_or(folder.path(), Path::new);
    std::fs::create_dir_all(folder).expect("a folder");
    let people = customers(n, 20_170_908);
    write_csv(&people, folder);
    let asked = questions(&people, 11);
    write_queries(&asked, &people, folder);

    let desk = folder.join("desk.swapdesk");
    if !desk.exists() {
        let mut store = Store::open(&desk, NOW).expect("a file");
        let began = Instant::now();
        import::<customer::Customer>(
            &mut store,
            &folder.join("customers.csv"),
            Store::import_customers,
        );
        println!("{n} customers imported in {:.1} s", began.elapsed().as_secs_f64());
        let began = Instant::now();
        import::<SubscriptionLine>(
            &mut store,
            &folder.join("subscriptions.csv"),
            Store::import_subscriptions,
        );
        println!("{n} subscriptions imported in {:.1} s", began.elapsed().as_secs_f64());
    }
    println!("file: {} MB", std::fs::metadata(&desk).expect("the file").len() / 1_000_000);

    let began = Instant::now();
    let mut finder = Finder::open(&desk, Told::default()).expect("a finder");
    let opened = began.elapsed();
    let found = finder.rank("smith", LIMIT, &|| false).unwrap().unwrap();
    println!(
        "opened in {:.1} ms, first answer after {:.1} ms ({} hits)",
        ms(opened),
        ms(began.elapsed()),
        found.hits.len()
    );
    while finder.n_bytes() == 0 {
        std::thread::sleep(Duration::from_millis(5));
        finder.rank("", LIMIT, &|| false).unwrap();
    }
    println!(
        "names ready after {:.2} s, {} MB",
        began.elapsed().as_secs_f64(),
        finder.n_bytes() / 1_000_000
    );
    recall(&mut finder, &people, &asked);
    keystrokes(&mut finder, &people, &asked);
    added_by_another(&mut finder, &desk);
    pasted(&mut finder);
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn write_csv(people: &[Customer], folder: &Path) {
    let mut text =
        "external_id,given_name,surname,phone,email,street,city,state,postcode\n".to_owned();
    let mut bought =
        "external_id,product,activation_code,receipt_no,purchased_on,expires_on,channel\n"
            .to_owned();
    for (row, p) in people.iter().enumerate() {
        let (town, zip) = (&p.town, &p.postcode);
        writeln!(
            text,
            "C{row},{},{},{},{},{row} Main St,{town},PA,{zip}",
            p.given, p.surname, p.phone, p.email
        )
        .unwrap();
        writeln!(
            bought,
            "C{row},Kaspersky Internet Security,{},{},2016-11-14,2017-11-14,store",
            p.code, p.receipt
        )
        .unwrap();
    }
    std::fs::write(folder.join("customers.csv"), text).expect("room");
    std::fs::write(folder.join("subscriptions.csv"), bought).expect("room");
}

type Import<R> = fn(
    &mut Store,
    &mut dyn Iterator<Item = swapdesk::domain::intake::Intake<R>>,
    ImportJob<'_>,
) -> Result<ImportEnd, StoreError>;

fn import<R: FileRow>(store: &mut Store, csv: &Path, import: Import<R>) {
    let mut rows = RowFile::<R>::open(csv).expect("a file");
    let mut watch = |_| ControlFlow::Continue(());
    let job = ImportJob { stamp: Stamp::new(NOW, None), mode: ImportMode::Keep, watch: &mut watch };
    let end = import(store, &mut rows, job).expect("imported");
    assert!(matches!(end, ImportEnd::Done(_)));
}

/// What is typed, of which class, and who is meant.
struct Asked {
    class: &'static str,
    text: String,
    row: usize,
}

const NAMES: [&str; 12] = [
    "name",
    "name swapped",
    "comma",
    "name typo",
    "name typos",
    "misheard",
    "beginnings",
    "initial",
    "no space",
    "name last4",
    "name ZIP",
    "name town",
];

fn questions(people: &[Customer], seed: u64) -> Vec<Asked> {
    let mut dice = Dice(seed);
    let mut all = Vec::new();
    for class in NAMES.into_iter().chain(file::CLASSES) {
        for _ in 0..N_EACH {
            let row = dice.below(people.len());
            all.push(Asked { class, text: text(class, &people[row], &mut dice), row });
        }
    }
    all
}

fn text(class: &'static str, person: &Customer, dice: &mut Dice) -> String {
    let (given, surname) = (person.given.to_lowercase(), person.surname.to_lowercase());
    let start = |text: &str, n: usize| text.chars().take(n).collect::<String>();
    match class {
        "name" => format!("{given} {surname}"),
        "name swapped" => format!("{surname} {given}"),
        "comma" => format!("{}, {}", person.surname, person.given),
        "name typo" => slip(dice, &format!("{given} {surname}")),
        "name typos" => format!("{} {}", slip(dice, &given), slip(dice, &surname)),
        "misheard" => format!("{given} {}", misheard(dice, &surname)),
        "beginnings" => format!("{} {}", start(&given, 4), start(&surname, 5)),
        "initial" => format!("{} {surname}", start(&given, 1)),
        "no space" => format!("{given}{surname}"),
        "name last4" => format!("{surname} {}", &person.phone[person.phone.len() - 4..]),
        "name ZIP" => format!("{given} {surname} {}", person.postcode),
        "name town" => format!("{given} {surname} {}", person.town),
        _ => file::question(class, person, dice),
    }
}

/// Of several customers with one name or key nobody can tell which is meant.
fn meant<'a>(class: &str, person: &'a Customer) -> Vec<&'a str> {
    let name = [person.given.as_str(), person.surname.as_str()];
    match class {
        "name last4" => vec![&person.surname, &person.phone[person.phone.len() - 4..]],
        "name ZIP" => [&name[..], &[person.postcode.as_str()]].concat(),
        "name town" => [&name[..], &[person.town.as_str()]].concat(),
        "beginnings" | "initial" => {
            vec![name[0].get(..1).unwrap_or_default(), name[1].get(..4).unwrap_or(name[1])]
        }
        _ if NAMES.contains(&class) => name.to_vec(),
        _ => vec![file::text_of(class, person)],
    }
}

fn write_queries(asked: &[Asked], people: &[Customer], folder: &Path) {
    let (mut queries, mut answers) = (String::new(), String::new());
    let mut by_meaning: BTreeMap<(&str, Vec<&str>), Vec<usize>> = BTreeMap::new();
    for asked in asked {
        by_meaning.insert((asked.class, meant(asked.class, &people[asked.row])), Vec::new());
    }
    for (row, person) in people.iter().enumerate() {
        for class in NAMES.into_iter().chain(file::CLASSES) {
            if let Some(rows) = by_meaning.get_mut(&(class, meant(class, person))) {
                rows.push(row);
            }
        }
    }
    for asked in asked {
        writeln!(queries, "{}", asked.text).unwrap();
        let rows = &by_meaning[&(asked.class, meant(asked.class, &people[asked.row]))];
        let ids: Vec<String> = rows.iter().map(|row| format!("C{row}")).collect();
        writeln!(answers, "{}\t{}", asked.class, ids.join(" ")).unwrap();
    }
    std::fs::write(folder.join("queries.txt"), queries).expect("room");
    std::fs::write(folder.join("answers.txt"), answers).expect("room");
}

fn recall(finder: &mut Finder, people: &[Customer], asked: &[Asked]) {
    println!("recall               @1    @10   p50 us  max us");
    for class in NAMES.into_iter().chain(file::CLASSES) {
        let (mut first, mut ten, mut times) = (0, 0, Vec::new());
        for asked in asked.iter().filter(|asked| asked.class == class) {
            let began = ThreadTime::now();
            let ranked = finder.rank(&asked.text, LIMIT, &|| false).unwrap().unwrap();
            times.push(began.elapsed());
            let meant_is = meant(class, &people[asked.row]);
            // Rows are counted from 1, in the order of the file.
            let is_meant = |row: i64| {
                people.get(row as usize - 1).is_some_and(|person| meant(class, person) == meant_is)
            };
            first += usize::from(ranked.hits.first().is_some_and(|hit| is_meant(hit.row)));
            ten += usize::from(ranked.hits.iter().any(|hit| is_meant(hit.row)));
            let is_missed = !ranked.hits.first().is_some_and(|hit| is_meant(hit.row));
            if is_missed && std::env::var_os("MISSES").is_some() {
                println!(
                    "  {class}: {:?} meant {meant_is:?}, first {:?}",
                    asked.text,
                    ranked.hits.first()
                );
            }
        }
        times.sort();
        println!(
            "  {class:16} {:.3} {:.3} {:8.0} {:8.0}",
            first as f64 / N_EACH as f64,
            ten as f64 / N_EACH as f64,
            ms(times[times.len() / 2]) * 1e3,
            ms(times[times.len() - 1]) * 1e3
        );
    }
}

fn keystrokes(finder: &mut Finder, people: &[Customer], asked: &[Asked]) {
    let mut times = Vec::new();
    for asked in asked {
        for (at, letter) in asked.text.char_indices() {
            let typed = &asked.text[..at + letter.len_utf8()];
            let began = ThreadTime::now();
            finder.rank(typed, LIMIT, &|| false).unwrap();
            times.push((began.elapsed(), typed));
        }
    }
    let some: Vec<&str> = times.iter().step_by(20).map(|(_, typed)| *typed).collect();
    times.sort();
    let at = |share: f64| ms(times[((times.len() - 1) as f64 * share) as usize].0) * 1e3;
    let n_peers = std::env::var("FTS5").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    file::peers(people, &some, (n_peers, at(0.99)));
    println!(
        "{} keystrokes: p50 {:.0} us, p99 {:.0} us, max {:.0} us; slowest {:?}",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0),
        times.iter().rev().take(6).map(|(time, typed)| (ms(*time), *typed)).collect::<Vec<_>>()
    );
}

fn added_by_another(finder: &mut Finder, desk: &Path) {
    let mut store = Store::open(desk, NOW).expect("the file");
    let people = store.read().people().expect("people");
    let (mut slowest, mut all) = (Duration::ZERO, Duration::ZERO);
    for n in 0..50 {
        let customer = customer::Customer {
            external_id: ExternalId(format!("X{}-{n}", std::process::id())),
            given_name: "Quentin".to_owned(),
            surname: format!("Zyxwv{}", ["ab", "eb", "ib", "ob", "ub"][n % 5].repeat(1 + n / 5)),
            phone: String::new(),
            phone2: String::new(),
            email: String::new(),
            street: String::new(),
            city: String::new(),
            state: String::new(),
            postcode: String::new(),
            member_id: String::new(),
        };
        let typed = format!("quentn {}", customer.surname);
        let stamp = Stamp::new(NOW, people.first().map(|person| person.id));
        store.record(stamp, Change::CustomerAdded { customer }).expect("a customer");
        let began = ThreadTime::now();
        let ranked = finder.rank(&typed, LIMIT, &|| false).unwrap().unwrap();
        slowest = slowest.max(began.elapsed());
        all += began.elapsed();
        assert!(!ranked.hits.is_empty(), "{typed}");
    }
    println!(
        "added by another, found at once: mean {:.2} ms, max {:.2} ms",
        ms(all) / 50.0,
        ms(slowest)
    );
}

fn pasted(finder: &mut Finder) {
    for text in [
        "x".repeat(1 << 20),
        "smith ".repeat(200),
        "john smith mary jones lee brown".to_owned(),
        "\0\u{202e}\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{1f469} ".repeat(500),
        "1 ".repeat(1 << 19),
        "a1@b ".repeat(1000),
    ] {
        let began = ThreadTime::now();
        let ranked = finder.rank(&text, LIMIT, &|| false).unwrap().unwrap();
        let start: String = text.chars().take(12).collect();
        println!("pasted {start:?}…: {:.2} ms, cut: {}", ms(began.elapsed()), ranked.query.is_cut);
    }
}
