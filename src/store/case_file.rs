//! A case with all that its screen and its sheets show.

use crate::domain::card::{CaseFile, CaseKey, TimelineLine};
use crate::domain::case::Case;
use crate::domain::eligibility;
use crate::domain::entry::Change;
use crate::domain::entry_words;
use crate::domain::id::CaseId;
use crate::domain::replacement::{Wanted, suggest};
use crate::domain::time::Moment;
use crate::store::error::StoreError;
use crate::store::journal::Line;
use crate::store::{case, customer, settings, stock};
use rusqlite::{Connection, named_params};

/// Reads it as it is at `now`.
pub(super) fn case_file(
    conn: &Connection,
    id: CaseId,
    now: Moment,
) -> Result<Option<CaseFile>, StoreError> {
    let Some(row) = case::case(conn, id)? else { return Ok(None) };
    let (case, settings) = (row.case, settings::settings(conn)?);
    let missing = || StoreError::Damaged(format!("case {} has no customer", case.number));
    let customer = customer::customer(conn, &case.customer)?.ok_or_else(missing)?;
    let (mine, other_subscriptions): (Vec<_>, Vec<_>) =
        customer::subscriptions(conn, &case.customer, Some(id))?
            .into_iter()
            .partition(|subscription| Some(subscription.uid) == case.subscription);
    let subscription = mine.into_iter().next();
    let wanted = Wanted::of(&case, subscription.as_ref());
    let offers = if case.replacement().is_none() && case.closed.is_none() {
        let stock = stock::product_stock(conn, now, now.day(settings.desk.time_zone))?;
        suggest(&settings.campaign.withdrawn_vendor, &wanted, &stock)
    } else {
        Vec::new()
    };
    Ok(Some(CaseFile {
        eligibility: eligibility::decide(&settings.campaign, subscription.as_ref(), case.opened_on),
        known_devices: customer::devices(conn, &case.customer)?,
        key: key(conn, &case, now)?,
        timeline: timeline(conn, id)?,
        agent: settings::who(conn, row.opened_by)?,
        customer,
        subscription,
        other_subscriptions,
        wanted,
        offers,
        case,
    }))
}

/// The key that is held at `now`, else the one that was handed out last.
fn key(conn: &Connection, case: &Case, now: Moment) -> Result<Option<CaseKey>, StoreError> {
    let issued = || case.replacements.last().map(|replacement| replacement.key);
    let Some(id) = case.held_at(now).map(|hold| hold.key).or_else(issued) else {
        return Ok(None);
    };
    Ok(stock::key(conn, id)?.map(|found| CaseKey { id, key: found.key, product: found.product }))
}

/// What was done in a case, the latest first.
fn timeline(conn: &Connection, case: CaseId) -> Result<Vec<TimelineLine>, StoreError> {
    let sql = "SELECT * FROM journal WHERE case_id = :case ORDER BY seq DESC";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":case": case }, Line::read)?;
    let mut lines = Vec::new();
    for row in rows {
        let line = row?;
        let (stamp, change): (_, Change) = (line.stamp()?, line.change()?);
        lines.push(TimelineLine {
            at: stamp.at,
            who: settings::who(conn, stamp.by)?,
            what: entry_words::words(&change),
        });
    }
    Ok(lines)
}
