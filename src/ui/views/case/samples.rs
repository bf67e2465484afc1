//! A case at every stage, and a desk that records what the view asks for, as the file would:
//! every change passes the guard first.

use super::scan_samples::Intake;
use super::{CaseData, CaseView};
use crate::domain::campaign::Campaign;
use crate::domain::card::{CaseFile, CaseKey, TimelineLine};
use crate::domain::case::{Case, Hold, Override};
use crate::domain::catalog::Product;
use crate::domain::customer::Customer;
use crate::domain::device::{Device, Platform};
use crate::domain::eligibility::decide;
use crate::domain::entry::Change;
use crate::domain::entry_words::words;
use crate::domain::guard::{Facts, KeyFacts, check};
use crate::domain::id::{
    CaseId, CaseNumber, DeviceId, ExternalId, KeyId, PersonId, ProductId, SubscriptionUid,
};
use crate::domain::people::{Person, Role};
use crate::domain::privacy::Secret;
use crate::domain::product_text::Seats;
use crate::domain::replacement::{Wanted, shortfalls, suggest};
use crate::domain::settings::Settings;
use crate::domain::stock::{HOLD_MS, KeyState, ProductStock};
use crate::domain::subscription::{Channel, Subscription, Tier};
use crate::domain::time::{Moment, parse_day};
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use egui::Ui;
use uuid::Uuid;

/// 5 October 2017, 11:00 in Chicago.
pub(super) const OPENED: Moment = Moment(1_507_219_200_000);

pub(super) fn device(n: u128, model: &str, serial: &str) -> Device {
    Device {
        id: DeviceId(Uuid::from_u128(n)),
        model: model.to_owned(),
        serial: serial.to_owned(),
        platform: Platform::Windows,
        condition: String::new(),
        accessories: String::new(),
    }
}

pub(super) fn acer() -> Device {
    device(11, "Acer Aspire E15", "NXGE6AA0017160")
}

fn person(n: u128, name: &str, role: Role) -> Person {
    Person { id: PersonId(Uuid::from_u128(n)), name: name.to_owned(), role, is_active: true }
}

fn product(n: u128, vendor: &str, name: &str, seats: Seats) -> Product {
    Product {
        id: ProductId(Uuid::from_u128(n)),
        vendor: vendor.to_owned(),
        name: format!("{vendor} {name}"),
        tier: Some(Tier::InternetSecurity),
        seats,
        term_months: 12,
        platforms: vec![Platform::Windows, Platform::MacOs, Platform::Android],
        activation_address: format!("{}.com/activate", vendor.to_lowercase()),
        key_groups: String::new(),
    }
}

pub(super) fn shelf() -> Vec<ProductStock> {
    vec![
        ProductStock {
            product: product(31, "Webroot", "SecureAnywhere 3 Devices", Seats::Count(3)),
            n_free: 12,
            was_delivered: true,
        },
        ProductStock {
            product: product(32, "Trend", "Micro Maximum 5 Devices", Seats::Count(5)),
            n_free: 4,
            was_delivered: true,
        },
        ProductStock {
            product: product(33, "ESET", "NOD32 1 Device", Seats::Count(1)),
            n_free: 7,
            was_delivered: true,
        },
    ]
}

pub(super) fn subscription(channel: Channel) -> Subscription {
    Subscription {
        uid: SubscriptionUid(1),
        customer: ExternalId("M1".to_owned()),
        product: "Kaspersky Internet Security 3 Devices".to_owned(),
        activation_code: None,
        receipt_no: Some("0281-77310".to_owned()),
        purchased_on: parse_day("2016-11-14"),
        expires_on: parse_day("2017-11-13"),
        channel,
        seats_on_file: None,
        term_months_on_file: None,
        reading: None,
        exchanged_in: None,
        twin: None,
    }
}

/// A returning customer's case that was opened this minute.
pub(super) fn opened(channel: Channel, known: &[Device]) -> CaseFile {
    let subscription = subscription(channel);
    let opened_on = parse_day("2017-10-05").expect("a day");
    CaseFile {
        case: Case {
            id: CaseId(Uuid::from_u128(1)),
            number: CaseNumber { prefix: "D2".to_owned(), counter: 419 },
            customer: ExternalId("M1".to_owned()),
            opened_at: OPENED,
            opened_on,
            subscription: Some(subscription.uid),
            check_in: None,
            removals: Vec::new(),
            scans: Vec::new(),
            overrides: Vec::new(),
            hold: None,
            replacements: Vec::new(),
            protection_seen: None,
            closed: None,
        },
        customer: Customer {
            external_id: ExternalId("M1".to_owned()),
            given_name: "Amara".to_owned(),
            surname: "Okafor".to_owned(),
            phone: "612 555 0142".to_owned(),
            phone2: String::new(),
            email: String::new(),
            street: String::new(),
            city: String::new(),
            state: String::new(),
            postcode: String::new(),
            member_id: String::new(),
        },
        eligibility: decide(&Campaign::default(), Some(&subscription), opened_on),
        subscription: Some(subscription),
        other_subscriptions: Vec::new(),
        known_devices: known.to_vec(),
        wanted: Wanted {
            seats: 3,
            days_left: 39,
            tier: Some(Tier::InternetSecurity),
            platforms: vec![Platform::Windows],
        },
        offers: Vec::new(),
        key: None,
        timeline: vec![TimelineLine {
            at: OPENED,
            who: "D. Reyes".to_owned(),
            what: "Case D2-00419 opened".to_owned(),
        }],
        agent: "D. Reyes".to_owned(),
    }
}

/// A desk with one case open.
pub(super) struct Desk {
    pub(super) view: CaseView,
    pub(super) file: CaseFile,
    pub(super) shelf: Vec<ProductStock>,
    pub(super) settings: Settings,
    pub(super) people: Vec<Person>,
    pub(super) now: Moment,
    pub(super) is_busy: bool,
    pub(super) dialog: Option<Dialog>,
    pub(super) revealed: Option<KeyId>,
    /// Exports that are not in the case.
    pub(super) intake: Intake,
    /// Everything that was asked for, oldest first.
    pub(super) asked: Vec<Action>,
}

impl Desk {
    pub(super) fn new(file: CaseFile) -> Self {
        let mut desk = Self {
            view: CaseView::default(),
            file,
            shelf: shelf(),
            settings: Settings::default(),
            people: vec![
                person(21, "D. Reyes", Role::Technician),
                person(22, "M. Lee", Role::Lead),
            ],
            now: OPENED.plus_ms(60_000),
            is_busy: false,
            dialog: None,
            revealed: None,
            intake: Intake::default(),
            asked: Vec::new(),
        };
        desk.refresh();
        desk
    }

    /// One frame: the shortcuts first, as the window does it, then page and dialog.
    pub(super) fn frame(&mut self, ui: &mut Ui) {
        let command = command(ui);
        let dialog = self.dialog.clone();
        let (view, data) = self.split(command);
        let page = CaseData { command: data.command.filter(|_| dialog.is_none()), ..data };
        let mut asked = view.ui(ui, &page);
        if let Some(dialog) = &dialog {
            asked = view.dialog_ui(ui.ctx(), dialog, &data).or(asked);
        }
        if let Some(action) = asked {
            self.take(action);
            ui.ctx().request_repaint();
        }
    }

    fn split(&mut self, command: Option<UiCommand>) -> (&mut CaseView, CaseData<'_>) {
        let data = CaseData {
            file: &self.file,
            settings: &self.settings,
            people: &self.people,
            me: self.people.first(),
            now: self.now,
            is_busy: self.is_busy,
            command,
            revealed: self.revealed,
            is_unprinted: false,
            intake: self.intake.of(self.file.case.id),
        };
        (&mut self.view, data)
    }

    fn take(&mut self, action: Action) {
        self.asked.push(action.clone());
        let (me, case) = (self.people[0].clone(), self.file.case.id);
        match action {
            Action::Open(dialog) => self.dialog = Some(dialog),
            Action::CloseDialog => self.dialog = None,
            Action::Record(change) => self.record(&me, change),
            Action::RecordAs { lead, change } => {
                let lead = self.people.iter().find(|person| person.id == lead).expect("a lead");
                self.record(&lead.clone(), change);
            }
            Action::HoldKey { product, .. } => {
                let row = self.shelf.iter().find(|row| row.product.id == product).expect("a row");
                let id = KeyId(Uuid::from_u128(41));
                let key = Secret::new("SARW-NJEF-6YAM-9KLD");
                self.file.key = Some(CaseKey { id, key, product: row.product.clone() });
                let until = self.now.plus_ms(HOLD_MS);
                self.record(&me, Change::KeyHeld { case, key: id, until });
            }
            Action::IssueAndPrint(replacement) => {
                self.record(&me, Change::KeyIssued { replacement });
            }
            Action::Reveal { key, .. } => self.revealed = Some(key),
            _ => (),
        }
    }

    /// What the file does: asks the guard, then applies.
    pub(super) fn record(&mut self, by: &Person, change: Change) {
        let key = self.file.key.as_ref();
        let short = key.map(|key| shortfalls(&self.file.wanted, &key.product)).unwrap_or_default();
        let case = &self.file.case;
        let held = case.hold.map(|hold| KeyState::Held { case: case.id, until: hold.until });
        let state = held.unwrap_or(KeyState::Free);
        let facts = Facts {
            now: self.now,
            actor: Some(by),
            settings: &self.settings,
            case: Some(case),
            eligibility: Some(&self.file.eligibility),
            key: key.map(|key| KeyFacts {
                state: &state,
                product: &key.product,
                shortfalls: &short,
            }),
        };
        assert_eq!(check(&change, &facts), Ok(()), "the view asked for {change:?}");
        let line = TimelineLine { at: self.now, who: by.name.clone(), what: words(&change) };
        self.file.timeline.insert(0, line);
        self.apply(by, change);
        self.refresh();
        if self.dialog.take().is_some() {
            self.view.dialog_recorded(self.file.case.id);
        }
    }

    fn apply(&mut self, by: &Person, change: Change) {
        let now = self.now;
        let file = &mut self.file;
        let case = &mut file.case;
        match change {
            Change::CheckedIn { check_in, .. } => case.check_in = Some(check_in),
            Change::RemovalStarted { removal, .. } => {
                case.removals.retain(|old| old.id != removal.id);
                case.removals.push(removal);
            }
            Change::CheckTicked { removal, check, .. } => {
                let removal = case.removals.iter_mut().find(|old| old.id == removal);
                removal.expect("a removal").checks.push((check, now));
            }
            Change::CheckUnticked { removal, check, .. } => {
                let removal = case.removals.iter_mut().find(|old| old.id == removal);
                removal.expect("a removal").checks.retain(|(ticked, _)| *ticked != check);
            }
            Change::RemovalFinished { removal, finish, .. } => {
                let removal = case.removals.iter_mut().find(|old| old.id == removal);
                removal.expect("a removal").finish = Some(finish);
            }
            Change::RemovalResumed { removal, .. } => {
                let removal = case.removals.iter_mut().find(|old| old.id == removal);
                removal.expect("a removal").finish = None;
            }
            Change::EvidenceKept { scan, .. } => {
                case.scans.retain(|kept| kept.id != scan.id);
                case.scans.push(scan);
            }
            Change::EvidenceDropped { scan, .. } => case.scans.retain(|kept| kept.id != scan),
            Change::Overridden { what, reason, .. } => {
                case.overrides.push(Override { what, reason, by: by.id, at: now });
            }
            Change::KeyHeld { key, until, .. } => {
                let product = file.key.as_ref().expect("a key").product.id;
                case.hold = Some(Hold { key, product, until });
            }
            Change::HoldReleased { .. } => {
                case.hold = None;
                file.key = None;
            }
            Change::KeyIssued { replacement } => {
                case.hold = None;
                case.replacements.push(replacement);
            }
            Change::ReplacementSeenActive { .. } => {
                case.replacements.last_mut().expect("a replacement").active_at = Some(now);
            }
            Change::ProtectionSeen { name, .. } => case.protection_seen = Some((now, name)),
            Change::CaseClosed { closing, .. } => case.closed = Some((now, closing)),
            Change::CaseReopened { .. } => case.closed = None,
            Change::SubscriptionRead { reading, .. } => {
                file.subscription.as_mut().expect("a subscription").reading = Some(reading);
            }
            Change::SubscriptionAdded { subscription } => {
                file.other_subscriptions.push(subscription);
            }
            Change::SubscriptionChosen { subscription, .. } => {
                case.subscription = subscription;
                let others = &mut file.other_subscriptions;
                let idx = others.iter().position(|other| Some(other.uid) == subscription);
                let chosen = idx.map(|idx| others.remove(idx));
                others.extend(std::mem::replace(&mut file.subscription, chosen));
            }
            _ => (),
        }
    }

    /// What the file decides anew after each change.
    pub(super) fn refresh(&mut self) {
        let file = &mut self.file;
        let campaign = &self.settings.campaign;
        let subscription = file.subscription.as_ref();
        file.eligibility = decide(campaign, subscription, file.case.opened_on);
        file.offers = match file.case.replacement() {
            Some(_) => Vec::new(),
            None => suggest(&campaign.withdrawn_vendor, &file.wanted, &self.shelf),
        };
    }

    /// The changes that were asked for, in words.
    pub(super) fn done(&self) -> Vec<String> {
        let lines = self.file.timeline.iter().rev().skip(1);
        lines.map(|line| line.what.clone()).collect()
    }
}

/// The window's shortcuts: taken before the widgets, plain keys only outside text fields.
fn command(ui: &Ui) -> Option<UiCommand> {
    let is_typing = ui.ctx().text_edit_focused();
    let mut commands = UiCommand::ALL;
    // `S` matches `Shift+S` as well, so the longer ones are asked first.
    commands.sort_by_key(|command| !command.keys().iter().any(|key| key.modifiers.shift));
    commands.into_iter().find(|command| {
        command.keys().iter().any(|key| {
            let is_plain = UiCommand::is_plain_key(*key);
            *command != UiCommand::Back
                && !(is_plain && is_typing)
                && ui.input_mut(|input| input.consume_shortcut(key))
        })
    })
}
