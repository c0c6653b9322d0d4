//! A gateway of the test's own, and upstreams that do as they are told.

use std::{
    future::IntoFuture,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Router, serve::ListenerExt};
use portal_server::{
    Settings,
    gateway::Gateway as Subject,
    settings::{Offered, Upstream},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use crate::support::{Answer, client};

/// A running gateway; dropping it ends it.
pub struct Gateway {
    pub url: String,
    pub http: reqwest::Client,
    _serving: JoinSet<()>,
}

impl Gateway {
    /// A gateway before the server at this address.
    pub async fn before(upstream: &str) -> Self {
        Self::with(upstream, |_, _| {}).await
    }

    /// A gateway with other settings.
    pub async fn with(upstream: &str, change: impl FnOnce(&mut Settings, &mut Upstream)) -> Self {
        let mut offered: Offered = upstream.parse().unwrap();
        let mut settings = Settings::in_folder("nowhere");
        change(&mut settings, &mut offered.upstream);
        settings.upstreams = vec![offered];
        Self::start(settings).await
    }

    /// A gateway before several servers, as they are given on the command line.
    pub async fn before_several(upstreams: &[String]) -> Self {
        let mut settings = Settings::in_folder("nowhere");
        settings.upstreams = upstreams.iter().map(|text| text.parse().unwrap()).collect();
        Self::start(settings).await
    }

    async fn start(settings: Settings) -> Self {
        let gateway = Subject::new(settings).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut serving = JoinSet::new();
        serving.spawn(async move { gateway.serve(listener, std::future::pending()).await.unwrap() });
        Self { url, http: client().build().unwrap(), _serving: serving }
    }

    /// A request to it.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method.parse().unwrap(), format!("{}{path}", self.url))
    }

    /// Asks it without more ado.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request("GET", path)).await
    }

    /// Sends it a head as it stands, and gives whatever comes back until the connection ends.
    pub async fn raw(&self, request: &str) -> String {
        raw(&self.url, request).await
    }
}

/// Sends a server what may be no sensible request at all, and gives whatever comes back until the connection ends.
pub async fn raw(url: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // What was cut off by force was cut off too.
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8_lossy(&answer).into_owned()
}

/// An upstream that gives everybody the same bytes and hangs up, and remembers what it was asked.
pub struct Canned {
    pub url: String,
    asked: Arc<Mutex<Vec<String>>>,
    _serving: JoinSet<()>,
}

impl Canned {
    pub async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::new(answer.into());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let mut serving = JoinSet::new();
        let heard = asked.clone();
        serving.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(answer_once(stream, answer.clone(), heard.clone()));
            }
        });
        Self { url, asked, _serving: serving }
    }

    /// An upstream that answers in JSON, with more headers.
    pub async fn json(headers: &str) -> Self {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n";
        Self::answering(format!("{head}{headers}\r\n{{}}")).await
    }

    /// The heads of all requests so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer_once(mut stream: TcpStream, answer: Arc<Vec<u8>>, asked: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
    let mut body = vec![0; length.parse().unwrap()];
    drop(stream.read_exact(&mut body).await);
    asked.lock().unwrap().push(head);
    drop(stream.write_all(&answer).await);
    drop(stream.shutdown().await);
}

/// An upstream in a thread of its own, which can be ended as a crash ends it: every connection at once.
pub struct Crashing {
    pub address: SocketAddr,
    kill: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Crashing {
    /// Starts it, on a free port or where it was before.
    pub fn start(address: Option<SocketAddr>, router: Router) -> Self {
        let address = address.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
        let (kill, killed) = tokio::sync::oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind(address).await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                let listener = listener.tap_io(|stream| stream.set_nodelay(true).unwrap());
                tokio::select! {
                    ended = axum::serve(listener, router).into_future() => ended.unwrap(),
                    _ = killed => {}
                }
            });
        });
        Self { address: told.recv().unwrap(), kill: Some(kill), thread: Some(thread) }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Crashing {
    fn drop(&mut self) {
        drop(self.kill.take());
        drop(self.thread.take().map(std::thread::JoinHandle::join));
    }
}
