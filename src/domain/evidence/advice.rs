//! What to do about a trace: one or two plain sentences for each kind.
//!
//! Manual deletion of drivers is never advised: a filter without its driver may cost mouse or keyboard.

use super::trace::{Kind, State, Trace};

/// What a technician does about this trace.
pub fn advice(trace: &Trace) -> &'static str {
    match (trace.kind, trace.state) {
        (_, State::Removed) => "The log says that it was removed. Take an after-export to show it.",
        (Kind::Program, _) => {
            "Uninstall it in Programs and Features, keep nothing when asked, then restart. If that fails, use kavremover."
        }
        (Kind::Service | Kind::Driver, State::FileMissing) => {
            "Its file is gone, the registration stayed. Run kavremover once more and restart; do not delete keys by hand."
        }
        (Kind::Service | Kind::Process, State::Running | State::Enabled | State::Unknown) => {
            "The product is still there. Uninstall it, or restart if the uninstall has just been done."
        }
        (Kind::Service, _) => {
            "Disabled is not removed. Uninstall the product, or run kavremover and restart."
        }
        (Kind::Driver, _) => {
            "Run kavremover for the product it belongs to, then restart. Never delete the file by hand."
        }
        (Kind::Process, _) => "Restart, then look again.",
        (Kind::SecurityCenter, _) => {
            "Alone it proves nothing: Windows can list what is long gone. Restart, then check that one other antivirus is on."
        }
        (Kind::Folder, _) => {
            "Can be deleted after the restart, once no service and no driver is left."
        }
        (Kind::RegistryKey, _) => {
            "Harmless by itself: it starts nothing, and need not be deleted by hand."
        }
        (Kind::ClassFilter, _) => {
            "If it is still there after the uninstall: take this one word out of UpperFilters, leave the others, before the restart. Without its driver the mouse or keyboard may be dead."
        }
        (Kind::NetworkFilter, _) => {
            "Untick or uninstall it in the network adapter's properties, restart, and check that the network works."
        }
        (Kind::Certificate, _) => {
            "Remove it from the trusted root certificates of this computer and of each browser."
        }
        (Kind::BrowserExtension, _) => {
            "The uninstaller leaves it behind. Remove it in each browser."
        }
        (Kind::MacApp, _) => {
            "Use the uninstall button in its support window, or the disk image it came with."
        }
        (Kind::MacKext | Kind::MacLaunchd, _) => {
            "Run the vendor's uninstaller, then restart the Mac."
        }
        (Kind::AndroidPackage, _) => {
            "Withdraw its device administrator right first, then uninstall the app."
        }
        (Kind::Tool, _) => "An on-demand tool, not the subscription. It can be deleted.",
        (Kind::OtherBrand, _) => {
            "Another brand's product with Kaspersky's engine. It is not part of the exchange; leave it."
        }
    }
}
