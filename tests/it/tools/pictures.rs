//! Pictures: only what every model's API takes is shown as one, whichever way it comes.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, ImageBuffer, ImageFormat, Rgb};
use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;

/// What the strictest API takes: characters of base64, and pixels a side in a long conversation.
const CHARACTERS: usize = 5_000_000;
const SIDE: u32 = 2000;

/// A file's name, its bytes, the size in which it is shown, and what is said of it.
type Case = (&'static str, Vec<u8>, Option<(u32, u32)>, &'static str);

/// A picture that no compression makes smaller.
fn noise(width: u32, height: u32) -> DynamicImage {
    let mut state = 7_u32;
    let picture = ImageBuffer::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        Rgb([a, b, c])
    });
    DynamicImage::from(picture)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// The pictures of a result, checked by the strictest rules.
#[track_caller]
fn shown(result: &Value) -> Vec<DynamicImage> {
    let content = result["content"].as_array().expect("content");
    let pictures = content.iter().filter(|one| one["type"] == "image");
    let check = |one: &Value| {
        let data = one["data"].as_str().expect("data");
        assert!(data.len() <= CHARACTERS, "{} characters", data.len());
        let bytes = STANDARD.decode(data).expect("base64");
        let format = image::guess_format(&bytes).expect("a format");
        assert_eq!(one["mimeType"], format.to_mime_type());
        let known = ["image/png", "image/jpeg", "image/gif", "image/webp"];
        assert!(known.contains(&format.to_mime_type()), "{format:?}");
        let picture = image::load_from_memory(&bytes).expect("it decodes");
        assert!(picture.width() <= SIDE && picture.height() <= SIDE);
        picture
    };
    pictures.map(check).collect()
}

#[test]
fn only_what_every_api_takes_is_shown_as_a_picture() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let png = encoded(&noise(40, 30), ImageFormat::Png);
    let heavy = encoded(&noise(1400, 1100), ImageFormat::Png);
    assert!(heavy.len() > 4_500_000, "{}", heavy.len());
    // A few hundred KB that would be 144 MB.
    let bomb = encoded(&DynamicImage::new_luma8(12_000, 12_000), ImageFormat::Png);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><circle r='1'/></svg>".to_vec();
    let cases: [Case; 10] = [
        ("fits.png", png.clone(), Some((40, 30)), ""),
        ("other-name.jpg", png.clone(), Some((40, 30)), ""),
        (
            "fits.webp",
            encoded(&noise(9, 9), ImageFormat::WebP),
            Some((9, 9)),
            "",
        ),
        (
            "wide.png",
            encoded(&DynamicImage::new_rgb8(9000, 90), ImageFormat::Png),
            Some((2000, 20)),
            "scaled from 9000 x 90",
        ),
        (
            "tall.jpg",
            encoded(&DynamicImage::new_rgb8(100, 4000), ImageFormat::Jpeg),
            Some((50, 2000)),
            "scaled",
        ),
        (
            "heavy.png",
            heavy,
            Some((1400, 1100)),
            "encoded anew as JPEG",
        ),
        (
            "cut.png",
            png[..png.len() / 2].to_vec(),
            None,
            "cannot be decoded",
        ),
        (
            "head.jpg",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(),
            None,
            "cannot be decoded",
        ),
        ("bomb.png", bomb, None, "too many"),
        ("a.svg", svg.clone(), None, ""),
    ];
    for (path, bytes, size, note) in cases {
        let file = home.path().join(path);
        std::fs::write(&file, &bytes).expect("a file");
        home.done(&["cp", path, &format!("box:{path}")]);
        let call = json!({"id": "box", "filePath": path});
        let result = server.result("file_download", &call);
        assert_ne!(result["isError"], true, "{path}: {result}");
        let pictures = shown(&result);
        let sizes: Vec<(u32, u32)> = pictures
            .iter()
            .map(|one| (one.width(), one.height()))
            .collect();
        assert_eq!(sizes, Vec::from_iter(size), "{path}");
        let notes = result["structuredContent"]["pictureNotes"].to_string();
        assert!(notes.contains(note), "{path}: {notes}");
        if note.is_empty() {
            assert_eq!(notes, "null", "{path}");
        }
    }
    let text = server.done("file_download", &json!({"id": "box", "filePath": "a.svg"}));
    assert_eq!(
        text["text"].as_str().map(str::as_bytes),
        Some(svg.as_slice())
    );
    let text = server.done("read_file", &json!({"id": "box", "filePath": "a.svg"}));
    assert_eq!(
        text["text"].as_str().map(str::as_bytes),
        Some(svg.as_slice())
    );
    // A way round is none.
    let forced = json!({"id": "box", "filePath": "cut.png", "download": "forced"});
    assert!(shown(&server.result("file_download", &forced)).is_empty());
    let page = server.result("read_file", &json!({"id": "box", "filePath": "fits.png"}));
    assert!(shown(&page).is_empty());
}

#[test]
fn what_a_program_draws_is_held_to_the_same() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::greeted(&home);
    // What matplotlib would leave, without matplotlib.
    for (name, bytes) in [
        ("001.png", encoded(&noise(20, 20), ImageFormat::Png)),
        ("002.png", b"\x89PNG\r\n\x1a\nno more".to_vec()),
        ("003.png", encoded(&noise(1500, 1100), ImageFormat::Png)),
    ] {
        let file = home.path().join(name);
        std::fs::write(&file, bytes).expect("a file");
        home.done(&["cp", name, &format!("box:{name}")]);
    }
    let code = "import os, shutil  # matplotlib\nfolder = os.environ['DAYTONA_PICTURES']\nos.makedirs(folder)\n\
                for n in (1, 2, 3):\n    shutil.copy('00%d.png' % n, folder)\n";
    let result = server.result("run_code", &json!({"id": "box", "code": code}));
    let ran = &result["structuredContent"];
    assert_eq!(
        (&ran["exitCode"], &ran["pictures"]),
        (&json!(0), &json!(3)),
        "{ran}"
    );
    assert_eq!(shown(&result).len(), 2);
    let notes = ran["pictureNotes"].as_array().expect("notes");
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(
        notes[0].to_string().contains("picture 2 (image/png"),
        "{notes:?}"
    );
    assert!(
        notes[1].to_string().contains("picture 3 is encoded anew"),
        "{notes:?}"
    );
}

#[test]
fn text_in_older_encodings_is_text() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let lines: Vec<String> = (0..3000)
        .map(|n| {
            format!(
                "Zeile {n}: größer als 😀
"
            )
        })
        .collect();
    let lines = lines.concat();
    let wide = |text: &str, big: bool| -> Vec<u8> {
        let bytes = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    };
    for (path, bytes, encoding, text) in [
        (
            "le.txt",
            wide(&format!("\u{feff}{lines}"), false),
            "UTF-16LE",
            lines.as_str(),
        ),
        (
            "be.csv",
            wide(&format!("\u{feff}{lines}"), true),
            "UTF-16BE",
            &lines,
        ),
        (
            "no-mark.txt",
            wide("name;size\r\nx;größer\r\n", false),
            "UTF-16LE",
            "name;size\r\nx;größer\r\n",
        ),
        (
            "latin.txt",
            b"caf\xe9 cr\xe8me br\xfbl\xe9e, gr\xfcn und wei\xdf\n".to_vec(),
            "windows-1252 (Latin-1)",
            "café crème brûlée, grün und weiß\n",
        ),
    ] {
        let file = home.path().join(path);
        std::fs::write(&file, &bytes).expect("a file");
        home.done(&["cp", path, &format!("box:{path}")]);
        let mut read = String::new();
        let mut offset = json!(0);
        while !offset.is_null() {
            let call = json!({"id": "box", "filePath": path, "offset": offset, "limit": 50_001});
            let page = server.done("read_file", &call);
            assert_eq!(page["encoding"], encoding, "{path}: {page}");
            read += page["text"].as_str().expect("text");
            offset = page["nextOffset"].clone();
        }
        assert!(read == text, "{path}: {}", &read[..read.len().min(200)]);
        let whole = server.done("file_download", &json!({"id": "box", "filePath": path}));
        assert_eq!(whole["encoding"], encoding, "{path}: {whole}");
        let shown = whole["text"].as_str().expect("text");
        let (first, last) = (
            text.lines().next().expect("a line"),
            text.lines().next_back().expect("a line"),
        );
        assert!(
            shown.starts_with(first) && shown.trim_end().ends_with(last.trim_end()),
            "{shown}"
        );
        assert!(!shown.contains('\u{fffd}'), "{shown}");
    }
}
