//! Invented people with numbers from Skatteverket's test series.
//!
//! The series has one woman (serial 238) and one man (serial 239) a day of birth, so a day is given away once.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::attendance::Sex;
use crate::domain::person_number::PersonNumber;

/// Numbers that look random and are the same every time (splitmix64, public domain, Sebastiano Vigna).
#[derive(Clone, Copy, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound that is not zero.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % bound.max(1)
    }

    /// One of some things.
    pub fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        let bound = u64::try_from(things.len()).unwrap_or(1);
        things[usize::try_from(self.below(bound)).unwrap_or(0)]
    }

    /// Whether something happens that happens so many times in a hundred.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

/// Somebody in an attendance file.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Her number.
    pub number: PersonNumber,
    /// Given name.
    pub given: &'static str,
    /// Family name.
    pub family: &'static str,
}

/// The days of birth that are given away.
#[derive(Clone, Debug, Default)]
pub struct Book {
    taken: BTreeSet<(NaiveDate, bool)>,
}

impl Book {
    /// A book in which some numbers are taken.
    pub fn without(numbers: impl IntoIterator<Item = PersonNumber>) -> Self {
        Self { taken: numbers.into_iter().map(|number| (number.birth(), number.sex() == Sex::Female)).collect() }
    }

    /// Somebody new, born in a year. A year has room for 365 of each sex; a full one gives the next.
    pub fn born(&mut self, dice: &mut Dice, year: i32, sex: Sex) -> Person {
        let names: &[&'static str] = if sex == Sex::Female { &GIRLS } else { &BOYS };
        let person = |number, dice: &mut Dice| Person { number, given: dice.one_of(names), family: dice.one_of(&FAMILIES) };
        person(self.number(dice, year, sex), dice)
    }

    /// A number nobody has, of somebody born in a year.
    pub fn number(&mut self, dice: &mut Dice, year: i32, sex: Sex) -> PersonNumber {
        let wished = first_of(year) + Days::new(dice.below(365));
        // From the day that the dice say to the end of the year, then from its beginning, on into the next years.
        let rest = wished.iter_days().take_while(|day| day.year() == year);
        let mut days = rest.chain(first_of(year).iter_days());
        let free = days.find(|day| !self.taken.contains(&(*day, sex == Sex::Female)));
        let day = free.expect("there are more days than people in the demo");
        self.taken.insert((day, sex == Sex::Female));
        test_number(day, sex)
    }
}

/// The number of the test series for a day of birth and a sex.
#[must_use]
pub fn test_number(birth: NaiveDate, sex: Sex) -> PersonNumber {
    let serial = if sex == Sex::Female { "238" } else { "239" };
    let nine = format!("{}{serial}", birth.format("%Y%m%d"));
    // Modulus 10 over the nine digits after the century, doubling every other from the first.
    let sum: u32 = nine[2..]
        .bytes()
        .enumerate()
        .map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 })
        .map(|value| value / 10 + value % 10)
        .sum();
    let whole = format!("{nine}{}", (10 - sum % 10) % 10);
    PersonNumber::from_twelve_digits(&whole).expect("a date, a serial and the check digit reckoned over them make a number")
}

fn first_of(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).expect("every year of the demo has a first of January")
}

const GIRLS: [&str; 32] = [
    "Alma", "Alva", "Amina", "Astrid", "Clara", "Ebba", "Elin", "Elsa", "Ester", "Freja", "Hedda", "Idun", "Ines", "Iris", "Juni", "Leia",
    "Lilly", "Lo", "Maja", "Maryam", "Meja", "Nora", "Olivia", "Rut", "Saga", "Selma", "Sigrid", "Siri", "Stella", "Tuva", "Vera", "Wilma",
];
const BOYS: [&str; 32] = [
    "Adam", "Ali", "Alve", "August", "Axel", "Björn", "Charlie", "Colin", "Ebbe", "Elias", "Emil", "Folke", "Frans", "Gustav", "Harry",
    "Hugo", "Ivar", "Kian", "Leo", "Liam", "Loui", "Melker", "Nils", "Noah", "Omar", "Otto", "Sam", "Sixten", "Theo", "Valter", "Vidar",
    "Yusuf",
];
const FAMILIES: [&str; 40] = [
    "Ahlgren",
    "Ahmadi",
    "Almqvist",
    "Bergström",
    "Björk",
    "Borg",
    "Dahl",
    "Edlund",
    "Ek",
    "Falk",
    "Forsberg",
    "Fransson",
    "Gran",
    "Hallberg",
    "Hedin",
    "Hellström",
    "Holmgren",
    "Isaksson",
    "Jansson",
    "Karlsson",
    "Kaya",
    "Lind",
    "Lundin",
    "Malm",
    "Mohamud",
    "Månsson",
    "Norling",
    "Nyman",
    "Palm",
    "Rask",
    "Rosén",
    "Sandell",
    "Sjöberg",
    "Strand",
    "Ström",
    "Sundin",
    "Söder",
    "Viklund",
    "Åberg",
    "Öhman",
];
