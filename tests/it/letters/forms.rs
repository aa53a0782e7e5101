//! The HTML form, and that both forms say the same.

use bifall::letters::document::Block;
use bifall::letters::{self, Letter};

use super::samples;

fn escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;").replace('\'', "&#39;")
}

#[test]
fn every_word_of_the_document_is_on_the_page() {
    let letter = samples::decision();
    let document = letter.document().expect("a document");
    let html = letters::html(&letter).expect("HTML");
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Lead { text }
            | Block::Heading { text }
            | Block::Annex { text }
            | Block::Subheading { text }
            | Block::Paragraph { text } => texts.push(text.clone()),
            Block::List { items: lines } | Block::Address { lines } => texts.extend(lines.iter().cloned()),
            Block::Facts { items } => texts.extend(items.iter().flat_map(|fact| [fact.label.clone(), fact.value.clone()])),
            Block::Table(table) => {
                texts.push(table.caption.clone());
                texts.extend(table.columns.iter().map(|column| column.label.clone()));
                texts.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.clone()));
            }
        }
    }
    assert!(texts.len() > 60, "{} texts", texts.len());
    for text in texts {
        assert!(html.contains(&escaped(&text)), "{text:?} is not on the page");
    }
}

#[test]
fn names_are_escaped() {
    let mut letter = samples::decision();
    letter.head.recipient.name = "<script>alert('x')</script> & \"co\"".to_owned();
    letter.motivation = vec!["<img src=x onerror=alert(1)>".to_owned()];
    for html in [letters::html(&letter).expect("HTML"), letters::html_document(&letter).expect("HTML")] {
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(html.contains("&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62; &#38; &#34;co&#34;"), "{html}");
    }
}

#[test]
fn the_page_has_one_main_heading_tables_with_headers_and_a_language() {
    let html = letters::html(&samples::decision()).expect("HTML");
    assert!(html.starts_with("<article class=\"letter\" lang=\"sv\">"), "{html}");
    assert_eq!(html.matches("<h1").count(), 1);
    assert_eq!(html.matches("<table").count(), 2);
    assert_eq!(html.matches("<caption>").count(), 2);
    assert_eq!(html.matches("<th scope=\"col\"").count(), 8);
    assert_eq!(html.matches("<th scope=\"row\"").count(), 6 + 4, "one per row");
    assert!(!html.contains("style="), "no inline style, so that the content security policy can forbid it");
}

#[test]
fn the_standalone_document_needs_nothing_from_outside() {
    let html = letters::html_document(&samples::decision()).expect("HTML");
    assert!(html.starts_with("<!DOCTYPE html>"));
    assert!(html.contains("<title>Beslut: Aktivitetsstöd, första halvåret 2026 – KFN 2026/131</title>"));
    for outside in ["src=", "url(", "@import", "<link", "<script"] {
        assert!(!html.contains(outside), "{outside} in the document");
    }
}

#[test]
fn the_style_sheet_styles_letters_only() {
    let sheet = letters::STYLESHEET;
    let selectors = sheet.lines().filter(|line| line.contains('{') && !line.trim_start().starts_with(['@', '/']));
    for line in selectors {
        for selector in line.split('{').next().expect("a selector").split(',') {
            assert!(selector.trim_start().starts_with(".letter"), "{line}");
        }
    }
}

#[test]
fn the_same_letter_gives_the_same_page() {
    assert_eq!(letters::html(&samples::decision()).expect("HTML"), letters::html(&samples::decision()).expect("HTML"));
}
