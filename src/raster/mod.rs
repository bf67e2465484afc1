//! Pictures of the window without a window: egui's triangles drawn by the processor alone.
//!
//! The same numbers go in and the same bytes come out on every machine, so that pictures can be
//! compared, and `swapdesk demo --pictures` needs neither a display nor a driver.
//!
//! - [`headless`]: drives a [`egui::Context`] with keys and clicks and takes its picture.
//! - [`seen`]: what a screen reader is told.
//! - [`picture`]: the pixels, and PNG. Alone names `png`.
//! - [`textures`] and triangles: what a graphics card would do.

mod dropped;
pub mod headless;
pub mod picture;
pub mod seen;
pub mod textures;
mod triangle;

use egui::epaint::{ClippedPrimitive, Primitive};
use egui::{Color32, Rect};

use picture::Picture;
use textures::Textures;
use triangle::{Clip, Corner};

/// What was left out of a picture; nothing, unless there is a bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Misses {
    /// Meshes whose texture was never given to [`Textures::apply`].
    pub n_textures: usize,
    /// Callbacks, which want a graphics card.
    pub n_callbacks: usize,
}

/// Draws `primitives`, which are in points, onto `picture`, which is in pixels.
pub fn draw(
    picture: &mut Picture,
    primitives: &[ClippedPrimitive],
    textures: &Textures,
    pixels_per_point: f32,
) -> Misses {
    let mut misses = Misses::default();
    for ClippedPrimitive { clip_rect, primitive } in primitives {
        let Primitive::Mesh(mesh) = primitive else {
            misses.n_callbacks += 1;
            continue;
        };
        let Some(texture) = textures.get(mesh.texture_id) else {
            misses.n_textures += 1;
            continue;
        };
        let clip = clip_of(*clip_rect, picture, pixels_per_point);
        let corner = |&index: &u32| {
            let vertex = mesh.vertices.get(index as usize)?;
            Some(Corner { pos: vertex.pos * pixels_per_point, uv: vertex.uv, color: vertex.color })
        };
        for indices in mesh.indices.chunks_exact(3) {
            if let [a, b, c] = indices
                && let (Some(a), Some(b), Some(c)) = (corner(a), corner(b), corner(c))
            {
                triangle::fill(picture, clip, texture, [a, b, c]);
            }
        }
    }
    misses
}

/// A clip rectangle in whole pixels, as egui's own painters round it.
fn clip_of(rect: Rect, picture: &Picture, pixels_per_point: f32) -> Clip {
    let pixel = |points: f32, limit: usize| {
        (points * pixels_per_point).round().clamp(0.0, limit as f32) as i32
    };
    Clip {
        left: pixel(rect.left(), picture.width()),
        right: pixel(rect.right(), picture.width()),
        top: pixel(rect.top(), picture.height()),
        bottom: pixel(rect.bottom(), picture.height()),
    }
}

/// Lays `over`, whose alpha is multiplied in, onto the opaque `under`, in gamma space as egui
/// expects.
pub(crate) fn blend(under: [u8; 4], over: Color32) -> [u8; 4] {
    let rest = 255 - u32::from(over.a());
    let mix = |under: u8, over: u8| {
        let value = u32::from(over) + (u32::from(under) * rest + 127) / 255;
        value.min(255) as u8
    };
    let [red, green, blue, _] = under;
    [mix(red, over.r()), mix(green, over.g()), mix(blue, over.b()), 255]
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::epaint::Mesh;
    use egui::{ImageData, TextureId, TexturesDelta, pos2};

    fn white_textures() -> Textures {
        let image = egui::ColorImage::filled([1, 1], Color32::WHITE);
        let mut delta = TexturesDelta::default();
        delta.push(
            TextureId::default(),
            egui::epaint::ImageDelta::full(
                ImageData::Color(image.into()),
                egui::TextureOptions::LINEAR,
            ),
        );
        let mut textures = Textures::default();
        textures.apply(&mut delta);
        textures
    }

    fn rect(x: f32, y: f32, size: f32, color: Color32) -> Mesh {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_size(pos2(x, y), egui::Vec2::splat(size)), color);
        mesh
    }

    fn drawn(mesh: Mesh, clip_rect: Rect, scale: f32) -> (Picture, Misses) {
        let mut picture = Picture::new(8, 8, Color32::BLACK);
        let primitive = ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) };
        let misses = draw(&mut picture, &[primitive], &white_textures(), scale);
        (picture, misses)
    }

    fn n_white(picture: &Picture) -> usize {
        picture.rgba().chunks_exact(4).filter(|pixel| *pixel == [255; 4]).count()
    }

    #[test]
    fn a_rectangle_covers_its_pixels_once_and_no_others() {
        // Left, top, size in points, scale, pixels that are covered.
        let table = [
            (0.0, 0.0, 8.0, 1.0, 64),
            (2.0, 2.0, 3.0, 1.0, 9),
            (-4.0, -4.0, 8.0, 1.0, 16),
            (1.0, 1.0, 2.0, 2.0, 16),
            (1.0, 1.0, 2.0, 1.5, 9),
            (9.0, 9.0, 3.0, 1.0, 0),
            (2.0, 2.0, 0.0, 1.0, 0),
        ];
        for (x, y, size, scale, n_pixels) in table {
            let (picture, misses) =
                drawn(rect(x, y, size, Color32::WHITE), Rect::EVERYTHING, scale);
            assert_eq!(n_white(&picture), n_pixels, "{x} {y} {size} {scale}");
            assert_eq!(misses, Misses::default());
        }
    }

    #[test]
    fn the_seam_of_two_triangles_is_not_painted_twice() {
        let half = Color32::from_white_alpha(128);
        let (picture, _) = drawn(rect(0.0, 0.0, 8.0, half), Rect::EVERYTHING, 1.0);
        let first = picture.pixel(0, 0).expect("a corner");
        assert!((126..=130).contains(&first[0]), "{first:?}");
        assert!(picture.rgba().chunks_exact(4).all(|pixel| pixel == first));
    }

    #[test]
    fn nothing_is_painted_outside_the_clip_rectangle() {
        let clip = Rect::from_min_max(pos2(2.0, 3.0), pos2(4.0, 8.0));
        let (picture, _) = drawn(rect(0.0, 0.0, 8.0, Color32::WHITE), clip, 1.0);
        assert_eq!(n_white(&picture), 10);
        assert_eq!(picture.pixel(2, 3), Some([255; 4]));
        assert_eq!(picture.pixel(1, 3), Some([0, 0, 0, 255]));
    }

    #[test]
    fn a_mesh_without_its_texture_is_told() {
        let mut mesh = rect(0.0, 0.0, 8.0, Color32::WHITE);
        mesh.texture_id = TextureId::Managed(7);
        let (picture, misses) = drawn(mesh, Rect::EVERYTHING, 1.0);
        assert_eq!(misses, Misses { n_textures: 1, n_callbacks: 0 });
        assert_eq!(n_white(&picture), 0);
    }

    #[test]
    fn blending_keeps_the_ends_exact() {
        let under = [10, 200, 0, 255];
        assert_eq!(blend(under, Color32::TRANSPARENT), under);
        assert_eq!(blend(under, Color32::WHITE), [255; 4]);
        assert_eq!(blend(under, Color32::BLACK), [0, 0, 0, 255]);
    }
}
