//! The demo's municipality: seeded through the real services, told on a clock that moves.

mod seeded;
