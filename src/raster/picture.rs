//! Pixels, and how they become a PNG.

use std::io;

use egui::Color32;

/// An opaque picture: four bytes a pixel (red, green, blue, 255), rows from the top.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    rgba: Vec<u8>,
}

impl Picture {
    /// A picture of one color.
    pub fn new(width: usize, height: usize, color: Color32) -> Self {
        let [red, green, blue, _] = color.to_array();
        let rgba = [red, green, blue, 255].repeat(width * height);
        Self { width, height, rgba }
    }

    /// In pixels.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// In pixels.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// All bytes.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// The pixel in column `x` of row `y`; `None` outside.
    pub fn pixel(&self, x: usize, y: usize) -> Option<[u8; 4]> {
        let start = (x < self.width).then_some((y * self.width + x) * 4)?;
        self.rgba.get(start..start + 4)?.try_into().ok()
    }

    /// The columns `left..right` of row `y`, cut at the edges.
    pub(super) fn row_mut(&mut self, y: usize, left: usize, right: usize) -> &mut [[u8; 4]] {
        let right = right.min(self.width);
        let left = left.min(right);
        let start = y * self.width;
        let (pixels, _) = self.rgba.as_chunks_mut::<4>();
        pixels.get_mut(start + left..start + right).unwrap_or_default()
    }

    /// How many colors there are, counted up to `limit`: 1 means that nothing was drawn.
    pub fn n_colors(&self, limit: usize) -> usize {
        let mut seen = std::collections::BTreeSet::new();
        for pixel in self.rgba.chunks_exact(4) {
            seen.insert(pixel);
            if seen.len() >= limit {
                break;
            }
        }
        seen.len()
    }

    /// The picture as a PNG file. The same picture gives the same bytes.
    pub fn png(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let size = |pixels: usize| u32::try_from(pixels).map_err(io::Error::other);
        let mut encoder = png::Encoder::new(&mut bytes, size(self.width)?, size(self.height)?);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        encoder.write_header()?.write_image_data(&self.rgba)?;
        Ok(bytes)
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture {} x {}", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_holds_the_pixels_it_was_made_of() {
        let mut picture = Picture::new(3, 2, Color32::WHITE);
        picture.row_mut(1, 1, 2).fill([1, 2, 3, 255]);
        let bytes = picture.png().expect("encodes");
        let mut reader = png::Decoder::new(io::Cursor::new(bytes)).read_info().expect("a header");
        let mut decoded = vec![0; reader.output_buffer_size().expect("fits")];
        reader.next_frame(&mut decoded).expect("a frame");
        assert_eq!(decoded, picture.rgba());
    }

    #[test]
    fn rows_are_cut_at_the_edges() {
        let mut picture = Picture::new(3, 2, Color32::WHITE);
        // Row, left, right, pixels.
        for (y, left, right, n_pixels) in
            [(0, 0, 3, 3), (1, 1, 9, 2), (1, 3, 3, 0), (1, 7, 9, 0), (2, 0, 3, 0)]
        {
            assert_eq!(picture.row_mut(y, left, right).len(), n_pixels, "{y} {left} {right}");
        }
        assert_eq!(picture.pixel(3, 0), None);
        assert_eq!(picture.pixel(0, 2), None);
    }
}
