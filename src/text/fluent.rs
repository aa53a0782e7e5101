//! The service's own texts, in Swedish and English, from Fluent resources built into the program.
//!
//! A text is a whole sentence or paragraph with named places; it is never glued together from
//! pieces. `locales/{sv,en}/<area>.ftl` hold the texts and [`AREAS`] names the files.

use std::sync::LazyLock;

pub use fluent_bundle::FluentValue;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use unic_langid::langid;

use crate::domain::localized::Language;

/// One named value for a text's place.
pub type Arg<'a> = (&'a str, FluentValue<'a>);

/// A resource file: the area's name and its text in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// The file's name without its ending.
    pub name: &'static str,
    /// The Swedish resource.
    pub sv: &'static str,
    /// The English resource.
    pub en: &'static str,
}

macro_rules! areas {
    ($($name:literal),* $(,)?) => {
        /// Every resource file, in both languages.
        pub const AREAS: &[Area] = &[$(Area {
            name: $name,
            sv: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/sv/", $name, ".ftl")),
            en: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en/", $name, ".ftl")),
        }),*];
    };
}

areas![
    "appealed",
    "appeals",
    "apply",
    "association",
    "attendance",
    "committee",
    "conflicts",
    "experts",
    "letters",
    "mails",
    "notices",
    "officer",
    "pay",
    "public",
    "reports",
    "web",
    "workday"
];

type Bundle = FluentBundle<FluentResource>;

static SV: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Sv));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::En));

/// The text of a key in a language, its places filled with `args`.
///
/// Figures and dates come in as text, already written the Swedish way (`text::number`); a Fluent
/// number is only for choosing between one and many. A missing key or argument is a fault in the
/// program: it is logged and the key shows, so that a letter never goes out with a silent gap.
#[must_use]
pub fn t(language: Language, key: &str, args: &[Arg<'_>]) -> String {
    let bundle = match language {
        Language::Sv => &*SV,
        Language::En => &*EN,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        tracing::error!(text_key = key, "text key {key} is missing");
        return format!("⟦{key}⟧");
    };
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut errors: Vec<FluentError> = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    if !errors.is_empty() {
        // The errors name places, never values.
        tracing::error!(text_key = key, faults = errors.len(), "text key {key} lacks an argument");
    }
    text
}

/// What a page is about. A text may have other words for a report than for an application: its attribute `.report`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wording {
    /// An application.
    #[default]
    Application,
    /// A report on a grant.
    Report,
    /// A requisition of a part of a grant: the words of a report where it has none of its own.
    Requisition,
}

/// The text of a key in the words of what it is about, its places filled with `args`.
#[must_use]
pub fn worded(language: Language, wording: Wording, key: &str, args: &[Arg<'_>]) -> String {
    let names: &[&str] = match wording {
        Wording::Application => &[],
        Wording::Report => &["report"],
        Wording::Requisition => &["requisition", "report"],
    };
    let own = |bundle: &Bundle| {
        let message = bundle.get_message(key)?;
        let pattern = names.iter().find_map(|name| message.get_attribute(name))?.value();
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    };
    let own = match language {
        Language::Sv => own(&SV),
        Language::En => own(&EN),
    };
    own.unwrap_or_else(|| t(language, key, args))
}

/// The text of a key that has no places.
#[must_use]
pub fn plain(language: Language, key: &str) -> String {
    t(language, key, &[])
}

fn bundle(language: Language) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![match language {
        Language::Sv => langid!("sv"),
        Language::En => langid!("en"),
    }]);
    // Isolating marks would end up in PDF, CSV and plain-text mail; the callers clean what they insert.
    bundle.set_use_isolating(false);
    for area in AREAS {
        let text = match language {
            Language::Sv => area.sv,
            Language::En => area.en,
        };
        // A broken line loses that text alone; the tests demand that there is none.
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                tracing::error!(area = area.name, faults = errors.len(), "texts of {} do not parse", area.name);
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(area = area.name, faults = errors.len(), "texts of {} repeat a key", area.name);
        }
    }
    bundle
}
