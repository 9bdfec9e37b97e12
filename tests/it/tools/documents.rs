//! The text of documents that office programs and libraries wrote, and of those that are no good.

use std::process::Command;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::binary::Home;
use crate::engine::clients::{installed, script, setup, skipped};
use crate::mcp_client::Server;
use crate::stopwatch::Stopwatch;

/// What writes the documents: the libraries that most programs use for it.
const LIBRARIES: [&str; 5] = [
    "reportlab==4.4.4",
    "python-docx==1.2.0",
    "openpyxl==3.1.5",
    "python-pptx==1.0.2",
    "odfpy==1.4.1",
];

const WRITER: &str = r#"
from reportlab.pdfgen import canvas
c = canvas.Canvas("a.pdf")
c.drawString(72, 720, "Quarterly results: naïve café")
c.drawString(72, 700, "Revenue (in units) 42")
c.showPage()
c.drawString(72, 720, "The second page")
c.save()
c = canvas.Canvas("locked.pdf", encrypt="secret")
c.drawString(72, 720, "hidden")
c.save()
c = canvas.Canvas("scanned.pdf")
c.rect(10, 10, 100, 100, fill=1)
c.save()
import docx
d = docx.Document()
d.add_heading("A heading", 0)
d.add_paragraph("One & two <three>")
t = d.add_table(rows=2, cols=2)
for i, text in enumerate(["a", "b", "c", "d"]):
    t.cell(i // 2, i % 2).text = text
d.save("a.docx")
import openpyxl
w = openpyxl.Workbook()
w.active.title = "Prices & more"
w.active.append(["pear", 1.5, True])
w.active["E3"] = "far"
w.create_sheet("Other").append(["plum"])
w.save("a.xlsx")
import pptx
p = pptx.Presentation()
for title in ["First slide", "Second slide"]:
    p.slides.add_slide(p.slide_layouts[5]).shapes.title.text = title
p.save("a.pptx")
from odf.opendocument import OpenDocumentText
from odf.text import P, H
o = OpenDocumentText()
o.text.addElement(H(outlinelevel=1, text="Title"))
o.text.addElement(P(text="Open text"))
o.save("a.odt")
"#;

fn upload(server: &mut Server, path: &str, bytes: &[u8]) {
    server.done(
        "file_upload",
        &json!({"id": "box", "filePath": path, "content": STANDARD.encode(bytes), "encoding": "base64"}),
    );
}

#[test]
fn the_text_of_documents_is_extracted() {
    let folder = installed("documents", |folder| {
        setup("python3", &["-m", "venv", "."], folder)?;
        let pip = folder.join("bin/pip").display().to_string();
        let install = ["install", "--quiet", "--disable-pip-version-check"];
        setup(&pip, &[&install[..], &LIBRARIES[..]].concat(), folder)?;
        let python = folder.join("bin/python").display().to_string();
        setup(&python, &["-c", WRITER], folder)
    });
    let folder = match folder {
        Ok(folder) => folder,
        Err(why) => skipped!(format!("the libraries cannot be installed: {why}")),
    };
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    for (name, media, expected) in [
        (
            "a.pdf",
            "application/pdf",
            &[
                "[page 1]\nQuarterly results: naïve café\n",
                "Revenue (in units) 42",
                "\n\n[page 2]\nThe second page",
            ][..],
        ),
        (
            "a.docx",
            "wordprocessingml.document",
            &["A heading\nOne & two <three>\na\tb\nc\td"],
        ),
        (
            "a.xlsx",
            "spreadsheetml.sheet",
            &["[Prices & more]\npear\t1.5\tTRUE\n\t\t\t\tfar\n\n[Other]\nplum"],
        ),
        (
            "a.pptx",
            "presentationml.presentation",
            &["[slide 1]\nFirst slide\n\n[slide 2]\nSecond slide"],
        ),
        ("a.odt", "opendocument.text", &["Title\nOpen text"]),
    ] {
        let bytes = std::fs::read(folder.join(name)).expect("a document");
        upload(&mut server, name, &bytes);
        for how in [json!(null), json!("to_text")] {
            let mut arguments = json!({"id": "box", "filePath": name});
            if how.is_string() {
                arguments["download"] = how;
            }
            let result = server.done("file_download", &arguments);
            let text = result["text"]
                .as_str()
                .unwrap_or_else(|| panic!("{result}"));
            assert!(
                expected.iter().all(|part| text.contains(part)),
                "{name}: {text:?}"
            );
            let kind = result["contentType"].as_str().expect("a type");
            assert!(kind.ends_with(media), "{kind}");
        }
        let whole = server.done(
            "file_download",
            &json!({"id": "box", "filePath": name, "download": "forced"}),
        );
        assert_eq!(whole["base64"], STANDARD.encode(&bytes), "{name}");
    }
    for (name, why) in [
        ("locked.pdf", "encrypted"),
        ("scanned.pdf", "has no text; it may be scanned"),
    ] {
        upload(
            &mut server,
            name,
            &std::fs::read(folder.join(name)).expect("a document"),
        );
        let (kind, message, hint) = server.refused(
            "file_download",
            &json!({"id": "box", "filePath": name, "download": "to_text"}),
        );
        assert_eq!(kind, "unsupported");
        assert!(
            message.contains(why) && hint.contains("forced"),
            "{message}"
        );
        // Unasked, the choices say the same.
        let choices = server.done("file_download", &json!({"id": "box", "filePath": name}));
        assert!(
            choices["note"].as_str().expect("a note").contains(why),
            "{choices}"
        );
        assert!(
            !choices["choices"].to_string().contains("to_text"),
            "{choices}"
        );
    }
}

#[test]
fn a_hostile_document_harms_nobody() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let folder = home.path().join("hostile");
    std::fs::create_dir(&folder).expect("a folder");
    let written = Command::new("python3")
        .arg(script("hostile_documents.py"))
        .current_dir(&folder)
        .status();
    assert!(written.expect("python").success());
    let mut server = Server::with_all_tools(&home);
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        let bytes = std::fs::read(entry.path()).expect("a document");
        upload(&mut server, &name, &bytes);
        let begun = Stopwatch::start();
        let arguments = json!({"id": "box", "filePath": name, "download": "to_text"});
        let result = server.result("file_download", &arguments);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(40), "{name}: {took:?}");
        let shown = result.to_string();
        assert!(shown.len() < 20_000, "{name}: {} bytes", shown.len());
        if matches!(name.as_str(), "bomb.docx" | "far.xlsx") {
            // What fits of these is text.
            let text = &result["structuredContent"]["text"];
            assert!(text.is_string(), "{name}: {shown}");
        } else {
            assert_eq!(result["isError"], true, "{name}: {shown}");
            assert!(shown.contains("cannot be extracted"), "{name}: {shown}");
        }
        // The server lives, and is no larger for it.
        let info = server.done("get_file_info", &json!({"id": "box", "filePath": name}));
        assert_eq!(info["size"], bytes.len());
        seen += 1;
    }
    assert_eq!(seen, 10);
    let peak = crate::tools::reading::peak(&server);
    assert!(peak < 200 << 10, "{peak} KiB");
}
