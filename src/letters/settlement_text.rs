//! A settled grant in words: what was granted, what was paid, what is left or is to be paid back.

use crate::text::fluent::{plain, t};
use crate::text::number::money;

use super::decision::SettledGrant;
use super::document::{Block, Fact};
use super::parts::{Head, heading, paragraph};

pub(super) fn blocks(head: &Head, settled: &SettledGrant) -> Vec<Block> {
    let amounts = &settled.amounts;
    let fact = |key, amount| Fact { label: plain(head.language, key), value: money(amount) };
    let mut items = vec![
        fact("label-was-granted", amounts.granted),
        fact("label-came-to-be", amounts.came_to_be),
        fact("label-was-paid", amounts.paid),
    ];
    if amounts.claimed.is_positive() {
        items.push(fact("label-claimed", amounts.claimed));
    } else {
        items.push(fact("label-rest", amounts.rest));
    }
    let mut blocks = vec![heading(plain(head.language, "heading-settled")), Block::Facts { items }];
    if let Some(day) = settled.pay_back_by {
        let args = [
            ("amount", money(amounts.claimed).into()),
            ("day", head.day(day).into()),
            ("number", head.diary_number.as_str().into()),
            ("to", head.to().into()),
        ];
        blocks.push(heading(plain(head.language, "heading-pay-back")));
        blocks.push(paragraph(t(head.language, "pay-back", &args)));
    }
    blocks
}
