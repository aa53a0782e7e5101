//! Pages of text that the law wants.

use axum::extract::State;
use axum::response::Response;

use crate::web::page::{Page, Section};
use crate::web::public::text::TextPage;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// The accessibility statement (lagen 2018:1937, 13 §).
pub(in crate::web) async fn accessibility(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let page = visitor.page(&site, Section::Public, "Tillgänglighetsredogörelse", Vec::new()).await?;
    let text = page.t("text-accessibility");
    show(&site, page, &text)
}

/// How personal data are handled (GDPR art. 13).
pub(in crate::web) async fn personal_data(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let page = visitor.page(&site, Section::Public, "Så behandlar vi personuppgifter", Vec::new()).await?;
    let text = page.t("text-personal-data");
    show(&site, page, &text)
}

fn show(site: &Site, page: Page, text: &str) -> Result<Response, Error> {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect();
    let contact = format!("{}, {}", site.tenant.profile.phone, site.tenant.profile.email);
    html(&TextPage { paragraphs, contact, page })
}
