//! Account numbers, payment orders and the files that leave for the bank and the ledger.

mod account_number;
mod files;
mod pain001;
mod payment;
mod sie;
mod tables;
mod transliterate;
