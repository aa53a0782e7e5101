//! Scoring and ranking without a database: what assessors' levels give, and who gets what of a budget.

mod ranking;
mod score;
