//! Everybody and every file of the demo, the same every time.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::demo::generate::{self, Address};
use crate::demo::municipality::{ASSOCIATIONS, Attendance, Register, SHARED};
use crate::demo::people::{Book, Dice, Person};
use crate::demo::samples;
use crate::domain::person_number::PersonNumber;
use crate::integrations::population::Protection;
use crate::services::population::Resident;

/// Neighbouring municipalities that a few live in.
const ELSEWHERE: [&str; 3] = ["1401", "1402", "1481"];

/// Files by place in [`ASSOCIATIONS`], and what the population register says of everybody in them.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Attendance files.
    pub files: BTreeMap<usize, Vec<u8>>,
    /// Everybody.
    pub residents: Vec<Resident>,
    /// The people of [`SHARED`].
    pub shared: Vec<Person>,
}

impl Cast {
    /// Calls everybody.
    ///
    /// # Errors
    /// When an embedded sample cannot be read.
    pub fn call(municipality: &str) -> anyhow::Result<Self> {
        let sampled = samples::everybody()?;
        let mut book = Book::without(sampled.iter().copied());
        let mut dice = Dice::new(2026);
        let shared: Vec<Person> = SHARED.iter().map(|one| book.born(&mut dice, one.born, one.sex)).collect();
        let mut files = BTreeMap::new();
        let mut register: BTreeMap<PersonNumber, Register> = sampled.into_iter().map(|number| (number, Register::Here)).collect();
        for (at, association) in ASSOCIATIONS.iter().enumerate() {
            let address = Address { municipality, external: association.external, number: association.number, name: association.name };
            let bytes = match &association.attendance {
                Attendance::None => continue,
                Attendance::Sample(sample) => {
                    let bytes = samples::addressed(*sample, &mut book, address.external, address.number, address.name)?;
                    if let Ok(text) = std::str::from_utf8(&bytes) {
                        register.extend(samples::numbers(text).into_iter().map(|number| (number, Register::Here)));
                    }
                    bytes
                }
                Attendance::Generated(plan) => {
                    let text = generate::file(plan, address, &mut book, &shared);
                    for number in samples::numbers(&text) {
                        register.insert(number, if dice.percent(4) { Register::Elsewhere } else { Register::Here });
                    }
                    text.into_bytes()
                }
            };
            files.insert(at, bytes);
        }
        register.extend(shared.iter().zip(&SHARED).map(|(person, one)| (person.number, one.register)));
        let residents = register.into_iter().map(|(number, said)| resident(number, said, municipality, &mut dice)).collect();
        Ok(Self { files, residents, shared })
    }
}

fn resident(number: PersonNumber, said: Register, municipality: &str, dice: &mut Dice) -> Resident {
    let (municipality, protection) = match said {
        Register::Here => (Some(municipality), None),
        Register::Elsewhere => (Some(dice.one_of(&ELSEWHERE)), None),
        Register::Marked => (Some(municipality), Some(Protection::Marked)),
        // Where she is registered is not where she lives; the register answers nothing.
        Register::Registered => (None, Some(Protection::Registered)),
    };
    let as_of = NaiveDate::from_ymd_opt(2025, 12, 31).expect("a new year's eve");
    Resident { number, as_of, municipality: municipality.map(str::to_owned), protection }
}
