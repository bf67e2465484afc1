//! Finding a customer at the window, while others write to the same file.

use crate::desk::Desk;
use std::fmt::Write as _;
use std::process::Command;

const CUSTOMERS: &str = "external_id,given_name,surname,phone,email,street,city,state,postcode\n";

/// Imports customers with the command line, as another program does while the window is open.
fn import(desk: &Desk, rows: &str) {
    let csv = desk.folder.path().join("more.csv");
    std::fs::write(&csv, format!("{CUSTOMERS}{rows}")).expect("a file");
    let done = Command::new(env!("CARGO_BIN_EXE_swapdesk"))
        .arg("--file")
        .arg(&desk.path)
        .args(["import", "customers"])
        .arg(&csv)
        .output()
        .expect("the program runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_name_is_found_although_it_is_misspelt_and_the_row_says_why() {
    let mut desk = Desk::demo();
    desk.type_text("lena brand");
    desk.see("Lena Brandt");
    desk.esc();
    desk.type_text("lina brant");
    desk.see("Lena Brandt");
    desk.see("letters off");
    desk.close();
}

#[test]
fn whom_another_program_imports_while_the_window_is_open_is_found_by_the_next_letter() {
    let mut desk = Desk::demo();
    desk.type_text("quinta");
    desk.see_no("Quintana Vexelberg");
    import(&desk, "Q1,Quintana,Vexelberg,,qv@example.com,,,,\n");
    desk.type_text("n");
    desk.see("Quintana Vexelberg");
    desk.esc();
    desk.type_text("kwintana vexelburg");
    desk.see("Quintana Vexelberg");
    desk.close();
}

#[test]
fn an_import_of_thousands_needs_no_restart() {
    let mut desk = Desk::demo();
    desk.type_text("ada");
    let mut rows = String::new();
    for n in 0..25_000_usize {
        let letters: String =
            format!("{n:05}").bytes().map(|digit| char::from(digit - b'0' + b'b')).collect();
        writeln!(rows, "B{n},Ada{letters},Lo{letters},,a{n}@example.com,,,,").expect("memory");
    }
    import(&desk, &rows);
    desk.type_text("cdefg locdefg");
    desk.see("Adacdefg Locdefg");
    desk.esc();
    desk.type_text("adacdefg locdegf");
    desk.see("Adacdefg Locdefg");
    desk.see_no("Names 0 % ready");
    desk.close();
}
