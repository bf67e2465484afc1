//! Bytes of any encoding, lists of one thing a line, and telling formats apart.
#![no_main]

use swapdesk_fuzz::claims;

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::of_reader(b"", data));
