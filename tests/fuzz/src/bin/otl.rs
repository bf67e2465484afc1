//! OTL and its Extras.
#![no_main]

use swapdesk_fuzz::claims;

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::of_reader(claims::OTL, data));
