//! What is known of a value before any case.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::reads::Asked;

/// What is known of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// It is the answer to this question: a list of repetitions, where that is a repeating group.
    pub answer: Option<String>,
    /// It is one repetition of this group.
    pub row: Option<String>,
    /// It is an answer as it stands, outside any group.
    pub bare: bool,
    /// The questions without whose answers it is unknown, with what the script writes for them.
    pub needs: BTreeMap<Asked, String>,
    /// All questions it looks at.
    pub looks_at: BTreeSet<Asked>,
    /// What is answered when it is true.
    pub when_true: BTreeSet<Asked>,
    /// What is answered when it is false.
    pub when_false: BTreeSet<Asked>,
    /// It is this closure, which captures these values.
    pub closure: Option<(String, Vec<Self>)>,
}

impl Meaning {
    /// One or the other, or something worked out from both.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.answer = self.answer.filter(|answer| other.answer.as_ref() == Some(answer));
        self.row = self.row.or(other.row);
        self.bare = false;
        self.needs.extend(other.needs);
        self.looks_at.extend(other.looks_at);
        self.when_true.retain(|asked| other.when_true.contains(asked));
        self.when_false.retain(|asked| other.when_false.contains(asked));
        self.closure = self.closure.or(other.closure);
        self
    }

    /// What is worked out from it: no answer as it stands, and no condition.
    pub(super) fn derived(self) -> Self {
        Self { needs: self.needs, looks_at: self.looks_at, ..Self::default() }
    }

    /// What only looks at it, and is known whatever it is.
    pub(super) fn known(self) -> Self {
        Self { looks_at: self.looks_at, ..Self::default() }
    }

    /// One repetition of the list that it is.
    pub(super) fn repetition(&self) -> Self {
        Self { row: self.answer.clone(), looks_at: self.looks_at.clone(), ..Self::default() }
    }

    /// What has been found to be answered is needed no more.
    pub(super) fn settle(&mut self, settled: &BTreeSet<Asked>) {
        self.needs.retain(|asked, _| !settled.contains(asked));
    }
}

/// The names that are known, the innermost last.
pub(super) type Scope = Vec<(String, Meaning)>;

/// What names mean after either of two ways; both begin from the same names.
pub(super) fn merged(one: Scope, other: Scope) -> Scope {
    let meet = |((name, one), (_, other)): ((String, Meaning), (String, Meaning))| {
        let meaning = if one == other { one } else { one.or(other) };
        (name, meaning)
    };
    one.into_iter().zip(other).map(meet).collect()
}
