//! The PDF form, judged by poppler's tools (Debian: poppler-utils), which must be there.

use std::path::{Path, PathBuf};
use std::process::Command;

use bifall::domain::Localized;
use bifall::domain::localized::Language;
use bifall::letters::{self, Letter};

use super::samples;

/// What one of poppler's tools says about a PDF; fails, never skips, when the tool is missing.
fn poppler(tool: &str, options: &[&str], pdf: &Path, output: &[&str]) -> String {
    let run = Command::new(tool).args(options).arg(pdf).args(output).output();
    let run = run.unwrap_or_else(|error| panic!("{tool} is needed (apt-get install poppler-utils): {error}"));
    assert!(run.status.success(), "{tool}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn written(letter: &impl Letter) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("letter.pdf");
    std::fs::write(&path, letters::pdf(letter).expect("a PDF")).expect("written");
    (folder, path)
}

/// All words of the PDF in reading order, every kind of space as one space.
fn words(letter: &impl Letter) -> String {
    let (_folder, pdf) = written(letter);
    poppler("pdftotext", &["-layout"], &pdf, &["-"]).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with no spaces at all: long words are broken over lines.
fn letters_only(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn it_declares_accessibility_language_and_title() {
    let (_folder, pdf) = written(&samples::decision());
    let metadata = poppler("pdfinfo", &["-meta"], &pdf, &[]);
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("<rdf:li>sv-SE</rdf:li>"), "{metadata}");
    let info = poppler("pdfinfo", &[], &pdf, &[]);
    assert!(info.contains("Tagged:          yes"), "{info}");
    assert!(info.contains("Title:           Beslut: Aktivitetsstöd, första halvåret 2026"), "{info}");
    assert!(info.contains("(A4)"), "{info}");
    assert!(info.contains("JavaScript:      no"), "{info}");
}

#[test]
fn the_english_letter_says_that_it_is_english_and_a_translation() {
    let mut letter = samples::decision();
    letter.head.language = Language::En;
    let (_folder, pdf) = written(&letter);
    assert!(poppler("pdfinfo", &["-meta"], &pdf, &[]).contains("<rdf:li>en-GB</rdf:li>"));
    assert!(words(&letter).contains("The Swedish text applies."));
}

#[test]
fn it_has_headings_in_order_and_tables_with_header_cells() {
    let (_folder, pdf) = written(&samples::decision());
    let tree = poppler("pdfinfo", &["-struct"], &pdf, &[]);
    let count = |tag: &str| tree.lines().filter(|line| line.split_whitespace().next() == Some(tag)).count();
    assert_eq!(count("H1"), 1, "{tree}");
    assert_eq!(count("H2"), 9, "reasons, calculation, account, payment, conditions, change, rules, record, appeal: {tree}");
    assert_eq!(count("Table"), 2, "{tree}");
    assert_eq!(count("TH"), 5 + 3, "one header cell per column: {tree}");
    assert_eq!(count("LI"), 1 + 1 + 1 + 4 + 4, "reason, condition, provision, grounds, contents: {tree}");
    let first_heading = tree.find(" H1").expect("a main heading");
    assert!(first_heading < tree.find(" H2").expect("a heading"));
}

#[test]
fn it_says_the_amount_the_calculation_and_swedish_letters() {
    let text = words(&samples::decision());
    for expected in [
        "Ni får 15 080 kr.",
        "1 214 9,89 12 006,46 kr",
        "1 000 8,10 8 100,00 kr",
        "−5 026,62 kr",
        "Åsa och Älvbyns idrottsförening",
        "Björkvägen 12",
        "bankgiro som slutar på 2346",
        "Sida 1 av 3",
        "Exempelstads kommun · Beslut · KFN 2026/131",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in {text}");
    }
    assert!(!text.contains("991-2346") && !text.contains("9912346"), "only the last digits of the account");
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let first = letters::pdf(&samples::decision()).expect("a PDF");
    letters::pdf(&samples::refusal()).expect("another letter in between");
    assert!(first == letters::pdf(&samples::decision()).expect("a PDF"), "the bytes differ");
}

#[test]
fn hostile_names_are_set_as_they_are_written() {
    let hostile = [
        "#import \"@preview/x:1.0.0\": y",
        "#read(\"/etc/passwd\")",
        "$ x^2 $ och *fet* _kursiv_ `kod`",
        "<script>alert(1)</script>",
        "\"citat\" ’apostrof’ \\ slut",
        "= Rubrik",
        "- punkt + plus / * stjärna",
        "] } ) // kommentar /* mer",
        "@hänvisning <etikett>",
        "{ $amount } { mail-link }",
        "Šŋđž Ľubomír Ωμέγα Юность",
    ];
    for name in hostile {
        let mut letter = samples::decision();
        letter.head.recipient.name = name.to_owned();
        letter.motivation = vec![name.to_owned()];
        letter.rows[0].text = Localized::sv(name);
        let text = words(&letter);
        let times = text.matches(&name.split_whitespace().collect::<Vec<_>>().join(" ")).count();
        assert!(times >= 3, "{name:?} stands {times} times in {text}");
    }
}

#[test]
fn a_name_of_255_characters_without_spaces_stays_on_the_paper() {
    let name: String = "Åäöß".chars().cycle().take(255).collect();
    let mut letter = samples::decision();
    letter.head.recipient.name = name.clone();
    letter.rows[0].text = Localized::sv(name.clone());
    let text = letters_only(&words(&letter));
    assert!(text.contains(&format!("beviljar{name}15080kr")), "in a sentence: {text}");
}

#[test]
fn marks_that_turn_text_are_gone_and_unknown_signs_show_as_a_box() {
    let mut letter = samples::decision();
    letter.head.recipient.name = "Klubben \u{202E}gpj.exe\u{2066} \u{1F3C0}\u{FE0F} \u{0007}lag".to_owned();
    let text = words(&letter);
    assert!(text.contains("Klubben gpj.exe □ lag"), "{text}");
    let html = letters::html(&letter).expect("HTML");
    assert!(html.contains("Klubben gpj.exe \u{1F3C0}\u{FE0F} lag"), "the page keeps the sign");
    assert!(!html.contains('\u{202E}'));
}

#[test]
fn a_long_calculation_keeps_its_header_row_on_every_page() {
    let mut letter = samples::decision();
    let row = letter.rows[0].clone();
    for at in 0..120 {
        let mut more = row.clone();
        more.text = Localized::sv(format!("Sektion {at}"));
        letter.rows.insert(0, more);
    }
    let (_folder, pdf) = written(&letter);
    let text = poppler("pdftotext", &["-layout"], &pdf, &["-"]);
    let pages: Vec<&str> = text.split('\u{C}').filter(|page| page.contains("Sektion ")).collect();
    assert!(pages.len() >= 2, "{} pages", pages.len());
    for page in pages {
        assert!(page.contains("Paragraf") && page.contains("Antal"), "no header row on {page}");
    }
}
