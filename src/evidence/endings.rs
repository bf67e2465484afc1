//! Where an output ends, as far as a paste, an editor or a console leave it to be seen.

use super::signatures::Signatures;
use super::{Scanner, read};
use crate::domain::evidence::trace::Area;

/// One antivirus in Security Center, as `wmic` tells it.
const CENTER: &str = "Node,DisplayName,instanceGuid,productState\r\nPC,Kaspersky Total Security,{86367591-4BE4-AE08-2FD9-7FCB8259CD98},266240";

#[test]
fn what_was_pasted_is_whole_where_its_own_end_or_a_prompt_shows_it() {
    let prompt = "C:\\Program Files (x86)\\Tools>";
    let table = "\nDisplayName DisplayVersion Publisher InstallDate\n----------- -------------- --------- -----------\nA           1              B         20170901\nC           1              D         20170901\nE           1              F         20170901";
    let tasks = "\nImage Name                     PID Services\n========================= ======== ========\nSystem                           4 N/A\nlsass.exe                      668 SamSs\ntasklist.exe                  6100 N/A";
    let csv = CENTER;
    let rows = [
        (csv.to_owned(), false),
        (format!("{csv}\n"), false),
        (format!("{csv}\n\n"), true),
        (format!("{csv}\n\n{prompt}"), true),
        (format!("{csv}\n{prompt}next"), true),
        (table.to_owned(), false),
        (format!("{table}\n{prompt}"), true),
        (format!("{table}\nPS C:\\Users\\Jane> "), true),
        (tasks.to_owned(), true),
        (tasks.replace("\ntasklist.exe                  6100 N/A", ""), false),
    ];
    for (text, is_whole) in rows {
        let mut scanner = Scanner::new(Signatures::builtin());
        scanner.add_pasted("Pasted text", text.as_bytes()).expect("from memory");
        let scan = scanner.finish();
        let is_shown = !scan.covers.is_empty() || !scan.places.is_empty();
        assert_eq!(is_shown, is_whole, "{text}");
        assert_eq!(scan.notes.is_empty(), is_whole, "{text}: {:?}", scan.notes);
    }
}

#[test]
fn an_editor_that_takes_the_last_line_end_away_takes_no_proof() {
    let names = ["ACPI", "BFE", "tcpip"];
    let drivers = names
        .map(|name| format!("{name:<12} x                      Kernel        1/1/2017 1:00:00 PM"));
    let driverquery = format!(
        "\r\nModule Name  Display Name           Driver Type   Link Date\r\n============ ====================== ============= ======================\r\n{}",
        drivers.join("\r\n")
    );
    let services = names.map(|name| {
        let state = if name == "BFE" { "4  RUNNING" } else { "1  STOPPED" };
        format!("SERVICE_NAME: {name}\r\nDISPLAY_NAME: x\r\n        TYPE               : 20  WIN32_SHARE_PROCESS\r\n        STATE              : {state}")
    });
    let sc = format!("\r\n{}", services.join("\r\n\r\n"));
    for (text, area) in [(driverquery, Area::Drivers), (sc, Area::Services)] {
        let scan = read(text.as_bytes());
        assert_eq!((scan.covers, scan.notes), (vec![area], Vec::<String>::new()), "{text}");
    }
}

#[test]
fn an_answer_that_ends_in_an_error_is_not_whole() {
    let certificate =
        "root\r\n================ Certificate 0 ================\r\nIssuer: CN=X\r\n\r\n";
    let table = [
        ("CertUtil: -store command completed successfully.\r\n", 1),
        ("CertUtil: -store Befehl wurde erfolgreich ausgeführt.\r\n", 1),
        (
            "CertUtil: -store command FAILED: 0x80070005 (WIN32: 5)\r\nCertUtil: Access is denied.\r\n",
            0,
        ),
        ("CertUtil: -store command comp", 0),
        ("", 0),
    ];
    for (end, n_covers) in table {
        assert_eq!(read(format!("{certificate}{end}").as_bytes()).covers.len(), n_covers, "{end}");
    }
}
