//! What the handoff sheet says, line by line.
