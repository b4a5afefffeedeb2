//! The sources as the rules see them.

use std::fs;
use std::path::Path;

/// The paths below src, and the texts, of all sources.
pub(crate) fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the sources") {
            let path = entry.expect("a file of the sources").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).expect("a source");
                let below = path.strip_prefix(&src).expect("a path below src");
                sources.push((below.display().to_string(), source));
            }
        }
    }
    sources.sort();
    assert!(sources.len() > 10, "the sources are not where they are looked for: {}", src.display());
    sources
}

/// The lines of code, with their numbers: without comments, without what is compiled for unit tests only.
pub(crate) fn code(source: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut in_comment = false;
    let mut in_tests = false;
    for (number, line) in (1..).zip(source.lines()) {
        if in_tests {
            // rustfmt puts the end of what a `#[cfg(test)]` in the first column is for into that column.
            in_tests = !(line == "}" || (line.ends_with(';') && !line.starts_with(' ')));
            continue;
        }
        in_tests = line == "#[cfg(test)]";
        if in_tests {
            continue;
        }
        let text = without_comments(line, &mut in_comment);
        if !text.trim().is_empty() {
            lines.push((number, String::from(text.trim_end())));
        }
    }
    lines
}

fn without_comments(line: &str, in_comment: &mut bool) -> String {
    let mut text = String::new();
    let mut in_string = false;
    let mut rest = line;
    while let Some(next) = rest.chars().next() {
        let len = if *in_comment {
            *in_comment = !rest.starts_with("*/");
            if *in_comment { next.len_utf8() } else { 2 }
        } else if !in_string && rest.starts_with("//") {
            break;
        } else if !in_string && rest.starts_with("/*") {
            *in_comment = true;
            2
        } else {
            let len = match next {
                '\\' if in_string => 2,
                '\'' if rest.starts_with("'\"'") => 3,
                _ => next.len_utf8(),
            };
            in_string ^= next == '"';
            text.push_str(rest.get(..len).unwrap_or(rest));
            len
        };
        rest = rest.get(len..).unwrap_or_default();
    }
    text
}

#[test]
fn comments_and_unit_tests_are_no_code() {
    let source = r#"//! Comment.
/// Comment.
let a = 1; // Comment.
let url = "https://example.org"; // Comment.
let quote = '"'; // Comment.
/* Comment.
Comment. */ let b = 2;
#[cfg(test)]
use crate::test;
#[cfg(test)]
mod tests {
    fn test() {}
}
let c = 3;
"#;
    let expected = [
        (3, "let a = 1;"),
        (4, "let url = \"https://example.org\";"),
        (5, "let quote = '\"';"),
        (7, " let b = 2;"),
        (14, "let c = 3;"),
    ];
    let expected = expected.map(|(number, text)| (number, String::from(text)));
    assert_eq!(code(source), expected);
}
