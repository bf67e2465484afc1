//! The textures that egui hands out, above all the atlas of letters, kept up to date.

use std::collections::BTreeMap;

use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, Pos2, TextureFilter, TextureId, TexturesDelta};

/// A texture: premultiplied colors, rows from the top.
#[derive(Debug, Clone)]
pub struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    filter: TextureFilter,
}

/// All textures by their id.
#[derive(Debug, Clone, Default)]
pub struct Textures {
    by_id: BTreeMap<TextureKey, Texture>,
}

/// [`TextureId`] has no order of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TextureKey {
    Managed(u64),
    User(u64),
}

impl From<TextureId> for TextureKey {
    fn from(id: TextureId) -> Self {
        match id {
            TextureId::Managed(id) => Self::Managed(id),
            TextureId::User(id) => Self::User(id),
        }
    }
}

impl Textures {
    /// Takes in what changed and empties `delta`. To be called for each pass, drawn or not: a
    /// change that is skipped is lost for good.
    ///
    /// Textures that egui frees are dropped at once; so draw before the next pass is run.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for image in images {
                self.set(id, &image);
            }
        }
        for id in delta.free.drain() {
            self.by_id.remove(&id.into());
        }
    }

    /// The texture, if egui ever told of it.
    pub fn get(&self, id: TextureId) -> Option<&Texture> {
        self.by_id.get(&id.into())
    }

    fn set(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        match delta.pos {
            None => {
                let texture = Texture {
                    width,
                    height,
                    pixels: image.pixels.clone(),
                    filter: delta.options.magnification,
                };
                self.by_id.insert(id.into(), texture);
            }
            Some([left, top]) => {
                if let Some(texture) = self.by_id.get_mut(&id.into()) {
                    for (row_idx, row) in image.pixels.chunks(width.max(1)).enumerate() {
                        let start = (top + row_idx) * texture.width + left;
                        if let Some(place) = texture.pixels.get_mut(start..start + width) {
                            place.copy_from_slice(row);
                        }
                    }
                }
            }
        }
    }
}

impl Texture {
    /// The color at `uv` (0 to 1), filtered as egui asked for; outside, the edge goes on.
    pub(super) fn sample(&self, uv: Pos2) -> Color32 {
        let x = uv.x * self.width as f32 - 0.5;
        let y = uv.y * self.height as f32 - 0.5;
        if self.filter == TextureFilter::Nearest {
            return self.texel(x.round() as i32, y.round() as i32);
        }
        let (left, top) = (x.floor(), y.floor());
        let (right_part, bottom_part) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        // Letters stand on whole pixels: most samples hit a texel in its middle.
        if is_whole(right_part) && is_whole(bottom_part) {
            return self.texel(left + right_part.round() as i32, top + bottom_part.round() as i32);
        }
        let above = mix(self.texel(left, top), self.texel(left + 1, top), right_part);
        let below = mix(self.texel(left, top + 1), self.texel(left + 1, top + 1), right_part);
        mix(above, below, bottom_part)
    }

    fn texel(&self, x: i32, y: i32) -> Color32 {
        let clamp = |value: i32, size: usize| (value.max(0) as usize).min(size.saturating_sub(1));
        let index = clamp(y, self.height) * self.width + clamp(x, self.width);
        self.pixels.get(index).copied().unwrap_or(Color32::TRANSPARENT)
    }
}

/// Nearer to a texel than the eye, or a byte, can tell.
fn is_whole(part: f32) -> bool {
    !(1.0 / 256.0..=255.0 / 256.0).contains(&part)
}

fn mix(a: Color32, b: Color32, part: f32) -> Color32 {
    let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part).round() as u8;
    Color32::from_rgba_premultiplied(
        mix(a.r(), b.r()),
        mix(a.g(), b.g()),
        mix(a.b(), b.b()),
        mix(a.a(), b.a()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{ColorImage, TextureOptions, pos2};

    const ID: TextureId = TextureId::Managed(0);

    fn whole(size: [usize; 2], color: Color32, options: TextureOptions) -> ImageDelta {
        ImageDelta::full(ImageData::Color(ColorImage::filled(size, color).into()), options)
    }

    #[test]
    fn a_partial_change_touches_its_rectangle_alone() {
        let mut textures = Textures::default();
        let mut delta = TexturesDelta::default();
        delta.push(ID, whole([4, 4], Color32::BLACK, TextureOptions::NEAREST));
        textures.apply(&mut delta);
        assert!(delta.is_empty());
        let image = ColorImage::filled([2, 1], Color32::WHITE);
        let patch =
            ImageDelta::partial([1, 2], ImageData::Color(image.into()), TextureOptions::NEAREST);
        delta.push(ID, patch);
        textures.apply(&mut delta);
        let texture = textures.get(ID).expect("set above");
        let white: Vec<(i32, i32)> = (0..4)
            .flat_map(|y| (0..4).map(move |x| (x, y)))
            .filter(|&(x, y)| texture.texel(x, y) == Color32::WHITE)
            .collect();
        assert_eq!(white, [(1, 2), (2, 2)]);
    }

    #[test]
    fn a_freed_texture_is_gone() {
        let mut textures = Textures::default();
        let mut delta = TexturesDelta::default();
        delta.push(ID, whole([1, 1], Color32::BLACK, TextureOptions::NEAREST));
        textures.apply(&mut delta);
        delta.free(ID);
        textures.apply(&mut delta);
        assert!(textures.get(ID).is_none());
    }

    #[test]
    fn between_two_texels_the_color_is_between() {
        let texture = Texture {
            width: 2,
            height: 1,
            pixels: vec![Color32::BLACK, Color32::WHITE],
            filter: TextureFilter::Linear,
        };
        // Across the texture, and the red that is expected.
        for (u, red) in [(0.0, 0), (0.25, 0), (0.5, 128), (0.75, 255), (1.0, 255)] {
            assert_eq!(texture.sample(pos2(u, 0.5)).r(), red, "{u}");
        }
    }
}
