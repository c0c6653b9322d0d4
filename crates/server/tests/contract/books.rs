//! The books of a provider: pages that its admins write together, and that this server cannot read.

use data_encoding::BASE64;
use futures::future::join_all;
use portal_server::operator;
use serde_json::{Value, json};

use crate::{
    foreign::database::Dump,
    support::{Answer, Engine, Person, Provider, Server, contract, person::ENC2},
};

/// The largest content in bytes.
const LARGEST: usize = 4 << 20;

/// Some content in the form of what is encrypted.
fn content(inside: &str) -> String {
    format!("2.AAAAAAAAAAAAAAAAAAAAAA==|{}|AAAA", BASE64.encode(inside.as_bytes()))
}

/// What stands in such content.
fn inside(page: &Value) -> String {
    let data = page["content"].as_str().unwrap().split('|').nth(1).unwrap();
    String::from_utf8(BASE64.decode(data.as_bytes()).unwrap()).unwrap()
}

/// Content of so many bytes.
fn of_length(length: usize) -> String {
    let around = "2.AAAA||AAAA".len();
    format!("2.AAAA|{}|AAAA", "A".repeat(length - around))
}

fn path(provider: &Provider) -> String {
    format!("/api/portal/providers/{}/books", provider.id)
}

async fn list(server: &Server, provider: &Provider) -> Value {
    server.get_as(&provider.admin, &path(provider)).await.ok()
}

async fn read(server: &Server, provider: &Provider, page: &str) -> Answer {
    server.get_as(&provider.admin, &format!("{}/{page}", path(provider))).await
}

async fn write(
    server: &Server,
    provider: &Provider,
    by: &Person,
    page: &str,
    revision: i64,
    content: &str,
) -> Answer {
    let body = json!({ "revision": revision, "content": content });
    server.send_as(by, "PUT", &format!("{}/{page}", path(provider)), body).await
}

/// Takes the next number as a client does: reads, adds one, and begins anew when somebody was faster.
async fn increment(server: &Server, provider: &Provider, by: &Person) -> u32 {
    loop {
        let revision = server.get_as(by, &path(provider)).await.ok()["revision"].as_i64().unwrap();
        let known = server.get_as(by, &format!("{}/numbers", path(provider))).await.ok();
        let next = inside(&known).parse::<u32>().unwrap() + 1;
        let answer = write(server, provider, by, "numbers", revision, &content(&next.to_string())).await;
        if answer.status != 409 {
            assert_eq!(answer.ok()["revision"].as_i64().unwrap(), revision + 1);
            return next;
        }
    }
}

contract! {
    async fn pages_are_written_over_the_revision_of_all_of_them(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let ann = &provider.admin;
        assert_eq!(list(&server, &provider).await, json!({ "object": "providerBooks", "revision": 0, "pages": [] }));
        read(&server, &provider, "prices").await.refused(404);
        let write = async |page, revision, text: &str| {
            write(&server, &provider, ann, page, revision, &content(text)).await
        };
        assert_eq!(write("prices", 0, "a").await.ok(), json!({ "revision": 1 }));
        assert_eq!(write("agreement", 1, "b").await.ok(), json!({ "revision": 2 }));
        assert_eq!(write("prices", 2, "c").await.ok(), json!({ "revision": 3 }));
        let pages = json!([{ "name": "agreement", "revision": 2 }, { "name": "prices", "revision": 3 }]);
        assert_eq!(list(&server, &provider).await, json!({ "object": "providerBooks", "revision": 3, "pages": pages }));
        let page = json!({ "object": "providerBook", "name": "prices", "revision": 3, "content": content("c") });
        assert_eq!(read(&server, &provider, "prices").await.ok(), page);

        // An old revision is refused whichever page it is for, and so is one that was not yet.
        for (page, revision) in [("prices", 2), ("agreement", 2), ("letterhead", 2), ("prices", 0), ("prices", 4)] {
            let refused = write(page, revision, "d").await.refused(409);
            assert!(refused["message"].as_str().unwrap().contains("Nothing was changed"), "{refused}");
        }
        assert_eq!(list(&server, &provider).await["revision"], 3);
        assert_eq!(read(&server, &provider, "prices").await.ok(), page);
        // Another provider's are others.
        let other = server.provider("eve@evil.example", 1).await;
        assert_eq!(list(&server, &other).await["revision"], 0);
    }

    async fn of_two_who_write_at_once_one_is_told_to_look_again(engine: Engine) {
        let server = Server::start(engine).await;
        let other = server.second_process().await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (ben, _) = server.staff(&provider, "ben@northwind.example", 0).await;
        for revision in 0..10 {
            let answers = join_all([
                write(&server, &provider, &provider.admin, "prices", revision, ENC2),
                write(&other, &provider, &ben, "agreement", revision, ENC2),
            ]).await;
            let mut told: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
            told.sort_unstable();
            assert_eq!(told, [200, 409], "{answers:?}");
        }
        assert_eq!(list(&server, &provider).await["revision"], 10);
    }

    async fn numbers_that_two_admins_take_at_once_have_no_gap_and_no_twin(engine: Engine) {
        let server = Server::start(engine).await;
        let other = server.second_process().await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (ben, _) = server.staff(&provider, "ben@northwind.example", 0).await;
        write(&server, &provider, &ben, "numbers", 0, &content("0")).await.ok();
        let many = async |server: &Server, by: &Person| {
            let mut taken = Vec::new();
            for _ in 0..20 {
                taken.push(increment(server, &provider, by).await);
            }
            taken
        };
        let (hers, his) = futures::join!(many(&server, &provider.admin), many(&other, &ben));
        let mut taken = [hers, his].concat();
        taken.sort_unstable();
        assert_eq!(taken, (1..=40).collect::<Vec<_>>());
        assert_eq!(list(&server, &provider).await["revision"], 41);
        assert_eq!(inside(&read(&server, &provider, "numbers").await.ok()), "40");
    }

    async fn bad_input_changes_nothing(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let ann = &provider.admin;
        write(&server, &provider, ann, "prices", 0, ENC2).await.ok();
        let before = Dump::of(&server).await;
        for page in ["Prices", "pri.ces", "pri%20ces", "pr%C3%AFces", "..%2Fprices", &"a".repeat(41)] {
            write(&server, &provider, ann, page, 1, ENC2).await.invalid("Name");
            read(&server, &provider, page).await.refused(404);
        }
        for bad in ["", "prices", "2.", "2.AAAA|AAAA", "2.****|AAAA|AAAA", "4.AAAA", "0.AAAA|AAAA", "AAAA|AAAA|AAAA"] {
            write(&server, &provider, ann, "prices", 1, bad).await.invalid("Content");
        }
        write(&server, &provider, ann, "prices", 1, &of_length(LARGEST + 4)).await.invalid("Content");
        write(&server, &provider, ann, "prices", 1, &of_length(LARGEST + 2_048)).await.refused(413);
        for bad in [-1, i64::MIN] {
            write(&server, &provider, ann, "prices", bad, ENC2).await.invalid("Revision");
        }
        let put = async |body| server.send_as(ann, "PUT", &format!("{}/prices", path(&provider)), body).await;
        for body in [json!({ "revision": 1 }), json!({ "content": ENC2 }), json!({ "revision": 1.5, "content": ENC2 }),
            json!({ "revision": 1, "content": 7 }), json!([])] {
            put(body).await.refused(400);
        }
        assert_eq!(before.difference(&Dump::of(&server).await), [] as [String; 0]);
        // The largest is taken, and comes back as it is.
        let large = of_length(LARGEST);
        write(&server, &provider, ann, "prices", 1, &large).await.ok();
        assert_eq!(read(&server, &provider, "prices").await.ok()["content"], large);
    }

    async fn there_are_a_thousand_pages_at_most(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let pages: Vec<String> =
            (1..=1_000).map(|number| format!("('{}', 'page-{number}', {number}, '{ENC2}')", provider.id)).collect();
        let insert = format!(
            "INSERT INTO provider_books (provider_id, name, revision, content) VALUES {}", pages.join(", "),
        );
        crate::foreign::database::run(&server, &[&insert]).await;
        let write = async |page, revision| write(&server, &provider, &provider.admin, page, revision, ENC2).await;
        let refused = write("one-more", 1_000).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("1000 pages"), "{refused}");
        assert_eq!(write("page-7", 1_000).await.ok()["revision"], 1_001);
    }

    async fn books_are_written_while_the_provider_is_suspended_and_go_when_it_is_deleted(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let ann = &provider.admin;
        operator::set_provider_enabled(server.app.context(), provider.id.parse().unwrap(), false).await.unwrap();
        write(&server, &provider, ann, "prices", 0, ENC2).await.ok();
        assert_eq!(read(&server, &provider, "prices").await.ok()["content"], ENC2);
        server.send_as(ann, "DELETE", &format!("/api/providers/{}", provider.id), Value::Null).await.ok();
        let mut db = server.app.context().store.read().await.unwrap();
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM provider_books").fetch_one(&mut *db).await.unwrap();
        assert_eq!(left, 0);
    }
}
