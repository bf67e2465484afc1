//! Visits that are under way in the demo: one in each state that the desk meets.

use crate::domain::case::{CheckIn, Closing, Wants};
use crate::domain::device::{Backup, Device, Platform};
use crate::domain::entry::{Change, Stamp};
use crate::domain::evidence::kept::Side;
use crate::domain::id::{CaseId, DeviceId, PersonId, RemovalId, ReplacementId};
use crate::domain::removal::{Check, Finish, Method, Outcome, Removal, RemovedBy};
use crate::domain::replacement::Replacement;
use crate::domain::time::Moment;
use crate::store::error::StoreError;
use crate::store::{NewCase, Store};
use crate::worker::demo::{MINUTE_MS, directory, exports};

/// What the technician says to have looked at.
const LOOKED_AT: &str = "Programs, services, drivers and browsers: nothing left";

/// A visit's customer (by place), device and serial number, and minutes since it began.
struct Visit {
    who: usize,
    name: &'static str,
    device: &'static str,
    serial: &'static str,
    minutes: i64,
}

/// Opens and moves on the visits. Each entry has a moment of its own.
pub(super) fn make(store: &mut Store, by: Option<PersonId>, now: Moment) -> Result<(), StoreError> {
    let mut desk = DemoDesk { store, by };
    // Amara was here and had no time: her laptop is known.
    let amara = Visit {
        who: 0,
        name: "Amara Okafor",
        device: "Acer Aspire E15",
        serial: "NXGE6AA0017160",
        minutes: 300,
    };
    let at = now.plus_ms(-amara.minutes * MINUTE_MS);
    let case = desk.begin(&amara, at)?.0;
    let reason = "had no time, comes back".to_owned();
    let closing = Closing::Withdrawn { reason };
    desk.record(at.plus_ms(3 * MINUTE_MS), Change::CaseClosed { case, closing })?;

    let rosa = Visit {
        who: 5,
        name: "Rosa Novak",
        device: "Microsoft Surface Pro",
        serial: "031247370853",
        minutes: 70,
    };
    desk.ready(&rosa, now)?;

    let tom = Visit {
        who: 4,
        name: "Tom Weiss",
        device: "Dell Inspiron 15",
        serial: "7XK2N12",
        minutes: 41,
    };
    let at = now.plus_ms(-tom.minutes * MINUTE_MS);
    let (case, device) = desk.begin(&tom, at)?;
    desk.remove(case, device, (at.plus_ms(2 * MINUTE_MS), at.plus_ms(15 * MINUTE_MS)))?;

    let lena = Visit {
        who: 3,
        name: "Lena Brandt",
        device: "HP Pavilion 15",
        serial: "5CD7140XYZ",
        minutes: 17,
    };
    let at = now.plus_ms(-lena.minutes * MINUTE_MS);
    let (case, device) = desk.begin(&lena, at)?;
    let removal = desk.start(case, device, at.plus_ms(2 * MINUTE_MS))?;
    desk.scan(case, device, (Side::Before, at.plus_ms(4 * MINUTE_MS)))?;
    desk.tick(case, removal, (Check::DataSaved, at.plus_ms(5 * MINUTE_MS)))
}

struct DemoDesk<'a> {
    store: &'a mut Store,
    by: Option<PersonId>,
}

impl DemoDesk<'_> {
    fn record(&mut self, at: Moment, change: Change) -> Result<(), StoreError> {
        self.store.record(Stamp::new(at, self.by), change).map(drop)
    }

    /// Opens and checks in.
    fn begin(&mut self, visit: &Visit, at: Moment) -> Result<(CaseId, DeviceId), StoreError> {
        let zone = self.store.read().settings()?.desk.time_zone;
        let customer = directory::id(visit.who);
        let card = self.store.read().customer_card(&customer, at.day(zone))?;
        let subscription = card.and_then(|card| Some(card.subscriptions.first()?.uid));
        let new = NewCase { customer, subscription, opened_on: at.day(zone) };
        let opened = self.store.open_case(Stamp::new(at, self.by), new)?;
        let Some(case) = opened.change.case() else {
            return Err(StoreError::Damaged("no case".to_owned()));
        };
        let device = Device {
            id: DeviceId::mint(at),
            model: visit.device.to_owned(),
            serial: visit.serial.to_owned(),
            platform: Platform::Windows,
            condition: String::new(),
            accessories: "Charger".to_owned(),
        };
        let id = device.id;
        let check_in = CheckIn {
            wants: Wants::Both,
            devices: vec![device],
            backup: Some(Backup::Yes),
            consent_by: visit.name.to_owned(),
        };
        self.record(at.plus_ms(MINUTE_MS), Change::CheckedIn { case, check_in })?;
        Ok((case, id))
    }

    fn start(
        &mut self,
        case: CaseId,
        device: DeviceId,
        at: Moment,
    ) -> Result<RemovalId, StoreError> {
        let removal = Removal {
            id: RemovalId::mint(at),
            device,
            by: RemovedBy::Technician,
            method: Method::WindowsUninstall,
            product: "Kaspersky Internet Security".to_owned(),
            version: "17.0.0.611".to_owned(),
            started_at: at,
            checks: Vec::new(),
            finish: None,
        };
        let id = removal.id;
        self.record(at, Change::RemovalStarted { case, removal })?;
        Ok(id)
    }

    fn tick(
        &mut self,
        case: CaseId,
        removal: RemovalId,
        (check, at): (Check, Moment),
    ) -> Result<(), StoreError> {
        self.record(at, Change::CheckTicked { case, removal, check })
    }

    /// Removes, all of it, between two moments.
    fn remove(
        &mut self,
        case: CaseId,
        device: DeviceId,
        (from, until): (Moment, Moment),
    ) -> Result<(), StoreError> {
        let removal = self.start(case, device, from)?;
        for (check, minutes) in Check::ALL.into_iter().zip([1, 4, 7, 9, 10]) {
            self.tick(case, removal, (check, from.plus_ms(minutes * MINUTE_MS)))?;
        }
        let outcome = Outcome::RemovedAsStated { statement: LOOKED_AT.to_owned() };
        let finish = Finish { at: until, outcome, notes: String::new() };
        self.record(until, Change::RemovalFinished { case, removal, finish })
    }

    /// Removes with a scan before and one after, which shows that nothing is left.
    fn remove_shown(
        &mut self,
        case: CaseId,
        device: DeviceId,
        (from, until): (Moment, Moment),
    ) -> Result<(), StoreError> {
        let removal = self.start(case, device, from)?;
        let at = |minutes: i64| from.plus_ms(minutes * MINUTE_MS);
        self.scan(case, device, (Side::Before, at(1)))?;
        for (check, minutes) in Check::NEEDED.into_iter().take(3).zip([2, 5, 8]) {
            self.tick(case, removal, (check, at(minutes)))?;
        }
        self.scan(case, device, (Side::After, at(10)))?;
        let file = self.store.read().case_file(case, until)?;
        let shown = file.and_then(|file| file.case.shown(device).ok());
        let proof = shown.ok_or_else(|| StoreError::Damaged("no proof".to_owned()))?;
        let finish =
            Finish { at: until, outcome: Outcome::RemovedAsShown { proof }, notes: String::new() };
        self.record(until, Change::RemovalFinished { case, removal, finish })
    }

    fn scan(
        &mut self,
        case: CaseId,
        device: DeviceId,
        (side, at): (Side, Moment),
    ) -> Result<(), StoreError> {
        let kept = exports::kept(case, device, (side, at));
        let scan = kept.map_err(|error| StoreError::Damaged(error.to_string()))?;
        self.record(at, Change::EvidenceKept { case, scan })
    }

    /// A visit with everything done but the handing over.
    fn ready(&mut self, visit: &Visit, now: Moment) -> Result<(), StoreError> {
        let at = now.plus_ms(-visit.minutes * MINUTE_MS);
        let (case, device) = self.begin(visit, at)?;
        self.remove_shown(case, device, (at.plus_ms(2 * MINUTE_MS), at.plus_ms(20 * MINUTE_MS)))?;
        let hold_at = at.plus_ms(22 * MINUTE_MS);
        let file = self.store.read().case_file(case, hold_at)?;
        let Some(product) = file.and_then(|file| Some(file.offers.first()?.product.id)) else {
            return Err(StoreError::NoFreeKey);
        };
        let held = self.store.hold_key(Stamp::new(hold_at, self.by), case, product)?;
        let Some(key) = held.change.key() else { return Err(StoreError::NoFreeKey) };
        let issued_at = hold_at.plus_ms(MINUTE_MS);
        let replacement = Replacement {
            id: ReplacementId::mint(issued_at),
            case,
            key,
            product,
            issued_at,
            shortfall_reason: String::new(),
            voided: None,
            active_at: None,
        };
        let id = replacement.id;
        self.record(issued_at, Change::KeyIssued { replacement })?;
        let seen_at = issued_at.plus_ms(6 * MINUTE_MS);
        self.record(seen_at, Change::ReplacementSeenActive { case, replacement: id })
    }
}
