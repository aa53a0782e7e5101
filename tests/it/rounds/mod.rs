//! What goes over many cases at once: budgets, pots, simulations, tables of outside figures, and the account mark by mark.

mod budgets;
mod commands;
mod explained;
mod instalments;
mod pots;
mod simulation;
mod support;
mod tables;
