//! What the sheets say in the stories of the desk, as plain text.

use super::*;
#[test]
fn x() {}
