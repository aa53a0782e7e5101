//! Swedish days: holidays, weekdays, bank days and the last days that hang on them.
//!
//! Lag (1989:253) om allmänna helgdagar; lag (1930:173) om beräkning av lagstadgad tid.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::period::{ActivityPeriod, Weekend};

/// A public holiday other than an ordinary Sunday, or one of the three eves that the act of 1930 counts as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// Nyårsdagen, 1 January.
    NewYearsDay,
    /// Trettondedag jul, 6 January.
    Epiphany,
    /// Långfredagen.
    GoodFriday,
    /// Påskdagen.
    EasterDay,
    /// Annandag påsk.
    EasterMonday,
    /// Första maj.
    MayDay,
    /// Kristi himmelsfärdsdag.
    AscensionDay,
    /// Pingstdagen.
    WhitSunday,
    /// Nationaldagen, 6 June.
    NationalDay,
    /// Midsommarafton, the Friday before.
    MidsummerEve,
    /// Midsommardagen, the Saturday of 20 to 26 June.
    MidsummerDay,
    /// Alla helgons dag, the Saturday of 31 October to 6 November.
    AllSaintsDay,
    /// Julafton, 24 December.
    ChristmasEve,
    /// Juldagen.
    ChristmasDay,
    /// Annandag jul.
    BoxingDay,
    /// Nyårsafton, 31 December.
    NewYearsEve,
}

/// The holiday on a day, if it is one.
#[must_use]
pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    let fixed = match (date.month(), date.day()) {
        (1, 1) => Some(Holiday::NewYearsDay),
        (1, 6) => Some(Holiday::Epiphany),
        (5, 1) => Some(Holiday::MayDay),
        (6, 6) => Some(Holiday::NationalDay),
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::BoxingDay),
        (12, 31) => Some(Holiday::NewYearsEve),
        (6, 19..=25) if date.weekday() == Weekday::Fri => Some(Holiday::MidsummerEve),
        (6, 20..=26) if date.weekday() == Weekday::Sat => Some(Holiday::MidsummerDay),
        (10, 31) | (11, 1..=6) if date.weekday() == Weekday::Sat => Some(Holiday::AllSaintsDay),
        _ => None,
    };
    // Ascension day can fall on the first of May; the date has two names then and one effect.
    fixed.or_else(|| match date.signed_duration_since(easter_day(date.year())?).num_days() {
        -2 => Some(Holiday::GoodFriday),
        0 => Some(Holiday::EasterDay),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::AscensionDay),
        49 => Some(Holiday::WhitSunday),
        _ => None,
    })
}

/// Easter Day by the Gregorian computus (Meeus, Jones and Butcher); `None` before year 1.
#[must_use]
pub fn easter_day(year: i32) -> Option<NaiveDate> {
    let year_number = u32::try_from(year).ok().filter(|year| *year > 0)?;
    let (golden, century, in_century) = (year_number % 19, year_number / 100, year_number % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let number = epact + weekday + 114 - 7 * late;
    NaiveDate::from_ymd_opt(year, number / 31, number % 31 + 1)
}

/// Whether a day is neither Saturday, Sunday, holiday nor one of the three eves.
#[must_use]
pub fn is_weekday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && holiday(date).is_none()
}

/// The first weekday after a day.
#[must_use]
pub fn next_weekday(date: NaiveDate) -> NaiveDate {
    date.succ_opt().map_or(date, move_deadline)
}

/// Where a deadline set by statute ends: the day itself, or the next weekday when it is a Saturday, a Sunday,
/// another holiday, midsommarafton, julafton or nyårsafton (lag 1930:173, 2 §).
#[must_use]
pub fn move_deadline(date: NaiveDate) -> NaiveDate {
    date.iter_days().find(|day| is_weekday(*day)).unwrap_or(date)
}

/// The day some weeks later, which has the same name (lag 1930:173, 1 §).
#[must_use]
pub fn weeks_after(date: NaiveDate, weeks: u16) -> NaiveDate {
    date.checked_add_days(Days::new(u64::from(weeks) * 7)).unwrap_or(NaiveDate::MAX)
}

/// Weeks to appeal: förvaltningslagen 44 § and kommunallagen 13 kap. 5 §.
pub const APPEAL_WEEKS: u16 = 3;

/// The last day to appeal. The clock starts on the day the party was served the decision (förvaltningsbesvär), or on
/// the day the approval of the minutes was announced (laglighetsprövning).
#[must_use]
pub fn last_day_to_appeal(start: NaiveDate) -> NaiveDate {
    move_deadline(weeks_after(start, APPEAL_WEEKS))
}

/// The last day to apply in time, as the period's own setting moves it. The committee's own date is no statutory
/// deadline, so the act of 1930 does not govern it.
#[must_use]
pub fn last_day(period: &ActivityPeriod) -> NaiveDate {
    match period.weekend {
        Weekend::Exact => period.closes,
        Weekend::NextWeekday => move_deadline(period.closes),
    }
}

/// Whether Swedish banks settle payments on a day: the same days as [`is_weekday`]. They work short days before some
/// holidays, and payment files count those as bank days.
#[must_use]
pub fn is_bank_day(date: NaiveDate) -> bool {
    is_weekday(date)
}

/// The day itself when it is a bank day, else the next.
#[must_use]
pub fn next_bank_day(date: NaiveDate) -> NaiveDate {
    date.iter_days().find(|day| is_bank_day(*day)).unwrap_or(date)
}

/// The bank day that comes a number of bank days after a day; with zero, as [`next_bank_day`].
#[must_use]
pub fn bank_days_after(date: NaiveDate, days: u16) -> NaiveDate {
    (0..days).fold(next_bank_day(date), |day, _| day.succ_opt().map_or(day, next_bank_day))
}
