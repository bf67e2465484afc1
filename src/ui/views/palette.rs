//! The palette (Ctrl+K): every command by a few of its letters. What can't be done here stays in
//! the list, so that it can be learned where it belongs.

use std::ops::Range;

use egui::{Context, Id, Key, Modifiers, ScrollArea, Ui};

use crate::ui::action::Action;
use crate::ui::command::{Place, UiCommand};
use crate::ui::shell::Page;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::focus;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::palette::{PaletteRow, palette_frame};
use crate::ui::widgets::search_box::SearchBox;
use crate::ui::widgets::text::text;

/// Rows that are seen at once; the others are scrolled to.
const ROWS_SEEN: f32 = 11.0;

/// What the palette draws.
#[derive(Debug, Clone, Copy)]
pub struct PaletteData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// The page that is behind it.
    pub page: Page,
    /// What is not possible now although the page is the right one, and why.
    pub blocked: &'a [(UiCommand, &'static str)],
}

impl PaletteData<'_> {
    fn is_possible(&self, command: UiCommand) -> bool {
        self.why_not(command).is_none()
    }

    /// Why a command can't be given here and now; `None` where it can.
    fn why_not(&self, command: UiCommand) -> Option<&'static str> {
        match command.place() {
            Place::On(page) if page != self.page => Some(match page {
                Page::Lookup => "with a customer, on Lookup",
                Page::Cases => "in a case",
                Page::Stock => "on Stock",
                Page::Journal => "on Journal",
                Page::Settings => "in Settings",
            }),
            Place::Everywhere | Place::On(_) => {
                let mut blocked = self.blocked.iter();
                blocked.find(|(known, _)| *known == command).map(|(_, why)| *why)
            }
        }
    }
}

/// A command that fits what was typed, with the letters that do.
type Fit = (UiCommand, Vec<Range<usize>>);

/// The palette. Keeps what is typed while it is open.
#[derive(Debug, Default)]
pub struct PaletteView {
    text: String,
    selected: usize,
}

impl PaletteView {
    /// Forgets what was typed; for when the palette closes.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Draws the palette over the page. Returns [`Action::Do`] for the command that was picked.
    pub fn ui(&mut self, ctx: &Context, data: &PaletteData<'_>) -> Option<Action> {
        let fits = fits(&self.text, data);
        let n_possible = fits.iter().take_while(|(command, _)| data.is_possible(*command)).count();
        let before = self.selected;
        let (is_entered, is_left) = ctx.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            if pressed(Key::ArrowDown) {
                self.selected += 1;
            }
            if pressed(Key::ArrowUp) {
                self.selected = self.selected.saturating_sub(1);
            }
            (pressed(Key::Enter), pressed(Key::Escape))
        });
        self.selected = self.selected.min(n_possible.saturating_sub(1));
        let is_moved = self.selected != before;
        let shown = palette_frame(ctx, |ui| self.body_ui(ui, data, (&fits, is_moved)));
        let entered = fits.get(self.selected).filter(|_| is_entered && n_possible > 0);
        let picked = shown.inner.or(entered.map(|(command, _)| *command));
        if let Some(command) = picked {
            self.clear();
            return Some(Action::Do(command));
        }
        let is_back = is_left || data.command == Some(UiCommand::Back);
        is_back.then_some(Action::CloseDialog)
    }

    fn body_ui(
        &mut self,
        ui: &mut Ui,
        data: &PaletteData<'_>,
        rows: (&[Fit], bool),
    ) -> Option<UiCommand> {
        let response = SearchBox::new("Commands")
            .hint("What do you want to do?")
            .id(Id::unique("palette box"))
            .show(ui, &mut self.text);
        focus::at_first_sight(&response);
        if response.changed() {
            self.selected = 0;
        }
        let (fits, is_moved) = rows;
        if fits.is_empty() {
            text(ui, Type::Body, Ink::Muted, "No command has these letters");
        }
        // Above it hangs the box, and in a low window the page behind stays in sight.
        let room = ui.ctx().content_rect().height() - 4.0 * scale::TOP_BAR_HEIGHT;
        let height = room.min(ROWS_SEEN * (scale::MAIN_BUTTON_HEIGHT + scale::SPACE_1));
        // Without a least height the list would stay as low as it was when nothing fitted.
        let area = ScrollArea::vertical().id_salt("commands").max_height(height);
        let area = area.min_scrolled_height(height);
        area.auto_shrink([false, true])
            .show(ui, |ui| {
                let mut picked = None;
                for (row_idx, (command, marks)) in fits.iter().enumerate() {
                    let why = data.why_not(*command);
                    let is_possible = why.is_none();
                    let key = command.key_text();
                    let row = PaletteRow::new(icon_of(*command), command.label())
                        .key(&key)
                        .marks(marks)
                        .why_not(why)
                        .selected(is_possible && row_idx == self.selected)
                        .position(row_idx, fits.len());
                    let response = ui.add_enabled_ui(is_possible, |ui| row.show(ui)).inner;
                    if response.clicked() {
                        picked = Some(*command);
                    }
                    if is_moved && row_idx == self.selected {
                        response.scroll_to_me(None);
                    }
                }
                picked
            })
            .inner
    }
}

/// The commands that hold the letters of `typed`, in order: what is possible first, then those
/// whose words begin with them.
fn fits(typed: &str, data: &PaletteData<'_>) -> Vec<Fit> {
    let letters: Vec<char> = typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let all = UiCommand::ALL.into_iter().filter(|command| *command != UiCommand::Palette);
    let mut fits: Vec<(usize, Fit)> = all
        .filter_map(|command| {
            let marks = marks(command.label(), &letters)?;
            Some((marks.len(), (command, marks)))
        })
        .collect();
    // Fewer runs of letters is a better fit: a whole word before letters from everywhere.
    fits.sort_by_key(|(n_runs, (command, _))| (!data.is_possible(*command), *n_runs));
    fits.into_iter().map(|(_, fit)| fit).collect()
}

/// Where `letters` stand in `label`, as runs of bytes; `None` when they are not all there in
/// order. A run that stands together is preferred.
fn marks(label: &str, letters: &[char]) -> Option<Vec<Range<usize>>> {
    let whole: String = letters.iter().collect();
    if let Some(from) = label.to_lowercase().find(&whole)
        && label.is_ascii()
        && !whole.is_empty()
    {
        return Some(std::iter::once(from..from + whole.len()).collect());
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut wanted = letters.iter().peekable();
    for (at, letter) in label.char_indices() {
        let Some(want) = wanted.peek() else { break };
        if letter.to_lowercase().eq(std::iter::once(**want)) {
            let end = at + letter.len_utf8();
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = end,
                _ => runs.push(at..end),
            }
            wanted.next();
        }
    }
    wanted.peek().is_none().then_some(runs)
}

const fn icon_of(command: UiCommand) -> Icon {
    match command {
        UiCommand::Lookup | UiCommand::Find => Icon::Search,
        UiCommand::Cases | UiCommand::NextCase => Icon::FolderOpen,
        UiCommand::Stock => Icon::KeyRound,
        UiCommand::Journal => Icon::ScrollText,
        UiCommand::Settings => Icon::Settings,
        UiCommand::Palette | UiCommand::Keys => Icon::Keyboard,
        UiCommand::NewCustomer => Icon::UserPlus,
        UiCommand::History => Icon::History,
        UiCommand::Finish => Icon::Check,
        UiCommand::Back | UiCommand::Undo => Icon::Undo2,
        UiCommand::Step1 | UiCommand::Step2 | UiCommand::Step3 => Icon::ArrowRight,
        UiCommand::Note => Icon::StickyNote,
        UiCommand::Override => Icon::ShieldCheck,
        UiCommand::Subscription => Icon::CalendarDays,
        UiCommand::SeenActive | UiCommand::ProtectionSeen => Icon::ShieldCheck,
        UiCommand::TakeScan | UiCommand::TakeOtherScan => Icon::ScanLine,
        UiCommand::PasteScan => Icon::ClipboardPaste,
        UiCommand::ShowTraces => Icon::ListTree,
        UiCommand::PinLines => Icon::Pin,
        UiCommand::DropScan | UiCommand::NotThisDevice => Icon::CircleX,
        UiCommand::AnotherDevice => Icon::Plus,
        UiCommand::SomebodyElse => Icon::UserPlus,
        UiCommand::ResumeRemoval => Icon::Undo2,
        UiCommand::RevealKey => Icon::Eye,
        UiCommand::CopyKey => Icon::Copy,
        UiCommand::AllCases => Icon::FolderOpen,
        UiCommand::ReleaseFrozen => Icon::Snowflake,
        UiCommand::Print => Icon::Printer,
        UiCommand::OpenSheet | UiCommand::KeySheet => Icon::FileText,
        UiCommand::SaveSheet => Icon::Save,
        UiCommand::VoidKey => Icon::Ban,
        UiCommand::Withdraw => Icon::CircleX,
        UiCommand::Reopen | UiCommand::ResetSignatures => Icon::RotateCcw,
        UiCommand::ChooseSignatures => Icon::FolderSearch,
        UiCommand::Import => Icon::Upload,
        UiCommand::Export => Icon::Download,
        UiCommand::Verify => Icon::BadgeCheck,
        UiCommand::Backup => Icon::HardDrive,
        UiCommand::People | UiCommand::Namesakes => Icon::Users,
        UiCommand::SwitchLook => Icon::Moon,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::views::testing::{self, Window};

    fn draw(view: &mut PaletteView, ui: &mut Ui) -> Option<Action> {
        let blocked = &[(UiCommand::Undo, "nothing to undo")];
        view.ui(ui.ctx(), &PaletteData { command: None, page: Page::Stock, blocked })
    }

    #[test]
    fn a_few_letters_and_enter_do_a_command() {
        // What is typed, and what Enter does.
        for (typed, command) in [
            ("verify", UiCommand::Verify),
            ("BACK UP", UiCommand::Backup),
            ("imp", UiCommand::Import),
            ("newc", UiCommand::NewCustomer),
        ] {
            let mut window = Window::new(PaletteView::default(), draw);
            assert_eq!(window.focused(), "Commands");
            window.type_text(typed);
            window.enter();
            assert_eq!(window.actions(), [Action::Do(command)], "{typed}");
        }
    }

    #[test]
    fn arrows_move_and_esc_closes() {
        let mut window = Window::new(PaletteView::default(), draw);
        window.press(Modifiers::NONE, Key::ArrowDown);
        window.press(Modifiers::NONE, Key::ArrowDown);
        window.press(Modifiers::NONE, Key::ArrowUp);
        window.enter();
        assert_eq!(window.actions(), [Action::Do(UiCommand::NewCustomer)]);
        window.press(Modifiers::NONE, Key::Escape);
        assert_eq!(window.actions(), [Action::CloseDialog]);
    }

    #[test]
    fn what_is_not_possible_here_is_shown_last_and_not_done() {
        let mut window = Window::new(PaletteView::default(), draw);
        for typed in ["undo", "withwhole"] {
            window.state().text = typed.to_owned();
            window.run();
            window.enter();
            assert_eq!(window.actions(), [], "{typed}");
        }
        let data = PaletteData { command: None, page: Page::Cases, blocked: &[] };
        let stock = PaletteData { page: Page::Stock, ..data };
        assert_eq!(stock.why_not(UiCommand::KeySheet), Some("in a case"));
        assert!(data.is_possible(UiCommand::KeySheet));
        let fits = fits("print", &PaletteData { page: Page::Stock, ..data });
        assert!(fits.iter().any(|(command, _)| *command == UiCommand::Print));
    }

    #[test]
    fn the_letters_that_fit_are_marked() {
        // Label, letters, runs.
        for (label, typed, expect) in [
            ("Verify file", "", Some("")),
            ("Verify file", "fil", Some("7-10")),
            ("Verify file", "vf", Some("0-1 4-5")),
            ("Verify file", "lif", None),
            ("Add a note…", "note", Some("6-10")),
            ("Verify file", "verify file!", None),
        ] {
            let letters: Vec<char> = typed.chars().collect();
            let runs = marks(label, &letters).map(|runs| {
                let runs = runs.iter().map(|run| format!("{}-{}", run.start, run.end));
                runs.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(runs.as_deref(), expect, "{label} {typed}");
        }
    }

    #[test]
    fn pictures() {
        let mut view = PaletteView { text: "pr".to_owned(), selected: 0 };
        testing::pictures("palette", Page::Stock, |ui| {
            draw(&mut view, ui);
        });
    }
}
