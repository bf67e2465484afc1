//! Ranges of keys. Most are answered from the index alone: the key that is found there says all
//! that is compared.

use crate::domain::fold;
use crate::domain::key::Column;
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use rusqlite::named_params;
use std::sync::atomic::{AtomicBool, Ordering};

/// How the words of a name stand in an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOrder {
    /// `okafor amara`.
    SurnameFirst,
    /// `amara okafor`.
    GivenFirst,
}

/// What a range of `$key` finds in `$table`: the customer's row, and what `$key` stands for. `$if`
/// is the condition of the partial index, which is used only when it is said again.
macro_rules! range {
    ($key:literal, $stored:literal, $if:literal) => {
        concat!(
            "SELECT row AS who, ",
            $stored,
            " AS stored FROM customer WHERE ",
            $key,
            " >= :from AND ",
            $key,
            " < :to AND ",
            $if,
            " ORDER BY ",
            $key,
            " LIMIT :limit"
        )
    };
    ($key:literal, $stored:literal, $if:literal, of $table:literal) => {
        // Of a cross join SQLite walks the first table first.
        concat!(
            "SELECT c.row AS who, t.",
            $stored,
            " AS stored FROM ",
            $table,
            " t CROSS JOIN customer c ON c.external_id = t.customer WHERE t.",
            $key,
            " >= :from AND t.",
            $key,
            " < :to AND t.",
            $if,
            " ORDER BY t.",
            $key,
            " LIMIT :limit"
        )
    };
}

const NAME: &str = range!("name_key", "name_key", "true");
const GIVEN: &str = range!("given_key", "given_key", "true");
const PHONE: [&str; 2] = [
    range!("phone_key", "phone_key", "phone_key <> ''"),
    range!("phone2_key", "phone2_key", "phone2_key <> ''"),
];
const PHONE_LOCAL: [&str; 2] = [
    range!("substr(phone_key, -7)", "phone_key", "length(phone_key) >= 7"),
    range!("substr(phone2_key, -7)", "phone2_key", "length(phone2_key) >= 7"),
];
const PHONE_BACKWARD: [&str; 2] = [
    range!("phone_rkey", "phone_rkey", "phone_rkey <> ''"),
    range!("phone2_rkey", "phone2_rkey", "phone2_rkey <> ''"),
];
const EMAIL: [&str; 1] = [range!("email_key", "email_key", "email_key <> ''")];
const EMAIL_BACKWARD: [&str; 1] = [range!("email_rkey", "email_key", "email_rkey <> ''")];
const CODE: [&str; 1] =
    [range!("code_key", "activation_code", "code_key <> ''", of "subscription")];
const CODE_BACKWARD: [&str; 1] =
    [range!("code_rkey", "activation_code", "code_rkey <> ''", of "subscription")];
const RECEIPT: [&str; 1] =
    [range!("receipt_key", "receipt_no", "receipt_key <> ''", of "subscription")];
const RECEIPT_BACKWARD: [&str; 1] =
    [range!("receipt_rkey", "receipt_no", "receipt_rkey <> ''", of "subscription")];
const MEMBER_ID: [&str; 3] = [
    range!("external_id", "external_id", "true"),
    range!("id_key", "id_key", "id_key <> ''"),
    range!("member_key", "member_key", "member_key <> ''"),
];
const SERIAL: [&str; 1] = [range!("serial_key", "serial", "serial_key <> ''", of "device")];
const CASE_NUMBER: [&str; 1] = [range!("number", "number", "number <> ''", of "cases")];

/// The questions that a column is asked: two where a customer may have two such keys.
fn questions(column: Column) -> &'static [&'static str] {
    match column {
        Column::Phone => &PHONE,
        Column::PhoneLocal => &PHONE_LOCAL,
        Column::PhoneBackward => &PHONE_BACKWARD,
        Column::Email => &EMAIL,
        Column::EmailBackward => &EMAIL_BACKWARD,
        // No range finds what is inside.
        Column::EmailInside => &[],
        Column::Code => &CODE,
        Column::CodeBackward => &CODE_BACKWARD,
        Column::Receipt => &RECEIPT,
        Column::ReceiptBackward => &RECEIPT_BACKWARD,
        Column::MemberId => &MEMBER_ID,
        Column::Serial => &SERIAL,
        Column::CaseNumber => &CASE_NUMBER,
    }
}

/// Every index that a range is read from, with its table and its condition.
const INDEXES: [(&str, &str, &str); 20] = [
    ("customer", "sqlite_autoindex_customer_1", "true"),
    ("customer", "customer_phone", "phone_key <> ''"),
    ("customer", "customer_phone_end", "phone_rkey <> ''"),
    ("customer", "customer_phone_local", "length(phone_key) >= 7"),
    ("subscription", "subscription_code", "code_key <> ''"),
    ("subscription", "subscription_code_end", "code_rkey <> ''"),
    ("subscription", "subscription_receipt", "receipt_key <> ''"),
    ("subscription", "subscription_receipt_end", "receipt_rkey <> ''"),
    ("customer", "customer_email", "email_key <> ''"),
    ("customer", "customer_email_local", "email_rkey <> ''"),
    ("customer", "customer_phone2", "phone2_key <> ''"),
    ("customer", "customer_phone2_end", "phone2_rkey <> ''"),
    ("customer", "customer_phone2_local", "length(phone2_key) >= 7"),
    ("customer", "customer_id", "id_key <> ''"),
    ("customer", "customer_member", "member_key <> ''"),
    ("device", "device_serial", "serial_key <> ''"),
    ("cases", "sqlite_autoindex_cases_2", "true"),
    ("subscription", "subscription_customer", "true"),
    ("customer", "customer_name", "true"),
    ("customer", "customer_given", "true"),
];

impl Reader {
    /// Reads every index of keys once, from its start to its end, so that the first ranges after a
    /// start find it in the system's memory and don't wait for the disk, page by page.
    pub fn touch_keys(&self, is_canceled: &AtomicBool) -> Result<(), StoreError> {
        for (table, index, condition) in INDEXES {
            if is_canceled.load(Ordering::Relaxed) {
                break;
            }
            let sql = format!("SELECT count(*) FROM {table} INDEXED BY {index} WHERE {condition}");
            self.conn.query_row(&sql, [], |row| row.get::<_, i64>(0))?;
        }
        Ok(())
    }

    /// Whose keys of `column` lie from `from` (included) to `to` (excluded): the customer's row
    /// and the key, as written or as folded; at most `limit` of each kind, in the order of keys.
    pub fn keys_between(
        &self,
        column: Column,
        (from, to): (&str, &str),
        limit: usize,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let mut found = Vec::new();
        for sql in questions(column) {
            found.extend(self.range(sql, (from, to), limit)?);
        }
        if column == Column::PhoneBackward {
            for (_, key) in &mut found {
                *key = fold::reversed(key);
            }
        }
        Ok(found)
    }

    /// Whose folded names begin with `beginning`, in the order of names, at most `limit`.
    pub fn names_beginning(
        &self,
        order: NameOrder,
        beginning: &str,
        limit: usize,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let sql = match order {
            NameOrder::SurnameFirst => NAME,
            NameOrder::GivenFirst => GIVEN,
        };
        self.range(sql, (beginning, &format!("{beginning}{}", char::MAX)), limit)
    }

    fn range(
        &self,
        sql: &str,
        (from, to): (&str, &str),
        limit: usize,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.conn.prepare_cached(sql)?;
        let params = named_params! { ":from": from, ":to": to, ":limit": limit };
        let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Moment;
    use crate::store::Store;
    use rusqlite::StatementStatus;

    const COLUMNS: [Column; 12] = [
        Column::Phone,
        Column::PhoneLocal,
        Column::PhoneBackward,
        Column::Email,
        Column::EmailBackward,
        Column::Code,
        Column::CodeBackward,
        Column::Receipt,
        Column::ReceiptBackward,
        Column::MemberId,
        Column::Serial,
        Column::CaseNumber,
    ];

    #[test]
    fn every_question_is_a_range_of_an_index() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("desk"), Moment(0)).expect("a file");
        let conn = &store.read().conn;
        let all = COLUMNS.into_iter().flat_map(questions).chain(&[NAME, GIVEN]);
        for sql in all {
            let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(sql);
            let params = named_params! { ":from": "a", ":to": "b", ":limit": 1 };
            let steps = plan.query_map(params, |row| row.get::<_, String>("detail")).expect(sql);
            let steps: Vec<String> = steps.collect::<Result<_, _>>().expect(sql);
            let text = steps.join("; ");
            assert!(text.starts_with("SEARCH") && text.contains('>'), "{sql}: {text}");
            assert!(!text.contains("SCAN") && !text.contains("TEMP B-TREE"), "{sql}: {text}");
            let index =
                INDEXES.iter().find(|(_, index, _)| steps[0].contains(&format!(" {index} ")));
            assert!(index.is_some(), "{sql}: {text} is not read ahead");
            let is_covered = steps[0].contains("COVERING INDEX");
            assert_eq!(is_covered, !sql.contains("CROSS JOIN"), "{sql}: {text}");
        }
    }

    #[test]
    fn every_index_of_keys_can_be_read_ahead() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("desk"), Moment(0)).expect("a file");
        store.read().touch_keys(&AtomicBool::new(false)).expect("every index");
    }

    #[test]
    fn a_question_is_planned_once_whatever_is_asked() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("desk"), Moment(0)).expect("a file");
        let reader = store.read();
        let all = COLUMNS.into_iter().flat_map(questions).chain(&[NAME, GIVEN]);
        for sql in all {
            for (from, to) in [("a", "b"), ("1", "2"), ("", "z")] {
                reader.range(sql, (from, to), 1).expect(sql);
            }
            let statement = reader.conn.prepare_cached(sql).expect(sql);
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{sql}");
            assert_eq!(statement.get_status(StatementStatus::Run), 3, "{sql}");
        }
    }
}
