//! Every stage as a picture, light and dark, to be looked at beside the design.

use super::samples::{Desk, acer, device, opened};
use super::scan_samples::{FOUND, after, alarmed, scan};
use crate::domain::case::{CheckIn, Closing, Wants};
use crate::domain::device::{Backup, Device};
use crate::domain::entry::Change;
use crate::domain::evidence::kept::Side;
use crate::domain::evidence::trace::{Area, Scan};
use crate::domain::id::RemovalId;
use crate::domain::removal::{Check, Finish, Method, Outcome, Removal, RemovedBy};
use crate::domain::subscription::Channel;
use crate::raster::headless::Headless;
use crate::ui::action::Dialog;
use crate::ui::shell::{Page, Person, Shell, Status};
use crate::ui::theme::{Mode, Tone, install};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::icon::Icon;
use egui::{Key, Modifiers, Theme, vec2};

/// What is done in the window before the picture.
type Keys = &'static [(Modifiers, Key)];

const CTRL_ENTER: (Modifiers, Key) = (Modifiers::COMMAND, Key::Enter);
const END: Keys = &[CTRL_ENTER];

fn checked_in(devices: &[Device]) -> Desk {
    let mut desk = Desk::new(opened(Channel::Store, devices));
    let mut devices = devices.to_vec();
    devices[0].accessories = "Charger, no bag".to_owned();
    devices[0].condition = "Scratch on lid".to_owned();
    let check_in = CheckIn {
        wants: Wants::Both,
        devices,
        backup: Some(Backup::Yes),
        consent_by: "Amara Okafor".to_owned(),
    };
    desk.change(Change::CheckedIn { case: desk.file.case.id, check_in });
    desk
}

fn removing(desk: &mut Desk, device: &Device, n_checks: usize) {
    let case = desk.file.case.id;
    let id = RemovalId(device.id.0);
    let removal = Removal {
        id,
        device: device.id,
        by: RemovedBy::Technician,
        method: Method::WindowsUninstall,
        product: "Kaspersky Internet Security".to_owned(),
        version: "17.0.0.611".to_owned(),
        started_at: desk.now,
        checks: Vec::new(),
        finish: None,
    };
    desk.change(Change::RemovalStarted { case, removal });
    for check in Check::ALL.into_iter().take(n_checks) {
        desk.change(Change::CheckTicked { case, removal: id, check });
    }
}

fn removed(desk: &mut Desk, device: &Device, outcome: Outcome) {
    removing(desk, device, 5);
    let finish = Finish { at: desk.now, outcome, notes: String::new() };
    let removal = RemovalId(device.id.0);
    desk.change(Change::RemovalFinished { case: desk.file.case.id, removal, finish });
    desk.now = desk.now.plus_ms(4 * 60_000);
}

/// A removal that runs, with the scan before it; the first `n_checks` are ticked.
fn scanned(n_checks: usize) -> Desk {
    let mut desk = checked_in(&[acer()]);
    removing(&mut desk, &acer(), 0);
    desk.keep(Side::Before, scan(&FOUND));
    let (case, removal) = (desk.file.case.id, RemovalId(acer().id.0));
    for check in Check::ALL.into_iter().take(n_checks) {
        desk.change(Change::CheckTicked { case, removal, check });
    }
    desk
}

fn scanned_after(after: Scan) -> Desk {
    let mut desk = scanned(3);
    desk.keep(Side::After, after);
    desk
}

fn ready() -> Desk {
    let mut desk = checked_in(&[acer()]);
    let statement = "Looked at programs, services, drivers: nothing is left".to_owned();
    removed(&mut desk, &acer(), Outcome::RemovedAsStated { statement });
    desk
}

impl Desk {
    fn change(&mut self, change: Change) {
        self.now = self.now.plus_ms(90_000);
        let me = self.people[0].clone();
        self.record(&me, change);
    }
}

fn stages() -> Vec<(&'static str, Desk, Keys)> {
    let blank = || Desk::new(opened(Channel::Store, &[]));
    let two = [acer(), device(12, "HP Pavilion 15", "5CD7290XYZ")];
    let mut running = checked_in(&[acer()]);
    removing(&mut running, &acer(), 3);
    let mut first = checked_in(&[acer()]);
    removing(&mut first, &acer(), 0);
    let mut leftovers = checked_in(&[acer()]);
    let reason = "Chrome extension: the profile is locked".to_owned();
    removed(&mut leftovers, &acer(), Outcome::LeftoversRemain { reason });
    let mut both = checked_in(&two);
    removing(&mut both, &two[0], 1);
    let mut empty = ready();
    empty.shelf.clear();
    empty.refresh();
    let mut less = ready();
    less.shelf.drain(..2);
    less.refresh();
    let mut closed = ready();
    closed.change(Change::CaseClosed {
        case: closed.file.case.id,
        closing: Closing::Withdrawn { reason: "Customer wants to wait".to_owned() },
    });
    let mut word = Desk::new(opened(Channel::Renewal, &[acer()]));
    word.dialog =
        Some(Dialog::Override(word.file.case.id, crate::domain::case::OverrideKind::Exchange));
    let mut term = Desk::new(opened(Channel::Store, &[acer()]));
    term.dialog = Some(Dialog::Subscription(term.file.case.id));
    vec![
        ("01-check-in", blank(), &[]),
        ("02-check-in-known", Desk::new(opened(Channel::Store, &[acer()])), &[]),
        ("03-check-in-errors", blank(), END),
        ("04-not-eligible", Desk::new(opened(Channel::Elsewhere, &[acer()])), &[]),
        ("05-removal-form", checked_in(&[acer()]), &[]),
        ("06-removal-start", first, &[]),
        ("07-removal-running", running, &[]),
        ("08-leftovers", leftovers, &[]),
        ("09-two-devices", both, &[]),
        ("10-suggestion", ready(), &[]),
        ("11-nothing-in-stock", empty, &[]),
        ("12-check-card", ready(), END),
        ("13-check-card-less", less, &[CTRL_ENTER, CTRL_ENTER]),
        ("14-done", ready(), &[CTRL_ENTER, CTRL_ENTER]),
        ("15-closed", closed, &[]),
        ("16-override", word, &[]),
        ("17-subscription", term, &[]),
    ]
}

/// The evidence of step 2 in every state.
fn evidence() -> Vec<(&'static str, Desk, Keys)> {
    let mut offered = scanned(3);
    offered.intake.offer = "evidence-20171005111204".to_owned();
    let mut reading = scanned(3);
    reading.intake.reading = Some(0.4);
    let mut unlike = scan(&FOUND[6..]);
    unlike.covers = vec![Area::Programs, Area::Browsers];
    unlike.notes = vec!["cut short: not everything is shown".to_owned()];
    let mut ended = scanned_after(after(&[]));
    ended.change(Change::RemovalFinished {
        case: ended.file.case.id,
        removal: RemovalId(acer().id.0),
        finish: Finish {
            at: ended.now,
            outcome: Outcome::RemovedAsShown {
                proof: ended.file.case.shown(acer().id).expect("shown"),
            },
            notes: String::new(),
        },
    });
    const OPEN: Keys = &[(Modifiers::NONE, Key::Enter)];
    const STEP_2: Keys = &[(Modifiers::ALT, Key::Num2)];
    vec![
        ("20-scan-before", scanned(0), &[]),
        ("21-scan-after-next", scanned(3), &[]),
        ("22-new-export", offered, &[]),
        ("23-reading", reading, &[]),
        ("24-all-gone", scanned_after(after(&[])), &[]),
        ("25-one-left", scanned_after(after(&FOUND[6..])), &[]),
        ("26-not-covered", scanned_after(unlike), &[]),
        ("27-alarm", scanned_after(alarmed()), &[]),
        ("28-ended", ended, STEP_2),
        ("29-opened", scanned_after(after(&FOUND[5..])), OPEN),
    ]
}

fn window(ui: &mut egui::Ui, desk: &mut Desk) {
    let title = format!("{}  {}", desk.file.case.number, desk.file.customer.full_name());
    let shell = Shell {
        page: Page::Cases,
        title: &title,
        deadline: Some(Chip::new(Tone::Warn, Icon::Clock, "18 days left · ends 23 Oct")),
        person: Some(Person { initials: "DR", name: "D. Reyes, technician" }),
        status: Status {
            left: (Tone::Warn, Icon::WifiOff, "Offline: working from this desk"),
            right: "Store 0281 · Desk 2 · 42 keys · Ctrl+K commands · F1 keys",
        },
        mode: Mode::Live,
    };
    shell.show(ui, |ui| desk.frame(ui));
}

#[test]
fn every_stage_is_whole_and_every_pressable_thing_has_a_name_and_a_size() {
    let folder =
        std::env::var_os("SWAPDESK_PICTURES").map(|_| std::env::temp_dir().join("swapdesk-case"));
    if let Some(folder) = &folder {
        std::fs::create_dir_all(folder).expect("a folder");
    }
    let looks = [
        ("light", Theme::Light, 1.0),
        ("dark", Theme::Dark, 1.0),
        ("light-150", Theme::Light, 1.5),
        ("dark-150", Theme::Dark, 1.5),
    ];
    for (look, theme, zoom) in looks {
        if folder.is_none() && look != "light" {
            continue;
        }
        for (name, mut desk, keys) in stages().into_iter().chain(evidence()) {
            let mut headless = Headless::new(vec2(1366.0, 768.0), zoom, theme, install);
            headless.run(|ui| window(ui, &mut desk));
            for (modifiers, key) in keys {
                headless.press(*modifiers, *key);
                headless.run(|ui| window(ui, &mut desk));
            }
            for seen in headless.seen().filter(crate::raster::headless::Seen::is_interactive) {
                let role = seen.node.role();
                if matches!(role, egui::Role::ScrollBar | egui::Role::ScrollView) {
                    continue;
                }
                assert!(!seen.name().is_empty(), "{name}: a {role:?} has no name");
                let rect = seen.rect().expect("a place");
                let is_large = rect.width() >= 24.0 && rect.height() >= 24.0;
                assert!(is_large, "{name}: {} is {rect}", seen.name());
            }
            if let Some(folder) = &folder {
                let (picture, misses) = headless.picture();
                assert_eq!(misses, crate::raster::Misses::default(), "{name}");
                let file = folder.join(format!("{name}-{look}.png"));
                std::fs::write(file, picture.png().expect("a PNG")).expect("a file");
            }
        }
    }
}
