//! The theme as egui's styles.

use std::collections::BTreeMap;

use egui::style::{ScrollAnimation, ScrollStyle, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals, vec2,
};

use super::tokens::{DARK, DARK_TRAINING, LIGHT, LIGHT_TRAINING, Palette};
use super::{Type, fonts, scale};

/// What the window works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The store's file.
    #[default]
    Live,
    /// A throw-away file with made-up people.
    Training,
}

/// Gives `ctx` our fonts, our styles for both themes, and takes away Ctrl+Q, which egui would
/// quit by while a customer's draft is open.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.all_styles_mut(shape);
    set_mode(ctx, Mode::Live);
    ctx.options_mut(|options| options.quit_shortcuts.clear());
}

/// Colors the window for live work or for training, in both themes.
pub fn set_mode(ctx: &Context, mode: Mode) {
    let (light, dark) = match mode {
        Mode::Live => (&LIGHT, &DARK),
        Mode::Training => (&LIGHT_TRAINING, &DARK_TRAINING),
    };
    ctx.set_visuals_of(Theme::Light, visuals(light, Visuals::light()));
    ctx.set_visuals_of(Theme::Dark, visuals(dark, Visuals::dark()));
}

/// What both themes share: type, distances, and that nothing moves by itself.
fn shape(style: &mut Style) {
    style.text_styles = BTreeMap::from([
        (TextStyle::Small, Type::Small.font()),
        (TextStyle::Body, Type::Body.font()),
        (TextStyle::Button, Type::Body.font()),
        (TextStyle::Heading, Type::Page.font()),
        (TextStyle::Monospace, Type::Mono.font()),
    ]);
    style.animation_time = 0.0;
    style.scroll_animation = ScrollAnimation::none();
    style.interaction.selectable_labels = false;
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(scale::SPACE_2, scale::SPACE_2);
    spacing.button_padding = vec2(scale::SPACE_3, 6.0);
    spacing.interact_size = vec2(scale::CONTROL_HEIGHT, scale::CONTROL_HEIGHT);
    spacing.text_edit_width = scale::FIELD_WIDTH;
    spacing.icon_width = scale::CHECK_SIZE;
    spacing.icon_width_inner = scale::SPACE_2;
    spacing.icon_spacing = scale::SPACE_2;
    spacing.window_margin = Margin::same(scale::SPACE_4 as i8);
    spacing.menu_margin = Margin::same(scale::SPACE_2 as i8);
    spacing.tooltip_width = scale::FIELD_WIDTH;
    spacing.scroll = scroll();
}

/// A thin bar, always seen where there is more; it grows under the pointer.
fn scroll() -> ScrollStyle {
    let mut scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        foreground_color: true,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.1,
        dormant_handle_opacity: 0.4,
        active_handle_opacity: 0.5,
        interact_handle_opacity: 0.7,
        ..ScrollStyle::thin()
    };
    scroll.fade.strength = 0.0;
    scroll
}

fn visuals(palette: &Palette, base: Visuals) -> Visuals {
    let mut visuals = base;
    visuals.panel_fill = palette.bg_app;
    visuals.window_fill = palette.bg_raised;
    visuals.window_stroke = Stroke::new(scale::LINE, palette.line_subtle);
    visuals.window_corner_radius = CornerRadius::same(scale::RADIUS_CARD);
    visuals.menu_corner_radius = CornerRadius::same(scale::RADIUS_CARD);
    visuals.window_shadow = shadow(palette);
    visuals.popup_shadow = shadow(palette);
    visuals.faint_bg_color = palette.row_hover;
    visuals.extreme_bg_color = palette.bg_sunken;
    visuals.text_edit_bg_color = Some(palette.bg_field);
    visuals.code_bg_color = palette.bg_sunken;
    visuals.hyperlink_color = palette.accent_text;
    visuals.warn_fg_color = palette.warn.fg;
    visuals.error_fg_color = palette.danger.fg;
    // Still to be read: a form that is being stored is disabled, not hidden.
    visuals.disabled_alpha = 0.7;
    visuals.weak_text_color = Some(palette.text_muted);
    visuals.selection.bg_fill = palette.text_selection;
    visuals.selection.stroke = Stroke::new(scale::FOCUS_RING, palette.focus_ring);
    visuals.text_cursor.stroke = Stroke::new(2.0, palette.focus_ring);
    // A blinking cursor repaints twice a second for as long as a field has the focus.
    visuals.text_cursor.blink = false;
    let control = Stroke::new(scale::LINE, palette.line_control);
    let hover = Stroke::new(scale::LINE, palette.text_muted);
    let ring = Stroke::new(scale::FOCUS_RING, palette.focus_ring);
    let subtle = Stroke::new(scale::LINE, palette.line_subtle);
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(palette.bg_panel, subtle, palette.text_body);
    widgets.inactive = widget(palette.bg_field, control, palette.text_strong);
    widgets.hovered = widget(palette.row_hover, hover, palette.text_strong);
    widgets.active = widget(palette.row_hover, ring, palette.text_strong);
    widgets.open = widget(palette.row_hover, control, palette.text_strong);
    visuals
}

/// A widget never grows when the pointer or the focus comes: nothing may move by itself.
fn widget(fill: Color32, edge: Stroke, text: Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: edge,
        corner_radius: CornerRadius::same(scale::RADIUS_CONTROL),
        fg_stroke: Stroke::new(scale::LINE, text),
        expansion: 0.0,
    }
}

/// The shadow of what floats: menus, dialogs, the palette.
fn shadow(palette: &Palette) -> Shadow {
    let (down, blur) = scale::SHADOW;
    Shadow { offset: [0, down], blur, spread: 0, color: palette.shadow }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_blinks_or_quits_by_itself() {
        let ctx = Context::default();
        install(&ctx);
        assert!(ctx.options(|options| options.quit_shortcuts.is_empty()));
        for theme in [Theme::Light, Theme::Dark] {
            let style = ctx.style_of(theme);
            assert!(style.animation_time == 0.0, "{theme:?}");
            assert!(!style.visuals.text_cursor.blink, "{theme:?}");
            let widgets = &style.visuals.widgets;
            for visuals in [&widgets.inactive, &widgets.hovered, &widgets.active, &widgets.open] {
                assert!(visuals.expansion == 0.0, "{theme:?}");
            }
        }
    }

    #[test]
    fn the_focus_ring_is_two_points_wide_in_both_themes() {
        let ctx = Context::default();
        install(&ctx);
        for theme in [Theme::Light, Theme::Dark] {
            let style = ctx.style_of(theme);
            assert!(style.visuals.selection.stroke.width >= 2.0, "{theme:?}");
            assert!(style.visuals.widgets.active.bg_stroke.width >= 2.0, "{theme:?}");
        }
    }
}
