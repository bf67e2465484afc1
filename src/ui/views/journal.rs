//! The journal: whether its chain is whole, and what was done, the latest first.

use chrono_tz::Tz;
use egui::{Id, Ui};

use crate::domain::card::JournalLine;
use crate::domain::time::{Moment, short_day_text};
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::shell::{Actions, Page, PageArea, Span};
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::{Button, buttons_right};
use crate::ui::widgets::card::card;
use crate::ui::widgets::empty_state::empty_state;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::row::row;
use crate::ui::widgets::table::{Cell, Column, Row, Table, Width};
use crate::ui::widgets::text::{text, text_line, text_to_copy};

const COLUMNS: [Column<'static>; 5] = [
    Column::text("Time", Width::Fixed(120.0)),
    Column::text("Who", Width::Fixed(150.0)),
    Column::text("Desk", Width::Fixed(60.0)),
    Column::text("What", Width::Rest),
    Column::text("Case", Width::Fixed(110.0)),
];
/// Letters of a hash at each end; enough to compare by eye.
const HASH_SHOWN: usize = 8;

/// What is known of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain<'a> {
    /// Nobody asked since the window was opened.
    NotChecked,
    /// It is being checked.
    Checking,
    /// It was checked.
    Checked {
        /// Whether all of it is whole.
        is_whole: bool,
        /// A line for each thing that was checked.
        lines: &'a [String],
    },
}

/// What the page draws.
#[derive(Debug, Clone, Copy)]
pub struct JournalData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// The moment of this frame.
    pub now: Moment,
    /// The store's clock.
    pub zone: Tz,
    /// What is known of the chain.
    pub chain: Chain<'a>,
    /// The hash at its end, 64 hex digits; empty until the file has said.
    pub head: &'a str,
    /// The entries, the latest first.
    pub lines: &'a [JournalLine],
    /// Whether there are older ones.
    pub has_more: bool,
}

/// The journal. Keeps the filter and which entry is selected.
#[derive(Debug, Default)]
pub struct JournalView {
    text: String,
    /// The list was asked for from the filter.
    goes_down: bool,
    /// The place in the chain of the selected entry.
    selected: Option<i64>,
    /// How many entries there were when older ones were asked for last.
    n_asked: usize,
}

impl JournalView {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, data: &JournalData<'_>) -> Option<Action> {
        let by_command = match data.command {
            Some(UiCommand::Verify) => Some(Action::Verify),
            Some(UiCommand::Export) => Some(Action::Export(Page::Journal)),
            _ => None,
        };
        let drawn = PageArea::new(ui, Actions::None).span(Span::Full).body(ui, |ui| {
            chain_ui(ui, data.chain, data.head);
            let filtered = ui.push_id("filter", |ui| self.filter_ui(ui, data)).inner;
            let opened =
                if data.lines.is_empty() { self.empty_ui(ui) } else { self.table_ui(ui, data) };
            filtered.or(opened)
        });
        by_command.or(drawn)
    }

    fn filter_ui(&mut self, ui: &mut Ui, data: &JournalData<'_>) -> Option<Action> {
        self.goes_down |= focus::leaves_down(ui, Id::unique("journal filter"));
        ui.horizontal_top(|ui| {
            let field = Field::new("Filter").hint("Who, what, case…");
            let typed = field.id(Id::unique("journal filter")).show(ui, &mut self.text);
            focus::at_first_sight(&typed);
            if data.command == Some(UiCommand::Find) {
                typed.request_focus();
            }
            let pressed = ui
                .vertical(|ui| {
                    ui.add_space(scale::SPACE_4 + scale::SPACE_1);
                    let is_checking = data.chain == Chain::Checking;
                    let verify =
                        Button::secondary(if is_checking { "Checking …" } else { "Verify" })
                            .icon(Icon::BadgeCheck)
                            .key("Ctrl+Shift+V")
                            .salt("verify");
                    let export = Button::secondary("Export").icon(Icon::Download).key("Ctrl+E");
                    buttons_right(ui, &[verify, export.salt("export")])
                })
                .inner;
            if typed.changed() {
                self.n_asked = 0;
                return Some(Action::JournalFilter { text: self.text.clone() });
            }
            match pressed {
                Some(0) if data.chain != Chain::Checking => Some(Action::Verify),
                Some(1) => Some(Action::Export(Page::Journal)),
                _ => None,
            }
        })
        .inner
    }

    fn empty_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let (words, button) = if self.text.is_empty() {
            ("Everything that is done at this desk will stand here", None)
        } else {
            ("No entry has these letters", Some(Button::secondary("Clear filter")))
        };
        let shown = card(ui, |ui| empty_state(ui, Icon::ScrollText, words, button));
        shown.inner.then(|| {
            self.text.clear();
            Action::JournalFilter { text: String::new() }
        })
    }

    fn table_ui(&mut self, ui: &mut Ui, data: &JournalData<'_>) -> Option<Action> {
        let mut selected = data.lines.iter().position(|line| Some(line.seq) == self.selected);
        let mut last_seen = 0;
        let table = Table::new("Journal", &COLUMNS);
        let table = if std::mem::take(&mut self.goes_down) { table.focused() } else { table };
        let shown = table.show(ui, data.lines.len(), &mut selected, |row_idx| {
            last_seen = last_seen.max(row_idx);
            data.lines.get(row_idx).map(|line| row_of(line, data)).unwrap_or_default()
        });
        self.selected = selected.and_then(|idx| data.lines.get(idx)).map(|line| line.seq);
        let opened = shown.opened.and_then(|idx| data.lines.get(idx)?.case);
        if let Some(case) = opened {
            return Some(Action::OpenCase(case));
        }
        let n_lines = data.lines.len();
        let is_end_seen = last_seen + 1 >= n_lines;
        (data.has_more && is_end_seen && self.n_asked != n_lines).then(|| {
            self.n_asked = n_lines;
            Action::MoreJournal
        })
    }
}

/// Whether the chain is whole, with the hash at its end.
pub(super) fn chain_ui(ui: &mut Ui, chain: Chain<'_>, head: &str) {
    let (tone, mark, words) = match chain {
        Chain::NotChecked => {
            (Tone::Neutral, Icon::Link, "Each entry carries the hash of the one before")
        }
        Chain::Checking => (Tone::Info, Icon::Loader, "Checking file, chain and replay …"),
        Chain::Checked { is_whole: true, .. } => {
            (Tone::Ok, Icon::CircleCheck, "File, chain and replay are whole")
        }
        Chain::Checked { is_whole: false, .. } => {
            (Tone::Danger, Icon::CircleAlert, "Something does not fit. Keep the file, call support")
        }
    };
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_1;
        row(ui, scale::TARGET_MIN, |ui| {
            icon(ui, mark, scale::ICON, Ink::Tone(tone));
            text(ui, Type::BodyStrong, Ink::Strong, words);
            if !head.is_empty() {
                ui.add_space(scale::SPACE_4);
                text(ui, Type::Secondary, Ink::Muted, "head");
                text_to_copy(ui, Type::Mono, Ink::Body, &short(head)).on_hover_text(head);
            }
        });
        if let Chain::Checked { lines, .. } = chain {
            for line in lines {
                text_line(ui, Type::Secondary, Ink::Muted, line);
            }
        }
    });
}

/// `8f3a21c0…5b12e9c2`: both ends of a hash.
fn short(hash: &str) -> String {
    let head = hash.get(..HASH_SHOWN);
    let tail = hash.len().checked_sub(HASH_SHOWN).and_then(|from| hash.get(from..));
    match (head, tail) {
        (Some(head), Some(tail)) if hash.len() > 2 * HASH_SHOWN => format!("{head}…{tail}"),
        _ => hash.to_owned(),
    }
}

fn row_of<'a>(line: &'a JournalLine, data: &JournalData<'_>) -> Row<'a> {
    let clock = line.at.clock_text(data.zone);
    let day = line.at.day(data.zone);
    let time = if day == data.now.day(data.zone) {
        clock
    } else {
        format!("{} {clock}", short_day_text(day))
    };
    let number = line.case_number.as_ref().map(ToString::to_string);
    Row::new(vec![
        Cell::mono(time),
        Cell::muted(line.who.as_str()),
        Cell::muted(line.desk.as_str()),
        Cell::text(line.what.as_str()),
        number.map_or(Cell::Empty, Cell::link),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::views::testing::{self, NOW, Window};
    use egui::{Key, Modifiers};

    struct Desk {
        view: JournalView,
        command: Option<UiCommand>,
        lines: Vec<JournalLine>,
        checked: Option<(bool, Vec<String>)>,
        has_more: bool,
    }

    fn desk() -> Desk {
        Desk {
            view: JournalView::default(),
            command: None,
            lines: testing::journal(),
            checked: None,
            has_more: false,
        }
    }

    fn draw(desk: &mut Desk, ui: &mut Ui) -> Option<Action> {
        let chain = match &desk.checked {
            Some((is_whole, lines)) => Chain::Checked { is_whole: *is_whole, lines },
            None => Chain::NotChecked,
        };
        let data = JournalData {
            command: desk.command.take(),
            now: NOW,
            zone: testing::settings().desk.time_zone,
            chain,
            head: "8f3a21c04d5e66778899aabbccddeeff00112233445566778899aabb5b12e9c2",
            lines: &desk.lines,
            has_more: desk.has_more,
        };
        desk.view.ui(ui, &data)
    }

    #[test]
    fn the_chain_is_checked_by_key_and_what_was_found_is_listed() {
        let mut window = Window::new(desk(), draw);
        assert!(window.sees("8f3a21c0…5b12e9c2"));
        window.state().command = Some(UiCommand::Verify);
        window.run();
        window.click("Verify");
        assert_eq!(window.actions(), [Action::Verify, Action::Verify]);
        let lines = vec!["entry 17 does not carry the hash of entry 16".to_owned()];
        window.state().checked = Some((false, lines));
        window.run();
        assert!(window.sees("Something does not fit"));
        assert!(window.sees("entry 17"));
    }

    #[test]
    fn an_entry_leads_to_its_case() {
        let mut window = Window::new(desk(), draw);
        while !window.focused().starts_with("Time ") {
            window.tab();
        }
        window.press(Modifiers::NONE, Key::ArrowDown);
        window.enter();
        assert_eq!(window.actions(), [Action::OpenCase(testing::case_id(417))]);
    }

    #[test]
    fn older_entries_are_asked_for_once_when_the_end_is_seen() {
        let mut window = Window::new(Desk { has_more: true, ..desk() }, draw);
        window.run();
        assert_eq!(window.actions(), [Action::MoreJournal]);
        let older = testing::journal().pop().expect("a line");
        window.state().lines.push(older);
        window.run();
        assert_eq!(window.actions(), [Action::MoreJournal]);
    }

    #[test]
    fn nothing_found_offers_to_clear_the_filter() {
        let mut window = Window::new(Desk { lines: Vec::new(), ..desk() }, draw);
        window.type_text("zz");
        window.actions();
        window.click("Clear filter");
        assert_eq!(window.actions(), [Action::JournalFilter { text: String::new() }]);
    }

    #[test]
    fn pictures() {
        let lines = vec![
            "file: whole (integrity_check)".to_owned(),
            "chain: 90 entries, each carries the hash of the one before".to_owned(),
            "replay: the journal gives the same tables".to_owned(),
        ];
        let mut desk = Desk { checked: Some((true, lines)), ..desk() };
        desk.view.selected = Some(89);
        testing::pictures("journal", Page::Journal, |ui| {
            draw(&mut desk, ui);
        });
    }
}
