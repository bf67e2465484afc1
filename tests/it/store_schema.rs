//! Files of every released schema: each climbs the ladder, keeps its rows, and ends like a new one.
//!
//! A file is frozen once, when its schema is released:
//! `SWAPDESK_FREEZE=1 cargo test --test it the_file_of_the_newest_schema`.

use crate::shop::{NOW, Shop, device};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use swapdesk::domain::case::Wants;
use swapdesk::domain::entry::{Change, FileMark};
use swapdesk::domain::evidence::kept::{KeptScan, Lines, Side};
use swapdesk::domain::id::ScanId;
use swapdesk::evidence::read;
use swapdesk::store::Store;
use swapdesk::store::verify::verify;

/// The newest schema. A frozen file of each up to it lies in `tests/data`.
const SCHEMA: u32 = 3;

const FREEZE: &str = "SWAPDESK_FREEZE";

fn frozen(schema: u32) -> PathBuf {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("data");
    data.join(format!("schema-{schema}.swapdesk"))
}

/// Every statement that made the file's tables, indexes and triggers.
fn schema_of(path: &Path) -> Vec<String> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a file");
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";
    let mut statement = conn.prepare(sql).expect(sql);
    let rows = statement.query_map([], |row| row.get(0)).expect(sql);
    rows.collect::<Result<_, _>>().expect(sql)
}

/// A file with one case that is closed, one in work with a scan, and keys in several states.
fn lived_in() -> Shop {
    let mut shop = Shop::stocked(6);
    let case = shop.serve("M1", "Trend Micro Internet Security 3 Devices 1 Year");
    shop.close(case);
    let case = shop.open_case("M2");
    shop.check_in(case, Wants::Both, vec![device()]);
    shop.remove(case);
    let (scan, at) = (read(b"package:com.kms.free\r\npackage:com.android.phone\r\n"), shop.now);
    let mark = FileMark { name: "packages.txt".to_owned(), sha256: scan.digests[0].clone() };
    let of = (shop.case(case).devices()[0].id, Side::Before);
    let scan = KeptScan::new((ScanId::mint(at), at), of, vec![mark], scan, Lines::Pinned);
    shop.tell(Change::EvidenceKept { case, scan });
    shop.hold(case, "McAfee Total Protection 10 Devices 1 Year").expect("a key");
    shop
}

#[test]
fn the_file_of_the_newest_schema_is_frozen() {
    if std::env::var_os(FREEZE).is_some() {
        let shop = lived_in();
        fs::remove_file(frozen(SCHEMA))
            .or_else(|_| fs::create_dir_all("tests/data"))
            .expect("room");
        shop.store.read().backup(&frozen(SCHEMA)).expect("frozen");
    }
    let fresh = lived_in();
    assert_eq!(schema_of(&frozen(SCHEMA)), schema_of(&fresh.path));
}

#[test]
fn a_file_of_every_schema_climbs_keeps_its_rows_and_ends_like_a_new_one() {
    let fresh = lived_in();
    for schema in 1..=SCHEMA {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.swapdesk");
        fs::copy(frozen(schema), &path).expect("a copy");
        let store = Store::open(&path, NOW).expect("it climbs");
        let counts = store.read().file_counts().expect("counts");
        assert_eq!(counts, fresh.store.read().file_counts().expect("counts"));
        assert_eq!(schema_of(&path), schema_of(&fresh.path), "schema {schema}");
        let report = verify(&path).expect("a report");
        assert!(report.is_whole(), "schema {schema}: {report:?}");
    }
}
