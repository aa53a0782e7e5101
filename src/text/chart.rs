//! Bars drawn as SVG that stands by itself: no fonts or styles from elsewhere, a title and a description for who does not
//! see it, and each bar's figure written at it, so that colour alone tells nothing.

use std::fmt::Write;

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Less than before.
    Less,
    /// The same.
    Same,
    /// More than before.
    More,
}

impl Tone {
    /// At least 4.5:1 against white.
    const fn colour(self) -> &'static str {
        match self {
            Self::Less => "#a3262f",
            Self::Same => "#59636e",
            Self::More => "#1d6b42",
        }
    }
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it counts, in words.
    pub words: String,
    /// What stands below it.
    pub tick: String,
    /// How many.
    pub count: usize,
    /// What it stands for.
    pub tone: Tone,
}

/// A chart of bars side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The language of its texts: `sv` or `en`.
    pub language: &'static str,
    /// Its name.
    pub title: String,
    /// What it says in one line, written below its name.
    pub lead: String,
    /// What it shows, for who does not see it.
    pub description: String,
    /// What the bars lie along.
    pub along: String,
    /// What their height counts.
    pub up: String,
    /// The bars, from the left.
    pub bars: Vec<Bar>,
}

const WIDTH: usize = 960;
const HEIGHT: usize = 420;
const LEFT: usize = 24;
const TOP: usize = 112;
const BOTTOM: usize = 340;
/// Ticks closer than this, in units of the drawing, are not all written.
const TICK_ROOM: usize = 62;

/// The chart as SVG.
#[must_use]
pub fn svg(chart: &Chart) -> String {
    let bars = chart.bars.len().max(1);
    let step = (WIDTH - 2 * LEFT) / bars;
    let most = chart.bars.iter().map(|bar| bar.count).max().unwrap_or_default().max(1);
    let each = TICK_ROOM.div_ceil(step.max(1));
    let middle = chart.bars.iter().position(|bar| bar.tone == Tone::Same).unwrap_or_default();
    let mut drawn = String::new();
    for (at, bar) in chart.bars.iter().enumerate() {
        let (x, centre) = (LEFT + at * step, LEFT + at * step + step / 2);
        // What is there is seen: one unit at the least.
        let height = if bar.count == 0 { 0 } else { (bar.count * (BOTTOM - TOP) / most).max(1) };
        let (y, gap) = (BOTTOM - height, 1.min(step / 8));
        let colour = bar.tone.colour();
        let _ = write!(drawn, "<g><title>{}</title>", escaped(&bar.words));
        let _ = write!(drawn, r#"<rect x="{}" y="{y}" width="{}" height="{height}" fill="{colour}"/>"#, x + gap, step - 2 * gap);
        if bar.count > 0 {
            let _ = write!(drawn, r##"<text x="{centre}" y="{}" text-anchor="middle" fill="#1b1f24">{}</text>"##, y - 6, bar.count);
        }
        if at.abs_diff(middle).is_multiple_of(each) {
            let tick = escaped(&bar.tick);
            let _ = write!(drawn, r##"<text x="{centre}" y="{}" text-anchor="middle" fill="#1b1f24">{tick}</text>"##, BOTTOM + 20);
        }
        drawn.push_str("</g>\n");
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" lang="{language}" role="img" aria-labelledby="title description" font-family="sans-serif" font-size="13">
<title id="title">{title}</title>
<desc id="description">{description}</desc>
<rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>
<text x="{LEFT}" y="30" font-size="18" font-weight="bold" fill="#1b1f24">{title}</text>
<text x="{LEFT}" y="52" fill="#1b1f24">{lead}</text>
<text x="{LEFT}" y="80" fill="#59636e">{up}</text>
{drawn}<line x1="{LEFT}" y1="{BOTTOM}" x2="{right}" y2="{BOTTOM}" stroke="#59636e"/>
<text x="{middle}" y="{along_y}" text-anchor="middle" fill="#59636e">{along}</text>
</svg>
"##,
        language = chart.language,
        title = escaped(&chart.title),
        description = escaped(&chart.description),
        lead = escaped(&chart.lead),
        up = escaped(&chart.up),
        along = escaped(&chart.along),
        right = WIDTH - LEFT,
        middle = WIDTH / 2,
        along_y = BOTTOM + 52,
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}
