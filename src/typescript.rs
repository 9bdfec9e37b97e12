//! TypeScript for interpreters that know JavaScript only: types go, and what types bring along as code
//! (enums, namespaces, fields of constructors) is written out.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use oxc::allocator::Allocator;
use oxc::codegen::Codegen;
use oxc::diagnostics::OxcDiagnostic;
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::SourceType;
use oxc::transformer::{TransformOptions, Transformer};

/// The longest program, and the stack for it: each of its characters may nest once more, and a stack that
/// overflows would end this process. Only what is used of it is taken.
const LONGEST_PROGRAM: usize = 64 << 10;
const STACK: usize = 1 << 30;
/// How deep brackets may be, and how many angles there may be: each costs as much time as there are before it.
const DEEPEST: usize = 256;
const ANGLES: usize = 2000;
/// How long it may take, and how many may be at it: what hangs all the same is left behind.
const LONGEST_RUN: Duration = Duration::from_secs(5);
const AT_ONCE: usize = 2;
/// How often it is looked whether one of them is done.
const TURN: Duration = Duration::from_millis(2);
static BUSY: AtomicUsize = AtomicUsize::new(0);

/// A program in JavaScript.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct JavaScript {
    pub(crate) text: String,
    /// By the end of its file's name Node knows whether it is a module.
    pub(crate) end: &'static str,
}

/// The same program for Node; where it cannot be, one that says why.
pub(crate) fn for_node(code: &str) -> JavaScript {
    javascript(code).unwrap_or_else(|why| {
        let said = serde_json::Value::from(format!("{why}\n"));
        JavaScript {
            text: format!("process.stderr.write({said}); process.exitCode = 1;\n"),
            end: "cjs",
        }
    })
}

fn javascript(code: &str) -> Result<JavaScript, String> {
    let refused = |why: &str| {
        format!(
            "the types of this program cannot be taken out for this sandbox's node: {why}; install what runs it as it is: `npm install -g tsx`"
        )
    };
    if code.len() > LONGEST_PROGRAM || code.matches('<').count() > ANGLES {
        return Err(refused("it is too long"));
    }
    if depth(code) > DEEPEST {
        return Err(refused("it is nested too deeply"));
    }
    let begun = Instant::now();
    let free = |busy| (busy < AT_ONCE).then_some(busy + 1);
    while BUSY
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, free)
        .is_err()
    {
        if begun.elapsed() > LONGEST_RUN {
            return Err(refused("others take too long"));
        }
        thread::sleep(TURN);
    }
    let code = code.to_owned();
    let (done, hear) = mpsc::channel();
    let begun = thread::Builder::new().stack_size(STACK).spawn(move || {
        let made = std::panic::catch_unwind(|| without_types(&code));
        BUSY.fetch_sub(1, Ordering::Relaxed);
        let _ = done.send(made);
    });
    if let Err(error) = begun {
        BUSY.fetch_sub(1, Ordering::Relaxed);
        return Err(refused(&error.to_string()));
    }
    match hear.recv_timeout(LONGEST_RUN) {
        Ok(Ok(made)) => made,
        Ok(Err(_)) => Err(refused("it cannot be read")),
        Err(_) => Err(refused("it takes too long")),
    }
}

/// How deep brackets are; those in texts count too.
fn depth(code: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in code.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn without_types(code: &str) -> Result<JavaScript, String> {
    let allocator = Allocator::default();
    let kind = SourceType::ts().with_unambiguous(true);
    let parsed = Parser::new(&allocator, code, kind).parse();
    let mut program = parsed.program;
    if let Some(first) = parsed.diagnostics.first() {
        return Err(told(code, first));
    }
    let scoping = SemanticBuilder::new()
        .with_enum_eval(true)
        .build(&program)
        .semantic
        .into_scoping();
    let done = Transformer::new(
        &allocator,
        Path::new("program.ts"),
        &TransformOptions::default(),
    )
    .build_with_scoping(scoping, &mut program);
    if let Some(first) = done.diagnostics.first() {
        return Err(told(code, first));
    }
    Ok(JavaScript {
        text: Codegen::new().build(&program).code,
        end: if program.source_type.is_module() {
            "mjs"
        } else {
            "cjs"
        },
    })
}

/// Where something is wrong, and what.
fn told(code: &str, error: &OxcDiagnostic) -> String {
    let label = error.labels.first();
    let offset = label.map_or(0, |label| usize::try_from(label.offset()).unwrap_or(0));
    let before = code.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default();
    let column = column.chars().count() + 1;
    format!("SyntaxError: {error} (line {line}, column {column})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_go_and_code_stays() {
        let made =
            for_node("enum E { A, B = 'b' }\nconst x: number = E.A as number;\nconsole.log(x!);");
        assert_eq!(made.end, "cjs");
        assert!(made.text.contains("E[\"B\"] = \"b\"") && made.text.contains("const x = "));
        let made = for_node(
            "import fs from 'node:fs';\nimport type { A } from './a';\nexport class B<T> { constructor(private y: T) {} }",
        );
        assert_eq!(made.end, "mjs");
        assert!(made.text.contains("this.y = y") && !made.text.contains("./a"));
    }

    #[test]
    fn what_is_no_typescript_says_where() {
        let made = for_node("const a = 1;\nlet x: = 3;");
        assert!(made.text.contains("SyntaxError: ") && made.text.contains("(line 2, column 8)"));
        assert!(
            for_node(&" ".repeat(LONGEST_PROGRAM + 1))
                .text
                .contains("npm install -g tsx")
        );
    }

    #[test]
    fn nothing_overflows_or_hangs() {
        for part in [
            "(", "{", "!", "a+", "x=>", "a?b:", "`${", "if(a)", "A<", "new ",
        ] {
            let whole = format!("{}1", part.repeat(LONGEST_PROGRAM / part.len() - 1));
            let begun = Instant::now();
            assert!(!for_node(&whole).text.is_empty(), "{part}");
            assert!(begun.elapsed() < 2 * LONGEST_RUN, "{part}");
        }
        assert_eq!(depth("([{}])()(("), 3);
    }
}
