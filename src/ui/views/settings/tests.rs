//! Settings, as a lead and as a technician.

use super::*;
use crate::domain::file_mark::FileMark;
use crate::domain::people::{Person, Role};
use crate::domain::signature_file::SignatureMark;
use crate::ui::shell::Page;
use crate::ui::views::testing::{self, NOW, Window};

struct Desk {
    view: SettingsView,
    command: Option<UiCommand>,
    settings: Settings,
    signatures: SignaturesHere,
    is_folder_there: Option<bool>,
    me_idx: usize,
    look: Look,
}

/// The desk with this person of [`testing::people`] at it: 0 a technician, 1 a lead.
fn desk(me_idx: usize) -> Desk {
    Desk {
        view: SettingsView::default(),
        command: None,
        settings: testing::settings(),
        signatures: signatures(8, None),
        is_folder_there: None,
        me_idx,
        look: Look::System,
    }
}

/// The program's own of this day of September, and a file that was chosen.
fn signatures(own_day: u32, chosen: Option<u32>) -> SignaturesHere {
    let day = |day| NaiveDate::from_ymd_opt(2017, 9, day).expect("a day");
    SignaturesHere {
        own_day: day(own_day),
        n_own: 1_512,
        chosen: chosen.map(|chosen| SignatureMark {
            file: FileMark { name: "signatures-2.json".to_owned(), sha256: "0".repeat(64) },
            day: day(chosen),
            n_entries: 1_640,
        }),
    }
}

fn draw(desk: &mut Desk, ui: &mut Ui) -> Option<Action> {
    let people = testing::people();
    let lines = ["chain: 90 entries".to_owned()];
    let data = SettingsData {
        command: desk.command.take(),
        now: NOW,
        today: testing::today(),
        settings: &desk.settings,
        signatures: &desk.signatures,
        is_folder_there: desk.is_folder_there,
        staff: Staff { people: &people, me: people.get(desk.me_idx).map(|person| person.id) },
        look: desk.look,
        file: FileFacts {
            path: "/home/desk/.local/share/swapdesk/desk.sqlite",
            n_customers: 20_000,
            n_subscriptions: 34_120,
            n_keys: 500,
            n_cases: 96,
            version: "0.1.0",
            sqlite: "3.54.1",
            renderer: "glow",
        },
        chain: Chain::Checked { is_whole: true, lines: &lines },
        head: "8f3a21c04d5e66778899aabbccddeeff00112233445566778899aabb5b12e9c2",
    };
    desk.view.ui(ui, &data)
}

fn finish(window: &mut Window<Desk>) -> Vec<Action> {
    window.state().command = Some(UiCommand::Finish);
    window.run();
    window.actions()
}

#[test]
fn a_lead_saves_and_the_last_day_is_shown_before() {
    let mut window = Window::new(desk(1), draw);
    window.press(Modifiers::ALT, Key::Num2);
    assert!(window.sees("The last day is 23 Oct 2017"));
    window.click("It is day 1");
    assert!(window.sees("The last day is 22 Oct 2017"));
    let mut settings = testing::settings();
    settings.campaign.counting = crate::domain::campaign::DayCounting::FirstDayIncluded;
    assert_eq!(finish(&mut window), [Action::Record(Change::SettingsChanged { settings })]);
}

#[test]
fn a_technician_needs_a_lead_who_says_so() {
    let mut window = Window::new(desk(0), draw);
    window.type_into("Phone on the sheet", "612 555 0100");
    assert_eq!(finish(&mut window), []);
    assert!(window.sees("Choose the lead"));
    window.run();
    assert_eq!(window.focused(), "M. Lee", "the cursor is where something is wanted");
    window.click("Priya Nair");
    let mut settings = testing::settings();
    settings.desk.phone = "612 555 0100".to_owned();
    let lead = testing::people()[2].id;
    let change = Change::SettingsChanged { settings };
    assert_eq!(finish(&mut window), [Action::RecordAs { lead, change }]);
}

#[test]
fn errors_stand_at_their_fields_and_what_was_typed_is_kept() {
    let mut window = Window::new(desk(1), draw);
    window.type_into("Desk number", "00");
    assert!(!window.sees("Enter the desk's number"), "not while typing");
    assert_eq!(finish(&mut window), []);
    assert!(window.sees("Enter the desk's number, 1 to 99"));
    window.press(Modifiers::ALT, Key::Num4);
    window.press(Modifiers::ALT, Key::Num1);
    assert!(window.sees("Enter the desk's number, 1 to 99"), "kept while another part is shown");
}

#[test]
fn nothing_changed_is_nothing_saved() {
    let mut window = Window::new(desk(1), draw);
    assert!(window.sees("Everything is saved"));
    assert_eq!(finish(&mut window), []);
}

fn people_of(mut window: Window<Desk>) -> Window<Desk> {
    window.press(Modifiers::ALT, Key::Num3);
    window
}

fn person_set(actions: Vec<Action>) -> Person {
    match <[Action; 1]>::try_from(actions) {
        Ok([Action::Record(Change::PersonSet { person })]) => person,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_person_is_added_with_a_new_id() {
    let mut window = people_of(Window::new(desk(1), draw));
    assert_eq!(finish(&mut window), [], "no name");
    window.type_into("Name", "Ana Ruiz");
    window.click("Auditor");
    let person = person_set(finish(&mut window));
    assert_eq!((person.name.as_str(), person.role), ("Ana Ruiz", Role::Auditor));
    assert!(person.is_active && testing::people().iter().all(|other| other.id != person.id));
}

#[test]
fn a_person_is_renamed_let_go_and_comes_back() {
    let mut window = people_of(Window::new(desk(1), draw));
    let row = |window: &Window<Desk>, name: &str| {
        let rows = window.rows();
        let row = rows.into_iter().find(|row| row.contains(name)).expect("a row");
        row.split_once(' ').expect("a place").1.to_owned()
    };
    let dana = row(&window, "Dana Reyes");
    window.click(&dana);
    window.click("Has left");
    assert!(!person_set(window.actions()).is_active);
    let tom = row(&window, "Tom Gone");
    window.click(&tom);
    window.click("Is back");
    assert!(person_set(window.actions()).is_active);
    window.click(&dana);
    window.type_into("Name", "-Lopez");
    assert_eq!(person_set(finish(&mut window)).name, "Dana Reyes-Lopez");
}

#[test]
fn who_is_at_the_desk_is_not_let_go_and_a_name_is_taken_once() {
    let mut window = people_of(Window::new(desk(1), draw));
    window.type_into("Name", "m. lee");
    assert!(window.sees("Somebody has this name already"));
    let lee = window.rows().into_iter().find(|row| row.contains("M. Lee")).expect("a row");
    window.click(lee.split_once(' ').expect("a place").1);
    assert!(window.sees("Is at the desk now"));
}

#[test]
fn the_look_is_chosen_and_the_file_is_looked_after() {
    let mut window = Window::new(desk(0), draw);
    window.press(Modifiers::ALT, Key::Num5);
    window.click("Dark");
    assert_eq!(window.actions(), [Action::SetLook(Look::Dark)]);
    window.press(Modifiers::ALT, Key::Num6);
    for words in ["20,000", "3.54.1", "glow", "desk.sqlite"] {
        assert!(window.sees(words), "{words}");
    }
    window.click("Back up…");
    window.click("Verify");
    assert_eq!(window.actions(), [Action::Backup, Action::Verify]);
}

#[test]
fn pictures() {
    for (section, name) in [
        (Section::Store, "settings-store"),
        (Section::Campaign, "settings-campaign"),
        (Section::People, "settings-people"),
        (Section::Scans, "settings-scans"),
        (Section::Appearance, "settings-appearance"),
        (Section::File, "settings-file"),
    ] {
        let mut desk = desk(0);
        desk.view.section = section;
        if section == Section::Store {
            let mut form = Form::of(&desk.settings);
            form.desk_no = "200".to_owned();
            desk.view.form = Some(form);
            desk.view.is_tried = true;
        }
        testing::pictures(name, Page::Settings, |ui| {
            draw(&mut desk, ui);
        });
    }
    let mut desk = desk(1);
    desk.view.section = Section::Scans;
    desk.signatures = signatures(8, Some(29));
    desk.view.signatures_read(
        "signatures-1.json",
        Some("it is of 8 Sep 2017, older than the one in use of 29 Sep 2017"),
    );
    testing::pictures("settings-signatures", Page::Settings, |ui| {
        draw(&mut desk, ui);
    });
}

#[test]
fn a_lead_chooses_newer_signatures_and_goes_back_by_button_or_key() {
    let lead = testing::people()[1].id;
    let mut window = Window::new(desk(1), draw);
    window.press(Modifiers::ALT, Key::Num4);
    assert!(window.sees("Built in, 8 Sep 2017, 1,512 entries"));
    assert!(!window.sees("Back to the built-in ones"));
    window.state().command = Some(UiCommand::ResetSignatures);
    window.run();
    window.click("Choose newer file…");
    assert_eq!(window.actions(), [Action::PickSignatures(lead)]);
    window.state().signatures = signatures(8, Some(29));
    window.run();
    assert!(window.sees("signatures-2.json, 29 Sep 2017, 1,640 entries"));
    window.click("Back to the built-in ones");
    window.press(Modifiers::ALT, Key::Num1);
    for command in [UiCommand::ChooseSignatures, UiCommand::ResetSignatures] {
        window.state().command = Some(command);
        window.run();
    }
    let reset = Action::Record(Change::SignaturesReset);
    assert_eq!(window.actions(), [reset.clone(), Action::PickSignatures(lead), reset]);
}

#[test]
fn signatures_that_the_program_has_newer_ones_than_are_shown_as_not_in_use() {
    let mut window = Window::new(desk(1), draw);
    window.state().signatures = signatures(9, Some(8));
    window.press(Modifiers::ALT, Key::Num4);
    assert!(window.sees("Not used, older") && window.sees("Built in, 9 Sep 2017"));
}

#[test]
fn a_technician_changes_signatures_only_with_a_lead_and_is_told_what_was_refused() {
    let mut window = Window::new(desk(0), draw);
    window.state().command = Some(UiCommand::ChooseSignatures);
    window.run();
    assert_eq!(window.actions(), []);
    assert!(window.sees("Choose the lead first"));
    let lead = testing::people()[2].id;
    window.click("Priya Nair");
    window.click("Choose newer file…");
    assert_eq!(window.actions(), [Action::PickSignatures(lead)]);
    assert!(!window.sees("Choose the lead first"));
    window.state().view.signatures_read("old.json", Some("it is older"));
    window.run();
    assert!(window.sees("old.json was not taken: it is older"));
    window.state().view.signatures_read("new.json", None);
    window.run();
    assert!(!window.sees("was not taken"));
}

#[test]
fn the_watched_folder_is_chosen_and_switched_off() {
    let mut window = Window::new(desk(1), draw);
    window.press(Modifiers::ALT, Key::Num4);
    assert!(window.sees("No folder is watched"));
    window.click("Browse…");
    assert_eq!(window.actions(), [Action::PickWatched]);
    window.state().view.folder_picked(Path::new("/media/stick"));
    window.run();
    let saved = finish(&mut window);
    let [Action::Record(Change::SettingsChanged { settings })] = saved.as_slice() else {
        panic!("{saved:?}")
    };
    assert_eq!(settings.watched_folder, "/media/stick");
    window.state().settings.watched_folder = "/media/stick".to_owned();
    let gone = "Not there now. What it holds is offered once it is";
    for (is_there, is_said) in [(None, false), (Some(true), false), (Some(false), true)] {
        window.state().is_folder_there = is_there;
        window.run();
        assert_eq!(window.sees(gone), is_said, "{is_there:?}");
    }
    window.state().is_folder_there = None;
    window.run();
    window.click("Off");
    let saved = finish(&mut window);
    let [Action::Record(Change::SettingsChanged { settings })] = saved.as_slice() else {
        panic!("{saved:?}")
    };
    assert_eq!(settings.watched_folder, "");
}
