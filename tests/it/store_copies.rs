//! One file takes the place of another: who is in the way, what a crash leaves, what stays behind.

use crate::shop::{NOW, Shop};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::store::Store;
use swapdesk::store::backup::{Restoration, RestoreError, restore};
use swapdesk::store::error::StoreError;
use swapdesk::store::lock::WindowLock;
use swapdesk::store::reader::Reader;
use swapdesk::store::verify::verify;

fn beside(path: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", path.display()))
}

/// A closed file with customers, and a copy of it.
fn copied() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let shop = Shop::stocked(2);
    let copy = shop.folder.path().join("copy");
    shop.store.read().backup(&copy).expect("a copy");
    let Shop { store, path, folder, .. } = shop;
    drop(store);
    (folder, path, copy)
}

fn go_back(copy: &Path, path: &Path) -> Result<Restoration, RestoreError> {
    let lock = WindowLock::acquire(path).expect("no window");
    restore(copy, path, Stamp::new(NOW, None), &lock)
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder");
    let names = names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn while_a_program_may_write_the_file_is_not_replaced() {
    let (_folder, path, copy) = copied();
    let writer = Store::open(&path, NOW).expect("a writer");
    let before = writer.read().head().expect("a head");
    assert!(matches!(go_back(&copy, &path), Err(RestoreError::Place(StoreError::Busy))));
    assert_eq!(Reader::open(&path).expect("the file").head().expect("a head"), before);
    drop(writer);
    go_back(&copy, &path).expect("restored");
    let after = Store::open(&path, NOW).expect("the copy").read().head().expect("a head");
    assert_eq!(after.seq, before.seq + 1);
}

#[test]
fn a_restore_leaves_the_file_the_copy_and_what_was_there() {
    let (folder, path, copy) = copied();
    go_back(&copy, &path).expect("restored");
    let mut left = names(folder.path());
    // What SQLite keeps beside a file that was read goes with the file.
    left.retain(|name| !name.starts_with("desk.swapdesk.aside-1-"));
    assert_eq!(
        left,
        [
            "copy",
            "desk.swapdesk",
            "desk.swapdesk.aside-1",
            "desk.swapdesk.window",
            "desk.swapdesk.writers"
        ]
    );
}

#[test]
fn a_restore_that_was_interrupted_ends_in_no_new_file_and_says_what_to_do() {
    let (_folder, path, copy) = copied();
    let aside = beside(&path, ".aside-1");
    // As a crash leaves it between the two names: the log has not moved yet.
    fs::write(beside(&path, ".restoring"), ".aside-1").expect("the sign");
    fs::rename(&path, &aside).expect("set aside");
    fs::write(beside(&path, "-wal"), b"the last minutes").expect("a log");
    for refused in [Store::open(&path, NOW).err(), Reader::open(&path).err()] {
        let words = refused.expect("refused").to_string();
        assert!(words.contains("restore was interrupted"), "{words}");
        assert!(words.contains("aside-1"), "{words}");
    }
    assert!(!path.exists());
    go_back(&copy, &path).expect("run again");
    assert_eq!(fs::read(beside(&aside, "-wal")).expect("the log"), b"the last minutes");
    assert!(!beside(&path, ".restoring").exists());
    assert!(verify(&path).expect("a report").is_whole());
}

#[test]
fn a_sign_of_an_interrupted_restore_that_is_over_hinders_nobody() {
    let (_folder, path, _) = copied();
    fs::write(beside(&path, ".restoring"), ".aside-1").expect("the sign");
    Store::open(&path, NOW).expect("the file is there");
    fs::remove_file(&path).expect("taken away by somebody");
    Store::open(&path, NOW).expect("nothing was set aside: a new file");
}

#[test]
fn what_fails_on_the_way_leaves_no_half_copy() {
    let (folder, path, copy) = copied();
    // A copy that is damaged where only reading it back finds it.
    let mut bytes = fs::read(&path).expect("bytes");
    let rest = bytes.len() * 3 / 4;
    bytes[rest..].fill(0xA5);
    let damaged = folder.path().join("damaged");
    fs::write(&damaged, &bytes).expect("written");
    let reader = Reader::open(&damaged).expect("its tables are known");
    let before = names(folder.path());
    for _ in 0..2 {
        let dest = folder.path().join("second");
        assert!(reader.backup(&dest).is_err());
        assert!(matches!(go_back(&damaged, &path), Err(RestoreError::Copy(_))));
    }
    drop(reader);
    let left: Vec<_> =
        names(folder.path()).into_iter().filter(|name| !before.contains(name)).collect();
    let locks = ["desk.swapdesk.window", "desk.swapdesk.writers", "damaged-shm", "damaged-wal"];
    assert!(left.iter().all(|name| locks.contains(&name.as_str())), "{left:?}");
    go_back(&copy, &path).expect("the whole copy");
}

#[test]
fn several_who_make_the_same_file_at_once_all_get_it() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk");
        let start = std::sync::Barrier::new(6);
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    start.wait();
                    Store::open(&path, NOW).expect("the new file");
                });
            }
        });
        assert_eq!(Reader::open(&path).expect("the file").head().expect("a head").seq, 1);
    }
}

#[cfg(unix)]
#[test]
fn a_file_with_keys_in_it_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mut shop = Shop::new();
    shop.deliver("Trend Micro Internet Security 3 Devices 1 Year", 2);
    let copy = shop.folder.path().join("copy");
    shop.store.read().backup(&copy).expect("a copy");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let Shop { store, path, folder: _folder, .. } = shop;
    for file in [path.clone(), beside(&path, "-wal"), beside(&path, "-shm"), copy.clone()] {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    drop(store);
    // Who was let in by somebody stays so.
    fs::set_permissions(&path, fs::Permissions::from_mode(0o660)).expect("shared");
    go_back(&copy, &path).expect("restored");
    assert_eq!(mode(&path), 0o660);
    fs::remove_file(&path).expect("lost");
    go_back(&copy, &path).expect("restored");
    assert_eq!(mode(&path), 0o600);
}

#[cfg(unix)]
#[test]
fn a_restore_through_a_link_replaces_the_file_and_not_the_link() {
    let (folder, path, copy) = copied();
    let links = tempfile::tempdir().expect("a folder");
    let link = links.path().join("link");
    std::os::unix::fs::symlink(&path, &link).expect("a link");
    let writer = Store::open(&path, NOW).expect("a writer");
    assert!(matches!(go_back(&copy, &link), Err(RestoreError::Place(StoreError::Busy))));
    drop(writer);
    let done = go_back(&copy, &link).expect("restored");
    assert!(link.is_symlink());
    let kept = done.kept_as.expect("the file that was there");
    assert_eq!(kept.parent(), Some(fs::canonicalize(folder.path()).expect("a folder").as_path()));
    assert_eq!(names(links.path()), ["link"]);
}

#[test]
fn what_a_window_records_after_a_command_has_ended_is_in_the_file() {
    let mut shop = Shop::new();
    // As the window's threads do: a second connection looks at the file's first bytes.
    let _reader = Reader::open(&shop.path).expect("a reader");
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_swapdesk"));
        let output = command.arg("--file").arg(&shop.path).args(args).output().expect("runs");
        assert!(output.status.success(), "{args:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let customers = shop.folder.path().join("customers.csv");
    let header = "external_id,given_name,surname,phone,email,street,city,state,postcode";
    fs::write(&customers, format!("{header}\nM1,Amara,Okafor,612,,,,,\n")).expect("written");
    run(&["import", "customers", customers.to_str().expect("text")]);
    assert!(beside(&shop.path, "-wal").exists(), "the log that the window writes to");
    let before = run(&["export", "journal"]).lines().count();
    let change = Change::CustomerAdded { customer: crate::shop::customer("W1", "Will", "Writer") };
    shop.store.record(Stamp::new(NOW, Some(shop.technician)), change).expect("an entry");
    assert_eq!(run(&["export", "journal"]).lines().count(), before + 1);
}
