//! The two engines: one that only runs and one that also traces. Both get the same vocabulary by the same function.
//!
//! Locked down: no language core (`sleep`, `exit`, `eval`), no modules, explicit limits (the crate's defaults
//! differ between debug and release), no optimizer (it rewrites `a = a / 2` to `a /= 2`) and no fast operators
//! (they would bypass our `/`).

use std::sync::LazyLock;

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicFnPackage, BasicIteratorPackage, BasicMapPackage, BasicMathPackage, BasicStringPackage,
    LogicPackage, MoreStringPackage, Package,
};
use rhai::{Dynamic, Engine, OptimizationLevel};

use super::{deadline, host, trace};

rhai::def_package! {
    /// What the language itself offers, as one module: every call looks through all modules of an engine.
    Basics(_module): ArithmeticPackage, LogicPackage, BasicStringPackage, MoreStringPackage, BasicIteratorPackage, BasicFnPackage,
        BasicMathPackage, BasicArrayPackage, BasicMapPackage
    {}
}

/// The token by which a script that ran for too long is known.
#[derive(Clone, Copy, Debug)]
pub struct OutOfTime;

/// Runs without tracing: previews, tests, simulations.
pub fn plain() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(locked_down);
    &ENGINE
}

/// Runs and writes down every value a script gives a name: decisions.
pub fn traced() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
        let mut engine = locked_down();
        trace::register(&mut engine);
        engine
    });
    &ENGINE
}

fn locked_down() -> Engine {
    let mut engine = Engine::new_raw();
    Basics::new().register_into_engine(&mut engine);
    engine
        .set_optimization_level(OptimizationLevel::None)
        .set_fast_operators(false)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        .set_max_operations(200_000)
        .set_max_call_levels(16)
        .set_max_expr_depths(64, 32)
        .set_max_variables(256)
        .set_max_functions(200)
        .set_max_modules(0)
        .set_max_string_size(64 * 1024)
        .set_max_array_size(10_000)
        .set_max_map_size(1_000)
        .disable_symbol("eval")
        .disable_symbol("import")
        .disable_symbol("export")
        .disable_symbol("try")
        .disable_symbol("throw");
    engine.on_progress(|_| deadline::passed().then(|| Dynamic::from(OutOfTime)));
    engine.on_print(|_| {});
    engine.on_debug(|_, _, _| {});
    host::register(&mut engine);
    engine
}
