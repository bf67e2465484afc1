//! Swapdesk: find the customer, prove that Kaspersky is gone, hand over the right key.

pub mod domain;
pub mod exchange;
pub mod raster;
pub mod ui;
