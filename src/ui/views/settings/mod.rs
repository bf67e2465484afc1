//! Settings: what the store sets once, who works here, how the window looks, and the file.
//!
//! A lead saves what is set for the store; when a technician is at the desk, a lead is chosen from
//! the list. How the window looks is each person's own and takes effect at once.

mod appearance;
mod campaign;
mod file;
mod form;
mod people;
mod scans;
mod signatures;
mod store;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use egui::{Key, Modifiers, Ui};
use std::path::Path;

use self::form::{Form, Gap};
use self::people::PeopleForm;
use self::signatures::SignaturesPart;
use crate::domain::entry::Change;
use crate::domain::id::PersonId;
use crate::domain::settings::Settings;
use crate::domain::signature_file::SignaturesHere;
use crate::domain::time::{Moment, short_day_text};
use crate::ui::action::{Action, Look};
use crate::ui::command::UiCommand;
use crate::ui::shell::{Actions, Message, PageArea};
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::views::journal::Chain;
use crate::ui::views::numbers::thousands;
use crate::ui::views::word::{LeadChoice, Staff};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card, list_card};
use crate::ui::widgets::focus;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::text::text;

/// How wide the list of sections is.
const LIST_WIDTH: f32 = 280.0;

/// What the page draws.
#[derive(Debug, Clone, Copy)]
pub struct SettingsData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// The moment of this frame; a new person's id is minted with it.
    pub now: Moment,
    /// The store's day.
    pub today: NaiveDate,
    /// As they are in the file.
    pub settings: &'a Settings,
    /// Which signatures scans use.
    pub signatures: &'a SignaturesHere,
    /// Whether the folder that is watched is there; `None` until somebody looked.
    pub is_folder_there: Option<bool>,
    /// Who is here, and who is at the desk.
    pub staff: Staff<'a>,
    /// How the window looks.
    pub look: Look,
    /// The file and the program.
    pub file: FileFacts<'a>,
    /// What is known of the journal's chain.
    pub chain: Chain<'a>,
    /// The hash at its end.
    pub head: &'a str,
}

/// What is said about the file and the program.
#[derive(Debug, Clone, Copy)]
pub struct FileFacts<'a> {
    /// Where the file lies.
    pub path: &'a str,
    /// Customers in it.
    pub n_customers: i64,
    /// Subscriptions in it.
    pub n_subscriptions: i64,
    /// Keys in it.
    pub n_keys: i64,
    /// Cases in it.
    pub n_cases: i64,
    /// The program's version.
    pub version: &'a str,
    /// SQLite's version.
    pub sqlite: &'a str,
    /// What draws the window: `glow` or `wgpu`.
    pub renderer: &'a str,
}

/// A part of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    #[default]
    Store,
    Campaign,
    People,
    Scans,
    Appearance,
    File,
}

impl Section {
    const ALL: [(Self, &'static str, Key); 6] = [
        (Self::Store, "Store and desk", Key::Num1),
        (Self::Campaign, "Campaign", Key::Num2),
        (Self::People, "People", Key::Num3),
        (Self::Scans, "Scans", Key::Num4),
        (Self::Appearance, "Appearance", Key::Num5),
        (Self::File, "File", Key::Num6),
    ];

    /// Whether it has a Save button at the bottom.
    const fn is_saved(self) -> bool {
        matches!(self, Self::Store | Self::Campaign | Self::Scans)
    }
}

/// Settings. Keeps what is typed until it is saved.
#[derive(Debug, Default)]
pub struct SettingsView {
    section: Section,
    /// What is typed; `None` while nothing differs from the file.
    form: Option<Form>,
    is_tried: bool,
    lead: LeadChoice,
    people: PeopleForm,
    signatures: SignaturesPart,
    /// A folder that was chosen in the system's dialog, not in the form yet.
    picked: Option<String>,
}

impl SettingsView {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, data: &SettingsData<'_>) -> Option<Action> {
        self.take_keys(ui, data.command);
        let mut form = self.form.take().unwrap_or_else(|| Form::of(data.settings));
        if let Some(folder) = self.picked.take() {
            form.watched_folder = folder;
            self.section = Section::Scans;
        }
        let gaps = form.read(data.settings).err().unwrap_or_default();
        let shown = if self.is_tried { gaps.as_slice() } else { &[] };
        let bar = if self.section.is_saved() { Actions::Bar } else { Actions::None };
        let page = PageArea::new(ui, bar);
        let drawn = page.scrolling_body(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = scale::SPACE_4;
                ui.vertical(|ui| {
                    ui.set_width(LIST_WIDTH.min(ui.available_width() / 3.0));
                    self.list_ui(ui, data);
                });
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(scale::SPACE_2, scale::SPACE_3);
                    self.section_ui(ui, data, (&mut form, shown))
                })
                .inner
            })
            .inner
        });
        let saved =
            if self.section.is_saved() { self.save_ui(ui, data, (page, &form)) } else { None };
        let is_changed = form.read(data.settings).as_ref() != Ok(data.settings);
        self.form = is_changed.then_some(form);
        drawn.or(saved)
    }

    /// A folder was chosen to be watched; it counts once it is saved.
    pub fn folder_picked(&mut self, folder: &Path) {
        self.picked = folder.to_str().map(str::to_owned);
    }

    /// A file of signatures was dropped on the page: the lead who says that it is used. While
    /// there is none, that is said where the signatures are.
    pub fn signatures_dropped(&mut self, staff: Staff<'_>) -> Option<PersonId> {
        self.signatures.ask(&self.lead, staff)
    }

    /// Whether exports and signatures are what the page shows.
    pub fn shows_scans(&self) -> bool {
        self.section == Section::Scans
    }

    /// The file of signatures that was chosen was read: why it is not used, if it is not.
    pub fn signatures_read(&mut self, name: &str, refused: Option<&str>) {
        self.signatures.read(name, refused);
    }

    fn take_keys(&mut self, ui: &Ui, command: Option<UiCommand>) {
        let by_command = match command {
            Some(UiCommand::Step1) => Some(Section::Store),
            Some(UiCommand::Step2) => Some(Section::Campaign),
            Some(UiCommand::Step3) => Some(Section::People),
            Some(UiCommand::ChooseSignatures | UiCommand::ResetSignatures) => Some(Section::Scans),
            _ => None,
        };
        let by_key = ui.input_mut(|input| {
            let mut all = Section::ALL.into_iter();
            all.find(|(_, _, key)| input.consume_key(Modifiers::ALT, *key))
        });
        if let Some(section) = by_command.or(by_key.map(|(section, _, _)| section)) {
            self.section = section;
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, data: &SettingsData<'_>) {
        let n_people = data.staff.people.iter().filter(|person| person.is_active).count();
        let zoom = (ui.ctx().zoom_factor() * 100.0).round();
        let desk = &data.settings.desk;
        let notes = [
            format!("{}, desk {}", desk.store_name, desk.desk_no),
            format!("ends {}", short_day_text(data.settings.campaign.last_day())),
            match n_people {
                1 => "1 person".to_owned(),
                n => format!("{n} people"),
            },
            match data.settings.watched_folder.as_str() {
                "" => "no folder is watched".to_owned(),
                folder if data.is_folder_there == Some(false) => format!("not there: {folder}"),
                folder => format!("watches {folder}"),
            },
            format!("{}, {zoom} %", appearance::label(data.look)),
            format!("{} customers", thousands(data.file.n_customers.unsigned_abs())),
        ];
        list_card(ui, "Settings", |ui| {
            for (row_idx, ((section, title, _), note)) in
                Section::ALL.into_iter().zip(&notes).enumerate()
            {
                let row = ListRow::new(title)
                    .number(row_idx + 1)
                    .subtitle(note)
                    .selected(section == self.section)
                    .position(row_idx, Section::ALL.len());
                let response = row.show(ui);
                if section == self.section {
                    focus::at_first_sight(&response);
                }
                if response.clicked() {
                    self.section = section;
                }
            }
        });
        text(ui, Type::Small, Ink::Muted, "Alt and the number turns to a part");
    }

    fn section_ui(
        &mut self,
        ui: &mut Ui,
        data: &SettingsData<'_>,
        form: (&mut Form, &[Gap]),
    ) -> Option<Action> {
        match self.section {
            Section::Store => {
                card(ui, |ui| {
                    store::ui(ui, form.0, form.1);
                    self.lead.ui(ui, data.staff);
                });
                None
            }
            Section::Campaign => {
                card(ui, |ui| {
                    campaign::ui(ui, form, data);
                    self.lead.ui(ui, data.staff);
                });
                None
            }
            Section::People => self.people.ui(ui, data, &mut self.lead),
            Section::Scans => {
                card(ui, |ui| {
                    let folder = scans::ui(ui, form.0, data);
                    ui.add_space(scale::SPACE_3);
                    let signatures = self.signatures.ui(ui, data, &self.lead);
                    self.lead.ui(ui, data.staff);
                    folder.or(signatures)
                })
                .inner
            }
            Section::Appearance => appearance::ui(ui, data.look),
            Section::File => file::ui(ui, data),
        }
    }

    fn save_ui(
        &mut self,
        ui: &mut Ui,
        data: &SettingsData<'_>,
        (page, form): (PageArea, &Form),
    ) -> Option<Action> {
        let read = form.read(data.settings);
        let is_changed = read.as_ref() != Ok(data.settings);
        let gap = read.as_ref().err().and_then(|gaps| gaps.first()).filter(|_| self.is_tried);
        let gap = gap.map(ToString::to_string);
        let message = match (&gap, is_changed) {
            (Some(gap), _) => Message { tone: Tone::Danger, icon: Icon::CircleAlert, words: gap },
            (None, true) => {
                Message { tone: Tone::Info, icon: Icon::Pencil, words: "Not saved yet" }
            }
            (None, false) => {
                Message { tone: Tone::Ok, icon: Icon::Check, words: "Everything is saved" }
            }
        };
        let blocked =
            if is_changed { self.lead.gap(data.staff) } else { Some("Nothing was changed") };
        let save = Button::primary("Save").icon(Icon::Save).key("Ctrl+Enter").main();
        let pressed = page.actions(ui, Some(message), &[save.blocked(blocked)]);
        let is_asked = pressed.is_some() || data.command == Some(UiCommand::Finish);
        if !is_asked || !is_changed {
            return None;
        }
        if let Ok(settings) = read {
            self.is_tried = false;
            self.lead.want(data.staff);
            ui.ctx().request_repaint();
            return self.lead.record(data.staff, Change::SettingsChanged { settings });
        }
        self.is_tried = true;
        ui.ctx().request_repaint();
        None
    }
}
