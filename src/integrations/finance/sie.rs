//! Vouchers for the ledger: SIE type 4I ("SIE filformat utgåva 4B", 2008-09-30), code page 437.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{FileError, LostSigns, Payment, Written, organisation_number};
use crate::domain::Money;
use crate::domain::payment::AccountingString;
use crate::domain::period::DateRange;
use crate::text::transliterate::to_cp437;

/// Vouchers of one financial year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoucherFile {
    /// The version of the service that made the vouchers, as stored with the batch so that the file can be made again.
    pub program_version: String,
    /// The day the batch was made.
    pub generated: NaiveDate,
    /// Who made it, as the ledger shows it.
    pub generated_by: String,
    /// The municipality's name.
    pub company: String,
    /// Its organisation number, ten digits.
    pub organisation_number: String,
    /// The financial year.
    pub year: DateRange,
    /// Which dimension of the ledger each code is.
    pub dimensions: Dimensions,
    /// Names of accounts, told to the ledger where known.
    pub account_names: BTreeMap<String, String>,
    /// The vouchers, in the order they are written.
    pub vouchers: Vec<Voucher>,
}

/// Which dimension of the ledger each part of an accounting string is. The format reserves 1 to 19.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dimensions {
    /// Cost centre; the format says 1.
    pub cost_centre: u16,
    /// Activity; free.
    pub activity: u16,
    /// Project; the format says 6.
    pub project: u16,
    /// Counterpart; free.
    pub counterpart: u16,
}

impl Default for Dimensions {
    fn default() -> Self {
        Self { cost_centre: 1, activity: 20, project: 6, counterpart: 21 }
    }
}

/// A voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// The series; `None` lets the ledger choose.
    pub series: Option<String>,
    /// The number; `None` lets the ledger number it.
    pub number: Option<u32>,
    /// The date of the event.
    pub date: NaiveDate,
    /// What it is: diary number and payee.
    pub text: String,
    /// The lines; debit above zero, credit below; their sum is zero.
    pub lines: Vec<VoucherLine>,
}

/// A line of a voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoucherLine {
    /// Where it is booked.
    pub accounting: AccountingString,
    /// Debit above zero, credit below.
    pub amount: Money,
    /// What it is.
    pub text: String,
}

/// The voucher of a payment: its lines against the account that the money is paid from.
///
/// # Errors
/// When the sum does not fit.
pub fn voucher(payment: &Payment, date: NaiveDate, paid_from: &AccountingString) -> Result<Voucher, FileError> {
    let line = |line: &crate::domain::payment::PaymentLine| VoucherLine {
        accounting: line.accounting.clone(),
        amount: line.amount,
        text: line.text.clone(),
    };
    let mut lines: Vec<VoucherLine> = payment.lines().iter().map(line).collect();
    let sum = Money::sum(lines.iter().map(|line| line.amount))?;
    if sum != Money::ZERO {
        let amount = Money::ZERO.checked_sub(sum).ok_or(crate::domain::money::MoneyError::Overflow)?;
        lines.push(VoucherLine { accounting: paid_from.clone(), amount, text: payment.id.to_string() });
    }
    let text = format!("{} {}", payment.diary_number, payment.payee.name);
    Ok(Voucher { series: None, number: None, date, text, lines })
}

/// Writes the file.
///
/// # Errors
/// [`FileError`] when there is no voucher, one does not balance, is dated outside the year or is numbered out of
/// order, or when the dimensions are not set up right. Nothing is written then.
pub fn write(file: &VoucherFile) -> Result<Written, FileError> {
    check(file)?;
    let mut out = File { bytes: Vec::new(), lost: Vec::new() };
    out.header(file)?;
    out.chart(file);
    for (at, voucher) in file.vouchers.iter().enumerate() {
        out.voucher(file, voucher, &format!("verifikation {}", at + 1));
    }
    Ok(Written { bytes: out.bytes, lost: out.lost })
}

fn check(file: &VoucherFile) -> Result<(), FileError> {
    if file.vouchers.is_empty() {
        return Err(FileError::Empty);
    }
    let Dimensions { cost_centre, activity, project, counterpart } = file.dimensions;
    let numbers = [cost_centre, activity, project, counterpart];
    // 1, 2 and 6 are the cost centre, the cost unit and the project of the format; 3-5 and 7-19 mean other things.
    let allowed = numbers.iter().all(|number| matches!(number, 1 | 2 | 6 | 20..));
    if !allowed || numbers.iter().collect::<BTreeSet<_>>().len() != numbers.len() {
        return Err(FileError::Dimensions);
    }
    let mut last: BTreeMap<Option<&str>, u32> = BTreeMap::new();
    for (at, voucher) in file.vouchers.iter().enumerate() {
        if voucher.lines.is_empty() {
            return Err(FileError::NoLines(at + 1));
        }
        let off = Money::sum(voucher.lines.iter().map(|line| line.amount))?;
        if off != Money::ZERO {
            return Err(FileError::Unbalanced { voucher: at + 1, off });
        }
        if !file.year.contains(voucher.date) {
            return Err(FileError::OutsideYear(at + 1));
        }
        if let Some(number) = voucher.number
            && last.insert(voucher.series.as_deref(), number).is_some_and(|before| before >= number)
        {
            return Err(FileError::VoucherNumber(at + 1));
        }
    }
    Ok(())
}

/// The file while it is written.
struct File {
    bytes: Vec<u8>,
    lost: Vec<LostSigns>,
}

impl File {
    /// Flag and identification, in the order of the format.
    fn header(&mut self, file: &VoucherFile) -> Result<(), FileError> {
        let number = organisation_number(&file.organisation_number)?;
        let (head, tail) = number.split_at(6);
        let place = "filhuvudet";
        self.record("#FLAGGA", &[Field::Code("0")], place);
        self.record("#PROGRAM", &[Field::Text("Bifall"), Field::Text(&file.program_version)], place);
        self.record("#FORMAT", &[Field::Code("PC8")], place);
        self.record("#GEN", &[Field::Code(&date(file.generated)), Field::Text(&file.generated_by)], place);
        self.record("#SIETYP", &[Field::Code("4")], place);
        self.record("#ORGNR", &[Field::Code(&format!("{head}-{tail}"))], place);
        self.record("#FNAMN", &[Field::Text(&file.company)], place);
        self.record("#RAR", &[Field::Code("0"), Field::Code(&date(file.year.from)), Field::Code(&date(file.year.to))], place);
        self.record("#VALUTA", &[Field::Code("SEK")], place);
        Ok(())
    }

    /// Accounts whose names are known, and the dimensions that are used.
    fn chart(&mut self, file: &VoucherFile) {
        let lines = || file.vouchers.iter().flat_map(|voucher| &voucher.lines).map(|line| &line.accounting);
        for account in lines().map(AccountingString::account).collect::<BTreeSet<_>>() {
            if let Some(name) = file.account_names.get(account) {
                self.record("#KONTO", &[Field::Text(account), Field::Text(name)], "kontoplanen");
            }
        }
        let names = BTreeMap::from([
            (file.dimensions.cost_centre, "Kostnadsställe"),
            (file.dimensions.activity, "Verksamhet"),
            (file.dimensions.project, "Projekt"),
            (file.dimensions.counterpart, "Motpart"),
        ]);
        let used: BTreeSet<u16> = lines().flat_map(|codes| objects(codes, file.dimensions)).map(|(dimension, _)| dimension).collect();
        for (dimension, name) in names.into_iter().filter(|(dimension, _)| used.contains(dimension)) {
            self.record("#DIM", &[Field::Code(&dimension.to_string()), Field::Text(name)], "kontoplanen");
        }
    }

    fn voucher(&mut self, file: &VoucherFile, voucher: &Voucher, place: &str) {
        let number = voucher.number.map(|number| number.to_string()).unwrap_or_default();
        self.record(
            "#VER",
            &[
                Field::Text(voucher.series.as_deref().unwrap_or_default()),
                Field::Text(&number),
                Field::Code(&date(voucher.date)),
                Field::Text(&voucher.text),
                Field::Code(&date(file.generated)),
                Field::Text(&file.generated_by),
            ],
            place,
        );
        self.line("{");
        for line in &voucher.lines {
            let objects = objects(&line.accounting, file.dimensions);
            self.record(
                "#TRANS",
                &[
                    Field::Text(line.accounting.account()),
                    Field::Objects(&objects),
                    Field::Code(&line.amount.to_string()),
                    Field::Code(&date(voucher.date)),
                    Field::Text(&line.text),
                ],
                place,
            );
        }
        self.line("}");
    }

    fn record(&mut self, label: &str, fields: &[Field<'_>], place: &str) {
        let mut signs = Vec::new();
        self.bytes.extend_from_slice(label.as_bytes());
        for field in fields {
            self.bytes.push(b' ');
            match field {
                Field::Code(code) => self.bytes.extend_from_slice(code.as_bytes()),
                Field::Text(text) => quoted(&mut self.bytes, &mut signs, text),
                Field::Objects(objects) => {
                    self.bytes.push(b'{');
                    for (at, (dimension, object)) in objects.iter().enumerate() {
                        if at > 0 {
                            self.bytes.push(b' ');
                        }
                        quoted(&mut self.bytes, &mut signs, &dimension.to_string());
                        self.bytes.push(b' ');
                        quoted(&mut self.bytes, &mut signs, object);
                    }
                    self.bytes.push(b'}');
                }
            }
        }
        self.line("");
        if !signs.is_empty() {
            self.lost.push(LostSigns { place: place.to_owned(), signs });
        }
    }

    fn line(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.extend_from_slice(b"\r\n");
    }
}

/// A field of a record.
enum Field<'f> {
    /// ASCII without spaces that we made ourselves.
    Code(&'f str),
    /// Anything else, always quoted.
    Text(&'f str),
    /// Dimension and object.
    Objects(&'f [(u16, &'f str)]),
}

/// The objects of an accounting string, by dimension.
fn objects(codes: &AccountingString, dimensions: Dimensions) -> Vec<(u16, &str)> {
    let mut objects: Vec<(u16, &str)> = [
        (dimensions.cost_centre, codes.cost_centre()),
        (dimensions.activity, codes.activity()),
        (dimensions.project, codes.project()),
        (dimensions.counterpart, codes.counterpart()),
    ]
    .into_iter()
    .filter_map(|(dimension, code)| code.map(|code| (dimension, code)))
    .collect();
    objects.sort_unstable();
    objects
}

/// A text in code page 437 between quotation marks. A quotation mark inside is written `\"`; the format has no way to
/// write a backslash before the closing mark, so a backslash becomes a slash.
fn quoted(bytes: &mut Vec<u8>, signs: &mut Vec<char>, text: &str) {
    let (encoded, lost) = to_cp437(&text.replace('\\', "/"));
    bytes.push(b'"');
    for byte in encoded {
        if byte == b'"' {
            bytes.push(b'\\');
        }
        bytes.push(byte);
    }
    bytes.push(b'"');
    for sign in lost {
        if !signs.contains(&sign) {
            signs.push(sign);
        }
    }
}

fn date(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}
