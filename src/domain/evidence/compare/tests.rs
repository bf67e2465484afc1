//! The tables of before and after.

use super::*;

#[test]
fn a_restart_is_told_by_the_devices_own_clock() {
    let scan = |booted: Option<&str>, clock: Option<&str>| Scan {
        booted: booted.map(str::to_owned),
        clock: clock.map(str::to_owned),
        ..Scan::default()
    };
    let (early, late) = (Some("20171005080000"), Some("20171005090000"));
    let table = [
        (scan(early, late), scan(Some("20171005093000"), None), Restart::Done),
        (scan(early, late), scan(early, None), Restart::NotDone),
        (scan(early, None), scan(late, None), Restart::Done),
        // The clock was set by two seconds.
        (scan(early, None), scan(Some("20171005080002"), None), Restart::NotDone),
        (scan(early, late), scan(Some("20171005080002"), None), Restart::NotDone),
        (scan(None, None), scan(late, None), Restart::NotTold),
        (scan(early, late), scan(None, late), Restart::NotTold),
    ];
    for (before, after, said) in table {
        assert_eq!(compare(&before, &after).restart, said);
    }
}

#[test]
fn two_scans_that_may_not_be_of_one_device_prove_nothing() {
    use crate::domain::evidence::samples::scan;
    let before = || scan(&[(Kind::Program, "KIS")], &[Area::Programs, Area::Services]);
    let after = || scan(&[], &[Area::Programs, Area::Services]);
    let some = |text: &str| Some(text.to_owned());
    type Change = fn(&mut Scan, &mut Scan);
    let digests = |letters: &[&str]| letters.iter().map(|one| one.repeat(64)).collect::<Vec<_>>();
    let table: [(Change, &[Doubt]); 8] = [
        (|_, _| (), &[]),
        (
            |old, new| {
                (old.hosts, new.hosts) = (vec!["1f3a".to_owned()], vec!["77d0".to_owned()]);
            },
            &[Doubt::OtherMachine],
        ),
        (|old, _| old.hosts = vec!["1f3a".to_owned()], &[]),
        (
            |old, new| {
                old.hosts = vec!["1f3a".to_owned(), "77d0".to_owned()];
                new.hosts = vec!["77d0".to_owned()];
            },
            &[],
        ),
        (|_, new| new.covers = vec![Area::Programs, Area::MacApps], &[Doubt::OtherSystem]),
        (|_, new| new.covers = vec![Area::Programs], &[]),
        (|old, _| old.n_left_out = 1, &[Doubt::TooMany]),
        (|_, new| new.n_left_out = 1, &[Doubt::TooMany]),
    ];
    for (change, doubts) in table {
        let (mut old, mut new) = (before(), after());
        change(&mut old, &mut new);
        let comparison = compare(&old, &new);
        assert_eq!(comparison.doubts, doubts);
        assert_eq!(comparison.is_proof(), doubts.is_empty(), "{doubts:?}");
    }
    // What a collector writes has always files that a removal does not touch.
    let files: [(&[&str], &[&str], bool); 7] = [
        (&["a", "b"], &["c", "d"], false),
        (&["a", "b"], &["a", "c"], false),
        (&["a", "b"], &["b", "a"], true),
        (&["a", "b"], &["a"], true),
        (&["a"], &["a", "c"], false),
        (&["a"], &[], false),
        (&[], &[], false),
    ];
    for (old_files, new_files, is_doubted) in files {
        let (mut old, mut new) = (before(), after());
        (old.digests, new.digests) = (digests(old_files), digests(new_files));
        let comparison = compare(&old, &new);
        assert_eq!(comparison.doubts.contains(&Doubt::SameFile), is_doubted, "{new_files:?}");
        assert_eq!(comparison.is_proof(), !is_doubted);
        new.digests.push(EMPTY_SHA256.to_owned());
        assert_eq!(compare(&old, &new).doubts, comparison.doubts, "an empty file is no other");
        old.digests.push(EMPTY_SHA256.to_owned());
        assert_eq!(compare(&old, &new).doubts, comparison.doubts);
    }
    let times = [
        (some("20171005110000"), some("20171005105959"), true),
        (some("20171005110000"), some("20171005110000"), false),
        (some("20171005110000"), None, false),
    ];
    for (old_clock, new_clock, is_earlier) in times {
        let (mut old, mut new) = (before(), after());
        (old.clock, new.clock) = (old_clock, new_clock);
        assert_eq!(compare(&old, &new).doubts.contains(&Doubt::AfterIsEarlier), is_earlier);
    }
}

#[test]
fn a_device_that_still_runs_since_before_is_not_proven() {
    use crate::domain::evidence::samples::scan;
    let mut before = scan(&[(Kind::Program, "KIS")], &[Area::Programs]);
    let mut after = scan(&[], &[Area::Programs]);
    before.booted = Some("20171005080000".to_owned());
    after.booted = before.booted.clone();
    let comparison = compare(&before, &after);
    assert_eq!(comparison.summary(), "1 found, 1 gone");
    assert!(!comparison.is_proof());
}

#[test]
fn the_names_that_scripts_see_are_those_that_the_journal_keeps() {
    use crate::domain::evidence::trace::{Area, State, Verdict};
    fn same<T: serde::Serialize + std::fmt::Debug>(all: &[T], name: fn(&T) -> &'static str) {
        for one in all {
            assert_eq!(serde_json::to_value(one).expect("plain data"), name(one), "{one:?}");
        }
    }
    use Kind as K;
    let kinds = [
        (K::Program, Some(Area::Programs)),
        (K::Service, Some(Area::Services)),
        (K::Driver, Some(Area::Drivers)),
        (K::Process, Some(Area::Processes)),
        (K::SecurityCenter, Some(Area::SecurityCenter)),
        (K::Folder, Some(Area::Folders)),
        (K::RegistryKey, Some(Area::Registry)),
        (K::ClassFilter, Some(Area::ClassFilters)),
        (K::NetworkFilter, Some(Area::NetworkFilters)),
        (K::Certificate, Some(Area::Certificates)),
        (K::BrowserExtension, Some(Area::Browsers)),
        (K::MacApp, Some(Area::MacApps)),
        (K::MacKext, Some(Area::MacKexts)),
        (K::MacLaunchd, Some(Area::MacLaunchd)),
        (K::AndroidPackage, Some(Area::AndroidPackages)),
        (K::Tool, None),
        (K::OtherBrand, None),
    ];
    for (kind, area) in kinds {
        same(&[kind], |kind| kind.name());
        assert_eq!(kind.area(), area);
        assert_eq!(kind.is_counted(), area.is_some(), "what is counted can be shown to be gone");
        same(area.as_slice(), |area| area.name());
    }
    use {Doubt as D, Fate as F, Restart as R, State as S, Verdict as V};
    same(&[F::StillThere, F::New, F::Unknown, F::Gone], |fate| fate.name());
    same(&[R::Done, R::NotDone, R::NotTold], |restart| restart.name());
    let doubts = [D::SameFile, D::OtherMachine, D::OtherSystem, D::AfterIsEarlier, D::TooMany];
    same(&doubts, |doubt| doubt.name());
    let states = [S::Unknown, S::Present, S::Enabled, S::Disabled, S::Running];
    same(&states, |state| state.name());
    same(&[S::Stopped, S::FileMissing, S::Removed], |state| state.name());
    let verdicts = [V::Installed, V::Leftovers, V::Clean, V::NothingFound, V::ToolTracesOnly];
    same(&verdicts, |verdict| verdict.name());
    same(&[V::OtherBrand], |verdict| verdict.name());
}

#[test]
fn thousands_of_versions_of_one_product_are_told_apart() {
    let many = |kind: Kind| {
        let mut many = Scan { covers: vec![Area::Programs], ..Scan::default() };
        many.traces.extend((0..20_000).map(|n| {
            let mut one = crate::domain::evidence::samples::trace(kind, &format!("KIS {n}"));
            (one.product, one.generation) = (Some("KIS".to_owned()), Some(n.to_string()));
            one
        }));
        many
    };
    let comparison = compare(&many(Kind::Program), &many(Kind::Program));
    assert_eq!(comparison.count(Fate::StillThere), 20_000);
    let comparison = compare(&many(Kind::Program), &many(Kind::Folder));
    assert_eq!((comparison.n_gone, comparison.count(Fate::New)), (20_000, 20_000));
}
