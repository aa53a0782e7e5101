//! A changed grant type tried on real cases: sums by hand, nothing stored, nobody named who must not be.
//!
//! In force 10 kr a mark, 100 kr at most, and at least 3 marks. Five clubs with 3, 5, 9, 12 and 2 girls come to 30, 50, 90,
//! 100 and 0 kr: 270 kr.

use bifall::domain::Money;
use bifall::domain::id::CaseId;
use bifall::domain::simulation::{BudgetEffect, Summary, histogram, summarize};
use bifall::packages::Files;
use bifall::services::budgets::{self, Which};
use bifall::services::cases::overrides;
use bifall::services::simulation::{self, Draft, Simulation};
use bifall::services::{Actor, ServiceError, ServiceResult, packages, rounds};

use super::support::{POT, applied, closed, files, pot, pot_files};
use crate::support::program::{Program, said};
use crate::support::{Engine, TestTenant, on_both};

const GRANT: &str = "provbidrag";
const PERIOD: &str = "2026-H1";

const SCRIPT: &str = r#"
fn validate(application) {
    require_at_least("for_fa", application.attendance.participants, "minst");
}
fn calculate(application) {
    let a = application.attendance.eligible_only("alder");
    row("deltagare", a.participants, "belopp");
    cap("tak");
    round_to_krona();
}
"#;

const TEXTS: &str = r#"
[for_fa]
text = "Markeringar: {value}, krav {limit}"
motivation = "Det krävs {limit} markeringar. Föreningen har {value}."
paragraph = "§ 1"
[deltagare]
text = "{quantity} deltagare à {rate}"
[tak]
text = "Högst {limit}"
motivation = "Bidraget är högst {limit}."
"#;

fn changed(script: &str, amount: u32, cap: u32, least: u32) -> Files {
    let parameter = |id: &str, kind: &str, value: &str| {
        format!("[{id}]\ntype = \"{kind}\"\nparagraph = \"§ 2\"\nvalues = [{{ from = 2020-01-01, value = {value} }}]\n")
    };
    let parameters = [
        parameter("alder", "range", "[7, 25]"),
        parameter("belopp", "money", &amount.to_string()),
        parameter("tak", "money", &cap.to_string()),
        parameter("minst", "integer", &least.to_string()),
    ];
    files(GRANT, script, &parameters.concat(), TEXTS)
}

async fn draft_of(t: &TestTenant, grant: &str, files: &Files) -> Draft {
    simulation::draft(&t.tenant, &Actor::Service, files, grant).await.unwrap()
}

async fn tried_by(t: &TestTenant, actor: &Actor, grant: &str, draft: &Draft) -> ServiceResult<Simulation> {
    simulation::simulate(&t.tenant, actor, (grant, PERIOD), &draft.package, |_, _| ()).await
}

async fn tried(t: &TestTenant, files: &Files) -> Simulation {
    let draft = draft_of(t, GRANT, files).await;
    tried_by(t, &t.officer("dag").await.actor, GRANT, &draft).await.unwrap()
}

/// The five clubs.
async fn clubs(t: &TestTenant) -> Vec<CaseId> {
    let imported = packages::import(&t.tenant, &Actor::Service, &changed(SCRIPT, 10, 100, 3)).await.unwrap();
    assert_eq!(imported.new, [GRANT], "{:#?}", imported.problems);
    let mut cases = Vec::new();
    for (no, girls) in (1..).zip([3, 5, 9, 12, 2]) {
        cases.push(applied(t, no * 2, GRANT, &["2026-02-03"], girls).await);
    }
    t.work().await;
    cases
}

fn kronor(kr: i64) -> Money {
    Money::from_kronor(kr).unwrap()
}

fn differences(found: &Simulation) -> Vec<i64> {
    found.cases.iter().map(|case| case.difference_ore.ore() / 100).collect()
}

#[test]
fn winners_losers_and_sums_are_the_same_before_the_lock_after_it_and_once_decided() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let cases = clubs(&t).await;
        let dag = t.officer("dag").await.actor;
        budgets::set(&t.tenant, &dag, Which { grant_type: GRANT, unit: "KFN", year: 2026 }, kronor(250)).await.unwrap();
        // 12 kr, at most 90 kr, at least 4: the clubs come to 0 (refused), 60, 90, 90 and 0 kr.
        let stricter = changed(SCRIPT, 12, 90, 4);
        // 12 kr, at most 200 kr, at least 2: 36, 60, 108, 144 and 24 kr.
        let milder = changed(SCRIPT, 12, 200, 2);
        for stage in ["open", "locked", "decided"] {
            match stage {
                "open" => {}
                "locked" => closed(&t, GRANT).await,
                _ => drop(t.decided(cases[1]).await),
            }
            let found = tried(&t, &stricter).await;
            let summary = Summary {
                cases: 5,
                winners: 1,
                losers: 2,
                unchanged: 2,
                won_ore: kronor(10),
                lost_ore: kronor(-40),
                before_ore: kronor(270),
                after_ore: kronor(240),
                difference_ore: kronor(-30),
                newly_refused: 1,
                newly_granted: 0,
            };
            assert_eq!(found.summary, summary, "{stage}: {found:#?}");
            assert_eq!(differences(&found), [-30, 10, 0, -10, 0], "{stage}");
            assert_eq!(found.cases[0].applicant.as_deref(), Some("Klubb 2"));
            assert_eq!(found.cases[0].refused_by[0].sv, "Markeringar: 3, krav 4");
            let [budget] = found.budgets.as_slice() else { panic!("{:#?}", found.budgets) };
            assert_eq!((budget.elsewhere_ore, budget.left().unwrap()), (Money::ZERO, Some(kronor(10))), "{stage}");

            let found = tried(&t, &milder).await;
            assert_eq!(differences(&found), [6, 10, 18, 44, 24], "{stage}");
            assert_eq!((found.summary.newly_granted, found.summary.newly_refused), (1, 0));
            assert_eq!(found.budgets[0].left().unwrap(), Some(kronor(-122)), "372 of 250 kr: {stage}");
        }
        assert_eq!(tried(&t, &changed(SCRIPT, 10, 100, 3)).await.summary.unchanged, 5, "the same rule changes nothing");
    });
}

#[test]
fn nothing_is_stored_and_the_draft_is_never_in_force() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let cases = clubs(&t).await;
        closed(&t, GRANT).await;
        let counts = async || {
            let mut tx = t.tenant.db.read().await.unwrap();
            let events = format!("{:?}", bifall::store::events::streams(&mut tx).await.unwrap());
            let (_, package) = packages::governing(&mut tx, &t.tenant, GRANT, PERIOD).await.unwrap().unwrap();
            (events, bifall::store::packages::newest(&mut tx, GRANT).await.unwrap(), package.hash.hex())
        };
        let before = counts().await;
        tried(&t, &changed(SCRIPT, 12, 90, 4)).await;
        assert_eq!(counts().await, before);
        for case in cases {
            assert_eq!(t.newest(case).await.seq, 2, "a provisional and a final calculation, and no more");
        }
        t.history_holds().await;
    });
}

#[test]
fn a_pot_is_shared_anew_whether_it_is_locked_or_not() {
    on_both(|t| async move {
        let t = t.staffed().await;
        pot(&t).await;
        // In force 404, 330 and 266 kr: see `pots`. With 20 kr an occasion and 700 kr: 40, 20 and 20 kr fixed; 620 kr over 15
        // marks is 41.333 a mark: 248, 206.667 and 165.333. The krona that remains goes to the largest remainder.
        applied(&t, 1, POT, &["2026-02-03", "2026-02-10"], 3).await;
        applied(&t, 2, POT, &["2026-02-03"], 5).await;
        applied(&t, 3, POT, &["2026-02-03"], 4).await;
        t.work().await;
        let dag = t.officer("dag").await.actor;
        let draft = draft_of(&t, POT, &pot_files("700", "20")).await;
        for stage in ["open", "closed", "locked"] {
            match stage {
                "open" => {}
                "closed" => closed(&t, POT).await,
                _ => {
                    let shared = rounds::share(&t.tenant, &dag, POT, PERIOD).await.unwrap();
                    rounds::lock(&t.tenant, &dag, shared.id).await.unwrap();
                }
            }
            let found = tried_by(&t, &dag, POT, &draft).await.unwrap();
            let amounts: Vec<(i64, i64)> =
                found.cases.iter().map(|case| (case.pair.before.amount_ore.ore(), case.pair.after.amount_ore.ore())).collect();
            assert_eq!(amounts, [(40_400, 28_800), (33_000, 22_700), (26_600, 18_500)], "{stage}");
            assert_eq!((found.summary.after_ore, found.pot_left_ore), (kronor(700), Some(Money::ZERO)), "{stage}");
        }
        // Fixed parts that are larger than the pot: the rule says stop, and so does the simulation, with the place.
        let poor = draft_of(&t, POT, &pot_files("30", "20")).await;
        let stopped = tried_by(&t, &dag, POT, &poor).await;
        let Err(ServiceError::Definition(problems)) = &stopped else { panic!("{stopped:?}") };
        assert!(problems[0].place.file.ends_with("rules.rhai") && problems[0].place.line > 0, "{problems:?}");
    });
}

#[test]
fn a_case_that_the_draft_cannot_reckon_is_told_with_its_place_and_the_others_are_reckoned() {
    on_both(|t| async move {
        let t = t.staffed().await;
        clubs(&t).await;
        // Five participants divide by zero.
        let script =
            SCRIPT.replace("    cap(", "    if a.participants == 5 { row(\"delade\", 1 / (a.participants - 5), \"belopp\"); }\n    cap(");
        let mut files = changed(&script, 10, 100, 3);
        let texts = format!("{TEXTS}\n[delade]\ntext = \"{{quantity}}\"\n");
        files.0.insert(format!("rules/{GRANT}/texts.toml"), texts.into_bytes());
        let found = tried(&t, &files).await;
        assert_eq!((found.failed.len(), found.cases.len(), found.summary.before_ore), (1, 4, kronor(220)), "{found:#?}");
        let failed = &found.failed[0];
        assert_eq!((failed.place.file.as_str(), failed.place.line), ("rules/provbidrag/rules.rhai", 8), "{failed:?}");
        assert!(!failed.why.sv.is_empty());
    });
}

#[test]
fn what_an_officer_has_set_stays_and_is_told() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let cases = clubs(&t).await;
        closed(&t, GRANT).await;
        let anna = t.officer("anna").await.actor;
        overrides::change(&t.tenant, &anna, cases[2], Some(kronor(77)), "Enligt nämndens beslut.").await.unwrap();
        t.work().await;
        assert_eq!(t.total(cases[2]).await, 7_700);
        let found = tried(&t, &changed(SCRIPT, 5, 100, 3)).await;
        // 9 girls are 45 kr by the draft, but 77 kr were set; the others come to 15, 25, 60 and 0 kr.
        assert_eq!(differences(&found), [-15, -25, 0, -40, 0]);
        assert_eq!(found.cases.iter().map(|case| case.set_by_officer).collect::<Vec<_>>(), [false, false, true, false, false]);
        assert_eq!(found.cases[2].pair.after.amount_ore, kronor(77));
    });
}

#[test]
fn persons_are_not_named_and_who_is_tied_sees_neither_case_nor_budget() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let cases = clubs(&t).await;
        let person = t.case(cases[0]).await.organisation_id;
        t.execute(format!(
            "update organisation set kind = 'person' where number = '{}'",
            crate::support::actors::invented(2).replace('-', "")
        ))
        .await
        .unwrap();
        t.execute("update cases set protected = true".to_owned()).await.unwrap();
        let draft = draft_of(&t, GRANT, &changed(SCRIPT, 12, 90, 4)).await;
        let found = tried_by(&t, &t.officer("dag").await.actor, GRANT, &draft).await.unwrap();
        assert_eq!(found.cases[0].applicant, None);
        assert!(found.cases[0].pair.newly_refused() && found.cases[0].refused_by.is_empty(), "no figures of hers");
        assert!(!serde_json::to_string(&found).unwrap().contains("Klubb 2\""));
        assert_eq!(found.cases[1].applicant.as_deref(), Some("Klubb 4"), "an association stands there as before");

        let dag = t.officer("dag").await.actor;
        crate::support::actors::tie(&t.tenant, &dag, dag.user().unwrap().id, person, "Granne.").await;
        let tied = tried_by(&t, &t.officer("dag").await.actor, GRANT, &draft).await.unwrap();
        assert_eq!((tied.kept_from, tied.cases.len(), tied.budgets.len()), (1, 4, 0));
        assert_eq!(tied.summary.before_ore, kronor(240), "nothing of it in a sum");
    });
}

#[test]
fn drafts_that_cannot_be_tried_are_refused_with_what_to_do() {
    on_both(|t| async move {
        let t = t.staffed().await;
        clubs(&t).await;
        let (dag, anna) = (t.officer("dag").await.actor, t.officer("anna").await.actor);
        let good = changed(SCRIPT, 12, 90, 4);
        let not_hers = simulation::draft(&t.tenant, &anna, &good, GRANT).await;
        assert!(matches!(not_hers, Err(ServiceError::Refused(_))), "{not_hers:?}");
        let draft = draft_of(&t, GRANT, &good).await;
        assert!(matches!(tried_by(&t, &anna, GRANT, &draft).await, Err(ServiceError::Refused(_))));
        assert!(draft.warnings.iter().any(|problem| problem.code == "no_cases"));

        let other = simulation::draft(&t.tenant, &dag, &good, "annat").await;
        let Err(ServiceError::Refused(why)) = &other else { panic!("{other:?}") };
        assert!(why.sv.contains("Det som finns där: provbidrag."), "{}", why.sv);
        let broken = simulation::draft(&t.tenant, &dag, &changed(&SCRIPT.replace("row(", "rw("), 1, 1, 1), GRANT).await;
        let Err(ServiceError::Definition(problems)) = &broken else { panic!("{broken:?}") };
        assert_eq!((problems[0].place.line, problems[0].is_error()), (7, true), "{problems:#?}");

        let edited = |from: &str, to: &str| {
            let mut files = good.clone();
            let form = files.0.get_mut(&format!("forms/{GRANT}.toml")).unwrap();
            let text = String::from_utf8(form.clone()).unwrap();
            assert!(text.contains(from), "{text}");
            *form = text.replace(from, to).into_bytes();
            files
        };
        for (files, words) in [
            (edited("id = \"2026-H1\"", "id = \"2026-H9\""), "har ingen period ”2026-H1”"),
            (edited("covers = [2026-01-01, 2026-06-30]", "covers = [2026-01-01, 2026-06-29]"), "täcker andra dagar"),
        ] {
            let draft = draft_of(&t, GRANT, &files).await;
            let refused = tried_by(&t, &dag, GRANT, &draft).await;
            let Err(ServiceError::Refused(why)) = &refused else { panic!("{refused:?}") };
            assert!(why.sv.contains(words), "{}", why.sv);
        }
    });
}

#[test]
fn a_later_last_day_lets_in_who_was_late_and_an_earlier_one_shuts_out() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let script = SCRIPT.replace(
            "fn validate(application) {",
            "fn validate(application) {\n    require(\"for_sent\", application.received <= application.due);",
        );
        let texts =
            format!("{TEXTS}\n[for_sent]\ntext = \"Kom i tid\"\nmotivation = \"Ansökan kom efter sista dagen.\"\nparagraph = \"§ 3\"\n");
        let made = |closes: &str| {
            let mut files = changed(&script, 10, 100, 3);
            files.0.insert(format!("rules/{GRANT}/texts.toml"), texts.clone().into_bytes());
            let form = files.0.get_mut(&format!("forms/{GRANT}.toml")).unwrap();
            let text = String::from_utf8(form.clone()).unwrap();
            assert!(text.contains("closes = 2026-08-25"), "{text}");
            *form = text.replace("closes = 2026-08-25", &format!("closes = {closes}")).into_bytes();
            files
        };
        packages::import(&t.tenant, &Actor::Service, &made("2026-08-25")).await.unwrap();
        applied(&t, 1, GRANT, &["2026-02-03"], 5).await; // received on 20 August
        t.clock.set("2026-08-26 06:00");
        applied(&t, 2, GRANT, &["2026-02-03"], 5).await;
        t.work().await;
        let later = tried(&t, &made("2026-08-26")).await;
        assert_eq!((differences(&later), later.summary.newly_granted), (vec![0, 50], 1));
        let earlier = tried(&t, &made("2026-08-19")).await;
        assert_eq!((differences(&earlier), earlier.summary.newly_refused), (vec![-50, 0], 1));
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_prints_a_table_and_writes_a_csv_and_a_picture() {
    let t = TestTenant::new(Engine::Sqlite).await.staffed().await;
    clubs(&t).await;
    budgets::set(&t.tenant, &Actor::Service, Which { grant_type: GRANT, unit: "KFN", year: 2026 }, kronor(239)).await.unwrap();
    t.execute("update organisation_name set name = '=Klubb & <Co>' where name = 'Klubb 4'".to_owned()).await.unwrap();
    let program = Program::of(&t);
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in changed(SCRIPT, 12, 90, 4).0 {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let (with, csv, svg) = (folder.path().display().to_string(), folder.path().join("a.csv"), folder.path().join("a.svg"));
    let (csv, svg) = (csv.display().to_string(), svg.display().to_string());
    let base = ["simulate", "--grant-type", GRANT, "--period", PERIOD, "--with", &with, "--today", "2026-08-21"];
    let output = program.run(&[&base[..], &["--as", "dag", "--csv", &csv, "--svg", &svg]].concat());
    assert!(output.status.success(), "{}", said(&output));
    let printed = String::from_utf8(output.stdout.clone()).unwrap().replace('\u{A0}', " ");
    for words in ["Vinner                       1", "Förlorar                     2", "+10 kr", "−40 kr", "270 kr", "240 kr", "−30 kr"]
    {
        assert!(printed.contains(words), "{words}:\n{printed}");
    }
    assert!(printed.contains("Budget KFN 2026: 239 kr (andra beslut 0 kr), ÖVERSKRIDS med 1 kr"), "{printed}");
    assert!(printed.contains("nytt avslag") && printed.contains("Markeringar: 3, krav 4"), "{printed}");
    assert!(!printed.contains("Klubb 6"), "what comes out the same is listed on request alone:\n{printed}");
    assert!(String::from_utf8_lossy(&output.stderr).is_empty(), "no bar where nobody looks: {}", said(&output));

    let table = std::fs::read_to_string(&csv).unwrap();
    let lines: Vec<&str> = table.trim_start_matches('\u{FEFF}').lines().collect();
    assert_eq!(lines.len(), 6, "{table}");
    assert!(lines[1].contains(";Klubb 2;30,00;0,00;-30,00;bifall;avslag;"), "{table}");
    assert!(lines[2].contains(";'=Klubb & <Co>;50,00;60,00;10,00;bifall;bifall;"), "{table}");

    let picture = std::fs::read_to_string(&svg).unwrap();
    let mut reader = quick_xml::Reader::from_str(&picture);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => names.push(start.name().as_ref().to_owned()),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(names[..3], ["svg", "title", "desc"], "a name and a description come first");
    assert!(picture.contains("1 ärenden får mer, 2 mindre och 2 lika mycket."), "{picture}");
    for from_elsewhere in ["@import", "url(", "style=", "<script", "href"] {
        assert!(!picture.contains(from_elsewhere), "{from_elsewhere}");
    }

    let json = program.json(&base);
    assert_eq!(json["summary"]["difference_ore"], -3_000);
    assert_eq!(json["cases"][0]["refused_by"][0]["sv"], "Markeringar: 3, krav 4");
    assert_eq!(program.run(&[&base[..], &["--as", "anna"]].concat()).status.code(), Some(1));
    let wrong = folder.path().join(format!("rules/{GRANT}/rules.rhai"));
    std::fs::write(wrong, "fn calculate(application) { rw(1); }").unwrap();
    let output = program.run(&base);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("rules/provbidrag/rules.rhai:1:"), "{}", said(&output));
}

#[test]
fn a_difference_on_a_bound_belongs_to_the_bar_nearer_zero() {
    let ore = |values: &[i64]| values.iter().copied().map(Money::from_ore).collect::<Vec<_>>();
    // The farthest are 10 kr and -3 kr: with at most 13 bars they are 1 kr wide.
    let spread = histogram(&ore(&[0, 1, 100, 101, 1_000, -1, -100, -101, -300, 0]), 13);
    assert_eq!((spread.width_ore, spread.same), (Money::from_ore(100), 2));
    assert_eq!(spread.gains.iter().map(|bar| bar.count).collect::<Vec<_>>(), [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(spread.losses.iter().map(|bar| bar.count).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!((spread.losses[2].over_ore.ore(), spread.losses[2].to_ore.ore()), (-200, -300));
    // One bar less makes them wider: 2 kr.
    assert_eq!(histogram(&ore(&[1_000, -300]), 12).width_ore, Money::from_ore(200));
    let none = histogram(&[], 20);
    assert_eq!((none.losses.len(), none.same, none.gains.len()), (0, 0, 0));
    let farthest = histogram(&ore(&[i64::MIN, i64::MAX]), 20);
    assert_eq!(farthest.losses.iter().chain(&farthest.gains).map(|bar| bar.count).sum::<usize>(), 2);
    assert_eq!(summarize([]).unwrap(), Summary::default());
}

#[test]
fn a_budget_is_held_against_what_other_decisions_took_too() {
    let mut budget = BudgetEffect {
        unit: "KFN".to_owned(),
        year: 2026,
        amount_ore: Some(kronor(100)),
        elsewhere_ore: kronor(30),
        before_ore: kronor(50),
        after_ore: kronor(70),
    };
    assert_eq!(budget.left().unwrap(), Some(Money::ZERO));
    budget.after_ore = Money::from_ore(7_001);
    assert_eq!(budget.left().unwrap(), Some(Money::from_ore(-1)));
    budget.amount_ore = None;
    assert_eq!(budget.left().unwrap(), None);
}
