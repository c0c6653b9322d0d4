//! An upstream that goes down and comes up again while it is asked.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    routing::get,
};
use futures::{StreamExt, stream};
use tokio::{
    sync::watch,
    task::{JoinSet, yield_now},
};

use super::stage::{Crashing, Gateway};

const REQUESTS: usize = 2_000;
const AT_ONCE: usize = 16;

/// How often each change was carried out.
type Done = Arc<Mutex<BTreeMap<usize, usize>>>;

#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Right,
    Told,
    BrokenOff,
}

#[tokio::test]
async fn two_thousand_requests_over_two_crashes_lose_nothing_silently() {
    let done = Done::default();
    let upstream = Crashing::start(None, router(done.clone()));
    let address = upstream.address;
    let gateway = Arc::new(Gateway::before(&upstream.url()).await);
    let next = Arc::new(AtomicUsize::new(0));
    let (right, mut right_so_far) = watch::channel(0_usize);
    let (failed, mut failed_so_far) = watch::channel(0_usize);
    let (up, is_up) = watch::channel(true);

    let mut asking = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (gateway, next) = (gateway.clone(), next.clone());
        let (right, failed, mut is_up) = (right.clone(), failed.clone(), is_up.clone());
        asking.spawn(async move {
            let mut ended = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= REQUESTS {
                    return ended;
                }
                let end = ask(&gateway, number).await;
                if end == Ended::Right {
                    right.send_modify(|count| *count += 1);
                } else {
                    failed.send_modify(|count| *count += 1);
                    is_up.wait_for(|up| *up).await.unwrap();
                }
                ended.push((number, end));
            }
        });
    }
    let mut running = Some(upstream);
    for crash in 1..=2 {
        right_so_far.wait_for(|count| *count >= crash * REQUESTS / 3).await.unwrap();
        up.send_replace(false);
        running.take();
        // Everybody has met the silence before it ends.
        failed_so_far.wait_for(|count| *count >= crash * AT_ONCE).await.unwrap();
        running = Some(Crashing::start(Some(address), router(done.clone())));
        up.send_replace(true);
    }
    let ended: Vec<(usize, Ended)> = asking.join_all().await.into_iter().flatten().collect();
    assert_eq!(ended.len(), REQUESTS);
    let done = done.lock().unwrap();
    for (number, end) in &ended {
        let times = done.get(number).copied().unwrap_or_default();
        assert!(times <= 1, "request {number} was carried out {times} times");
        if is_change(*number) && *end == Ended::Right {
            assert_eq!(times, 1, "request {number} was answered, and not carried out");
        }
    }
    assert!(ended.iter().any(|(_, end)| *end == Ended::Told), "nobody noticed the crash");
}

/// Every other request changes something.
fn is_change(number: usize) -> bool {
    number % 2 == 1
}

/// What is answered to a request: long enough for several pieces, and different for each.
fn answer_to(number: usize) -> String {
    format!("{number} {}", "x".repeat(number * 37 % 9_000))
}

async fn ask(gateway: &Gateway, number: usize) -> Ended {
    let method = if is_change(number) { "POST" } else { "GET" };
    let answer = gateway.request(method, &format!("/api/organizations/{number}")).send().await.unwrap();
    let status = answer.status();
    let Ok(body) = answer.bytes().await else { return Ended::BrokenOff };
    if status == 502 {
        let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(told["object"], "error");
        return Ended::Told;
    }
    assert_eq!(status, 200);
    assert!(
        body == answer_to(number).as_bytes(),
        "request {number} got {} bytes of another answer",
        body.len()
    );
    Ended::Right
}

fn router(done: Done) -> Router {
    let read = async |Path(number): Path<usize>| in_pieces(number);
    let change = async |State(done): State<Done>, Path(number): Path<usize>| {
        *done.lock().unwrap().entry(number).or_default() += 1;
        in_pieces(number)
    };
    Router::new().route("/api/organizations/{number}", get(read).post(change)).with_state(done)
}

/// The answer in several pieces, with a pause for others between them.
fn in_pieces(number: usize) -> Body {
    let pieces: Vec<Vec<u8>> = answer_to(number).as_bytes().chunks(3_000).map(<[u8]>::to_vec).collect();
    Body::from_stream(stream::iter(pieces).then(async |piece| {
        yield_now().await;
        Ok::<_, std::convert::Infallible>(piece)
    }))
}
