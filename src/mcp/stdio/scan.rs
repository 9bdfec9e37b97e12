//! Finds the id of a message that cannot be parsed or is too long to be kept: byte by byte, in constant
//! memory.

use serde_json::Value;

/// The longest id that is looked for, and the longest key.
const LONGEST_KEY: usize = 256;

/// What was seen so far of one message.
#[derive(Debug, Default)]
pub(super) struct Scan {
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// Whether what comes next at the top of the object is a value.
    in_value: bool,
    key: Vec<u8>,
    value: Vec<u8>,
    id: Option<Value>,
    response: bool,
    list: bool,
}

impl Scan {
    /// What one message tells of itself.
    pub(super) fn of(message: &[u8]) -> Self {
        let mut scan = Self::default();
        scan.feed(message);
        scan
    }

    /// The id, where one was found.
    pub(super) fn id(self) -> Option<Value> {
        self.id
    }

    /// Whether it is an answer, which is not answered.
    pub(super) fn is_response(&self) -> bool {
        self.response
    }

    /// Looks at the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.step(byte);
        }
    }

    fn step(&mut self, byte: u8) {
        let top = self.depth == 1 && !self.list;
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            if top && (self.in_value || byte != b'"' || self.escaped) {
                self.keep(byte);
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_text = true;
                if top && !self.in_value {
                    self.key.clear();
                } else if top {
                    self.keep(byte);
                }
            }
            b'{' | b'[' => {
                self.list |= self.depth == 0 && byte == b'[';
                self.depth += 1;
                if top {
                    // No id is a list or an object.
                    self.value.resize(LONGEST_KEY + 1, b'x');
                }
            }
            b'}' | b']' => {
                if top {
                    self.end_of_value();
                }
                self.depth = self.depth.saturating_sub(1);
            }
            b':' if top => {
                self.in_value = true;
                self.value.clear();
            }
            b',' if top => self.end_of_value(),
            _ if top && self.in_value => self.keep(byte),
            _ => {}
        }
    }

    fn keep(&mut self, byte: u8) {
        let place = if self.in_value {
            &mut self.value
        } else {
            &mut self.key
        };
        if place.len() <= LONGEST_KEY {
            place.push(byte);
        }
    }

    fn end_of_value(&mut self) {
        self.in_value = false;
        match self.key.as_slice() {
            b"id" if self.value.len() <= LONGEST_KEY => {
                let id = serde_json::from_slice::<Value>(&self.value).ok();
                self.id = id.filter(|id| id.is_string() || id.is_number());
            }
            b"result" | b"error" => self.response = true,
            _ => {}
        }
        self.value.clear();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn id(message: &[u8]) -> Option<Value> {
        Scan::of(message).id()
    }

    #[test]
    fn the_id_is_found_in_what_is_no_json() {
        assert_eq!(
            id(br#"{"jsonrpc":"2.0","id":5,"method":"x",}"#),
            Some(json!(5))
        );
        assert_eq!(id(br#"{ "id" : "a,b}" , "method""#), Some(json!("a,b}")));
        assert_eq!(id(br#"{"id":"q\"\\","x":1"#), Some(json!("q\"\\")));
        assert_eq!(
            id(b"{\"params\":{\"id\":1,\"x\":\"\xff\"},\"id\":2}"),
            Some(json!(2))
        );
        assert_eq!(id(br#"{"params":{"id":1},"method":"x"}"#), None);
        assert_eq!(id(br#"{"a":"\"id\":7","id":-1.5}"#), Some(json!(-1.5)));
        assert_eq!(id(br#"{"id":null}"#), None);
        assert_eq!(id(br#"{"id":{"id":1}}"#), None);
        assert_eq!(id(br#"[{"id":1}]"#), None);
        assert_eq!(id(br#"{"id":12"#), None, "more digits may be missing");
        assert_eq!(id(b"no JSON"), None);
        assert_eq!(
            id(format!(r#"{{"id":"{}"}}"#, "x".repeat(1000)).as_bytes()),
            None
        );
    }

    #[test]
    fn it_does_not_matter_how_the_bytes_come() {
        let message = br#"{"params":{"a":["]","\\"]},"id":"one \u0041","method":"x"}"#;
        let mut scan = Scan::default();
        for byte in message {
            scan.feed(&[*byte]);
        }
        assert!(!scan.is_response());
        assert_eq!(scan.id(), Some(json!("one A")));
        assert!(Scan::of(br#"{"id":1,"result":{}}"#).is_response());
    }
}
