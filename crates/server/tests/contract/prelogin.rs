//! Asking how to derive a master key.

use serde_json::json;

use crate::support::{Engine, Server, contract};

contract! {
    async fn both_paths_answer_the_settings_of_an_account(engine: Engine) {
        let server = Server::start(engine).await;
        server.register("ann@example.test").await;
        for path in ["/identity/accounts/prelogin", "/identity/accounts/prelogin/password"] {
            let answer = server.post(path, &json!({ "email": "ANN@example.test" })).await.ok();
            assert_eq!(
                answer,
                json!({
                    "kdf": 0, "kdfIterations": 600_000, "kdfMemory": null, "kdfParallelism": null,
                    "kdfSettings": { "kdfType": 0, "iterations": 600_000, "memory": null, "parallelism": null },
                    "salt": "ann@example.test",
                })
            );
        }
    }

    async fn an_unknown_address_gets_settings_too_and_always_the_same(engine: Engine) {
        let server = Server::start(engine).await;
        let ask = async |email: String| {
            server.post("/identity/accounts/prelogin", &json!({ "Email": email })).await.ok()
        };
        let mut kinds = std::collections::BTreeSet::new();
        for number in 0..40 {
            let email = format!("nobody{number}@example.test");
            let first = ask(email.clone()).await;
            assert_eq!(first, ask(email).await);
            kinds.insert(first["kdf"].as_i64().unwrap());
        }
        assert_eq!(kinds.len(), 2, "decoys of one kind only would give themselves away");
    }

    async fn what_is_no_address_is_refused(engine: Engine) {
        let server = Server::start(engine).await;
        let long = format!("{}@example.test", "a".repeat(256));
        for email in [json!(null), json!(""), json!("ann"), json!(long), json!("ann@example.test\u{0}")] {
            server.post("/identity/accounts/prelogin", &json!({ "email": email })).await.invalid("Email");
        }
        server.post("/identity/accounts/prelogin", &json!({ "email": 7 })).await.invalid("$.email");
        server.post("/identity/accounts/prelogin", &json!([])).await.refused(400);
    }
}
