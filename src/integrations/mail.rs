//! Mail over SMTP.

use lettre::message::{MultiPart, header};
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde::{Deserialize, Serialize};

/// A message that says only that there is something to read behind the log-in: never a personal number, the text of a
/// decision or a protected person's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// To whom.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Where mail leaves, and from whom.
#[derive(Clone, Copy, Debug)]
pub struct Server<'a> {
    /// Host; none keeps the message without sending it.
    pub host: Option<&'a str>,
    /// Port.
    pub port: u16,
    /// Whether STARTTLS is demanded.
    pub starttls: bool,
    /// Sender.
    pub from: &'a str,
}

/// Sends a message; `id` becomes its Message-ID, so that a message sent twice is told by its receiver.
///
/// Answers what the server said.
///
/// # Errors
/// When an address is none or the server does not take the message.
pub async fn send(server: Server<'_>, id: &str, message: &Message) -> anyhow::Result<String> {
    let Some(host) = server.host else { return Ok("kept: no mail server is configured".to_owned()) };
    let domain = server.from.rsplit('@').next().unwrap_or("localhost").trim_end_matches('>');
    let mail = lettre::Message::builder()
        .from(server.from.parse()?)
        .to(message.to.parse()?)
        .subject(&message.subject)
        .message_id(Some(format!("<{id}@{domain}>")))
        .header(header::MIME_VERSION_1_0)
        .multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))?;
    let tls = if server.starttls { Tls::Required(TlsParameters::new(host.to_owned())?) } else { Tls::None };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(server.port)
        .tls(tls)
        .timeout(Some(std::time::Duration::from_secs(10)))
        .build();
    let response = transport.send(mail).await?;
    Ok(response.message().collect::<Vec<_>>().join(" "))
}
