//! A rule with caps per person and week over a city's stored half-year, against the same rule written by hand in Rust over
//! the same stored rows: both begin with the database and end with a sum for each association.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bifall::attendance::codec;
use bifall::domain::attendance::{AttendanceData, PersonNo, Sex};
use bifall::domain::id::OrganisationId;
use bifall::domain::inputs::Inputs;
use bifall::rules::{Mode, RuleSet, evaluate_within};
use bifall::services::{Claim, attendance, packages, periods};
use bifall::store::{Tx, attendance as rows, organisations, persons, snapshots};
use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use crate::measure::{judge, millions_a_second, peak_mib, tell, times_as_long};
use crate::place::{Engine, Place};
use crate::rule::{compiled, general};

const GRANT: &str = "aktivitetsstod";
const PERIOD: &str = "2026-H1";

const SCRIPT: &str = r#"
fn calculate(application) {
    let a = application.attendance
        .min_minutes("tid")
        .with_leader("ledare")
        .eligible_only("alder")
        .without_collisions()
        .at_most_per_person("per_vecka", "week", "first")
        .at_least("minst");
    row("flickor", a.female, "flicka");
    row("pojkar", a.male, "pojke");
}
"#;

const LEAST_MINUTES: i32 = 45;
const LEADER_FROM: i32 = 13;
const AGES: std::ops::RangeInclusive<i32> = 7..=25;
const A_WEEK: u8 = 2;
const LEAST: usize = 3;

/// Measures both, association by association, so that neither holds the city in memory.
pub async fn run(engine: Engine) {
    let place = Place::new(engine, "city");
    let tenant = place.open("2026-08-27").await;
    let rules = rules();
    let mut tx = tenant.db.read().await.unwrap();
    let (_, package) = packages::governing(&mut tx, &tenant, GRANT, PERIOD).await.unwrap().unwrap();
    assert!(snapshots::of_period(&mut tx, GRANT, PERIOD).await.unwrap().is_some(), "run the phase close first");
    let all = organisations::all(&mut tx).await.unwrap();
    let inputs = general();
    let (mut floor, mut floor_reading, mut ours, mut reading) = (Duration::ZERO, Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut marks = 0;
    for organisation in &all {
        // Read once before either is measured: whoever came first would fetch it from disk for the other.
        Stored::read(&mut tx, organisation.id).await;
        let begun = Instant::now();
        let stored = Stored::read(&mut tx, organisation.id).await;
        floor_reading += begun.elapsed();
        let by_hand = stored.sum();
        floor += begun.elapsed();
        let begun = Instant::now();
        let claim = Claim { organisation: organisation.id, grant_type: GRANT, period: PERIOD };
        let data = attendance::of(&mut tx, &tenant, &package, &claim).await.unwrap().data;
        reading += begun.elapsed();
        marks += u64::try_from(data.marks.len()).unwrap();
        let engine = by_rule(&rules, &inputs, data);
        ours += begun.elapsed();
        assert_eq!(engine, by_hand, "both give the same sum");
    }
    drop(tx);
    tenant.db.close().await;
    let what = format!("caps per person and week, {} associations, {marks} marks, {}", all.len(), engine.name());
    tell(
        &format!("{what}: by hand (floor)"),
        format!("{:.2} s, of which reading {:.2} s", floor.as_secs_f64(), floor_reading.as_secs_f64()),
    );
    let ratio = times_as_long(ours, floor);
    let figures = format!("{:.2} s, of which reading {:.2} s, {ratio:.2}x", ours.as_secs_f64(), reading.as_secs_f64());
    judge(&what, figures, "within 4x of the rule by hand", ratio <= 4.0);
    let (rule, hand) = (ours.saturating_sub(reading), floor.saturating_sub(floor_reading));
    tell(&format!("{what}: the rule alone"), format!("{:.1} M marks/s, {:.2}x", millions_a_second(marks, rule), times_as_long(rule, hand)));
    tell(&format!("{what}: peak resident"), format!("{} MiB", peak_mib()));
}

fn rules() -> RuleSet {
    let parameter = |id: &str, kind: &str, value: &str| {
        format!("[{id}]\ntype = \"{kind}\"\nparagraph = \"§ 1\"\nvalues = [{{ from = 2026-01-01, value = {value} }}]\n")
    };
    let parameters = [
        parameter("tid", "integer", &LEAST_MINUTES.to_string()),
        parameter("ledare", "integer", &LEADER_FROM.to_string()),
        parameter("alder", "range", &format!("[{}, {}]", AGES.start(), AGES.end())),
        parameter("per_vecka", "integer", &A_WEEK.to_string()),
        parameter("minst", "integer", &LEAST.to_string()),
        parameter("flicka", "money", "\"9.89\""),
        parameter("pojke", "money", "\"8.02\""),
    ];
    compiled(SCRIPT, &parameters.concat(), "[flickor]\ntext = \"{quantity} à {rate}\"\n[pojkar]\ntext = \"{quantity} à {rate}\"\n")
}

fn by_rule(rules: &RuleSet, inputs: &Inputs, data: AttendanceData) -> Decimal {
    let done = evaluate_within(rules, inputs, Some(Arc::new(data)), Mode::Plain, Duration::from_secs(60)).unwrap();
    done.evaluation.total_ore.kronor()
}

/// An association's locked half-year as it is stored.
struct Stored {
    occasions: Vec<rows::OccasionRow>,
    lost: std::collections::HashSet<(i64, i64)>,
    people: HashMap<PersonNo, (i32, Sex)>,
    marks: Vec<Vec<(PersonNo, bifall::domain::attendance::MarkClass)>>,
}

impl Stored {
    async fn read(tx: &mut Tx, organisation: OrganisationId) -> Self {
        let snapshot = snapshots::of_period(tx, GRANT, PERIOD).await.unwrap().unwrap();
        let part = snapshots::part(tx, snapshot.id, organisation).await.unwrap();
        let part = part.map(|part| periods::Part::read(&part.body).unwrap()).unwrap_or_default();
        let mut occasions = rows::occasions_by_id(tx, &part.occasions).await.unwrap();
        occasions.sort_by(|a, b| {
            (a.day, a.start_second, a.card_no, a.code.as_str(), a.id).cmp(&(b.day, b.start_second, b.card_no, b.code.as_str(), b.id))
        });
        let marks: Vec<_> = occasions.iter().map(|row| codec::decode(&row.marks).unwrap()).collect();
        let mut numbers: Vec<PersonNo> = marks.iter().flatten().map(|(person, _)| *person).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let people = persons::by_no(tx, &numbers).await.unwrap();
        let people = people.into_iter().map(|row| (row.no, (row.birth.year(), row.sex))).collect();
        Self { occasions, lost: part.lost_set(), people, marks }
    }

    /// The rule above, its numbers written out.
    fn sum(&self) -> Decimal {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        let mut weeks: HashMap<(PersonNo, i32), u8> = HashMap::new();
        let (mut girls, mut boys) = (0_i64, 0_i64);
        for (occasion, marks) in self.occasions.iter().zip(&self.marks) {
            let year = (epoch + Days::new(u64::try_from(occasion.day).unwrap())).year();
            let age = |person: &PersonNo| year - self.people[person].0;
            let leads = marks.iter().any(|(person, class)| {
                class.is_present() && (class.is_leader() || class.is_temporary_leader()) && age(person) >= LEADER_FROM
            });
            if occasion.length_second < LEAST_MINUTES * 60 || !leads {
                continue;
            }
            // 1 January 1970 was a Thursday: weeks begin on Mondays.
            let week = (occasion.day + 3).div_euclid(7);
            let (mut here, mut girls_here) = (0_usize, 0_usize);
            for (person, class) in marks {
                let of_age = AGES.contains(&age(person)) || (class.has_disability() && age(person) >= *AGES.start());
                if !class.is_present() || class.is_leader() || !of_age || self.lost.contains(&(occasion.id, person.0)) {
                    continue;
                }
                let kept = weeks.entry((*person, week)).or_default();
                if *kept < A_WEEK {
                    *kept += 1;
                    here += 1;
                    girls_here += usize::from(self.people[person].1 == Sex::Female);
                }
            }
            if here >= LEAST {
                girls += i64::try_from(girls_here).unwrap();
                boys += i64::try_from(here - girls_here).unwrap();
            }
        }
        Decimal::from(girls) * Decimal::new(989, 2) + Decimal::from(boys) * Decimal::new(802, 2)
    }
}
