//! Where the focus starts.

use egui::{Context, Id, Key, Modifiers, Response, Ui};

/// Scrolls what just got the focus into view; all widgets call it.
pub(super) fn follow(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// Gives the focus to a widget in the first pass that draws it after a pause: the safe button of a
/// dialog that opens, the first field of a page that is turned to. Later passes leave the focus
/// where the technician moved it.
pub fn at_first_sight(response: &Response) {
    if is_first(&response.ctx, response.id) {
        response.request_focus();
    }
}

/// Whether what is drawn here as `name` is drawn for the first time after a pause: for widgets that
/// are asked before they are drawn whether they take the focus.
pub fn is_first_sight(ui: &Ui, name: &str) -> bool {
    is_first(ui.ctx(), ui.scope_id().with(name))
}

fn is_first(ctx: &Context, id: Id) -> bool {
    let seen_id: Id = id.with("seen in pass");
    let now = ctx.cumulative_pass_nr();
    let before = ctx.data_mut(|data| {
        let before = data.get_temp::<u64>(seen_id);
        data.insert_temp(seen_id, now);
        before
    });
    // A pass that egui throws away and repeats counts too, hence not exactly one.
    before.is_none_or(|before| before + 2 < now)
}

/// Gives the focus to a harmless widget while nothing on the page has it, so that Tab begins there
/// and a stray Enter does no harm.
pub fn when_nowhere(response: &Response) {
    let is_nowhere = response
        .ctx
        .memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
    if is_nowhere {
        response.request_focus();
    }
}

/// Whether ↓ or Enter is pressed in this field, so that the list under it is next. Ask before the
/// field is drawn: the key is taken.
pub fn leaves_down(ui: &Ui, field: Id) -> bool {
    ui.memory(|memory| memory.has_focus(field))
        && ui.input_mut(|input| {
            input.consume_key(Modifiers::NONE, Key::ArrowDown)
                || input.consume_key(Modifiers::NONE, Key::Enter)
        })
}
