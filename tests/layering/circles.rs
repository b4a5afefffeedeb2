//! Files that import each other in a circle, which are one file in disguise: none can be read, tested or changed alone.
//!
//! An import is a path that leads into another file: in a `use`, in the code, or into a module that the file declares.
//! What is called by a method is not seen.

use crate::sources::{code, sources};
use std::collections::{BTreeMap, BTreeSet};

/// The circles that there are, by their files: the list only becomes shorter.
const KNOWN: &[&[&str]] = &[&["zend/class.rs", "zend/errors.rs", "zend/object.rs"]];

/// For each file the others that it imports.
pub(crate) type Imports = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_files_import_each_other_in_a_circle() {
    let known: BTreeSet<Vec<String>> =
        KNOWN.iter().map(|files| files.iter().map(|&file| String::from(file)).collect()).collect();
    let found = circles(&imports(&sources()));
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "\ncircles that are not known: {new:#?}\nno circles any more, to be taken off the list: {gone:#?}\n  \
         move what both need into a file that imports neither, or hand it in as an argument"
    );
}

#[test]
fn a_circle_is_found_however_its_files_import_each_other() {
    let circle = |files: &[(&str, &str)]| circles(&imports(&owned(files)));
    let ring = BTreeSet::from([vec![String::from("rt/a.rs"), String::from("rt/b/mod.rs")]]);
    for (there, back) in [
        ("use crate::rt::b::B;", "use crate::rt::a::A;"),
        ("use crate::rt::{a, b::{self, B}};", "use crate::rt::a::{A, C};"),
        ("fn f() {\n    crate::rt::b::g();\n}", "use super::a::A;"),
        ("use super::b;", "fn g() {\n    super::a::f(crate::rt::a::C);\n}"),
        ("pub use crate::rt::b::B as Other;", "pub(super) use crate::rt::a as other;"),
    ] {
        assert_eq!(
            circle(&[("rt/a.rs", there), ("rt/b/mod.rs", back), ("rt/mod.rs", "mod a;\nmod b;")]),
            ring
        );
        assert_eq!(circle(&[("rt/a.rs", there), ("rt/b/mod.rs", ""), ("rt/mod.rs", "")]), BTreeSet::new());
        // Neither unit tests nor comments are code.
        let back = back.replace('\n', " ");
        let test = format!("#[cfg(test)]\nmod tests {{\n    {back}\n}}\n// {back}");
        assert_eq!(circle(&[("rt/a.rs", there), ("rt/b/mod.rs", &test), ("rt/mod.rs", "")]), BTreeSet::new());
    }
}

#[test]
fn a_folder_and_a_file_in_it_may_be_a_circle() {
    for parent in ["mod part;\npub use part::Part;", "mod part;\nfn f() {\n    part::g();\n}"] {
        let files = owned(&[
            ("rt/b/mod.rs", parent),
            ("rt/b/part.rs", "use super::B;"),
            ("rt/a.rs", "use crate::rt::b::B;"),
        ]);
        let ring = vec![String::from("rt/b/mod.rs"), String::from("rt/b/part.rs")];
        assert_eq!(circles(&imports(&files)), BTreeSet::from([ring]));
    }
    // To tell who may see something is no import.
    let scoped = owned(&[
        ("rt/b/mod.rs", "mod part;\npub use part::Part;"),
        ("rt/b/part.rs", "pub(in crate::rt::b) struct Part;"),
    ]);
    assert_eq!(circles(&imports(&scoped)), BTreeSet::new());
    // To declare a module is not to use it.
    let files = owned(&[("rt/b/mod.rs", "pub mod part;"), ("rt/b/part.rs", "use super::B;")]);
    assert_eq!(circles(&imports(&files)), BTreeSet::new());
}

#[test]
fn a_circle_of_three_is_one_circle_and_what_hangs_on_it_is_no_part_of_it() {
    let files = owned(&[
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::c::C;"),
        ("c.rs", "use crate::a::A;\nuse crate::d::D;"),
        ("d.rs", ""),
        ("e.rs", "use crate::a::A;"),
    ]);
    let ring = ["a.rs", "b.rs", "c.rs"].map(String::from).to_vec();
    assert_eq!(circles(&imports(&files)), BTreeSet::from([ring]));
}

pub(crate) fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|&(path, source)| (String::from(path), String::from(source))).collect()
}

/// The files of each circle, sorted.
fn circles(imports: &Imports) -> BTreeSet<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        imports.keys().map(|file| (file, reached_from(imports, file))).collect();
    let circle_of = |file: &String| -> Vec<String> {
        let around = reached[file].iter().filter(|other| reached[**other].contains(file));
        around.map(|other| String::from(*other)).collect()
    };
    imports.keys().map(circle_of).filter(|circle| circle.len() > 1).collect()
}

fn reached_from<'a>(imports: &'a Imports, file: &'a String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut left: Vec<&String> = vec![file];
    while let Some(next) = left.pop() {
        for import in &imports[next] {
            if reached.insert(import) {
                left.push(import);
            }
        }
    }
    reached
}

pub(crate) fn imports(files: &[(String, String)]) -> Imports {
    let modules: BTreeMap<Vec<&str>, &str> =
        files.iter().map(|(path, _)| (module_of(path), path.as_str())).collect();
    files
        .iter()
        .map(|(path, source)| {
            let own = module_of(path);
            let text: String =
                code(source).into_iter().map(|(_, line)| without_scope(&line) + "\n").collect();
            let found = paths(&text).into_iter().filter_map(|segments| {
                let absolute = absolute(&segments, &own, &modules)?;
                let longest = (1..=absolute.len()).rev().find_map(|len| modules.get(&absolute[..len]));
                longest.map(|file| String::from(*file))
            });
            (path.clone(), found.filter(|file| file != path).collect())
        })
        .collect()
}

/// The line without the path of a `pub(in ...)`: who may see something is no import.
fn without_scope(line: &str) -> String {
    match line.split_once("pub(in ") {
        Some((before, scope)) => format!("{before}pub{}", scope.split_once(')').map_or("", |(_, rest)| rest)),
        None => String::from(line),
    }
}

/// The module of a file, by its path below src.
fn module_of(path: &str) -> Vec<&str> {
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|part| *part != "lib").collect()
}

/// The path from the crate on; `None` for one that leads out of it.
fn absolute<'a>(
    segments: &[&'a str],
    own: &[&'a str],
    modules: &BTreeMap<Vec<&str>, &str>,
) -> Option<Vec<&'a str>> {
    let (first, rest) = segments.split_first()?;
    let mut path = match *first {
        "crate" => Vec::new(),
        "self" => own.to_vec(),
        "super" => own[..own.len().checked_sub(1)?].to_vec(),
        _ => {
            let child = [own, &[*first]].concat();
            return modules.contains_key(&child).then(|| [own, segments].concat());
        }
    };
    path.extend(rest);
    Some(path)
}

/// All paths of a text, those of `use` written out.
fn paths(text: &str) -> Vec<Vec<&str>> {
    let mut paths = Vec::new();
    for (index, statement) in text.split_inclusive(';').enumerate() {
        // What stands before the last `use` of a statement is code.
        let start = statement
            .rfind("\nuse ")
            .or_else(|| statement.rfind(" use "))
            .or_else(|| (index == 0 && statement.starts_with("use ")).then_some(0));
        let (before, tree) = start.map_or((statement, ""), |start| statement.split_at(start));
        paths.extend(paths_in_code(before));
        let tree = tree.trim_start();
        if let Some(tree) = tree.strip_prefix("use ") {
            expand(&[], tree.trim_end_matches(';'), &mut paths);
        }
    }
    paths
}

/// Writes a tree of `use` out, from what stands before it.
fn expand<'a>(before: &[&'a str], tree: &'a str, paths: &mut Vec<Vec<&'a str>>) {
    let segments = |text: &'a str| {
        let names = text.split("::").map(|name| name.split_whitespace().next().unwrap_or_default());
        names.filter(|name| !name.is_empty() && *name != "self" || before.is_empty() && *name == "self")
    };
    match tree.split_once('{') {
        None => paths.push(before.iter().copied().chain(segments(tree)).collect()),
        Some((head, rest)) => {
            let head: Vec<&str> = before.iter().copied().chain(segments(head)).collect();
            let body = rest.rsplit_once('}').map_or(rest, |(body, _)| body);
            let mut depth = 0;
            let parts = body.split(|next| {
                depth += i32::from(next == '{') - i32::from(next == '}');
                next == ',' && depth == 0
            });
            for part in parts.filter(|part| !part.trim().is_empty()) {
                expand(&head, part, paths);
            }
        }
    }
}

/// The paths of two names and more that stand in code.
fn paths_in_code(text: &str) -> Vec<Vec<&str>> {
    let of_path = |next: char| next.is_alphanumeric() || next == '_' || next == ':';
    text.split(|next| !of_path(next))
        .filter(|word| word.contains("::") && !word.starts_with("::"))
        .map(|word| {
            word.split("::").map(|name| name.trim_matches(':')).filter(|name| !name.is_empty()).collect()
        })
        .collect()
}
