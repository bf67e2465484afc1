//! Stories of a technician, one file a capability. One binary: linking the window once is enough.

mod shop;
mod store_story;
