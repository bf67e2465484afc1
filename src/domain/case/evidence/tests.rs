//! The tables of what scans say about a case.

use super::*;
use crate::domain::case::tests::{check_in, device, opened, removal};
use crate::domain::case::{Override, Wants};
use crate::domain::evidence::samples::{WHOLE, alarmed, kept, protected, scan};
use crate::domain::evidence::trace::Scan;
use crate::domain::id::PersonId;
use uuid::Uuid;

/// Uninstalled after 10 ms, restarted after 20, and these scans.
fn case(outcome: Option<Outcome>, scans: Vec<(Side, i64, Scan)>) -> Case {
    let one = device(11);
    let mut case = opened();
    case.check_in = Some(check_in(Wants::Both, vec![one.clone()]));
    let mut removal = removal(&one, outcome);
    removal.checks = vec![
        (Check::DataSaved, Moment(5)),
        (Check::Uninstalled, Moment(10)),
        (Check::Restarted, Moment(20)),
    ];
    case.removals = vec![removal];
    let scans = scans.into_iter().map(|(side, ms, scan)| kept(one.id, side, ms, scan));
    case.scans = scans.collect();
    case
}

fn id() -> DeviceId {
    device(11).id
}

#[test]
fn the_latest_scan_of_each_side_counts() {
    let kis = || scan(&[(Kind::Program, "KIS")], &WHOLE);
    let clean = || scan(&[], &WHOLE);
    let table = [
        (vec![], "none"),
        (vec![(Side::Before, 1, kis())], "before"),
        (vec![(Side::After, 30, clean())], "after"),
        (vec![(Side::Before, 1, kis()), (Side::After, 30, clean())], "1 found, 1 gone"),
        (
            vec![(Side::Before, 1, kis()), (Side::After, 30, clean()), (Side::After, 31, kis())],
            "1 found, 0 gone, 1 still there",
        ),
        (
            vec![(Side::Before, 1, kis()), (Side::After, 30, kis()), (Side::After, 31, clean())],
            "1 found, 1 gone",
        ),
    ];
    for (scans, expected) in table {
        let case = case(None, scans);
        let said = match case.evidence_of(id()) {
            DeviceEvidence::None => "none".to_owned(),
            DeviceEvidence::BeforeOnly(_) => "before".to_owned(),
            DeviceEvidence::AfterOnly(_) => "after".to_owned(),
            DeviceEvidence::Both { comparison, .. } => comparison.summary(),
        };
        assert_eq!(said, expected);
        assert_eq!(case.evidence_of(device(12).id), DeviceEvidence::None);
    }
}

#[test]
fn an_after_scan_is_a_look_for_leftovers_and_may_tell_of_the_restart() {
    let at = |booted: &str, clock: &str, found: &[(Kind, &str)]| Scan {
        booted: Some(booted.to_owned()),
        clock: Some(clock.to_owned()),
        ..scan(found, &WHOLE)
    };
    let before = || at("20171005080000", "20171005110000", &[(Kind::Program, "KIS")]);
    let restarted = || at("20171005112000", "20171005113000", &[]);
    let running = at("20171005080000", "20171005113000", &[]);
    let no_clock = Scan { clock: None, ..restarted() };
    // Uninstalled after 10 ms; it ran for 10 minutes when it was scanned.
    let ran_ms = 10 * 60 * 1_000;
    let table = [
        (vec![], Some(Check::Restarted), Err(NotShown::NoAfterScan)),
        (
            vec![(Side::Before, 1, before()), (Side::After, ran_ms + 10, restarted())],
            None,
            Ok(Restart::Done),
        ),
        // Restarted between the scans, but before the uninstall.
        (
            vec![(Side::Before, 1, before()), (Side::After, ran_ms + 9, restarted())],
            Some(Check::Restarted),
            Ok(Restart::Done),
        ),
        (
            vec![(Side::Before, 1, before()), (Side::After, ran_ms + 10, no_clock)],
            Some(Check::Restarted),
            Ok(Restart::Done),
        ),
        (
            vec![(Side::Before, 1, before()), (Side::After, 30, running)],
            Some(Check::Restarted),
            Err(NotShown::NotRestarted),
        ),
        (vec![(Side::After, 30, scan(&[], &WHOLE))], Some(Check::Restarted), Ok(Restart::NotTold)),
        // Before the uninstall was ticked anew.
        (
            vec![(Side::After, 9, scan(&[], &WHOLE))],
            Some(Check::Restarted),
            Err(NotShown::TooEarly),
        ),
    ];
    for (scans, needed, shown) in table {
        let mut case = case(None, scans);
        case.removals[0].checks.pop();
        assert_eq!(case.next_needed(&case.removals[0]), needed);
        assert_eq!(case.shown(id()).map(|proof| proof.restart), shown);
    }
}

#[test]
fn an_after_scan_that_shows_too_little_is_no_look_for_leftovers() {
    use crate::domain::device::Platform;
    let phone = [Area::AndroidPackages];
    let mac = [Area::MacApps, Area::MacKexts, Area::MacLaunchd];
    let table: [(Platform, &[Area], bool); 8] = [
        (Platform::Windows, &[], false),
        (Platform::Windows, &[Area::SecurityCenter], false),
        (Platform::Windows, &[Area::Programs, Area::Services], false),
        (Platform::Windows, &WHOLE, true),
        (Platform::MacOs, &WHOLE, false),
        (Platform::MacOs, &mac, true),
        (Platform::Android, &phone, true),
        (Platform::Ios, &phone, false),
    ];
    for (platform, covers, is_look) in table {
        let mut case = case(None, vec![(Side::After, 30, scan(&[], covers))]);
        if let Some(check_in) = &mut case.check_in {
            check_in.devices[0].platform = platform;
        }
        let looked_at = case.done_at(&case.removals[0], Check::LeftoversChecked);
        assert_eq!(looked_at.is_some(), is_look, "{platform:?} {covers:?}");
    }
    // What was found before is asked for, and no more.
    let found = scan(&[(Kind::Program, "KIS")], &[Area::Programs]);
    let gone = scan(&[], &[Area::Programs]);
    let case = case(None, vec![(Side::Before, 1, found), (Side::After, 30, gone)]);
    assert_eq!(case.done_at(&case.removals[0], Check::LeftoversChecked), Some(Moment(30)));
}

#[test]
fn a_scan_of_another_system_than_the_device_shows_nothing_of_it() {
    let phone = || scan(&[(Kind::AndroidPackage, "com.kms.free")], &[Area::AndroidPackages]);
    let clean = || scan(&[], &[Area::AndroidPackages]);
    let mut case = case(None, vec![(Side::Before, 1, phone()), (Side::After, 30, clean())]);
    assert!(case.comparison(id()).is_some_and(|comparison| comparison.is_proof()));
    assert_eq!(case.shown(id()), Err(NotShown::Doubt(Doubt::OtherSystem)));
    if let Some(check_in) = &mut case.check_in {
        check_in.devices[0].platform = crate::domain::device::Platform::Android;
    }
    assert!(case.shown(id()).is_ok());
}

#[test]
fn an_alert_stands_until_the_filters_are_shown_without_it() {
    let alarm = || alarmed(scan(&[(Kind::ClassFilter, "klmouflt")], &[Area::ClassFilters]));
    let blind = || scan(&[], &WHOLE);
    let seen = || scan(&[], &[Area::ClassFilters]);
    let table: [(Vec<Scan>, bool); 6] = [
        (vec![], false),
        (vec![alarm()], true),
        (vec![alarm(), blind()], true),
        (vec![alarm(), seen()], false),
        (vec![seen(), alarm()], true),
        (vec![alarm(), seen(), blind()], false),
    ];
    for (scans, stands) in table {
        let scans = scans.into_iter().zip(30..).map(|(scan, ms)| (Side::After, ms, scan));
        let mut case = case(None, scans.collect());
        assert_eq!(case.dangers().count(), usize::from(stands));
        assert_eq!(case.unanswered_danger().is_some(), stands);
        if stands {
            assert!(matches!(case.shown(id()), Err(NotShown::Danger(_))));
        }
        let word = |ms| Override {
            what: OverrideKind::Danger,
            reason: "a touch pad is there".to_owned(),
            by: PersonId(Uuid::nil()),
            at: Moment(ms),
        };
        case.overrides = vec![word(29)];
        assert_eq!(case.is_danger_answered(id()), !stands, "a word from before the alert");
        case.overrides = vec![word(40)];
        assert!(case.is_danger_answered(id()));
    }
}

#[test]
fn an_alert_is_ended_by_a_later_scan_of_this_device_alone() {
    let at = |clock: &str, scan: Scan| Scan {
        clock: (!clock.is_empty()).then(|| clock.to_owned()),
        ..scan
    };
    let alarm = |clock| at(clock, alarmed(scan(&[(Kind::ClassFilter, "klmouflt")], &[])));
    let mended = |clock| at(clock, scan(&[], &[Area::ClassFilters]));
    let other = |clock| Scan { hosts: vec!["77d0".to_owned()], ..mended(clock) };
    let (ten, eleven) = ("20171005100000", "20171005110000");
    let (before, after) = (Side::Before, Side::After);
    // The alarming scan, the one that is kept after it, and whether the alert still stands.
    let table = [
        ((after, alarm(ten)), (after, mended(eleven)), false),
        ((after, alarm(eleven)), (after, mended(ten)), true),
        ((after, alarm("")), (after, mended("")), false),
        // Taken before the uninstall, and kept only now.
        ((after, alarm("")), (before, mended("")), true),
        ((after, alarm(eleven)), (before, mended("")), true),
        ((after, alarm(eleven)), (before, mended(ten)), true),
        ((before, alarm("")), (before, mended("")), false),
        ((before, alarm(ten)), (after, mended("")), false),
        ((after, alarm(ten)), (after, other(eleven)), true),
    ];
    for (no, ((old_side, mut old), (new_side, new), stands)) in table.into_iter().enumerate() {
        old.hosts = vec!["1f3a".to_owned()];
        let case = case(None, vec![(old_side, 30, old), (new_side, 31, new)]);
        assert_eq!(case.danger_of(id()).is_some(), stands, "row {no}");
    }
}

#[test]
fn one_current_antivirus_and_no_old_one_protects() {
    use State::{Disabled, Enabled, Running};
    let center = |state| {
        let mut scan = scan(&[(Kind::SecurityCenter, "KIS")], &[Area::SecurityCenter]);
        scan.traces[0].state = state;
        scan
    };
    let shown = || scan(&[], &[Area::SecurityCenter]);
    let defender = ("Windows Defender", Enabled, Some(true));
    let table: [(Vec<Scan>, Option<&str>); 10] = [
        (vec![], None),
        (vec![protected(shown(), &[defender])], Some("Windows Defender")),
        (vec![protected(shown(), &[("ESET", Enabled, Some(false))])], None),
        (vec![protected(shown(), &[("ESET", Enabled, None)])], None),
        (vec![protected(shown(), &[("ESET", Running, Some(true))])], None),
        (vec![protected(shown(), &[defender, ("ESET", Enabled, Some(true))])], None),
        (vec![protected(shown(), &[defender, ("ESET", Disabled, None)])], Some("Windows Defender")),
        (vec![protected(center(Enabled), &[defender])], None),
        (vec![protected(center(Disabled), &[defender])], Some("Windows Defender")),
        // The latest that tells counts; one that does not show it tells nothing.
        (vec![protected(shown(), &[defender]), shown(), scan(&[], &WHOLE)], None),
    ];
    for (no, (scans, name)) in table.into_iter().enumerate() {
        let scans = scans.into_iter().zip(30..).map(|(scan, ms)| (Side::After, ms, scan));
        let outcome = Outcome::LeftoversRemain { reason: "a folder".to_owned() };
        let case = case(Some(outcome), scans.collect());
        assert_eq!(case.protection_shown(id()).map(|one| one.name), name, "row {no}");
        assert_eq!(case.unprotected_since().is_none(), name.is_some(), "row {no}");
    }
    let early = case(None, vec![(Side::After, 9, protected(shown(), &[defender]))]);
    assert_eq!(early.protection_shown(id()), None, "from before the uninstall");
}
