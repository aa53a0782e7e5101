//! Personal numbers in free text.

use bifall::domain::person_number::stands_in;
use proptest::prelude::*;

use crate::support::dak::{adult, girl};

#[test]
fn a_number_is_found_however_it_is_written() {
    let number = adult(40).number();
    let (century, rest) = number.split_at(2);
    let (day, last) = rest.split_at(6);
    for written in [
        number.clone(),
        rest.to_owned(),
        format!("{day}-{last}"),
        format!("{century}{day}-{last}"),
        format!("{day}+{last}"),
        format!("{day} {last}"),
        format!("Ring {century}{day}-{last}, hon vet."),
        format!("({rest})"),
    ] {
        assert!(stands_in(&written), "a form of it is not found");
    }
    assert!(stands_in(&girl(3).coordinated().number()), "a coordination number");
}

#[test]
fn other_numbers_are_no_personal_numbers() {
    for written in [
        "",
        "Återkrav KFN 2025/9, betald 2026-03-12",
        "Bankgiro 5012-3454",
        "802999-9904",
        "1 234 567,50 kr",
        "UTB-2026-000012",
        "tel 08-508 27 000",
        "20260312 1234567890",
    ] {
        assert!(!stands_in(written), "{written}");
    }
    // A digit more or less makes another number of it.
    let number = adult(40).number();
    assert!(!stands_in(&format!("{number}1")) && !stands_in(&number[..11]));
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,60}") {
        let _ = stands_in(&text);
    }

    #[test]
    fn a_number_is_found_in_any_words(before in "[a-zåäö ,.]{0,20}", after in "[a-zåäö ,.]{0,20}", no in 0_u64..3000) {
        let found = stands_in(&format!("{before}{}{after}", girl(no).number()));
        prop_assert!(found);
    }
}
