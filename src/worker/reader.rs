//! The thread that reads: searches, cards, cases and lists. A search that a later one has
//! overtaken is not answered in full, only told as overtaken by an empty answer of its own text.

use crate::domain::card::CaseLine;
use crate::domain::customer::CustomerDraft;
use crate::domain::hit::{Found, Hit};
use crate::store::case_lines::CaseFilter;
use crate::store::reader::Reader;
use crate::store::stock::KeyQuery;
use crate::worker::Place;
use crate::worker::command::{Read, Ticket, When};
use crate::worker::event::{DeskState, Event, StockPage, WorkError};
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
    let reader = Reader::open(&at.path).map_err(WorkError::NotOpened)?;
    let mut queue = VecDeque::new();
    while let Ok(first) = inbox.recv() {
        queue.push_back(first);
        queue.extend(inbox.try_iter());
        while let Some((ticket, read)) = queue.pop_front() {
            queue.extend(inbox.try_iter());
            let is_overtaken = matches!(read, Read::Find { .. })
                && queue.iter().any(|(_, later)| matches!(later, Read::Find { .. }));
            if is_overtaken {
                at.outbox.tell(ticket, Event::Found(Found::default()));
            } else {
                at.outbox.tell_result(ticket, answer(&reader, read));
            }
        }
    }
    Ok(())
}

fn answer(reader: &Reader, read: Read) -> Result<Event, WorkError> {
    Ok(match read {
        Read::Desk(when) => desk(reader, when)?,
        Read::Find { query, limit, when } => Event::Found(reader.find(&query, limit, when.today)?),
        Read::Alike(draft, when) => Event::Alike(alike(reader, &draft, when)?),
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

/// Customers who may be the one that is being entered: the same contact, or the same name.
fn alike(reader: &Reader, draft: &CustomerDraft, when: When) -> Result<Vec<Hit>, WorkError> {
    let name = format!("{} {}", draft.given_name.trim(), draft.surname.trim());
    let has_names = !draft.given_name.trim().is_empty() && !draft.surname.trim().is_empty();
    let contact = draft.contact.trim();
    let has_contact =
        contact.contains('@') || contact.chars().filter(char::is_ascii_digit).count() >= 7;
    let mut hits: Vec<Hit> = Vec::new();
    for (is_enough, query) in [(has_contact, contact), (has_names, name.as_str())] {
        if is_enough {
            let found = reader.find(query, ALIKE_MAX, when.today)?.hits;
            let is_new = |hit: &Hit| hits.iter().all(|known| known.customer != hit.customer);
            let new: Vec<Hit> = found.into_iter().filter(is_new).collect();
            hits.extend(new);
        }
    }
    hits.truncate(ALIKE_MAX);
    Ok(hits)
}
