//! What banks and ledgers can read of what people write.

use bifall::text::transliterate::{Charset, holds, to_cp437, transliterate};
use codepage_437::{BorrowFromCp437, CP437_CONTROL};
use proptest::prelude::*;

/// Text, in the banks' set, in code page 437.
const VECTORS: [(&str, &str, &str); 18] = [
    ("Åkers IF, räksmörgås", "Åkers IF, räksmörgås", "Åkers IF, räksmörgås"),
    ("Café Olé", "Cafe Ole", "Café Olé"),
    ("Müller & Söner", "Muller + Söner", "Müller & Söner"),
    ("A\u{30A}sa O\u{308}berg", "Åsa Öberg", "Åsa Öberg"),
    // Code page 437 has æ but no ø; the byte that looks like it is the Greek phi.
    ("Ærø Håndbold", "Ärö Håndbold", "Ærö Håndbold"),
    ("Ståhl\u{A0}\u{2013} ”Nya”", "Ståhl - 'Nya'", "Ståhl - 'Nya'"),
    ("5 % @ #", "5 ? ? ?", "5 % @ #"),
    ("Łukasz Żak", "Lukasz Zak", "Lukasz Zak"),
    ("Đorđe", "Dorde", "Dorde"),
    ("Straße", "Strasse", "Straße"),
    ("漢字", "??", "??"),
    ("😀 hej", "? hej", "? hej"),
    ("rad ett\r\nrad\ttvå\u{7}", "rad ett rad två", "rad ett rad två"),
    ("  a   b  ", "a b", "a b"),
    ("semi\u{AD}kolon\u{200B}", "semikolon", "semikolon"),
    ("İstanbul", "Istanbul", "Istanbul"),
    ("a;b_c!", "a?b?c?", "a;b_c!"),
    ("", "", ""),
];

#[test]
fn vectors() {
    for (text, mig, cp437) in VECTORS {
        assert_eq!(transliterate(text, Charset::Mig).text, mig, "{text:?}");
        assert_eq!(transliterate(text, Charset::Cp437).text, cp437, "{text:?}");
    }
}

#[test]
fn what_is_lost_is_told_once_a_sign() {
    let written = transliterate("漢漢 ok 字", Charset::Cp437);
    assert_eq!((written.text.as_str(), written.lost.as_slice()), ("?? ok ?", ['漢', '字'].as_slice()));
    assert!(transliterate("fråga?", Charset::Mig).lost.is_empty(), "a question mark of one's own is no loss");
}

#[test]
fn the_bytes_are_those_of_code_page_437() {
    // The code chart: å 86, ä 84, ö 94, Å 8F, Ä 8E, Ö 99, é 82, ü 81; the section sign is 15, a control, and so no text.
    assert_eq!(to_cp437("åäöÅÄÖéü").0, [0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82, 0x81]);
    let (bytes, lost) = to_cp437("§ 3");
    assert_eq!((bytes.as_slice(), lost.as_slice()), (b"? 3".as_slice(), ['§'].as_slice()));
}

proptest! {
    #[test]
    fn nothing_outside_the_set_is_written_and_writing_twice_changes_nothing(text in any::<String>()) {
        for charset in [Charset::Mig, Charset::Cp437] {
            let once = transliterate(&text, charset);
            prop_assert!(once.text.chars().all(|sign| holds(charset, sign)));
            let twice = transliterate(&once.text, charset);
            prop_assert_eq!(&twice.text, &once.text);
            prop_assert!(twice.lost.is_empty());
        }
    }

    #[test]
    fn code_page_437_reads_back_as_it_was_meant(text in any::<String>()) {
        let (bytes, _) = to_cp437(&text);
        prop_assert!(bytes.iter().all(|byte| *byte >= b' ' && *byte != 127));
        let back = String::borrow_from_cp437(&bytes, &CP437_CONTROL);
        prop_assert_eq!(back, transliterate(&text, Charset::Cp437).text);
    }
}
