//! The filters few grants have, each on a handful of occasions that can be counted by hand.

use std::sync::Arc;

use bifall::domain::attendance::{ActivityKind, AttendanceData, MarkClass, Sex};

use super::support::{Attendance, account, day, inputs, row, rules, run};

const P: MarkClass = MarkClass::PARTICIPANT;
const L: MarkClass = MarkClass::LEADER_PRESENT;

/// Runs a chain and answers the account and a figure.
fn figure(data: &Arc<AttendanceData>, chain: &str, figure: &str, parameters: &str) -> (Vec<(String, i64)>, String) {
    let script = format!("fn calculate(application) {{ let a = application.attendance{chain}; input(\"tal\", {figure}, \"st\"); }}");
    let evaluated = run(&rules(&script, parameters, "[tal]\ntext = \"{value}\""), &inputs(), Some(data));
    let account = account(&evaluated).into_iter().map(|(id, marks)| (id.to_owned(), marks)).collect();
    (account, row(&evaluated, "tal").value.to_string())
}

fn cut(data: &Arc<AttendanceData>, chain: &str, parameters: &str) -> i64 {
    let (account, _) = figure(data, chain, "a.count", parameters);
    let [.., (_, cut), _] = account.as_slice() else { panic!("{account:?}") };
    -cut
}

fn counted(data: &Arc<AttendanceData>, chain: &str, what: &str, parameters: &str) -> String {
    figure(data, chain, what, parameters).1
}

fn parameter(id: &str, kind: &str, value: &str) -> String {
    format!("[{id}]\ntype = \"{kind}\"\nparagraph = \"§ 1\"\nvalues = [{{ from = 2020-01-01, value = {value} }}]\n")
}

fn with(parameters: &[(&str, &str, &str)]) -> String {
    parameters.iter().map(|(id, kind, value)| parameter(id, kind, value)).collect()
}

#[test]
fn a_shorter_time_is_enough_with_a_disability() {
    let mut all = Attendance::default();
    let children = all.people(3, Sex::Female, "2014-01-01");
    let leader = all.person(Sex::Male, "1980-01-01");
    let short = all.occasion("2026-02-02", 35);
    all.mark(short, children[0], P.disability());
    all.all_at(short, &children[1..], P);
    all.mark(short, leader, L);
    let long = all.occasion("2026-02-03", 45);
    all.all_at(long, &children, P);
    let data = all.build();
    let limits = with(&[("tid", "integer", "45"), ("kort", "integer", "30")]);
    assert_eq!(cut(&data, ".min_minutes(\"tid\")", &with(&[("tid", "integer", "45")])), 4, "the whole short occasion");
    assert_eq!(cut(&data, ".min_minutes(\"tid\", \"kort\", \"any\")", &limits), 0, "one is enough");
    assert_eq!(cut(&data, ".min_minutes(\"tid\", \"kort\", \"all\")", &limits), 4, "not all have one");
    assert_eq!(cut(&data, ".min_minutes(\"tid\", \"kort\", \"own\")", &limits), 2, "the two others; the leader stays with her");
    let few = with(&[("antal", "integer", "5"), ("faerre", "integer", "3")]);
    assert_eq!(cut(&data, ".at_least(\"antal\", \"faerre\", \"any\")", &few), 3, "three are enough only where one has a disability");
    assert_eq!(cut(&data, ".at_least(\"antal\", \"faerre\", \"all\")", &few), 7);
}

#[test]
fn small_children_may_meet_for_a_shorter_time() {
    let mut all = Attendance::default();
    let (small, big) = (all.people(2, Sex::Male, "2021-01-01"), all.people(3, Sex::Male, "2016-01-01"));
    let leader = all.person(Sex::Male, "1980-01-01");
    let short = all.occasion("2026-02-02", 42);
    all.all_at(short, &small, P);
    all.all_at(short, &big, P);
    all.mark(short, leader, L);
    let minutes = with(&[("tid", "bands", "[{ from = 4, to = 5, value = 40 }, { from = 6, value = 45 }]")]);
    assert_eq!(cut(&all.build(), ".min_minutes_aged(\"tid\")", &minutes), 3, "those of ten; five and the leader stay");
}

#[test]
fn leaders_have_their_own_rules() {
    let mut all = Attendance::default();
    let children = all.people(6, Sex::Female, "2014-01-01");
    let (young, old) = (all.person(Sex::Female, "2010-01-01"), all.person(Sex::Male, "1980-01-01"));
    let first = all.occasion("2026-02-02", 60);
    all.all_at(first, &children, P);
    all.mark(first, young, P);
    all.mark(first, young, L);
    all.mark(first, old, L);
    // Begins at the same hour: nobody leads both.
    let second = all.occasion("2026-02-02", 60);
    all.all_at(second, &children[..2], P);
    all.mark(second, old, L);
    let data = all.build();
    let ages = with(&[("alder", "integer", "18"), ("tva", "integer", "2")]);
    // First: one leader of 18 (46), one too young: only one of age, so all 9 go. Second: one leader, 3 marks go.
    assert_eq!(cut(&data, ".with_leaders(\"alder\", \"tva\")", &ages), 12);
    let from_thirteen = with(&[("alder", "integer", "13"), ("tva", "integer", "2")]);
    assert_eq!(cut(&data, ".with_leaders(\"alder\", \"tva\")", &from_thirteen), 3, "the second has one leader");
    assert_eq!(cut(&data, ".leaders_not_participants()", ""), 1, "she who leads is no participant there");
    assert_eq!(cut(&data, ".leaders_one_at_a_time()", ""), 1, "the second, at the same time");
    // Two leaders: at most 2 x 3 of the first's 7; one leader: 3 of the second's 2.
    let most = with(&[("per", "integer", "3"), ("krona", "money", "1")]);
    assert_eq!(cut(&data, ".rates(#{ female: \"krona\" }).at_most_per_leader(\"per\", \"best_paid\")", &most), 1);
    let span = with(&[("ung", "range", "[13, 25]")]);
    assert_eq!(counted(&data, ".leaders_also_participants(\"ung\")", "a.participants", &span), "10", "9 and she once more as leader");
    assert_eq!(counted(&data, ".leaders_also_participants(\"ung\")", "a.count", &span), "12", "marks are counted once");
    assert_eq!(counted(&data, "", "a.first_leaders", ""), "2");
    assert_eq!(counted(&data, "", "a.extra_leaders", ""), "1");
    assert_eq!(counted(&data, "", "a.occasions_with_extra_leader", ""), "1");
    assert_eq!(counted(&data, "", "a.occasions_led_by(\"alder\")", &with(&[("alder", "integer", "20")])), "2");
}

#[test]
fn residence_is_known_unknown_or_elsewhere() {
    let mut all = Attendance::default();
    let people = all.people(5, Sex::Male, "2014-01-01");
    all.reside(people[0], Some(true));
    all.reside(people[1], Some(false));
    all.reside(people[2], Some(false));
    let (one, two) = (all.occasion("2026-02-02", 60), all.occasion("2026-02-03", 60));
    all.all_at(one, &people, P);
    all.all_at(two, &people[..2], P);
    let data = all.build();
    assert_eq!(cut(&data, ".residents(\"keep_unknown\")", ""), 3, "1 and 2 once, 1 again");
    assert_eq!(cut(&data, ".residents(\"cut_unknown\")", ""), 5);
    // One of the three known lives here: 1/3; on the second day one of two.
    assert_eq!(cut(&data, ".resident_share_at_least(\"andel\")", &with(&[("andel", "percent", "50")])), 5);
    assert_eq!(counted(&data, "", "round(a.resident_share * 3, 2)", ""), "1");
}

#[test]
fn places_types_words_and_late_registration() {
    let mut all = Attendance::default();
    let people = all.people(2, Sex::Male, "2014-01-01");
    for (date, activity, place, kind, after) in [
        ("2026-02-02", "Fotbollsträning", "Idrottsparken", ActivityKind::Training, Some(28)),
        ("2026-02-03", "Fotbollsmatch", "Skolan i Arlöv", ActivityKind::Match, Some(29)),
        ("2026-02-04", "Årsmöte", "Klubbstugan", ActivityKind::Meeting, None),
    ] {
        let occasion = all.named(date, 60, activity);
        all.set(occasion, |facts| {
            facts.place = place.to_owned();
            facts.kind = kind;
            facts.registered = after.map(|days| day(date) + chrono::Days::new(days));
        });
        all.all_at(occasion, &people, P);
    }
    let data = all.build();
    assert_eq!(cut(&data, ".excluded_places(\"ord\")", &with(&[("ord", "list", "[\"skolan\"]")])), 2);
    assert_eq!(cut(&data, ".only_places(\"ord\")", &with(&[("ord", "list", "[\"parken\", \"stugan\"]")])), 2, "the school");
    assert_eq!(cut(&data, ".only_activities(\"ord\")", &with(&[("ord", "list", "[\"träning\", \"match\"]")])), 2);
    assert_eq!(cut(&data, ".excluded_types(\"typer\")", &with(&[("typer", "list", "[\"match\", \"meeting\"]")])), 4);
    assert_eq!(cut(&data, ".registered_within(\"dagar\")", &with(&[("dagar", "integer", "28")])), 2, "29 days; the unknown one stays");
    assert_eq!(counted(&data, "", "a.unregistered", ""), "1");
}

#[test]
fn a_camp_counts_once_a_day_and_for_so_many_days() {
    let mut all = Attendance::default();
    let people = all.people(3, Sex::Male, "2014-01-01");
    for date in ["2026-02-02", "2026-02-03", "2026-02-04", "2026-02-06"] {
        for minutes in [60, 90] {
            let occasion = all.named(date, minutes, "Vinterläger");
            all.all_at(occasion, &people, P);
        }
    }
    let data = all.build();
    assert_eq!(cut(&data, ".once_per_group_and_day(\"longest\")", ""), 12, "the shorter of each day");
    let limits = with(&[("ord", "list", "[\"läger\"]"), ("dagar", "integer", "2")]);
    // 2, 3 and 4 February stand in a row: the third day goes, both sessions; 6 February begins anew.
    assert_eq!(cut(&data, ".camp_days(\"ord\", \"dagar\")", &limits), 6);
    let mut all = Attendance::default();
    let people = all.people(3, Sex::Male, "2014-01-01");
    let camp = all.occasion("2026-02-02", 60 * 48);
    all.all_at(camp, &people, P);
    let data = all.build();
    assert_eq!(counted(&data, "", "a.person_days", ""), "9", "from Monday 18 to Wednesday 18 is three days");
    assert_eq!(counted(&data, "", "a.person_nights", ""), "6");
}

#[test]
fn age_is_reckoned_as_the_rule_says() {
    let mut all = Attendance::default();
    let person = all.person(Sex::Male, "2013-05-10");
    let occasion = all.occasion("2026-05-09", 60);
    all.mark(occasion, person, P);
    let data = all.build();
    let thirteen = with(&[("tretton", "range", "[13, 13]")]);
    for (basis, counted_as) in [("year", "1"), ("occasion", "0"), ("period_start", "0"), ("period_end", "1"), ("december_31", "1")] {
        assert_eq!(counted(&data, &format!(".age_on(\"{basis}\")"), "a.aged(\"tretton\")", &thirteen), counted_as, "{basis}");
    }
}

#[test]
fn a_cap_by_week_and_sport_counts_each_sport_from_monday() {
    let mut all = Attendance::default();
    let person = all.person(Sex::Male, "2014-01-01");
    // Sunday 1 February belongs to the week before.
    for (date, activity) in [
        ("2026-02-01", "Fotboll P12"),
        ("2026-02-02", "Fotboll P12"),
        ("2026-02-03", "Fotboll match"),
        ("2026-02-04", "Innebandy"),
        ("2026-02-05", "P12 fotboll"),
    ] {
        let occasion = all.named(date, 60, activity);
        all.mark(occasion, person, P);
    }
    let data = all.build();
    let limits = with(&[("tak", "integer", "2"), ("idrotter", "list", "[\"fotboll\", \"innebandy\"]")]);
    assert_eq!(cut(&data, ".at_most_per_person(\"tak\", \"week\", \"first\")", &with(&[("tak", "integer", "2")])), 2);
    assert_eq!(cut(&data, ".sports(\"idrotter\").at_most_per_person_and_sport(\"tak\", \"week\", \"first\")", &limits), 1);
    assert_eq!(
        cut(&data, ".at_most_per_person_and_sport(\"tak\", \"week\", \"first\")", &with(&[("tak", "integer", "2")])),
        0,
        "by the activity's own name"
    );
    let day_cap = ".sports(\"idrotter\").once_per_person_sport_and_day(\"first\")";
    assert_eq!(cut(&data, day_cap, &with(&[("idrotter", "list", "[\"fotboll\"]")])), 0);
}

#[test]
fn points_hours_and_figures_by_sex_and_age() {
    let mut all = Attendance::default();
    let girls = all.people(2, Sex::Female, "2014-01-01"); // 12
    let boys = all.people(3, Sex::Male, "2011-01-01"); // 15
    let adult = all.person(Sex::Female, "1990-01-01"); // 36, with a disability
    let leader = all.person(Sex::Male, "1980-01-01");
    let occasion = all.occasion("2026-02-02", 119);
    all.all_at(occasion, &girls, P);
    all.all_at(occasion, &boys, P);
    all.mark(occasion, adult, P.disability());
    all.mark(occasion, leader, L);
    let data = all.build();
    let parameters = with(&[
        ("alder", "range", "[7, 25]"),
        ("poang", "bands", "[{ from = 7, to = 12, value = 1 }, { from = 13, to = 25, value = \"1.5\" }]"),
        ("faktor", "decimal", "\"1.5\""),
        ("funk", "integer", "3"),
        ("ledare", "integer", "2"),
        ("hogst", "integer", "3"),
    ]);
    let of = |ids: &[&str]| -> String {
        parameters.split_inclusive("}]\n").filter(|part| ids.iter().any(|id| part.starts_with(&format!("[{id}]")))).collect()
    };
    // Girls 2 x 1 x 1,5 = 3; boys 3 x 1,5 = 4,5; the adult 3 x 1,5 (a woman) = 4,5; the leader 2. In all 14.
    let points = "a.points(\"poang\", #{ female_factor: \"faktor\", disability_points: \"funk\", leader_points: \"ledare\" })";
    assert_eq!(counted(&data, ".eligible(\"alder\")", points, &of(&["alder", "poang", "faktor", "funk", "ledare"])), "14");
    assert_eq!(counted(&data, ".eligible(\"alder\")", "a.with_disability", &of(&["alder"])), "1");
    assert_eq!(counted(&data, "", "a.female_aged(\"alder\")", &of(&["alder"])), "2");
    assert_eq!(counted(&data, "", "a.male_aged(\"alder\")", &of(&["alder"])), "3");
    assert_eq!(counted(&data, "", "a.persons_aged(\"alder\")", &of(&["alder"])), "5");
    assert_eq!(counted(&data, "", "a.participant_persons", ""), "6");
    for (rule, hours) in [("whole", "1"), ("nearest", "2"), ("begun", "2"), ("at_least_one", "1")] {
        assert_eq!(counted(&data, "", &format!("a.hours(\"hogst\", \"{rule}\")"), &of(&["hogst"])), hours, "{rule}");
    }
    assert_eq!(counted(&data, "", "a.participant_hours(\"hogst\", \"begun\")", &of(&["hogst"])), "12");
}
