//! The house has walls: which room may name which, and which crate is named where.
//!
//! Every Rust file below `src` is read as tokens, so that a path counts wherever it stands: in a `use`
//! tree, an expression, a type, an attribute, or inside a macro call or definition. The tables are the rule;
//! the cases at the end show that each of them can be broken.

use std::fs;
use std::path::{Path, PathBuf};

mod reading;

use reading::{Named, sightings};

/// Which rooms a room may name, besides itself. A row `room::module` adds to its room's row.
/// `room::Item` on the right side allows that item alone.
///
/// `{web, cli, pipeline, demo} -> services -> app::Tenant -> {store, packages, letters, integrations}
///  -> {forms, rules, workflows} -> {attendance, text} -> domain`; rooms of one layer do not know each other.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("text", &["domain"]),
    ("attendance", &["domain"]),
    ("forms", &["attendance", "text", "domain"]),
    ("rules", &["attendance", "text", "domain"]),
    ("workflows", &["attendance", "text", "domain"]),
    ("store", &["forms", "rules", "workflows", "attendance", "text", "domain"]),
    ("packages", &["forms", "rules", "workflows", "attendance", "text", "domain"]),
    ("letters", &["forms", "workflows", "attendance", "text", "domain"]),
    ("integrations", &["forms", "workflows", "attendance", "text", "domain"]),
    // The embedded register is a table of ours; a real one is a service elsewhere.
    ("integrations::population", &["store"]),
    // Wiring: puts a tenant together from its parts. Whoever starts servers and workers is a command.
    ("app", &["store", "packages", "letters", "integrations", "forms", "rules", "workflows", "attendance", "text", "domain"]),
    // A service sees its tenant and the parts of it (settings, keys, files), never how the program is put together.
    (
        "services",
        &[
            "app::Tenant",
            "app::files",
            "app::keys",
            "app::profile",
            "store",
            "packages",
            "letters",
            "integrations",
            "forms",
            "rules",
            "workflows",
            "attendance",
            "text",
            "domain",
        ],
    ),
    // The queue itself (leases, due rows) is the store's; a step may judge by form and rule.
    (
        "pipeline",
        &[
            "app::Tenant",
            "app::files",
            "app::keys",
            "app::profile",
            "services",
            "store",
            "packages",
            "letters",
            "integrations",
            "forms",
            "rules",
            "workflows",
            "attendance",
            "text",
            "domain",
        ],
    ),
    // A page shows what a service answered, or a letter as it was sent: no store, no rule engine, no outside system.
    ("web", &["app", "services", "packages", "letters", "forms", "workflows", "attendance", "text", "domain"]),
    // The demo's log-in, mailbox and clock are pages too.
    ("web::site", &["demo"]),
    ("demo", &["app", "pipeline", "services", "store", "packages", "integrations", "forms", "workflows", "attendance", "text", "domain"]),
    (
        "cli",
        &["app", "services", "store", "packages", "letters", "integrations", "forms", "rules", "workflows", "attendance", "text", "domain"],
    ),
    // The commands that start something name what they start.
    ("cli::serve", &["web", "pipeline"]),
    ("cli::worker", &["pipeline"]),
    ("cli::demo", &["demo", "web", "pipeline"]),
];

/// The only rooms that may name a crate. What is not listed here is free.
const CRATE_ROOMS: &[(&str, &[&str])] = &[
    ("askama", &["web", "letters"]),
    ("askama_web", &["web"]),
    ("axum", &["web"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("lettre", &["integrations"]),
    ("rhai", &["rules"]),
    ("sqlx", &["store"]),
    ("tower", &["web"]),
    ("tower_http", &["web"]),
    ("typst", &["letters"]),
    ("typst_pdf", &["letters"]),
];

/// What the pure room may not reach: `domain` gets time, chance and data handed in.
const NOT_IN_DOMAIN: &[&str] =
    &["tokio", "std::fs", "std::net", "std::env", "std::process", "std::thread", "std::time::SystemTime", "std::time::Instant"];

/// What nobody may leave behind.
const UNFINISHED: &[&str] = &["todo", "unimplemented", "dbg"];

const MOST_LINES: usize = 500;
const MOST_LINES_OF_MAIN: usize = 40;

#[test]
fn every_room_keeps_to_its_walls() {
    let found: Vec<String> = rust_files("src")
        .iter()
        .flat_map(|file| {
            let module = module_of(file);
            let module: Vec<&str> = module.iter().map(String::as_str).collect();
            breaches(&module, &read(file)).into_iter().map(|breach| format!("{}: {breach}", file.display())).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_room_stands_in_the_table() {
    let rooms: Vec<String> =
        rust_files("src").iter().filter_map(|file| module_of(file).first().cloned()).filter(|room| room != MAIN).collect();
    assert!(!rooms.is_empty());
    let unknown: Vec<&String> = rooms.iter().filter(|room| !is_room(room)).collect();
    assert!(unknown.is_empty(), "write down what these rooms may name: {unknown:?}");
}

#[test]
fn no_file_grows_out_of_hand() {
    let too_long: Vec<String> =
        ["src", "tests"].iter().flat_map(|root| rust_files(root)).filter_map(|file| over_long(&file, &read(&file))).collect();
    assert!(too_long.is_empty(), "split these by what they are about:\n{}", too_long.join("\n"));
}

// ---------------------------------------------------------------- judging

const MAIN: &str = "main";

/// All breaches in a source text that stands at a module path such as `["store", "cases"]`.
fn breaches(module: &[&str], source: &str) -> Vec<String> {
    if let Err(error) = syn::parse_file(source) {
        return vec![format!("is not Rust: {error}")];
    }
    let sightings = sightings(module, source);
    let mut found: Vec<String> = sightings.paths.iter().filter_map(|path| judge(module, path)).collect();
    found.extend(sightings.macros.iter().filter(|name| UNFINISHED.contains(&name.as_str())).map(|name| format!("leaves {name}! behind")));
    found
}

/// What is wrong with naming `path` from `module`, if anything.
fn judge(module: &[&str], path: &Named) -> Option<String> {
    let room = *module.first().unwrap_or(&"");
    let text = path.to_string();
    match path {
        // The binary is the library's neighbour and may open one door only.
        Named::Ours(segments) if room == MAIN => {
            (segments.first().map(String::as_str) != Some("cli")).then(|| format!("main names {text}"))
        }
        // The library's root declares the rooms and hands nothing on: a detour past the walls.
        Named::Ours(_) if room.is_empty() => Some(format!("the library's root names {text}")),
        Named::Ours(segments) => match segments.first().map(String::as_str) {
            None | Some("*") => Some(format!("names the whole library ({text}), which hides what is meant")),
            Some(named) if named == room => None,
            Some(named) if is_room(named) => (!allowed(module, segments)).then(|| format!("{} may not name {text}", module.join("::"))),
            // Macros of ours stand at the root whatever room they are written in.
            Some(_) => None,
        },
        Named::Foreign(segments) => {
            let rooms = CRATE_ROOMS.iter().find(|(name, _)| Some(*name) == segments.first().map(String::as_str)).map(|(_, rooms)| *rooms);
            match rooms {
                Some(rooms) if !rooms.contains(&room) => {
                    Some(format!("{} names {text}; only {} may", module.join("::"), rooms.join(" and ")))
                }
                _ if room == "domain" && NOT_IN_DOMAIN.iter().any(|banned| reaches(segments, banned)) => {
                    Some(format!("domain reaches {text}"))
                }
                _ => None,
            }
        }
    }
}

fn is_room(name: &str) -> bool {
    MAY_NAME.iter().any(|(row, _)| *row == name)
}

/// Whether the table lets `module` name `path` (written from the library's root).
fn allowed(module: &[&str], path: &[String]) -> bool {
    MAY_NAME
        .iter()
        .filter(|(row, _)| row.split("::").zip(module).filter(|(a, b)| a == *b).count() == row.split("::").count())
        .flat_map(|(_, may)| may.iter())
        .any(|may| reaches(path, may))
}

/// Whether `path` is `prefix` or goes on from it.
fn reaches(path: &[String], prefix: &str) -> bool {
    let prefix: Vec<&str> = prefix.split("::").collect();
    path.len() >= prefix.len() && path.iter().zip(&prefix).all(|(a, b)| a == b)
}

/// How a file is too long, if it is.
fn over_long(file: &Path, source: &str) -> Option<String> {
    let most = if file.ends_with("src/main.rs") { MOST_LINES_OF_MAIN } else { MOST_LINES };
    let lines = source.lines().count();
    (lines > most).then(|| format!("{}: {lines} lines, at most {most}", file.display()))
}

// ---------------------------------------------------------------- finding files

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// All Rust files below a folder of the repository, in a fixed order.
fn rust_files(root: &str) -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(root)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() && path.file_name().is_none_or(|name| name != "node_modules") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// `src/store/cases.rs` -> `["store", "cases"]`; the library's root is empty, the binary is `["main"]`.
fn module_of(file: &Path) -> Vec<String> {
    let below = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("a file below src").with_extension("");
    let mut module: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.len() == 1 && module[0] == "lib" || module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

// ---------------------------------------------------------------- the tables can be broken

/// Snippets that must be caught: where they stand, what they say, what the breach must mention.
const CAUGHT: &[(&[&str], &str, &str)] = &[
    // A room above, in every place a path can stand.
    (&["domain", "money"], "use crate::text::number;", "crate::text::number"),
    (&["store", "cases"], "use crate::services::decide;", "crate::services"),
    (&["store", "cases"], "fn f() { crate::services::decide() }", "crate::services"),
    (&["store"], "fn f(x: Vec<Option<crate::web::Page>>) {}", "crate::web::Page"),
    (&["store"], "impl From<u8> for X where X: crate::web::Show {}", "crate::web::Show"),
    (&["store"], "#[crate::web::handler] fn f() {}", "crate::web::handler"),
    (&["store"], "fn f() { vec![1, crate::web::x()]; }", "crate::web::x"),
    (&["store"], "macro_rules! m { ($x:expr) => { $crate::services::audit($x) } }", "crate::services::audit"),
    (&["text"], "use crate::{domain::{Money, Localized}, store::{self, cases}};", "crate::store"),
    (&["text"], "pub use crate::r#store::cases as anything;", "crate::store"),
    (&["text"], "use super::store::cases;", "crate::store"),
    (&["text", "number"], "use super::super::store as s;", "crate::store"),
    (&["text", "number"], "mod inner { use super::super::super::web::Page; }", "crate::web"),
    (&["text", "number"], "fn f() { self::super::super::web::page() }", "crate::web"),
    (&["text"], "struct X(pub (crate::web::Page));", "crate::web"),
    // The neighbours.
    (&["forms"], "use crate::workflows::Definition;", "crate::workflows"),
    (&["rules"], "use crate::forms::Form;", "crate::forms"),
    (&["store"], "use crate::packages::Package;", "crate::packages"),
    (&["attendance"], "use crate::text::number;", "crate::text"),
    (&["letters"], "use crate::store::Db;", "crate::store"),
    (&["web", "officer"], "use crate::pipeline::wake;", "crate::pipeline"),
    (&["pipeline"], "use crate::web::Page;", "crate::web"),
    // Rooms that are not for everybody.
    (&["web", "officer"], "use crate::store::cases;", "crate::store"),
    (&["web", "admin"], "use crate::rules::engine;", "crate::rules"),
    (&["web", "admin"], "use crate::demo::personas;", "crate::demo"),
    (&["services", "decide"], "use crate::app::Config;", "crate::app::Config"),
    (&["services", "decide"], "use crate::app;", "crate::app"),
    (&["services", "decide"], "use crate::app::*;", "crate::app::*"),
    (&["store"], "use crate::app::Tenant;", "crate::app::Tenant"),
    (&["cli", "check"], "use crate::web::serve;", "crate::web"),
    (&["app"], "use crate::services::decide;", "crate::services"),
    // The library at once.
    (&["store"], "use crate::*;", "whole library"),
    (&["store"], "use super::*;", "whole library"),
    (&["store"], "use crate::{self as all};", "whole library"),
    (&[], "pub use store::Db;", "crate::store::Db"),
    (&["main"], "fn main() { bifall::web::serve() }", "crate::web::serve"),
    // Crates.
    (&["services"], "use sqlx::Row;", "sqlx::Row"),
    (&["services"], "use ::sqlx::Row;", "sqlx::Row"),
    (&["services"], "use sqlx;", "sqlx"),
    (&["services"], "extern crate sqlx as db;", "sqlx"),
    (&["domain", "money"], "#[derive(sqlx::Type)] struct Money(i64);", "sqlx::Type"),
    (&["services"], "fn f() -> Result<(), sqlx::Error> { Ok(()) }", "sqlx::Error"),
    (&["services"], "fn f() { on_tx!(tx, c => sqlx::query(\"select 1\").execute(c).await) }", "sqlx::query"),
    (&["cli", "serve"], "use axum::Router;", "axum::Router"),
    (&["services"], "use tower_http::csrf::CsrfLayer;", "tower_http"),
    (&["services"], "use askama::Template;", "askama"),
    (&["letters"], "use askama_web::WebTemplate;", "askama_web"),
    (&["packages"], "use rhai::AST;", "rhai::AST"),
    (&["services"], "use typst_pdf::pdf;", "typst_pdf"),
    (&["services"], "use lettre::Message;", "lettre"),
    (&["web"], "use clap::Parser;", "clap"),
    // The pure room.
    (&["domain", "clock"], "use std::{fmt, fs};", "std::fs"),
    (&["domain", "clock"], "fn f() -> String { std::env::var(\"X\").unwrap_or_default() }", "std::env"),
    (&["domain", "clock"], "use std::net::TcpStream;", "std::net"),
    (&["domain", "clock"], "fn f() { let _ = std::time::SystemTime::now(); }", "SystemTime"),
    (&["domain", "clock"], "use tokio::time::sleep;", "tokio"),
    // Left behind.
    (&["store"], "fn f() { todo!() }", "todo!"),
    (&["store"], "fn f() { core::unimplemented!(\"later\") }", "unimplemented!"),
    (&["store"], "fn f() { vec![dbg!(1)]; }", "dbg!"),
    (&["store"], "fn f( {", "not Rust"),
];

/// Snippets that must pass, so that the walls have doors.
const PASSES: &[(&[&str], &str)] = &[
    (&["domain", "money"], "use super::Localized; use crate::domain::period::Period; use std::{fmt, time::Duration};"),
    (&["store", "cases"], "use super::on_tx; use crate::domain::{Money, *}; use sqlx::{self, Row}; use crate::attendance::blob;"),
    (&["services", "decide"], "use crate::app::Tenant; use crate::{store, packages::Package}; fn f(t: &crate::app::Tenant) {}"),
    (
        &["web", "officer"],
        "use axum::{Router, routing::get}; use crate::app::Tenants; use crate::services::queue::views; use askama::Template;",
    ),
    (&["web", "site"], "use crate::demo::personas;"),
    (&["cli", "serve"], "use crate::{app, pipeline, web};"),
    (&["letters"], "mod typst; use self::typst::World; use askama::Template; use ::typst::Library;"),
    (&["rules"], "pub(crate) struct X; pub(in crate::rules) struct Y; pub(super) fn sqlx(rhai: i32) -> bool { rhai != 1 }"),
    (&["store"], "// crate::web::Page\n/// [`crate::web::Page`]\nconst X: &str = \"axum::Router, todo!()\";"),
    (&["store"], "fn f() -> impl Iterator<Item = u8> + use<'static> { let todo = 1; std::iter::empty() }"),
    (&["store"], "#[macro_export] macro_rules! m { () => { $crate::m2!() } }"),
    (&["main"], "fn main() -> std::process::ExitCode { bifall::cli::main() }"),
    (&[], "//! The library.\npub mod store; pub mod web;"),
];

#[test]
fn every_kind_of_breach_is_caught() {
    for (module, source, mention) in CAUGHT {
        let found = breaches(module, source);
        assert!(found.iter().any(|breach| breach.contains(mention)), "{module:?} {source}: {found:?}");
    }
}

#[test]
fn what_is_right_passes() {
    for (module, source) in PASSES {
        assert_eq!(breaches(module, source), Vec::<String>::new(), "{module:?} {source}");
    }
}

#[test]
fn long_files_are_caught() {
    let lines = |count: usize| "\n".repeat(count);
    assert!(over_long(Path::new("src/web/page.rs"), &lines(MOST_LINES)).is_none());
    assert!(over_long(Path::new("src/web/page.rs"), &lines(MOST_LINES + 1)).is_some());
    assert!(over_long(Path::new("src/main.rs"), &lines(MOST_LINES_OF_MAIN)).is_none());
    assert!(over_long(Path::new("src/main.rs"), &lines(MOST_LINES_OF_MAIN + 1)).is_some());
}

#[test]
fn rooms_below_never_name_rooms_above() {
    // The table itself has no circle: every room may name only rooms that come before it in the table.
    let rooms: Vec<&str> = MAY_NAME.iter().map(|(row, _)| *row).filter(|row| !row.contains("::")).collect();
    for (row, may) in MAY_NAME.iter().filter(|(row, _)| !row.contains("::")) {
        let own = rooms.iter().position(|room| room == row);
        for named in *may {
            let room = named.split("::").next().unwrap_or(named);
            assert!(rooms.iter().position(|other| *other == room) < own, "{row} may name {room}");
        }
    }
}
