//! What the engine says, in words for rule authors: what is wrong, where, and what to do.

use rhai::{Dynamic, EvalAltResult, LexError, ParseError, ParseErrorType, Position};

use super::engine::OutOfTime;
use super::{engine, foreign, vocabulary};
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::did_you_mean;

/// A fault that the host finds in what a script asks for.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: Localized,
    /// What to do.
    pub hint: Localized,
}

impl Fault {
    /// A fault in both languages.
    pub fn new(code: &'static str, message: (impl Into<String>, impl Into<String>), hint: (impl Into<String>, impl Into<String>)) -> Self {
        Self { code, message: Localized::both(message.0, message.1), hint: Localized::both(hint.0, hint.1) }
    }
}

impl From<Fault> for Box<EvalAltResult> {
    fn from(fault: Fault) -> Self {
        Self::new(EvalAltResult::ErrorRuntime(Dynamic::from(fault), Position::NONE))
    }
}

/// How a run failed.
pub enum Failure {
    /// It took too long.
    OutOfTime,
    /// The rule is at fault.
    Fault(Problem),
}

/// What went wrong in a run.
pub fn failure(file: &str, error: &EvalAltResult) -> Failure {
    let (error, position) = root(error, error.position());
    if let EvalAltResult::ErrorTerminated(token, _) = error
        && token.is::<OutOfTime>()
    {
        return Failure::OutOfTime;
    }
    let (code, message, hint) = words(error);
    Failure::Fault(Problem::error(place(file, position), code, message, hint))
}

/// What the parser did not understand. A strange character on the line where it stopped is what it did not understand,
/// whatever it says: it may have taken what stands before it for a name.
pub fn syntax(file: &str, source: &str, error: &ParseError) -> Problem {
    if let Some((line, column, sign)) = foreign::first(source).filter(|(line, ..)| error.position().line() == Some(*line)) {
        let (code, message, hint) = foreign::words(&sign.to_string());
        return Problem::error(Place { file: file.to_owned(), line, column }, code, message, hint);
    }
    let (code, message, hint) = parse_words(error.err_type());
    Problem::error(place(file, error.position()), code, message, hint)
}

/// A position as a place.
pub fn place(file: &str, position: Position) -> Place {
    Place { file: file.to_owned(), line: position.line().unwrap_or(0), column: position.position().unwrap_or(0) }
}

/// The innermost error, and the innermost position known.
fn root(error: &EvalAltResult, outer: Position) -> (&EvalAltResult, Position) {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, position) | EvalAltResult::ErrorInModule(_, inner, position) => {
            root(inner, if position.is_none() { outer } else { *position })
        }
        _ => (error, if error.position().is_none() { outer } else { error.position() }),
    }
}

type Words = (&'static str, Localized, Localized);

fn say(code: &'static str, sv: impl Into<String>, en: impl Into<String>, hint_sv: &str, hint_en: &str) -> Words {
    (code, Localized::both(sv, en), Localized::both(hint_sv, hint_en))
}

fn words(error: &EvalAltResult) -> Words {
    use EvalAltResult as E;
    match error {
        E::ErrorRuntime(value, _) => match value.clone().try_cast::<Fault>() {
            Some(fault) => (fault.code, fault.message, fault.hint),
            None => other(error),
        },
        E::ErrorParsing(kind, _) => parse_words(kind),
        E::ErrorVariableNotFound(name, _) => unknown_variable(name),
        E::ErrorFunctionNotFound(signature, _) => unknown_function(signature),
        E::ErrorPropertyNotFound(name, _) => unknown_property(name),
        E::ErrorDotExpr(text, _) => dotted(text),
        E::ErrorUnboundThis(_) => parse_words(&ParseErrorType::Reserved("this".to_owned())),
        E::ErrorIndexNotFound(key, _) => unknown_property(&key.to_string()),
        E::ErrorIndexingType(..) => say(
            "unknown_property",
            "Här finns inget att slå upp.",
            "There is nothing to look up here.",
            "Kontrollera namnet före punkten eller hakparentesen.",
            "Check the name before the point or bracket.",
        ),
        E::ErrorArithmetic(text, _) => arithmetic(text),
        E::ErrorMismatchDataType(wanted, got, _) | E::ErrorMismatchOutputType(wanted, got, _) => mismatch(wanted, got),
        E::ErrorTooManyOperations(_) => say(
            "too_much_work",
            "Regeln gör för många steg.",
            "The rule takes too many steps.",
            "Leta efter en slinga som aldrig tar slut. Närvaro räknas med filter, inte med slingor.",
            "Look for a loop that never ends. Attendance is counted by filters, not loops.",
        ),
        E::ErrorStackOverflow(_) => say(
            "too_deep",
            "En funktion anropar sig själv för djupt.",
            "A function calls itself too deeply.",
            "Skriv om funktionen så att den inte anropar sig själv.",
            "Rewrite the function so that it does not call itself.",
        ),
        E::ErrorTooManyVariables(_) => say(
            "too_many_variables",
            "Regeln har för många variabler.",
            "The rule has too many variables.",
            "Dela upp den i funktioner.",
            "Split it into functions.",
        ),
        E::ErrorDataTooLarge(..) => say(
            "too_large",
            "En text eller lista blir för stor.",
            "A text or list grows too large.",
            "Leta efter en slinga som lägger till utan slut.",
            "Look for a loop that adds without end.",
        ),
        E::ErrorArrayBounds(length, index, _) => say(
            "no_such_item",
            format!("Listan har {length} poster; nummer {index} finns inte."),
            format!("The list has {length} items; there is no number {index}."),
            "Den första posten har nummer 0.",
            "The first item is number 0.",
        ),
        E::ErrorAssignmentToConstant(name, _) | E::ErrorNonPureMethodCallOnConstant(name, _) => constant(name),
        E::ErrorFor(_) => say(
            "not_a_list",
            "Det går inte att gå igenom detta post för post.",
            "This cannot be gone through item by item.",
            "Efter in ska det stå en lista, till exempel svaret på en upprepad grupp.",
            "After in there must be a list, for example the answer to a repeating group.",
        ),
        _ => other(error),
    }
}

fn other(error: &EvalAltResult) -> Words {
    say("script_error", format!("Regeln stannade: {error}"), format!("The rule stopped: {error}"), "Kontrollera raden.", "Check the line.")
}

fn unknown_variable(name: &str) -> Words {
    say(
        "unknown_variable",
        format!("”{name}” är inte bestämt här."),
        format!("\"{name}\" is not defined here."),
        "Skriv let namn = … först, eller kontrollera stavningen. Parametrar hämtas med param(\"namn\").",
        "Write let name = … first, or check the spelling. Parameters are fetched by param(\"name\").",
    )
}

/// The message and hint for a function nobody knows. The engine gives a signature such as `rad (string, i64)`.
pub fn unknown_function(signature: &str) -> Words {
    let (name, arguments) = signature.split_once(" (").map_or((signature, ""), |(name, rest)| (name, rest.trim_end_matches(')')));
    if let Some(property) = name.strip_prefix("get$").or_else(|| name.strip_prefix("set$")) {
        return unknown_property(property);
    }
    if vocabulary::is_known(name) {
        return say(
            "wrong_arguments",
            format!("”{name}” går inte att använda så här ({arguments})."),
            format!("\"{name}\" cannot be used like this ({arguments})."),
            "Kontrollera hur många värden som står inom parentesen och vad de är; docs/RULES.md visar varje operation.",
            "Check how many values stand in the brackets and what they are; docs/RULES.md shows every operation.",
        );
    }
    (
        "unknown_function",
        Localized::both(format!("Funktionen ”{name}” finns inte."), format!("There is no function \"{name}\".")),
        nearest(name, vocabulary::names()),
    )
}

fn unknown_property(name: &str) -> Words {
    (
        "unknown_property",
        Localized::both(format!("Egenskapen ”{name}” finns inte här."), format!("There is no property \"{name}\" here.")),
        nearest(name, vocabulary::PROPERTIES.iter().copied()),
    )
}

/// The engine's words on something behind a point: `Unknown property 'x' - a getter is not registered …`.
fn dotted(text: &str) -> Words {
    let name = text.split('\'').nth(1).unwrap_or(text);
    if text.starts_with("No writable") {
        return say(
            "read_only",
            format!("Det går inte att ändra ”{name}”."),
            format!("\"{name}\" cannot be changed."),
            "Regler läser ärendet och skriver rader och krav. Jämför gör man med ==.",
            "Rules read the case and write rows and checks. Compare by ==.",
        );
    }
    unknown_property(name)
}

/// "Menade du …?", or where to look when nothing is near; the whole vocabulary would be no help.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Localized {
    let hint = did_you_mean(name, known);
    if hint.sv.starts_with("Menade") {
        return hint;
    }
    Localized::both("Alla operationer och egenskaper står i docs/RULES.md.", "All operations and properties are in docs/RULES.md.")
}

fn arithmetic(text: &str) -> Words {
    if text.to_lowercase().contains("zero") {
        return say(
            "division_by_zero",
            "Division med noll.",
            "Division by zero.",
            "Använd share(del, helhet), som svarar okänt när helheten är noll.",
            "Use share(part, whole), which answers unknown when the whole is zero.",
        );
    }
    let figures = text.split_once(": ").map_or(String::new(), |(_, figures)| format!(" ({figures})"));
    say(
        "number_too_large",
        format!("Talet blir för stort{figures}."),
        format!("The number grows too large{figures}."),
        "Kontrollera multiplikationer och potenser på raden.",
        "Check multiplications and powers on the line.",
    )
}

fn mismatch(wanted: &str, got: &str) -> Words {
    let (wanted, got) = (engine::plain().map_type_name(wanted), engine::plain().map_type_name(got));
    if wanted == "bool" && got == super::host::UNKNOWN {
        return say(
            "unknown_condition",
            "Villkoret går inte att avgöra: ett svar eller en uppgift saknas.",
            "The condition cannot be decided: an answer or fact is missing.",
            "Skriv yes(…) eller answered(…) runt svaret; de är falska när svaret saknas.",
            "Write yes(…) or answered(…) around the answer; they are false when it is missing.",
        );
    }
    say(
        "wrong_kind",
        format!("Här behövs {}, men det står {}.", kind(wanted), kind(got)),
        format!("This needs {wanted}, but it is {got}."),
        "Kontrollera vad som står på raden.",
        "Check what the line says.",
    )
}

/// The kind of a value, by the engine's name of its type.
pub fn kind(name: &str) -> String {
    match engine::plain().map_type_name(name) {
        "bool" => "ett villkor (sant eller falskt)".to_owned(),
        "i64" | "decimal" | "Decimal" => "ett tal".to_owned(),
        "string" | "&str" | "ImmutableString" => "en text".to_owned(),
        "array" => "en lista".to_owned(),
        "map" => "en tabell".to_owned(),
        "Date" => "ett datum".to_owned(),
        "()" => "ingenting".to_owned(),
        super::host::UNKNOWN => "något okänt".to_owned(),
        other => format!("”{other}”"),
    }
}

fn constant(name: &str) -> Words {
    say(
        "constant_changed",
        format!("”{name}” är en konstant och går inte att ändra."),
        format!("\"{name}\" is a constant and cannot be changed."),
        "Skriv let i stället för const.",
        "Write let instead of const.",
    )
}

fn parse_words(kind: &ParseErrorType) -> Words {
    use ParseErrorType as P;
    match kind {
        P::BadInput(error) => lex_words(error),
        P::UnexpectedEOF => say(
            "unexpected_end",
            "Skriptet slutar mitt i något.",
            "The script ends in the middle of something.",
            "En högerklammer } eller högerparentes ) saknas.",
            "A closing } or ) is missing.",
        ),
        P::MissingToken(token, _) => say(
            "missing_token",
            format!("Här saknas ”{token}”."),
            format!("\"{token}\" is missing here."),
            "Felet kan också sitta på raden ovanför: varje sats slutar med ;",
            "The fault may also be on the line above: every statement ends with ;",
        ),
        P::UnknownOperator(operator) => say(
            "unknown_operator",
            format!("”{operator}” går inte att använda."),
            format!("\"{operator}\" cannot be used."),
            "Jämför med ==, <, <=, >, >=, !=; kombinera med && och ||.",
            "Compare by ==, <, <=, >, >=, !=; combine by && and ||.",
        ),
        P::Reserved(word) if word == "case" || word == "is" => say(
            "reserved_word",
            format!("”{word}” är ett reserverat ord."),
            format!("\"{word}\" is a reserved word."),
            "Kalla ärendet application i stället.",
            "Call the case application instead.",
        ),
        P::Reserved(word) => say(
            "reserved_word",
            format!("”{word}” går inte att använda i regler."),
            format!("\"{word}\" cannot be used in rules."),
            "Välj ett annat namn. Regler kan varken läsa in kod, fånga fel eller vänta.",
            "Choose another name. Rules can neither load code, catch errors nor wait.",
        ),
        P::VariableUndefined(name) => unknown_variable(name),
        P::ModuleUndefined(name) => unknown_function(name),
        P::VariableExpected | P::FnMissingName | P::PropertyExpected => say(
            "name_expected",
            "Här saknas ett namn.",
            "A name is missing here.",
            "Namn har bara a–z, 0–9 och _ och börjar med en bokstav.",
            "Names have only a–z, 0–9 and _ and begin with a letter.",
        ),
        P::FnDuplicatedDefinition(name, _) => say(
            "defined_twice",
            format!("Funktionen ”{name}” finns två gånger."),
            format!("The function \"{name}\" is defined twice."),
            "Ta bort den ena eller ge den ett annat namn.",
            "Remove one or give it another name.",
        ),
        P::FnDuplicatedParam(_, name) => say(
            "defined_twice",
            format!("”{name}” står två gånger i parentesen."),
            format!("\"{name}\" stands twice in the brackets."),
            "Ge dem olika namn.",
            "Give them different names.",
        ),
        P::WrongFnDefinition => say(
            "function_in_function",
            "En funktion kan inte stå inuti en annan.",
            "A function cannot stand inside another.",
            "Flytta ut den; kanske saknas en } ovanför.",
            "Move it out; perhaps a } is missing above.",
        ),
        P::ExprExpected(_) | P::FnMissingBody(_) | P::FnMissingParams(_) | P::MissingSymbol(_) => say(
            "something_missing",
            "Här saknas något: ett värde, en parentes eller ett funktionsblock.",
            "Something is missing here: a value, a bracket or a function body.",
            "Jämför med exemplen i docs/RULES.md.",
            "Compare with the examples in docs/RULES.md.",
        ),
        P::AssignmentToConstant(name) => constant(name),
        P::ExprTooDeep => say(
            "too_deep",
            "Uttrycket har för många parenteser i varandra.",
            "The expression has too many nested brackets.",
            "Dela upp det med let.",
            "Split it with let.",
        ),
        P::TooManyFunctions => say(
            "too_many_functions",
            "Skriptet har för många funktioner.",
            "The script has too many functions.",
            "Ta bort dem som inte används.",
            "Remove those that are not used.",
        ),
        P::LiteralTooLarge(_, most) => too_long(*most),
        P::MismatchedType(wanted, _) if wanted.contains("boolean") => say(
            "wrong_kind",
            "Här ska det stå ett villkor, som är sant eller falskt.",
            "This must be a condition, which is true or false.",
            "Jämför med två likhetstecken: om antal == 2.",
            "Compare by two equal signs: antal == 2.",
        ),
        _ => say(
            "syntax",
            format!("Raden går inte att förstå: {kind}"),
            format!("The line is not understood: {kind}"),
            "Kontrollera parenteser, kommatecken och semikolon.",
            "Check brackets, commas and semicolons.",
        ),
    }
}

fn too_long(most: usize) -> Words {
    say(
        "too_large",
        format!("En text eller lista är längre än {most}."),
        format!("A text or list is longer than {most}."),
        "Ord hör hemma i texts.toml, tal och listor i parameters.toml.",
        "Words belong in texts.toml, numbers and lists in parameters.toml.",
    )
}

fn lex_words(error: &LexError) -> Words {
    match error {
        LexError::UnexpectedInput(text) if !text.is_ascii() => foreign::words(text),
        LexError::UnexpectedInput(text) => say(
            "unexpected_token",
            format!("”{text}” står på fel ställe."),
            format!("\"{text}\" is in the wrong place."),
            "Felet sitter ofta strax före: ett värde, en parentes eller ett semikolon saknas.",
            "The fault is often just before: a value, a bracket or a semicolon is missing.",
        ),
        LexError::UnterminatedString => say(
            "open_text",
            "En text saknar sitt avslutande citattecken.",
            "A text lacks its closing quote.",
            "Texter står mellan raka citattecken: \"minsta_tid\".",
            "Texts stand between straight quotes: \"minsta_tid\".",
        ),
        LexError::MalformedNumber(number) => say(
            "bad_number",
            format!("”{number}” är inget tal."),
            format!("\"{number}\" is not a number."),
            "Skriv decimaler med punkt, utan mellanslag.",
            "Write decimals with a point, without spaces.",
        ),
        LexError::MalformedChar(_) => say(
            "single_quotes",
            "Texter står mellan raka dubbla citattecken.",
            "Texts stand between straight double quotes.",
            "Skriv \"tak\" i stället för 'tak'.",
            "Write \"tak\" instead of 'tak'.",
        ),
        LexError::StringTooLong(most) => too_long(*most),
        LexError::ImproperSymbol(symbol, _) if symbol.chars().all(char::is_alphabetic) && !symbol.is_empty() => {
            parse_words(&ParseErrorType::Reserved(symbol.clone()))
        }
        _ => say(
            "syntax",
            format!("Tecknet går inte att förstå: {error}"),
            format!("The character is not understood: {error}"),
            "Kontrollera citattecken och skiljetecken på raden.",
            "Check quotes and punctuation on the line.",
        ),
    }
}
