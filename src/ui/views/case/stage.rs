//! Which step is open, and what the others say in one line.

use super::data::{CaseData, count};
use super::draft::CaseDraft;
use crate::domain::case::{OverrideKind, Step, Wants};
use crate::domain::device::Device;
use crate::ui::command::UiCommand;

/// What is open on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    CheckIn,
    Removal,
    Replacement,
    HandOver,
    Closed,
}

impl Stage {
    /// The number in front of the step; what follows the steps has none.
    pub(super) fn number(self) -> usize {
        match self {
            Self::CheckIn => 1,
            Self::Removal => 2,
            Self::Replacement => 3,
            Self::HandOver | Self::Closed => 4,
        }
    }
}

/// Where the case stands by itself. A lead's word opens the replacement before the removal is over.
pub(super) fn natural(data: &CaseData<'_>) -> Stage {
    let case = &data.file.case;
    match case.step() {
        Step::CheckIn => Stage::CheckIn,
        Step::Removal
            if case.is_overridden(OverrideKind::GoOn)
                && case.wants().exchange()
                && case.replacement().is_none() =>
        {
            Stage::Replacement
        }
        Step::Removal => Stage::Removal,
        Step::Replacement => Stage::Replacement,
        Step::HandOver => Stage::HandOver,
        Step::Closed => Stage::Closed,
    }
}

/// Whether a step can be opened although the case stands elsewhere.
pub(super) fn can_open(stage: Stage, data: &CaseData<'_>) -> bool {
    let case = &data.file.case;
    if case.closed.is_some() {
        return false;
    }
    match stage {
        Stage::CheckIn => true,
        Stage::Removal => case.check_in.is_some() && case.wants().removal(),
        Stage::Replacement => {
            let is_near = case.is_removal_over() || case.is_overridden(OverrideKind::GoOn);
            is_near && case.wants().exchange() && case.replacement().is_none()
        }
        Stage::HandOver | Stage::Closed => false,
    }
}

/// A step that is not open, in words.
pub(super) struct Line {
    pub(super) title: &'static str,
    pub(super) subtitle: String,
    /// Stands at the right when the step can't be opened.
    pub(super) right: String,
    pub(super) edit: Option<(&'static str, UiCommand)>,
    pub(super) is_done: bool,
}

/// What a step says.
pub(super) fn line(stage: Stage, draft: &CaseDraft, data: &CaseData<'_>) -> Line {
    let is_open = draft.stage(data) == stage;
    let mut line = match stage {
        Stage::CheckIn => check_in_line(data),
        Stage::Removal => removal_line(draft, data),
        Stage::Replacement | Stage::HandOver | Stage::Closed => replacement_line(data),
    };
    let edit = match stage {
        Stage::CheckIn => Some(("Edit", UiCommand::Step1)),
        Stage::Removal => Some(("Open", UiCommand::Step2)),
        Stage::Replacement => Some(("Open", UiCommand::Step3)),
        Stage::HandOver | Stage::Closed => None,
    };
    if is_open && stage != Stage::Removal {
        line.right.clear();
    }
    line.edit = edit.filter(|_| !is_open && can_open(stage, data));
    line
}

fn check_in_line(data: &CaseData<'_>) -> Line {
    let case = &data.file.case;
    let subtitle = match &case.check_in {
        None => "Device, backup, consent".to_owned(),
        Some(check_in) if check_in.devices.is_empty() => {
            format!("{}, no device here", check_in.wants.label())
        }
        Some(check_in) => {
            let mut parts: Vec<String> = Vec::new();
            match check_in.devices.as_slice() {
                [device] => parts.push(came_with(device)),
                devices => parts.push(count(devices.len(), "device")),
            }
            if check_in.wants != Wants::Both {
                parts.push(check_in.wants.label().to_owned());
            }
            parts.push(format!("Signed by {}", check_in.consent_by));
            parts.join(". ")
        }
    };
    Line {
        title: "Check in",
        subtitle,
        right: String::new(),
        edit: None,
        is_done: case.check_in.is_some(),
    }
}

fn came_with(device: &Device) -> String {
    let parts = [device.accessories.as_str(), device.condition.as_str()];
    let words: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if words.is_empty() { "Nothing came with it".to_owned() } else { words.join(". ") }
}

fn removal_line(draft: &CaseDraft, data: &CaseData<'_>) -> Line {
    let case = &data.file.case;
    let wants_removal = case.wants().removal();
    let ends: Vec<String> = case
        .removals
        .iter()
        .filter_map(|removal| Some(removal.finish.as_ref()?.outcome.label()))
        .collect();
    let is_done = case.check_in.is_some() && case.is_removal_over();
    let subtitle = match ends.as_slice() {
        _ if !wants_removal => "Not wanted".to_owned(),
        [] => "Uninstall, restart, look for leftovers".to_owned(),
        [end] if is_done => end.clone(),
        ends => {
            format!("{} of {} ended", ends.len(), count(case.devices().len(), "device"))
        }
    };
    Line {
        title: "Remove Kaspersky",
        subtitle,
        right: match draft.stage(data) {
            Stage::Removal => super::removal::progress(draft, data),
            Stage::CheckIn => "Opens after step 1".to_owned(),
            Stage::Replacement | Stage::HandOver | Stage::Closed => String::new(),
        },
        edit: None,
        is_done,
    }
}

fn replacement_line(data: &CaseData<'_>) -> Line {
    let case = &data.file.case;
    let out = case.replacement().is_some();
    let subtitle = match (&data.file.key, data.file.offers.first()) {
        _ if !case.wants().exchange() => "Not wanted".to_owned(),
        _ if case.closed.is_some() && !out => "Nothing was issued".to_owned(),
        (Some(key), _) if out => {
            format!("{}, key ends {}", key.product.name, key.key.ending(4))
        }
        (_, Some(offer)) => match offer.reasons.first() {
            // For how many devices it is, its name and the reason say.
            Some(reason) => {
                let reason = super::data::sentence(reason);
                format!("Suggested: {}. {reason}", offer.product.name)
            }
            None => format!("Suggested: {}", offer.product.name),
        },
        (_, None) => "Nothing in stock".to_owned(),
    };
    let opens = if case.closed.is_none() && !out && case.wants().exchange() {
        if case.wants().removal() { "Opens after step 2" } else { "Opens after step 1" }
    } else {
        ""
    };
    Line { title: "Issue replacement", subtitle, right: opens.to_owned(), edit: None, is_done: out }
}
