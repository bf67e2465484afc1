//! Draws a frame: the page in its shell, a dialog over it, messages. What is asked for is routed
//! after all is drawn.

use crate::app::App;
use crate::app::model::{Model, Waiting};
use crate::app::{dialogs, obey, shortcuts};
use crate::domain::campaign::{Campaign, WindowState};
use crate::domain::people::Person;
use crate::domain::time::{count_text, day_text, short_day_text};
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::notice::NoticeKind;
use crate::ui::shell::{self, Page, Shell, ShellClick, Status};
use crate::ui::theme::{Tone, scale};
use crate::ui::views::case::{CaseData, CaseView};
use crate::ui::views::cases::{CasesData, CasesView};
use crate::ui::views::history::HistoryView;
use crate::ui::views::import::ImportView;
use crate::ui::views::journal::{Chain, JournalData, JournalView};
use crate::ui::views::keys::KeysView;
use crate::ui::views::lookup::{LookupData, LookupView, Namesakes};
use crate::ui::views::new_customer::NewCustomerView;
use crate::ui::views::palette::PaletteView;
use crate::ui::views::path::PathView;
use crate::ui::views::people::PeopleView;
use crate::ui::views::release_frozen::ReleaseFrozenView;
use crate::ui::views::settings::{FileFacts, SettingsData, SettingsView};
use crate::ui::views::stock::{StockData, StockView};
use crate::ui::views::void_key::VoidKeyView;
use crate::ui::views::word::Staff;
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::notice::Notice as Banner;
use crate::ui::widgets::progress;
use crate::ui::widgets::toast::{ToastClick, toast};
use crate::worker::event::{DeskState, Verified};
use egui::{Frame, Margin, Panel, Ui};

/// What is typed and selected, a view each.
#[derive(Default)]
pub(super) struct Views {
    pub lookup: LookupView,
    pub case: CaseView,
    pub cases: CasesView,
    pub stock: StockView,
    pub journal: JournalView,
    pub settings: SettingsView,
    pub new_customer: NewCustomerView,
    pub history: HistoryView,
    pub palette: PaletteView,
    pub path: PathView,
    pub keys: KeysView,
    pub people: PeopleView,
    pub import: ImportView,
    pub void_key: VoidKeyView,
    pub release_frozen: ReleaseFrozenView,
}

impl App {
    /// Draws the window and sends what was asked for on its way.
    pub fn ui(&mut self, ui: &mut Ui) {
        let scope = match self.model.dialog {
            Some(_) => shortcuts::Scope::Dialog,
            None => shortcuts::Scope::Page,
        };
        // In an empty box nothing was typed that Ctrl+Z could mean instead.
        let is_box_empty = self.model.page == Page::Lookup && self.views.lookup.text().is_empty();
        let undo = if self.model.offers_undo() && is_box_empty {
            shortcuts::UndoIs::OfTheWindow
        } else {
            shortcuts::UndoIs::OfTheField
        };
        let command = self.picked.take().or_else(|| shortcuts::pressed(ui.ctx(), scope, undo));
        let (command, mut asked) = match command {
            Some(command) => obey::obey(&self.model, command),
            None => (None, None),
        };
        let (page_command, dialog_command) = match scope {
            shortcuts::Scope::Page => (command, None),
            shortcuts::Scope::Dialog => (None, command),
        };
        asked = asked.or(self.shell_ui(ui, page_command));
        asked = asked.or(dialogs::ui(ui.ctx(), &mut self.views, &self.model, dialog_command));
        asked = asked.or(self.messages_ui(ui));
        if let Some(action) = asked {
            self.route(action);
            // What came of it is drawn at once, also when nothing else asks for a frame.
            ui.ctx().request_repaint();
        }
        self.hold_keys_while_writing();
        self.ask_when_due();
    }

    fn shell_ui(&mut self, ui: &mut Ui, command: Option<UiCommand>) -> Option<Action> {
        let model = &self.model;
        let deadline = model.desk.as_ref().map(|desk| deadline(&desk.settings.campaign, model));
        let initials = model.me().map(Person::initials).unwrap_or_default();
        let name = model.me().map(|me| format!("{}, {}", me.name, me.role.label().to_lowercase()));
        let name = name.unwrap_or_default();
        // A message stands on the same strip.
        let is_tight = ui.ctx().content_rect().width() < scale::NAV_NARROW_BELOW;
        let is_told = model.toast.is_some() || has_files_over(ui);
        let status_right = if is_tight && is_told { String::new() } else { status_right(model) };
        let status_left = status_left(model);
        let title = title(model);
        let shell = Shell {
            page: model.page,
            title: &title,
            deadline: deadline.as_ref().map(|(tone, text)| Chip::new(*tone, Icon::Clock, text)),
            person: model.me().map(|_| shell::Person { initials: &initials, name: &name }),
            status: Status {
                left: (status_left.0, status_left.1, &status_left.2),
                right: &status_right,
            },
            mode: self.mode,
        };
        let views = &mut self.views;
        let shown = shell.show(ui, |ui| {
            let dismissed = banner_ui(ui, model);
            let action = page_ui(ui, views, model, command);
            dismissed.or(action)
        });
        let clicked = shown.click.map(|click| match click {
            ShellClick::Go(page) => Action::Go(page),
            ShellClick::Find => Action::Do(UiCommand::Find),
            ShellClick::Person => Action::Do(UiCommand::People),
        });
        clicked.or(shown.inner)
    }

    /// What becomes of files that are held over the window.
    fn drop_words(&self) -> &'static str {
        match self.model.page {
            Page::Cases if self.model.case.is_some() => {
                "Drop: exports are read as a scan of the device, a list is imported"
            }
            Page::Settings if self.views.settings.shows_scans() => {
                "Drop: a JSON file is read as newer signatures, a list is imported"
            }
            _ => "Drop a list to import it. Exports of a device go onto the page of its case",
        }
    }

    fn messages_ui(&mut self, ui: &Ui) -> Option<Action> {
        if has_files_over(ui) {
            toast(ui.ctx(), (Tone::Info, self.drop_words()), None);
            return None;
        }
        let told = self.model.toast.as_ref()?;
        let undo = UiCommand::Undo.key_text();
        let key = self.model.offers_undo().then_some(undo.as_str());
        match toast(ui.ctx(), (told.tone, &told.words), key)? {
            ToastClick::Undo => Some(Action::Undo),
            ToastClick::Dismiss => {
                self.model.toast = None;
                None
            }
        }
    }
}

fn banner_ui(ui: &mut Ui, model: &Model) -> Option<Action> {
    let notice = model.notice.as_ref()?;
    let tone = match notice.kind {
        NoticeKind::Warning => Tone::Warn,
        NoticeKind::Error => Tone::Danger,
        NoticeKind::Done => Tone::Ok,
    };
    let next = match notice.cause.as_str() {
        "" => notice.next.clone(),
        cause => format!("{} ({cause})", notice.next),
    };
    let banner = Banner { tone, what: &notice.what, safe: &notice.safe, next: &next };
    let panel = Panel::top("notice").resizable(false).show_separator_line(false);
    // As far in as the page under it.
    let margin = Margin { top: scale::SPACE_3 as i8, ..Margin::symmetric(scale::SPACE_6 as i8, 0) };
    let frame = Frame::new().inner_margin(margin);
    let dismissed = panel.frame(frame).show(ui, |ui| banner.show(ui)).inner;
    dismissed.then_some(Action::DismissNotice)
}

fn page_ui(
    ui: &mut Ui,
    views: &mut Views,
    model: &Model,
    command: Option<UiCommand>,
) -> Option<Action> {
    let Some(desk) = &model.desk else {
        if !model.is_failed {
            let margin = Margin::symmetric(scale::SPACE_6 as i8, scale::SPACE_4 as i8);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                progress::busy(ui, "Opening the file…");
            });
        }
        return None;
    };
    match model.page {
        Page::Lookup => {
            let data = LookupData {
                command,
                now: model.now,
                today: model.today,
                settings: &desk.settings,
                n_customers: u64::try_from(desk.counts.n_customers).ok(),
                found: Some(&model.found),
                namesakes: model.namesakes.as_ref().map(|(of, hits)| Namesakes { of, hits }),
                card: model.card.as_deref(),
                open_cases: &desk.open_cases,
            };
            views.lookup.ui(ui, &data)
        }
        Page::Cases => {
            if let Some(data) = case_data(model, command) {
                return views.case.ui(ui, &data);
            }
            let zone = desk.settings.desk.time_zone;
            let (now, cases, scope) = (model.now, model.cases.as_slice(), model.case_scope());
            views.cases.ui(ui, &CasesData { command, now, zone, cases, scope })
        }
        Page::Stock => views.stock.ui(ui, &stock_data(model, desk, command)),
        Page::Journal => {
            let data = JournalData {
                command,
                now: model.now,
                zone: desk.settings.desk.time_zone,
                chain: chain(model),
                head: &desk.head,
                lines: &model.journal,
                has_more: model.journal_next.is_some(),
            };
            views.journal.ui(ui, &data)
        }
        Page::Settings => views.settings.ui(ui, &settings_data(model, desk, command)),
    }
}

fn stock_data<'a>(
    model: &'a Model,
    desk: &'a DeskState,
    command: Option<UiCommand>,
) -> StockData<'a> {
    let stock = model.stock.as_deref();
    let rows = stock.map(|stock| stock.rows.as_slice()).unwrap_or_default();
    StockData {
        command,
        now: model.now,
        counts: stock.map_or(desk.stock, |stock| stock.counts),
        products: stock.map(|stock| stock.products.as_slice()).unwrap_or_default(),
        rows,
        has_more: rows.len() >= model.n_stock_rows,
        is_read: stock.is_some(),
    }
}

fn settings_data<'a>(
    model: &'a Model,
    desk: &'a DeskState,
    command: Option<UiCommand>,
) -> SettingsData<'a> {
    SettingsData {
        command,
        now: model.now,
        today: model.today,
        settings: &desk.settings,
        signatures: &desk.signatures,
        is_folder_there: model.is_folder_there,
        staff: Staff { people: &desk.people, me: model.me },
        look: model.look,
        file: FileFacts {
            path: model.path.to_str().unwrap_or("(a path that is not text)"),
            n_customers: desk.counts.n_customers,
            n_subscriptions: desk.counts.n_subscriptions,
            n_keys: desk.counts.n_keys,
            n_cases: desk.counts.n_cases,
            version: env!("CARGO_PKG_VERSION"),
            sqlite: &desk.sqlite,
            renderer: model.renderer,
        },
        chain: chain(model),
        head: &desk.head,
    }
}

/// What is known of the journal's chain.
fn chain(model: &Model) -> Chain<'_> {
    match &model.verified {
        _ if model.is_waiting_for(&Waiting::Verify) => Chain::Checking,
        Some(Verified { lines, is_whole }) => Chain::Checked { is_whole: *is_whole, lines },
        None => Chain::NotChecked,
    }
}

/// What the page of a case and its dialogs are given; `None` while none is shown.
pub(super) fn case_data(model: &Model, command: Option<UiCommand>) -> Option<CaseData<'_>> {
    let desk = model.desk.as_ref()?;
    Some(CaseData {
        file: model.case.as_deref()?,
        settings: &desk.settings,
        people: &desk.people,
        me: model.me(),
        now: model.now,
        is_busy: model.is_writing(),
        command,
        revealed: model.revealed,
        is_unprinted: model.case.as_ref().map(|file| file.case.id) == model.unprinted,
        intake: model.intake(),
    })
}

fn title(model: &Model) -> String {
    match (&model.case, model.page) {
        (Some(file), Page::Cases) => {
            format!("{}  {}", file.case.number, file.customer.full_name())
        }
        (_, page) => page.title().to_owned(),
    }
}

/// The deadline as it stands on every screen.
fn deadline(campaign: &Campaign, model: &Model) -> (Tone, String) {
    let last = campaign.last_day();
    match campaign.state_on(model.today) {
        WindowState::NotYet => (Tone::Info, format!("Begins {}", day_text(campaign.first_day))),
        WindowState::Open { days_left: 0 } => (Tone::Danger, "Last day, until midnight".to_owned()),
        WindowState::Open { days_left } => (
            Tone::Warn,
            format!("{} left · ends {}", count_text(days_left, "day"), short_day_text(last)),
        ),
        WindowState::Over => (Tone::Neutral, format!("Offer ended {}", day_text(last))),
    }
}

/// Whether files are held over the window.
fn has_files_over(ui: &Ui) -> bool {
    ui.input(|input| !input.raw.hovered_files.is_empty())
}

/// How things are: what runs, else that nothing leaves this desk.
fn status_left(model: &Model) -> (Tone, Icon, String) {
    use crate::app::model::ImportState;
    if let ImportState::Running(path, progress) = &model.import {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let text = format!("Importing {}, {} rows", name.unwrap_or_default(), progress.n_rows);
        return (Tone::Info, Icon::Upload, text);
    }
    if model.is_waiting_for(&Waiting::Verify) {
        return (Tone::Info, Icon::ShieldCheck, "Checking file and journal…".to_owned());
    }
    if let Some(percent @ ..100) = model.names_read {
        return (Tone::Info, Icon::Search, format!("Names {percent} % ready"));
    }
    let n_open = model.desk.as_ref().map_or(0, |desk| desk.open_cases.len());
    let unprotected = model.desk.as_ref().map_or(0, |desk| {
        desk.open_cases.iter().filter(|line| line.unprotected_since.is_some()).count()
    });
    let open = count_text(i64::try_from(n_open).unwrap_or(i64::MAX), "open case");
    // Quietly: the page of the case says what is done with it.
    let new = match model.offered.last().map(String::as_str) {
        None | Some("") => String::new(),
        Some(name) => format!(" · new export: {name}"),
    };
    match unprotected {
        0 => (Tone::Neutral, Icon::HardDrive, format!("Saved on this desk · {open}{new}")),
        n => (Tone::Danger, Icon::ShieldX, format!("{n} unprotected now · {open}{new}")),
    }
}

fn status_right(model: &Model) -> String {
    let Some(desk) = &model.desk else { return String::new() };
    let keys = count_text(desk.stock.n_free.into(), "key");
    format!("{} · {keys} free · Ctrl+K commands · F1 keys", desk.settings.desk.label())
}
