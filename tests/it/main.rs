//! Stories of a technician, one file a capability. One binary: linking the window once is enough.

// Marked as tests, so that the lints for tests hold for what the stories share.
#[cfg(test)]
mod cli;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod desk_access;
#[cfg(test)]
mod desk_evidence;
#[cfg(test)]
mod desk_files;
#[cfg(test)]
mod desk_hands;
#[cfg(test)]
mod desk_no_dialogs;
mod desk_placing;
mod desk_scan;
#[cfg(test)]
mod desk_serve;
#[cfg(test)]
mod desk_steps;
#[cfg(test)]
mod find;
#[cfg(test)]
mod find_desk;
#[cfg(test)]
mod import;
#[cfg(test)]
mod scan_shell;
#[cfg(test)]
mod scan_worker;
#[cfg(test)]
mod scans;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod signatures;
#[cfg(test)]
mod store_copies;
#[cfg(test)]
mod store_crash;
#[cfg(test)]
mod store_evidence;
#[cfg(test)]
mod store_files;
#[cfg(test)]
mod store_guards;
#[cfg(test)]
mod store_keys;
#[cfg(test)]
mod store_rules;
#[cfg(test)]
mod store_schema;
#[cfg(test)]
mod store_story;
#[cfg(test)]
mod store_whole;
#[cfg(test)]
mod tidy;
