//! A technician at the real window: the real file, worker and views; the screen, the system's
//! dialogs, the printer and the clock are stood in for.

use egui::{Key, Modifiers};
use rusqlite::{Connection, OpenFlags};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use swapdesk::app::Setup;
use swapdesk::app::clock::Clock;
use swapdesk::app::config::Config;
use swapdesk::app::driver::{Driver, Screen};
use swapdesk::app::files::{Desktop, SheetDone};
use swapdesk::app::outside::Dialogs;
use swapdesk::domain::time::Moment;
use swapdesk::store::verify::verify;
use swapdesk::worker::demo;

/// 5 October 2017, 11:11 in Chicago.
pub const NOW: Moment = Moment(1_507_219_860_000);
/// Between two keys of a technician, in milliseconds.
const KEY_MS: i64 = 700;

/// A window on a file of its own.
pub struct Desk {
    driver: Option<Driver>,
    clock: Clock,
    answers: Arc<Mutex<VecDeque<PathBuf>>>,
    has_dialogs: bool,
    sheets: Arc<Mutex<Vec<SheetDone>>>,
    pub path: PathBuf,
    pub folder: tempfile::TempDir,
}

impl Desk {
    /// On the file of the demo: made-up people, keys, and four visits.
    pub fn demo() -> Self {
        static FILE: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = FILE.get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("demo.swapdesk");
            demo::make(&path, NOW).expect("the demo");
            std::fs::read(&path).expect("its bytes")
        });
        Self::on(bytes)
    }

    /// On the demo's file, with a stick at hand: the system's dialog is answered with the exports of
    /// a device before its removal, then with those after it.
    pub fn with_exports() -> Self {
        let desk = Self::demo();
        for path in desk.exports() {
            desk.will_choose(path);
        }
        desk
    }

    /// Writes the demo's exports beside the file: before and after a removal.
    pub fn exports(&self) -> [PathBuf; 2] {
        demo::exports::write(&self.folder.path().join("stick")).expect("written")
    }

    /// On a file that is not there yet.
    pub fn empty() -> Self {
        Self::open(tempfile::tempdir().expect("a folder"))
    }

    /// On a file that holds these bytes.
    pub fn on(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("desk.swapdesk"), bytes).expect("a file");
        Self::open(folder)
    }

    fn open(folder: tempfile::TempDir) -> Self {
        let path = folder.path().join("desk.swapdesk");
        let clock = Clock::still(NOW);
        let (answers, sheets) = (Arc::default(), Arc::default());
        let has_dialogs = true;
        let mut desk = Self { driver: None, clock, answers, has_dialogs, sheets, path, folder };
        desk.reopen();
        desk
    }

    /// Opens the window anew, on a system that has neither dialogs for files nor a printer and a viewer.
    pub fn without_dialogs(mut self) -> Self {
        self.has_dialogs = false;
        self.reopen();
        self
    }

    /// Closes the window, if it is open, and opens a new one on the same file.
    pub fn reopen(&mut self) {
        drop(self.driver.take());
        let setup = Setup {
            path: self.path.clone(),
            clock: self.clock.clone(),
            dialogs: if self.has_dialogs {
                Dialogs::Prepared(Arc::clone(&self.answers))
            } else {
                Dialogs::Missing
            },
            desktop: if self.has_dialogs {
                Desktop::Record(Arc::clone(&self.sheets))
            } else {
                Desktop::Missing
            },
            config: Config::default(),
            renderer: "tests",
        };
        self.driver = Some(Driver::open(setup, Screen::default()).expect("a window"));
    }

    /// Closes the window; the file is whole then, or this says what is not.
    pub fn close(mut self) {
        drop(self.driver.take());
        let report = verify(&self.path).expect("verified");
        assert!(report.is_whole(), "{:?}", report.lines);
    }

    pub fn driver(&mut self) -> &mut Driver {
        self.driver.as_mut().expect("a window")
    }

    fn window(&self) -> &Driver {
        self.driver.as_ref().expect("a window")
    }

    pub fn type_text(&mut self, text: &str) {
        let n_letters = i64::try_from(text.chars().count()).expect("letters");
        self.clock.advance_ms(KEY_MS * n_letters);
        self.driver().type_text(text);
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.clock.advance_ms(KEY_MS);
        self.driver().press(modifiers, key);
    }

    pub fn key(&mut self, key: Key) {
        self.press(Modifiers::NONE, key);
    }

    pub fn ctrl(&mut self, key: Key) {
        self.press(Modifiers::COMMAND, key);
    }

    pub fn ctrl_shift(&mut self, key: Key) {
        self.press(Modifiers::COMMAND | Modifiers::SHIFT, key);
    }

    pub fn alt(&mut self, key: Key) {
        self.press(Modifiers::ALT, key);
    }

    pub fn enter(&mut self) {
        self.key(Key::Enter);
    }

    pub fn esc(&mut self) {
        self.key(Key::Escape);
    }

    /// The main button of the step.
    pub fn go_on(&mut self) {
        self.ctrl(Key::Enter);
    }

    /// Ends a removal by the technician's word that nothing is left: it is asked for, never assumed.
    pub fn state_removed(&mut self) {
        self.go_on();
        self.see("Choose how it ended");
        self.key(Key::Num1);
        self.go_on();
    }

    pub fn n_keys(&self) -> usize {
        self.window().n_keys()
    }

    /// A barcode, and the Enter behind it.
    pub fn scan(&mut self, code: &str) {
        self.driver().scan(code);
    }

    /// Turns to a customer whom the words name, and opens their case.
    pub fn serve(&mut self, words: &str) {
        self.key(Key::F2);
        self.ctrl(Key::F);
        self.type_text(words);
        self.enter();
    }

    /// Gives the focus to the field or button of this name, as a click does.
    pub fn click(&mut self, name: &str) {
        self.clock.advance_ms(KEY_MS);
        let is_there = self.driver().click(name);
        assert!(is_there, "nothing is called {name:?}; there is:\n{}", self.screen());
    }

    /// Clicks the row whose name begins like this.
    pub fn click_row(&mut self, begins: &str) {
        let row = self.window().seen().find(|seen| {
            seen.node.role() == egui::accesskit::Role::ListItem && seen.name().contains(begins)
        });
        let name = row.map(|row| row.name().to_owned());
        let name = name.unwrap_or_else(|| panic!("no row {begins:?} in:\n{}", self.screen()));
        self.click(&name);
    }

    /// Clicks a field and types over what stands in it.
    pub fn fill(&mut self, field: &str, text: &str) {
        self.click(field);
        self.ctrl(Key::A);
        self.type_text(text);
    }

    /// What stands in a field.
    pub fn value(&self, field: &str) -> String {
        let is_it = |seen: &swapdesk::raster::headless::Seen<'_>| {
            use egui::accesskit::Role::{MultilineTextInput, TextInput};
            seen.name() == field && matches!(seen.node.role(), TextInput | MultilineTextInput)
        };
        let found = self.window().seen().find(is_it);
        let found = found.unwrap_or_else(|| panic!("no field {field:?} in:\n{}", self.screen()));
        found.node.value().unwrap_or_default().to_owned()
    }

    /// The name of what has the focus.
    pub fn focus(&self) -> String {
        self.window().focused().map(|seen| seen.name().to_owned()).unwrap_or_default()
    }

    pub fn sees(&self, words: &str) -> bool {
        let holds = |text: Option<&str>| text.is_some_and(|text| text.contains(words));
        self.window().seen().any(|seen| {
            seen.name().contains(words)
                || holds(seen.node.value())
                || holds(seen.node.description())
        })
    }

    #[track_caller]
    pub fn see(&self, words: &str) {
        assert!(self.sees(words), "{words:?} is not on the screen:\n{}", self.screen());
    }

    #[track_caller]
    pub fn see_no(&self, words: &str) {
        assert!(!self.sees(words), "{words:?} is on the screen:\n{}", self.screen());
    }

    /// All that a screen reader could say, a line each.
    pub fn screen(&self) -> String {
        let lines = self.window().seen().filter_map(|seen| {
            let value = seen.node.value().filter(|value| *value != seen.name());
            let says = format!("{} {}", seen.name(), value.unwrap_or_default());
            let says = says.trim();
            (!says.is_empty()).then(|| format!("  {:?}: {says}", seen.node.role()))
        });
        let focus = self.focus();
        lines.chain([format!("  focus: {focus:?}")]).collect::<Vec<_>>().join("\n")
    }

    /// Lets time pass.
    pub fn wait_ms(&mut self, ms: i64) {
        self.clock.advance_ms(ms);
        self.driver().settle();
    }

    /// Rows of the file, columns joined by a bar.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        use rusqlite::types::ValueRef;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(&self.path, flags).expect("the file");
        let mut statement = connection.prepare(sql).expect("a query");
        let n_columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let cells = (0..n_columns).map(|idx| match row.get_ref(idx)? {
                ValueRef::Null => Ok("NULL".to_owned()),
                ValueRef::Integer(number) => Ok(number.to_string()),
                ValueRef::Text(text) => Ok(String::from_utf8_lossy(text).into_owned()),
                other => Ok(format!("{other:?}")),
            });
            Ok(cells.collect::<Result<Vec<_>, rusqlite::Error>>()?.join("|"))
        });
        rows.expect("rows").map(|row| row.expect("a row")).collect()
    }

    /// The only cell of a query.
    pub fn cell(&self, sql: &str) -> String {
        let rows = self.rows(sql);
        assert_eq!(rows.len(), 1, "{sql}: {rows:?}");
        rows.into_iter().next().unwrap_or_default()
    }

    /// The kinds of the last `n` entries, oldest first.
    pub fn last_entries(&self, n: usize) -> Vec<String> {
        let sql = format!("SELECT kind FROM journal ORDER BY seq DESC LIMIT {n}");
        let mut kinds = self.rows(&sql);
        kinds.reverse();
        kinds
    }

    /// Writes a file beside the desk's.
    pub fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        path
    }

    /// Copies files of the evidence corpus into a folder beside the desk's file.
    pub fn evidence(&self, folder: &str, files: &[&str]) -> PathBuf {
        let path = self.folder.path().join(folder);
        std::fs::create_dir_all(&path).expect("a folder");
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/evidence");
        for file in files {
            std::fs::copy(corpus.join(file), path.join(file)).expect("copied");
        }
        path
    }

    /// Lets frames pass until these words are on the screen.
    #[track_caller]
    pub fn wait_for(&mut self, words: &str) {
        let began = std::time::Instant::now();
        while !self.sees(words) {
            assert!(began.elapsed().as_secs() < 60, "{words:?} never came:\n{}", self.screen());
            std::thread::sleep(std::time::Duration::from_millis(20));
            self.driver().settle();
        }
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.driver().drop_file(path);
    }

    /// The system's next dialog is answered with this.
    pub fn will_choose(&self, path: PathBuf) {
        self.answers.lock().expect("answers").push_back(path);
    }

    /// What was printed, shown or saved.
    pub fn sheets(&self) -> Vec<SheetDone> {
        self.sheets.lock().expect("sheets").clone()
    }
}
