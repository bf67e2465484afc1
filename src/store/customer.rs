//! Reading customers, their subscriptions and devices.

use crate::domain::card::CustomerCard;
use crate::domain::customer::Customer;
use crate::domain::device::Device;
use crate::domain::eligibility;
use crate::domain::id::{CaseId, ExternalId, SubscriptionUid};
use crate::domain::privacy::Secret;
use crate::domain::subscription::{Channel, Reading, Subscription};
use crate::store::error::StoreError;
use crate::store::sql_types::{Day, Word, known};
use crate::store::{case_lines, settings};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

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
    Ok(statement.query_map(params, read_subscription)?.collect::<Result<_, _>>()?)
}

/// One subscription, likewise.
pub(super) fn subscription(
    conn: &Connection,
    uid: SubscriptionUid,
    besides: Option<CaseId>,
) -> Result<Option<Subscription>, StoreError> {
    let mut statement = conn.prepare_cached(select_subscription!("s.uid = :uid"))?;
    let params = named_params! { ":uid": uid, ":besides": besides };
    Ok(statement.query_row(params, read_subscription).optional()?)
}

fn read_subscription(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    let day = |column: &str| -> rusqlite::Result<Option<NaiveDate>> {
        Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
    };
    let reading = match (day("runs_until")?, day("read_on")?) {
        (Some(runs_until), Some(read_on)) => Some(Reading { runs_until, read_on }),
        (None, _) | (_, None) => None,
    };
    Ok(Subscription {
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
    })
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
