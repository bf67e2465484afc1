//! No key twice: whatever is asked in whatever order, and by four programs at once.

use crate::shop::{NOW, Shop, today};
use proptest::prelude::{Strategy, prop_oneof};
use proptest::test_runner::{Config, TestRunner};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use swapdesk::domain::case::{CheckIn, Closing, OverrideKind, Wants};
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::domain::id::{CaseId, ExternalId, KeyId, ReplacementId};
use swapdesk::domain::people::Role;
use swapdesk::domain::replacement::Replacement;
use swapdesk::domain::stock::HOLD_MS;
use swapdesk::store::backup::restore;
use swapdesk::store::error::StoreError;
use swapdesk::store::lock::WindowLock;
use swapdesk::store::verify::verify;
use swapdesk::store::{NewCase, Recorded, Store};

const TREND: &str = "Trend Micro Internet Security 3 Devices 1 Year";
const MCAFEE: &str = "McAfee Total Protection 10 Devices 1 Year";
const PRODUCTS: [&str; 2] = [TREND, MCAFEE];

/// Names the test that, started with this set to a file, is a program that issues keys.
const CHILD: &str = "SWAPDESK_TEST_ISSUE_FROM";

/// What may be asked of the desk. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    Open(usize),
    Hold(usize, usize),
    Release(usize),
    Issue(usize),
    Void(usize),
    SeeActive(usize),
    Withdraw(usize),
    HandOver(usize),
    Reopen(usize),
    Wait(i64),
    Backup,
    Restore,
    ReleaseFrozen(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let n = 0..64_usize;
    prop_oneof![
        3 => n.clone().prop_map(Step::Open),
        6 => (n.clone(), n.clone()).prop_map(|(case, product)| Step::Hold(case, product)),
        1 => n.clone().prop_map(Step::Release),
        6 => n.clone().prop_map(Step::Issue),
        2 => n.clone().prop_map(Step::Void),
        1 => n.clone().prop_map(Step::SeeActive),
        1 => n.clone().prop_map(Step::Withdraw),
        1 => n.clone().prop_map(Step::HandOver),
        1 => n.clone().prop_map(Step::Reopen),
        3 => (0..HOLD_MS * 3 / 2).prop_map(Step::Wait),
        1 => proptest::strategy::Just(Step::Backup),
        1 => proptest::strategy::Just(Step::Restore),
        2 => n.prop_map(Step::ReleaseFrozen),
    ]
}

/// What the world remembers, whatever file is in place: keys that customers have seen.
#[derive(Default)]
struct World {
    seen: BTreeMap<String, String>,
    cases: Vec<CaseId>,
    n_copies: usize,
}

fn pick<T: Clone>(from: &[T], n: usize) -> Option<T> {
    from.get(n % from.len().max(1)).cloned()
}

/// Carries out one step; refusals are answers.
fn carry_out(shop: &mut Shop, world: &mut World, step: &Step) {
    let customers = ["M1", "M2"];
    match step {
        Step::Open(n) => {
            let case = shop.open_case(customers[n % 2]);
            shop.check_in(case, Wants::ExchangeOnly, Vec::new());
            if n % 3 == 0 {
                shop.override_exchange(case);
            }
            world.cases.push(case);
        }
        Step::Hold(n, product) => {
            if let Some(case) = pick(&world.cases, *n) {
                let _ = shop.hold(case, PRODUCTS[product % 2]);
            }
        }
        Step::Issue(n) => {
            let held = |case: &CaseId| shop.case(*case).hold.is_some();
            let holders: Vec<_> = world.cases.iter().copied().filter(held).collect();
            if let Some(case) = pick(&holders, *n)
                && let Ok(recorded) = shop.issue(case)
            {
                let key = recorded.change.key().expect("a key").to_string();
                let before = world.seen.insert(key.clone(), case.to_string());
                assert_eq!(before, None, "key {key} went out twice");
            }
        }
        Step::Wait(ms) => shop.now = shop.now.plus_ms(*ms),
        Step::Backup | Step::Restore => copy_or_go_back(shop, world, step),
        Step::ReleaseFrozen(n) => {
            // A lead looks at the shelf: what no customer has seen may be free again.
            let unseen = |id: &String| !world.seen.contains_key(id);
            let frozen: Vec<_> = keys_in(shop, "frozen").into_iter().filter(unseen).collect();
            if let Some(id) = pick(&frozen, *n) {
                let keys = vec![id.parse().expect("an id")];
                let reason = "still sealed".to_owned();
                shop.tell_as_lead(Change::FrozenReleased { keys, reason });
            }
        }
        Step::Void(n) => {
            let keys: Vec<_> =
                ["free", "held", "issued"].iter().flat_map(|state| keys_in(shop, state)).collect();
            if let Some(id) = pick(&keys, *n) {
                let (key, reason) = (id.parse().expect("an id"), "spoiled".to_owned());
                shop.tell_as_lead(Change::KeyVoided { key, case: None, reason });
            }
        }
        Step::Release(n)
        | Step::SeeActive(n)
        | Step::Withdraw(n)
        | Step::HandOver(n)
        | Step::Reopen(n) => {
            if let Some(case) = pick(&world.cases, *n)
                && let Some(change) = about(shop, case, step)
            {
                let _ = shop.ask(change);
            }
        }
    }
}

/// What a step about one case records.
fn about(shop: &Shop, case: CaseId, step: &Step) -> Option<Change> {
    let reason = || "why not".to_owned();
    let found = shop.case(case);
    Some(match step {
        Step::Release(_) => Change::HoldReleased { case, key: found.hold?.key },
        Step::SeeActive(_) => {
            Change::ReplacementSeenActive { case, replacement: found.replacement()?.id }
        }
        Step::Withdraw(_) => {
            Change::CaseClosed { case, closing: Closing::Withdrawn { reason: reason() } }
        }
        Step::HandOver(_) => Change::CaseClosed { case, closing: Closing::HandedOver },
        _ => Change::CaseReopened { case, reason: reason() },
    })
}

/// Makes a copy, or puts the last one in place.
fn copy_or_go_back(shop: &mut Shop, world: &mut World, step: &Step) {
    let copy = |n: usize| shop.folder.path().join(format!("copy-{n}"));
    if matches!(step, Step::Backup) {
        world.n_copies += 1;
        shop.store.read().backup(&copy(world.n_copies)).expect("a copy");
    } else if world.n_copies > 0 {
        let copy = copy(world.n_copies);
        // Nobody may write meanwhile.
        let nowhere = Store::rehearsal(&shop.folder.path().join("nowhere"), shop.now);
        shop.store = nowhere.expect("in memory").expect("small");
        let lock = WindowLock::acquire(&shop.path).expect("no window");
        restore(&copy, &shop.path, Stamp::new(shop.now, None), &lock).expect("restored");
        shop.store = Store::open(&shop.path, shop.now).expect("the file");
        // Cases that the copy does not know are on paper alone.
        let is_known = |case: &CaseId| {
            shop.store.read().case_file(*case, shop.now).expect("an answer").is_some()
        };
        let known = world.cases.iter().copied().filter(is_known).collect();
        world.cases = known;
    }
}

fn rows<const N: usize>(shop: &Shop, sql: &str) -> Vec<[String; N]> {
    let conn = Connection::open_with_flags(&shop.path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let conn = conn.expect("a file");
    let mut statement = conn.prepare(sql).expect(sql);
    let read = |row: &rusqlite::Row<'_>| {
        Ok(std::array::from_fn(|n| {
            row.get::<_, Option<String>>(n).ok().flatten().unwrap_or_default()
        }))
    };
    statement.query_map([], read).expect(sql).collect::<Result<_, _>>().expect(sql)
}

fn keys_in(shop: &Shop, state: &str) -> Vec<String> {
    let sql = format!("SELECT id FROM license_key WHERE state = '{state}' ORDER BY id");
    rows::<1>(shop, &sql).into_iter().map(|[id]| id).collect()
}

/// What must be so after every step.
fn check(shop: &Shop, world: &World) {
    for [id, state] in rows::<2>(shop, "SELECT id, state FROM license_key") {
        let is_seen = world.seen.contains_key(&id);
        assert!(!is_seen || !matches!(state.as_str(), "free" | "held"), "{id} is {state} again");
    }
    let mut live = BTreeSet::new();
    let sql = "SELECT r.case_id, k.state FROM replacement r JOIN license_key k ON k.id = r.key_id
                WHERE r.voided_at_ms IS NULL";
    for [case, state] in rows::<2>(shop, sql) {
        assert!(state == "issued" || state == "activated", "a replacement with a {state} key");
        assert!(live.insert(case), "two replacements in one case");
    }
    let sql = "SELECT case_id FROM license_key WHERE state = 'held'
                GROUP BY case_id HAVING count(*) > 1";
    assert!(rows::<1>(shop, sql).is_empty(), "a case holds two keys");
    let sql = "SELECT k.id FROM license_key k LEFT JOIN replacement r ON r.key_id = k.id
                WHERE k.state IN ('issued', 'activated') AND r.id IS NULL";
    assert!(rows::<1>(shop, sql).is_empty(), "a key is out without a replacement");
}

#[test]
fn no_schedule_of_commands_issues_a_key_twice() {
    let mut runner = TestRunner::new(Config {
        cases: 32,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    });
    let steps = proptest::collection::vec(step(), 1..60);
    runner
        .run(&steps, |steps| {
            let mut shop = Shop::stocked(8);
            let mut world = World::default();
            for step in &steps {
                carry_out(&mut shop, &mut world, step);
                check(&shop, &world);
            }
            let report = verify(&shop.path).expect("a report");
            assert!(report.is_whole(), "{report:?}");
            Ok(())
        })
        .expect("no key twice");
}

#[test]
fn four_programs_on_one_file_issue_every_key_once() {
    const N_KEYS: usize = 120;
    let mut shop = Shop::stocked(0);
    shop.deliver(TREND, N_KEYS);
    let me = std::env::current_exe().expect("this program");
    let children: Vec<_> = (0..4)
        .map(|_| {
            Command::new(&me)
                .args(["store_keys::a_program_that_issues_until_none_is_left", "--exact"])
                .arg("--nocapture")
                .env(CHILD, &shop.path)
                .stdout(Stdio::piped())
                .spawn()
                .expect("a program")
        })
        .collect();
    let mut issued = Vec::new();
    for child in children {
        let output = child.wait_with_output().expect("its output");
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success(), "{text}");
        issued.extend(text.lines().filter_map(|line| line.strip_prefix("key ")).map(str::to_owned));
    }
    assert_eq!(issued.len(), N_KEYS);
    assert_eq!(issued.iter().collect::<BTreeSet<_>>().len(), N_KEYS);
    let out: BTreeSet<_> = keys_in(&shop, "issued").into_iter().collect();
    assert_eq!(out, issued.into_iter().collect());
    assert!(verify(&shop.path).expect("a report").is_whole());
}

/// Busy is an answer, after which nothing has changed: ask again.
fn until_done(
    mut ask: impl FnMut() -> Result<Recorded, StoreError>,
) -> Result<Recorded, StoreError> {
    loop {
        match ask() {
            Err(StoreError::Busy) => (),
            answer => return answer,
        }
    }
}

fn tell(store: &mut Store, stamp: Stamp, change: &Change) {
    until_done(|| store.record(stamp, change.clone())).expect("an entry");
}

/// Not a claim of its own: the program that the test above starts four times.
#[test]
fn a_program_that_issues_until_none_is_left() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let mut store = Store::open(path.as_ref(), NOW).expect("the file");
    let people = store.read().people().expect("people");
    let lead = people.iter().find(|person| person.role == Role::Lead).expect("a lead").id;
    let products = store.read().products().expect("products");
    let trend = products.iter().find(|product| product.name == TREND).expect("the product").id;
    let stamp = || Stamp::new(NOW, Some(lead));
    loop {
        let customer = ExternalId("M1".to_owned());
        let new = NewCase { customer, subscription: None, opened_on: today() };
        let opened = until_done(|| store.open_case(stamp(), new.clone())).expect("a case");
        let case = opened.change.case().expect("its id");
        let check_in = CheckIn {
            wants: Wants::ExchangeOnly,
            devices: Vec::new(),
            backup: None,
            consent_by: String::new(),
        };
        tell(&mut store, stamp(), &Change::CheckedIn { case, check_in });
        let (what, reason) = (OverrideKind::Exchange, "everybody at once".to_owned());
        tell(&mut store, stamp(), &Change::Overridden { case, what, reason });
        let key: KeyId = match until_done(|| store.hold_key(stamp(), case, trend)) {
            Ok(recorded) => recorded.change.key().expect("a key"),
            Err(StoreError::NoFreeKey) => return,
            Err(err) => panic!("{err}"),
        };
        let replacement = Replacement {
            id: ReplacementId::mint(NOW),
            case,
            key,
            product: trend,
            issued_at: NOW,
            shortfall_reason: String::new(),
            voided: None,
            active_at: None,
        };
        tell(&mut store, stamp(), &Change::KeyIssued { replacement });
        println!("key {key}");
    }
}
