//! Finding a customer, in every way in which one is named at the desk, over a real file.

mod follow;
mod namesakes;

use crate::shop::{NOW, Shop, device, today};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use swapdesk::domain::case::Wants;
use swapdesk::domain::customer::{Customer, CustomerDraft};
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::domain::hit::{Found, Hit};
use swapdesk::domain::id::ExternalId;
use swapdesk::domain::intake::Intake;
use swapdesk::finder::Finder;
use swapdesk::store::import::{ImportJob, ImportMode};

/// Id, given name, surname, phone, second phone, e-mail, street, town, ZIP, member id.
const PEOPLE: [[&str; 10]; 9] = [
    [
        "M1",
        "Amara",
        "Okafor",
        "(612) 555-0142",
        "",
        "amara.o@example.com",
        "1 Penn Ave",
        "Richfield",
        "55423",
        "9000-17",
    ],
    [
        "M2",
        "Stephen",
        "Kowalczyk",
        "612.555.0199",
        "507 555 7777",
        "skowalc@gmail.com",
        "",
        "Edina",
        "55424",
        "",
    ],
    ["M3", "Zoë", "O’Brien-Núñez", "+1 952 444 0188", "", "", "", "St. Paul", "55101", ""],
    ["m-4004", "Robert", "Hale", "763 555 0161", "", "bob.hale@aol.com", "", "Blaine", "55434", ""],
    [
        "M5005",
        "Christopher",
        "Gonzalez",
        "320 555 0150",
        "",
        "cgonz77@yahoo.com",
        "",
        "Cold Spring",
        "56320",
        "",
    ],
    ["M6", "John", "Smith", "218 555 0001", "", "", "12 Elm St", "Duluth", "55802", ""],
    ["M7", "John", "Smith", "507 555 0002", "", "", "9 Oak St", "Rochester", "55901", ""],
    ["M8", "Jon", "Smith", "218-555-0001", "", "", "12 Elm St", "Duluth", "55802", ""],
    ["M9", "Jan", "van der Berg", "", "", "jan@vanderberg.example", "", "Winona", "55987", ""],
];

fn customer(row: [&str; 10]) -> Customer {
    let [id, given_name, surname, phone, phone2, email, street, city, postcode, member_id] =
        row.map(str::to_owned);
    let external_id = ExternalId(id);
    let state = "MN".to_owned();
    Customer {
        external_id,
        given_name,
        surname,
        phone,
        phone2,
        email,
        street,
        city,
        state,
        postcode,
        member_id,
    }
}

/// A file with these people, a subscription and a case with a device.
fn shop() -> Shop {
    let mut shop = Shop::new();
    for row in PEOPLE {
        shop.tell(Change::CustomerAdded { customer: customer(row) });
    }
    for (id, code) in [("M1", "HST6A-VV5DB-RACY3-68A3Y"), ("M2", "NM9U9-8KPDM-7YSY7-X8DDY")] {
        let mut subscription = crate::shop::subscription(id, code);
        if id == "M2" {
            subscription.receipt_no = Some("BBY01-806123456".to_owned());
        }
        shop.tell(Change::SubscriptionAdded { subscription });
    }
    let case = shop.open_case("M2");
    shop.check_in(case, Wants::Both, vec![device()]);
    shop
}

fn find(finder: &mut Finder, text: &str) -> Found {
    finder.find(text, (10, today()), &|| false).expect("a search").expect("an answer")
}

fn ids(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.customer.0.as_str()).collect()
}

#[test]
fn every_way_to_name_a_customer_finds_them_first_and_says_why() {
    let shop = shop();
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let table = [
        ("amara okafor", "M1", "name"),
        ("OKAFOR AMARA", "M1", "name"),
        ("Okafor, Amara", "M1", "name"),
        ("obrien nunez zoe", "M3", "name"),
        ("jan van der berg", "M9", "name"),
        ("amra okafor", "M1", "one letter off"),
        ("amraa okafro", "M1", "two letters off"),
        ("stefan kovalchik", "M2", "sounds like"),
        ("bob hale", "m-4004", "nickname of Robert"),
        ("amaraokafor", "M1", "without a space"),
        ("chr gonz", "M5005", "name begins so"),
        ("a okafor", "M1", ""),
        ("okafor 0142", "M1", "phone ends 0142"),
        ("smith 55901", "M7", "ZIP 55901"),
        ("john smith rochester", "M7", "town"),
        ("okafor richfeild", "M1", ""),
        ("+1 (612) 555 0142", "M1", "phone"),
        ("6125550199", "M2", "phone"),
        ("507-555-7777", "M2", "phone"),
        ("5557777", "M2", "phone ends 5557777"),
        ("444-0188", "M3", "phone ends 4440188"),
        ("0150", "M5005", "phone ends 0150"),
        ("6125550124", "M1", "phone one digit off"),
        ("AMARA.O@example.com", "M1", "e-mail"),
        ("amara.o", "M1", "e-mail begins so"),
        ("walc@gm", "M2", "e-mail contains it"),
        ("amara.p@example.com", "M1", "e-mail one letter off"),
        ("HST6A-VV5DB-RACY3-68A3Y", "M1", "activation code"),
        ("hst6a vv5db", "M1", "activation code begins so"),
        ("68A3Y", "M1", "activation code ends 68A3Y"),
        ("G8A3Y", "M1", "activation code with letters misread"),
        ("HST6A-VVSDB-RACY3-G8A3Y", "M1", "activation code with letters misread"),
        ("0112-032-6467-091925", "M1", "receipt"),
        ("6467091925", "M1", "receipt ends 6467091925"),
        ("bby01-806123456", "M2", "receipt"),
        ("9000-17", "M1", "member id"),
        ("m5005", "M5005", "member id"),
        ("M4004", "m-4004", "member id"),
        ("NXGE6AA0017160", "M2", "serial number"),
        ("nxge6aa", "M2", "serial number begins so"),
        ("D1-00001", "M2", "case number"),
        ("d1 1", "M2", "case number"),
    ];
    assert_eq!(wrong_firsts(&mut finder, &table), Vec::<String>::new());
}

/// Whoever of the table is not first, or not for this reason.
fn wrong_firsts(finder: &mut Finder, table: &[(&str, &str, &str)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (text, id, why) in table {
        let found = find(finder, text);
        let first = found.hits.first().map(|hit| (hit.customer.0.as_str(), hit.why.as_str()));
        if !first.is_some_and(|(found, said)| found == *id && said.contains(why)) {
            wrong.push(format!("{text:?} should be {id} {why:?}, is {first:?}"));
        }
    }
    wrong
}

#[test]
fn whatever_stands_beside_a_frequent_name_decides() {
    let mut shop = shop();
    let givens = ["Ann", "Ben", "Carla", "Dan", "Eve", "Frank", "Greta", "Hal", "Ida", "James"];
    for (n, given) in givens.iter().cycle().take(60).enumerate() {
        let row = [&format!("S{n}"), *given, "Smith", "", "", "", "", "", "", ""];
        shop.tell(Change::CustomerAdded { customer: customer(row) });
    }
    let row =
        ["S99", "Jill", "Smith", "+44 20 7946 0958", "", "jill.s@example.com", "", "", "", ""];
    shop.tell(Change::CustomerAdded { customer: customer(row) });
    let mut subscription = crate::shop::subscription("S99", "ABCDE-FGHJK-NRACY-T82TC");
    subscription.receipt_no = Some("1052-001-9430-041226".to_owned());
    shop.tell(Change::SubscriptionAdded { subscription });
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let table = [
        ("smith 1052-001-9430-041226", "S99", "receipt"),
        ("1052 001 9430 041226 smith", "S99", "receipt"),
        ("smith ABCDE-FGHJK-NRACY-T82TC", "S99", "activation code"),
        ("smith T82TC", "S99", "activation code ends T82TC"),
        ("smith jill.s@example.com", "S99", "e-mail"),
        ("smith jil.s@example.com", "S99", "e-mail one letter off"),
        ("Jill Smith <jill.s@example.com>", "S99", "e-mail"),
        ("okafor 091925", "M1", "receipt ends 091925"),
        ("abcde", "S99", "activation code begins so"),
        ("abcde fghjk", "S99", "activation code begins so"),
        ("+44 20 7946 0958", "S99", "phone"),
        ("bob 0161", "m-4004", "nickname of Robert, phone ends 0161"),
        ("bob 55434", "m-4004", "nickname of Robert, ZIP 55434"),
        ("bob blaine", "m-4004", "nickname of Robert, town"),
        ("612-555-0142 55423", "M1", "phone"),
        ("55423 612-555-0142", "M1", "phone"),
        ("612 555 0142 55423", "M1", "phone"),
        ("smith 612 555 0142 55423", "M1", "phone"),
        ("612-555-0142x12", "M1", "phone"),
        ("612 555 0142 ext. 12", "M1", "phone"),
        ("NXGE6AAOOI7160", "M2", "serial number with letters misread"),
    ];
    assert_eq!(wrong_firsts(&mut finder, &table), Vec::<String>::new());
    let is_said = |finder: &mut Finder, text: &str, word: &str| {
        find(finder, text).hits.first().is_some_and(|hit| hit.why.contains(word))
    };
    assert!(!is_said(&mut finder, "okafor 091925", "number"), "the number is the receipt's");
    assert!(!is_said(&mut finder, "smith T82TC", "number"), "the letters are the code's");
    assert!(find(&mut finder, "smith 1052-001-9430-041226").is_exact);
    assert_eq!(find(&mut finder, "hst6a vv5db racy3 68a3y").note, None);
}

#[test]
fn of_a_name_as_many_more_are_told_as_there_are_beside_the_list() {
    let mut shop = shop();
    for (given, n_called) in [("Mary", 4), ("Mary Ann", 3), ("Marion", 14)] {
        for n in 0..n_called {
            let row =
                [&format!("{given}{n}"), given, "Jones", "", "", "", "", "Edina", "55424", ""];
            shop.tell(Change::CustomerAdded { customer: customer(row) });
        }
    }
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let more = |finder: &mut Finder, text: &str| {
        let found = find(finder, text);
        let each = found.hits.into_iter().map(|hit| (hit.name, hit.n_more));
        each.collect::<BTreeSet<(String, u32)>>()
    };
    for (text, name, n) in [
        ("mary jonse", "Mary Jones", 1),
        ("marion jones", "Marion Jones", 4),
        ("marion jonse edina", "Marion Jones", 11),
    ] {
        let told = more(&mut finder, text);
        assert!(told.contains(&(name.to_owned(), n)), "{text}: {told:?}");
    }
    // Somebody else of another name comes, and is then called so too.
    for given in ["Maria", "Mary"] {
        let customer = customer(["J1", given, "Jones", "", "", "", "", "Edina", "55424", ""]);
        import(&mut shop, vec![customer]);
    }
    let told = more(&mut finder, "mary jonse");
    assert!(told.contains(&("Mary Jones".to_owned(), 2)), "{told:?}");
}

#[test]
fn a_code_or_number_of_one_record_is_exact_and_a_name_is_not() {
    let shop = shop();
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    for (text, is_exact) in [
        ("HST6A-VV5DB-RACY3-68A3Y", true),
        ("d1-1", true),
        ("NXGE6AA0017160", true),
        ("6125550142", true),
        ("2185550001", false), // Two have this phone.
        ("68A3Y", false),
        ("amara okafor", false),
        ("amara.o", false),
    ] {
        assert_eq!(find(&mut finder, text).is_exact, is_exact, "{text}");
    }
}

#[test]
fn a_hit_shows_what_is_needed_to_choose_and_who_may_be_the_same_person() {
    let shop = shop();
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let found = find(&mut finder, "okafro amara");
    let Hit { name, marks, details, verdict, score, .. } = &found.hits[0];
    let marked: Vec<&str> = marks.iter().map(|mark| &name[mark.clone()]).collect();
    assert_eq!((name.as_str(), marked), ("Amara Okafor", vec!["Amara", "Okaf", "r"]));
    assert_eq!(details, "•••• 0142 · amara.o@example.com · Richfield");
    assert!(verdict.is_some() && (1..900).contains(score));
    let found = find(&mut finder, "kowalczyk");
    assert_eq!(found.hits[0].open_case.as_ref().expect("a case").1.to_string(), "D1-00001");
    assert!(found.hits[0].score >= 900);

    let found = find(&mut finder, "smith");
    let place = |id: &str| ids(&found).iter().position(|found| *found == id).expect("in the list");
    let doubles = [place("M6"), place("M8")];
    let (first, second) = (doubles[0].min(doubles[1]), doubles[0].max(doubles[1]));
    assert_eq!(found.hits[first].duplicate_of, None);
    assert_eq!(found.hits[second].duplicate_of.as_ref(), Some(&found.hits[first].customer));
    assert_eq!(found.hits[place("M7")].duplicate_of, None);
    let namesakes = finder.namesakes(&ExternalId("M7".to_owned()), today()).expect("hits");
    let namesakes: Vec<&str> = namesakes.iter().map(|hit| hit.customer.0.as_str()).collect();
    assert_eq!(namesakes, ["M6", "M7"]);
}

#[test]
fn a_search_that_is_overtaken_ends_and_the_next_one_is_answered() {
    let shop = shop();
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let asked = std::cell::Cell::new(0);
    let after_three = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    let text = "HST6A-VV5DB-RACY3-68A3X";
    let found = finder.find(text, (10, today()), &after_three).expect("no error");
    assert_eq!((found, asked.get()), (None, 4), "it asks between probes and ends at once");
    assert_eq!(ids(&find(&mut finder, text)), ["M1"]);
}

#[test]
fn any_text_is_answered_within_bounds_or_says_what_was_left_out() {
    let shop = shop();
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let texts = [
        "x".repeat(1 << 20),
        "amara ".repeat(200),
        " ".repeat(1 << 20),
        "\0".to_owned(),
        "👩‍👩‍👧‍👦 👍".to_owned(),
        "\u{202e}שלום עולם".to_owned(),
        "%_' OR 1=1 --".to_owned(),
        "\u{10FFFF}".to_owned(),
        "1 ".repeat(100_000),
        "a@".repeat(100_000),
        "a1@b ".repeat(1_000),
    ];
    for text in texts {
        let begun = cpu_time::ThreadTime::now();
        let found = find(&mut finder, &text);
        let took_ms = begun.elapsed().as_millis();
        let start: String = text.chars().take(20).collect();
        assert_eq!(found.note.is_some(), text.trim().chars().count() > 200, "{start:?}");
        // Without optimization a tenth of the speed; the work is bounded all the same.
        assert!(took_ms < 50, "{start:?} took {took_ms} ms");
    }
}

/// Writes rows into the file as an import does, with a store of its own.
fn import(shop: &mut Shop, rows: Vec<Customer>) {
    let file =
        swapdesk::domain::entry::FileMark { name: "c.csv".to_owned(), sha256: "0".repeat(64) };
    let rows = (2..).zip(rows).map(|(line_no, row)| Intake::Row { line_no, at_byte: 0, row });
    let mut rows = rows.chain([Intake::End(file)]);
    let mut watch = |_| ControlFlow::Continue(());
    let stamp = Stamp::new(NOW, Some(shop.technician));
    let job = ImportJob { stamp, mode: ImportMode::Keep, watch: &mut watch };
    shop.store.import_customers(&mut rows, job).expect("imported");
}

#[test]
fn somebody_like_the_one_who_is_entered_is_told_with_the_reason() {
    let shop = shop();
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let mut alike = |given: &str, surname: &str, contact: &str| {
        let draft = CustomerDraft {
            given_name: given.to_owned(),
            surname: surname.to_owned(),
            contact: contact.to_owned(),
            ..CustomerDraft::default()
        };
        let hits = finder.alike(&draft, (4, today())).expect("an answer");
        hits.into_iter().map(|hit| (hit.customer.0, hit.why)).collect::<Vec<_>>()
    };
    let reason = |id: &str, why: &str| vec![(id.to_owned(), why.to_owned())];
    assert_eq!(alike("Amara", "Okafor", "612 555 0142"), reason("M1", "same phone, same name"));
    assert_eq!(
        alike("Steven", "Kowalczik", "skowalc@gmail.com"),
        reason("M2", "same e-mail, nearly the same name")
    );
    assert_eq!(alike("Amara", "Okafor", ""), reason("M1", "same name"));
    assert_eq!(alike("Quentin", "Zyx", "999 999 9999"), []);
}
