//! Which marks count: an immutable choice among an association's marks, with an account of what was cut and why.
//!
//! Filters loop in Rust over columns and are applied in written order. A mark is charged to the
//! first filter that cut it, so `imported - sum of cuts = kept` always holds. The total order of
//! ties is date, start, card, occasion code, person.

mod account;
mod ages;
mod by_date;
mod caps;
mod counts;
mod custom;
mod groups;
mod leaders;
mod money;
mod numbers;
mod occasions;
mod people;
mod words;

pub use account::{Account, Step};
pub use ages::AgeBasis;
pub use by_date::ByDate;
pub use caps::Limit;
pub use counts::{Hours, Ranked, Sports};
pub use custom::Column;
pub use groups::KeepOccasion;
pub use leaders::LeaderStep;
pub use money::{Bounded, Points, Rate, Rates};
pub use numbers::Rung;
pub use people::UnknownResidence;

use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::domain::attendance::{AttendanceData, Mark, OccasionFacts, PersonFacts, Sex};

/// Why a selection cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// A mark points at an occasion or a person that is not there.
    #[error("a mark refers to an occasion or a person that is not there")]
    Dangling,
    /// A dated value has nothing for a day on which something happened.
    #[error("no value for {0}")]
    NoValue(NaiveDate),
    /// `best_paid` was asked for before the rates were named.
    #[error("no rates to choose the best paid by")]
    NoRates,
    /// More filters than one selection can keep account of.
    #[error("too many filters")]
    TooManyFilters,
    /// An age, a size or a number of activities that no band of a parameter covers.
    #[error("no band for {0}")]
    NoBand(i64),
    /// A number grew beyond what can be kept exactly.
    #[error("a number grew too large")]
    TooLarge,
}

/// Who a counted mark belongs to. Each group has its own rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// In no group: never counted.
    Nobody,
    /// Girls and women of the right age or with a disability.
    Female,
    /// Boys and men of the right age or with a disability.
    Male,
    /// Those on the leaders' list.
    Leaders,
    /// Older participants.
    Older,
}

/// Which marks to keep when not all may stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keep {
    /// Those that pay most; ties by the total order.
    BestPaid,
    /// Those that come first in the total order.
    First,
    /// Those that come last in the total order.
    Last,
}

/// Which participants of an occasion a rule for disability asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Disability {
    /// At least one kept participant has one.
    Any,
    /// All kept participants have one.
    All,
}

/// A stretch of time within which marks are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// A week of ISO 8601, from Monday.
    Week,
    /// A month.
    Month,
    /// January to June, July to December.
    HalfYear,
    /// A calendar year.
    Year,
    /// Everything the calculation sees.
    Period,
}

impl Unit {
    /// A number that all days of the same unit share, rising with time.
    fn of(self, date: NaiveDate) -> i32 {
        let (year, month) = (date.year(), i32::try_from(date.month0()).unwrap_or_default());
        match self {
            Self::Day => date.num_days_from_ce(),
            // The first day of the common era was a Monday.
            Self::Week => (date.num_days_from_ce() - 1).div_euclid(7),
            Self::Month => year * 12 + month,
            Self::HalfYear => year * 2 + month / 6,
            Self::Year => year,
            Self::Period => 0,
        }
    }
}

/// An immutable choice of marks. Every filter gives a new selection.
#[derive(Clone, Debug)]
pub struct Selection {
    frame: Arc<Frame>,
    /// Per mark: 0 when kept, else 1 + the index of the step that cut it.
    cut: Vec<u8>,
    /// Per mark: the group it counts in.
    groups: Vec<Group>,
    steps: Vec<Step>,
    rates: Option<Arc<Rates>>,
    /// How ages are reckoned.
    ages: AgeBasis,
    /// Ages of leaders who also count as participants.
    also: Option<Arc<ByDate<(i64, i64)>>>,
    /// Words that name sports.
    sports: Option<Arc<ByDate<Vec<String>>>>,
    /// Numbers that marks keep.
    numbers: Option<Arc<numbers::Numbers>>,
}

/// What all selections of one calculation share.
#[derive(Debug)]
struct Frame {
    data: Arc<AttendanceData>,
    /// The marks of each occasion.
    spans: Vec<Range<usize>>,
    /// Where each mark stood in the data as given, when it had to be put in order.
    given: Option<Vec<usize>>,
}

impl Selection {
    /// All marks of the data. The first step cuts those marked as not present.
    ///
    /// # Errors
    /// [`SelectionError::Dangling`] when a mark points at nothing.
    pub fn all(data: &Arc<AttendanceData>) -> Result<Self, SelectionError> {
        let frame = Frame::new(data)?;
        let groups = frame.data.marks.iter().map(|mark| group_of(*mark, frame.person(*mark))).collect();
        let selection = Self {
            cut: vec![0; frame.data.marks.len()],
            groups,
            steps: Vec::new(),
            rates: None,
            ages: AgeBasis::CalendarYear,
            also: None,
            sports: None,
            numbers: None,
            frame: Arc::new(frame),
        };
        selection.cut_marks("absent", |_, mark| Ok(!mark.class.is_present()))
    }

    /// The same, knowing what each group pays.
    #[must_use]
    pub fn with_rates(mut self, rates: Rates) -> Self {
        self.rates = Some(Arc::new(rates));
        self
    }

    /// Runs `condemn` over every kept mark and cuts those it names.
    fn cut_marks(
        mut self,
        id: &str,
        mut condemn: impl FnMut(&OccasionFacts, Mark) -> Result<bool, SelectionError>,
    ) -> Result<Self, SelectionError> {
        let step = self.begin_step(id)?;
        let frame = Arc::clone(&self.frame);
        let mut count = 0;
        for (mark, cut) in frame.data.marks.iter().zip(&mut self.cut) {
            if *cut == 0 && condemn(frame.occasion(*mark), *mark)? {
                *cut = step;
                count += 1;
            }
        }
        self.end_step(count);
        Ok(self)
    }

    /// Runs `condemn` over every occasion that has kept marks and cuts all of them where it says so.
    fn cut_occasions(
        mut self,
        id: &str,
        mut condemn: impl FnMut(&Self, &OccasionFacts, Range<usize>) -> Result<bool, SelectionError>,
    ) -> Result<Self, SelectionError> {
        let step = self.begin_step(id)?;
        let frame = Arc::clone(&self.frame);
        let mut count = 0;
        for (occasion, span) in frame.data.occasions.iter().zip(&frame.spans) {
            if !self.has_kept(span.clone()) || !condemn(&self, occasion, span.clone())? {
                continue;
            }
            for cut in &mut self.cut[span.clone()] {
                if *cut == 0 {
                    *cut = step;
                    count += 1;
                }
            }
        }
        self.end_step(count);
        Ok(self)
    }

    fn begin_step(&mut self, id: &str) -> Result<u8, SelectionError> {
        let step = u8::try_from(self.steps.len() + 1).map_err(|_| SelectionError::TooManyFilters)?;
        let earlier = self.steps.iter().filter(|step| step.filter == id).count();
        let own = if earlier == 0 { id.to_owned() } else { format!("{id}_{}", earlier + 1) };
        self.steps.push(Step { id: own, filter: id.to_owned(), cut: 0 });
        Ok(step)
    }

    fn end_step(&mut self, count: u64) {
        if let Some(step) = self.steps.last_mut() {
            step.cut = count;
        }
    }

    fn has_kept(&self, span: Range<usize>) -> bool {
        self.cut[span].contains(&0)
    }

    /// How many participants an occasion has: kept marks that are no leader's, and leaders who also count.
    fn participants(&self, span: Range<usize>) -> usize {
        self.kept_in(span).filter(|at| self.groups[*at] != Group::Leaders || self.also_participates(*at)).count()
    }

    /// The indices of an occasion's kept marks.
    fn kept_in(&self, span: Range<usize>) -> impl Iterator<Item = usize> {
        span.filter(|index| self.cut[*index] == 0)
    }
}

impl Frame {
    fn new(given: &Arc<AttendanceData>) -> Result<Self, SelectionError> {
        let dangling = |mark: &Mark| index(mark.occasion) >= given.occasions.len() || index(mark.person) >= given.persons.len();
        if given.marks.iter().any(dangling) {
            return Err(SelectionError::Dangling);
        }
        let (data, order) = in_order(given);
        let mut spans = Vec::with_capacity(data.occasions.len());
        let mut start = 0;
        for occasion in 0..data.occasions.len() {
            let len = data.marks[start..].iter().take_while(|mark| index(mark.occasion) == occasion).count();
            spans.push(start..start + len);
            start += len;
        }
        Ok(Self { data, spans, given: order })
    }

    fn occasion(&self, mark: Mark) -> &OccasionFacts {
        &self.data.occasions[index(mark.occasion)]
    }

    fn person(&self, mark: Mark) -> &PersonFacts {
        &self.data.persons[index(mark.person)]
    }
}

/// The data in the total order, and where each mark stood when it had to be moved.
///
/// Readers and the store already keep the order; then nothing is copied.
fn in_order(given: &Arc<AttendanceData>) -> (Arc<AttendanceData>, Option<Vec<usize>>) {
    let occasion_key = |index: &usize| {
        let occasion = &given.occasions[*index];
        (occasion.date(), occasion.start, occasion.card, &occasion.code, *index)
    };
    let mut occasions: Vec<usize> = (0..given.occasions.len()).collect();
    if !occasions.is_sorted_by_key(occasion_key) {
        occasions.sort_by_key(occasion_key);
    }
    let mut place = vec![0_u32; occasions.len()];
    for (new, old) in (0_u32..).zip(&occasions) {
        place[*old] = new;
    }
    let mark_key = |at: &usize| {
        let mark = given.marks[*at];
        let person = given.persons[index(mark.person)].no;
        (place[index(mark.occasion)], person, mark.class.is_leader(), mark.class, mark.lost_clash)
    };
    let mut marks: Vec<usize> = (0..given.marks.len()).collect();
    let occasions_stand = occasions.is_sorted();
    if occasions_stand && marks.is_sorted_by_key(mark_key) {
        return (Arc::clone(given), None);
    }
    marks.sort_by_key(mark_key);
    let data = AttendanceData {
        occasions: occasions.iter().map(|old| given.occasions[*old].clone()).collect(),
        persons: given.persons.clone(),
        marks: marks.iter().map(|old| Mark { occasion: place[index(given.marks[*old].occasion)], ..given.marks[*old] }).collect(),
    };
    (Arc::new(data), Some(marks))
}

fn group_of(mark: Mark, person: &PersonFacts) -> Group {
    match (mark.class.is_leader(), person.sex) {
        (true, Sex::Female | Sex::Male) => Group::Leaders,
        (false, Sex::Female) => Group::Female,
        (false, Sex::Male) => Group::Male,
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).expect("a 32-bit index fits in the address space of every supported machine")
}
