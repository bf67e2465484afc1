//! Reading customers, their subscriptions and devices.

use crate::domain::card::CustomerCard;
use crate::domain::customer::Customer;
use crate::domain::device::Device;
use crate::domain::eligibility;
use crate::domain::id::{CaseId, ExternalId, SubscriptionUid};
use crate::domain::privacy::Secret;
use crate::domain::subscription::{Channel, Reading, Subscription, Twin};
use crate::domain::subscription_mark::SubscriptionMark;
use crate::store::error::StoreError;
use crate::store::sql_types::{Day, Word, known};
use crate::store::{case_lines, settings};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};

/// A customer with all that is on file, decided for `today`.
pub(super) fn card(
    conn: &Connection,
    id: &ExternalId,
    today: NaiveDate,
) -> Result<Option<CustomerCard>, StoreError> {
    let Some(customer) = customer(conn, id)? else { return Ok(None) };
    let campaign = settings::settings(conn)?.campaign;
    let mut subscriptions = subscriptions(conn, id, None)?;
    let best = eligibility::best(&campaign, &subscriptions, today).map(|best| best.uid);
    subscriptions.sort_by_key(|subscription| {
        (Some(subscription.uid) != best, std::cmp::Reverse(subscription.runs_until().day()))
    });
    Ok(Some(CustomerCard {
        eligibility: eligibility::decide(&campaign, subscriptions.first(), today),
        devices: devices(conn, id)?,
        cases: case_lines::of_customer(conn, id)?,
        customer,
        subscriptions,
    }))
}

pub(super) fn customer(conn: &Connection, id: &ExternalId) -> Result<Option<Customer>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT * FROM customer WHERE external_id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id }, read_customer).optional()?)
}

pub(super) fn read_customer(row: &Row<'_>) -> rusqlite::Result<Customer> {
    Ok(Customer {
        external_id: row.get("external_id")?,
        given_name: row.get("given_name")?,
        surname: row.get("surname")?,
        phone: row.get("phone")?,
        phone2: row.get("phone2")?,
        email: row.get("email")?,
        street: row.get("street")?,
        city: row.get("city")?,
        state: row.get("state")?,
        postcode: row.get("postcode")?,
        member_id: row.get("member_id")?,
    })
}

/// A subscription with the case in which it was exchanged, `:besides` left out: a case does not
/// stand in its own way.
macro_rules! select_subscription {
    ($filter:literal) => {
        concat!(
            "SELECT s.*, r.runs_until, r.read_on,
                    (SELECT c.number FROM replacement p JOIN cases c ON c.id = p.case_id
                      WHERE p.subscription_uid = s.uid AND p.voided_at_ms IS NULL
                        AND p.case_id IS NOT :besides
                      ORDER BY p.issued_at_ms, p.id LIMIT 1) AS exchanged_in
               FROM subscription s LEFT JOIN subscription_reading r ON r.uid = s.uid
              WHERE ",
            $filter
        )
    };
}

/// A customer's subscriptions, the latest purchase first. What case `besides` exchanged counts as
/// not exchanged.
pub(super) fn subscriptions(
    conn: &Connection,
    customer: &ExternalId,
    besides: Option<CaseId>,
) -> Result<Vec<Subscription>, StoreError> {
    let sql = select_subscription!("s.customer = :customer ORDER BY s.purchased_on DESC, s.uid");
    let mut statement = conn.prepare_cached(sql)?;
    let params = named_params! { ":customer": customer, ":besides": besides };
    let found: Vec<Found> =
        statement.query_map(params, read_subscription)?.collect::<Result<_, _>>()?;
    found.into_iter().map(|found| with_twin(conn, found, besides)).collect()
}

/// One subscription, likewise.
pub(super) fn subscription(
    conn: &Connection,
    uid: SubscriptionUid,
    besides: Option<CaseId>,
) -> Result<Option<Subscription>, StoreError> {
    let mut statement = conn.prepare_cached(select_subscription!("s.uid = :uid"))?;
    let params = named_params! { ":uid": uid, ":besides": besides };
    let found = statement.query_row(params, read_subscription).optional()?;
    found.map(|found| with_twin(conn, found, besides)).transpose()
}

/// A subscription, and what is compared to find its twin.
struct Found {
    subscription: Subscription,
    code_mark: Option<i64>,
    receipt_mark: Option<i64>,
}

/// Another subscription that was exchanged, by one of its marks.
macro_rules! select_twin {
    ($filter:literal) => {
        concat!(
            "SELECT c.number
               FROM subscription o JOIN replacement p ON p.subscription_uid = o.uid
               JOIN cases c ON c.id = p.case_id
              WHERE ",
            $filter,
            " AND o.uid <> :uid AND p.voided_at_ms IS NULL AND p.case_id IS NOT :besides
              ORDER BY p.issued_at_ms, p.id LIMIT 1"
        )
    };
}

/// Looks for another subscription with the same code, or, when one of the two has none, with the
/// same receipt and product. An exchange of its own says enough.
fn with_twin(
    conn: &Connection,
    found: Found,
    besides: Option<CaseId>,
) -> Result<Subscription, StoreError> {
    let Found { mut subscription, code_mark, receipt_mark } = found;
    if subscription.exchanged_in.is_some() {
        return Ok(subscription);
    }
    let uid = subscription.uid;
    let twin = |sql: &str, mark: Option<i64>, others: &[(&str, &dyn ToSql)]| {
        let Some(mark) = mark else { return Ok(None) };
        let mut statement = conn.prepare_cached(sql)?;
        let mine: [(&str, &dyn ToSql); 3] =
            [(":mark", &mark), (":uid", &uid), (":besides", &besides)];
        let params = [&mine[..], others].concat();
        statement.query_row(params.as_slice(), |row| row.get("number")).optional()
    };
    let by_code = twin(select_twin!("o.code_mark = :mark"), code_mark, &[])?;
    let by_receipt = twin(
        select_twin!("o.receipt_mark = :mark AND (:code_mark IS NULL OR o.code_mark IS NULL)"),
        receipt_mark,
        &[(":code_mark", &code_mark)],
    )?;
    subscription.twin = by_code.map(Twin::Code).or_else(|| by_receipt.map(Twin::Receipt));
    Ok(subscription)
}

fn read_subscription(row: &Row<'_>) -> rusqlite::Result<Found> {
    let day = |column: &str| -> rusqlite::Result<Option<NaiveDate>> {
        Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
    };
    let reading = match (day("runs_until")?, day("read_on")?) {
        (Some(runs_until), Some(read_on)) => Some(Reading { runs_until, read_on }),
        (None, _) | (_, None) => None,
    };
    let subscription = Subscription {
        uid: row.get("uid")?,
        customer: row.get("customer")?,
        product: row.get("product")?,
        activation_code: known(row.get("activation_code")?).map(Secret::new),
        receipt_no: known(row.get("receipt_no")?),
        purchased_on: day("purchased_on")?,
        expires_on: day("expires_on")?,
        channel: Channel::from(row.get::<_, String>("channel")?),
        seats_on_file: row.get("seats")?,
        term_months_on_file: row.get("term_months")?,
        reading,
        exchanged_in: row.get("exchanged_in")?,
        twin: None,
    };
    // What was kept of an exchange comes first: the code itself may be cut since.
    let (code, receipt): (Option<i64>, Option<i64>) =
        (row.get("code_mark")?, row.get("receipt_mark")?);
    let mark = SubscriptionMark::of(&subscription);
    let marks = (code.or_else(|| mark.code_mark()), receipt.or_else(|| mark.receipt_mark()));
    Ok(Found { subscription, code_mark: marks.0, receipt_mark: marks.1 })
}

/// A customer's devices, the one of the latest visit first, as they were handed over then.
pub(super) fn devices(conn: &Connection, customer: &ExternalId) -> Result<Vec<Device>, StoreError> {
    let sql = "SELECT d.id, d.model, d.serial, d.platform, v.condition, v.accessories,
                      max(c.opened_at_ms) AS seen_at_ms
                 FROM device d JOIN case_device v ON v.device_id = d.id
                 JOIN cases c ON c.id = v.case_id
                WHERE d.customer = :customer
                GROUP BY d.id ORDER BY seen_at_ms DESC, v.position, d.id";
    let mut statement = conn.prepare_cached(sql)?;
    let params = named_params! { ":customer": customer };
    Ok(statement.query_map(params, read_device)?.collect::<Result<_, _>>()?)
}

pub(super) fn read_device(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        id: row.get("id")?,
        model: row.get("model")?,
        serial: row.get("serial")?,
        platform: row.get::<_, Word<_>>("platform")?.0,
        condition: row.get("condition")?,
        accessories: row.get("accessories")?,
    })
}
