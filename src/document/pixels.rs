//! A picture's pixels: decoded whole, scaled down and encoded anew where they are too many or too odd. It
//! runs in a process of its own.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage,
};

use super::NoText;

/// The word by which the process is told to do this.
pub const JOB: &str = "picture";
/// How many bytes a picture may have: 5 MB in base64 are the most that the strictest API takes; some room is
/// left.
const LARGEST_PICTURE: usize = 3_500_000;
/// How many pixels a side may have: of conversations with many pictures 2,000 are the most.
const SIDE: u32 = 2000;
/// How many pixels are decoded at most, and how many bytes they may take.
const PIXELS: u64 = 100_000_000;
const MEMORY: u64 = 640 << 20;
/// The quality of a JPEG.
const QUALITY: u8 = 85;
/// How much the process says at most.
pub(crate) const SAID_MOST: u64 = LARGEST_PICTURE as u64 + 1024;

/// The picture as it can be shown: a line with its media type, a tab and what was done to it; then its bytes.
pub fn fit(bytes: &[u8]) -> Result<Vec<u8>, NoText> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(damaged)?;
    let Some(
        format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP),
    ) = reader.format()
    else {
        return Err(NoText::new("it is none of PNG, JPEG, GIF and WebP"));
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(NoText::new(format_args!(
            "it has {width} x {height} pixels, which are too many to be decoded"
        )));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colours = decoder.original_color_type();
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let moves = format == ImageFormat::WebP
        && WebPDecoder::new(Cursor::new(bytes)).is_ok_and(|decoder| decoder.has_animation());
    let odd = moves || colours == ExtendedColorType::Cmyk8;
    if !odd && width <= SIDE && height <= SIDE && bytes.len() <= LARGEST_PICTURE {
        return Ok(said(format.to_mime_type(), "", bytes));
    }
    image.apply_orientation(orientation);
    let mut image = if image.color().has_alpha() {
        DynamicImage::from(image.into_rgba8())
    } else {
        DynamicImage::from(image.into_rgb8())
    };
    let mut side = SIDE;
    loop {
        if image.width() > side || image.height() > side {
            image = image.resize(side, side, FilterType::CatmullRom);
        }
        if format != ImageFormat::Jpeg {
            let mut png = Cursor::new(Vec::new());
            image
                .write_to(&mut png, ImageFormat::Png)
                .map_err(damaged)?;
            let png = png.into_inner();
            if png.len() <= LARGEST_PICTURE {
                return Ok(said(
                    "image/png",
                    &done(&image, (width, height), "PNG", format),
                    &png,
                ));
            }
        }
        let mut jpeg = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
        on_white(&image)
            .write_with_encoder(encoder)
            .map_err(damaged)?;
        if jpeg.len() <= LARGEST_PICTURE {
            return Ok(said(
                "image/jpeg",
                &done(&image, (width, height), "JPEG", format),
                &jpeg,
            ));
        }
        side = image.width().max(image.height()) / 4 * 3;
        if side == 0 {
            return Err(NoText::new("it cannot be made small enough"));
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> NoText {
    NoText::new(format_args!("it cannot be decoded: {error}"))
}

fn said(media_type: &str, note: &str, bytes: &[u8]) -> Vec<u8> {
    let mut said = format!("{media_type}\t{}\n", note.replace('\n', " ")).into_bytes();
    said.extend_from_slice(bytes);
    said
}

/// What was done to the picture.
fn done(image: &DynamicImage, was: (u32, u32), now: &str, format: ImageFormat) -> String {
    let mut done = Vec::new();
    let size = (image.width(), image.height());
    if size != was && (size.1, size.0) != was {
        done.push(format!(
            "scaled from {} x {} to {} x {} pixels",
            was.0, was.1, size.0, size.1
        ));
    }
    if matches!(format, ImageFormat::Gif | ImageFormat::WebP) {
        done.push("one frame".to_owned());
    }
    done.push(format!("encoded anew as {now}"));
    done.join(", ")
}

/// A JPEG has no transparent pixels.
fn on_white(image: &DynamicImage) -> DynamicImage {
    let Some(image) = image.as_rgba8() else {
        return image.clone();
    };
    let mut flat = RgbImage::new(image.width(), image.height());
    for (to, from) in flat.pixels_mut().zip(image.pixels()) {
        let opaque = u16::from(from.0[3]);
        for (to, from) in to.0.iter_mut().zip(from.0) {
            let mixed = (u16::from(from) * opaque + 255 * (255 - opaque)) / 255;
            *to = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    flat.into()
}

#[cfg(test)]
mod tests {
    use image::{GenericImageView as _, ImageBuffer, Rgba};

    use super::*;

    /// Pixels that no compression makes smaller.
    fn noise(width: u32, height: u32) -> DynamicImage {
        let mut state = 1_u32;
        ImageBuffer::from_fn(width, height, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [a, b, c, _] = state.to_be_bytes();
            Rgba([a, b, c, 255 - a / 2])
        })
        .into()
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn parts(said: &[u8]) -> (String, &[u8]) {
        let end = said.iter().position(|byte| *byte == b'\n').unwrap();
        (
            String::from_utf8(said[..end].to_vec()).unwrap(),
            &said[end + 1..],
        )
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        for format in [
            ImageFormat::Png,
            ImageFormat::Gif,
            ImageFormat::WebP,
            ImageFormat::Jpeg,
        ] {
            let image = DynamicImage::from(noise(30, 20).into_rgb8());
            let bytes = encoded(&image, format);
            let fitted = fit(&bytes).unwrap();
            let (head, shown) = parts(&fitted);
            assert_eq!(head, format!("{}\t", format.to_mime_type()));
            assert_eq!(shown, bytes);
        }
    }

    #[test]
    fn what_is_too_large_is_scaled_and_encoded_anew() {
        let wide = encoded(&DynamicImage::new_rgb8(9000, 30), ImageFormat::Png);
        let fitted = fit(&wide).unwrap();
        let (head, shown) = parts(&fitted);
        assert_eq!(
            head,
            "image/png\tscaled from 9000 x 30 to 2000 x 7 pixels, encoded anew as PNG"
        );
        assert_eq!(
            image::load_from_memory(shown).unwrap().dimensions(),
            (2000, 7)
        );
        // 1,500 x 1,000 pixels of noise are 6 MB as PNG.
        let heavy = encoded(&noise(1500, 1000), ImageFormat::Png);
        assert!(heavy.len() > LARGEST_PICTURE);
        let fitted = fit(&heavy).unwrap();
        let (head, shown) = parts(&fitted);
        assert!(head.starts_with("image/jpeg\tencoded anew"), "{head}");
        assert!(shown.len() <= LARGEST_PICTURE && image::load_from_memory(shown).is_ok());
    }

    #[test]
    fn what_does_not_decode_is_not_shown() {
        let whole = encoded(&noise(50, 50), ImageFormat::Png);
        for wrong in [
            &whole[..whole.len() / 2],
            b"\x89PNG\r\n\x1a\n",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"\xff\xd8\xff\xe0",
            b"BM no bitmap",
            b"",
        ] {
            let why = fit(wrong).unwrap_err().to_string();
            assert!(why.contains("decode") || why.contains("none of"), "{why}");
        }
        // A head that promises more pixels than there is memory for.
        let mut bomb = encoded(&DynamicImage::new_luma8(1, 1), ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(fit(&bomb).is_err());
    }
}
