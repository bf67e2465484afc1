//! May this change happen now? Asked by the store inside the transaction that would make it.
//!
//! No door goes round these: window, command line and replay all record through the same
//! function, and that function asks here first.

mod evidence;
mod refusal;
mod texts;

pub use evidence::EvidenceRefusal;
pub use refusal::Refusal;

use crate::domain::case::{Case, CheckIn, Closing, OverrideKind, Step};
use crate::domain::catalog::{Product, is_withdrawn};
use crate::domain::device::Device;
use crate::domain::eligibility::{Eligibility, Verdict};
use crate::domain::entry::{Change, SheetKind};
use crate::domain::id::{CaseId, DeviceId, KeyId, RemovalId};
use crate::domain::people::{Person, Role};
use crate::domain::removal::{Check, Finish, Outcome, Removal, RemovedBy};
use crate::domain::replacement::{Replacement, Shortfall};
use crate::domain::settings::Settings;
use crate::domain::signature_file::{SignatureFile, TEXT_BYTES_MAX};
use crate::domain::stock::{HOLD_MS, KeyState};
use crate::domain::subscription::Subscription;
use crate::domain::subscription_mark::SubscriptionMark;
use crate::domain::time::Moment;

/// What the file says about the things that a change touches.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The moment of the change.
    pub now: Moment,
    /// Who; `None` for the command line, which only imports, backs up and restores.
    pub actor: Option<&'a Person>,
    /// What is set.
    pub settings: &'a Settings,
    /// The case, when the change has one and it is in the file.
    pub case: Option<&'a Case>,
    /// Both entitlements of the case, decided for the day it was opened.
    pub eligibility: Option<&'a Eligibility>,
    /// The key, when the change has one and it is in the file.
    pub key: Option<KeyFacts<'a>>,
}

/// A key and what it is of.
#[derive(Debug, Clone, Copy)]
pub struct KeyFacts<'a> {
    /// Where it stands.
    pub state: &'a KeyState,
    /// Its product.
    pub product: &'a Product,
    /// In what the product gives less than the customer of the case had.
    pub shortfalls: &'a [Shortfall],
}

/// Whether `change` may happen.
pub fn check(change: &Change, facts: &Facts<'_>) -> Result<(), Refusal> {
    check_actor(change, facts)?;
    texts::check(change)?;
    match change {
        Change::FileCreated { .. }
        | Change::Restored { .. }
        | Change::DirectoryImported { .. }
        | Change::KeysImported { .. }
        | Change::CustomerAdded { .. }
        | Change::CaseOpened { .. }
        | Change::SignaturesReset
        | Change::FrozenReleased { .. } => Ok(()),
        Change::CatalogImported { products, .. } => {
            products.iter().try_for_each(|product| check_vendor(facts.settings, product))
        }
        Change::SubscriptionAdded { subscription } => subscription_added(subscription),
        Change::SettingsChanged { settings } => settings.check().map_err(Refusal::Settings),
        Change::SignaturesSet { file } => signatures_set(file),
        Change::PersonSet { person } if person.name.trim().is_empty() => Err(Refusal::NoName),
        // Whether somebody is left who leads, the store asks: it knows the others.
        Change::PersonSet { .. } => Ok(()),
        Change::SubscriptionRead { reading, .. } => {
            let today = facts.now.day(facts.settings.desk.time_zone);
            not_ahead(&reading.read_on, &today, "the day of the reading")
        }
        Change::SheetMade { sheet: SheetKind::Key, .. } => {
            any_case(facts)?.replacement().map(drop).ok_or(Refusal::Missing("the replacement"))
        }
        Change::NoteAdded { .. } | Change::SheetMade { .. } | Change::ProtectionSeen { .. } => {
            any_case(facts).map(drop)
        }
        Change::SubscriptionChosen { .. } => no_replacement(open_case(facts)?),
        Change::CheckedIn { check_in, .. } => checked_in(open_case(facts)?, check_in),
        Change::RemovalStarted { removal, .. } => removal_started(facts, removal),
        Change::CheckTicked { removal, check, .. } => {
            let removal = running(open_case(facts)?, *removal)?;
            removal.why_not_yet(*check).map_or(Ok(()), |why| Err(Refusal::CheckOrder(why)))
        }
        Change::CheckUnticked { removal, check, .. } => {
            let removal = running(open_case(facts)?, *removal)?;
            removal.why_not_back(*check).map_or(Ok(()), |why| Err(Refusal::CheckOrder(why)))
        }
        Change::RemovalFinished { removal, finish, .. } => {
            let case = open_case(facts)?;
            not_ahead(&finish.at, &facts.now, "the end of the removal")?;
            removal_finished(case, running(case, *removal)?, finish)
        }
        Change::RemovalResumed { removal, .. } => {
            let removal = open_case(facts)?.removal(*removal);
            let finish = removal.ok_or(Refusal::Missing("the removal"))?.finish.as_ref();
            finish.map(drop).ok_or(Refusal::RemovalRunning)
        }
        Change::EvidenceKept { scan, .. } => {
            not_ahead(&scan.kept_at, &facts.now, "the moment of the scan")?;
            evidence::kept(any_case(facts)?, scan)
        }
        Change::EvidenceDropped { scan, .. } => evidence::dropped(open_case(facts)?, *scan),
        Change::Overridden { .. } | Change::HoldReleased { .. } => open_case(facts).map(drop),
        Change::KeyHeld { until, .. } => key_held(facts, *until),
        Change::KeyIssued { replacement } => key_issued(facts, replacement),
        Change::KeyVoided { .. } => key_voided(facts),
        Change::ReplacementSeenActive { replacement, .. } => {
            let current = any_case(facts)?.replacement().filter(|it| it.id == *replacement);
            current.map(drop).ok_or(Refusal::Missing("the replacement"))
        }
        Change::KeyRevealed { key, case } => key_revealed(facts, *key, *case),
        Change::CaseClosed { closing, .. } => case_closed(open_case(facts)?, closing),
        Change::CaseReopened { .. } => match any_case(facts)?.closed {
            Some(_) => Ok(()),
            None => Err(Refusal::CaseOpen),
        },
    }
}

/// Whether `change` may happen although nobody is at the desk: what the command line does.
pub fn check_nobody(change: &Change) -> Result<(), Refusal> {
    let is_of_files = matches!(
        change,
        Change::FileCreated { .. }
            | Change::Restored { .. }
            | Change::CatalogImported { .. }
            | Change::DirectoryImported { .. }
            | Change::KeysImported { .. }
    );
    if is_of_files { Ok(()) } else { Err(Refusal::Nobody) }
}

/// Who may: auditors nothing; some things a lead alone. The command line is trusted with files.
fn check_actor(change: &Change, facts: &Facts<'_>) -> Result<(), Refusal> {
    let Some(actor) = facts.actor else { return Ok(()) };
    let lead_only = matches!(
        change,
        Change::SettingsChanged { .. }
            | Change::SignaturesSet { .. }
            | Change::SignaturesReset
            | Change::PersonSet { .. }
            | Change::Overridden { .. }
            | Change::KeyVoided { .. }
            | Change::FrozenReleased { .. }
            | Change::Restored { .. }
    );
    match actor.role {
        Role::Auditor => Err(Refusal::ReadsOnly),
        Role::Technician if lead_only => Err(Refusal::LeadOnly),
        Role::Technician | Role::Lead => Ok(()),
    }
}

/// Entered twice, a subscription must come out as the same one.
fn subscription_added(subscription: &Subscription) -> Result<(), Refusal> {
    if subscription.uid == SubscriptionMark::of(subscription).uid() {
        Ok(())
    } else {
        Err(Refusal::NotItsMark)
    }
}

/// Whether the text is the one that its mark tells of, the store asks: it knows digests.
fn signatures_set(file: &SignatureFile) -> Result<(), Refusal> {
    let is_large = file.text.len() > TEXT_BYTES_MAX;
    if is_large { Err(Refusal::SignaturesTooLarge) } else { Ok(()) }
}

fn checked_in(case: &Case, check_in: &CheckIn) -> Result<(), Refusal> {
    check_in.check().map_err(Refusal::CheckIn)?;
    let devices = &check_in.devices;
    let is_again = |(idx, device): (usize, &Device)| {
        devices.iter().take(idx).any(|earlier| earlier.id == device.id)
    };
    if devices.iter().enumerate().any(is_again) {
        return Err(Refusal::DeviceTwice);
    }
    let stays = |id: DeviceId| devices.iter().any(|device| device.id == id);
    if !case.removals.iter().all(|removal| stays(removal.device)) {
        Err(Refusal::DeviceInWork)
    } else if case.scans.iter().all(|scan| stays(scan.device)) {
        Ok(())
    } else {
        Err(Refusal::DeviceHasScans)
    }
}

/// Refuses what is later than `now`, a day or a moment.
fn not_ahead<T: Ord>(it: &T, now: &T, what: &'static str) -> Result<(), Refusal> {
    if it <= now { Ok(()) } else { Err(Refusal::Ahead(what)) }
}

fn key_voided(facts: &Facts<'_>) -> Result<(), Refusal> {
    let key = facts.key.ok_or(Refusal::Missing("the key"))?;
    if key.state.can_be_voided() { Ok(()) } else { Err(Refusal::CannotVoid(key.state.label())) }
}

/// A key is shown to the case in which it was handed out, or to a lead who looks at the stock.
fn key_revealed(facts: &Facts<'_>, key: KeyId, case: Option<CaseId>) -> Result<(), Refusal> {
    facts.key.ok_or(Refusal::Missing("the key"))?;
    let is_lead = facts.actor.is_some_and(|actor| actor.role == Role::Lead);
    match case {
        None if is_lead => Ok(()),
        None => Err(Refusal::LeadOnly),
        Some(_) if any_case(facts)?.replacements.iter().any(|it| it.key == key) => Ok(()),
        Some(_) => Err(Refusal::NotItsKey),
    }
}

fn any_case<'a>(facts: &Facts<'a>) -> Result<&'a Case, Refusal> {
    facts.case.ok_or(Refusal::Missing("the case"))
}

fn open_case<'a>(facts: &Facts<'a>) -> Result<&'a Case, Refusal> {
    let case = any_case(facts)?;
    if case.closed.is_some() { Err(Refusal::CaseClosed) } else { Ok(case) }
}

fn no_replacement(case: &Case) -> Result<(), Refusal> {
    if case.replacement().is_some() { Err(Refusal::HasReplacement) } else { Ok(()) }
}

fn running(case: &Case, id: RemovalId) -> Result<&Removal, Refusal> {
    let removal = case.removal(id).ok_or(Refusal::Missing("the removal"))?;
    if removal.finish.is_some() { Err(Refusal::RemovalEnded) } else { Ok(removal) }
}

fn removal_started(facts: &Facts<'_>, removal: &Removal) -> Result<(), Refusal> {
    let case = open_case(facts)?;
    let check_in = case.check_in.as_ref().ok_or(Refusal::NotCheckedIn)?;
    if !check_in.devices.iter().any(|device| device.id == removal.device) {
        return Err(Refusal::Missing("the device"));
    }
    if case
        .removal_of(removal.device)
        .is_some_and(|old| old.id != removal.id || old.finish.is_some())
    {
        return Err(Refusal::RemovalEnded);
    }
    let eligibility = facts.eligibility.ok_or(Refusal::Missing("the verdict"))?;
    let is_free = eligibility.removal_verdict() == Verdict::Eligible;
    if is_free || case.is_overridden(OverrideKind::Removal) {
        Ok(())
    } else {
        Err(Refusal::RemovalNotFree(eligibility.removal.fact.clone()))
    }
}

fn removal_finished(case: &Case, removal: &Removal, finish: &Finish) -> Result<(), Refusal> {
    let by_customer = removal.by == RemovedBy::Customer;
    evidence::fits(case, removal, &finish.outcome)?;
    match &finish.outcome {
        // What the customer did alone, nobody ticked; the scan shows it all the same.
        Outcome::RemovedAsShown { .. } if by_customer => Ok(()),
        Outcome::RemovedAsStated { .. } if by_customer => Err(Refusal::OutcomeMisfit),
        Outcome::RemovedAsShown { .. } | Outcome::RemovedAsStated { .. } => {
            match case.next_needed(removal) {
                Some(check) => Err(Refusal::CheckOpen(check.label(removal.method))),
                None => Ok(()),
            }
        }
        // What the customer did alone, nobody ticked; the scan may show what is left of it.
        Outcome::LeftoversRemain { .. } if by_customer => Ok(()),
        Outcome::LeftoversRemain { .. } => match removal.ticked_at(Check::Uninstalled) {
            Some(_) => Ok(()),
            None => Err(Refusal::CheckOpen(Check::Uninstalled.label(removal.method))),
        },
        Outcome::RemovedByCustomer | Outcome::LeftToCustomer if !by_customer => {
            Err(Refusal::OutcomeMisfit)
        }
        Outcome::RemovedByCustomer | Outcome::LeftToCustomer | Outcome::NotRemoved { .. } => Ok(()),
    }
}

/// Everything that must be true before a key leaves the shelf, but for the key itself.
fn exchange_allowed(facts: &Facts<'_>) -> Result<(), Refusal> {
    let case = open_case(facts)?;
    if case.check_in.is_none() {
        return Err(Refusal::NotCheckedIn);
    }
    if !case.wants().exchange() {
        return Err(Refusal::ExchangeNotWanted);
    }
    no_replacement(case)?;
    let eligibility = facts.eligibility.ok_or(Refusal::Missing("the verdict"))?;
    if eligibility.verdict() != Verdict::Eligible && !case.is_overridden(OverrideKind::Exchange) {
        let facts: Vec<_> = eligibility.open_rules().map(|rule| rule.fact.as_str()).collect();
        return Err(Refusal::ExchangeNotFree(facts.join("; ")));
    }
    let is_settled = case.is_removal_over() && case.unsettled().next().is_none();
    if is_settled || case.is_overridden(OverrideKind::GoOn) {
        Ok(())
    } else {
        Err(Refusal::RemovalNotSettled)
    }
}

fn allowed_key<'a>(facts: &Facts<'a>) -> Result<(KeyFacts<'a>, &'a Case), Refusal> {
    exchange_allowed(facts)?;
    let key = facts.key.ok_or(Refusal::Missing("the key"))?;
    check_vendor(facts.settings, key.product)?;
    Ok((key, any_case(facts)?))
}

/// Refuses a product of the withdrawn vendor, wherever it would come in or go out.
pub fn check_vendor(settings: &Settings, product: &Product) -> Result<(), Refusal> {
    let vendor = &settings.campaign.withdrawn_vendor;
    if is_withdrawn(vendor, &product.vendor, &product.name) {
        Err(Refusal::WithdrawnVendor)
    } else {
        Ok(())
    }
}

fn key_held(facts: &Facts<'_>, until: Moment) -> Result<(), Refusal> {
    let (key, case) = allowed_key(facts)?;
    let in_time = until > facts.now && until <= facts.now.plus_ms(HOLD_MS);
    if in_time && key.state.can_be_held_by(case.id, facts.now) {
        Ok(())
    } else {
        Err(Refusal::KeyNotAvailable(key.state.label()))
    }
}

fn key_issued(facts: &Facts<'_>, replacement: &Replacement) -> Result<(), Refusal> {
    let (key, case) = allowed_key(facts)?;
    if !key.state.can_be_issued_to(case.id, facts.now) || replacement.product != key.product.id {
        return Err(Refusal::KeyNotAvailable(key.state.label()));
    }
    match key.shortfalls.first() {
        Some(shortfall) if replacement.shortfall_reason.trim().is_empty() => {
            Err(Refusal::ShortfallReason(shortfall.label()))
        }
        Some(_) | None => Ok(()),
    }
}

fn case_closed(case: &Case, closing: &Closing) -> Result<(), Refusal> {
    match closing {
        Closing::HandedOver if case.step() != Step::HandOver => Err(Refusal::NotDone),
        Closing::Withdrawn { .. } if case.replacement().is_some() => Err(Refusal::KeyIsOut),
        // However a visit ends, the device goes home.
        Closing::HandedOver | Closing::Withdrawn { .. } if case.unanswered_danger().is_some() => {
            Err(Refusal::Danger)
        }
        Closing::HandedOver | Closing::Withdrawn { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests;
