//! What expressions need to be known.

use std::collections::BTreeSet;

use rhai::{Expr, FnCallExpr, Position, Stmt};

use super::super::super::reads::{Asked, Link, begins, closure, flatten};
use super::super::super::vocabulary;
use super::Walk;
use super::meaning::Meaning;

/// Operations that answer whatever they are given.
const ALWAYS_ANSWER: [&str; 9] = ["approved", "fact", "granted", "granted_within", "param", "promised", "table", "to", "total"];

/// Operations that are true only of what is answered.
const ASK: [&str; 2] = ["answered", "yes"];

/// Methods of lists whose closure says yes or no of each item; what is unknown counts as no.
const SIFT: [&str; 3] = ["all", "filter", "some"];

impl Walk<'_> {
    pub(super) fn value(&mut self, expression: &Expr) -> Meaning {
        match expression {
            Expr::Variable(name, ..) => self.name(&name.1),
            Expr::Dot(..) | Expr::Index(..) => self.chain(expression),
            Expr::FnCall(call, _) | Expr::MethodCall(call, _) => self.call(call),
            Expr::And(sides, _) => self.sides(sides, |side| &side.when_true, |value| (&mut value.when_true, &mut value.when_false)),
            Expr::Or(sides, _) => self.sides(sides, |side| &side.when_false, |value| (&mut value.when_false, &mut value.when_true)),
            Expr::Stmt(block) => self.block(block.statements()).0,
            Expr::Array(items, _) => self.all(items.iter()),
            Expr::Coalesce(items, _) => self.all(items.iter()),
            Expr::InterpolatedString(items, _) => self.all(items.iter()).known(),
            Expr::Map(entries, _) => self.all(entries.0.iter().map(|(_, value)| value)).known(),
            Expr::DynamicConstant(value, _) => Meaning { closure: closure(value).map(|name| (name, Vec::new())), ..Meaning::default() },
            _ => Meaning::default(),
        }
    }

    fn name(&self, name: &str) -> Meaning {
        let known = self.scope.iter().rev().find(|(known, _)| known == name);
        let mut meaning = known.map(|(_, meaning)| meaning.clone()).unwrap_or_default();
        meaning.settle(&self.settled);
        Meaning { bare: false, ..meaning }
    }

    fn all<'e>(&mut self, expressions: impl Iterator<Item = &'e Expr>) -> Meaning {
        expressions.fold(Meaning::default(), |all, expression| all.or(self.value(expression))).derived()
    }

    /// Conditions one after the other: the later ones are asked only when the earlier came out the way that `goes_on` tells.
    fn sides(
        &mut self,
        sides: &[Expr],
        goes_on: fn(&Meaning) -> &BTreeSet<Asked>,
        ends: fn(&mut Meaning) -> (&mut BTreeSet<Asked>, &mut BTreeSet<Asked>),
    ) -> Meaning {
        let (settled, beside) = (self.settled.clone(), self.beside.clone());
        let mut whole = Meaning::default();
        for (at, side) in sides.iter().enumerate() {
            let mut side = self.condition(side);
            self.settled.extend(goes_on(&side).iter().cloned());
            self.beside.extend(side.looks_at.iter().cloned());
            whole.looks_at.extend(side.looks_at.iter().cloned());
            let (every, some) = ends(&mut whole);
            let (own_every, own_some) = ends(&mut side);
            every.append(own_every);
            if at == 0 {
                some.append(own_some);
            } else {
                some.retain(|asked| own_some.contains(asked));
            }
        }
        (self.settled, self.beside) = (settled, beside);
        whole
    }

    pub(super) fn call(&mut self, call: &FnCallExpr) -> Meaning {
        let given: Vec<Meaning> = call.args.iter().map(|argument| self.value(argument)).collect();
        let name = call.name.as_str();
        if name == "curry" {
            let mut given = given.into_iter();
            let closure = given.next().and_then(|function| function.closure).map(|(name, _)| (name, given.collect()));
            return Meaning { closure, ..Meaning::default() };
        }
        if let (true, Some(operand)) = (name == "!", given.first()) {
            let (when_true, when_false) = (operand.when_false.clone(), operand.when_true.clone());
            return Meaning { when_true, when_false, bare: operand.bare, ..operand.clone().derived() };
        }
        if let Some(function) = self.functions.get(&(call.name.to_string(), given.len())) {
            return self.function(name, function, given);
        }
        // `"x" in list` is unknown when the list is.
        let counted = if name == "contains" { 1 } else { given.len() };
        result(name, given.into_iter().take(counted).fold(Meaning::default(), Meaning::or))
    }

    fn chain(&mut self, expression: &Expr) -> Meaning {
        let mut links = Vec::new();
        flatten(expression, &mut links);
        let mut links = links.into_iter().peekable();
        let (mut now, mut written) = (Meaning::default(), String::new());
        while let Some(link) = links.next() {
            match link {
                Link::Plain(Expr::Property(property, _)) if property.2 == "answers" => {
                    written.push_str(".answers");
                    now = match links.next() {
                        Some(Link::Plain(Expr::Property(answer, _))) => self.answer(&answer.2, &mut written),
                        Some(Link::Bracket(Expr::StringConstant(answer, _))) => self.answer(answer, &mut written),
                        _ => Meaning::default(),
                    };
                }
                Link::Plain(Expr::Property(property, position)) => now = self.property(now, &property.2, *position, &mut written),
                Link::Bracket(Expr::StringConstant(name, position)) => now = self.property(now, name, *position, &mut written),
                Link::Plain(Expr::MethodCall(call, _)) => now = self.method(&now, call),
                Link::Bracket(at) => {
                    self.value(at);
                    now = if now.answer.is_some() { now.repetition() } else { now.derived() };
                }
                Link::Plain(first) => {
                    now = self.value(first);
                    if let Expr::Variable(name, ..) = first {
                        written = name.1.to_string();
                    }
                }
            }
        }
        now
    }

    fn answer(&self, id: &str, written: &mut String) -> Meaning {
        written.push_str(&format!(".{id}"));
        let asked = Asked { group: None, id: id.to_owned() };
        Meaning { answer: Some(id.to_owned()), bare: true, ..self.asked(asked, written) }
    }

    fn property(&mut self, of: Meaning, name: &str, position: Position, written: &mut String) -> Meaning {
        let Some(group) = of.row else { return of.derived() };
        self.part(&group, name, position);
        written.push_str(&format!(".{name}"));
        self.asked(Asked { group: Some(group), id: name.to_owned() }, written)
    }

    fn asked(&self, asked: Asked, written: &str) -> Meaning {
        let mut meaning = Meaning { looks_at: [asked.clone()].into(), needs: [(asked, written.to_owned())].into(), ..Meaning::default() };
        meaning.settle(&self.settled);
        meaning
    }

    fn method(&mut self, of: &Meaning, call: &FnCallExpr) -> Meaning {
        let given: Vec<Meaning> = call.args.iter().map(|argument| self.value(argument)).collect();
        let name = call.name.as_str();
        if name == "push" {
            return Meaning::default();
        }
        let said = given.into_iter().find_map(|argument| argument.closure).map(|closure| self.each(of, name, closure));
        let looks_at = said.iter().flat_map(|said| said.looks_at.clone());
        match name {
            "filter" => Meaning { bare: false, looks_at: of.looks_at.iter().cloned().chain(looks_at).collect(), ..of.clone() },
            "map" | "reduce" => said.unwrap_or_default().or(of.clone()).derived(),
            _ => {
                let looks_at = looks_at.collect::<Vec<_>>();
                let mut value = result(name, of.clone());
                value.looks_at.extend(looks_at);
                value
            }
        }
    }

    /// What a closure says of an item of a list.
    fn each(&mut self, of: &Meaning, method: &str, (name, captured): (String, Vec<Meaning>)) -> Meaning {
        let named = self.functions.iter().find(|((known, _), _)| *known == name);
        let Some((_, function)) = named else { return Meaning::default() };
        let before = if method == "reduce" { 1 } else { 0 };
        let items = std::iter::repeat_with(Meaning::default).take(before).chain([of.repetition()]);
        let said = self.function(&name, function, captured.into_iter().chain(items).collect());
        if SIFT.contains(&method) {
            let position = match function.body.first() {
                Some(Stmt::Expr(expression)) => begins(expression),
                first => first.map_or(Position::NONE, Stmt::position),
            };
            self.undecided(position, &said);
        }
        said
    }
}

/// What an operation on a value, or a method of it, gives.
fn result(name: &str, of: Meaning) -> Meaning {
    if ASK.contains(&name) {
        return Meaning { when_true: of.needs.keys().cloned().collect(), ..of.known() };
    }
    let writes = vocabulary::operation(name).is_some_and(|operation| !operation.hooks.is_empty());
    if writes || ALWAYS_ANSWER.contains(&name) { of.known() } else { of.derived() }
}
