//! Several processes behind one address: whichever gets a request, the answer is the same.

use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Server, contract,
    person::{ENC4, PASSWORD, sign_in_form, with},
    provider::{parameter, row, rows, setup},
};

contract! {
    async fn signing_in_at_one_and_going_on_at_the_other_is_one_session(engine: Engine) {
        let one = Server::start(engine).await;
        let other = one.second_process().await;
        other.register("ann@example.test").await;
        let mut ann = one.sign_in("ann@example.test").await;
        other.refresh(&mut ann).await;
        one.get_as(&ann, "/api/accounts/profile").await.ok();
        other.send_as(&ann, "PUT", "/api/accounts/profile", json!({ "name": "Ann" })).await.ok();
        assert_eq!(one.get_as(&ann, "/api/accounts/profile").await.ok()["name"], "Ann");
    }

    async fn an_invitation_of_one_is_accepted_at_the_other_and_confirmed_at_the_first(engine: Engine) {
        let one = Server::start(engine).await;
        let other = one.second_process().await;
        one.register("ann@northwind.example").await;
        let made = other.pending_provider("ann@northwind.example", 10).await;
        let mut admin = one.sign_in("ann@northwind.example").await;
        let path = format!("/api/providers/{}", made.provider_id);
        other.send_as(&admin, "POST", &format!("{path}/setup"), setup(&made.token)).await.ok();
        one.refresh(&mut admin).await;

        let invite = json!({ "emails": ["bob@northwind.example"], "type": 1 });
        one.send_as(&admin, "POST", &format!("{path}/users/invite"), invite).await.ok();
        let open = other.get_as(&admin, &format!("/api/portal{}/invitations", &path[4..])).await.ok();
        let invited = row(&open, "email", "bob@northwind.example");
        let id = invited["providerUserId"].as_str().unwrap();
        let token = parameter(invited["link"].as_str().unwrap(), "token");
        let mut bob = other.person("bob@northwind.example").await;
        let accept = format!("{path}/users/{id}/accept");
        other.send_as(&bob, "POST", &accept, json!({ "token": token })).await.ok();
        let again = one.send_as(&bob, "POST", &accept, json!({ "token": token })).await.refused(400);
        assert!(again["message"].as_str().unwrap().contains("already accepted"));
        one.send_as(&admin, "POST", &format!("{path}/users/{id}/confirm"), json!({ "key": ENC4 })).await.ok();
        other.refresh(&mut bob).await;
        let clients = one.get_as(&bob, &format!("{path}/organizations")).await.ok();
        assert_eq!(rows(&clients).len(), 0);
    }

    async fn the_second_step_of_one_is_used_up_at_the_other(engine: Engine) {
        let one = Server::start(engine).await;
        let other = one.second_process().await;
        let ann = one.person("ann@example.test").await;
        let proof = json!({ "masterPasswordHash": PASSWORD });
        let given = one.send_as(&ann, "POST", "/api/two-factor/get-authenticator", proof).await.ok();
        let code = || portal_server::auth::totp::code_at(given["key"].as_str().unwrap(), one.app.context().clock.now()).unwrap();
        let on = json!({ "key": given["key"], "token": code(), "userVerificationToken": given["userVerificationToken"] });
        other.send_as(&ann, "PUT", "/api/two-factor/authenticator", on).await.ok();
        one.advance(30_000);
        let form = with(with(sign_in_form("ann@example.test"), "twoFactorProvider", "0"), "twoFactorToken", &code());
        let form = with(form, "twoFactorRemember", "1");
        let remember = one.token(&form).await.ok()["TwoFactorToken"].clone();
        other.token(&form).await.refused_by_oauth();
        let remembered = with(with(form, "twoFactorProvider", "5"), "twoFactorToken", remember.as_str().unwrap());
        other.token(&remembered).await.ok();
    }

    async fn tries_are_counted_over_all_processes_together(engine: Engine) {
        let one = Server::start(engine).await;
        let other = one.second_process().await;
        one.register("ann@example.test").await;
        one.begin_minute();
        let form = with(sign_in_form("ann@example.test"), "password", "d3Jvbmc=");
        let mut answers = Vec::new();
        for _ in 0..12 {
            answers.push(one.token(&form).await.status);
            answers.push(other.token(&form).await.status);
        }
        let expected: Vec<u16> = [[400; 20].as_slice(), &[429; 4]].concat();
        assert_eq!(answers, expected);
    }

    async fn the_last_of_two_admins_stays_whichever_process_is_asked_to_remove_them(engine: Engine) {
        let one = Server::start(engine).await;
        let other = one.second_process().await;
        let provider = one.provider("ann@northwind.example", 10).await;
        let (bob, bob_id) = one.staff(&provider, "bob@northwind.example", 0).await;
        let users = format!("/api/providers/{}/users", provider.id);
        let list = one.get_as(&provider.admin, &users).await.ok();
        let ann_id = row(&list, "email", "ann@northwind.example")["id"].as_str().unwrap().to_owned();
        let remove = async |server: &Server, who: &Person, id: &str| {
            server.send_as(who, "DELETE", &format!("{users}/{id}"), Value::Null).await.status
        };
        let statuses = tokio::join!(remove(&one, &provider.admin, &bob_id), remove(&other, &bob, &ann_id));
        assert!([(200, 400), (400, 200)].contains(&statuses), "{statuses:?}");
        assert_eq!(rows(&one.get_as(&provider.admin, &users).await.ok()).len(), 1);
    }
}
