//! Many of one name: few are listed, the others are counted and opened.

use super::{customer, find, shop};
use crate::shop::today;
use swapdesk::domain::entry::Change;
use swapdesk::domain::id::ExternalId;
use swapdesk::finder::Finder;

#[test]
fn of_a_guessed_name_three_are_listed_and_the_others_counted() {
    let mut shop = shop();
    for n in 0..20 {
        let id = format!("N{n}");
        let customer = customer([&id, "Quentin", "Abernathy", "", "", "", "", "", "", ""]);
        shop.tell(Change::CustomerAdded { customer });
    }
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let found = find(&mut finder, "quentin abernaty");
    assert_eq!(found.hits.len(), 3);
    assert!(found.hits.iter().all(|hit| hit.n_more == 17), "{:?}", found.hits);
    let all = finder.namesakes(&found.hits[0].customer, today()).expect("hits");
    assert_eq!(all.len(), 20);
}

#[test]
fn among_all_of_one_name_each_of_a_probable_pair_names_the_other() {
    let mut shop = shop();
    let phones = [("N1", "6125550177"), ("N2", "6125550188"), ("N3", "612-555-0177")];
    for (id, phone) in phones {
        let customer = customer([id, "Quentin", "Abernathy", phone, "", "", "", "", "", ""]);
        shop.tell(Change::CustomerAdded { customer });
    }
    let finder = Finder::open_whole(&shop.path).expect("a finder");
    let all = finder.namesakes(&ExternalId("N2".to_owned()), today()).expect("hits");
    let doubles: Vec<_> =
        all.iter().map(|hit| hit.duplicate_of.as_ref().map(|id| id.0.as_str())).collect();
    assert_eq!(doubles, [Some("N3"), None, Some("N1")]);
}
