//! Persons who visit the demonstration's pages, as a browser would, without a network.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{Request, StatusCode};
use bifall::demo::Demo;
use bifall::domain::id::UserId;
use bifall::services::sessions;
use bifall::store::users;
use bifall::web::{Site, Transport, site};
use tower::ServiceExt;

use crate::support::{Engine, TestTenant};

/// The demonstration's site on a tenant of its own.
pub struct Town {
    /// What goes away with the test.
    tenant: TestTenant,
    /// The demonstration.
    pub demo: Demo,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Where it leads.
    pub location: String,
    /// The page.
    pub page: String,
}

/// Somebody with a browser: logged in, or nobody.
pub struct Browser<'a> {
    town: &'a Town,
    cookie: Option<String>,
}

impl Town {
    /// A seeded town.
    pub async fn new(engine: Engine) -> Self {
        let t = TestTenant::new(engine).await;
        let demo = bifall::demo::open(t.tenant.clone()).await.unwrap();
        let mut served = Site::new(demo.tenant.clone());
        served.demo = Some(demo.clock.clone());
        let router = site::router(served, Transport::Plain);
        Self { tenant: t, demo, router }
    }

    /// Carries out everything that is due.
    pub async fn work(&self) {
        let lock = self.tenant.folder.path().join("worker.lock");
        let worker = bifall::pipeline::worker::Worker::start(&self.demo.tenant, &lock).await.unwrap();
        worker.run_due(&self.demo.tenant).await.unwrap();
    }

    /// Somebody who has not logged in.
    pub fn anybody(&self) -> Browser<'_> {
        Browser { town: self, cookie: None }
    }

    /// A person of the demonstration, logged in.
    pub async fn person(&self, name: &str) -> Browser<'_> {
        let token = sessions::log_in(&self.demo.tenant, self.user(name).await).await.unwrap();
        Browser { town: self, cookie: Some(format!("session={}", token.secret())) }
    }

    /// A person's identity.
    pub async fn user(&self, name: &str) -> UserId {
        let mut tx = self.demo.tenant.db.read().await.unwrap();
        users::by_name(&mut tx, name).await.unwrap().unwrap_or_else(|| panic!("nobody is called {name}")).id
    }
}

impl Browser<'_> {
    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        self.send(request, Body::from(form)).await
    }

    /// Sends a form and looks at the first answer alone, as nobody's browser does.
    pub async fn post_alone(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        self.ask(request, Body::from(form), None).await.0
    }

    /// Sends a form from a page, as its browser says.
    pub async fn post_from(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("referer", format!("http://localhost{page}"));
        self.ask(request, Body::from(form), None).await.0
    }

    /// Sends a form with files: name of the box, name of the file, bytes.
    pub async fn send_files(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        for (name, file, bytes) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let request =
            Request::post(path).header(CONTENT_TYPE, "multipart/form-data; boundary=edge").header("sec-fetch-site", "same-origin");
        self.send(request, Body::from(body)).await
    }

    /// Begins to send a form that says how large it is; nothing more comes.
    pub async fn announce(&self, path: &str, bytes: u64) -> Answer {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .header("content-length", bytes.to_string())
            .header("sec-fetch-site", "same-origin");
        self.send(request, Body::empty()).await
    }

    /// Sends a form with a file, the fields before it.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str), bytes: &[u8]) -> Answer {
        const EDGE: &str = "----edge-of-a-part";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        let (name, called) = file;
        body.extend(
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{called}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .into_bytes(),
        );
        body.extend(bytes);
        body.extend(format!("\r\n--{EDGE}--\r\n").into_bytes());
        let request = Request::post(path)
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .header("sec-fetch-site", "same-origin");
        self.send(request, Body::from(body)).await
    }

    /// The secret this browser holds.
    pub fn cookie(&self) -> &str {
        self.cookie.as_deref().unwrap_or_default()
    }

    /// A form that came back with its errors leads to an address of its own, where a browser follows.
    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let (first, given) = self.ask(request, body, None).await;
        if first.status == StatusCode::SEE_OTHER && ["fel=", "brister="].iter().any(|word| first.location.contains(word)) {
            return self.ask(Request::get(&first.location), Body::empty(), given).await.0;
        }
        first
    }

    /// One answer, and the cookie that came with it.
    async fn ask(&self, request: axum::http::request::Builder, body: Body, given: Option<String>) -> (Answer, Option<String>) {
        let cookies: Vec<String> = self.cookie.iter().cloned().chain(given).collect();
        let request = if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) };
        let response = self.town.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status();
        let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (location, given) = (header(LOCATION).unwrap_or_default(), header(SET_COOKIE));
        let given = given.map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (Answer { status, location, page: String::from_utf8_lossy(&bytes).into_owned() }, given)
    }
}
