//! The command line as scripts use it: the real program, its output, its words, its exit codes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const CUSTOMERS: &str = "external_id,given_name,surname,phone,email,street,city,state,postcode\n";
const SUBSCRIPTIONS: &str =
    "external_id,product,activation_code,receipt_no,purchased_on,expires_on,channel\n";
const WEBROOT: &str = "Webroot SecureAnywhere Internet Security Complete 5 Devices 1 Year";

/// A folder with a desk's file, and the program.
pub struct Shell {
    folder: tempfile::TempDir,
}

/// What a command said.
pub struct Said {
    pub code: i32,
    pub data: String,
    pub words: String,
}

impl Shell {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// With two customers, a subscription and 2,000 keys.
    fn stocked() -> Self {
        let shell = Self::new();
        let customers = format!(
            "{CUSTOMERS}M1,Amara,Okafor,(612) 555-0142,amara@example.com,1 Penn Ave,Richfield,MN,55423\n\
             M2,John,Dewnin,724-560-4048,,7399 Fernandez Way,Aliquippa,PA,15001\n\
             M3,Amara,Okafor,612.555.0142,,,Richfield,MN,\n"
        );
        shell.write("customers.csv", customers.as_bytes());
        let subscriptions = format!(
            "{SUBSCRIPTIONS}M1,Kaspersky Internet Security 3 Devices,HST6A-VV5DB-RACY3-68A3Y,\
             0112-032-6467-091925,2016-11-14,2017-11-13,in_store\n\
             M1,KAV,NM9U9-8KPDM-7YSY7-X8DDY,,,2012-11-23,phone\n"
        );
        shell.write("subscriptions.csv", subscriptions.as_bytes());
        let mut keys = "product,key,lot\n".to_owned();
        for n in 0..2_000 {
            writeln!(keys, "{WEBROOT},SARW-NJEF-6YAM-TR7W-{n:04},=WB-1709").expect("memory");
        }
        shell.write("keys.csv", keys.as_bytes());
        for what in ["customers", "subscriptions", "keys"] {
            let said = shell.run(&["import", what, &format!("{what}.csv")]);
            assert_eq!(said.code, 0, "{}", said.words);
        }
        shell
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).expect("a file");
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_swapdesk"));
        command.current_dir(self.folder.path()).args(["--file", "desk.swapdesk"]).args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Said {
        said(&self.command(args).output().expect("the program runs"))
    }

    /// Runs and expects that all went well; gives the data.
    pub fn data(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, 0, "{args:?}: {}", said.words);
        said.data
    }
}

pub fn said(output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let said = Said {
        code: output.status.code().expect("no signal"),
        data: text(&output.stdout),
        words: text(&output.stderr),
    };
    assert!(!said.words.contains("panicked"), "{}", said.words);
    said
}

fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or_default()
}

#[test]
fn a_stranger_is_helped_and_wrong_usage_is_2() {
    let shell = Shell::new();
    let help = shell.run(&["--help"]);
    assert_eq!(help.code, 0);
    for word in ["import", "lookup", "eligibility", "verify", "backup", "export", "Examples"] {
        assert!(help.data.contains(word), "{word}");
    }
    let help = shell.run(&["import", "--help"]).data;
    assert!(help.contains("external_id,given_name,surname,phone"), "{help}");
    for args in [&["frobnicate"][..], &["import", "customers"], &["export", "x"], &["lookup"]] {
        let said = shell.run(args);
        assert_eq!((said.code, said.data.as_str()), (2, ""), "{args:?}");
        assert!(!said.words.is_empty());
    }
    assert!(!shell.path("desk.swapdesk").exists());
}

#[test]
fn counts_go_to_standard_output_and_a_second_time_changes_nothing() {
    let shell = Shell::new();
    let text = format!("{CUSTOMERS}M1,Amara,Okafor,612,,,,,\nM2,Short\n");
    shell.write("c.csv", text.as_bytes());
    let dry = shell.run(&["import", "customers", "c.csv", "--dry-run"]);
    assert_eq!((dry.code, last_line(&dry.data)), (0, "2 read, 1 added, 0 changed, 1 refused"));
    assert!(!shell.path("desk.swapdesk").exists(), "a dry run makes no file");
    let first = shell.run(&["import", "customers", "c.csv"]);
    assert_eq!(
        first.data,
        "line 3: has 2 columns, and the header has 9\n2 read, 1 added, 0 changed, 1 refused\n"
    );
    let second = shell.run(&["import", "customers", "c.csv"]);
    assert_eq!(
        (second.code, last_line(&second.data)),
        (0, "2 read, 0 added, 0 changed, 1 refused")
    );
    assert!(second.words.contains("nothing changed"), "{}", second.words);
    shell.write("bad.csv", format!("{CUSTOMERS},No,Id,,,,,,\n").as_bytes());
    let bad = shell.run(&["import", "customers", "bad.csv"]);
    assert_eq!((bad.code, last_line(&bad.data)), (1, "1 read, 0 added, 0 changed, 1 refused"));
}

#[test]
fn lookup_prints_rows_json_and_batches() {
    let shell = Shell::stocked();
    let rows = shell.data(&["lookup", "dewnin"]);
    let cells: Vec<_> = rows.trim_end().split('\t').collect();
    assert_eq!((cells.len(), cells[0], cells[3]), (4, "M2", "John Dewnin"));
    assert!(cells[1].parse::<u16>().is_ok(), "{rows}");
    assert_eq!(shell.data(&["lookup", "0142", "--limit", "1"]).lines().count(), 1);
    let json = shell.data(&["lookup", "0142", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    shell.write("q.txt", b"dewnin\n\nnobody at all\n0142\n");
    let said = shell.run(&["lookup", "--batch", "q.txt", "--time"]);
    assert_eq!(said.code, 0);
    let rows: Vec<_> = said.data.lines().collect();
    assert_eq!(rows[0], "1\t1\tM2");
    assert!(rows.iter().skip(1).all(|row| row.starts_with("4\t")), "{rows:?}");
    assert!(said.words.contains("p99"), "{}", said.words);
    assert_eq!(shell.run(&["lookup", "zzzz"]).code, 0);
}

#[test]
fn eligibility_tells_every_rule_for_the_day_that_is_asked() {
    let shell = Shell::stocked();
    let args = ["eligibility", "--external-id", "M1", "--on", "2017-10-05"];
    let inside = shell.data(&args);
    assert!(inside.starts_with("Exchange: Eligible (Kaspersky Internet Security"), "{inside}");
    assert_eq!(inside.lines().filter(|line| line.starts_with("  yes")).count(), 5 + 3 + 1);
    assert!(!inside.contains("HST6A"), "codes are masked");
    let after = shell.data(&["eligibility", "--external-id", "M1", "--on", "10/24/2017"]);
    assert!(after.starts_with("Exchange: Not eligible"), "{after}");
    let nobody = shell.run(&["eligibility", "--external-id", "M9"]);
    assert_eq!((nobody.code, nobody.data.as_str()), (1, ""));
}

#[test]
fn duplicates_are_pairs_with_a_score_and_a_reason() {
    let shell = Shell::stocked();
    assert_eq!(shell.data(&["duplicates"]), "M1\tM3\t562\tsame phone, same name\n");
}

#[test]
fn exports_are_csv_that_a_spreadsheet_does_not_run() {
    let shell = Shell::stocked();
    for (what, first) in [
        ("cases", "case,external_id,customer"),
        ("removals", "case,external_id,customer"),
        ("replacements", "case,external_id,customer"),
        ("stock", "product,key,lot"),
        ("journal", "seq,at,desk,who,what"),
    ] {
        let csv = shell.data(&["export", what]);
        assert!(csv.starts_with(first), "{what}: {csv}");
        assert!(!csv.contains("SARW-NJEF"), "{what}");
    }
    let stock = shell.data(&["export", "stock"]);
    assert_eq!(stock.lines().count(), 2_001);
    let row = format!("{WEBROOT},…0007,'=WB-1709,,free,,");
    assert!(stock.lines().any(|line| line == row), "{row}");
    let none = shell.data(&["export", "journal", "--to", "2000-01-01"]);
    assert_eq!(none.lines().count(), 1);
    let said = shell.run(&["export", "journal", "--from", "2017-10-02", "--to", "2017-10-01"]);
    assert_eq!(said.code, 2);
    assert!(said.words.contains("--from is later than --to"), "{}", said.words);
}

#[test]
fn a_reader_who_has_enough_ends_a_command_in_peace() {
    let shell = Shell::stocked();
    let mut command = shell.command(&["export", "stock"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    // The pipe is closed before the program has written anything.
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    let said = said(&output);
    assert_eq!((said.code, said.words.as_str()), (0, ""));
}

#[test]
fn a_reader_who_goes_does_not_make_a_damaged_file_whole() {
    let shell = Shell::stocked();
    let conn = rusqlite::Connection::open(shell.path("desk.swapdesk")).expect("the file");
    conn.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM product").expect("damage");
    drop(conn);
    for args in [&["verify"][..], &["import", "customers", "bad.csv"]] {
        shell.write("bad.csv", format!("{CUSTOMERS},No,Id,,,,,,\n").as_bytes());
        let mut command = shell.command(args);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().expect("ends").code(), Some(1), "{args:?}");
    }
}

#[test]
fn a_batch_goes_on_after_lines_that_are_no_query() {
    let shell = Shell::stocked();
    let long = vec![b'x'; 1 << 20];
    shell.write("q.txt", &[b"dewnin\r\n\xFF\xFE\n", long.as_slice(), b"\ndewnin \xE9"].concat());
    let said = shell.run(&["lookup", "--batch", "q.txt", "--limit", "1"]);
    assert_eq!((said.code, said.data.as_str()), (0, "1\t1\tM2\n4\t1\tM2\n"));
    assert_eq!(said.words, "line 3: longer than 4096 bytes, not looked up\n");
}

#[test]
fn while_somebody_writes_nothing_is_restored_and_a_dry_run_waits_for_nobody() {
    let shell = Shell::stocked();
    shell.data(&["backup", "copy.swapdesk"]);
    let file = shell.path("desk.swapdesk");
    let writer = swapdesk::store::Store::open(&file, swapdesk::domain::time::Moment(0));
    let refused = shell.run(&["restore", "copy.swapdesk"]);
    assert_eq!(refused.code, 1);
    let words = "swapdesk: desk.swapdesk: the file is in use by another program\n";
    assert_eq!(refused.words, words);
    let conn = rusqlite::Connection::open(&file).expect("the file");
    conn.execute_batch("BEGIN IMMEDIATE").expect("the write lock");
    let dry = shell.data(&["import", "customers", "customers.csv", "--dry-run"]);
    assert_eq!(dry, "3 read, 0 added, 0 changed, 0 refused\n");
    drop((conn, writer));
    assert_eq!(shell.run(&["restore", "copy.swapdesk"]).code, 0);
}

#[test]
fn what_can_not_be_written_is_named_and_not_what_is_copied() {
    let shell = Shell::stocked();
    shell.data(&["backup", "copy.swapdesk"]);
    let said = shell.run(&["backup", "no-such-folder/copy.swapdesk"]);
    assert_eq!(said.code, 1);
    assert!(said.words.starts_with("swapdesk: no-such-folder/copy.swapdesk: "), "{}", said.words);
    let said = shell.run(&["restore", "not-there.swapdesk"]);
    assert!(said.words.starts_with("swapdesk: not-there.swapdesk: "), "{}", said.words);
    // Something is in the way where the file should go.
    std::fs::remove_file(shell.path("desk.swapdesk.writers")).expect("removed");
    std::fs::create_dir(shell.path("desk.swapdesk.writers")).expect("in the way");
    let said = shell.run(&["restore", "copy.swapdesk"]);
    assert!(said.words.starts_with("swapdesk: desk.swapdesk: "), "{}", said.words);
}

#[test]
fn a_copy_is_verified_and_put_in_place_of_a_lost_file() {
    let shell = Shell::stocked();
    let verified = shell.data(&["verify"]);
    assert!(verified.lines().all(|line| line.starts_with("ok")), "{verified}");
    shell.data(&["backup", "copy.swapdesk"]);
    assert_eq!(shell.run(&["backup", "copy.swapdesk"]).code, 1, "nothing is overwritten");
    std::fs::remove_file(shell.path("desk.swapdesk")).expect("lost");
    assert_eq!(shell.run(&["lookup", "dewnin"]).code, 1);
    let restored = shell.run(&["restore", "copy.swapdesk"]);
    assert_eq!(restored.code, 0, "{}", restored.words);
    assert!(restored.words.contains("2000 keys"), "{}", restored.words);
    assert!(shell.data(&["lookup", "dewnin"]).starts_with("M2\t"));
    assert!(shell.data(&["export", "stock"]).contains(",frozen,"));
    assert_eq!(shell.run(&["restore", "customers.csv"]).code, 1);
    assert!(shell.data(&["report", "--on", "2017-10-05"]).contains("5 Oct 2017"));
}

#[test]
fn a_damaged_journal_is_found() {
    let shell = Shell::stocked();
    let conn = rusqlite::Connection::open(shell.path("desk.swapdesk")).expect("the file");
    conn.execute_batch(
        "DROP TRIGGER journal_rows_do_not_change;
         UPDATE journal SET body = replace(body, '-0007', '-0008') WHERE seq = 4;",
    )
    .expect("an attack");
    drop(conn);
    let said = shell.run(&["verify"]);
    assert_eq!(said.code, 1);
    assert!(said.data.contains("entry 4 was changed"), "{}", said.data);
}

/// A hostile file: its name, its bytes, the exit code, the count line or words of the refusal.
type Hostile = (&'static str, Vec<u8>, i32, &'static str);

fn hostile_files() -> Vec<Hostile> {
    let with = |rows: &[u8]| [CUSTOMERS.as_bytes(), rows].concat();
    let good = "M1,Amara,Okafor,1,,,,,\n";
    let long = [b"M2,".as_slice(), &vec![b'x'; 8 << 20], b"\nM1,Amara,Okafor,1,,,,,\n"].concat();
    let open = "M2,\"Open,Quote,1,,,,,\nM1,Amara,Okafor,1,,,,,\n";
    let nul = b"M2,N\0ul,Byte,1,,,,,\nM1,Amara,Okafor,1,,,,,\n";
    let old_mac =
        String::from_utf8(with(good.as_bytes())).expect("text").replace('\n', "\r").into();
    vec![
        ("empty", Vec::new(), 1, "the file is empty"),
        ("no header", good.into(), 1, "no header"),
        ("wrong header", b"a,b,c\n1,2,3\n".to_vec(), 1, "no header"),
        ("other kind", b"product,key,lot\na,b,c\n".to_vec(), 1, "looks like a keys file"),
        ("half a header", b"external_id,surname\nM1,x\n".to_vec(), 1, "no column given_name"),
        ("UTF-16", b"\xFF\xFEe\0x\0".to_vec(), 1, "UTF-16"),
        ("UTF-16 without a mark", b"e\0x\0t\0e\0r\0n\0a\0l\0".to_vec(), 1, "UTF-16"),
        ("workbook", b"PK\x03\x04whatever".to_vec(), 1, "workbook"),
        ("noise", (0..=255).cycle().take(100_000).collect(), 1, "no header"),
        ("only NULs", vec![0; 100_000], 1, "no header"),
        ("NUL", with(nul), 0, "2 read, 1 added, 0 changed, 1 refused"),
        ("long line", with(&long), 0, "2 read, 1 added, 0 changed, 1 refused"),
        ("open quote", with(open.as_bytes()), 0, "2 read, 1 added, 0 changed, 1 refused"),
        ("twice", with(good.repeat(2).as_bytes()), 0, "2 read, 1 added, 0 changed, 1 refused"),
        ("not UTF-8", with(b"M1,Jos\xE9,N\xFA\xF1ez,1,,,,,\n"), 0, "1 read, 1 added"),
        ("header only", with(b""), 0, "0 read, 0 added, 0 changed, 0 refused"),
        ("old Mac", old_mac, 0, "1 read, 1 added"),
    ]
}

#[test]
fn hostile_files_get_words_lose_nothing_and_crash_nothing() {
    for (name, bytes, code, told) in hostile_files() {
        let shell = Shell::new();
        shell.write("hostile.csv", &bytes);
        let said = shell.run(&["import", "customers", "hostile.csv"]);
        let all = format!("{}{}", said.data, said.words);
        assert_eq!(said.code, code, "{name}: {all}");
        assert!(all.contains(told), "{name}: {all}");
        if shell.path("desk.swapdesk").exists() {
            assert!(shell.data(&["verify"]).starts_with("ok"), "{name}");
        }
        if told.contains("1 added") {
            let exported = shell.data(&["export", "journal"]);
            assert!(exported.contains("1 added"), "{name}");
        }
    }
    let shell = Shell::new();
    for name in ["not-there.csv", "."] {
        assert_eq!(shell.run(&["import", "customers", name]).code, 1, "{name}");
    }
    assert!(!Path::new(&shell.path("desk.swapdesk")).exists());
}

#[test]
fn a_name_in_windows_1252_is_found_by_its_plain_letters() {
    let shell = Shell::new();
    let file = [CUSTOMERS.as_bytes(), b"M1,Jos\xE9,N\xFA\xF1ez,1,,,,,\n"].concat();
    shell.write("c.csv", &file);
    let said = shell.run(&["import", "customers", "c.csv"]);
    assert!(said.words.contains("Windows-1252"), "{}", said.words);
    assert!(shell.data(&["lookup", "nunez"]).ends_with("\tJosé Núñez\n"));
}
