//! What is typed at check-in.

use super::super::data::CaseData;
use crate::domain::case::{CheckIn, CheckInGap, Wants};
use crate::domain::device::{Backup, Device, Platform};
use crate::domain::id::DeviceId;
use crate::domain::time::Moment;

/// How much of a device is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui::views::case) enum Form {
    /// Known from an earlier visit: its label alone.
    Brief,
    /// Every field.
    Whole,
}

/// A device that is being checked in.
#[derive(Debug, Clone)]
pub(in crate::ui::views::case) struct DeviceDraft {
    pub(super) device: Device,
    pub(super) form: Form,
}

/// Where the cursor is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    Model(usize),
    Backup,
    Consent,
    Signer,
}

/// What is typed, before it is checked.
#[derive(Debug, Clone)]
pub(in crate::ui::views::case) struct CheckInDraft {
    pub(super) wants: Wants,
    pub(super) devices: Vec<DeviceDraft>,
    /// The question is asked: no answer is chosen beforehand.
    pub(super) backup: Option<Backup>,
    pub(super) is_signed: bool,
    pub(super) signer: String,
    /// Whether somebody else than the customer signs, so that the name can be typed.
    pub(super) is_signer_open: bool,
    /// Whether finishing was tried, so that errors are shown.
    pub(super) is_tried: bool,
    pub(super) focus: Option<Spot>,
    /// The device whose serial number had the cursor in the last frame.
    pub(super) serial_idx: Option<usize>,
}

impl CheckInDraft {
    /// Begins with what is in the file. The only device known from earlier visits is taken; with
    /// none known, an empty one waits; of several, none is guessed.
    pub(in crate::ui::views::case) fn new(data: &CaseData<'_>) -> Self {
        let mut draft = Self {
            wants: data.file.case.wants(),
            devices: Vec::new(),
            backup: None,
            is_signed: false,
            signer: data.file.customer.full_name(),
            is_signer_open: false,
            is_tried: false,
            focus: None,
            serial_idx: None,
        };
        if let Some(check_in) = &data.file.case.check_in {
            draft.backup = check_in.backup;
            draft.is_signed = !check_in.consent_by.is_empty();
            if draft.is_signed {
                draft.signer.clone_from(&check_in.consent_by);
            }
            let brief = |device: &Device| DeviceDraft { device: device.clone(), form: Form::Brief };
            draft.devices = check_in.devices.iter().map(brief).collect();
            return draft;
        }
        match data.file.known_devices.as_slice() {
            [] => draft.add_blank(data.now),
            [known] => draft.take_known(known),
            _ => (),
        }
        draft
    }

    /// Takes a device of an earlier visit; state and accessories are looked at anew.
    pub(super) fn take_known(&mut self, known: &Device) {
        let device =
            Device { condition: String::new(), accessories: String::new(), ..known.clone() };
        self.devices.push(DeviceDraft { device, form: Form::Brief });
        self.focus = Some(Spot::Backup);
    }

    /// Adds an empty device and sends the cursor there.
    pub(super) fn add_blank(&mut self, now: Moment) {
        self.focus = Some(Spot::Model(self.devices.len()));
        let device = Device {
            id: DeviceId::mint(now),
            model: String::new(),
            serial: String::new(),
            platform: Platform::Windows,
            condition: String::new(),
            accessories: String::new(),
        };
        self.devices.push(DeviceDraft { device, form: Form::Whole });
    }

    /// Takes out the last device, unless it is being worked on.
    pub(super) fn take_out_last(&mut self, data: &CaseData<'_>) {
        let is_in_work = |id| data.file.case.removal_of(id).is_some();
        if self.devices.last().is_some_and(|last| !is_in_work(last.device.id)) {
            self.devices.pop();
        }
    }

    /// What the customer wants has changed: an exchange needs no device, a removal does.
    pub(super) fn wants_changed(&mut self, now: Moment) {
        if self.wants == Wants::ExchangeOnly {
            self.devices.retain(|draft| {
                let device = &draft.device;
                !device.model.trim().is_empty() || !device.serial.trim().is_empty()
            });
        } else if self.devices.is_empty() {
            self.add_blank(now);
            self.focus = None;
        }
    }

    /// What is typed, without blanks around it; not checked yet.
    pub(super) fn check_in(&self) -> CheckIn {
        let text = |text: &String| text.trim().to_owned();
        let devices: Vec<Device> = self
            .devices
            .iter()
            .map(|draft| Device {
                model: text(&draft.device.model),
                serial: text(&draft.device.serial),
                condition: text(&draft.device.condition),
                accessories: text(&draft.device.accessories),
                ..draft.device.clone()
            })
            .collect();
        let has_device = !devices.is_empty();
        let consent_by =
            if has_device && self.is_signed { text(&self.signer) } else { String::new() };
        let backup = self.backup.filter(|_| has_device);
        CheckIn { wants: self.wants, devices, backup, consent_by }
    }

    /// Everything that is still wanted.
    pub(super) fn gaps(&self) -> Vec<CheckInGap> {
        self.check_in().check().err().unwrap_or_default()
    }

    /// Where a gap is filled.
    pub(super) fn spot(&self, gap: CheckInGap) -> Option<Spot> {
        let blank = |draft: &DeviceDraft| draft.device.model.trim().is_empty();
        match gap {
            CheckInGap::Model => self.devices.iter().position(blank).map(Spot::Model),
            CheckInGap::Backup => Some(Spot::Backup),
            CheckInGap::Consent if self.is_signed => Some(Spot::Signer),
            CheckInGap::Consent => Some(Spot::Consent),
            CheckInGap::Device | CheckInGap::CardNumber => None,
        }
    }

    /// Puts a scanned code into the serial number that has the cursor.
    pub(in crate::ui::views::case) fn take_scan(&mut self, code: &str) -> bool {
        let device = self.serial_idx.and_then(|idx| self.devices.get_mut(idx));
        device.is_some_and(|draft| {
            code.trim().clone_into(&mut draft.device.serial);
            true
        })
    }

    /// Whether the cursor is sent to `spot`, once.
    pub(super) fn is_sent_to(&mut self, spot: Spot) -> bool {
        let is_sent = self.focus == Some(spot);
        if is_sent {
            self.focus = None;
        }
        is_sent
    }
}
