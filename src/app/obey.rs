//! Commands that belong to the window: pages, dialogs, files. The others are the page's own.

use crate::app::model::Model;
use crate::domain::id::CaseId;
use crate::ui::action::{Action, Dialog, Look};
use crate::ui::command::UiCommand;
use crate::ui::shell::Page;

/// What a command becomes: handed on to the view, or done by the window, or both.
pub(super) fn obey(model: &Model, command: UiCommand) -> (Option<UiCommand>, Option<Action>) {
    let done = |action| (None, Some(action));
    match command {
        UiCommand::Lookup => done(Action::Go(Page::Lookup)),
        UiCommand::Cases => done(Action::Go(Page::Cases)),
        UiCommand::Stock => done(Action::Go(Page::Stock)),
        UiCommand::Journal => done(Action::Go(Page::Journal)),
        UiCommand::Settings => done(Action::Go(Page::Settings)),
        UiCommand::Find if model.page != Page::Lookup => done(Action::Do(UiCommand::Find)),
        UiCommand::Palette => done(Action::Open(Dialog::Palette)),
        UiCommand::Keys => done(Action::Open(Dialog::Keys)),
        UiCommand::People => done(Action::Open(Dialog::People)),
        UiCommand::NewCustomer => done(Action::Open(Dialog::NewCustomer)),
        UiCommand::Import => done(Action::Open(Dialog::Import)),
        UiCommand::NextCase => match next_case(model) {
            Some(case) => done(Action::OpenCase(case)),
            None => done(Action::Go(Page::Cases)),
        },
        UiCommand::AllCases => done(Action::AllCases),
        UiCommand::ReleaseFrozen
            if model.stock.as_ref().is_some_and(|stock| !stock.frozen.is_empty()) =>
        {
            done(Action::Open(Dialog::ReleaseFrozen))
        }
        UiCommand::Undo => done(Action::Undo),
        UiCommand::Verify => done(Action::Verify),
        UiCommand::Backup => done(Action::Backup),
        UiCommand::Export => done(Action::Export(model.page)),
        UiCommand::SwitchLook => done(Action::SetLook(other_look(model))),
        UiCommand::Back if model.dialog.is_none() && model.scan.is_some() => {
            done(Action::CancelScan)
        }
        UiCommand::Back if model.dialog.is_none() && model.notice.is_some() => {
            done(Action::DismissNotice)
        }
        UiCommand::Back if model.dialog.is_none() => match (&model.case, model.page) {
            (Some(_), Page::Cases) => done(Action::Go(Page::Lookup)),
            _ => (Some(command), None),
        },
        other => (Some(other), None),
    }
}

/// The open case after the one that is shown, round and round.
fn next_case(model: &Model) -> Option<CaseId> {
    let lines = &model.desk.as_ref()?.open_cases;
    let shown = model.case.as_ref().filter(|_| model.page == Page::Cases);
    let idx = shown.and_then(|file| lines.iter().position(|line| line.id == file.case.id));
    let next = idx.map_or(0, |idx| (idx + 1) % lines.len().max(1));
    lines.get(next).map(|line| line.id)
}

fn other_look(model: &Model) -> Look {
    if model.is_dark { Look::Light } else { Look::Dark }
}
