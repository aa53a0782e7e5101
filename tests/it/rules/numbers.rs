//! Swedish figures, there and back.

use bifall::domain::localized::Language;
use bifall::text::number::{self, NumberError};
use proptest::prelude::{prop_assert_eq, proptest};
use rust_decimal::Decimal;

use super::support::day;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

#[test]
fn figures_are_written_the_swedish_way() {
    assert_eq!(number::integer(0), "0");
    assert_eq!(number::integer(999), "999");
    assert_eq!(number::integer(1000), "1\u{202F}000");
    assert_eq!(number::integer(-1_234_567), "\u{2212}1\u{202F}234\u{202F}567");
    assert_eq!(number::decimal(decimal("1234.50")), "1\u{202F}234,5");
    assert_eq!(number::kronor(decimal("1234.5")), "1\u{202F}234,50\u{A0}kr");
    assert_eq!(number::kronor(decimal("19789.00")), "19\u{202F}789\u{A0}kr");
    assert_eq!(number::kronor(decimal("0.125")), "0,125\u{A0}kr");
    assert_eq!(number::percent(decimal("25.0")), "25\u{A0}%");
    assert_eq!(number::date(day("2026-08-25"), Language::Sv), "25 augusti 2026");
    assert_eq!(number::date(day("2026-08-05"), Language::En), "5 August 2026");
}

#[test]
fn entries_are_read_the_swedish_way() {
    for (text, expected) in [
        ("1 234,50", "1234.50"),
        ("1\u{A0}234,5", "1234.5"),
        (" 1234 ", "1234"),
        ("12.5", "12.5"),
        ("12.50", "12.50"),
        ("-12", "-12"),
        ("\u{2212}12,5", "-12.5"),
        ("1 234 kr", "1234"),
        ("0,005", "0.005"),
    ] {
        assert_eq!(number::parse(text), Ok(decimal(expected)), "{text}");
    }
    for (text, error) in [
        ("", NumberError::Empty),
        ("kr", NumberError::Empty),
        ("1 23", NumberError::Grouping),
        ("1234 567", NumberError::Grouping),
        ("1.234", NumberError::AmbiguousPoint),
        ("1,", NumberError::NotANumber),
        (",5", NumberError::NotANumber),
        ("1,2,3", NumberError::NotANumber),
        ("tolv", NumberError::NotANumber),
        ("1e5", NumberError::NotANumber),
        ("١٢", NumberError::NotANumber),
        ("99999999999999999999999999999999", NumberError::TooLong),
    ] {
        assert_eq!(number::parse(text), Err(error), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(mantissa: i64, scale in 0_u32..10) {
        let exact = Decimal::new(mantissa, scale);
        prop_assert_eq!(number::parse(&number::decimal(exact)), Ok(exact));
        prop_assert_eq!(number::parse(&number::kronor(exact)), Ok(exact));
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,20}") {
        let _ = number::parse(&text);
    }
}
