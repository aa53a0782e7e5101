//! Rust source as the paths and macro calls in it.

use std::fmt;

use syn::buffer::Cursor;
use syn::parse::{ParseStream, Parser};

use super::is_room;

/// A path as it was meant: from the library's root, or beginning with the name of a crate.
#[derive(Debug, PartialEq)]
pub(super) enum Named {
    Ours(Vec<String>),
    Foreign(Vec<String>),
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ours(segments) if segments.is_empty() => f.write_str("crate"),
            Self::Ours(segments) => write!(f, "crate::{}", segments.join("::")),
            Self::Foreign(segments) => f.write_str(&segments.join("::")),
        }
    }
}

#[derive(Default)]
pub(super) struct Sightings {
    pub(super) paths: Vec<Named>,
    pub(super) macros: Vec<String>,
}

/// What a source text at a module path names. The text must be Rust.
pub(super) fn sightings(module: &[&str], source: &str) -> Sightings {
    let mut seen = Sightings::default();
    let module: Vec<String> = module.iter().map(ToString::to_string).collect();
    let reader = |input: ParseStream<'_>| {
        input.step(|cursor| {
            walk(*cursor, &module, &mut seen);
            Ok(((), end_of(*cursor)))
        })
    };
    reader.parse_str(source).expect("the text was Rust a moment ago");
    seen
}

/// Goes through tokens in order, groups included, and notes every path and macro call.
fn walk(mut at: Cursor<'_>, module: &[String], seen: &mut Sightings) {
    while !at.eof() {
        if let Some((word, next)) = at.ident() {
            let word = word.to_string();
            at = match word.as_str() {
                "use" => use_tree(next, &[], module, seen),
                // `pub(crate)` and `pub(super)` name nobody; `pub(in path)` can only name an ancestor.
                "pub" => match next.any_group() {
                    Some((inner, _, _, after)) if is_visibility(inner) => after,
                    _ => next,
                },
                "extern" => extern_crate(next, module, seen),
                "mod" => inline_module(next, module, seen),
                _ => path(at, module, seen),
            };
        } else if let Some((inner, _, _, after)) = at.any_group() {
            walk(inner, module, seen);
            at = after;
        } else {
            at = at.token_tree().map_or_else(|| end_of(at), |(_, next)| next);
        }
    }
}

/// A path outside `use`: one word alone is a local name, so only what is joined by `::` counts.
fn path<'a>(at: Cursor<'a>, module: &[String], seen: &mut Sightings) -> Cursor<'a> {
    let mut segments = Vec::new();
    let mut next = at;
    while let Some((word, after)) = next.ident() {
        segments.push(plain(&word.to_string()));
        next = after;
        match colons(after) {
            Some(after_colons) if after_colons.ident().is_some() => next = after_colons,
            _ => break,
        }
    }
    if let (Some(name), Some(('!', after))) = (segments.last(), punct(next)) {
        // `a != b` is no macro.
        if !matches!(punct(after), Some(('=', _))) {
            seen.macros.push(name.clone());
        }
    }
    if segments.len() > 1 {
        note(&segments, module, seen);
    }
    next
}

/// A `use` tree after its `prefix`; returns where it ends.
fn use_tree<'a>(mut at: Cursor<'a>, prefix: &[String], module: &[String], seen: &mut Sightings) -> Cursor<'a> {
    let mut segments = prefix.to_vec();
    if prefix.is_empty()
        && let Some(after) = colons(at)
    {
        at = after; // `use ::name`
    }
    loop {
        if let Some((word, next)) = at.ident() {
            segments.push(plain(&word.to_string()));
            at = next;
        } else if let Some(('*', next)) = punct(at) {
            segments.push("*".to_owned());
            at = next;
        } else if let Some((mut inner, _, _, after)) = at.any_group() {
            while !inner.eof() {
                inner = use_tree(inner, &segments, module, seen);
                if let Some((',', next)) = punct(inner) {
                    inner = next;
                }
            }
            return after;
        } else {
            // Not a `use` tree after all: `use<'a>` in a bound, or the middle of a macro pattern.
            return at.token_tree().map_or_else(|| end_of(at), |(_, next)| next);
        }
        match colons(at) {
            Some(next) => at = next,
            None => break,
        }
    }
    // `self` at the end of a group means the group's own prefix.
    if !prefix.is_empty() && segments.last().is_some_and(|last| last == "self") {
        segments.pop();
    }
    note(&segments, module, seen);
    if let Some((word, next)) = at.ident()
        && word == "as"
    {
        at = next.token_tree().map_or_else(|| end_of(next), |(_, after)| after);
    }
    at
}

/// After `extern`: `extern crate name`, or an ABI that concerns nobody.
fn extern_crate<'a>(at: Cursor<'a>, module: &[String], seen: &mut Sightings) -> Cursor<'a> {
    match at.ident() {
        Some((word, next)) if word == "crate" => match next.ident() {
            Some((name, after)) => {
                note(&[plain(&name.to_string())], module, seen);
                after
            }
            None => next,
        },
        _ => at,
    }
}

/// After `mod`: inside `mod name { … }` the words `self` and `super` mean something else.
fn inline_module<'a>(at: Cursor<'a>, module: &[String], seen: &mut Sightings) -> Cursor<'a> {
    let Some((name, next)) = at.ident() else { return at };
    let Some((inner, _, _, after)) = next.any_group() else { return next };
    let deeper: Vec<String> = module.iter().cloned().chain([name.to_string()]).collect();
    walk(inner, &deeper, seen);
    after
}

/// Resolves a path and notes it.
fn note(segments: &[String], module: &[String], seen: &mut Sightings) {
    let mut rest = segments;
    let mut base = match rest.first().map(String::as_str) {
        // What the binary calls by name is what the library calls `crate`.
        Some("crate" | "bifall") => Vec::new(),
        Some("self" | "super") => module.to_vec(),
        _ if module.is_empty() && rest.first().is_some_and(|first| is_room(first)) => {
            seen.paths.push(Named::Ours(rest.to_vec()));
            return;
        }
        _ => {
            seen.paths.push(Named::Foreign(rest.to_vec()));
            return;
        }
    };
    while let Some(first) = rest.first() {
        match first.as_str() {
            "crate" | "bifall" | "self" => {}
            "super" => {
                base.pop();
            }
            _ => break,
        }
        rest = &rest[1..];
    }
    base.extend(rest.iter().cloned());
    seen.paths.push(Named::Ours(base));
}

/// Whether `pub ( … )` limits who sees, rather than being a field of a type in parentheses.
fn is_visibility(inner: Cursor<'_>) -> bool {
    inner.ident().is_some_and(|(word, next)| word == "in" || next.eof())
}

/// The cursor after `::`, if that is what comes.
fn colons(at: Cursor<'_>) -> Option<Cursor<'_>> {
    match punct(at) {
        Some((':', next)) => match punct(next) {
            Some((':', after)) => Some(after),
            _ => None,
        },
        _ => None,
    }
}

fn punct(at: Cursor<'_>) -> Option<(char, Cursor<'_>)> {
    at.punct().map(|(punct, next)| (punct.as_char(), next))
}

fn end_of(mut at: Cursor<'_>) -> Cursor<'_> {
    while let Some((_, next)) = at.token_tree() {
        at = next;
    }
    at
}

/// A raw word (`r#type`) without its mark.
fn plain(word: &str) -> String {
    word.trim_start_matches("r#").to_owned()
}
