//! The names in memory follow the file, whoever writes it.

use super::{customer, find, ids, import, shop};
use crate::shop::{NOW, today};
use std::collections::BTreeSet;
use swapdesk::domain::customer::Customer;
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::domain::hit::Hit;
use swapdesk::finder::Finder;
use swapdesk::finder::names::Told;
use swapdesk::store::Store;

#[test]
fn before_the_names_are_there_names_as_typed_and_their_beginnings_are_found() {
    let shop = shop();
    // Told 0 when the reading begins; it can't have ended when the first answer is asked for,
    // because its end waits for this channel.
    let (told, heard) = std::sync::mpsc::sync_channel(0);
    let mut finder = Finder::open(
        &shop.path,
        Told::new(move |percent| {
            if percent > 0 {
                // Whoever does not listen any more has seen enough.
                let _ = told.send(percent);
            }
        }),
    )
    .expect("a finder");
    let early = find(&mut finder, "okafor am");
    assert_eq!(ids(&early), ["M1"]);
    assert_eq!(ids(&find(&mut finder, "68a3y")), ["M1"]);
    assert_eq!(heard.recv(), Ok(100));
    assert_eq!(ids(&find(&mut finder, "okafro amara")), ["M1"]);
}

fn made_up(n: usize, round: usize) -> Customer {
    let given = ["Ana", "Ben", "Carla", "Dmitri", "Eve", "Farid", "Greta"][n % 7];
    let surname = ["Novak", "Ngo", "Nilsson", "Nowak", "Navarro"][(n / 7 + round) % 5];
    let email = format!("{given}{n}@r{round}.example").to_lowercase();
    let (id, phone) =
        (format!("X{n}"), format!("612 {:03} {:04}", 200 + n % 700, n % 9_000 + round));
    customer([&id, given, surname, &phone, "", &email, "", "Edina", "55424", ""])
}

#[test]
fn what_is_in_memory_answers_as_if_it_were_read_anew_whatever_was_written() {
    let mut shop = shop();
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    // As typed, where all are listed; and misspelt, where three of each name are.
    let as_typed = ["ana nowak", "eve", "ngo edina"];
    let misspelt = ["novk", "nilson greta", "frid navaro", "ngoo", "a12@"];
    // Few rows, the same rows changed, more rows than are taken in one by one, and few again.
    for (round, n_rows) in [(0, 40), (1, 40), (2, 90), (2, 400), (3, 12), (4, 900)] {
        import(&mut shop, (0..n_rows).map(|n| made_up(n, round)).collect());
        let mut fresh = Finder::open_whole(&shop.path).expect("a finder");
        // What was read in the background is there when it says so.
        for _ in 0..2_000 {
            if finder.is_whole().expect("the file") {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        let all = |finder: &mut Finder, text: &str| {
            let found = finder.find(text, (2_000, today()), &|| false);
            found.expect("a search").expect("an answer").hits
        };
        for text in as_typed {
            let ids = |hits: Vec<Hit>| {
                hits.into_iter().map(|hit| hit.customer.0).collect::<BTreeSet<String>>()
            };
            let (kept, anew) = (ids(all(&mut finder, text)), ids(all(&mut fresh, text)));
            assert_eq!(kept, anew, "round {round}: {text}");
        }
        for text in misspelt {
            let names = |hits: &[Hit]| {
                hits.iter().map(|hit| hit.name.clone()).collect::<BTreeSet<String>>()
            };
            let (kept, anew) = (all(&mut finder, text), all(&mut fresh, text));
            // Who came last is searched apart, so farther guesses may be added at the end.
            assert!(names(&kept).is_superset(&names(&anew)), "round {round}: {text}");
            let first = |hits: &[Hit]| hits.first().map(|hit| hit.name.clone());
            assert_eq!(first(&kept), first(&anew), "round {round}: {text}");
        }
    }
}

#[test]
fn a_customer_whom_somebody_else_adds_is_found_at_once() {
    let shop = shop();
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    assert_eq!(ids(&find(&mut finder, "yolanda qvist")), [""; 0]);
    let mut other = Store::open(&shop.path, NOW).expect("the same file");
    let customer = customer(["Y1", "Yolanda", "Qvist", "", "", "yq@example.com", "", "", "", ""]);
    other
        .record(Stamp::new(NOW, Some(shop.technician)), Change::CustomerAdded { customer })
        .expect("in");
    for text in ["yolanda qvist", "yolandaqvist", "jolanda qvist", "yq@exa"] {
        assert_eq!(ids(&find(&mut finder, text)).first(), Some(&"Y1"), "{text}");
    }
}
