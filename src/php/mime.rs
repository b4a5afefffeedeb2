//! The kinds of files by the last part of their names.

use crate::zend::arrays::NewArray;
use crate::zend::class::table;
use crate::zend::errors::Outcome;
use crate::zend::function;
use crate::zend::globals::per_thread;
use crate::zend::lifecycle::{self, Part, once};
use crate::zend::values::Text;
use std::cell::RefCell;
use std::collections::BTreeMap;

pub(super) const PART: Part = Part { start: once!(|_| register()), request_end: forget, ..Part::NONE };

fn register() {
    lifecycle::register_functions(
        &table![
            function!("function swoole_mime_type_add(string $suffix, string $mime_type): bool", add),
            function!("function swoole_mime_type_set(string $suffix, string $mime_type): void", set),
            function!("function swoole_mime_type_delete(string $suffix): bool", delete),
            function!("function swoole_mime_type_get(string $filename): string", get),
            function!("function swoole_get_mime_type(string $filename): string", get),
            function!("function swoole_mime_type_exists(string $filename): bool", exists),
            function!("function swoole_mime_type_list(): array", list),
        ]
        .0,
    );
}

type Types = BTreeMap<Vec<u8>, Vec<u8>>;

per_thread! {
    /// What the script has; `None` until it asks.
    static TYPES: RefCell<Option<Types>> = RefCell::new(None);
}

fn with<R>(body: impl FnOnce(&mut Types) -> R) -> R {
    TYPES.with(|types| body(types.borrow_mut().get_or_insert_with(known)))
}

fn known() -> Types {
    let each = |(suffix, kind): &(&str, &str)| (suffix.as_bytes().to_vec(), kind.as_bytes().to_vec());
    KNOWN.iter().map(each).collect()
}

#[cold]
fn forget() {
    TYPES.with(|types| types.borrow_mut().take());
}

fn add(suffix: &[u8], kind: &[u8]) -> Outcome<bool> {
    Ok(with(|types| {
        let is_new = !types.contains_key(suffix);
        if is_new {
            types.insert(suffix.to_vec(), kind.to_vec());
        }
        is_new
    }))
}

fn set(suffix: &[u8], kind: &[u8]) -> Outcome<()> {
    with(|types| types.insert(suffix.to_vec(), kind.to_vec()));
    Ok(())
}

fn delete(suffix: &[u8]) -> Outcome<bool> {
    Ok(with(|types| types.remove(suffix).is_some()))
}

/// What comes after the last point, in lower case; all of a name without a point.
fn suffix(name: &[u8]) -> Vec<u8> {
    name.rsplit(|&byte| byte == b'.').next().unwrap_or_default().to_ascii_lowercase()
}

fn exists(name: &[u8]) -> Outcome<bool> {
    Ok(with(|types| types.contains_key(&suffix(name))))
}

fn get(name: &[u8]) -> Outcome<Text> {
    let found = with(|types| types.get(&suffix(name)).cloned());
    Ok(Text::new(found.as_deref().unwrap_or(b"application/octet-stream")))
}

fn list() -> Outcome<NewArray> {
    let types = with(|types| types.clone());
    let mut list = NewArray::with_capacity(u32::try_from(types.len()).unwrap_or(0));
    for kind in types.values() {
        list.push(Text::new(kind));
    }
    Ok(list)
}

/// Registered with IANA, or in use everywhere.
const KNOWN: &[(&str, &str)] = &[
    ("7z", "application/x-7z-compressed"),
    ("aac", "audio/aac"),
    ("ai", "application/postscript"),
    ("apng", "image/apng"),
    ("asc", "text/plain"),
    ("atom", "application/atom+xml"),
    ("avi", "video/x-msvideo"),
    ("avif", "image/avif"),
    ("bin", "application/octet-stream"),
    ("bmp", "image/bmp"),
    ("bz2", "application/x-bzip2"),
    ("c", "text/plain"),
    ("cjs", "text/javascript"),
    ("conf", "text/plain"),
    ("crt", "application/x-x509-ca-cert"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("deb", "application/vnd.debian.binary-package"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("eot", "application/vnd.ms-fontobject"),
    ("eps", "application/postscript"),
    ("epub", "application/epub+zip"),
    ("exe", "application/octet-stream"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("heic", "image/heic"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar"),
    ("iso", "application/octet-stream"),
    ("jar", "application/java-archive"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("log", "text/plain"),
    ("m3u8", "application/vnd.apple.mpegurl"),
    ("m4a", "audio/mp4"),
    ("m4v", "video/mp4"),
    ("map", "application/json"),
    ("md", "text/markdown"),
    ("mid", "audio/midi"),
    ("midi", "audio/midi"),
    ("mjs", "text/javascript"),
    ("mkv", "video/x-matroska"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("mpg", "video/mpeg"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("opus", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("pem", "application/x-x509-ca-cert"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("ps", "application/postscript"),
    ("rar", "application/vnd.rar"),
    ("rss", "application/rss+xml"),
    ("rtf", "application/rtf"),
    ("sh", "application/x-sh"),
    ("sql", "application/sql"),
    ("svg", "image/svg+xml"),
    ("svgz", "image/svg+xml"),
    ("swf", "application/x-shockwave-flash"),
    ("tar", "application/x-tar"),
    ("tgz", "application/gzip"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("toml", "application/toml"),
    ("ts", "video/mp2t"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain"),
    ("vcf", "text/vcard"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("weba", "audio/webm"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("wmv", "video/x-ms-wmv"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xhtml", "application/xhtml+xml"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
    ("xz", "application/x-xz"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
    ("zip", "application/zip"),
    ("zst", "application/zstd"),
];
