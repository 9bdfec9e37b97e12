//! `daytona __text FORMAT`: extracts the text of the document on standard input, within limits, or makes a
//! picture fit. The MCP server starts it, because it must not trust the file.

use std::ffi::OsString;
use std::io::Read as _;
use std::process::ExitCode;

use crate::config::Environment;
use crate::document::{self as text, pixels};
use crate::output::{Choices, Printer};

/// 0 with the text or picture on standard output; 1 with the reason why there is none.
pub(super) fn main(arguments: &[OsString]) -> ExitCode {
    #[cfg(unix)]
    if text::confine().is_err() {
        return ExitCode::from(70);
    }
    let format = arguments.first().and_then(|word| word.to_str());
    let mut bytes = Vec::new();
    if std::io::stdin().read_to_end(&mut bytes).is_err() {
        return ExitCode::from(74);
    }
    // What a parser says while it gives up is for nobody.
    std::panic::set_hook(Box::new(|_| {}));
    let extracted = std::panic::catch_unwind(|| match format {
        Some(pixels::JOB) => pixels::fit(&bytes),
        format => text::extract(format.unwrap_or(""), &bytes).map(String::into_bytes),
    });
    let (said, code) = match extracted {
        Ok(Ok(said)) => (said, 0),
        Ok(Err(none)) => (none.to_string().into_bytes(), 1),
        Err(_) => (b"it is damaged, or of a kind that is not known".to_vec(), 1),
    };
    let printer = Printer::new(Choices::default(), &Environment::read());
    match printer.stdout(&said) {
        Ok(()) => ExitCode::from(code),
        Err(_) => ExitCode::from(74),
    }
}
