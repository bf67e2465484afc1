//! Exports are read beside everything else: by the threads themselves, with a file of a desk.

use crate::shop::{NOW, Shop, today};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use swapdesk::domain::evidence::trace::Verdict;
use swapdesk::domain::id::CaseId;
use swapdesk::worker::Handle;
use swapdesk::worker::command::{Read, ScanJob, ScanSource, Ticket, When};
use swapdesk::worker::event::{Event, ScanProgress};

const WHEN: fn() -> When = || When { now: NOW, today: today() };

const EXPORT: &str = "package:com.kms.free\r\npackage:com.android.phone\r\n";

/// The next answer; fails after half a minute.
pub fn answer(handle: &mut Handle) -> (Ticket, Event) {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        match handle.take() {
            Some(answer) => return answer,
            None if Instant::now() < end => std::thread::sleep(Duration::from_millis(2)),
            None => panic!("no answer"),
        }
    }
}

/// On the file of a desk that is opened already.
fn started() -> (Handle, tempfile::TempDir) {
    let Shop { store, path, folder, .. } = Shop::stocked(2);
    drop(store);
    let mut handle = Handle::start(&path, WHEN(), Arc::new(|| ())).expect("threads");
    // How far the names are may be told before.
    while !matches!(answer(&mut handle).1, Event::Desk(_)) {}
    (handle, folder)
}

/// Some megabytes in which one line matters.
fn large_export(folder: &Path, n_lines: usize) -> PathBuf {
    let path = folder.join("packages.txt");
    let text = "package:com.android.phone\r\n".repeat(n_lines) + "package:com.kms.free\r\n";
    std::fs::write(&path, text).expect("written");
    path
}

fn job(paths: Vec<PathBuf>) -> ScanJob {
    ScanJob { case: CaseId::mint(NOW), source: ScanSource::Paths(paths) }
}

#[test]
fn while_a_large_export_is_read_others_are_answered_and_progress_is_told() {
    let (mut handle, folder) = started();
    let path = large_export(folder.path(), 400_000);
    // So many that the last is far from being read when the desk is asked, however fast that goes.
    let scans: Vec<Ticket> =
        (0..40).map(|_| handle.scan(job(vec![path.clone()])).expect("taken")).collect();
    let desk = handle.read(Read::Desk(WHEN())).expect("taken");
    let (mut ended, mut ended_before_desk, mut n_told) = (Vec::new(), None, 0);
    let mut seen = (Ticket::default(), ScanProgress::default());
    while ended.len() < scans.len() || ended_before_desk.is_none() {
        match answer(&mut handle) {
            (ticket, Event::ScanProgress(progress)) => {
                if ticket != seen.0 {
                    seen = (ticket, ScanProgress::default());
                }
                assert!(progress.n_bytes > seen.1.n_bytes);
                assert!(progress.n_bytes <= progress.n_bytes_all);
                seen = (ticket, progress);
                n_told += 1;
            }
            (ticket, Event::Scanned(scanned)) => {
                assert_eq!(scanned.scan.verdict, Verdict::Installed);
                assert_eq!(scanned.files.len(), 1);
                ended.push(ticket);
            }
            (ticket, Event::ScanCanceled) => ended.push(ticket),
            (ticket, _) if ticket == desk => ended_before_desk = Some(ended.len()),
            _ => (),
        }
        // Both were seen: the desk's answer, and a scan read to its end.
        if ended_before_desk.is_some() && !ended.is_empty() {
            handle.cancel_scan();
        }
    }
    assert_eq!(ended, scans);
    assert!(ended_before_desk < Some(scans.len()), "{ended_before_desk:?}");
    assert!(n_told > 0);
    assert!(!handle.is_waiting());
}

#[test]
fn cancel_stops_the_scans_that_were_asked_for_and_no_later_one() {
    let (mut handle, folder) = started();
    let path = large_export(folder.path(), 400_000);
    let first = handle.scan(job(vec![path.clone()])).expect("taken");
    let second = handle.scan(job(vec![path])).expect("taken");
    handle.cancel_scan();
    let text = ScanSource::Text(EXPORT.to_owned());
    let third = handle.scan(ScanJob { case: CaseId::mint(NOW), source: text }).expect("taken");
    let mut ended = Vec::new();
    while ended.len() < 3 {
        match answer(&mut handle) {
            (ticket, Event::ScanCanceled) => ended.push((ticket, "canceled")),
            (ticket, Event::Scanned(_)) => ended.push((ticket, "scanned")),
            _ => (),
        }
    }
    assert_eq!(ended, [(first, "canceled"), (second, "canceled"), (third, "scanned")]);
}

#[test]
fn what_appears_in_the_watched_folder_is_told_without_being_asked_for() {
    let (mut handle, folder) = started();
    let stick = folder.path().join("stick");
    handle.watch(Some(stick.clone()));
    std::fs::create_dir(&stick).expect("a folder");
    let end = Instant::now() + Duration::from_mins(1);
    let mut told = None;
    let mut n = 0;
    // What lies there when the thread begins is old, so new ones come until it has begun.
    while told.is_none() && Instant::now() < end {
        n += 1;
        std::fs::write(stick.join(format!("{n}.txt")), EXPORT).expect("written");
        std::thread::sleep(Duration::from_millis(500));
        while let Some((ticket, event)) = handle.take() {
            if let Event::ExportsAppeared { paths } = event {
                told = Some((ticket, paths));
            }
        }
    }
    let (ticket, paths) = told.expect("told");
    assert_eq!(ticket, Ticket::default());
    assert!(!paths.is_empty() && paths.iter().all(|path| path.starts_with(&stick)));
    handle.watch(None);
    assert!(!handle.is_waiting());
}
