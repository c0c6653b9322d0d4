//! Argon2id in a worker of its own: it takes up to a gigabyte, and a worker's memory never shrinks.

use std::rc::Rc;

use futures::{
    channel::oneshot,
    future::{Either, select},
    pin_mut,
};
use portal_bridge::{FromCore, ToCore};
use portal_keys::{Kdf, KeyError, MasterKey};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, MessagePort};
use zeroize::{Zeroize, Zeroizing};

use super::{
    Web, global,
    port::{Listener, first_port, post, read},
    timer::sleep,
};

/// A tab that lends no worker within this time lends none.
const LENDING_MS: u32 = 4_000;
/// The slowest derivation within bounds takes a quarter of this.
const DERIVING_MS: u32 = 120_000;
const FAILED: KeyError = KeyError::Engine("the derivation's worker gave no answer");

/// What is derived. It crosses from one worker to another of the same origin, through a port nobody else holds.
#[derive(Serialize, Deserialize)]
struct Job {
    #[serde(with = "serde_bytes")]
    password: Vec<u8>,
    salt: String,
    iterations: u32,
    memory_mib: u32,
    parallelism: u32,
}

/// Derives a master key: PBKDF2 here, where the browser does it beside; Argon2id in a worker a tab lends.
pub(super) async fn derive(
    web: &Web,
    password: Zeroizing<Vec<u8>>,
    salt: String,
    kdf: Kdf,
) -> Result<MasterKey, KeyError> {
    let Kdf::Argon2id { iterations, memory_mib, parallelism } = kdf else {
        return MasterKey::derive(&password, &salt, &kdf).await;
    };
    let id = web.next_hasher.get();
    web.next_hasher.set(id.wrapping_add(1));
    let Some(port) = borrow_worker(web, id).await else {
        return MasterKey::derive(&password, &salt, &kdf).await;
    };
    let mut job = Job { password: password.to_vec(), salt, iterations, memory_mib, parallelism };
    let result = send_job(&port, &job).await;
    job.password.zeroize();
    tell_a_tab(web, &FromCore::HasherDone { id });
    let mut bytes = result?;
    let key = <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new).map_err(|_| FAILED);
    bytes.zeroize();
    key.map(MasterKey::from_bytes)
}

/// Serves in a worker named for it: derives what comes through the port it is given.
pub(super) fn serve() {
    let hear = Rc::new(|event: MessageEvent| {
        if let (Some(ToCore::Hasher), Some(port)) = (read::<ToCore>(&event.data()), first_port(&event)) {
            let answer_to = port.clone();
            Listener::new(move |event| {
                let port = answer_to.clone();
                if let Some(job) = read::<Job>(&event.data()) {
                    wasm_bindgen_futures::spawn_local(async move { work(&port, job).await });
                }
            })
            .keep_on(&port);
        }
    });
    for event in global::take_parked("parkedMessages") {
        hear(event.unchecked_into());
    }
    Listener::new(move |event| hear(event)).keep_on(js_sys::global().unchecked_ref());
}

async fn work(port: &MessagePort, mut job: Job) {
    let kdf = Kdf::Argon2id {
        iterations: job.iterations,
        memory_mib: job.memory_mib,
        parallelism: job.parallelism,
    };
    let derived = MasterKey::derive(&job.password, &job.salt, &kdf).await;
    job.password.zeroize();
    let bytes = derived.map(|key| ByteBuf::from(key.into_bytes().to_vec())).unwrap_or_default();
    post(port, &bytes);
}

async fn borrow_worker(web: &Web, id: u32) -> Option<MessagePort> {
    let (sender, lent) = oneshot::channel();
    web.wanted.borrow_mut().push_back(sender);
    if !tell_a_tab(web, &FromCore::HasherWanted { id }) {
        return None;
    }
    let patience = sleep(LENDING_MS);
    pin_mut!(patience);
    match select(lent, patience).await {
        Either::Left((port, _)) => port.ok(),
        Either::Right(_) => None,
    }
}

async fn send_job(port: &MessagePort, job: &Job) -> Result<Vec<u8>, KeyError> {
    let (sender, answer) = oneshot::channel();
    let sender = std::cell::Cell::new(Some(sender));
    Listener::new(move |event| {
        if let (Some(sender), Some(bytes)) = (sender.take(), read::<ByteBuf>(&event.data())) {
            let _ = sender.send(bytes.into_vec());
        }
    })
    .keep_on(port);
    post(port, job);
    let patience = sleep(DERIVING_MS);
    pin_mut!(patience);
    let result = match select(answer, patience).await {
        Either::Left((Ok(bytes), _)) if !bytes.is_empty() => Ok(bytes),
        _ => Err(FAILED),
    };
    port.close();
    result
}

/// Tells the tab that was heard last; whether there is one.
fn tell_a_tab(web: &Web, message: &FromCore) -> bool {
    let tab = web.core.borrow().upgrade().and_then(|core| core.tabs.all().into_iter().next());
    let told = tab.is_some();
    if let Some(tab) = tab {
        tab.send(message);
    }
    told
}
