//! Why a command can't be given in the case as it stands, in a few words for the palette.

use super::data::CaseData;
use super::draft::CaseDraft;
use super::obey::override_kind;
use super::stage::{self, Stage};
use super::{done, removal};
use crate::ui::command::UiCommand;

/// Why `command` does nothing now; `None` where it does something.
pub(super) fn why_not(
    draft: &CaseDraft,
    data: &CaseData<'_>,
    command: UiCommand,
) -> Option<&'static str> {
    let case = &data.file.case;
    let is_open = case.closed.is_none();
    let says = |is_so: bool, why| is_so.then_some(why);
    const CLOSED: &str = "the case is closed";
    const NO_KEY: &str = "no key was handed out";
    match command {
        UiCommand::Step1 => cannot_open(Stage::CheckIn, data),
        UiCommand::Step2 => cannot_open(Stage::Removal, data),
        UiCommand::Step3 => cannot_open(Stage::Replacement, data),
        UiCommand::Override => {
            says(override_kind(draft.stage(data), data).is_none(), "no rule is in the way")
        }
        UiCommand::Subscription => says(!is_open, CLOSED),
        UiCommand::Withdraw if !is_open => Some(CLOSED),
        UiCommand::Withdraw => says(case.replacement().is_some(), "a key is out: void it first"),
        UiCommand::Reopen => says(is_open, "the case is open"),
        UiCommand::SeenActive if case.replacement().is_none() => Some(NO_KEY),
        UiCommand::SeenActive => says(done::seen_active(data).is_none(), "it was seen already"),
        UiCommand::TakeScan | UiCommand::TakeOtherScan | UiCommand::PasteScan if !is_open => {
            Some(CLOSED)
        }
        UiCommand::TakeScan | UiCommand::TakeOtherScan | UiCommand::PasteScan => {
            says(case.devices().is_empty(), "check the device in first")
        }
        UiCommand::ShowTraces | UiCommand::DropScan => {
            says(removal::latest_scan(draft, data).is_none(), "no scan was taken")
        }
        UiCommand::PinLines => {
            says(removal::pin(draft, data).is_none(), "no scan whose lines are in memory")
        }
        UiCommand::ResumeRemoval => {
            says(removal::resume(draft, data).is_none(), "no removal has ended")
        }
        UiCommand::AnotherDevice | UiCommand::NotThisDevice | UiCommand::SomebodyElse => {
            says(draft.stage(data) != Stage::CheckIn, "in check-in, Alt+1")
        }
        UiCommand::Print | UiCommand::OpenSheet | UiCommand::SaveSheet => {
            let is_near = matches!(stage::natural(data), Stage::HandOver | Stage::Closed);
            says(!is_near, "after the last step")
        }
        UiCommand::KeySheet | UiCommand::VoidKey => says(case.replacement().is_none(), NO_KEY),
        UiCommand::RevealKey | UiCommand::CopyKey => {
            let Some(key) = done::shown_key(data) else { return Some(NO_KEY) };
            let is_whole = data.revealed == Some(key.id);
            if command == UiCommand::CopyKey {
                says(!is_whole, "reveal it first")
            } else {
                says(is_whole, "it is on the screen")
            }
        }
        _ => None,
    }
}

fn cannot_open(stage: Stage, data: &CaseData<'_>) -> Option<&'static str> {
    let is_open = stage == stage::natural(data) || stage::can_open(stage, data);
    (!is_open).then_some("the step before comes first, or it is over")
}
