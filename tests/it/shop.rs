//! A desk's file with people, stock and customers in it, and the steps of a visit in one word each.

use chrono::NaiveDate;
use std::path::PathBuf;
use swapdesk::domain::case::{Case, CheckIn, Closing, OverrideKind, Wants};
use swapdesk::domain::customer::Customer;
use swapdesk::domain::device::{Backup, Device, Platform};
use swapdesk::domain::entry::{Change, FileMark, Stamp};
use swapdesk::domain::id::{
    CaseId, DeviceId, EntryId, ExternalId, KeyId, PersonId, ProductId, RemovalId, ReplacementId,
    SubscriptionUid,
};
use swapdesk::domain::people::Role;
use swapdesk::domain::privacy::Secret;
use swapdesk::domain::removal::{Check, Finish, Method, Outcome, Removal, RemovedBy};
use swapdesk::domain::replacement::Replacement;
use swapdesk::domain::stock::NewKey;
use swapdesk::domain::subscription::{Channel, Subscription};
use swapdesk::domain::time::Moment;
use swapdesk::store::digest::SubscriptionMark;
use swapdesk::store::error::StoreError;
use swapdesk::store::{NewCase, Recorded, Store};

/// 5 October 2017, a quarter past eleven in Chicago.
pub const NOW: Moment = Moment(1_507_220_100_000);

/// A file in a folder of its own, with a clock that moves only when told.
pub struct Shop {
    pub store: Store,
    pub path: PathBuf,
    pub now: Moment,
    pub technician: PersonId,
    pub lead: PersonId,
    pub folder: tempfile::TempDir,
}

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2017, 10, 5).expect("a day")
}

pub fn customer(id: &str, given_name: &str, surname: &str) -> Customer {
    Customer {
        external_id: ExternalId(id.to_owned()),
        given_name: given_name.to_owned(),
        surname: surname.to_owned(),
        phone: "(612) 555-0142".to_owned(),
        phone2: String::new(),
        email: format!("{}@example.com", given_name.to_lowercase()),
        street: String::new(),
        city: "Richfield".to_owned(),
        state: "MN".to_owned(),
        postcode: "55423".to_owned(),
        member_id: String::new(),
    }
}

/// A subscription that may be exchanged: three seats, bought in a store, runs until November.
pub fn subscription(customer: &str, code: &str) -> Subscription {
    let customer = ExternalId(customer.to_owned());
    let product = "Kaspersky Internet Security 3 Devices 1 Year";
    let mark = SubscriptionMark {
        customer: &customer,
        product,
        activation_code: code,
        receipt_no: "0112-032-6467-091925",
        purchased_on: None,
    };
    Subscription {
        uid: mark.uid(),
        product: product.to_owned(),
        activation_code: Some(Secret::new(code)),
        receipt_no: Some(mark.receipt_no.to_owned()),
        purchased_on: None,
        expires_on: NaiveDate::from_ymd_opt(2017, 11, 13),
        channel: Channel::Store,
        seats_on_file: None,
        term_months_on_file: None,
        reading: None,
        exchanged_in: None,
        twin: None,
        customer,
    }
}

pub fn device() -> Device {
    Device {
        id: DeviceId::mint(NOW),
        model: "Acer Aspire E15".to_owned(),
        serial: "NXGE6AA0017160".to_owned(),
        platform: Platform::Windows,
        condition: String::new(),
        accessories: "Charger".to_owned(),
    }
}

impl Shop {
    /// A new file without customers and keys.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.swapdesk");
        let store = Store::open(&path, NOW).expect("a new file");
        let people = store.read().people().expect("people");
        let id_of = |role| people.iter().find(|person| person.role == role).expect("a person").id;
        let (technician, lead) = (id_of(Role::Technician), id_of(Role::Lead));
        Self { store, path, now: NOW, technician, lead, folder }
    }

    /// With two customers, a subscription each, and `n_keys` keys of two products.
    pub fn stocked(n_keys: usize) -> Self {
        let mut shop = Self::new();
        for (id, given_name, surname) in [("M1", "Amara", "Okafor"), ("M2", "John", "Dewnin")] {
            let customer = customer(id, given_name, surname);
            shop.tell(Change::CustomerAdded { customer });
            let subscription = subscription(id, &format!("HST6A-VV5DB-RACY3-{id}A3Y"));
            shop.tell(Change::SubscriptionAdded { subscription });
        }
        shop.deliver("Trend Micro Internet Security 3 Devices 1 Year", n_keys.div_ceil(2));
        shop.deliver("McAfee Total Protection 10 Devices 1 Year", n_keys / 2);
        shop
    }

    pub fn product(&self, name: &str) -> ProductId {
        let products = self.store.read().products().expect("products");
        products.iter().find(|product| product.name == name).expect("the product").id
    }

    pub fn deliver(&mut self, product: &str, n_keys: usize) {
        let id = self.product(product);
        let keys = (0..n_keys)
            .map(|n| NewKey {
                id: KeyId::mint(self.now),
                product: id,
                key: Secret::new(format!("{}-{n:05}", &product[..5])),
                lot: "L1".to_owned(),
                expires_on: None,
            })
            .collect();
        let file = FileMark { name: "keys.csv".to_owned(), sha256: "0".repeat(64) };
        self.tell(Change::KeysImported { file, keys });
    }

    pub fn stamp(&mut self) -> Stamp {
        self.now = self.now.plus_ms(1_000);
        Stamp { id: EntryId::mint(self.now), at: self.now, by: Some(self.technician) }
    }

    /// Records as the technician, and what is refused is an answer.
    pub fn ask(&mut self, change: Change) -> Result<Recorded, StoreError> {
        let stamp = self.stamp();
        self.store.record(stamp, change)
    }

    /// Records as the technician.
    pub fn tell(&mut self, change: Change) {
        self.ask(change).expect("an entry");
    }

    /// Records as the lead.
    pub fn tell_as_lead(&mut self, change: Change) {
        let stamp = Stamp { by: Some(self.lead), ..self.stamp() };
        self.store.record(stamp, change).expect("an entry");
    }

    pub fn open_case(&mut self, customer: &str) -> CaseId {
        let stamp = self.stamp();
        let card = self.store.read().customer_card(&ExternalId(customer.to_owned()), today());
        let subscription: Option<SubscriptionUid> =
            card.expect("a card").expect("a customer").subscriptions.first().map(|sub| sub.uid);
        let customer = ExternalId(customer.to_owned());
        let new = NewCase { customer, subscription, opened_on: today() };
        let recorded = self.store.open_case(stamp, new).expect("a case");
        recorded.change.case().expect("its id")
    }

    pub fn case(&self, id: CaseId) -> Case {
        self.store.read().case_file(id, self.now).expect("a file").expect("a case").case
    }

    pub fn check_in(&mut self, case: CaseId, wants: Wants, devices: Vec<Device>) {
        let has_device = !devices.is_empty();
        let check_in = CheckIn {
            wants,
            devices,
            backup: has_device.then_some(Backup::Yes),
            consent_by: if has_device { "Amara Okafor".to_owned() } else { String::new() },
        };
        self.tell(Change::CheckedIn { case, check_in });
    }

    /// Removes from the first device, every item ticked.
    pub fn remove(&mut self, case: CaseId) {
        let device = self.case(case).devices()[0].id;
        let removal = Removal {
            id: RemovalId::mint(self.now),
            device,
            by: RemovedBy::Technician,
            method: Method::WindowsUninstall,
            product: "Kaspersky Internet Security".to_owned(),
            version: "17.0.0.611".to_owned(),
            started_at: self.now,
            checks: Vec::new(),
            finish: None,
        };
        let id = removal.id;
        self.tell(Change::RemovalStarted { case, removal });
        for check in Check::NEEDED {
            self.tell(Change::CheckTicked { case, removal: id, check });
        }
        let outcome = Outcome::RemovedAsStated { statement: "programs, services".to_owned() };
        let finish = Finish { at: self.now, outcome, notes: "restarted twice".to_owned() };
        self.tell(Change::RemovalFinished { case, removal: id, finish });
    }

    pub fn hold(&mut self, case: CaseId, product: &str) -> Result<KeyId, StoreError> {
        let (stamp, product) = (self.stamp(), self.product(product));
        let recorded = self.store.hold_key(stamp, case, product)?;
        Ok(recorded.change.key().expect("a key"))
    }

    /// Issues what the case holds.
    pub fn issue(&mut self, case: CaseId) -> Result<Recorded, StoreError> {
        let hold = self.case(case).hold.expect("a hold");
        let replacement = Replacement {
            id: ReplacementId::mint(self.now),
            case,
            key: hold.key,
            product: hold.product,
            issued_at: self.now,
            shortfall_reason: String::new(),
            voided: None,
            active_at: None,
        };
        self.ask(Change::KeyIssued { replacement })
    }

    pub fn override_exchange(&mut self, case: CaseId) {
        let reason = "the store agreed".to_owned();
        self.tell_as_lead(Change::Overridden { case, what: OverrideKind::Exchange, reason });
    }

    /// From the opened case to the key in the customer's hand.
    pub fn serve(&mut self, customer: &str, product: &str) -> CaseId {
        let case = self.open_case(customer);
        self.check_in(case, Wants::Both, vec![device()]);
        self.remove(case);
        self.hold(case, product).expect("a key");
        self.issue(case).expect("issued");
        case
    }

    pub fn close(&mut self, case: CaseId) {
        self.tell(Change::CaseClosed { case, closing: Closing::HandedOver });
    }
}
