//! What a program made besides text, found in its output (toolbox API, code-run).

use std::io;

use super::reply::Chunks;
use super::spill::Spill;

/// Before a line of output that is an artifact.
const ARTIFACT: &[u8] = b"dtn_artifact_k39fd2:";
/// The longest line that can be one.
const LONGEST_LINE: usize = 16 << 20;
/// All charts of one program together, in bytes.
const MOST_CHART_BYTES: usize = 32 << 20;

/// An output, taken apart.
#[derive(Default)]
pub(super) struct Made {
    /// It without the lines that are artifacts.
    pub(super) text: Spill,
    pub(super) charts: Vec<serde_json::Value>,
    /// The length of those charts.
    size: usize,
}

pub(super) fn take(mut output: Chunks) -> io::Result<Made> {
    let mut made = Made::default();
    let mut line = Vec::new();
    while let Some(chunk) = output()? {
        for part in chunk.split_inclusive(|byte| *byte == b'\n') {
            line.extend_from_slice(part);
            if line.ends_with(b"\n") || line.len() > LONGEST_LINE {
                made.add(&line);
                line.clear();
            }
        }
    }
    made.add(&line);
    Ok(made)
}

impl Made {
    fn add(&mut self, line: &[u8]) {
        // Where what was printed before lacks its newline, it stands in the same line.
        let Some(at) = memchr::memmem::find(line, ARTIFACT) else {
            self.text.push(line);
            return;
        };
        let (before, artifact) = (&line[..at], &line[at + ARTIFACT.len()..]);
        match serde_json::from_slice::<serde_json::Value>(artifact) {
            Ok(mut value) if value["type"] == "chart" => {
                self.text.push(before);
                self.size += artifact.len();
                if self.size <= MOST_CHART_BYTES {
                    self.charts.push(value["value"].take());
                } else {
                    let note = format!(
                        "[a chart is left out: the charts of one program may have {} MiB together]\n",
                        MOST_CHART_BYTES >> 20
                    );
                    self.text.push(note.as_bytes());
                }
            }
            _ if before.is_empty() => {}
            _ => self.text.push(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn charts_are_taken_out_of_the_output() {
        let mark = String::from_utf8_lossy(ARTIFACT);
        let text = format!(
            "one\n{mark}{{\"type\":\"chart\",\"value\":{{\"title\":\"t\"}}}}\n{mark}broken\ntw{mark}{{\"type\":\"chart\",\"value\":1}}\no"
        );
        for size in [1, 7, 1000] {
            let mut chunks = text
                .as_bytes()
                .chunks(size)
                .map(bytes::Bytes::copy_from_slice)
                .collect::<Vec<_>>()
                .into_iter();
            let made = take(Box::new(move || Ok(chunks.next()))).unwrap();
            assert_eq!(String::from_utf8_lossy(made.text.held()), "one\ntwo");
            assert_eq!(made.charts, [json!({ "title": "t" }), json!(1)]);
        }
    }
}
