//! A mail server that takes everything and remembers which messages came.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// How often each message came, by Message-ID without its domain.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// Where it listens.
    pub port: u16,
    came: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Receiver {
    /// Listens on a free port until the test program ends.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let receiver = Self { port: listener.local_addr().unwrap().port(), came: Arc::default() };
        let came = receiver.came.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let came = came.clone();
                std::thread::spawn(move || {
                    // A killed sender breaks off anywhere; what it had not finished did not come.
                    let _ = converse(&stream, &came);
                });
            }
        });
        receiver
    }

    /// What came so far.
    pub fn came(&self) -> BTreeMap<String, usize> {
        self.came.lock().unwrap().clone()
    }
}

fn converse(stream: &TcpStream, came: &Mutex<BTreeMap<String, usize>>) -> std::io::Result<()> {
    let mut out = stream;
    let mut lines = BufReader::new(stream).lines();
    out.write_all(b"220 test\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let command = line.to_ascii_uppercase();
        if command.starts_with("DATA") {
            out.write_all(b"354 go on\r\n")?;
            let mut id = String::new();
            for line in lines.by_ref() {
                let line = line?;
                if line == "." {
                    break;
                }
                if let Some(rest) = line.strip_prefix("Message-ID: <") {
                    id = rest.split('@').next().unwrap_or_default().to_owned();
                }
            }
            *came.lock().unwrap().entry(id).or_default() += 1;
            out.write_all(b"250 taken\r\n")?;
        } else if command.starts_with("QUIT") {
            return out.write_all(b"221 bye\r\n");
        } else {
            out.write_all(b"250 ok\r\n")?;
        }
    }
    Ok(())
}
