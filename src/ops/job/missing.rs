//! What a program lacked, as its interpreter says in its last words, and how it is installed.

use crate::ops::code::Language;

/// Python modules whose package has another name, where there is no doubt which it is.
const PACKAGES: &[(&str, &str)] = &[
    ("Bio", "biopython"),
    ("Crypto", "pycryptodome"),
    ("Cryptodome", "pycryptodomex"),
    ("MySQLdb", "mysqlclient"),
    ("OpenSSL", "pyopenssl"),
    ("PIL", "pillow"),
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    // Without a display the other one does not even load.
    ("cv2", "opencv-python-headless"),
    ("dateutil", "python-dateutil"),
    ("discord", "discord.py"),
    ("dns", "dnspython"),
    ("docx", "python-docx"),
    ("dotenv", "python-dotenv"),
    ("faiss", "faiss-cpu"),
    ("ffmpeg", "ffmpeg-python"),
    ("fitz", "pymupdf"),
    ("git", "gitpython"),
    ("google.cloud.bigquery", "google-cloud-bigquery"),
    ("google.cloud.storage", "google-cloud-storage"),
    ("google.generativeai", "google-generativeai"),
    ("google.protobuf", "protobuf"),
    ("jose", "python-jose"),
    ("jwt", "pyjwt"),
    ("ldap", "python-ldap"),
    ("magic", "python-magic"),
    ("mpl_toolkits", "matplotlib"),
    ("multipart", "python-multipart"),
    ("nacl", "pynacl"),
    ("pkg_resources", "setuptools"),
    ("pptx", "python-pptx"),
    ("psycopg2", "psycopg2-binary"),
    ("pylab", "matplotlib"),
    ("ruamel", "ruamel.yaml"),
    ("serial", "pyserial"),
    ("skimage", "scikit-image"),
    ("sklearn", "scikit-learn"),
    ("slugify", "python-slugify"),
    ("socketio", "python-socketio"),
    ("telegram", "python-telegram-bot"),
    ("umap", "umap-learn"),
    ("usb", "pyusb"),
    ("websocket", "websocket-client"),
    ("yaml", "pyyaml"),
    ("zmq", "pyzmq"),
];
/// Modules of Python itself that some have not, of other systems, or whose package nobody can tell.
const NONE: &[&str] = &[
    "apt",
    "asynchat",
    "asyncore",
    "dbm",
    "distutils",
    "gi",
    "google",
    "idlelib",
    "imp",
    "msvcrt",
    "smtpd",
    "test",
    "tkinter",
    "turtle",
    "win32api",
    "win32com",
    "winreg",
    "winsound",
];
/// The longest name of a package that is repeated.
const LONGEST_PACKAGE_NAME: usize = 100;

/// The hint for a program that ended so, if its last words name a package.
pub(super) fn hint(language: Language, stderr: &str) -> Option<String> {
    let (name, install, sure) = match language {
        Language::Python => {
            let (package, sure) = python(stderr)?;
            (package, "python3 -m pip install", sure)
        }
        Language::Javascript | Language::Typescript => (javascript(stderr)?, "npm install", true),
    };
    Some(if sure {
        format!("install what it lacks, then run it again: `{install} {name}` (execute_command)")
    } else {
        // Whose name it is on the index, only the program's author knows.
        format!(
            "`{name}` is not installed: if it is a package and no file of yours, `{install} {name}` (execute_command), then run it again"
        )
    })
}

/// The package of a module that was not found, and whether it is known to be that one.
fn python(stderr: &str) -> Option<(&str, bool)> {
    let last = stderr.trim_end().lines().next_back()?;
    let rest = last.strip_prefix("ModuleNotFoundError: No module named '")?;
    let module = rest.strip_suffix('\'')?;
    if let Some((_, package)) = PACKAGES.iter().find(|(name, _)| *name == module) {
        return Some((package, true));
    }
    // With a dot, the package is there and has no such part.
    let plain = module.starts_with(|character: char| character.is_ascii_alphabetic())
        && module.len() <= LONGEST_PACKAGE_NAME
        && module
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_');
    (plain && !NONE.contains(&module)).then_some((module, false))
}

/// The package that Node did not find: of `require`, or of `import`.
fn javascript(stderr: &str) -> Option<&str> {
    let lines = stderr.lines().rev();
    let specifier = lines.into_iter().find_map(|line| {
        let line = line.trim_start();
        let rest = line
            .strip_prefix("Error: Cannot find module '")
            .or_else(|| line.strip_prefix("Error [ERR_MODULE_NOT_FOUND]: Cannot find package '"))?;
        rest.split('\'').next()
    })?;
    let mut parts = specifier.splitn(3, '/');
    let first = parts.next()?;
    let name = if first.starts_with('@') {
        let scope = first.len() + 1;
        &specifier[..scope + parts.next()?.len()]
    } else {
        first
    };
    // Not a path, nor what only Node itself can have.
    let plain = name.len() <= LONGEST_PACKAGE_NAME
        && !name.trim_start_matches('@').starts_with(['.', '_', '-'])
        && name.chars().all(|character| {
            character.is_ascii_lowercase()
                || character.is_ascii_digit()
                || "@/._-".contains(character)
        })
        && name.rfind('@').is_none_or(|at| at == 0);
    (plain && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_module_is_named_by_its_package() {
        let of = |module: &str| {
            hint(
                Language::Python,
                &format!(
                    "Traceback (most recent call last):\n  File \"x\"\nModuleNotFoundError: No module named '{module}'\n"
                ),
            )
        };
        let sure = |module| of(module).filter(|hint| hint.starts_with("install"));
        assert!(
            sure("cv2")
                .unwrap()
                .contains("`python3 -m pip install opencv-python-headless`")
        );
        assert!(
            sure("yaml")
                .unwrap()
                .contains("`python3 -m pip install pyyaml`")
        );
        assert!(
            of("pandas")
                .unwrap()
                .contains("`python3 -m pip install pandas`")
        );
        assert!(sure("pandas").is_none());
        for module in [
            "tkinter",
            "numpy.nothing",
            "_ctypes",
            "x; rm -rf /",
            "a'b",
            "",
        ] {
            assert_eq!(of(module), None, "{module}");
        }
        // Only as the last words: the program went on otherwise.
        let caught = "ModuleNotFoundError: No module named 'yaml'\nKeyError: 1\n";
        assert_eq!(hint(Language::Python, caught), None);
    }

    #[test]
    fn a_missing_package_of_node_is_named_without_its_path() {
        let of = |text: &str| hint(Language::Javascript, text);
        let required = |name: &str| {
            format!(
                "node:internal/modules/cjs/loader:1210\n  throw err;\n  ^\n\nError: Cannot find module '{name}'\nRequire stack:\n- /home/daytona/x.js\n    at a (b)\n  code: 'MODULE_NOT_FOUND'\n}}\n\nNode.js v20.20.2\n"
            )
        };
        let imported = "node:internal\nError [ERR_MODULE_NOT_FOUND]: Cannot find package '@a/b' imported from /x.mjs\n    at c (d)\n";
        assert!(
            of(&required("lodash"))
                .unwrap()
                .contains("`npm install lodash`")
        );
        assert!(
            of(&required("lodash/fp"))
                .unwrap()
                .contains("`npm install lodash`")
        );
        assert!(
            of(&required("@a/b/c"))
                .unwrap()
                .contains("`npm install @a/b`")
        );
        assert!(of(imported).unwrap().contains("`npm install @a/b`"));
        for name in ["./x", "/home/x", "../x", "@a", "a`b", "node:x", "$(id)"] {
            assert_eq!(of(&required(name)), None, "{name}");
        }
    }
}
