//! Tables that open in a spreadsheet: UTF-8 with a byte order mark, `;` between cells, CRLF.

use super::FileError;

/// The table's bytes.
pub(super) fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, FileError> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row).map_err(|error| FileError::Writing(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| FileError::Writing(error.to_string()))
}

/// A text that somebody wrote, made harmless: a spreadsheet takes what begins with `=`, `+`, `-`, `@`, a tab or a
/// carriage return for a formula, and an apostrophe before it says that it is text. Line breaks become spaces.
pub(super) fn text(text: &str) -> String {
    let line: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let line = line.trim();
    if line.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) { format!("'{line}") } else { line.to_owned() }
}

/// Kronor with a decimal comma, as Swedish spreadsheets read them.
pub(super) fn kronor(amount: crate::domain::Money) -> String {
    amount.to_string().replace('.', ",")
}
