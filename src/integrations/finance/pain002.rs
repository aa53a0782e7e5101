//! The bank's status report on a payment file (ISO 20022 pain.002): what it took and what it refused.
//!
//! Versions .03 to .14 share the parts that are read here, so names are compared without their namespace. A document
//! type declaration is refused: no bank sends one, and what it can do to a reader is not worth finding out.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::domain::Localized;

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusReport {
    /// The number of the file it answers: our batch's.
    pub answers: String,
    /// What it says of the whole file.
    pub group: Told,
    /// What it says of single payments.
    pub payments: Vec<PaymentTold>,
}

/// What a report says of a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentTold {
    /// The payment's reference (`OrgnlEndToEndId`).
    pub reference: String,
    /// What it says.
    pub told: Told,
}

/// A status with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The status code, as `ACCP`; empty when none is given.
    pub status: String,
    /// The reason code, as `AC04`.
    pub code: Option<String>,
    /// More in words.
    pub text: String,
}

/// What a status means for a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The bank has taken it.
    Accepted,
    /// The money has left the account.
    Settled,
    /// The bank has refused it.
    Rejected,
    /// Nothing is settled yet, or it is said of each payment apart.
    Open,
}

impl Told {
    /// What the status means. A code that is not known means nothing: a payment is never taken for paid by a guess.
    #[must_use]
    pub fn meaning(&self) -> Meaning {
        match self.status.as_str() {
            "ACCP" | "ACSP" | "ACTC" | "ACWC" | "ACFC" => Meaning::Accepted,
            "ACSC" | "ACCC" => Meaning::Settled,
            "RJCT" => Meaning::Rejected,
            _ => Meaning::Open,
        }
    }
}

/// Why a file is no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The file is not well-formed XML.
    #[error("not well-formed at byte {0}")]
    Malformed(u64),
    /// A document type declaration.
    #[error("a document type declaration")]
    Doctype,
    /// No `CstmrPmtStsRpt`, or one that does not say which file it answers.
    #[error("not a status report")]
    Other,
}

impl ReportError {
    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(&self) -> Localized {
        match self {
            Self::Malformed(at) => Localized::both(
                format!("Filen är avbruten eller skadad vid tecken {at}. Hämta den från banken på nytt."),
                format!("The file is cut off or damaged at byte {at}. Fetch it from the bank again."),
            ),
            Self::Doctype => Localized::both(
                "Filen har en dokumenttypsdeklaration, och det har inga filer från banken. Hämta den från banken på nytt.",
                "The file has a document type declaration, which no file from the bank has. Fetch it from the bank again.",
            ),
            Self::Other => Localized::both(
                "Det är ingen återrapport från banken (pain.002). Välj den fil som svarar på betalfilen.",
                "This is no status report from the bank (pain.002). Choose the file that answers the payment file.",
            ),
        }
    }
}

/// Reads a report.
///
/// # Errors
/// [`ReportError`] when it is none.
pub fn read(bytes: &[u8]) -> Result<StatusReport, ReportError> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().trim_text(true);
    let mut path: Vec<String> = Vec::new();
    let mut report = StatusReport::default();
    let mut is_report = false;
    loop {
        let event = reader.read_event().map_err(|_| ReportError::Malformed(reader.error_position()))?;
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                is_report |= name == "CstmrPmtStsRpt";
                if name == "TxInfAndSts" {
                    report.payments.push(PaymentTold::default());
                }
                path.push(name);
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Text(text) => {
                take(&mut report, &path, &text);
            }
            Event::DocType(_) => return Err(ReportError::Doctype),
            Event::Eof if !path.is_empty() => return Err(ReportError::Malformed(reader.buffer_position())),
            Event::Eof => break,
            Event::Empty(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if !is_report || report.answers.is_empty() {
        return Err(ReportError::Other);
    }
    report.payments.retain(|payment| !payment.reference.is_empty());
    Ok(report)
}

fn take(report: &mut StatusReport, path: &[String], text: &str) {
    let Some(name) = path.last() else { return };
    let within = |element: &str| path.iter().any(|step| step == element);
    if within("TxInfAndSts") {
        let Some(payment) = report.payments.last_mut() else { return };
        match name.as_str() {
            "OrgnlEndToEndId" => text.clone_into(&mut payment.reference),
            "TxSts" => text.clone_into(&mut payment.told.status),
            "Cd" if within("Rsn") => payment.told.code = Some(text.to_owned()),
            "AddtlInf" => add(&mut payment.told.text, text),
            _ => {}
        }
    } else if within("OrgnlGrpInfAndSts") {
        match name.as_str() {
            "OrgnlMsgId" => text.clone_into(&mut report.answers),
            "GrpSts" => text.clone_into(&mut report.group.status),
            "Cd" if within("Rsn") => report.group.code = Some(text.to_owned()),
            "AddtlInf" => add(&mut report.group.text, text),
            _ => {}
        }
    }
}

fn add(sum: &mut String, text: &str) {
    if !sum.is_empty() {
        sum.push(' ');
    }
    sum.push_str(text);
}
