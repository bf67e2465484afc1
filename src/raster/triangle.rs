//! One triangle onto a picture.
//!
//! Corners are rounded to 1/256 of a pixel and edges are computed in whole numbers, with the
//! top-left rule: of two triangles with a common edge each pixel belongs to exactly one. Else
//! half-transparent seams would show. Each row of pixels is solved for where it enters and leaves
//! the triangle; nothing is tried pixel by pixel.

use egui::{Color32, Pos2};

use super::blend;
use super::picture::Picture;
use super::textures::Texture;

/// Parts of a pixel.
const SUB: i64 = 256;
/// Farther out than this (in pixels) corners are drawn in, so that products of two stay in 64 bits.
const FAR: f32 = 4_000_000.0;

/// What may be painted on, in pixels; right and bottom are outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clip {
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
}

/// A corner, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Corner {
    pub(super) pos: Pos2,
    pub(super) uv: Pos2,
    pub(super) color: Color32,
}

/// The edge opposite to a corner: positive inside, in units of 1/256² pixel.
#[derive(Clone, Copy)]
struct Edge {
    per_x: i64,
    per_y: i64,
    at_origin: i64,
    /// 0 where the edge owns its pixels, 1 where its neighbor does.
    bias: i64,
}

impl Edge {
    fn new(from: (i64, i64), to: (i64, i64)) -> Self {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (per_x, per_y) = (-dy, dx);
        let at_origin = dy * from.0 - dx * from.1;
        let is_top_or_left = dy < 0 || (dy == 0 && dx > 0);
        Self { per_x, per_y, at_origin, bias: i64::from(!is_top_or_left) }
    }

    /// The value in the middle of a pixel.
    const fn at(&self, x: i64, y: i64) -> i64 {
        let middle = SUB / 2;
        self.at_origin + self.per_x * (x * SUB + middle) + self.per_y * (y * SUB + middle)
    }

    /// Narrows the columns `left..right` of row `y` to those inside.
    const fn narrow(&self, y: i64, columns: (i64, i64)) -> (i64, i64) {
        let start = self.at(0, y) - self.bias;
        let step = self.per_x * SUB;
        let (left, right) = columns;
        if step > 0 {
            // start + x · step ≥ 0
            let first = (-start).div_euclid(step) + ((-start).rem_euclid(step) != 0) as i64;
            (if first > left { first } else { left }, right)
        } else if step < 0 {
            let last = start.div_euclid(-step);
            (left, if last + 1 < right { last + 1 } else { right })
        } else if start >= 0 {
            columns
        } else {
            (left, left)
        }
    }
}

/// Paints a triangle of any winding.
pub(super) fn fill(picture: &mut Picture, clip: Clip, texture: &Texture, corners: [Corner; 3]) {
    let [a, mut b, mut c] = corners;
    let [fixed_a, mut fixed_b, mut fixed_c] = [a, b, c].map(|corner| fixed(corner.pos));
    let mut area = double_area(fixed_a, fixed_b, fixed_c);
    if area < 0 {
        (b, c) = (c, b);
        (fixed_b, fixed_c) = (fixed_c, fixed_b);
        area = -area;
    }
    if area == 0 {
        return;
    }
    let edges =
        [Edge::new(fixed_b, fixed_c), Edge::new(fixed_c, fixed_a), Edge::new(fixed_a, fixed_b)];
    let ys = [fixed_a.1, fixed_b.1, fixed_c.1];
    let lowest = ys.iter().min().map_or(0, |y| y.div_euclid(SUB));
    let highest = ys.iter().max().map_or(0, |y| y.div_euclid(SUB) + 1);
    let corners = [a, b, c];
    let flat = flat_color(texture, &corners);
    for y in lowest.max(i64::from(clip.top))..highest.min(i64::from(clip.bottom)) {
        let mut columns = (i64::from(clip.left), i64::from(clip.right));
        for edge in &edges {
            columns = edge.narrow(y, columns);
        }
        let (left, right) = columns;
        if left >= right {
            continue;
        }
        let row = picture.row_mut(y as usize, left as usize, right as usize);
        match flat {
            Some(color) if color.a() == 255 => row.fill(color.to_array()),
            Some(color) => row.iter_mut().for_each(|pixel| *pixel = blend(*pixel, color)),
            None => shade(row, texture, &corners, weights(&edges, area, left, y)),
        }
    }
}

/// The share of each corner at the first pixel of a row, and how it grows to the right.
struct Weights {
    start: [f32; 3],
    step: [f32; 3],
}

fn weights(edges: &[Edge; 3], area: i64, x: i64, y: i64) -> Weights {
    let scale = 1.0 / area as f64;
    Weights {
        start: edges.map(|edge| (edge.at(x, y) as f64 * scale) as f32),
        step: edges.map(|edge| ((edge.per_x * SUB) as f64 * scale) as f32),
    }
}

/// Paints a row whose colors change from pixel to pixel.
fn shade(row: &mut [[u8; 4]], texture: &Texture, corners: &[Corner; 3], weights: Weights) {
    let [a, b, c] = corners;
    let [start_a, start_b, start_c] = weights.start;
    let [step_a, step_b, step_c] = weights.step;
    let one_uv = (a.uv == b.uv && b.uv == c.uv).then(|| texture.sample(a.uv));
    let one_color = a.color == b.color && b.color == c.color;
    for (n, pixel) in row.iter_mut().enumerate() {
        let n = n as f32;
        let (wa, wb, wc) = (start_a + n * step_a, start_b + n * step_b, start_c + n * step_c);
        let texel = one_uv.unwrap_or_else(|| {
            texture.sample(Pos2::new(
                wa * a.uv.x + wb * b.uv.x + wc * c.uv.x,
                wa * a.uv.y + wb * b.uv.y + wc * c.uv.y,
            ))
        });
        if texel == Color32::TRANSPARENT {
            continue;
        }
        let color = if one_color {
            a.color
        } else {
            let mix = |channel: fn(&Color32) -> u8| {
                let value = wa * f32::from(channel(&a.color))
                    + wb * f32::from(channel(&b.color))
                    + wc * f32::from(channel(&c.color));
                (value + 0.5).clamp(0.0, 255.0) as u8
            };
            Color32::from_rgba_premultiplied(
                mix(Color32::r),
                mix(Color32::g),
                mix(Color32::b),
                mix(Color32::a),
            )
        };
        *pixel = blend(*pixel, color * texel);
    }
}

/// The one color of a triangle, if it has one: most of what a window is made of.
fn flat_color(texture: &Texture, corners: &[Corner; 3]) -> Option<Color32> {
    let [a, b, c] = corners;
    let is_flat = a.uv == b.uv && b.uv == c.uv && a.color == b.color && b.color == c.color;
    is_flat.then(|| a.color * texture.sample(a.uv))
}

fn fixed(pos: Pos2) -> (i64, i64) {
    let part = |value: f32| (value.clamp(-FAR, FAR) * SUB as f32).round() as i64;
    (part(pos.x), part(pos.y))
}

const fn double_area(a: (i64, i64), b: (i64, i64), c: (i64, i64)) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}
