//! From text to tree.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Columns, Condition, Fault, Literal, Operator, Written};
use crate::domain::Localized;

/// How deep a condition may nest: far beyond what anybody can read, and safe for the stack.
const DEPTH: usize = 64;

/// Reads a condition.
///
/// # Errors
/// The first fault, with its column.
pub fn parse(text: &str) -> Result<Written, Fault> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, columns: Vec::new() };
    let condition = parser.or(0)?;
    match parser.peek() {
        Token::End => Ok(Written { condition, columns: parser.columns }),
        token => {
            let hint = match token {
                Token::Word(word) if word == "och" => ("Menade du ”and”?", "Did you mean \"and\"?"),
                Token::Word(word) if word == "eller" => ("Menade du ”or”?", "Did you mean \"or\"?"),
                _ => ("Sätt ”and” eller ”or” mellan två villkor.", "Put \"and\" or \"or\" between two conditions."),
            };
            Err(fault(
                "condition_leftover",
                parser.column(),
                (&format!("Villkoret är slut före ”{}”.", token.shown()), &format!("The condition ends before \"{}\".", token.shown())),
                hint,
            ))
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Literal(Literal),
    Operator(Operator),
    And,
    Or,
    Not,
    In,
    Open,
    Close,
    ListOpen,
    ListClose,
    Comma,
    End,
}

impl Token {
    fn shown(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Literal(literal) => literal.to_string(),
            Self::Operator(operator) => operator.sign().to_owned(),
            Self::And => "and".to_owned(),
            Self::Or => "or".to_owned(),
            Self::Not => "not".to_owned(),
            Self::In => "in".to_owned(),
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::ListOpen => "[".to_owned(),
            Self::ListClose => "]".to_owned(),
            Self::Comma => ",".to_owned(),
            Self::End => "slut".to_owned(),
        }
    }
}

fn fault(code: &'static str, column: usize, message: (&str, &str), hint: (&str, &str)) -> Fault {
    Fault { code, column, message: Localized::both(message.0, message.1), hint: Localized::both(hint.0, hint.1) }
}

fn tokens(text: &str) -> Result<Vec<(Token, usize)>, Fault> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&first) = chars.get(at) {
        let column = at + 1;
        let rest = &chars[at..];
        let (token, length) = match first {
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            '[' => (Token::ListOpen, 1),
            ']' => (Token::ListClose, 1),
            ',' => (Token::Comma, 1),
            '\'' | '"' => quoted(rest, column)?,
            '&' if rest.starts_with(&['&', '&']) => (Token::And, 2),
            '|' if rest.starts_with(&['|', '|']) => (Token::Or, 2),
            '!' if !rest.starts_with(&['!', '=']) => (Token::Not, 1),
            '=' if !rest.starts_with(&['=', '=']) => {
                return Err(fault(
                    "condition_equals",
                    column,
                    ("Ett ensamt likhetstecken jämför inte.", "A single equals sign does not compare."),
                    ("Menade du ”==”?", "Did you mean \"==\"?"),
                ));
            }
            '=' | '!' | '<' | '>' => operator(rest),
            c if c.is_ascii_digit() || (c == '-' && rest.get(1).is_some_and(char::is_ascii_digit)) => number(rest, column)?,
            c if c.is_alphabetic() || c == '_' => word(rest, column)?,
            c => {
                return Err(fault(
                    "condition_sign",
                    column,
                    (&format!("Tecknet ”{c}” går inte att läsa här."), &format!("The sign \"{c}\" cannot be read here.")),
                    (
                        "Skriv till exempel ny_lokal == true, eller sätt text inom 'enkla citattecken'.",
                        "Write for example ny_lokal == true, or put text in 'single quotes'.",
                    ),
                ));
            }
        };
        tokens.push((token, column));
        at += length;
    }
    tokens.push((Token::End, chars.len() + 1));
    Ok(tokens)
}

fn operator(rest: &[char]) -> (Token, usize) {
    let two: String = rest.iter().take(2).collect();
    // `ALL` has the two-sign operators first, so that "<=" is not read as "<".
    let found = Operator::ALL.iter().find(|(sign, _)| two.starts_with(sign));
    found.map_or((Token::Not, 1), |(sign, operator)| (Token::Operator(*operator), sign.len()))
}

fn quoted(rest: &[char], column: usize) -> Result<(Token, usize), Fault> {
    let quote = rest[0];
    let mut value = String::new();
    let mut at = 1;
    while let Some(&c) = rest.get(at) {
        match c {
            c if c == quote => return Ok((Token::Literal(Literal::Text(value)), at + 1)),
            '\\' => {
                at += 1;
                value.extend(rest.get(at));
            }
            c => value.push(c),
        }
        at += 1;
    }
    Err(fault(
        "condition_quote",
        column,
        ("Texten har inget avslutande citattecken.", "The text has no closing quote."),
        ("Sätt ett likadant citattecken efter texten.", "Put the same quote after the text."),
    ))
}

fn number(rest: &[char], column: usize) -> Result<(Token, usize), Fault> {
    let length = 1 + rest[1..].iter().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')).count();
    let text: String = rest[..length].iter().collect();
    let literal = if text[1..].contains('-') {
        NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|_| text.len() == 10).map(Literal::Date)
    } else if text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-')) {
        text.parse::<Decimal>().ok().map(Literal::Number)
    } else {
        None
    };
    match literal {
        Some(literal) => Ok((Token::Literal(literal), length)),
        None => Err(fault(
            "condition_number",
            column,
            (&format!("”{text}” är varken ett tal eller ett datum."), &format!("\"{text}\" is neither a number nor a date.")),
            ("Skriv tal som 45 eller 9.89 och datum som 2026-01-31.", "Write numbers as 45 or 9.89 and dates as 2026-01-31."),
        )),
    }
}

fn word(rest: &[char], column: usize) -> Result<(Token, usize), Fault> {
    let length = rest.iter().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).count();
    let text: String = rest[..length].iter().collect();
    let token = match text.as_str() {
        "and" => Token::And,
        "or" => Token::Or,
        "not" => Token::Not,
        "in" => Token::In,
        "true" => Token::Literal(Literal::Bool(true)),
        "false" => Token::Literal(Literal::Bool(false)),
        "AND" | "OR" | "NOT" | "IN" | "TRUE" | "FALSE" => {
            let meant = text.to_lowercase();
            return Err(fault(
                "condition_word",
                column,
                (&format!("”{text}” ska skrivas med små bokstäver."), &format!("\"{text}\" must be in small letters.")),
                (&format!("Menade du ”{meant}”?"), &format!("Did you mean \"{meant}\"?")),
            ));
        }
        _ if text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-')) =>
        {
            Token::Word(text)
        }
        _ => {
            return Err(fault(
                "condition_name",
                column,
                (&format!("”{text}” är inget id."), &format!("\"{text}\" is not an id.")),
                (
                    "Ett id har bara a–z, 0–9, _ och -. En text ska stå inom 'citattecken'.",
                    "An id has only a–z, 0–9, _ and -. A text must be in 'quotes'.",
                ),
            ));
        }
    };
    Ok((token, length))
}

struct Parser<'t> {
    tokens: &'t [(Token, usize)],
    at: usize,
    columns: Vec<Columns>,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        // The token list ends with `End`, which `take` never passes.
        &self.tokens[self.at].0
    }

    fn column(&self) -> usize {
        self.tokens[self.at].1
    }

    fn take(&mut self) -> Token {
        let token = self.peek().clone();
        if token != Token::End {
            self.at += 1;
        }
        token
    }

    fn accept(&mut self, token: &Token) -> bool {
        let found = self.peek() == token;
        if found {
            self.take();
        }
        found
    }

    fn expect(&mut self, token: &Token) -> Result<(), Fault> {
        if self.accept(token) {
            return Ok(());
        }
        let (wanted, found) = (token.shown(), self.peek().shown());
        Err(fault(
            "condition_expected",
            self.column(),
            (&format!("Här ska det stå ”{wanted}”, inte ”{found}”."), &format!("\"{wanted}\" must stand here, not \"{found}\".")),
            (&format!("Sätt dit ”{wanted}”."), &format!("Add \"{wanted}\".")),
        ))
    }

    fn or(&mut self, depth: usize) -> Result<Condition, Fault> {
        let mut left = self.and(depth)?;
        while self.accept(&Token::Or) {
            left = Condition::Or(Box::new(left), Box::new(self.and(depth)?));
        }
        Ok(left)
    }

    fn and(&mut self, depth: usize) -> Result<Condition, Fault> {
        let mut left = self.not(depth)?;
        while self.accept(&Token::And) {
            left = Condition::And(Box::new(left), Box::new(self.not(depth)?));
        }
        Ok(left)
    }

    fn not(&mut self, depth: usize) -> Result<Condition, Fault> {
        if depth >= DEPTH {
            return Err(fault(
                "condition_depth",
                self.column(),
                ("Villkoret har för många nivåer.", "The condition nests too deeply."),
                ("Dela upp det i flera fält.", "Divide it into several fields."),
            ));
        }
        if self.accept(&Token::Not) {
            return Ok(Condition::Not(Box::new(self.not(depth + 1)?)));
        }
        if self.accept(&Token::Open) {
            let inner = self.or(depth + 1)?;
            self.expect(&Token::Close)?;
            return Ok(inner);
        }
        self.leaf()
    }

    fn leaf(&mut self) -> Result<Condition, Fault> {
        let start = self.column();
        let name = match self.take() {
            Token::Word(name) => name,
            token => {
                return Err(fault(
                    "condition_field",
                    start,
                    (
                        &format!("Här ska ett fält stå, inte ”{}”.", token.shown()),
                        &format!("A field must stand here, not \"{}\".", token.shown()),
                    ),
                    ("Skriv till exempel ny_lokal == true.", "Write for example ny_lokal == true."),
                ));
            }
        };
        if name == "answered" && self.accept(&Token::Open) {
            let column = self.column();
            let Token::Word(name) = self.take() else {
                return Err(fault(
                    "condition_field",
                    column,
                    ("Inom answered(…) ska ett fält stå.", "A field must stand in answered(…)."),
                    ("Skriv till exempel answered(hyreskontrakt).", "Write for example answered(hyreskontrakt)."),
                ));
            };
            self.expect(&Token::Close)?;
            self.columns.push(Columns { name: column, operator: column, literals: Vec::new() });
            return Ok(Condition::Answered(name));
        }
        let operator_column = self.column();
        match self.take() {
            Token::Operator(operator) => {
                let (literal, column) = self.literal()?;
                self.columns.push(Columns { name: start, operator: operator_column, literals: vec![column] });
                Ok(Condition::Compare { name, operator, literal })
            }
            Token::In => {
                self.expect(&Token::ListOpen)?;
                let (mut list, mut literals) = (Vec::new(), Vec::new());
                loop {
                    let (literal, column) = self.literal()?;
                    list.push(literal);
                    literals.push(column);
                    if !self.accept(&Token::Comma) {
                        break;
                    }
                }
                self.expect(&Token::ListClose)?;
                self.columns.push(Columns { name: start, operator: operator_column, literals });
                Ok(Condition::In { name, list })
            }
            Token::Word(_) if name == "inte" => Err(fault(
                "condition_operator",
                start,
                ("”inte” är inget ord i villkor.", "\"inte\" is no word in conditions."),
                ("Menade du ”not”?", "Did you mean \"not\"?"),
            )),
            _ => Err(fault(
                "condition_operator",
                operator_column,
                (&format!("Efter ”{name}” saknas en jämförelse."), &format!("After \"{name}\" a comparison is missing.")),
                (
                    &format!("Skriv till exempel {name} == true eller answered({name})."),
                    &format!("Write for example {name} == true or answered({name})."),
                ),
            )),
        }
    }

    fn literal(&mut self) -> Result<(Literal, usize), Fault> {
        let column = self.column();
        match self.take() {
            Token::Literal(literal) => Ok((literal, column)),
            Token::Word(word) => {
                let meant = match word.as_str() {
                    "ja" => "true".to_owned(),
                    "nej" => "false".to_owned(),
                    _ => format!("'{word}'"),
                };
                Err(fault(
                    "condition_literal",
                    column,
                    (&format!("”{word}” är inget värde."), &format!("\"{word}\" is no value.")),
                    (&format!("Menade du {meant}?"), &format!("Did you mean {meant}?")),
                ))
            }
            token => Err(fault(
                "condition_literal",
                column,
                (
                    &format!("Här ska ett värde stå, inte ”{}”.", token.shown()),
                    &format!("A value must stand here, not \"{}\".", token.shown()),
                ),
                ("Skriv true, false, ett tal, ett datum eller 'en text'.", "Write true, false, a number, a date or 'a text'."),
            )),
        }
    }
}
