//! Why a change may not happen, in words.

use crate::domain::case::CheckInGap;
use crate::domain::guard::evidence::EvidenceRefusal;
use crate::domain::settings::SettingsGap;

/// Why a change may not happen. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// An auditor reads.
    #[error("an auditor reads and changes nothing")]
    ReadsOnly,
    /// Nobody is at the desk. The command line only makes files, fills and restores them.
    #[error("it is not known who does this")]
    Nobody,
    /// A person without a name.
    #[error("a person needs a name")]
    NoName,
    /// Nobody would be left who may override and void.
    #[error("the last lead stays one")]
    LastLead,
    /// A day or a moment that has not come.
    #[error("{0} lies ahead")]
    Ahead(&'static str),
    /// A device stands twice in a check-in.
    #[error("a device is in the list twice")]
    DeviceTwice,
    /// A key that was not handed out in this case is not shown in it.
    #[error("this key was not handed out in this case")]
    NotItsKey,
    /// Only a lead may.
    #[error("only a lead may do this")]
    LeadOnly,
    /// Free text holds a card number.
    #[error("the text holds what looks like a card number, and card numbers are never stored")]
    CardNumber,
    /// A subscription under a number that does not follow from what identifies it, so that entering
    /// it again would make a second one.
    #[error("the subscription does not have the number that it should have")]
    NotItsMark,
    /// A reason is wanted, and none was given.
    #[error("a reason is needed")]
    NoReason,
    /// The case, device, removal, key or replacement is not in the file.
    #[error("{0} is not in the file")]
    Missing(&'static str),
    /// The case is closed.
    #[error("the case is closed; reopen it first")]
    CaseClosed,
    /// The case is open.
    #[error("the case is open already")]
    CaseOpen,
    /// An earlier step is not done.
    #[error("check-in comes first")]
    NotCheckedIn,
    /// Check-in has gaps.
    #[error("check-in is not whole: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    CheckIn(Vec<CheckInGap>),
    /// A device whose removal has begun can't be taken out of the case.
    #[error("the removal from a device has begun, so the device stays in the case")]
    DeviceInWork,
    /// A device with scans can't be taken out of the case.
    #[error("scans of a device are kept, so the device stays in the case; drop them first")]
    DeviceHasScans,
    /// Scans of the device do not allow it.
    #[error(transparent)]
    Evidence(#[from] EvidenceRefusal),
    /// A filter of mouse or keyboard has lost its driver.
    #[error(
        "mouse or keyboard may be dead after the next restart; mend it and scan again, or a lead says why not"
    )]
    Danger,
    /// The removal is not free, and no lead said so.
    #[error("the free removal is not allowed: {0}")]
    RemovalNotFree(String),
    /// The removal has ended.
    #[error("this removal has ended")]
    RemovalEnded,
    /// The removal goes on.
    #[error("this removal has not ended")]
    RemovalRunning,
    /// An item of the checklist comes first.
    #[error("{0}")]
    CheckOrder(&'static str),
    /// An item of the checklist is open, so nothing is called removed.
    #[error("not all is ticked: {0}")]
    CheckOpen(&'static str),
    /// The outcome does not fit who removed.
    #[error("this outcome does not fit who removed it")]
    OutcomeMisfit,
    /// The exchange is not free, and no lead said so.
    #[error("the free exchange is not allowed: {0}")]
    ExchangeNotFree(String),
    /// The customer wants no exchange.
    #[error("the customer came for the removal only")]
    ExchangeNotWanted,
    /// The removal is not over or not settled, and no lead said to go on.
    #[error("the removal is not settled; a lead can say to go on")]
    RemovalNotSettled,
    /// The case has a replacement already.
    #[error("this case has its replacement already")]
    HasReplacement,
    /// The key is not free, or not held by this case any more.
    #[error("the key is {0} and can't be given to this case")]
    KeyNotAvailable(&'static str),
    /// The withdrawn vendor's product.
    #[error("products of the withdrawn vendor are never issued")]
    WithdrawnVendor,
    /// Less than before, and no reason.
    #[error("this product gives less than before ({0}), so a reason is needed")]
    ShortfallReason(&'static str),
    /// The key can't be voided in its state.
    #[error("a key that is {0} can't be voided")]
    CannotVoid(&'static str),
    /// Something that was handed out must be voided first.
    #[error("a key was handed out; void it first")]
    KeyIsOut,
    /// A step is not done, so the case can't be closed as handed over.
    #[error("not everything that the customer came for is done")]
    NotDone,
    /// A signature file that no desk's file is to carry.
    #[error("the signature file is larger than 2 MB")]
    SignaturesTooLarge,
    /// The text of a signature file is not the one that was read.
    #[error("the text of the signature file is not the one that was read")]
    SignaturesDiffer,
    /// Settings have gaps.
    #[error("settings are not whole: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    Settings(Vec<SettingsGap>),
}
