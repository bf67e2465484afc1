//! Whole files, honest and hostile.

use super::*;
use crate::domain::customer::Customer;
use crate::domain::intake::{KeyLine, SubscriptionLine};
use std::io::{self, Cursor};

const CUSTOMERS: &str = "external_id,given_name,surname,phone,email,street,city,state,postcode\n";
const SUBSCRIPTIONS: &str =
    "external_id,product,activation_code,receipt_no,purchased_on,expires_on,channel\n";

fn file<R: FileRow>(bytes: &[u8]) -> Result<RowFile<R>, ReadError> {
    RowFile::new("store.csv", Box::new(Cursor::new(bytes.to_vec())), Some(bytes.len() as u64))
}

/// Rows as `line: text`, refused lines as `line! reason`, without the end.
fn told<R: FileRow>(file: RowFile<R>, text: impl Fn(&R) -> String) -> Vec<String> {
    let mut told: Vec<_> = file
        .map(|intake| match intake {
            Intake::Row { line_no, row, .. } => format!("{line_no}: {}", text(&row)),
            Intake::Refused(refused) => format!("{}! {}", refused.line_no, refused.why),
            Intake::End(mark) => format!("end {}", mark.sha256.len()),
        })
        .collect();
    assert_eq!(told.pop().as_deref(), Some("end 64"));
    told
}

fn customers(bytes: &[u8]) -> Vec<String> {
    told(file::<Customer>(bytes).expect("a header"), |row| {
        format!("{} {}", row.external_id, row.full_name())
    })
}

#[test]
fn columns_are_found_by_name_in_any_order_and_unknown_ones_are_named() {
    let text = "\u{feff}Postcode;State;city;street;E-Mail;email;phone;surname;Given Name;External-ID;Phone2\n\
                55423;MN;Richfield;1 Penn Ave;x;a@example.com;612 555 0142;Okafor;Amara;M1;0199\n";
    let mut file = file::<Customer>(text.as_bytes()).expect("a header");
    assert_eq!(file.header().skipped(), ["E-Mail"]);
    assert_eq!(file.notes().len(), 1);
    let Some(Intake::Row { line_no: 2, at_byte, row }) = file.next() else { panic!("no row") };
    assert_eq!(at_byte, text.len() as u64);
    assert_eq!(row.full_name(), "Amara Okafor");
    assert_eq!(row.address_line(), "1 Penn Ave, Richfield, MN 55423");
    assert_eq!((row.email.as_str(), row.phone2.as_str()), ("a@example.com", "0199"));
    assert_eq!(row.member_id, "");
}

#[test]
fn a_file_that_is_not_what_was_asked_for_is_told_in_words() {
    let table = [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("M1,Amara,Okafor,,,,,,\n", "the file has no header"),
        ("product,key,lot\nx,y,z\n", "this looks like a keys file, not a customers file"),
        (SUBSCRIPTIONS, "this looks like a subscriptions file"),
        ("external_id,given_name,surname,phone,email,city,state\n", "no column street, postcode"),
        (
            "external_id,given_name,surname,phone,email,street,city,state,postcode,PHONE\n",
            "phone twice",
        ),
        ("\u{0}\u{0}", "NUL"),
        ("\"external_id,given_name\nx\n", "never closed"),
        ("PK\u{3}\u{4}rest", "workbook"),
    ];
    for (text, words) in table {
        let err = file::<Customer>(text.as_bytes()).err().expect(text).to_string();
        assert!(err.contains(words), "{text:?}: {err}");
    }
    let err = file::<Customer>(b"\xFF\xFEe\0x\0").err().expect("UTF-16").to_string();
    assert!(err.contains("UTF-16"), "{err}");
}

#[test]
fn a_bad_line_costs_itself_and_no_other() {
    let mut bytes = CUSTOMERS.as_bytes().to_vec();
    bytes.extend_from_slice(
        b"M1,Amara,Okafor,612,,,,,\n\
          ,No,Id,612,,,,,\n\
          M2,Nul\0,Byte,612,,,,,\n\
          M1,Again,Okafor,612,,,,,\n\
          M3,Short,Row\n\
          M4,Open,\"Quote,612,,,,,\n\
          M5,Jos\xE9,N\xFA\xF1ez,612,,,,,\n\
          M6,Bell\x07,Ring,612,,,,,\n\
          M7,Card,4111 1111 1111 1111,612,,,,,\n\
          M8,,,,,1 Penn Ave,Richfield,MN,55423\n\
          M9,'=Last,'O,612,,,,,,,,\n",
    );
    let expected = [
        "2: M1 Amara Okafor",
        "3! external_id is empty",
        "4! holds a NUL byte, so it is not text",
        "5! this external_id stands on line 2 already",
        "6! has 3 columns, and the header has 9",
        "7! a quote (\") is opened here and never closed",
        "8: M5 José Núñez",
        "9! given_name holds a control character",
        "10! surname holds what looks like a card number, and card numbers are never stored",
        "11! has neither a name, a phone nor an e-mail",
        "12: M9 =Last 'O",
    ];
    assert_eq!(customers(&bytes), expected);
}

#[test]
fn mixed_encodings_are_noted_with_the_first_line() {
    let mut bytes = format!("{CUSTOMERS}M1,Zoë,Smith,1,,,,,\n").into_bytes();
    bytes.extend(vec![b'\n'; lines::LINE_BYTES_MAX]);
    bytes.extend_from_slice(b"M2,Jos\xE9,Smith,1,,,,,\n");
    let mut file = file::<Customer>(&bytes).expect("a header");
    assert_eq!(file.by_ref().filter(|intake| matches!(intake, Intake::Row { .. })).count(), 2);
    let notes = file.notes().join("");
    assert!(notes.contains(&format!("line {}", 3 + lines::LINE_BYTES_MAX)), "{notes}");
}

#[test]
fn days_and_numbers_that_do_not_exist_are_refused_with_their_column() {
    let header = SUBSCRIPTIONS.replace('\n', ",seats,term_months\n");
    let rows = "M1,KIS,AAAA,R1,2016-11-14,11/13/2017,in_store,3,12\n\
                M1,KIS,BBBB,R1,2017-02-30,,,,\n\
                M1,KIS,CCCC,R1,,13/13/2017,,,\n\
                M1,KIS,DDDD,R1,,,,0,\n\
                M1,KIS,EEEE,R1,,,,,121\n\
                M1,KIS,aa-aa,R2,,,,,\n\
                M2,KIS,AAAA,R2,,,,,\n\
                M1,KIS,,R1,,,,,\n\
                M1,kis,,r1,,,,,\n\
                M1,,,,,,,,\n";
    let file = file::<SubscriptionLine>(format!("{header}{rows}").as_bytes()).expect("a header");
    let told = told(file, |row| format!("{:?} {:?}", row.purchased_on, row.seats));
    let expected = [
        "2: Some(2016-11-14) Some(3)",
        "3! purchased_on \"2017-02-30\" is not a day that exists (YYYY-MM-DD or MM/DD/YYYY)",
        "4! expires_on \"13/13/2017\" is not a day that exists (YYYY-MM-DD or MM/DD/YYYY)",
        "5! seats \"0\" is not a number from 1 to 999",
        "6! term_months \"121\" is not a number from 1 to 120",
        "7! the same subscription stands on line 2 already",
        "8: None None",
        "9: None None",
        "10! the same subscription stands on line 9 already",
        "11! has neither a product, an activation code nor a receipt",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_key_is_the_same_key_however_it_is_written() {
    let text = "lot,key,product\nL1,SARW-NJEF,Webroot\nL1,sarw njef,Webroot\nL1,--,Webroot\n\
                L1,,Webroot\nL1,AAAA,\n";
    let told = told(file::<KeyLine>(text.as_bytes()).expect("a header"), |row| row.lot.clone());
    let expected = [
        "2: L1",
        "3! this key stands on line 2 already",
        "4! key is empty",
        "5! key is empty",
        "6! product is empty",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_preview_shows_first_rows_their_problems_and_no_secret() {
    let text =
        "product,key,lot,price\nWebroot,SARW-NJEF-6YAM,L1,9\nWebroot,,L1,9\nx\nWebroot,A,L1,9\n";
    let preview = file::<KeyLine>(text.as_bytes()).expect("a header").preview(3).expect("rows");
    let read_as: Vec<_> = preview.columns.iter().map(|column| column.read_as).collect();
    assert_eq!(read_as, [Some("product"), Some("key"), Some("lot"), None]);
    let rows: Vec<_> = preview.rows.iter().map(|row| (row.line_no, row.cells.join("|"))).collect();
    assert_eq!(
        rows,
        [(2, "Webroot|…6YAM|L1|9".into()), (3, "Webroot||L1|9".into()), (4, String::new())]
    );
    let problems: Vec<_> = preview.rows.iter().map(|row| row.problem.is_some()).collect();
    assert_eq!(problems, [false, true, true]);
}

#[test]
fn a_dropped_file_is_known_by_its_header_and_told_what_it_lacks() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dropped.csv");
    let table = [
        (CUSTOMERS, Some(FileKind::Customers)),
        (SUBSCRIPTIONS, Some(FileKind::Subscriptions)),
        ("lot,key,product\n", Some(FileKind::Keys)),
        ("external_id,given_name,surname,phone\n", Some(FileKind::Customers)),
        ("a,b,c\n", None),
    ];
    for (text, kind) in table {
        std::fs::write(&path, text).expect("a file");
        assert_eq!(kind_of(&path).ok(), kind, "{text:?}");
    }
    std::fs::write(&path, "external_id,given_name,surname,phone\n").expect("a file");
    let err = preview(&path, FileKind::Customers, 5).expect_err("columns are missing");
    assert!(matches!(err, ReadError::MissingColumns(columns) if columns.len() == 5));
}

#[test]
fn an_endless_line_is_refused_with_its_number() {
    let head = Cursor::new(CUSTOMERS.as_bytes());
    let long = io::repeat(b'x').take(100 * 1024 * 1024);
    let tail = Cursor::new(b"\nM1,Amara,Okafor,1,,,,,\n");
    let file = RowFile::<Customer>::new("x", Box::new(head.chain(long).chain(tail)), None);
    let told = told(file.expect("a header"), Customer::full_name);
    assert_eq!(told, ["2! longer than 65536 bytes", "3: Amara Okafor"]);
}

#[test]
fn a_file_that_breaks_off_has_no_end() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the stick was pulled out"))
        }
    }
    let head = Cursor::new(format!("{CUSTOMERS}M1,Amara,Okafor,1,,,,,\n").into_bytes());
    let mut file =
        RowFile::<Customer>::new("x", Box::new(head.chain(Broken)), None).expect("header");
    assert!(file.by_ref().all(|intake| !matches!(intake, Intake::End(_))));
    assert!(matches!(file.failure(), Some(ReadError::Io(_))));
}

#[test]
fn a_card_number_is_refused_in_every_free_column_and_never_in_an_identifier() {
    let card = "4111 1111 1111 1111 0919";
    for column in 1..9 {
        let mut cells =
            ["M1", "Amara", "Okafor", "612", "a@b.c", "Penn Ave", "Town", "MN", "55423"];
        cells[column] = card;
        let names = "external_id,given_name,surname,phone,email,street,city,state,postcode";
        let told = customers(format!("{names}\n{}\n", cells.join(",")).as_bytes());
        assert!(told[0].starts_with("2! ") && told[0].contains("card number"), "{told:?}");
    }
    let line = |product: &str, code: &str, receipt: &str, channel: &str| {
        let row = format!("{SUBSCRIPTIONS}M1,{product},{code},{receipt},,,{channel}\n");
        let file = file::<SubscriptionLine>(row.as_bytes()).expect("a header");
        told(file, |row| row.product.clone()).pop().expect("a line")
    };
    assert_eq!(line("KIS", card, "0112-032-6467-091925", "store"), "2: KIS");
    assert_eq!(line("KIS", "", card, "store"), "2: KIS");
    assert!(line(card, "", "1", "store").contains("card number"));
    assert!(line("KIS", "", "1", card).contains("card number"));
    let lot = format!("product,key,lot\nWebroot 1 PC 1 Year,4111111111111111,{card}\n");
    let file = file::<KeyLine>(lot.as_bytes()).expect("a header");
    assert!(told(file, |row| row.product.clone())[0].contains("card number"));
}
