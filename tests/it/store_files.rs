//! What the program does with files that are not what it expects: it never writes to one that it
//! refuses, and never deletes one.

use crate::shop::{NOW, Shop};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::fs;
use std::path::{Path, PathBuf};
use swapdesk::store::Store;
use swapdesk::store::error::StoreError;
use swapdesk::store::files::set_aside;
use swapdesk::store::reader::Reader;
use swapdesk::store::verify::verify;

fn beside(path: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", path.display()))
}

/// A file with a served customer, closed.
fn closed_file() -> (tempfile::TempDir, PathBuf) {
    let mut shop = Shop::stocked(2);
    shop.serve("M1", "Trend Micro Internet Security 3 Devices 1 Year");
    let Shop { store, path, folder, .. } = shop;
    drop(store);
    (folder, path)
}

#[test]
fn a_newer_file_is_refused_and_left_byte_for_byte() {
    let (_folder, path) = closed_file();
    Connection::open(&path).expect("a file").pragma_update(None, "user_version", 99).expect("set");
    let before = fs::read(&path).expect("bytes");
    let is_newer = |err| matches!(err, StoreError::Newer { found: 99, .. });
    assert!(is_newer(Store::open(&path, NOW).expect_err("refused")));
    assert!(is_newer(Reader::open(&path).expect_err("refused")));
    assert_eq!(fs::read(&path).expect("bytes"), before);
}

#[test]
fn a_file_whose_log_is_newer_is_refused_and_left_byte_for_byte() {
    let (folder, path) = closed_file();
    let crashed = folder.path().join("crashed.swapdesk");
    let newer = Connection::open(&path).expect("a file");
    newer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).expect("set");
    newer.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).expect("set");
    newer.pragma_update(None, "user_version", 99).expect("set");
    // As a program leaves them that was killed right after a newer one's first change.
    fs::copy(&path, &crashed).expect("copied");
    fs::copy(beside(&path, "-wal"), beside(&crashed, "-wal")).expect("copied");
    drop(newer);
    let files = [crashed.clone(), beside(&crashed, "-wal")];
    let bytes = || files.iter().map(|file| fs::read(file).expect("bytes")).collect::<Vec<_>>();
    let before = bytes();
    let refused = Store::open(&crashed, NOW).expect_err("refused");
    assert!(matches!(refused, StoreError::Newer { found: 99, .. }), "{refused}");
    assert_eq!(bytes(), before);
}

#[test]
fn what_is_no_desk_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("other");
    let other = Connection::open(&path).expect("a file");
    other.execute_batch("CREATE TABLE recipe (name TEXT)").expect("a table");
    drop(other);
    let foreign = fs::read(&path).expect("bytes");
    let long_text = b"external_id,given_name\n".repeat(20);
    for bytes in [foreign, b"short".to_vec(), long_text, vec![0; 8192]] {
        fs::write(&path, &bytes).expect("written");
        let refused = Store::open(&path, NOW).expect_err("refused");
        assert!(matches!(refused, StoreError::NotADeskFile), "{refused}");
        assert_eq!(fs::read(&path).expect("bytes"), bytes);
    }
    assert!(matches!(Store::open(folder.path(), NOW), Err(StoreError::Disk(_))));
    let missing = folder.path().join("no folder").join("desk");
    assert!(matches!(Store::open(&missing, NOW), Err(StoreError::CannotOpen(_))));
    assert!(matches!(Reader::open(&missing), Err(StoreError::CannotOpen(_))));
}

#[test]
fn a_damaged_file_is_an_error_and_is_set_aside_whole() {
    let (_folder, path) = closed_file();
    let whole = fs::read(&path).expect("bytes");
    let half = whole.len() / 2;
    let mut spoilt = whole.clone();
    spoilt[4096..half].fill(0xA5);
    for bytes in [&spoilt[..], &whole[..half]] {
        fs::write(&path, bytes).expect("written");
        // Where the damage is not met on opening, verify meets it.
        let is_whole = Store::open(&path, NOW).and_then(|_| verify(&path));
        assert!(!is_whole.is_ok_and(|report| report.is_whole()));
    }

    let before = fs::read(&path).expect("bytes");
    fs::write(beside(&path, "-wal"), b"log").expect("written");
    let aside = set_aside(&path).expect("set aside");
    assert!(!path.exists() && !beside(&path, "-wal").exists());
    assert_eq!(fs::read(&aside).expect("bytes"), before);
    assert_eq!(fs::read(beside(&aside, "-wal")).expect("bytes"), b"log");
    Store::open(&path, NOW).expect("a new file");
    let second = set_aside(&path).expect("set aside");
    assert_ne!(second, aside);
}

#[test]
fn a_log_without_its_file_is_kept_beside_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk");
    fs::write(beside(&path, "-wal"), b"what is left").expect("written");
    Store::open(&path, NOW).expect("a new file");
    let kept = beside(&path, ".aside-1-wal");
    assert_eq!(fs::read(kept).expect("bytes"), b"what is left");
}

#[test]
fn an_empty_file_becomes_a_new_one_with_people_and_products() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk");
    fs::write(&path, b"").expect("written");
    let store = Store::open(&path, NOW).expect("a new file");
    let names: Vec<_> =
        store.read().people().expect("people").into_iter().map(|p| p.name).collect();
    assert_eq!(names, ["Desk lead", "Desk technician"]);
    assert!(store.read().products().expect("products").len() > 6);
    let first = store.read().journal_page("", None, 10).expect("a page");
    assert_eq!(first.lines.len(), 1);
}
