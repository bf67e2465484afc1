//! The import dialog, from the choice of a file to its refused lines.

use super::*;
use crate::domain::intake::{Encoding, FileKind, LineProblem, PreviewColumn, PreviewRow};
use crate::ui::action::Dialog;
use crate::ui::shell::Page;
use crate::ui::views::testing::{self, Window};

enum Stage {
    Idle,
    Rows(Preview),
    Running,
    Done(ImportCounts, Vec<RefusedLine>),
}

struct Desk {
    view: ImportView,
    command: Option<UiCommand>,
    stage: Stage,
}

fn at(stage: Stage) -> Desk {
    Desk { view: ImportView::default(), command: None, stage }
}

fn draw(desk: &mut Desk, ui: &mut Ui) -> Option<Action> {
    let stage = match &desk.stage {
        Stage::Idle => ImportStage::Idle,
        Stage::Rows(preview) => ImportStage::Rows(preview),
        Stage::Running => ImportStage::Running {
            name: "customers.csv",
            n_rows: 412_000,
            n_bytes: 41,
            n_bytes_all: 100,
        },
        Stage::Done(counts, refused) => ImportStage::Done(ImportDone {
            kind: ImportKind::Customers,
            name: "customers.csv",
            counts: *counts,
            refused,
            notes: &[],
        }),
    };
    desk.view.ui(ui.ctx(), &ImportData { command: desk.command.take(), stage })
}

fn preview() -> Preview {
    let column = |heading: &str, read_as| PreviewColumn { heading: heading.to_owned(), read_as };
    let row = |line_no, cells: [&str; 4], problem| PreviewRow {
        line_no,
        cells: cells.map(str::to_owned).to_vec(),
        problem,
    };
    Preview {
        name: "keys.csv".to_owned(),
        kind: FileKind::Keys,
        encoding: Encoding::Windows1252,
        n_bytes: Some(48_211),
        columns: vec![
            column("Product", Some("product")),
            column("key", Some("key")),
            column("lot", Some("lot")),
            column("buyer", None),
        ],
        rows: vec![
            row(2, ["Webroot SecureAnywhere 5 Devices 1 Year", "…CMU8", "WB-1709", "HQ"], None),
            row(3, ["", "…HBDE", "WB-1709", "HQ"], Some(LineProblem::Empty("product"))),
        ],
    }
}

fn refused(n: u64) -> Vec<RefusedLine> {
    (0..n).map(|n| RefusedLine { line_no: 2 + n * 7, why: LineProblem::Nobody }).collect()
}

#[test]
fn a_kind_is_chosen_by_its_digit_and_a_path_can_be_typed() {
    let mut window = Window::new(at(Stage::Idle), draw);
    window.press(Modifiers::NONE, Key::Num3);
    assert_eq!(window.actions(), [Action::PickFile(ImportKind::Keys)]);
    window.type_into("Or type where it is", "\"/tmp/keys 2.csv\"");
    window.enter();
    let path = PathBuf::from("/tmp/keys 2.csv");
    assert_eq!(window.actions(), [Action::Preview(None, path)]);
}

#[test]
fn the_preview_tells_how_columns_are_read_and_what_will_be_refused() {
    let mut window = Window::new(at(Stage::Rows(preview())), draw);
    for words in [
        "keys.csv, Windows-1252, 48,211 bytes",
        "3 of 4 are read; Product as product",
        "Not read: buyer",
        "Refused, line 3: product is empty",
        "key …CMU8",
    ] {
        assert!(window.sees(words), "{words}");
    }
    assert_eq!(window.focused(), "Import");
    window.enter();
    assert_eq!(window.actions(), [Action::StartImport]);
}

#[test]
fn a_running_import_is_canceled_by_esc_not_left() {
    let mut window = Window::new(at(Stage::Running), draw);
    assert!(window.sees("412,000 rows"));
    window.state().command = Some(UiCommand::Back);
    window.run();
    window.click("Cancel");
    assert_eq!(window.actions(), [Action::CancelImport, Action::CancelImport]);
}

#[test]
fn refused_lines_are_listed_and_copied() {
    let counts = ImportCounts { n_read: 20_000, n_added: 18_996, n_changed: 2, n_refused: 1_002 };
    let mut window = Window::new(at(Stage::Done(counts, refused(2))), draw);
    assert!(window.sees("Refused 1,002"));
    assert!(window.sees("and 1,000 more"));
    assert!(window.sees("line 9: has neither a name, a phone nor an e-mail"));
    window.click("Copy refused lines");
    let lines = refused(2).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    window.click("Import another file");
    assert_eq!(window.actions(), [Action::Copy(lines), Action::Open(Dialog::Import)]);
}

#[test]
fn the_same_file_again_says_that_nothing_changed() {
    let counts = ImportCounts { n_read: 500, ..ImportCounts::default() };
    let mut window = Window::new(at(Stage::Done(counts, Vec::new())), draw);
    assert!(window.sees("nothing changed"));
    window.enter();
    assert_eq!(window.actions(), [Action::CloseDialog]);
}

#[test]
fn pictures() {
    let counts = ImportCounts { n_read: 20_000, n_added: 19_980, n_changed: 0, n_refused: 20 };
    for (name, stage) in [
        ("import-choose", Stage::Idle),
        ("import-preview", Stage::Rows(preview())),
        ("import-running", Stage::Running),
        ("import-done", Stage::Done(counts, refused(20))),
    ] {
        let mut desk = at(stage);
        testing::pictures(name, Page::Stock, |ui| {
            draw(&mut desk, ui);
        });
    }
}
