//! Journal entries in words, for the timeline, the Journal page and exports.

use crate::domain::case::Closing;
use crate::domain::entry::{Change, Directory, SheetKind};
use crate::domain::evidence::kept::KeptScan;
use crate::domain::time::{count_text, day_text};

/// What happened, in a few words, without who and when. Never a whole key or code.
pub fn words(change: &Change) -> String {
    match change {
        Change::FileCreated { .. } => "File created".to_owned(),
        Change::Restored { file, .. } => format!("Restored from {}; free keys frozen", file.name),
        Change::SettingsChanged { settings } => format!(
            "Settings: {}, last day {}",
            settings.desk.label(),
            day_text(settings.campaign.last_day())
        ),
        Change::SignaturesSet { file } => format!(
            "Signatures: {} of {}, {}",
            file.mark.file.name,
            day_text(file.mark.day),
            count(usize::try_from(file.mark.n_entries).unwrap_or(usize::MAX), "signature")
        ),
        Change::SignaturesReset => "Signatures: the built-in ones again".to_owned(),
        Change::PersonSet { person } if person.is_active => {
            format!("Person: {}, {}", person.name, person.role.label())
        }
        Change::PersonSet { person } => format!("Person: {} has left", person.name),
        Change::CatalogImported { file, products } => {
            format!("Catalog: {} from {}", count(products.len(), "product"), file.name)
        }
        Change::DirectoryImported { directory, file, counts } => format!(
            "{} from {}: {} added, {} changed, {} refused",
            directory_words(*directory),
            file.name,
            counts.n_added,
            counts.n_changed,
            counts.n_refused
        ),
        Change::KeysImported { file, keys } => {
            format!("Keys: {} from {}", count(keys.len(), "key"), file.name)
        }
        Change::CustomerAdded { customer } => format!("Customer added: {}", customer.full_name()),
        Change::SubscriptionAdded { subscription } => {
            format!("Subscription added: {}", subscription.product)
        }
        Change::SubscriptionRead { reading, .. } => {
            format!("Read from the program: runs until {}", day_text(reading.runs_until))
        }
        Change::FrozenReleased { keys, reason } => {
            format!("{} free again: {reason}", count(keys.len(), "frozen key"))
        }
        _ => case_words(change),
    }
}

fn case_words(change: &Change) -> String {
    match change {
        Change::CaseOpened { number, .. } => format!("Case {number} opened"),
        Change::SubscriptionChosen { subscription: Some(_), .. } => {
            "Subscription chosen".to_owned()
        }
        Change::SubscriptionChosen { subscription: None, .. } => "No subscription".to_owned(),
        Change::CheckedIn { check_in, .. } => match check_in.devices.as_slice() {
            [] => "Checked in without a device".to_owned(),
            devices => format!(
                "Checked in {}, signed by {}",
                devices.iter().map(|device| device.model.as_str()).collect::<Vec<_>>().join(", "),
                check_in.consent_by
            ),
        },
        Change::RemovalStarted { removal, .. } => {
            format!("Removal of {} {}", removal.product, removal.version).trim_end().to_owned()
        }
        Change::CheckTicked { check, .. } => format!("Done: {}", check_words(*check)),
        Change::CheckUnticked { check, .. } => format!("Taken back: {}", check_words(*check)),
        Change::RemovalFinished { finish, .. } => finish.outcome.label(),
        Change::RemovalResumed { .. } => "Removal goes on".to_owned(),
        Change::EvidenceKept { scan, .. } => scan_words(scan),
        Change::EvidenceDropped { .. } => "Scan taken back".to_owned(),
        Change::Overridden { what, reason, .. } => format!("Override: {}. {reason}", what.label()),
        Change::ProtectionSeen { name, .. } => format!("Seen on: {name}"),
        Change::NoteAdded { text, .. } => format!("Note: {text}"),
        Change::SheetMade { sheet: SheetKind::Handoff, .. } => "Handoff sheet made".to_owned(),
        Change::SheetMade { sheet: SheetKind::Key, .. } => "Key sheet made, whole key".to_owned(),
        Change::CaseClosed { closing: Closing::HandedOver, .. } => "Handed over, closed".to_owned(),
        Change::CaseClosed { closing: Closing::Withdrawn { reason }, .. } => {
            format!("Withdrawn: {reason}")
        }
        Change::CaseReopened { reason, .. } => format!("Reopened: {reason}"),
        _ => key_words(change),
    }
}

fn scan_words(kept: &KeptScan) -> String {
    let n_found = kept.scan.found().count();
    let pinned = if kept.is_pinned { ", lines pinned" } else { "" };
    format!(
        "{}-scan: {}, {}{pinned}, from {}",
        kept.side.label(),
        kept.scan.verdict.label(),
        count(n_found, "trace"),
        kept.count_text()
    )
}

fn key_words(change: &Change) -> String {
    match change {
        Change::KeyHeld { .. } => "Key held for 5 minutes".to_owned(),
        Change::HoldReleased { .. } => "Key given back, unseen".to_owned(),
        Change::KeyIssued { replacement } if replacement.shortfall_reason.is_empty() => {
            "Key issued".to_owned()
        }
        Change::KeyIssued { replacement } => {
            format!("Key issued. Less than before: {}", replacement.shortfall_reason)
        }
        Change::KeyVoided { reason, .. } => format!("Key voided: {reason}"),
        Change::ReplacementSeenActive { .. } => "Replacement seen active".to_owned(),
        Change::KeyRevealed { .. } => "Whole key shown".to_owned(),
        _ => String::new(),
    }
}

fn directory_words(directory: Directory) -> &'static str {
    match directory {
        Directory::Customers => "Customers",
        Directory::Subscriptions => "Subscriptions",
    }
}

fn check_words(check: crate::domain::removal::Check) -> &'static str {
    use crate::domain::removal::{Check, Method};
    match check {
        Check::Uninstalled => "uninstalled",
        _ => check.label(Method::WindowsUninstall),
    }
}

fn count(n: usize, noun: &str) -> String {
    count_text(i64::try_from(n).unwrap_or(i64::MAX), noun)
}
