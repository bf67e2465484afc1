//! The keys of the commands.

use super::UiCommand;
use egui::{Key, KeyboardShortcut, Modifiers};

impl UiCommand {
    /// Its keys; the first is the one that is shown. None for what is rare: the palette has it.
    pub const fn keys(self) -> &'static [KeyboardShortcut] {
        const CTRL: Modifiers = Modifiers::COMMAND;
        const ALT: Modifiers = Modifiers::ALT;
        const NONE: Modifiers = Modifiers::NONE;
        const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
        const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(modifiers, key)
        }
        match self {
            Self::Lookup => const { &[key(NONE, Key::F2)] },
            Self::Cases => const { &[key(NONE, Key::F3)] },
            Self::Stock => const { &[key(NONE, Key::F4)] },
            Self::Journal => const { &[key(NONE, Key::F6)] },
            Self::Settings => const { &[key(CTRL, Key::Comma)] },
            Self::Palette => const { &[key(CTRL, Key::K)] },
            Self::Keys => const { &[key(NONE, Key::F1)] },
            Self::Find => const { &[key(NONE, Key::Slash), key(CTRL, Key::F)] },
            Self::NewCustomer => const { &[key(CTRL, Key::N)] },
            Self::History => const { &[key(CTRL, Key::H)] },
            Self::Namesakes => const { &[key(CTRL, Key::M)] },
            Self::NextCase => const { &[key(CTRL, Key::Tab), key(NONE, Key::F7)] },
            Self::Finish => const { &[key(CTRL, Key::Enter)] },
            Self::Back => const { &[key(NONE, Key::Escape)] },
            Self::Step1 => const { &[key(ALT, Key::Num1)] },
            Self::Step2 => const { &[key(ALT, Key::Num2)] },
            Self::Step3 => const { &[key(ALT, Key::Num3)] },
            Self::Note => const { &[key(NONE, Key::N)] },
            Self::Override => const { &[key(NONE, Key::O)] },
            Self::Subscription => const { &[key(NONE, Key::T)] },
            Self::SeenActive => const { &[key(NONE, Key::A)] },
            Self::ProtectionSeen => const { &[key(NONE, Key::W)] },
            Self::TakeScan => const { &[key(NONE, Key::S)] },
            Self::TakeOtherScan => const { &[key(Modifiers::SHIFT, Key::S)] },
            Self::PasteScan => const { &[key(CTRL, Key::V)] },
            Self::PinLines => const { &[key(NONE, Key::P)] },
            Self::ShowTraces => const { &[key(NONE, Key::V)] },
            Self::DropScan => const { &[key(CTRL_SHIFT, Key::S)] },
            Self::AnotherDevice => const { &[key(ALT, Key::D)] },
            Self::RevealKey => const { &[key(NONE, Key::R)] },
            Self::CopyKey => const { &[key(NONE, Key::C)] },
            Self::NotThisDevice
            | Self::SomebodyElse
            | Self::ResumeRemoval
            | Self::AllCases
            | Self::ReleaseFrozen => &[],
            Self::Print => const { &[key(CTRL, Key::P)] },
            Self::OpenSheet => const { &[key(CTRL, Key::O)] },
            Self::SaveSheet => const { &[key(CTRL, Key::S)] },
            Self::KeySheet => const { &[key(CTRL_SHIFT, Key::P)] },
            Self::VoidKey => const { &[key(CTRL, Key::D)] },
            Self::Withdraw => const { &[key(CTRL_SHIFT, Key::W)] },
            Self::Reopen => const { &[key(CTRL_SHIFT, Key::O)] },
            Self::Undo => const { &[key(CTRL, Key::Z)] },
            Self::Import => const { &[key(CTRL, Key::I)] },
            Self::Export => const { &[key(CTRL, Key::E)] },
            Self::Verify => const { &[key(CTRL_SHIFT, Key::V)] },
            Self::Backup => const { &[key(CTRL, Key::B)] },
            Self::People => const { &[key(CTRL, Key::L)] },
            Self::SwitchLook => const { &[key(CTRL_SHIFT, Key::L)] },
            Self::ChooseSignatures => const { &[key(CTRL, Key::U)] },
            Self::ResetSignatures => const { &[key(CTRL_SHIFT, Key::U)] },
        }
    }
}
