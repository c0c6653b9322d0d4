//! The server killed in the middle of creating clients: each exists whole, or not at all.

use std::collections::BTreeSet;

use tokio::task::JoinSet;

use crate::support::{
    Answer, Engine, Server, contract,
    provider::{client, rows},
};

contract! {
    async fn a_client_whose_creation_was_cut_off_is_whole_or_not_there(engine: Engine) {
        const AT_ONCE: usize = 6;
        // This server keeps an eye on the database; the other one, the real program, is killed.
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let path = format!("/api/providers/{}/clients", provider.id);
        let mut answered = BTreeSet::new();
        let mut asked = 0;
        for round in 0..6 {
            let program = server.program(&[]);
            let url = program.url.clone();
            let mut creating = JoinSet::new();
            for place in 0..AT_ONCE {
                let name = format!("Client {round} {place}");
                let body = client(&name, &format!("owner@c{round}-{place}.example"), 17, 3);
                let request = server
                    .http
                    .post(format!("{url}{path}"))
                    .bearer_auth(&provider.admin.access_token)
                    .json(&body);
                asked += 1;
                creating.spawn(async move {
                    let status = request.send().await.ok().map(|response| response.status().as_u16());
                    (name, status)
                });
            }
            // Killed after another number of answers each time, with the others still under way.
            for _ in 0..round {
                let (name, status) = creating.join_next().await.unwrap().unwrap();
                assert_eq!(status, Some(200));
                answered.insert(name);
            }
            program.kill();
            while let Some(finished) = creating.join_next().await {
                let (name, status) = finished.unwrap();
                if status == Some(200) {
                    answered.insert(name);
                }
            }
        }

        if engine == Engine::Postgres {
            // It learns of the death of its clients only when it has finished what they asked for.
            let working = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                           AND pid <> pg_backend_pid() AND state <> 'idle'";
            while count(&server, working).await > 0 {
                tokio::task::yield_now().await;
            }
        }
        let program = server.program(&[]);
        let get = async |path: &str| {
            let request = server.http.get(format!("{}{path}", program.url)).bearer_auth(&provider.admin.access_token);
            Answer::of(request).await.ok()
        };
        let clients = get(&format!("/api/providers/{}/organizations", provider.id)).await;
        let names: BTreeSet<String> =
            rows(&clients).iter().map(|client| client["organizationName"].as_str().unwrap().to_owned()).collect();
        assert_eq!(names.len(), rows(&clients).len());
        assert!(names.is_superset(&answered), "what was answered is kept");
        assert!(names.len() < asked, "none was cut off, so the test has shown nothing");
        for sql in [
            "SELECT COUNT(*) FROM organizations",
            "SELECT COUNT(*) FROM organization_keys",
            "SELECT COUNT(*) FROM organization_api_keys",
            "SELECT COUNT(*) FROM provider_organizations",
            "SELECT COUNT(*) FROM organization_users",
            "SELECT COUNT(*) FROM collections",
            "SELECT COUNT(*) FROM collection_users",
            "SELECT COUNT(*) FROM events WHERE type = 1900",
            "SELECT COUNT(*) FROM events WHERE type = 1500",
            "SELECT COUNT(*) FROM outbox WHERE organization_user_id IS NOT NULL",
            "SELECT allocated_seats / 3 FROM provider_plans WHERE plan_type = 17",
        ] {
            assert_eq!(count(&server, sql).await, names.len(), "{sql}");
        }
    }
}

async fn count(server: &Server, sql: &'static str) -> usize {
    use sqlx::Row;
    let mut db = server.app.context().store.read().await.unwrap();
    usize::try_from(sqlx::query(sql).fetch_one(&mut *db).await.unwrap().get::<i64, _>(0)).unwrap()
}
