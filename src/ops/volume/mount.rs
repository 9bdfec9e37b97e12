//! `--volume NAME:PATH[:SUBPATH]` as a volume of a sandbox.

use crate::api::types::SandboxVolume;

/// A flag's value. The server knows more rules; what cannot be meant is refused here.
pub(crate) fn parse(text: &str) -> Result<SandboxVolume, String> {
    let mut parts = text.split(':');
    let (name, path) = (parts.next().unwrap_or_default(), parts.next());
    let subpath = parts.next();
    if name.is_empty() {
        return Err("the volume's name is empty: it must be NAME:PATH or NAME:PATH:SUBPATH".into());
    }
    let Some(path) = path else {
        return Err("it must be NAME:PATH or NAME:PATH:SUBPATH, such as data:/data".into());
    };
    if !path.starts_with('/') {
        return Err(format!(
            "the path `{path}` must be absolute, such as data:/data"
        ));
    }
    if subpath.is_some_and(str::is_empty) {
        return Err("the folder after the second `:` is empty".into());
    }
    if parts.next().is_some() {
        return Err(
            "there are more than two `:`; it must be NAME:PATH or NAME:PATH:SUBPATH".into(),
        );
    }
    Ok(SandboxVolume {
        volume_id: name.to_owned(),
        mount_path: path.to_owned(),
        subpath: subpath.map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_volume_has_a_name_a_path_and_perhaps_a_folder() {
        let whole = parse("data:/mnt").expect("a volume");
        assert_eq!((whole.volume_id.as_str(), whole.subpath), ("data", None));
        let part = parse("data:/mnt:a/b").expect("a volume");
        assert_eq!(part.subpath.as_deref(), Some("a/b"));
        for (text, why) in [
            ("data", "it must be NAME:PATH"),
            (":/mnt", "the volume's name is empty"),
            ("data:mnt", "must be absolute"),
            ("data:", "must be absolute"),
            ("data:/mnt:", "is empty"),
            ("data:/mnt:a:b", "more than two"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
