//! A throw-away file with made-up people and keys, for `demo`: to try the program with, and to
//! learn it. Everything is relative to the day it is made on, so there are always 17 days left.

mod directory;
pub mod exports;
mod visits;

use crate::domain::campaign::{Campaign, DayCounting};
use crate::domain::entry::{Change, FileMark, Stamp};
use crate::domain::id::PersonId;
use crate::domain::intake::{ImportNews, Intake};
use crate::domain::people::{Person, Role};
use crate::domain::settings::{Desk, Settings};
use crate::domain::time::Moment;
use crate::store::Store;
use crate::store::digest::sha256_of;
use crate::store::error::StoreError;
use crate::store::import::{ImportJob, ImportMode};
use chrono::{Days, NaiveDate};
use std::ops::ControlFlow;
use std::path::Path;

/// Days that the campaign of the demo has been running: 17 of its 45 are left.
const DAYS_RUNNING: u64 = 27;

/// A minute, in milliseconds.
const MINUTE_MS: i64 = 60_000;

/// Makes the file at `path`, where none is, as it stands at `now`.
pub fn make(path: &Path, now: Moment) -> Result<(), StoreError> {
    let mut store = Store::open(path, now.plus_ms(-600 * MINUTE_MS))?;
    let settings = settings(now.day(Desk::default().time_zone));
    let at = now.plus_ms(-599 * MINUTE_MS);
    let lead = lead(&store)?;
    store.record(Stamp::new(at, Some(lead)), Change::SettingsChanged { settings })?;
    let people = people(&store, at)?;
    for person in people.clone() {
        store.record(Stamp::new(at, Some(lead)), Change::PersonSet { person })?;
    }
    let today = now.day(Desk::default().time_zone);
    import(&mut store, at, "customers.csv", directory::customers(), Store::import_customers)?;
    let subscriptions = directory::subscriptions(today);
    import(&mut store, at, "subscriptions.csv", subscriptions, Store::import_subscriptions)?;
    import(&mut store, at, "keys.csv", directory::keys(), Store::import_keys)?;
    let technician = people.first().map(|person| person.id);
    visits::make(&mut store, technician, now)
}

/// A campaign around `today`, and the words that say that all of it is made up.
fn settings(today: NaiveDate) -> Settings {
    let first_day = today.checked_sub_days(Days::new(DAYS_RUNNING)).unwrap_or(today);
    Settings {
        desk: Desk {
            store_name: "Best Buy Training".to_owned(),
            store_no: "0281".to_owned(),
            desk_no: 2,
            case_prefix: "D2".to_owned(),
            phone: "(612) 555-0100".to_owned(),
            ..Desk::default()
        },
        campaign: Campaign {
            first_day,
            counting: DayCounting::FirstDayIncluded,
            ..Campaign::default()
        },
        is_training: true,
        watched_folder: String::new(),
    }
}

fn lead(store: &Store) -> Result<PersonId, StoreError> {
    let people = store.read().people()?;
    let lead = people.iter().find(|person| person.role == Role::Lead);
    lead.map(|person| person.id).ok_or_else(|| StoreError::Damaged("no lead".to_owned()))
}

/// The two people of a new file get names, and an auditor comes.
fn people(store: &Store, at: Moment) -> Result<Vec<Person>, StoreError> {
    let mut people = store.read().people()?;
    people.sort_by_key(|person| person.role);
    for (person, name) in people.iter_mut().zip(["Dana Reyes", "Morgan Lee"]) {
        name.clone_into(&mut person.name);
    }
    people.push(Person {
        id: PersonId::mint(at),
        name: "Alex Kim".to_owned(),
        role: Role::Auditor,
        is_active: true,
    });
    Ok(people)
}

/// Imports rows as if they came from a file.
fn import<R>(
    store: &mut Store,
    at: Moment,
    name: &str,
    rows: Vec<R>,
    import: super::import::Import<R>,
) -> Result<(), StoreError> {
    // Nothing was read from a disk: it is the digest of no bytes.
    let sha256 = sha256_of(std::io::empty())?;
    let file = FileMark { name: name.to_owned(), sha256 };
    let numbered = rows.into_iter().zip(2..);
    let rows = numbered.map(|(row, line_no)| Intake::Row { line_no, at_byte: 0, row });
    let mut rows = rows.chain([Intake::End(file)]);
    let mut watch = |news| {
        if let ImportNews::Refused(line) = news {
            log::error!("the demo's own data were refused: {line}");
        }
        ControlFlow::Continue(())
    };
    let job = ImportJob { stamp: Stamp::new(at, None), mode: ImportMode::Keep, watch: &mut watch };
    import(store, &mut rows, job).map(drop)
}
