//! Every command of the window with its words and its key: menu, palette, F1 and shortcuts all
//! read this one table.

mod keys;

use crate::ui::shell::Page;
use egui::{Key, KeyboardShortcut, Modifiers};

/// A thing that the technician can ask for by a key or in the palette.
///
/// Pages and dialogs are done by the window; what belongs to a page is handed to its view, which
/// does it if it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UiCommand {
    /// Turn to Lookup.
    Lookup,
    /// Turn to Cases.
    Cases,
    /// Turn to Stock.
    Stock,
    /// Turn to Journal.
    Journal,
    /// Turn to Settings.
    Settings,
    /// The palette.
    Palette,
    /// The list of keys.
    Keys,
    /// The cursor into the search box.
    Find,
    /// A new customer.
    NewCustomer,
    /// What was done for the customer.
    History,
    /// The others of the selected name.
    Namesakes,
    /// The next open case.
    NextCase,
    /// The main thing of the step or page.
    Finish,
    /// Back, or close what is open; drafts are kept.
    Back,
    /// The first step of the case, or the first thing that can be changed.
    Step1,
    /// The second.
    Step2,
    /// The third.
    Step3,
    /// A note in the case.
    Note,
    /// A lead overrides.
    Override,
    /// Subscription: read the term, enter or choose another one.
    Subscription,
    /// The replacement was seen active.
    SeenActive,
    /// Another protection is on.
    ProtectionSeen,
    /// A scan of the device, for the side that is next.
    TakeScan,
    /// A scan for the other side.
    TakeOtherScan,
    /// What stands on the clipboard, as a scan.
    PasteScan,
    /// All traces of a long table, or of a scan that is not compared yet; or fewer again.
    ShowTraces,
    /// The masked lines of the scans are kept with the case, or not.
    PinLines,
    /// The latest scan of the device counts no longer.
    DropScan,
    /// Another device of the customer is checked in.
    AnotherDevice,
    /// The last device of check-in is taken out.
    NotThisDevice,
    /// Somebody else than the customer signs.
    SomebodyElse,
    /// The removal that ended goes on.
    ResumeRemoval,
    /// The whole key of the case.
    RevealKey,
    /// The revealed key on the clipboard.
    CopyKey,
    /// The handoff sheet again.
    Print,
    /// The handoff sheet in the viewer.
    OpenSheet,
    /// The handoff sheet as a file.
    SaveSheet,
    /// The sheet with the whole key.
    KeySheet,
    /// The key was rejected or spoiled.
    VoidKey,
    /// The customer changed their mind.
    Withdraw,
    /// A closed case goes on.
    Reopen,
    /// A file is imported.
    Import,
    /// What is shown, as CSV.
    Export,
    /// The file, the chain, the replay.
    Verify,
    /// A copy of the file.
    Backup,
    /// Who is at the desk.
    People,
    /// Light, dark, or as the system.
    SwitchLook,
    /// The last thing that can be taken back.
    Undo,
    /// A newer file of signatures.
    ChooseSignatures,
    /// The program's own signatures again.
    ResetSignatures,
    /// Closed cases too.
    AllCases,
    /// Frozen keys are let go.
    ReleaseFrozen,
}

/// Where a command can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Everywhere.
    Everywhere,
    /// On one page.
    On(Page),
}

impl UiCommand {
    /// Every command, in the order of the palette and of F1.
    pub const ALL: [Self; 52] = [
        Self::Find,
        Self::NewCustomer,
        Self::History,
        Self::Namesakes,
        Self::NextCase,
        Self::Finish,
        Self::Back,
        Self::Step1,
        Self::Step2,
        Self::Step3,
        Self::Note,
        Self::Override,
        Self::Subscription,
        Self::SeenActive,
        Self::ProtectionSeen,
        Self::TakeScan,
        Self::TakeOtherScan,
        Self::PasteScan,
        Self::ShowTraces,
        Self::PinLines,
        Self::DropScan,
        Self::AnotherDevice,
        Self::NotThisDevice,
        Self::SomebodyElse,
        Self::ResumeRemoval,
        Self::RevealKey,
        Self::CopyKey,
        Self::Print,
        Self::OpenSheet,
        Self::SaveSheet,
        Self::KeySheet,
        Self::VoidKey,
        Self::Withdraw,
        Self::Reopen,
        Self::Undo,
        Self::Lookup,
        Self::Cases,
        Self::Stock,
        Self::Journal,
        Self::Settings,
        Self::Palette,
        Self::Keys,
        Self::Import,
        Self::Export,
        Self::Verify,
        Self::Backup,
        Self::People,
        Self::SwitchLook,
        Self::ChooseSignatures,
        Self::ResetSignatures,
        Self::AllCases,
        Self::ReleaseFrozen,
    ];

    /// The command in a few words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lookup => "Lookup",
            Self::Cases => "Cases",
            Self::Stock => "Stock",
            Self::Journal => "Journal",
            Self::Settings => "Settings",
            Self::Palette => "Commands",
            Self::Keys => "Keys",
            Self::Find => "Find a customer, case or key",
            Self::NewCustomer => "New customer…",
            Self::History => "History of the customer…",
            Self::Namesakes => "Others of this name",
            Self::NextCase => "Next open case",
            Self::Finish => "Finish the step",
            Self::Back => "Back, the draft is kept",
            Self::Step1 => "Check-in",
            Self::Step2 => "Removal",
            Self::Step3 => "Replacement",
            Self::Note => "Add a note…",
            Self::Override => "Override by a lead…",
            Self::Subscription => "Subscription: read the term or enter one…",
            Self::SeenActive => "Replacement seen active",
            Self::ProtectionSeen => "Other protection seen on…",
            Self::TakeScan => "Take a scan of the device",
            Self::TakeOtherScan => "Take the scan of the other side",
            Self::PasteScan => "Paste a scan",
            Self::ShowTraces => "Show the traces of the scans",
            Self::PinLines => "Keep the masked lines of the scans",
            Self::DropScan => "Remove the latest scan…",
            Self::AnotherDevice => "Another device, or a new one",
            Self::NotThisDevice => "Not this device",
            Self::SomebodyElse => "Somebody else signs",
            Self::ResumeRemoval => "Go on with this removal",
            Self::RevealKey => "Reveal the key",
            Self::CopyKey => "Copy the key",
            Self::Print => "Print the handoff sheet",
            Self::OpenSheet => "Open the handoff sheet",
            Self::SaveSheet => "Save the handoff sheet…",
            Self::KeySheet => "Sheet with the whole key, for the customer",
            Self::VoidKey => "Void the key…",
            Self::Withdraw => "Customer changed their mind…",
            Self::Reopen => "Reopen the case…",
            Self::Undo => "Undo",
            Self::Import => "Import a file…",
            Self::Export => "Export what is shown as CSV…",
            Self::Verify => "Verify file and journal",
            Self::Backup => "Back up the file…",
            Self::People => "Who is at the desk…",
            Self::SwitchLook => "Light or dark",
            Self::ChooseSignatures => "Choose newer signatures…",
            Self::ResetSignatures => "Back to the built-in signatures",
            Self::AllCases => "Look in all cases, closed ones too",
            Self::ReleaseFrozen => "Release frozen keys…",
        }
    }

    /// The key that is shown beside it, as people write it: `Ctrl+Enter`.
    pub fn key_text(self) -> String {
        self.keys().first().map(|shortcut| shortcut_text(*shortcut)).unwrap_or_default()
    }

    /// Where it can be given.
    pub const fn place(self) -> Place {
        match self {
            Self::Step1
            | Self::Step2
            | Self::Step3
            | Self::Note
            | Self::Override
            | Self::Subscription
            | Self::SeenActive
            | Self::ProtectionSeen
            | Self::TakeScan
            | Self::TakeOtherScan
            | Self::PasteScan
            | Self::ShowTraces
            | Self::PinLines
            | Self::DropScan
            | Self::AnotherDevice
            | Self::NotThisDevice
            | Self::SomebodyElse
            | Self::ResumeRemoval
            | Self::RevealKey
            | Self::CopyKey
            | Self::Print
            | Self::OpenSheet
            | Self::SaveSheet
            | Self::KeySheet
            | Self::Withdraw
            | Self::Reopen => Place::On(Page::Cases),
            Self::History | Self::Namesakes => Place::On(Page::Lookup),
            Self::ReleaseFrozen => Place::On(Page::Stock),
            Self::ChooseSignatures | Self::ResetSignatures => Place::On(Page::Settings),
            _ => Place::Everywhere,
        }
    }

    /// Whether its shown key is a plain letter or sign, which a text field keeps for itself.
    pub fn is_plain_key(shortcut: KeyboardShortcut) -> bool {
        (shortcut.modifiers.is_none() || shortcut.modifiers == Modifiers::SHIFT)
            && (shortcut.logical_key.name().len() == 1 || shortcut.logical_key == Key::Slash)
    }
}

/// The digits that pick a row of a list, the first row first.
pub const DIGITS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// `Ctrl+Shift+V`, `Alt+1`, `Esc`: the same words on every system, as they stand on the pictures.
pub fn shortcut_text(shortcut: KeyboardShortcut) -> String {
    let modifiers = shortcut.modifiers;
    let mut text = String::new();
    for (is_held, name) in
        [(modifiers.command, "Ctrl+"), (modifiers.alt, "Alt+"), (modifiers.shift, "Shift+")]
    {
        if is_held {
            text.push_str(name);
        }
    }
    text.push_str(match shortcut.logical_key {
        Key::Comma => ",",
        Key::Slash => "/",
        Key::Escape => "Esc",
        other => other.name(),
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut seen = BTreeSet::new();
        for command in UiCommand::ALL {
            for key in command.keys() {
                assert!(seen.insert(shortcut_text(*key)), "{} twice", shortcut_text(*key));
            }
        }
    }

    #[test]
    fn every_command_is_listed_once_and_has_a_key_unless_it_is_rare() {
        let all: BTreeSet<_> = UiCommand::ALL.into_iter().collect();
        assert_eq!(all.len(), UiCommand::ALL.len());
        let n_rare = UiCommand::ALL.iter().filter(|command| command.keys().is_empty()).count();
        assert_eq!(n_rare, 5);
        assert_eq!(UiCommand::Verify.key_text(), "Ctrl+Shift+V");
        assert_eq!(UiCommand::Settings.key_text(), "Ctrl+,");
        assert_eq!(UiCommand::Step1.key_text(), "Alt+1");
    }
}
