//! What is drawn and what was asked for. Names `domain` alone, and is the only layer beside `app`
//! that names `egui`.
//!
//! - [`theme`]: every color, size, font and distance. Views hold no literals.
//! - [`widgets`]: what two views share.
//! - [`shell`]: the frame around every page.
//! - [`views`]: one file or folder a screen.
//! - [`action`], [`command`]: what a view asks for, and every command with its key.

pub mod action;
pub mod command;
#[cfg(test)]
mod gallery;
pub mod notice;
pub mod shell;
pub mod theme;
pub mod views;
pub mod widgets;
