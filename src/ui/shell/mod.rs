//! The frame around every page: navigation, top bar, status bar, and the band that says that this
//! is training. It is the same everywhere, so that the eye finds deadline, person and network
//! without looking.

mod page_area;

pub use page_area::{Actions, Message, PageArea, Span, Split};

use egui::{
    Align, Align2, CornerRadius, Frame, Layout, Margin, Panel, Response, Role, Sense, Stroke, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::theme::{Ink, Mode, Tone, Type, palette, scale};
use super::widgets::avatar::avatar;
use super::widgets::chip::Chip;
use super::widgets::icon::{Icon, icon};
use super::widgets::nav_item::NavItem;
use super::widgets::text::text_line;
use super::widgets::{Selection, draw, tooltip};

/// Between the find field and what stands at its right.
const FIND_GAP: f32 = scale::SPACE_4 + scale::SPACE_1;

/// A page of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Page {
    /// Find a customer and start: home.
    #[default]
    Lookup,
    /// The cases that are open or closed here.
    Cases,
    /// The keys of this desk.
    Stock,
    /// What was done here.
    Journal,
    /// The store, the desk, the campaign, the people.
    Settings,
}

impl Page {
    /// The pages in the order of their keys; Settings stands apart, at the bottom.
    pub const ALL: [Self; 5] =
        [Self::Lookup, Self::Cases, Self::Stock, Self::Journal, Self::Settings];

    /// What the page is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Lookup => "Lookup",
            Self::Cases => "Cases",
            Self::Stock => "Stock",
            Self::Journal => "Journal",
            Self::Settings => "Settings",
        }
    }

    /// The key that turns to the page.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Lookup => "F2",
            Self::Cases => "F3",
            Self::Stock => "F4",
            Self::Journal => "F6",
            Self::Settings => "Ctrl+,",
        }
    }

    /// The icon of the page.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Lookup => Icon::Search,
            Self::Cases => Icon::FolderOpen,
            Self::Stock => Icon::KeyRound,
            Self::Journal => Icon::ScrollText,
            Self::Settings => Icon::Settings,
        }
    }
}

/// The person at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person<'a> {
    /// One to three letters.
    pub initials: &'a str,
    /// The whole name and the role: "Dana Reyes, technician".
    pub name: &'a str,
}

/// The strip at the bottom.
#[derive(Debug, Clone, Copy)]
pub struct Status<'a> {
    /// How things are, with an icon: the network, a backup that runs.
    pub left: (Tone, Icon, &'a str),
    /// Store, desk, keys: "Store 0281 · Desk 2 · 42 keys · Ctrl+K commands · F1 keys".
    pub right: &'a str,
}

/// All that the frame shows. Built afresh each frame.
#[derive(Debug, Clone, Copy)]
pub struct Shell<'a> {
    /// The page that is open.
    pub page: Page,
    /// Stands in the top bar: the page, or the case and its customer.
    pub title: &'a str,
    /// How long the campaign still runs.
    pub deadline: Option<Chip<'a>>,
    /// The person at the desk, once somebody is.
    pub person: Option<Person<'a>>,
    /// The strip at the bottom.
    pub status: Status<'a>,
    /// Whether this is training.
    pub mode: Mode,
}

/// What was pressed in the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShellClick {
    /// Turn to a page.
    Go(Page),
    /// Find something: turn to lookup, with the cursor in the box.
    Find,
    /// Another person, or the lock.
    Person,
}

/// What came of drawing the frame.
#[derive(Debug)]
pub struct ShellResponse<R> {
    /// What was pressed.
    pub click: Option<ShellClick>,
    /// What the page returned.
    pub inner: R,
}

impl Shell<'_> {
    /// Draws the frame, and `body` in the room that is left. The body starts with a [`PageArea`].
    pub fn show<R>(&self, ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> ShellResponse<R> {
        if self.mode == Mode::Training {
            training_band(ui);
        }
        self.status_bar(ui);
        let go = self.nav(ui);
        let top = self.top_bar(ui);
        let inner = Frame::new()
            .fill(palette(ui).bg_app)
            .show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                ui.shrink_clip_rect(ui.max_rect());
                body(ui)
            })
            .inner;
        ShellResponse { click: go.or(top), inner }
    }

    fn nav(&self, ui: &mut Ui) -> Option<ShellClick> {
        let is_narrow = ui.ctx().content_rect().width() < scale::NAV_NARROW_BELOW;
        let width = if is_narrow { scale::NAV_NARROW_WIDTH } else { scale::NAV_WIDTH };
        let margin = Margin::same(scale::SPACE_2 as i8);
        let frame = Frame::new().fill(palette(ui).bg_panel).inner_margin(margin);
        let panel = Panel::left("nav").resizable(false).exact_size(width).frame(frame);
        panel
            .show(ui, |ui| {
                name_node(ui, Role::Navigation, "Pages");
                ui.spacing_mut().item_spacing.y = scale::SPACE_1;
                brand(ui);
                let mut go = None;
                for page in Page::ALL {
                    if page == Page::Settings {
                        let entry = scale::MAIN_BUTTON_HEIGHT + scale::SPACE_1;
                        ui.add_space((ui.available_height() - entry).max(0.0));
                    }
                    if self.nav_item(ui, page).clicked() {
                        go = Some(ShellClick::Go(page));
                    }
                }
                go
            })
            .inner
    }

    fn nav_item(&self, ui: &mut Ui, page: Page) -> Response {
        let selection = Selection::from(self.page == page);
        NavItem { icon: page.icon(), label: page.title(), key: page.key(), selection }.show(ui)
    }

    fn top_bar(&self, ui: &mut Ui) -> Option<ShellClick> {
        let margin = Margin::symmetric(scale::SPACE_6 as i8, 0);
        let frame = Frame::new().fill(palette(ui).bg_panel).inner_margin(margin);
        let panel = Panel::top("top").resizable(false).exact_size(scale::TOP_BAR_HEIGHT);
        panel
            .frame(frame)
            .show(ui, |ui| {
                name_node(ui, Role::Banner, self.title);
                ui.horizontal_centered(|ui| self.top_bar_contents(ui)).inner
            })
            .inner
    }

    /// Left to right, so that the Tab key goes the way the eye does: widths are known beforehand.
    fn top_bar_contents(&self, ui: &mut Ui) -> Option<ShellClick> {
        ui.spacing_mut().item_spacing.x = 0.0;
        let has_find = self.page != Page::Lookup;
        let chip = self.deadline.map_or(0.0, |chip| chip.width(ui) + scale::SPACE_4);
        let person = self.person.map_or(0.0, |_| scale::AVATAR_SIZE);
        let gap = if has_find { FIND_GAP } else { 0.0 };
        let room = ui.available_width() - chip - person - gap - scale::SPACE_6;
        let find = match (has_find, scale::FIND_WIDTH.min(room / 2.0)) {
            (false, _) => 0.0,
            // Too narrow for its words: the icon alone.
            (true, width) if width < scale::FIND_WIDTH / 2.0 + scale::SPACE_8 => {
                scale::CONTROL_HEIGHT
            }
            (true, width) => width,
        };
        let (_, title) = ui.allocate_space(vec2(room - find, scale::CONTROL_HEIGHT));
        let place = UiBuilder::new().max_rect(title).layout(Layout::left_to_right(Align::Center));
        let heading = text_line(&mut ui.new_child(place), Type::Page, Ink::Strong, self.title);
        ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(Role::Heading));
        ui.add_space(scale::SPACE_6);
        let mut click = None;
        if has_find {
            if find_field(ui, find).clicked() {
                click = Some(ShellClick::Find);
            }
            ui.add_space(FIND_GAP);
        }
        if let Some(chip) = self.deadline {
            chip.show(ui);
            ui.add_space(scale::SPACE_4);
        }
        if let Some(person) = self.person
            && avatar(ui, person.initials, person.name).clicked()
        {
            click = Some(ShellClick::Person);
        }
        click
    }

    fn status_bar(&self, ui: &mut Ui) {
        let margin = Margin::symmetric(scale::SPACE_3 as i8, 0);
        let frame = Frame::new().fill(palette(ui).bg_sunken).inner_margin(margin);
        let panel = Panel::bottom("status").resizable(false).exact_size(scale::STATUS_BAR_HEIGHT);
        panel.frame(frame).show(ui, |ui| {
            name_node(ui, Role::Status, "Status");
            ui.horizontal_centered(|ui| {
                ui.spacing_mut().item_spacing.x = scale::SPACE_1;
                let (tone, mark, words) = self.status.left;
                let half = ui.available_width() / 2.0;
                icon(ui, mark, scale::ICON_SMALL, Ink::Tone(tone));
                ui.scope(|ui| {
                    ui.set_max_width(half);
                    text_line(ui, Type::Small, Ink::Body, words);
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    text_line(ui, Type::Small, Ink::Muted, self.status.right);
                });
            });
        });
    }
}

/// The program's mark and name.
fn brand(ui: &mut Ui) {
    let palette = palette(ui);
    let is_narrow = ui.available_width() < scale::NAV_NARROW_WIDTH;
    let height = scale::TOP_BAR_HEIGHT - 2.0 * scale::SPACE_2;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Swapdesk"));
    let mark_x = if is_narrow { rect.center().x } else { rect.left() + 22.0 };
    let mark = egui::Rect::from_center_size(
        pos2(mark_x, rect.center().y),
        Vec2::splat(scale::AVATAR_SIZE),
    );
    ui.painter().rect_filled(mark, scale::RADIUS_CONTROL, palette.accent_fill);
    draw::icon_at(ui, mark.center(), Icon::ShieldCheck, (scale::ICON + 1.0, palette.accent_on));
    if !is_narrow {
        let name = draw::line(ui, "Swapdesk", (Type::Section, palette.text_strong), f32::INFINITY);
        let pos = pos2(mark.right() + scale::SPACE_2 + 2.0, rect.center().y);
        draw::put(ui, pos, Align2::LEFT_CENTER, name);
    }
    ui.add_space(scale::SPACE_3);
}

/// Looks like a field, leads to lookup: there is one place to find things.
fn find_field(ui: &mut Ui, width: f32) -> Response {
    const HINT: &str = "Find customer, case or key";
    let (_, rect) = ui.allocate_space(vec2(width, scale::CONTROL_HEIGHT));
    let id = ui.make_persistent_id("find");
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), HINT));
    ui.ctx().accesskit_node_builder(id, |node| node.set_keyboard_shortcut("/"));
    let palette = palette(ui);
    let radius = CornerRadius::same(scale::RADIUS_CONTROL);
    ui.painter().rect_filled(rect, radius, palette.bg_sunken);
    if response.hovered() {
        let stroke = Stroke::new(scale::LINE, palette.line_control);
        ui.painter().rect_stroke(rect, radius, stroke, egui::StrokeKind::Inside);
    }
    let y = rect.center().y;
    let center = pos2(rect.left() + scale::CONTROL_HEIGHT / 2.0, y);
    draw::icon_at(ui, center, Icon::Search, (scale::ICON, palette.text_muted));
    if response.has_focus() {
        draw::focus_ring(ui, rect, scale::RADIUS_CONTROL);
    }
    if width <= scale::CONTROL_HEIGHT {
        return tooltip::with_key(response, HINT, "/");
    }
    let key = draw::line(ui, "/", (Type::MonoSmall, palette.text_muted), f32::INFINITY);
    let right = pos2(rect.right() - scale::SPACE_3, y);
    let key = draw::put(ui, right, Align2::RIGHT_CENTER, key);
    let x = rect.left() + 34.0;
    let hint = draw::line(ui, HINT, (Type::Secondary, palette.text_muted), key.left() - x);
    draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, hint);
    response
}

fn training_band(ui: &mut Ui) {
    let colors = palette(ui).warn;
    let frame = Frame::new().fill(colors.fg);
    let panel = Panel::top("training").resizable(false).exact_size(scale::TRAINING_BAND_HEIGHT);
    let ground = palette(ui).warn.bg;
    panel.frame(frame).show(ui, |ui| {
        let words = "TRAINING. Made-up people and keys; nothing here is real";
        let response = ui.allocate_response(ui.available_size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
        let galley = draw::line(ui, words, (Type::Label, ground), response.rect.width());
        draw::put(ui, response.rect.center(), Align2::CENTER_CENTER, galley);
    });
}

/// Gives a panel a role and a name, for those who jump between regions.
fn name_node(ui: &Ui, role: Role, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
    });
}
