//! Rows: a record's fields become a customer, a subscription or a key, or a reason why not.

use crate::domain::customer::Customer;
use crate::domain::fold;
use crate::domain::id::ExternalId;
use crate::domain::intake::{FileKind, KeyLine, LineProblem, SubscriptionLine, quoted};
use crate::domain::privacy::{Secret, holds_card_number};
use crate::domain::product_text;
use crate::domain::subscription::Channel;
use crate::domain::time::parse_day;
use crate::exchange::csv::header::Places;
use crate::exchange::csv::records::Record;
use crate::exchange::export::unguarded;
use chrono::NaiveDate;

/// The longest value that is taken, in characters.
const FIELD_CHARS_MAX: usize = 256;

/// The longest id or key that is taken, in characters.
const ID_CHARS_MAX: usize = 64;

/// The largest number of seats and months, as in the catalog.
const SEATS_MAX: u16 = 999;
const TERM_MONTHS_MAX: u16 = 120;

/// A value that a kind of file holds one of in each row.
pub trait FileRow: Sized {
    /// Which kind.
    const KIND: FileKind;
    /// What may stand in a file only once, in words.
    const UNIQUE: &'static str;
    /// Reads one row.
    fn read(cells: Cells<'_>) -> Result<Self, LineProblem>;
    /// What makes two rows the same thing.
    fn identity(&self) -> String;
}

/// A row's fields, taken one after the other in the order of the kind's columns, required ones
/// first, wherever they stand in the file.
pub struct Cells<'a> {
    record: &'a Record,
    columns: std::vec::IntoIter<(&'static str, Option<usize>)>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(kind: FileKind, record: &'a Record, places: &Places) -> Self {
        let names = kind.required().iter().chain(kind.optional()).copied();
        let columns: Vec<_> = names.zip(places.iter().copied()).collect();
        Self { record, columns: columns.into_iter() }
    }

    /// The next column's name and text; an apostrophe that only guards a spreadsheet is taken off.
    fn take(&mut self) -> (&'static str, &'a str) {
        let (column, place) = self.columns.next().unwrap_or_default();
        (column, place.map_or("", |place| unguarded(self.record.field(place)).trim()))
    }

    fn text(&mut self) -> Result<String, LineProblem> {
        self.bounded(FIELD_CHARS_MAX)
    }

    fn bounded(&mut self, max: usize) -> Result<String, LineProblem> {
        let (column, text) = self.take();
        if text.len() > max && text.chars().count() > max {
            return Err(LineProblem::FieldTooLong { column, max });
        }
        if !text.contains(char::is_control) {
            return Ok(text.to_owned());
        }
        // An address over two lines is one line here.
        let text = text.replace(['\n', '\t'], " ");
        if text.contains(char::is_control) {
            return Err(LineProblem::ControlCharacter(column));
        }
        Ok(text)
    }

    /// A text that must be there.
    fn id(&mut self) -> Result<String, LineProblem> {
        let column = self.columns.as_slice().first().map_or("", |(column, _)| column);
        match self.bounded(ID_CHARS_MAX)? {
            text if text.is_empty() => Err(LineProblem::Empty(column)),
            text => Ok(text),
        }
    }

    /// A text in which people might write a card number.
    fn free_text(&mut self) -> Result<String, LineProblem> {
        let column = self.columns.as_slice().first().map_or("", |(column, _)| column);
        match self.text()? {
            text if holds_card_number(&text) => Err(LineProblem::CardNumber(column)),
            text => Ok(text),
        }
    }

    fn maybe(&mut self) -> Result<Option<String>, LineProblem> {
        Ok(Some(self.text()?).filter(|text| !text.is_empty()))
    }

    fn day(&mut self) -> Result<Option<NaiveDate>, LineProblem> {
        match self.take() {
            (_, "") => Ok(None),
            (column, text) => parse_day(text)
                .map(Some)
                .ok_or_else(|| LineProblem::NoSuchDay { column, text: quoted(text) }),
        }
    }

    fn number(&mut self, max: u16) -> Result<Option<u16>, LineProblem> {
        match self.take() {
            (_, "") => Ok(None),
            (column, text) => match text.parse() {
                Ok(number) if (1..=max).contains(&number) => Ok(Some(number)),
                Ok(_) | Err(_) => Err(LineProblem::NotANumber { column, text: quoted(text), max }),
            },
        }
    }
}

impl FileRow for Customer {
    const KIND: FileKind = FileKind::Customers;
    const UNIQUE: &'static str = "this external_id";

    fn read(mut cells: Cells<'_>) -> Result<Self, LineProblem> {
        // Fields are read in the order of the columns; optional ones stand last.
        let mut customer = Self {
            external_id: ExternalId(cells.id()?),
            given_name: cells.free_text()?,
            surname: cells.free_text()?,
            phone: cells.free_text()?,
            email: cells.free_text()?,
            street: cells.free_text()?,
            city: cells.free_text()?,
            state: cells.free_text()?,
            postcode: cells.free_text()?,
            member_id: String::new(),
            phone2: String::new(),
        };
        customer.member_id = cells.text()?;
        customer.phone2 = cells.free_text()?;
        let is_nobody = [&customer.given_name, &customer.surname, &customer.phone, &customer.email]
            .into_iter()
            .all(String::is_empty);
        if is_nobody { Err(LineProblem::Nobody) } else { Ok(customer) }
    }

    fn identity(&self) -> String {
        self.external_id.0.clone()
    }
}

impl FileRow for SubscriptionLine {
    const KIND: FileKind = FileKind::Subscriptions;
    const UNIQUE: &'static str = "the same subscription";

    fn read(mut cells: Cells<'_>) -> Result<Self, LineProblem> {
        let line = Self {
            customer: ExternalId(cells.id()?),
            product: cells.free_text()?,
            activation_code: cells.maybe()?.map(Secret::new),
            receipt_no: cells.maybe()?,
            purchased_on: cells.day()?,
            expires_on: cells.day()?,
            channel: Channel::from(cells.free_text()?),
            seats: cells.number(SEATS_MAX)?,
            term_months: cells.number(TERM_MONTHS_MAX)?,
        };
        let is_none =
            line.product.is_empty() && line.activation_code.is_none() && line.receipt_no.is_none();
        if is_none { Err(LineProblem::NoSubscription) } else { Ok(line) }
    }

    fn identity(&self) -> String {
        let code = self.activation_code.as_ref().map_or("", Secret::reveal);
        match fold::letters_and_digits(code) {
            code if code.is_empty() => format!(
                "{}\n{}\n{}\n{:?}",
                self.customer,
                product_text::words(&self.product).join(" "),
                fold::letters_and_digits(self.receipt_no.as_deref().unwrap_or_default()),
                self.purchased_on
            ),
            code => format!("{}\n{code}", self.customer),
        }
    }
}

impl FileRow for KeyLine {
    const KIND: FileKind = FileKind::Keys;
    const UNIQUE: &'static str = "this key";

    fn read(mut cells: Cells<'_>) -> Result<Self, LineProblem> {
        let product = match cells.free_text()? {
            text if text.is_empty() => return Err(LineProblem::Empty("product")),
            text => text,
        };
        let key = cells.id()?;
        if fold::letters_and_digits(&key).is_empty() {
            return Err(LineProblem::Empty("key"));
        }
        Ok(Self {
            product,
            key: Secret::new(key),
            lot: cells.free_text()?,
            expires_on: cells.day()?,
        })
    }

    fn identity(&self) -> String {
        fold::letters_and_digits(self.key.reveal())
    }
}
