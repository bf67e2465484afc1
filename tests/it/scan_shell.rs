//! `swapdesk scan` as scripts use it: signatures from a file, evidence from standard input.

use crate::cli::{Said, Shell, said};
use crate::signatures::{EXPORT, newer};
use serde_json::Value;
use std::io::Write as _;
use std::process::Stdio;

/// A folder with an export in which only newer signatures find something.
fn shell() -> Shell {
    let shell = Shell::new();
    shell.write("packages.txt", EXPORT.as_bytes());
    shell
}

fn scan_with(shell: &Shell, signatures: &str) -> Said {
    shell.write("signatures.json", signatures.as_bytes());
    shell.run(&["scan", "--signatures", "signatures.json", "packages.txt"])
}

/// Runs with this on standard input.
fn piped(shell: &Shell, args: &[&str], input: &[u8]) -> Said {
    let mut command = shell.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    // Dropped at the end of the statement, which closes the pipe.
    child.stdin.take().expect("a pipe").write_all(input).expect("taken");
    said(&child.wait_with_output().expect("it ends"))
}

#[test]
fn a_newer_signature_file_finds_what_the_programs_own_does_not_know() {
    let shell = shell();
    let own = shell.data(&["scan", "packages.txt"]);
    assert!(!own.contains("com.madeup.guard"), "{own}");
    let newer = scan_with(&shell, &newer("2017-12-01"));
    assert_eq!((newer.code, newer.words.as_str()), (0, ""), "{}", newer.data);
    assert!(newer.data.contains("Kaspersky is installed"), "{}", newer.data);
    assert!(newer.data.contains("com.madeup.guard"), "{}", newer.data);
    let told = |args: &[&str]| {
        let object: Value = serde_json::from_str(&shell.data(args)).expect("one object");
        object["signatures"].as_str().map(str::to_owned)
    };
    let newer = ["scan", "--json", "--signatures", "signatures.json", "packages.txt"];
    assert_eq!(told(&newer).as_deref(), Some("2017-12-01"));
    assert_eq!(told(&["scan", "--json", "packages.txt"]).as_deref(), Some("2017-09-08"));
}

#[test]
fn a_signature_file_that_can_not_be_used_is_named_with_its_reason_and_nothing_is_scanned() {
    let shell = shell();
    let good = newer("2017-12-01");
    let entry = good.lines().find(|line| line.contains("\"com.kms.free\"")).expect("an entry");
    let twice = good.replacen(entry, &format!("{entry}\n{entry}"), 1);
    for (signatures, why) in [
        (newer("2016-12-01"), "it is of 1 Dec 2016, older than the program's own of 8 Sep 2017"),
        (twice, "\"com.kms.free\" contradicts another entry"),
        (good.replacen("2017-12-01", "soon", 1), "\"soon\" is none"),
        (
            good.replacen("swapdesk-signatures/1", "swapdesk-signatures/9", 1),
            "made for a newer program",
        ),
        ("not JSON".to_owned(), "it is no signature file"),
    ] {
        let refused = scan_with(&shell, &signatures);
        assert_eq!((refused.code, refused.data.as_str()), (1, ""), "{why}");
        assert!(refused.words.starts_with("signatures.json: "), "{}", refused.words);
        assert!(refused.words.contains(why), "{why}: {}", refused.words);
    }
    let gone = shell.run(&["scan", "--signatures", "gone.json", "packages.txt"]);
    assert_eq!((gone.code, gone.data.as_str()), (1, ""));
    assert!(gone.words.starts_with("gone.json: "), "{}", gone.words);
}

#[test]
fn standard_input_is_scanned_like_a_file_and_beside_files() {
    let shell = shell();
    let export = b"package:com.kms.free\r\npackage:com.android.phone\r\n";
    shell.write("phone.txt", export);
    let from_pipe = piped(&shell, &["scan", "-"], export);
    assert_eq!((from_pipe.code, from_pipe.words.as_str()), (0, ""));
    assert!(from_pipe.data.contains("com.kms.free"), "{}", from_pipe.data);
    assert_eq!(from_pipe.data, shell.data(&["scan", "phone.txt"]));
    let both = piped(&shell, &["scan", "packages.txt", "-"], export);
    assert_eq!(both.code, 0, "{}", both.words);
    assert!(both.data.contains("com.kms.free"), "{}", both.data);
    let nothing = piped(&shell, &["scan", "-"], b"");
    assert!(nothing.data.contains("Nothing found in these files"), "{}", nothing.data);
    assert!(!shell.path("desk.swapdesk").exists(), "a scan needs no desk");
}

#[test]
fn of_several_files_the_one_that_is_of_no_known_format_is_named() {
    let shell = shell();
    shell.write("notes.txt", b"Called Amara at noon.\r\nShe comes at five.\r\n");
    let said = shell.data(&["scan", "packages.txt", "notes.txt"]);
    assert!(said.contains("note: notes.txt: format not recognized"), "{said}");
    assert!(!said.contains("packages.txt: "), "{said}");
}

#[test]
fn of_a_folder_all_text_is_read_and_what_is_left_out_is_said() {
    let shell = shell();
    std::fs::create_dir_all(shell.path("stick/evidence-1/inner")).expect("folders");
    for n_file in 0..250 {
        let text = format!("package:com.android.phone{n_file}\r\n");
        shell.write(&format!("stick/evidence-1/{n_file:03}.txt"), text.as_bytes());
    }
    shell.write("stick/evidence-1/zzz.txt", b"package:com.kms.free\r\npackage:com.android.a\r\n");
    shell.write("stick/evidence-1/inner/deep.txt", EXPORT.as_bytes());
    let said = shell.run(&["scan", "stick"]);
    assert_eq!((said.code, said.words.as_str()), (0, ""));
    assert!(said.data.contains("com.kms.free"), "the last of many: {}", said.data);
    let n_read = shell.data(&["scan", "--each", "--json", "stick"]).lines().count();
    assert_eq!(n_read, 251, "two levels, as the window reads them");
    shell.write("stick/evidence-1/desk.png", b"\x89PNG\r\n");
    let said = shell.run(&["scan", "stick"]);
    assert_eq!(said.code, 0);
    assert!(said.words.ends_with("desk.png: it is not text, left out\n"), "{}", said.words);
}

#[cfg(unix)]
#[test]
fn what_would_never_end_is_refused() {
    let shell = shell();
    let made = std::process::Command::new("mkfifo").arg(shell.path("pipe")).status();
    assert!(made.expect("run").success());
    for name in ["pipe", "/dev/zero"] {
        let said = shell.run(&["scan", name, "packages.txt"]);
        assert_eq!(said.code, 1);
        assert_eq!(said.words, format!("{name}: not a file\n"));
        assert!(said.data.contains("Nothing found in these files"), "{}", said.data);
    }
}

#[test]
fn nothing_before_and_nothing_after_is_right_only_without_a_doubt() {
    let shell = shell();
    shell.write("other.txt", b"package:com.android.a\r\npackage:com.android.b\r\n");
    let compare = |after: &str| shell.run(&["scan", "--compare", "packages.txt", "--", after]);
    assert_eq!(compare("other.txt").code, 0, "{}", compare("other.txt").data);
    let same = compare("packages.txt");
    assert_eq!(same.code, 1);
    assert!(same.data.contains("warning: The after-files are files of before."), "{}", same.data);
}
