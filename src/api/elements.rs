//! The elements of a JSON array, each as soon as it has arrived: for replies that need not be read
//! to their end.

/// Takes the text of a reply apart at the commas of its outermost array.
#[derive(Debug, Default)]
pub(super) struct Elements {
    element: Vec<u8>,
    depth: usize,
    /// How deep the elements are; none before the array began.
    within: Option<usize>,
    quoted: bool,
    escaped: bool,
    done: bool,
}

impl Elements {
    /// The elements that are whole now.
    pub(super) fn push(&mut self, text: &[u8]) -> Vec<Vec<u8>> {
        let mut whole = Vec::new();
        for byte in text {
            self.take(*byte, &mut whole);
        }
        whole
    }

    fn take(&mut self, byte: u8, whole: &mut Vec<Vec<u8>>) {
        if self.done {
            return;
        }
        let inside = self.within.is_some();
        if self.quoted {
            self.quoted = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
        } else {
            match byte {
                b'"' => self.quoted = true,
                b'[' | b'{' => {
                    self.depth += 1;
                    if !inside && byte == b'[' {
                        self.within = Some(self.depth);
                        return;
                    }
                }
                b']' | b'}' => {
                    if self.within == Some(self.depth) {
                        self.finish(whole);
                        self.done = true;
                        return;
                    }
                    self.depth = self.depth.saturating_sub(1);
                }
                b',' if self.within == Some(self.depth) => {
                    self.finish(whole);
                    return;
                }
                _ => {}
            }
        }
        if inside {
            self.element.push(byte);
        }
    }

    fn finish(&mut self, whole: &mut Vec<Vec<u8>>) {
        let element = std::mem::take(&mut self.element);
        if !element.trim_ascii().is_empty() {
            whole.push(element);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(text: &str) -> Vec<String> {
        let mut elements = Elements::default();
        // A byte at a time: no element may depend on how the text was cut.
        let found = text.bytes().flat_map(|byte| elements.push(&[byte]));
        found
            .map(|element| String::from_utf8(element).unwrap())
            .collect()
    }

    #[test]
    fn elements_come_whole_however_the_text_is_cut() {
        assert_eq!(
            elements(r#"[{"a":[1,2],"b":"],\"}"},{"c":{}}] tail"#),
            [r#"{"a":[1,2],"b":"],\"}"}"#, r#"{"c":{}}"#]
        );
        assert_eq!(
            elements(r#"{"files":["a,b","c\\"]}"#),
            [r#""a,b""#, r#""c\\""#]
        );
        assert!(elements("[]").is_empty() && elements("null").is_empty());
        assert!(elements(r#"[{"unfinished":1"#).is_empty());
    }
}
