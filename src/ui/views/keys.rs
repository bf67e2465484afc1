//! The dialog that lists every key (F1), in groups.

use egui::{Context, EventFilter, Key, Modifiers, ScrollArea, Ui};

use crate::ui::action::Action;
use crate::ui::command::{Place, UiCommand, shortcut_text};
use crate::ui::shell::Page;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::section_title;
use crate::ui::widgets::key_hint::key_box;
use crate::ui::widgets::modal::dialog;
use crate::ui::widgets::row::{at_right, row};
use crate::ui::widgets::text::text_line;

/// Keys that are no commands: what they do, and the keys.
const IN_LISTS: [(&str, &[&str]); 6] = [
    ("Open what is selected", &["Enter"]),
    ("Move the selection", &["↑", "↓"]),
    ("Pick a hit or somebody alike", &["Alt+1", "…", "Alt+9"]),
    ("Pick a choice", &["1", "…", "9"]),
    ("Tick", &["Space"]),
    ("Next field, field before", &["Tab", "Shift+Tab"]),
];
const IN_WINDOW: [(&str, &[&str]); 3] =
    [("Larger", &["Ctrl++"]), ("Smaller", &["Ctrl+-"]), ("As it was", &["Ctrl+0"])];
/// What is seen of the list at once, as a share of the window.
const HEIGHT_SHARE: f32 = 0.7;

/// What the dialog draws.
#[derive(Debug, Clone, Copy)]
pub struct KeysData {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
}

/// The dialog that lists every key.
#[derive(Debug, Default)]
pub struct KeysView;

impl KeysView {
    /// Draws the dialog over the page.
    pub fn ui(&mut self, ctx: &Context, data: KeysData) -> Option<Action> {
        let shown = dialog(ctx, "Keys", body_ui);
        let is_back = shown.is_close_asked || data.command == Some(UiCommand::Back);
        (shown.inner || is_back).then_some(Action::CloseDialog)
    }
}

fn body_ui(ui: &mut Ui) -> bool {
    let height = ui.ctx().content_rect().height() * HEIGHT_SHARE - scale::TOP_BAR_HEIGHT;
    let area = ScrollArea::vertical().id_salt("keys").max_height(height);
    // Where the list was in the last frame, and how far it goes.
    let at_id = ui.scope_id().with("scrolled to");
    let (at, end) = ui.data(|data| data.get_temp::<(f32, f32)>(at_id)).unwrap_or_default();
    let by = keys_scroll(ui, height);
    let area =
        if by.abs() <= 0.0 { area } else { area.vertical_scroll_offset((at + by).clamp(0.0, end)) };
    let shown = area.auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (title, place) in [
            ("Everywhere", Place::Everywhere),
            ("In a case", Place::On(Page::Cases)),
            ("With a customer", Place::On(Page::Lookup)),
            ("In Settings", Place::On(Page::Settings)),
        ] {
            section_title(ui, title, "");
            let has_key = |command: &UiCommand| !command.keys().is_empty();
            let here = UiCommand::ALL.into_iter().filter(|command| command.place() == place);
            for command in here.filter(has_key) {
                let keys: Vec<String> =
                    command.keys().iter().map(|key| shortcut_text(*key)).collect();
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                line_ui(ui, command.label().trim_end_matches('…'), &keys);
            }
            ui.add_space(scale::SPACE_3);
        }
        for (title, lines) in [("In lists and forms", &IN_LISTS[..]), ("Window", &IN_WINDOW[..])] {
            section_title(ui, title, "");
            for (what, keys) in lines {
                line_ui(ui, what, keys);
            }
            ui.add_space(scale::SPACE_3);
        }
    });
    let end = (shown.content_size.y - shown.inner_rect.height()).max(0.0);
    ui.data_mut(|data| data.insert_temp(at_id, (shown.state.clamped_offset().y, end)));
    let close = Button::secondary("Close").key("Esc").salt("close").focus_first().show(ui);
    // The arrows scroll, and the focus stays.
    let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(close.id, arrows));
    close.clicked()
}

/// How far keys scroll: ↑ ↓ by two lines, `PgUp` and `PgDn` by what is seen of the list, Home and
/// End to its ends.
fn keys_scroll(ui: &Ui, height: f32) -> f32 {
    let line = 2.0 * scale::FACT_HEIGHT;
    let page = height - line;
    let keys = [
        (Key::ArrowDown, line),
        (Key::ArrowUp, -line),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::End, f32::INFINITY),
        (Key::Home, f32::NEG_INFINITY),
    ];
    ui.input_mut(|input| {
        let mut pressed = keys.iter().filter(|(key, _)| input.consume_key(Modifiers::NONE, *key));
        pressed.next().map_or(0.0, |(_, by)| *by)
    })
}

fn line_ui(ui: &mut Ui, what: &str, keys: &[&str]) {
    row(ui, scale::FACT_HEIGHT, |ui| {
        let name = format!("{what}: {}", keys.join(" "));
        let response = text_line(ui, Type::Body, Ink::Body, what);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
        at_right(ui, |ui| {
            ui.add_space(scale::SPACE_3);
            for key in keys.iter().rev() {
                key_box(ui, key);
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::views::testing::{self, Window};

    fn draw((): &mut (), ui: &mut Ui) -> Option<Action> {
        KeysView.ui(ui.ctx(), KeysData { command: None })
    }

    #[test]
    fn every_command_stands_in_the_list_with_all_its_keys() {
        let window = Window::new((), draw);
        assert!(window.sees("Find a customer, case or key: / Ctrl+F"));
        let with_key = || UiCommand::ALL.iter().filter(|command| !command.keys().is_empty());
        let placed = with_key().filter(|command| {
            matches!(
                command.place(),
                Place::Everywhere | Place::On(Page::Cases | Page::Lookup | Page::Settings)
            )
        });
        assert_eq!(placed.count(), with_key().count(), "a group is missing");
    }

    #[test]
    fn arrows_and_page_keys_scroll_it_and_the_focus_stays() {
        let mut window = Window::new((), draw);
        let top = |window: &Window<()>| window.rect_of("Window").top();
        window.press(Modifiers::NONE, Key::Home);
        let start = top(&window);
        let mut before = start;
        // Key, and whether what stands below comes up by it.
        for (key, comes_up) in [
            (Key::ArrowDown, true),
            (Key::PageDown, true),
            (Key::ArrowUp, false),
            (Key::End, true),
            (Key::PageUp, false),
        ] {
            window.press(Modifiers::NONE, key);
            assert_eq!(top(&window) < before, comes_up, "{key:?}");
            assert_eq!(window.focused(), "Close", "{key:?}");
            before = top(&window);
        }
        window.press(Modifiers::NONE, Key::Home);
        assert!((top(&window) - start).abs() < 1.0, "{} {start}", top(&window));
    }

    #[test]
    fn enter_closes_it() {
        let mut window = Window::new((), draw);
        assert_eq!(window.focused(), "Close");
        window.enter();
        assert_eq!(window.actions(), [Action::CloseDialog]);
    }

    #[test]
    fn pictures() {
        testing::pictures("keys", Page::Lookup, |ui| {
            draw(&mut (), ui);
        });
    }
}
