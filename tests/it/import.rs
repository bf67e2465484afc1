//! The store's files come in: once, again, with bad lines, half of them, and over what was done at
//! the desk.

use crate::shop::{NOW, Shop, customer, subscription, today};
use std::fmt::Write as _;
use std::io::Cursor;
use std::ops::ControlFlow;
use swapdesk::domain::catalog::Product;
use swapdesk::domain::customer::Customer;
use swapdesk::domain::entry::{Change, FileMark, ImportCounts, Stamp};
use swapdesk::domain::id::ExternalId;
use swapdesk::domain::intake::{ImportEnd, ImportNews, Intake, KeyLine, SubscriptionLine};
use swapdesk::domain::privacy::Secret;
use swapdesk::domain::product_text::Seats;
use swapdesk::exchange::csv::{FileRow, RowFile};
use swapdesk::finder::Finder;
use swapdesk::store::Store;
use swapdesk::store::error::StoreError;
use swapdesk::store::import::{ImportJob, ImportMode};
use swapdesk::store::verify::verify;

const CUSTOMERS: &str = "external_id,given_name,surname,phone,email,street,city,state,postcode\n";
const SUBSCRIPTIONS: &str =
    "external_id,product,activation_code,receipt_no,purchased_on,expires_on,channel\n";
const KEYS: &str = "product,key,lot\n";
const WEBROOT: &str = "Webroot SecureAnywhere Internet Security Complete 5 Devices 1 Year";

/// What an import came to, and what it told.
#[derive(Debug, Default)]
struct Told {
    counts: ImportCounts,
    refused: Vec<String>,
    notes: Vec<String>,
}

impl Told {
    /// Read, added, changed, refused.
    fn counts(&self) -> [u64; 4] {
        let ImportCounts { n_read, n_added, n_changed, n_refused } = self.counts;
        [n_read, n_added, n_changed, n_refused]
    }
}

fn rows<R: FileRow>(text: &str) -> RowFile<R> {
    let input = Cursor::new(text.as_bytes().to_vec());
    RowFile::new("store.csv", Box::new(input), None).expect("a header")
}

type Import<R> = fn(
    &mut Store,
    &mut dyn Iterator<Item = Intake<R>>,
    ImportJob<'_>,
) -> Result<ImportEnd, StoreError>;

fn take_in<R>(
    shop: &mut Shop,
    import: Import<R>,
    mode: ImportMode,
    rows: &mut dyn Iterator<Item = Intake<R>>,
) -> Told {
    let mut told = Told::default();
    let mut watch = |news| {
        match news {
            ImportNews::Refused(refused) => told.refused.push(refused.to_string()),
            ImportNews::Noted(note) => told.notes.push(note),
            ImportNews::Progress { .. } => (),
        }
        ControlFlow::Continue(())
    };
    let stamp = Stamp { by: None, ..shop.stamp() };
    let job = ImportJob { stamp, mode, watch: &mut watch };
    let end = import(&mut shop.store, rows, job).expect("an import");
    let ImportEnd::Done(counts) = end else { panic!("stopped") };
    Told { counts, ..told }
}

fn customers(shop: &mut Shop, text: &str) -> Told {
    take_in(shop, Store::import_customers, ImportMode::Keep, &mut rows::<Customer>(text))
}

fn subscriptions(shop: &mut Shop, text: &str) -> Told {
    let mut rows = rows::<SubscriptionLine>(text);
    take_in(shop, Store::import_subscriptions, ImportMode::Keep, &mut rows)
}

fn keys(shop: &mut Shop, text: &str) -> Told {
    take_in(shop, Store::import_keys, ImportMode::Keep, &mut rows::<KeyLine>(text))
}

fn n_entries(shop: &Shop) -> i64 {
    shop.store.read().head().expect("a journal").seq
}

/// A name that nobody else has, written out in letters.
fn name_of(n: usize) -> String {
    let syllables = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"];
    let word: String =
        format!("{n:05}").bytes().map(|digit| syllables[usize::from(digit - b'0')]).collect();
    format!("{} {word}", &word[..6])
}

fn many_customers(n: usize) -> String {
    let mut text = CUSTOMERS.to_owned();
    for n in 0..n {
        let name = name_of(n);
        let (given, surname) = name.split_once(' ').expect("two words");
        writeln!(text, "M{n},{given},{surname},612555{:04},,,,MN,55423", n % 10_000)
            .expect("memory");
    }
    text
}

#[test]
fn the_same_file_again_changes_nothing_and_writes_no_entry() {
    let mut shop = Shop::new();
    let text = format!(
        "{CUSTOMERS}M1,Amara,Okafor,(612) 555-0142,a@example.com,1 Penn Ave,Richfield,MN,55423\n\
         M2,José,Núñez,,,,,,\n,No,Id,,,,,,\n"
    );
    assert_eq!(customers(&mut shop, &text).counts(), [3, 2, 0, 1]);
    let before = n_entries(&shop);
    assert_eq!(customers(&mut shop, &text).counts(), [3, 0, 0, 1]);
    assert_eq!(n_entries(&shop), before);
    // A new phone number is one change, and one entry.
    let moved = text.replace("555-0142", "555-0199");
    assert_eq!(customers(&mut shop, &moved).counts(), [3, 0, 1, 1]);
    assert_eq!(n_entries(&shop), before + 1);
    assert_eq!(found(&shop, "0199"), ["M1"]);
    assert_eq!(found(&shop, "0142"), [""; 0]);
}

#[test]
fn what_was_entered_at_the_desk_is_not_overwritten() {
    let mut shop = Shop::new();
    shop.tell(Change::CustomerAdded { customer: customer("M1", "Amara", "Okafor") });
    let entered = subscription("M1", "HST6A-VV5DB-RACY3-68A3Y");
    shop.tell(Change::SubscriptionAdded { subscription: entered });
    let told = customers(&mut shop, &format!("{CUSTOMERS}M1,Wrong,Name,1,,,,,\n"));
    assert_eq!(told.counts(), [1, 0, 0, 0]);
    assert_eq!(told.notes.len(), 1);
    let text = format!("{SUBSCRIPTIONS}M1,Other product,HST6A-VV5DB-RACY3-68A3Y,,,,elsewhere\n");
    assert_eq!(subscriptions(&mut shop, &text).counts(), [1, 0, 0, 0]);
    let card = shop.store.read().customer_card(&ExternalId("M1".to_owned()), today());
    let card = card.expect("read").expect("a card");
    assert_eq!(card.customer.full_name(), "Amara Okafor");
    assert_eq!(card.subscriptions.len(), 1);
    assert!(card.subscriptions[0].product.starts_with("Kaspersky"));
}

#[test]
fn the_code_of_an_exchanged_subscription_stays_cut() {
    let mut shop = Shop::new();
    shop.deliver("Trend Micro Internet Security 3 Devices 1 Year", 2);
    customers(&mut shop, &format!("{CUSTOMERS}M1,Amara,Okafor,612,,,,,\n"));
    let text = format!(
        "{SUBSCRIPTIONS}M1,KIS 3 PC,HST6A-VV5DB-RACY3-68A3Y,R1,2016-11-14,2017-11-13,in_store\n"
    );
    assert_eq!(subscriptions(&mut shop, &text).counts(), [1, 1, 0, 0]);
    let case = shop.serve("M1", "Trend Micro Internet Security 3 Devices 1 Year");
    assert_eq!(subscriptions(&mut shop, &text).counts(), [1, 0, 0, 0]);
    // Also when the directory says something new about it.
    let renamed = text.replace("KIS 3 PC", "Kaspersky Internet Security 3 PC");
    assert_eq!(subscriptions(&mut shop, &renamed).counts(), [1, 0, 1, 0]);
    let file = shop.store.read().case_file(case, shop.now).expect("read").expect("a case");
    let subscription = file.subscription.expect("the subscription");
    assert_eq!(subscription.product, "Kaspersky Internet Security 3 PC");
    assert_eq!(subscription.activation_code.as_ref().map(Secret::reveal), Some("68A3Y"));
    assert!(verify(&shop.path).expect("a report").is_whole());
}

#[test]
fn subscriptions_of_nobody_are_refused_and_the_others_taken() {
    let mut shop = Shop::new();
    customers(&mut shop, &format!("{CUSTOMERS}M1,Amara,Okafor,612,,,,,\n"));
    let text = format!(
        "{SUBSCRIPTIONS}M9,KIS,AAAA,,,,\nM1,KIS,BBBB,,,,auto_renew\nM1,KAV,,R-1,2016-11-14,,\n"
    );
    let told = subscriptions(&mut shop, &text);
    assert_eq!(told.counts(), [3, 2, 0, 1]);
    assert!(told.refused[0].starts_with("line 2: no customer"), "{:?}", told.refused);
    assert!(verify(&shop.path).expect("a report").is_whole());
}

#[test]
fn a_large_file_is_found_by_every_index_afterwards() {
    let mut shop = Shop::new();
    let n = 25_000;
    let text = many_customers(n);
    assert_eq!(customers(&mut shop, &text).counts(), [n as u64, n as u64, 0, 0]);
    assert_eq!(found(&shop, "m24999")[0], "M24999");
    assert_eq!(found(&shop, &name_of(24_999))[0], "M24999");
    assert!(verify(&shop.path).expect("a report").is_whole());
    // The indexes are those of a file that never saw a large import.
    assert_eq!(indexes(&shop), indexes(&Shop::new()));
    assert_eq!(customers(&mut shop, &text).counts(), [n as u64, 0, 0, 0]);
}

/// Who is found by `text`, the surest first.
fn found(shop: &Shop, text: &str) -> Vec<String> {
    let mut finder = Finder::open_whole(&shop.path).expect("a finder");
    let found = finder.find(text, (10, today()), &|| false).expect("a search").expect("an answer");
    found.hits.into_iter().map(|hit| hit.customer.0).collect()
}

fn indexes(shop: &Shop) -> Vec<String> {
    let conn = rusqlite::Connection::open(&shop.path).expect("the file");
    let sql = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY sql";
    let mut statement = conn.prepare(sql).expect("SQL");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("rows")
}

#[test]
fn a_canceled_import_leaves_nothing_whenever_it_is_canceled() {
    let text = many_customers(25_000);
    for allowed in [0, 5, 12, 13, 16] {
        let mut shop = Shop::new();
        let (before, indexes_before) = (n_entries(&shop), indexes(&shop));
        let mut n_told = 0;
        let mut watch = |_| {
            n_told += 1;
            if n_told > allowed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let job =
            ImportJob { stamp: Stamp::new(NOW, None), mode: ImportMode::Keep, watch: &mut watch };
        let end = shop.store.import_customers(&mut rows::<Customer>(&text), job);
        assert_eq!(end.expect("an answer"), ImportEnd::Stopped, "{allowed}");
        assert_eq!(shop.store.read().file_counts().expect("counts").n_customers, 0);
        assert_eq!((n_entries(&shop), indexes(&shop)), (before, indexes_before));
        // And the file is as good as new.
        assert_eq!(customers(&mut shop, CUSTOMERS).counts(), [0, 0, 0, 0]);
    }
}

#[test]
fn a_file_that_breaks_off_leaves_nothing() {
    let mut shop = Shop::new();
    let mut rows = rows::<Customer>(&many_customers(100)).take(50);
    let mut watch = |_| ControlFlow::Continue(());
    let job = ImportJob { stamp: Stamp::new(NOW, None), mode: ImportMode::Keep, watch: &mut watch };
    let end = shop.store.import_customers(&mut rows, job).expect("an answer");
    assert_eq!(end, ImportEnd::Stopped);
    assert_eq!(shop.store.read().file_counts().expect("counts").n_customers, 0);
}

#[test]
fn a_dry_run_counts_and_leaves_nothing() {
    let mut shop = Shop::new();
    let mut rows = rows::<Customer>(&format!("{CUSTOMERS}M1,Amara,Okafor,612,,,,,\nM1,,,,,,,,\n"));
    let told = take_in(&mut shop, Store::import_customers, ImportMode::DryRun, &mut rows);
    assert_eq!(told.counts(), [2, 1, 0, 1]);
    assert_eq!(shop.store.read().file_counts().expect("counts").n_customers, 0);
    assert_eq!(n_entries(&shop), 1);
}

#[test]
fn a_delivery_brings_keys_and_products_that_only_its_names_tell_of() {
    let mut shop = Shop::new();
    let text = format!(
        "{KEYS}{WEBROOT},SARW-NJEF-6YAM-TR7W-CMU8,WB-1709\n\
         webroot secureanywhere internet security complete 5 devices 1 year!,SAWZ,WB-1709\n\
         Acme Total Shield 2 PCs 18 Months,ACME-1,A1\n\
         Acme Total Shield 2 PCs 18 Months,ACME-2,A1\n\
         Acme Total Shield,ACME-3,A1\n\
         Kaspersky Internet Security 3 Devices 1 Year,KASP-1,K1\n\
         McAfee Total Protection 10 Devices 1 Year,acme 2,M1\n"
    );
    let told = keys(&mut shop, &text);
    assert_eq!(told.counts(), [7, 4, 0, 3]);
    let lines: Vec<_> = told.refused.iter().map(|line| &line[..7]).collect();
    assert_eq!(lines, ["line 6:", "line 7:", "line 8:"]);
    assert!(told.notes.iter().any(|note| note.contains("Acme")), "{:?}", told.notes);
    assert!(told.notes.iter().any(|note| note.contains("1 key taken")), "{:?}", told.notes);
    let id = shop.product("Acme Total Shield 2 PCs 18 Months");
    let products = shop.store.read().products().expect("products");
    let acme = products.iter().find(|product| product.id == id).expect("Acme");
    assert_eq!((acme.vendor.as_str(), acme.seats), ("Acme", Seats::Count(2)));
    // Again: known keys stay as they are, and one under another product is told.
    let before = n_entries(&shop);
    assert_eq!(keys(&mut shop, &text).counts(), [7, 0, 0, 3]);
    let other = keys(&mut shop, &format!("{KEYS}{WEBROOT},acme1,WB\n"));
    assert_eq!(other.counts(), [1, 0, 0, 1]);
    assert!(other.refused[0].contains("Acme Total Shield"), "{:?}", other.refused);
    assert_eq!(n_entries(&shop), before);
    assert!(verify(&shop.path).expect("a report").is_whole());
}

#[test]
fn a_large_delivery_is_an_entry_for_each_thousand_keys() {
    let mut shop = Shop::new();
    let mut text = KEYS.to_owned();
    for n in 0..2_001 {
        writeln!(text, "{WEBROOT},SARW-NJEF-6YAM-TR7W-{n:04},WB").expect("memory");
    }
    let before = n_entries(&shop);
    assert_eq!(keys(&mut shop, &text).counts(), [2_001, 2_001, 0, 0]);
    assert_eq!(n_entries(&shop), before + 3);
    assert_eq!(shop.store.read().file_counts().expect("counts").n_keys, 2_001);
    assert!(verify(&shop.path).expect("a report").is_whole());
}

/// Imports a catalog of these products.
fn catalog(shop: &mut Shop, products: Vec<Product>) -> Told {
    let file = FileMark { name: "catalog.json".to_owned(), sha256: "0".repeat(64) };
    let rows = (1..).zip(products).map(|(line_no, row)| Intake::Row { line_no, at_byte: 0, row });
    let mut rows = rows.chain([Intake::End(file)]);
    take_in(shop, Store::import_catalog, ImportMode::Keep, &mut rows)
}

#[test]
fn a_catalog_gives_no_product_another_name_under_its_keys() {
    let mut shop = Shop::new();
    keys(&mut shop, &format!("{KEYS}{WEBROOT},SARW-NJEF-6YAM-TR7W-CMU8,WB\n"));
    let before = shop.store.read().products().expect("products");
    let webroot = before.iter().find(|product| product.name == WEBROOT).expect("Webroot");
    let other = |name: &str, id| Product { id, name: name.to_owned(), ..webroot.clone() };
    let renamed = other("Acme Total Shield 5 Devices 1 Year", webroot.id);
    let new_id = swapdesk::domain::id::ProductId::mint(NOW);
    let new = other("Acme Shield 1 Device 1 Year", new_id);
    let same_id = other("Acme Shield 2 Devices 1 Year", new_id);
    let told = catalog(&mut shop, vec![renamed, new, same_id]);
    assert_eq!(told.counts(), [3, 1, 0, 2]);
    assert!(told.refused[0].starts_with("line 1: its id is that of \"Webroot"), "{told:?}");
    assert!(told.refused[1].starts_with("line 3: its id is that of \"Acme Shield 1"), "{told:?}");
    let after = shop.store.read().products().expect("products");
    assert_eq!(after.iter().find(|product| product.id == webroot.id), Some(webroot));
    assert_eq!(after.len(), before.len() + 1);
    assert!(verify(&shop.path).expect("a report").is_whole());
}

#[test]
fn a_catalog_changes_products_and_keeps_their_keys() {
    let mut shop = Shop::new();
    let known = shop.store.read().products().expect("products");
    let before = n_entries(&shop);
    assert_eq!(catalog(&mut shop, known.clone()).counts(), [known.len() as u64, 0, 0, 0]);
    assert_eq!(n_entries(&shop), before);
    let webroot = known.iter().find(|product| product.name == WEBROOT).expect("Webroot").clone();
    let elsewhere = "https://example.com/activate".to_owned();
    let moved = Product {
        id: swapdesk::domain::id::ProductId::mint(NOW),
        activation_address: elsewhere.clone(),
        ..webroot.clone()
    };
    let withdrawn =
        Product { vendor: "Kaspersky".to_owned(), name: "KIS".to_owned(), ..webroot.clone() };
    let told = catalog(&mut shop, vec![moved.clone(), moved, withdrawn]);
    assert_eq!(told.counts(), [3, 0, 1, 2]);
    let now = shop.store.read().products().expect("products");
    let set = now.iter().find(|product| product.name == WEBROOT).expect("Webroot");
    assert_eq!((set.id, &set.activation_address), (webroot.id, &elsewhere));
    assert!(verify(&shop.path).expect("a report").is_whole());
}
