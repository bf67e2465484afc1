//! The thread that reads: searches, cards, cases and lists. A search that a later one overtakes
//! ends where it is, and is answered by an empty answer without a text.
//!
//! The names are read into memory on a thread of their own, which tells how far it is; until then
//! the file answers with names as typed and their beginnings.

use crate::domain::card::CaseLine;
use crate::domain::hit::Found;
use crate::finder::Finder;
use crate::finder::names::Told;
use crate::store::case_lines::CaseFilter;
use crate::store::reader::Reader;
use crate::store::stock::KeyQuery;
use crate::worker::command::{Read, Ticket, When};
use crate::worker::event::{DeskState, Event, StockPage, WorkError};
use crate::worker::{Place, signatures};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::mpsc::Receiver;

/// Cases that a list shows at most; a filter finds the others.
const CASES_MAX: usize = 500;

/// Entries of the journal that are read at a time.
const JOURNAL_ROWS: usize = 500;

/// Customers like a new one that are shown at most.
const ALIKE_MAX: usize = 4;

/// Waits for the file, then answers what comes until nobody can ask any more.
pub(super) fn run(at: &Place, inbox: &Receiver<(Ticket, Read)>) -> Result<(), WorkError> {
    if !at.opened.wait() {
        return Ok(());
    }
    let outbox = at.outbox.clone();
    let told = Told::new(move |percent| outbox.tell_names(percent));
    let mut finder = Finder::open(&at.path, told).map_err(WorkError::NotOpened)?;
    let queue = RefCell::new(VecDeque::new());
    while let Ok(first) = inbox.recv() {
        queue.borrow_mut().push_back(first);
        loop {
            queue.borrow_mut().extend(inbox.try_iter());
            let Some((ticket, read)) = queue.borrow_mut().pop_front() else { break };
            let is_overtaken = || {
                let mut queue = queue.borrow_mut();
                queue.extend(inbox.try_iter());
                queue.iter().any(|(_, later)| matches!(later, Read::Find { .. }))
            };
            at.outbox.tell_result(ticket, answer(&mut finder, read, &is_overtaken));
        }
    }
    Ok(())
}

fn answer(
    finder: &mut Finder,
    read: Read,
    is_overtaken: &dyn Fn() -> bool,
) -> Result<Event, WorkError> {
    Ok(match read {
        Read::Find { query, limit, when } => {
            let found = finder.find(&query, (limit, when.today), is_overtaken)?;
            Event::Found(found.unwrap_or_else(Found::default))
        }
        Read::Alike(draft, when) => Event::Alike(finder.alike(&draft, (ALIKE_MAX, when.today))?),
        Read::Namesakes(customer, when) => {
            Event::Namesakes { hits: finder.namesakes(&customer, when.today)?, of: customer }
        }
        other => page(finder.reader(), other)?,
    })
}

/// What is read from the file as it is.
fn page(reader: &Reader, read: Read) -> Result<Event, WorkError> {
    Ok(match read {
        Read::Desk(when) => desk(reader, when)?,
        Read::Customer(customer, when) => {
            Event::Customer(reader.customer_card(&customer, when.today)?.map(Box::new))
        }
        Read::Case(case, when) => Event::Case(reader.case_file(case, when.now)?.map(Box::new)),
        Read::Cases(query, _) => {
            let filter = match (query.text.trim(), query.with_closed) {
                ("", false) => CaseFilter::Open,
                ("", true) => CaseFilter::All,
                (text, _) => CaseFilter::Text(text),
            };
            let mut lines = reader.case_lines(filter, CASES_MAX)?;
            if !query.with_closed {
                lines.retain(|line| line.closing.is_none());
            }
            Event::Cases(lines)
        }
        Read::Stock { text, limit, when } => stock(reader, text, (limit, when))?,
        Read::Journal { text, before } => {
            let page = reader.journal_page(&text, before, JOURNAL_ROWS)?;
            Event::Journal { lines: page.lines, before, next: page.next_before }
        }
        // Answered by the finder, which comes first.
        Read::Find { .. } | Read::Alike(..) | Read::Namesakes(..) => Event::Found(Found::default()),
    })
}

/// What the whole window shows.
pub(super) fn desk(reader: &Reader, when: When) -> Result<Event, WorkError> {
    let settings = reader.settings()?;
    let mut open_cases = reader.case_lines(CaseFilter::Open, CASES_MAX)?;
    // The oldest gap first, then who has waited longest.
    open_cases.sort_by_key(|line: &CaseLine| {
        (line.unprotected_since.is_none(), line.unprotected_since, line.opened_at)
    });
    let stock = reader.stock_counts(when.now, settings.desk.time_zone)?;
    Ok(Event::Desk(Box::new(DeskState {
        people: reader.people()?,
        signatures: signatures::here(reader)?,
        counts: reader.file_counts()?,
        head: reader.head()?.hash,
        sqlite: reader.sqlite_version().to_owned(),
        stock,
        open_cases,
        settings,
    })))
}

fn stock(reader: &Reader, text: String, (limit, when): (usize, When)) -> Result<Event, WorkError> {
    let zone = reader.settings()?.desk.time_zone;
    let query = KeyQuery { text: &text, state: None, offset: 0, limit };
    let rows = reader.key_rows(query, when.now)?;
    let counts = reader.stock_counts(when.now, zone)?;
    let frozen = if counts.n_frozen == 0 {
        Vec::new()
    } else {
        let all = KeyQuery { text: "", state: Some("frozen"), offset: 0, limit: usize::MAX };
        reader.key_rows(all, when.now)?
    };
    Ok(Event::Stock(Box::new(StockPage {
        rows,
        frozen: frozen.into_iter().map(|row| row.id).collect(),
        counts,
        products: reader.product_stock(when.now, when.today)?,
        text,
    })))
}
