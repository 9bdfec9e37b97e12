//! What the desktop shows: screenshots, displays, windows.

use super::table::{Maybe, Request, desktop};

/// The edges of a region.
fn region(x: i32, y: i32, width: u32, height: u32) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("x", Some(x.to_string())),
        ("y", Some(y.to_string())),
        ("width", Some(width.to_string())),
        ("height", Some(height.to_string())),
    ]
}

/// How a picture is compressed.
fn smaller(
    format: &Maybe<String>,
    quality: &Maybe<u32>,
    scale: &Maybe<f64>,
) -> [(&'static str, Option<String>); 3] {
    [
        ("format", format.text()),
        ("quality", quality.text()),
        ("scale", scale.text()),
    ]
}

desktop! {
    Screenshot("screenshot", "Screenshot", Reads, "Returns a picture of the whole screen of a sandbox's desktop.")
        {}
        [
            /// Show the mouse pointer in it
            show_cursor: bool,
        ]
        => |it| Request::Get("screenshot".into(), vec![("showCursor", it.show_cursor.text())]);
    ScreenshotRegion("screenshot_region", "Screenshot of a region", Reads,
        "Returns a picture of a part of the screen of a sandbox's desktop.")
        {
            /// Left edge in pixels
            x: i32,
            /// Upper edge
            y: i32,
            /// Width in pixels
            width: u32,
            /// Height
            height: u32,
        }
        [
            /// Show the mouse pointer in it
            show_cursor: bool,
        ]
        => |it| {
            let mut pairs = region(it.x, it.y, it.width, it.height);
            pairs.push(("showCursor", it.show_cursor.text()));
            Request::Get("screenshot/region".into(), pairs)
        };
    ScreenshotCompressed("screenshot_compressed", "Smaller screenshot", Reads,
        "Returns a compressed or scaled picture of the whole screen of a sandbox's desktop.")
        {}
        [
            /// Show the mouse pointer in it
            show_cursor: bool,
            /// png or jpeg
            format: String,
            /// Of a JPEG: 1 to 100
            quality: u32,
            /// E.g. 0.5 for half the size
            scale: f64,
        ]
        => |it| {
            let mut pairs = vec![("showCursor", it.show_cursor.text())];
            pairs.extend(smaller(&it.format, &it.quality, &it.scale));
            Request::Get("screenshot/compressed".into(), pairs)
        };
    ScreenshotCompressedRegion("screenshot_compressed_region", "Smaller screenshot of a region", Reads,
        "Returns a compressed or scaled picture of a part of the screen of a sandbox's desktop.")
        {
            /// Left edge in pixels
            x: i32,
            /// Upper edge
            y: i32,
            /// Width in pixels
            width: u32,
            /// Height
            height: u32,
        }
        [
            /// Show the mouse pointer in it
            show_cursor: bool,
            /// png or jpeg
            format: String,
            /// Of a JPEG: 1 to 100
            quality: u32,
            /// E.g. 0.5 for half the size
            scale: f64,
        ]
        => |it| {
            let mut pairs = region(it.x, it.y, it.width, it.height);
            pairs.push(("showCursor", it.show_cursor.text()));
            pairs.extend(smaller(&it.format, &it.quality, &it.scale));
            Request::Get("screenshot/region/compressed".into(), pairs)
        };
    DisplayInfo("display_info", "Displays", Reads, "Returns the displays of a sandbox's desktop and their sizes.")
        {} [] => |_| Request::get("display/info");
    Windows("windows", "Windows", Reads, "Lists the windows on a sandbox's desktop: title, place, size.")
        {} [] => |_| Request::get("display/windows");
}
