//! Payment orders: settlements that never fall below zero, four eyes, holds, and random walks through the states.

use std::collections::BTreeSet;

use bifall::domain::Money;
use bifall::domain::id::{DecisionId, PaymentBatchId, UserId};
use bifall::domain::payment::{
    AccountingError, AccountingString, AttestAuthority, AttestBasis, AttestKind, AttestRefused, Hold, HoldReason, LineError, LineKind,
    OrderError, PaymentId, PaymentOrder, PaymentState, RemainingDebt, Transition, WrongState, may_attest, settle,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::files::{day, granted, line};

const DECIDER: UserId = UserId(Uuid::from_u128(1));
const REVIEWER: UserId = UserId(Uuid::from_u128(2));
const ATTESTER: UserId = UserId(Uuid::from_u128(3));
const BATCH: PaymentBatchId = PaymentBatchId(Uuid::from_u128(9));

#[test]
fn a_set_off_within_the_grant_lessens_the_payment() {
    let settlement = settle(vec![line(LineKind::SetOff, -30_000), line(LineKind::Grant, 100_000)]).expect("a settlement");
    assert_eq!(settlement.payable(), Money::from_ore(70_000));
    assert_eq!(settlement.remaining(), []);
    assert_eq!(amounts(settlement.lines()), [(LineKind::Grant, 100_000), (LineKind::SetOff, -30_000)]);
}

#[test]
fn a_set_off_above_the_grant_leaves_a_debt() {
    let lines = vec![
        line(LineKind::Grant, 100_000),
        line(LineKind::Recovery, -60_000),
        line(LineKind::SetOff, -75_050),
        line(LineKind::SetOff, -1),
    ];
    let settlement = settle(lines).expect("a settlement");
    assert_eq!(settlement.payable(), Money::ZERO);
    assert_eq!(amounts(settlement.lines()), [(LineKind::Grant, 100_000), (LineKind::Recovery, -60_000), (LineKind::SetOff, -40_000)]);
    let debt = |ore| RemainingDebt { kind: LineKind::SetOff, decision: DecisionId(Uuid::from_u128(7)), amount: Money::from_ore(ore) };
    assert_eq!(settlement.remaining(), [debt(35_050), debt(1)], "what was not taken, debt by debt");
}

#[test]
fn lines_that_make_no_order_are_refused() {
    assert_eq!(settle(vec![]), Err(LineError::NoGrant));
    assert_eq!(settle(vec![line(LineKind::SetOff, -1)]), Err(LineError::NoGrant));
    assert_eq!(settle(vec![line(LineKind::Grant, 1), line(LineKind::SetOff, 1)]), Err(LineError::Sign(1)));
    assert_eq!(settle(vec![line(LineKind::Instalment, 0)]), Err(LineError::Sign(0)));
    assert!(matches!(settle(vec![line(LineKind::Grant, i64::MAX), line(LineKind::Instalment, 1)]), Err(LineError::Money(_))));
    assert!(
        matches!(settle(vec![line(LineKind::Grant, 1), line(LineKind::SetOff, i64::MIN)]), Ok(settlement) if settlement.remaining().len() == 1)
    );
}

#[test]
fn the_reference_is_of_the_decision_and_the_instalment() {
    let decision = DecisionId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));
    let id = PaymentId::of(decision, 1);
    // SHA-256 of the parts, each after its length in eight bytes, by another program (Python's hashlib).
    assert_eq!(id.as_str(), "BFAE45BFB50E2CC13BC752F1C259343635");
    assert_eq!(id, PaymentId::of(decision, 1));
    assert_ne!(id, PaymentId::of(decision, 2));
    assert_ne!(id, PaymentId::of(DecisionId(Uuid::from_u128(2)), 1));
    for wrong in ["", "abc", "-A", "Å", "A B", &"A".repeat(36)] {
        assert!(wrong.parse::<PaymentId>().is_err(), "{wrong}");
    }
}

#[test]
fn accounting_strings_hold_codes_only() {
    let string = AccountingString::new(" 4530 ")
        .and_then(|codes| codes.with_cost_centre("4100")?.with_activity("")?.with_counterpart("85"))
        .expect("codes");
    assert_eq!(
        (string.account(), string.cost_centre(), string.activity(), string.project(), string.counterpart()),
        ("4530", Some("4100"), None, None, Some("85"))
    );
    assert_eq!(AccountingString::new(" "), Err(AccountingError::NoAccount));
    for wrong in ["=1+1", "-1", "a b", "a\"b", "{", &"1".repeat(21)] {
        assert_eq!(AccountingString::new(wrong), Err(AccountingError::Code(wrong.into())), "{wrong}");
    }
    assert!(serde_json::from_str::<AccountingString>(r#"{"account":"45;30"}"#).is_err());
    let json = serde_json::to_string(&string).expect("JSON");
    assert_eq!(json, r#"{"account":"4530","cost_centre":"4100","counterpart":"85"}"#);
    assert_eq!(serde_json::from_str::<AccountingString>(&json).expect("codes"), string);
}

#[test]
fn no_one_attests_what_she_decided_or_reviewed() {
    let rights = everybody();
    let today = day(2026, 8, 20);
    let basis = |reviewed_by| AttestBasis { decided_by: Some(DECIDER), reviewed_by, payable: Money::from_ore(100) };
    let may = |kind, person, reviewed_by| may_attest(kind, person, &basis(reviewed_by), &rights, today);
    assert_eq!(may(AttestKind::Review, DECIDER, None), Err(AttestRefused::DecidedIt));
    assert_eq!(may(AttestKind::Payment, DECIDER, Some(REVIEWER)), Err(AttestRefused::DecidedIt));
    assert_eq!(may(AttestKind::Payment, REVIEWER, Some(REVIEWER)), Err(AttestRefused::ReviewedIt));
    assert_eq!(may(AttestKind::Payment, ATTESTER, None), Err(AttestRefused::NotReviewed));
    assert_eq!(may(AttestKind::Review, REVIEWER, None), Ok(()));
    assert_eq!(may(AttestKind::Payment, ATTESTER, Some(REVIEWER)), Ok(()));
    let committee = AttestBasis { decided_by: None, reviewed_by: None, payable: Money::from_ore(100) };
    assert_eq!(may_attest(AttestKind::Review, DECIDER, &committee, &rights, today), Ok(()), "a committee's decision is nobody's own");
}

#[test]
fn limits_hold_by_amount_and_date() {
    let right = |kind, up_to, from, until| AttestAuthority { person: ATTESTER, kind, up_to, from, until };
    let rights = [
        right(AttestKind::Payment, Some(Money::from_ore(50_000)), day(2026, 1, 1), None),
        right(AttestKind::Payment, Some(Money::from_ore(200_000)), day(2026, 7, 1), Some(day(2026, 8, 31))),
        right(AttestKind::Review, None, day(2026, 1, 1), None),
    ];
    let attest = |ore, on| {
        let basis = AttestBasis { decided_by: Some(DECIDER), reviewed_by: Some(REVIEWER), payable: Money::from_ore(ore) };
        may_attest(AttestKind::Payment, ATTESTER, &basis, &rights, on)
    };
    let above = |ore| Err(AttestRefused::AboveLimit { limit: Money::from_ore(ore) });
    assert_eq!(attest(50_000, day(2026, 1, 1)), Ok(()), "the limit itself is within it");
    assert_eq!(attest(50_001, day(2026, 6, 30)), above(50_000));
    assert_eq!(attest(200_000, day(2026, 7, 1)), Ok(()), "a deputy's higher limit over the summer");
    assert_eq!(attest(200_001, day(2026, 8, 31)), above(200_000));
    assert_eq!(attest(50_001, day(2026, 9, 1)), above(50_000));
    assert_eq!(attest(1, day(2025, 12, 31)), Err(AttestRefused::NoAuthority));
    assert_eq!(
        AttestRefused::AboveLimit { limit: Money::from_ore(50_000) }.message().sv,
        "Beloppet är högre än din attesträtt, som går till 500,00 kr. Be någon med högre attesträtt."
    );
}

#[test]
fn an_order_goes_from_decision_to_account_and_back() {
    let today = day(2026, 8, 20);
    let order =
        draft().review(REVIEWER, &everybody(), today).and_then(|order| order.attest(ATTESTER, &everybody(), today)).expect("attested");
    assert_eq!((order.reviewed_by, order.attested_by), (Some(REVIEWER), Some(ATTESTER)));
    let sent = order.clone().export(BATCH, today).expect("sent");
    assert_eq!((sent.state, sent.batch), (PaymentState::Exported, Some(BATCH)));
    let returned = sent.clone().accept().and_then(PaymentOrder::book).and_then(PaymentOrder::give_back).expect("returned");
    assert_eq!(returned.state, PaymentState::Returned);
    let lost = sent.clone().lose_track().expect("unknown");
    let refused = WrongState { state: PaymentState::Unknown, transition: Transition::Export };
    assert_eq!(lost.clone().export(BATCH, today), Err(OrderError::State(refused)), "never sent again by itself");
    assert!(lost.send_back().is_err(), "what may have been paid is not put right by paying again");
    let again = sent.reject().and_then(PaymentOrder::send_back).expect("a draft");
    assert_eq!((again.state, again.reviewed_by, again.attested_by, again.batch), (PaymentState::Draft, None, None, None));
    assert_eq!(again.id, order.id, "nothing was paid under the reference");
}

#[test]
fn holds_stop_the_sending_and_nothing_else() {
    let today = day(2026, 8, 20);
    let until = day(2026, 8, 25);
    let held = draft()
        .hold(Hold { reason: HoldReason::NewAccount, until: None })
        .and_then(|order| order.hold(Hold { reason: HoldReason::AnnouncementPending, until: Some(until) }))
        .and_then(|order| order.review(REVIEWER, &everybody(), today))
        .and_then(|order| order.attest(ATTESTER, &everybody(), today))
        .expect("a held order is attested like any other");
    let refused = held.clone().export(BATCH, today).expect_err("held");
    assert_eq!(refused, OrderError::Held(vec![HoldReason::NewAccount, HoldReason::AnnouncementPending]));
    assert!(refused.message().sv.contains("nytt konto") && refused.message().sv.contains("anslagstid"));
    let released = held.release(HoldReason::NewAccount);
    assert_eq!(released.held_by(until), [HoldReason::AnnouncementPending], "its last day counts");
    let sent = released.export(BATCH, day(2026, 8, 26)).expect("the announcement has run its time");
    assert_eq!(sent.hold(Hold { reason: HoldReason::Manual, until: None }), Err(OrderError::TooLateToHold));
}

#[test]
fn words_in_the_store_are_read_back() {
    for state in PaymentState::ALL {
        assert_eq!(PaymentState::from_code(state.code()), Some(state));
        assert_eq!(serde_json::to_value(state).expect("JSON"), state.code());
    }
    for reason in HoldReason::ALL {
        assert_eq!(HoldReason::from_code(reason.code()), Some(reason));
        assert_eq!(serde_json::to_value(reason).expect("JSON"), reason.code());
        assert!(reason.message().en.is_some());
    }
    assert_eq!(PaymentState::from_code("sent"), None);
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Do(Transition, UserId),
    Hold(HoldReason),
    Release(HoldReason),
}

fn any_step() -> impl Strategy<Value = Step> {
    let transition = prop::sample::select(vec![
        Transition::Review,
        Transition::Attest,
        Transition::SendBack,
        Transition::Export,
        Transition::Accept,
        Transition::Reject,
        Transition::LoseTrack,
        Transition::Book,
        Transition::Return,
        Transition::Cancel,
    ]);
    let person = prop::sample::select(vec![DECIDER, REVIEWER, ATTESTER]);
    prop_oneof![
        8 => (transition, person).prop_map(|(transition, person)| Step::Do(transition, person)),
        1 => prop::sample::select(HoldReason::ALL.to_vec()).prop_map(Step::Hold),
        1 => prop::sample::select(HoldReason::ALL.to_vec()).prop_map(Step::Release),
    ]
}

/// The ways that are open, as a table of their own.
fn open(state: PaymentState) -> &'static [(Transition, PaymentState)] {
    use PaymentState as S;
    use Transition as T;
    match state {
        S::Draft => &[(T::Review, S::Reviewed), (T::Cancel, S::Cancelled)],
        S::Reviewed => &[(T::Attest, S::Attested), (T::SendBack, S::Draft), (T::Cancel, S::Cancelled)],
        S::Attested => &[(T::Export, S::Exported), (T::SendBack, S::Draft), (T::Cancel, S::Cancelled)],
        S::Exported => &[(T::Accept, S::Accepted), (T::Reject, S::Rejected), (T::LoseTrack, S::Unknown), (T::Book, S::Booked)],
        S::Accepted => &[(T::Reject, S::Rejected), (T::Book, S::Booked), (T::Return, S::Returned)],
        S::Unknown => &[(T::Accept, S::Accepted), (T::Reject, S::Rejected), (T::Book, S::Booked)],
        S::Rejected => &[(T::SendBack, S::Draft), (T::Cancel, S::Cancelled)],
        S::Booked => &[(T::Return, S::Returned)],
        S::Returned | S::Cancelled => &[],
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_order_keeps_its_promises(steps in prop::collection::vec(any_step(), 1..60)) {
        let today = day(2026, 8, 20);
        let mut order = draft();
        let mut sendings_without_refusal = 0;
        for step in steps {
            let before = order.clone();
            let result = match step {
                Step::Do(transition, person) => act(order.clone(), transition, person, today),
                Step::Hold(reason) => order.clone().hold(Hold { reason, until: None }),
                Step::Release(reason) => Ok(order.clone().release(reason)),
            };
            if let Step::Do(transition, _) = step {
                let expected = open(before.state).iter().find(|(way, _)| *way == transition).map(|(_, to)| *to);
                match (&result, expected) {
                    (Ok(after), Some(to)) => prop_assert_eq!(after.state, to),
                    (Err(OrderError::State(wrong)), None) => prop_assert_eq!(*wrong, WrongState { state: before.state, transition }),
                    (Err(OrderError::Attest(_)), Some(_)) => prop_assert!(matches!(transition, Transition::Review | Transition::Attest)),
                    (Err(OrderError::Held(reasons)), Some(_)) => {
                        prop_assert_eq!(transition, Transition::Export);
                        prop_assert_eq!(reasons.iter().copied().collect::<BTreeSet<_>>(), before.holds.iter().map(|hold| hold.reason).collect());
                    }
                    (other, expected) => prop_assert!(false, "{:?} where {:?} was due", other, expected),
                }
            }
            let Ok(after) = result else { continue };
            match (before.state, after.state) {
                (PaymentState::Attested, PaymentState::Exported) => sendings_without_refusal += 1,
                (_, PaymentState::Rejected) if before.state != PaymentState::Rejected => sendings_without_refusal -= 1,
                _ => {}
            }
            order = after;
            prop_assert!((0..=1).contains(&sendings_without_refusal), "money leaves at most once");
            let attested = !matches!(order.state, PaymentState::Draft | PaymentState::Reviewed | PaymentState::Cancelled);
            prop_assert!(!attested || (order.reviewed_by.is_some() && order.attested_by.is_some()));
            prop_assert!(order.reviewed_by != Some(DECIDER) && order.attested_by != Some(DECIDER));
            prop_assert!(order.attested_by.is_none() || order.attested_by != order.reviewed_by);
            prop_assert_eq!(&order.settlement, &before.settlement);
        }
    }

    #[test]
    fn no_money_is_made_or_lost_by_settling(
        grants in prop::collection::vec(1_i64..1_000_000, 1..6),
        deductions in prop::collection::vec(1_i64..2_000_000, 0..6),
    ) {
        let lines = grants.iter().map(|ore| line(LineKind::Grant, *ore)).chain(deductions.iter().map(|ore| line(LineKind::SetOff, -ore)));
        let settlement = settle(lines.collect()).expect("a settlement");
        let (granted, owed): (i64, i64) = (grants.iter().sum(), deductions.iter().sum());
        let left: i64 = settlement.remaining().iter().map(|debt| debt.amount.ore()).sum();
        prop_assert_eq!(settlement.payable().ore(), (granted - owed).max(0));
        prop_assert_eq!(left, (owed - granted).max(0));
        prop_assert_eq!(settlement.lines().iter().map(|line| line.amount.ore()).sum::<i64>(), settlement.payable().ore());
        prop_assert!(settlement.lines().iter().all(|line| line.amount.is_negative() == line.kind.deducts() && line.amount != Money::ZERO));
        prop_assert!(settlement.remaining().iter().all(|debt| debt.amount.is_positive()));
    }

    #[test]
    fn references_fit_the_bank_and_do_not_meet(one in any::<u128>(), other in any::<u128>(), part in any::<u32>()) {
        let id = PaymentId::of(DecisionId(Uuid::from_u128(one)), part);
        prop_assert!(id.as_str().len() <= 35);
        prop_assert_eq!(id.as_str().parse::<PaymentId>(), Ok(id.clone()));
        prop_assert_eq!(id == PaymentId::of(DecisionId(Uuid::from_u128(other)), part), one == other);
    }
}

fn act(order: PaymentOrder, transition: Transition, person: UserId, today: chrono::NaiveDate) -> Result<PaymentOrder, OrderError> {
    match transition {
        Transition::Review => order.review(person, &everybody(), today),
        Transition::Attest => order.attest(person, &everybody(), today),
        Transition::SendBack => order.send_back(),
        Transition::Export => order.export(BATCH, today),
        Transition::Accept => order.accept(),
        Transition::Reject => order.reject(),
        Transition::LoseTrack => order.lose_track(),
        Transition::Book => order.book(),
        Transition::Return => order.give_back(),
        Transition::Cancel => order.cancel(),
    }
}

fn draft() -> PaymentOrder {
    PaymentOrder::draft(PaymentId::of(DecisionId(Uuid::from_u128(7)), 1), granted(100_000), Some(DECIDER))
}

/// Everybody may give both attests without limit, so that four eyes alone decide.
fn everybody() -> Vec<AttestAuthority> {
    [DECIDER, REVIEWER, ATTESTER]
        .into_iter()
        .flat_map(|person| {
            [AttestKind::Review, AttestKind::Payment].map(|kind| AttestAuthority {
                person,
                kind,
                up_to: None,
                from: day(2026, 1, 1),
                until: None,
            })
        })
        .collect()
}

fn amounts(lines: &[bifall::domain::payment::PaymentLine]) -> Vec<(LineKind, i64)> {
    lines.iter().map(|line| (line.kind, line.amount.ore())).collect()
}
