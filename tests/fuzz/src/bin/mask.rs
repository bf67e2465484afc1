//! The line that is kept with a trace.
#![no_main]

use swapdesk_fuzz::claims;

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::of_mask(data));
