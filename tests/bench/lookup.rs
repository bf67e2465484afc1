//! How fast and how well customers are found by name: thread CPU time per keystroke, recall by
//! group of queries, memory and build time, at several numbers of customers.
//!
//! `cargo bench --bench lookup -- 10000 100000 1000000 5000000` (default: 100000) ends with a table
//! of growth. In the environment: `PAIRS=1` looks for duplicates, `MISSES=1` tells what was not
//! first, `FEBRL=FILE` see `febrl.rs`. The whole way through a file, and SQLite's full-text search
//! beside it, is measured by `finder.rs`.

#![expect(
    clippy::cast_possible_wrap,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark: it prints, and may stop at the first surprise"
)]

mod febrl;
#[expect(dead_code, reason = "keys are typed by another benchmark")]
mod people;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use cpu_time::{ProcessTime, ThreadTime};
use people::{Customer, Dice, customers, misheard, slip};
use swapdesk::lookup::alike::{self, Fields, Person};
use swapdesk::lookup::index::{NameIndex, NameIndexBuilder, Named};
use swapdesk::lookup::key::last_four;
use swapdesk::lookup::query::parse;

/// A text to type, and the customer who is meant.
struct Asked {
    class: &'static str,
    text: String,
    row: i64,
}

fn main() {
    let mut sizes: Vec<usize> =
        std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes.push(100_000);
    }
    if let Ok(path) = std::env::var("FEBRL") {
        febrl::measure(&path);
    }
    let grown: Vec<String> = sizes.into_iter().filter(|n| *n > 0).map(measure).collect();
    println!("\n customers  p50 us  p99 us  max us  index MB  build s of CPU");
    for line in grown {
        println!("{line}");
    }
}

/// Measures all at `n` customers; the line of the table of growth.
fn measure(n: usize) -> String {
    let people = customers(n, 20_170_908);
    let (started, cpu) = (Instant::now(), ProcessTime::now());
    let index = build(&people);
    let (took, cpu) = (started.elapsed().as_secs_f64(), cpu.elapsed().as_secs_f64());
    let megabytes = index.n_bytes() as f64 / 1e6;
    println!("\n{n} customers: built in {took:.2} s ({cpu:.2} s of CPU), {megabytes:.1} MB");

    let asked = questions(&people, 60, 7);
    let [p50, p99, max] = keystrokes(&index, &asked);
    recall(&index, &people, &asked);
    if std::env::var_os("PAIRS").is_some() {
        duplicates(&people);
    }
    let put = ThreadTime::now();
    let mut grown = index;
    for row in 0..300 {
        grown.put(&named(row, &people[(row as usize * 31) % n]));
        grown.refresh();
    }
    println!("one more customer: {:.0} us", put.elapsed().as_secs_f64() * 1e6 / 300.0);
    format!("{n:10} {p50:7.1} {p99:7.1} {max:7.1} {megabytes:9.1} {cpu:7.2}")
}

fn named(row: i64, person: &Customer) -> Named<'_> {
    Named {
        row,
        given: &person.given,
        surname: &person.surname,
        town: &person.town,
        postcode: &person.postcode,
        last_four: [last_four(&person.phone), None],
    }
}

fn build(people: &[Customer]) -> NameIndex {
    let mut builder = NameIndexBuilder::default();
    for (row, person) in people.iter().enumerate() {
        builder.add(&named(row as i64, person));
    }
    builder.build()
}

/// Queries of every class, `n_each` of each.
fn questions(people: &[Customer], n_each: usize, seed: u64) -> Vec<Asked> {
    let mut dice = Dice(seed);
    let nicknames: BTreeMap<&str, Vec<&str>> = include_str!("../../assets/names/nicknames.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut words = line.split(' ');
            (words.next().unwrap(), words.collect())
        })
        .collect();
    let mut asked = Vec::new();
    for class in CLASSES {
        let mut n = 0;
        while n < n_each {
            let row = dice.below(people.len());
            if let Some(text) = question(class, &people[row], &mut dice, &nicknames) {
                asked.push(Asked { class, text, row: row as i64 });
                n += 1;
            }
        }
    }
    asked
}

const CLASSES: [&str; 20] = [
    "exact",
    "swapped",
    "comma",
    "typo1",
    "typo2",
    "nospace",
    "nick",
    "misheard",
    "beginnings",
    "initial",
    "+town",
    "+zip",
    "+last4",
    "typo+town",
    "typo+zip",
    "typo+last4",
    "name+townx",
    "name+zipx",
    "name+last4x",
    "unfinished",
];

fn question(
    class: &str,
    person: &Customer,
    dice: &mut Dice,
    nicknames: &BTreeMap<&str, Vec<&str>>,
) -> Option<String> {
    let (given, surname) = (person.given.as_str(), person.surname.as_str());
    let name = format!("{given} {surname}");
    let last4 = &person.phone[person.phone.len() - 4..];
    let (town, zip) = (&person.town, &person.postcode);
    let text = match class {
        "exact" => name,
        "swapped" => format!("{surname} {given}"),
        "comma" => format!("{surname}, {given}"),
        "typo1" => slip(dice, &name),
        "typo2" => {
            let once = slip(dice, &name);
            slip(dice, &once)
        }
        "nospace" => format!("{given}{surname}").replace([' ', '-'], ""),
        "nick" => {
            let nicks = nicknames.get(given.to_lowercase().as_str())?;
            format!("{} {surname}", dice.pick(nicks))
        }
        "misheard" if dice.one_in(2) => format!("{given} {}", misheard(dice, surname)),
        "misheard" => format!("{} {surname}", misheard(dice, given)),
        "beginnings" => format!("{} {}", given.get(..3)?, surname.get(..4)?),
        "initial" => format!("{} {surname}", &given[..1]),
        "+town" => format!("{name} {town}"),
        "+zip" => format!("{surname} {zip}"),
        "+last4" => format!("{last4} {surname}"),
        "typo+town" => format!("{} {town}", slip(dice, &name)),
        "typo+zip" => format!("{} {zip}", slip(dice, surname)),
        "typo+last4" => format!("{} {last4}", slip(dice, surname)),
        "name+townx" => format!("{name} {}", slip(dice, town)),
        "name+zipx" => format!("{name} {}", slip(dice, zip)),
        "name+last4x" => format!("{name} {}", slip(dice, last4)),
        "unfinished" => {
            let n = surname.len().checked_sub(2).filter(|n| *n >= 5)?;
            format!("{given} {}", slip(dice, surname.get(..n)?))
        }
        _ => return None,
    };
    Some(text.to_lowercase())
}

/// Types every query letter by letter.
fn keystrokes(index: &NameIndex, asked: &[Asked]) -> [f64; 3] {
    let mut times: Vec<(Duration, String)> = Vec::new();
    let mut by_length: BTreeMap<usize, Vec<Duration>> = BTreeMap::new();
    for one in asked.iter().step_by(9) {
        for (end, letter) in one.text.char_indices() {
            let typed = &one.text[..end + letter.len_utf8()];
            let start = ThreadTime::now();
            let hits = index.search(&parse(typed), 10);
            let took = start.elapsed();
            std::hint::black_box(hits);
            times.push((took, typed.to_owned()));
            by_length.entry(typed.chars().count().min(20)).or_default().push(took);
        }
    }
    times.sort();
    let at = |share: f64| us(times[((times.len() - 1) as f64 * share) as usize].0);
    println!(
        "{} keystrokes, us of CPU: p50 {:.1}  p90 {:.1}  p99 {:.1}  max {:.1}",
        times.len(),
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
    for (took, text) in times.iter().rev().take(5) {
        println!("  {:.0} us  {text}", us(*took));
    }
    let lengths = by_length.into_iter().map(|(n, mut all)| {
        all.sort();
        format!("{n}:{:.0}/{:.0}", us(all[all.len() / 2]), us(all[(all.len() - 1) * 99 / 100]))
    });
    println!("  p50/p99 by letters  {}", lengths.collect::<Vec<_>>().join(" "));
    [at(0.5), at(0.99), at(1.0)]
}

fn us(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// How often the customer is first, or among ten; and the same for a customer of that very name,
/// since of namesakes no name can tell who is meant.
fn recall(index: &NameIndex, people: &[Customer], asked: &[Asked]) {
    let is_told = std::env::var_os("MISSES").is_some();
    let mut groups: BTreeMap<(usize, &str), [usize; 5]> = BTreeMap::new();
    for one in asked {
        let hits = index.search(&parse(&one.text), 10);
        let meant = &people[one.row as usize];
        let is_alike = |row: i64| {
            let other = &people[row as usize];
            other.given == meant.given && other.surname == meant.surname
        };
        let has_fact = one.class.contains('+');
        let place = hits.iter().position(|hit| hit.row == one.row);
        let named = hits
            .iter()
            .position(|hit| if has_fact { hit.row == one.row } else { is_alike(hit.row) });
        let order = CLASSES.iter().position(|class| *class == one.class).unwrap();
        let counts = groups.entry((order, one.class)).or_default();
        counts[0] += 1;
        counts[1] += usize::from(named == Some(0));
        counts[2] += usize::from(named.is_some());
        counts[3] += usize::from(place == Some(0));
        counts[4] += usize::from(place.is_some());
        if is_told && named != Some(0) {
            let first = hits.first().map(|hit| (&hit.name, hit.tier, hit.cost, &hit.reasons));
            println!(
                "  {}: {:?} meant {} {}, {} {} {}: at {named:?}, first {first:?}",
                one.class,
                one.text,
                meant.given,
                meant.surname,
                meant.town,
                meant.postcode,
                meant.phone
            );
        }
    }
    println!("recall          name@1 name@10  row@1 row@10");
    let mut sums = [[0.0; 4]; 2];
    for ((order, class), counts) in &groups {
        let share = |at: usize| counts[at] as f64 / counts[0] as f64;
        let shares = [share(1), share(2), share(3), share(4)];
        println!(
            "  {class:12} {:6.3} {:6.3}   {:6.3} {:6.3}",
            shares[0], shares[1], shares[2], shares[3]
        );
        // What is not finished is no group of the goals.
        let (group, n) = match order {
            ..10 => (0, 10.0),
            10..19 => (1, 9.0),
            _ => continue,
        };
        for (sum, share) in sums[group].iter_mut().zip(shares) {
            *sum += share / n;
        }
    }
    for (group, s) in ["names", "name+fact"].iter().zip(sums) {
        println!("  {group:12} {:6.3} {:6.3}   {:6.3} {:6.3}", s[0], s[1], s[2], s[3]);
    }
}

/// Looks for pairs among the customers and a hundredth of them entered again with a slip.
fn duplicates(people: &[Customer]) {
    let mut dice = Dice(5);
    let mut all: Vec<Person> = people.iter().map(|p| person(p, &p.surname)).collect();
    let n_again = people.len() / 100;
    for at in 0..n_again {
        let again = &people[at * 100];
        all.push(person(again, &slip(&mut dice, &again.surname)));
    }
    let start = Instant::now();
    let pairs = alike::pairs(&all);
    let is_again = |pair: &&alike::Pair| {
        (pair.other as usize)
            .checked_sub(people.len())
            .is_some_and(|at| at * 100 == pair.one as usize)
    };
    let n_found = pairs.iter().filter(is_again).count();
    println!(
        "duplicates: {n_found} of {n_again} found, {} other pairs, {:.1} s",
        pairs.len() - n_found,
        start.elapsed().as_secs_f64()
    );
}

fn person(customer: &Customer, surname: &str) -> Person {
    Person::new(&Fields {
        given: &customer.given,
        surname,
        phones: [&customer.phone, ""],
        email: &customer.email,
        street: "",
        place: &customer.postcode,
    })
}
