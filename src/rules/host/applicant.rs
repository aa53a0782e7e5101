//! The applicant and the application as scripts see them. Read only.

use std::sync::Arc;

use chrono::Datelike;
use rhai::{Dynamic, Engine, INT, NativeCallContext};
use rust_decimal::Decimal;

use super::super::parameters::{Basis, Value};
use super::super::reads::Seen;
use super::values::{Day, Number, number, of_answer, of_fact, of_money, unknown};
use super::{Answer, Host, attendance, wrong_kind};
use crate::domain::Money;
use crate::domain::grant::ApplicantKind;
use crate::domain::inputs::MemberCount;
use crate::domain::reference;

/// The applicant.
#[derive(Clone)]
pub struct Org(pub Host);

#[derive(Clone)]
struct Period(Host);

#[derive(Clone)]
struct Table {
    host: Host,
    id: String,
}

/// A parameter that is a table.
#[derive(Clone)]
struct Rates {
    id: String,
    rates: std::collections::BTreeMap<String, Decimal>,
}

/// Members by birth year, sex and residence.
#[derive(Clone, Debug)]
pub struct Members {
    members: Arc<[MemberCount]>,
    source: &'static str,
}

impl Members {
    /// Members as somebody reported them.
    pub fn new(members: Arc<[MemberCount]>, source: &'static str) -> Self {
        Self { members, source }
    }

    fn count(&self, which: impl Fn(&MemberCount) -> bool) -> INT {
        self.members.iter().filter(|member| which(member)).fold(0, |sum, member| sum.saturating_add(member.count))
    }

    /// The share registered in the municipality, among those of the right age; unknown when there are none.
    fn resident_share(&self, of_age: impl Fn(&MemberCount) -> bool) -> Dynamic {
        let all = self.count(&of_age);
        if all <= 0 {
            return unknown(format!("{}:members", self.source));
        }
        let resident = self.count(|member| of_age(member) && member.resident);
        Dynamic::from_decimal((Decimal::from(resident) / Decimal::from(all)).normalize())
    }
}

/// Registers the applicant and the application.
pub fn register(engine: &mut Engine) {
    engine
        .register_type_with_name::<Org>("Org")
        .register_type_with_name::<Period>("Period")
        .register_type_with_name::<Table>("Table")
        .register_type_with_name::<Rates>("Table")
        .register_type_with_name::<Members>("Members");
    register_org(engine);
    register_period(engine);
    register_elsewhere(engine);
}

fn register_org(engine: &mut Engine) {
    engine
        .register_get("number", |org: &mut Org| org.0.inputs().organisation.number.clone())
        .register_get("kind", |org: &mut Org| match org.0.inputs().organisation.kind {
            ApplicantKind::Association => "association",
            ApplicantKind::Company => "company",
            ApplicantKind::Person => "person",
        })
        .register_get("founded", |org: &mut Org| {
            org.0.inputs().organisation.founded.map_or_else(|| unknown("org:founded"), |date| Dynamic::from(Day(date)))
        })
        .register_get("seat", |org: &mut Org| word(org.0.inputs().organisation.seat.as_deref(), "org:seat"))
        .register_get("category", |org: &mut Org| word(org.0.inputs().organisation.category.as_deref(), "org:category"))
        .register_get("members", |org: &mut Org| on_members(&org.0, |members| Ok(members.count(|_| true).into())))
        .register_fn("members_aged", |org: &mut Org, ages: &str| on_members(&org.0, |members| aged(&org.0, members, ages)))
        .register_fn("resident_share", |org: &mut Org| on_members(&org.0, |members| Ok(members.resident_share(|_| true))))
        .register_fn("resident_share", |org: &mut Org, ages: &str| on_members(&org.0, |members| share_aged(&org.0, members, ages)));
    engine
        .register_get("count", |members: &mut Members| members.count(|_| true))
        .register_fn("members_aged", |context: NativeCallContext, members: &mut Members, ages: &str| {
            aged(&Host::of(&context)?, members, ages)
        })
        .register_fn("resident_share", |members: &mut Members| members.resident_share(|_| true))
        .register_fn("resident_share", |context: NativeCallContext, members: &mut Members, ages: &str| {
            share_aged(&Host::of(&context)?, members, ages)
        });
}

/// The application as a hook sees it, with what its functions read and nothing else. A map, because the engine finds a key
/// in a map without looking for a function of its name first, which was a third of a run.
///
/// # Errors
/// When the attendance cannot be taken up.
pub fn application(host: &Host, seen: &Seen) -> Answer<Dynamic> {
    let mut application = rhai::Map::new();
    for name in &seen.properties {
        if let Some(value) = property(host, seen, name)? {
            application.insert(name.as_str().into(), value);
        }
    }
    Ok(Dynamic::from_map(application))
}

fn property(host: &Host, seen: &Seen, name: &str) -> Answer<Option<Dynamic>> {
    let inputs = host.inputs();
    let complete = inputs.complete.unwrap_or(inputs.received);
    Ok(Some(match name {
        "org" => Dynamic::from(Org(host.clone())),
        "answers" => {
            let answer = |id: &String| inputs.answers.get(id).map_or_else(|| unknown(format!("answer:{id}")), of_answer);
            Dynamic::from_map(seen.answers.iter().map(|id| (id.as_str().into(), answer(id))).collect())
        }
        "period" => Dynamic::from(Period(host.clone())),
        "received" => Dynamic::from(Day(inputs.received)),
        "complete" => Dynamic::from(Day(complete)),
        "due" => Dynamic::from(Day(inputs.due)),
        "days_late" => days_after(inputs.due, inputs.received).into(),
        "days_late_complete" => days_after(inputs.due, complete).into(),
        "attendance" => attendance::all(host)?,
        "granted" => inputs.granted.map_or_else(|| unknown("granted"), of_money),
        "proposed" => inputs.proposed.as_ref().map_or_else(|| unknown("proposed"), |proposed| of_money(proposed.amount)),
        _ => return Ok(None),
    }))
}

fn register_period(engine: &mut Engine) {
    engine
        .register_get("id", |period: &mut Period| period.0.inputs().period.id.clone())
        .register_get("from", |period: &mut Period| Day(period.0.inputs().period.covers.from))
        .register_get("to", |period: &mut Period| Day(period.0.inputs().period.covers.to));
}

fn register_elsewhere(engine: &mut Engine) {
    engine
        .register_fn("fact", |context: NativeCallContext, id: &str| -> Answer<Dynamic> {
            let host = Host::of(&context)?;
            Ok(host.inputs().facts.get(id).map_or_else(|| unknown(format!("fact:{id}")), of_fact))
        })
        .register_fn("table", |context: NativeCallContext, id: &str| -> Answer<Table> {
            Ok(Table { host: Host::of(&context)?, id: id.to_owned() })
        })
        .register_fn("get", |table: &mut Table, key: Dynamic| {
            let name = name_of(&key);
            table.host.state().looked_up.insert((table.id.clone(), reference::key(&name)));
            let rows = table.host.inputs().tables.get(&table.id);
            // A case may write its keys as people do; tables that were imported have them in one way only.
            let value = rows.and_then(|rows| rows.get(name.as_str()).or_else(|| rows.get(&reference::key(&name))));
            value.map_or_else(|| unknown(format!("table:{}/{name}", table.id)), |value| Dynamic::from_decimal(value.normalize()))
        })
        .register_fn("get", |table: &mut Rates, key: Dynamic| {
            let name = name_of(&key);
            let value = table.rates.get(name.as_str());
            value.map_or_else(|| unknown(format!("parameter:{}/{name}", table.id)), |value| Dynamic::from_decimal(value.normalize()))
        })
        .register_fn("param", |context: NativeCallContext, id: &str| param(&Host::of(&context)?, id))
        .register_fn("approved", |context: NativeCallContext, id: &str| -> Answer<bool> { Ok(approved(&Host::of(&context)?, id)) })
        .register_fn("granted", |context: NativeCallContext, grant: &str, period: &str| {
            granted(&Host::of(&context)?, grant, period).map(of_money)
        })
        .register_fn("granted_within", |context: NativeCallContext, grant: &str, months: &str| {
            granted_within(&Host::of(&context)?, grant, months)
        })
        .register_fn("band_value", |context: NativeCallContext, bands: &str, value: Dynamic| {
            band_value(&Host::of(&context)?, bands, &value)
        });
}

/// A key as it is written: a text, or a whole number such as a year.
fn name_of(key: &Dynamic) -> String {
    match key.as_int() {
        Ok(number) => number.to_string(),
        Err(_) => key.clone().into_immutable_string().unwrap_or_default().to_string(),
    }
}

fn days_after(due: chrono::NaiveDate, day: chrono::NaiveDate) -> INT {
    (day - due).num_days().max(0)
}

/// Whether an approval holds on the day the application was received.
pub fn approved(host: &Host, id: &str) -> bool {
    let inputs = host.inputs();
    inputs.approvals.get(id).is_some_and(|approval| approval.from <= inputs.received && inputs.received <= approval.to)
}

fn param(host: &Host, id: &str) -> Answer<Dynamic> {
    let (parameter, value) = host.value(id)?;
    Ok(match value {
        Value::Integer(number) => (*number).into(),
        Value::Decimal(_) | Value::Percent(_) | Value::Money(_) => {
            Dynamic::from_decimal(value.number().ok_or_else(|| wrong_kind(id, parameter))?.normalize())
        }
        Value::Date(date) => Dynamic::from(Day(*date)),
        Value::List(words) => words.iter().map(|word| Dynamic::from(word.clone())).collect::<rhai::Array>().into(),
        Value::Table(rates) => Dynamic::from(Rates { id: id.to_owned(), rates: rates.clone() }),
        Value::Range(..) | Value::Steps(_) | Value::Bands(_) => return Err(wrong_kind(id, parameter).into()),
    })
}

/// What was granted for a period, 0 when nothing was.
pub(super) fn granted(host: &Host, grant: &str, period: &str) -> Answer<Money> {
    let inputs = host.inputs();
    let wanted = period_id(&inputs.period.id, inputs.period.covers.to.year(), period);
    let amounts = inputs.earlier.iter().filter(|earlier| earlier.grant_type == grant && earlier.period == wanted);
    Money::sum(amounts.map(|earlier| earlier.amount_ore)).map_err(|_| super::too_large().into())
}

/// What was granted by decisions of the last so many months before the application was received.
///
/// A grant whose day of decision nobody knows makes it unknown, unless others are enough to answer that there was one.
fn granted_within(host: &Host, grant: &str, months: &str) -> Answer<Dynamic> {
    let inputs = host.inputs();
    let (parameter, value) = host.value(months)?;
    let Value::Integer(count) = value else { return Err(wrong_kind(months, parameter).into()) };
    let since = u32::try_from(*count).ok().and_then(|count| inputs.received.checked_sub_months(chrono::Months::new(count)));
    let since = since.ok_or_else(|| wrong_kind(months, parameter))?;
    let mut sum = Money::ZERO;
    let mut undated = false;
    for earlier in inputs.earlier.iter().filter(|earlier| earlier.grant_type == grant && earlier.amount_ore.is_positive()) {
        match earlier.decided {
            Some(decided) if since <= decided && decided <= inputs.received => {
                sum = sum.checked_add(earlier.amount_ore).ok_or_else(super::too_large)?;
            }
            Some(_) => {}
            None => undated = true,
        }
    }
    Ok(if undated && sum == Money::ZERO { unknown(format!("granted:{grant}")) } else { of_money(sum) })
}

/// The value of the band a number falls in; unknown outside the bands.
fn band_value(host: &Host, id: &str, value: &Dynamic) -> Answer<Dynamic> {
    let (parameter, bands) = host.value(id)?;
    let Value::Bands(bands) = bands else { return Err(wrong_kind(id, parameter).into()) };
    Ok(match number(value)? {
        Number::Unknown(missing) => Dynamic::from(missing),
        Number::Known(number) => match super::rows::in_band(bands, id, number) {
            Ok(value) => Dynamic::from_decimal(value.normalize()),
            Err(missing) => Dynamic::from(missing),
        },
    })
}

/// `same` is the case's own period, `previous` the one before it; `last_year` and `this_year` at the beginning stand for the year.
fn period_id(own: &str, year: i32, wanted: &str) -> String {
    if wanted == "same" {
        return own.to_owned();
    }
    if wanted == "previous" {
        return match own.split_once('-') {
            Some((_, "H1")) => format!("{}-H2", year - 1),
            Some((_, "H2")) => format!("{year}-H1"),
            Some((_, rest)) => format!("{}-{rest}", year - 1),
            None => (year - 1).to_string(),
        };
    }
    if let Some(rest) = wanted.strip_prefix("last_year") {
        return format!("{}{rest}", year - 1);
    }
    wanted.strip_prefix("this_year").map_or_else(|| wanted.to_owned(), |rest| format!("{year}{rest}"))
}

fn on_members(host: &Host, count: impl FnOnce(&Members) -> Answer<Dynamic>) -> Answer<Dynamic> {
    match &host.inputs().organisation.members {
        Some(members) => count(&Members::new(members.clone().into(), "org")),
        None => Ok(unknown("org:members")),
    }
}

/// Members of an age span, by calendar year of the period's last day.
fn aged(host: &Host, members: &Members, ages: &str) -> Answer<Dynamic> {
    let of_age = age_test(host, ages)?;
    Ok(members.count(of_age).into())
}

fn share_aged(host: &Host, members: &Members, ages: &str) -> Answer<Dynamic> {
    let of_age = age_test(host, ages)?;
    Ok(members.resident_share(of_age))
}

fn age_test(host: &Host, ages: &str) -> Answer<impl Fn(&MemberCount) -> bool + use<>> {
    let (parameter, value) = host.value(ages)?;
    let Value::Range(from, to) = value else { return Err(wrong_kind(ages, parameter).into()) };
    let (from, to) = (*from, *to);
    let year = Basis::PeriodEnd.date(host.inputs()).year();
    Ok(move |member: &MemberCount| (from..=to).contains(&i64::from(year - member.birth_year)))
}

fn word(value: Option<&str>, what: &str) -> Dynamic {
    value.map_or_else(|| unknown(what), |word| word.to_owned().into())
}
