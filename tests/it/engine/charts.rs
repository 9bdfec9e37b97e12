//! Figures of matplotlib as artifacts of code-run, as the official Python SDK reads them.

use std::path::PathBuf;

use expect_test::expect;

use super::clients::{installed, python, reach, run, script, setup, skipped};
use crate::binary::Home;

/// An archive of matplotlib for the Python of this machine, which is that of the default snapshot.
pub(crate) fn matplotlib() -> Result<PathBuf, String> {
    let python = python("sdk-newest", "daytona")?.display().to_string();
    let folder = installed("matplotlib", |folder| {
        let install = ["-m", "pip", "install", "-q", "--disable-pip-version-check"];
        let what = ["--target", "lib", "matplotlib"];
        setup(&python, &[&install[..], &what].concat(), folder)?;
        setup("tar", &["cf", "lib.tar", "-C", "lib", "."], folder)
    })?;
    Ok(folder.join("lib.tar"))
}

#[test]
fn figures_come_back_with_what_is_in_them() {
    let (python, archive) = match (python("sdk-newest", "daytona"), matplotlib()) {
        (Ok(python), Ok(archive)) => (python, archive.display().to_string()),
        (Err(why), _) | (_, Err(why)) => skipped!(format!("it cannot be installed: {why}")),
    };
    let home = Home::with_engine();
    let arguments = [&script("sdk_charts.py"), archive.as_str()];
    let seen = run(&home, &python, &arguments, &reach(&home));
    assert_eq!(seen.code, Some(0), "{seen}");
    expect![[r#"
        without 1 ['Traceback (most recent call last):', '  File "<stdin>", line 1, in <module>'] []
        unpacked 0
        ran 1 ["before ['x']", 'after', 'Traceback (most recent call last):', '  File "<stdin>", line 28, in <module>', 'ValueError: boom']
        LineChart Line True [{'label': 'l', 'points': [[1.0, 4.0], [3.0, 6.0]], 'additional_properties': {}}] X linear
        BarChart Bars True [{'group': 'g', 'label': 'a', 'value': '1.0', 'additional_properties': {}}, {'group': 'g', 'label': 'b', 'value': '2.5', 'additional_properties': {}}]  None
        PieChart  True [{'angle': 90.0, 'label': 'p', 'radius': 1.0, 'additional_properties': {}}, {'angle': 270.0, 'label': 'q', 'radius': 1.0, 'additional_properties': {}}] None None
        ScatterChart  True [{'label': '_child0', 'points': [[1.0, 3.0], [2.0, 4.0]], 'additional_properties': {}}]  linear
        BoxAndWhiskerChart  True [{'first_quartile': 2.0, 'label': '1', 'max': 4.0, 'median': 3.0, 'min': 1.0, 'outliers': [20.0], 'third_quartile': 4.0, 'additional_properties': {}}]  None
        Chart  True []  None
        CompositeChart Both True [{'title': '', 'type': 'line', 'x_label': '', 'y_label': '', 'additional_properties': {}}, {'title': '', 'type': 'bar', 'x_label': '', 'y_label': '', 'additional_properties': {}}] None None
        closed 7 []
    "#]].assert_eq(&seen.stdout);
}
