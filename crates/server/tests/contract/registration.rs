//! Opening accounts.

use portal_server::{
    auth::tokens::Purpose,
    settings::{Secret, Signups, Smtp},
    store::providers::{self, NewProvider},
};
use portal_wire::PlanType;
use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    person::{ENC2, PASSWORD, registration},
};

const ANN: &str = "ann@example.test";
const FINISH: &str = "/identity/accounts/register/finish";

contract! {
    async fn the_newer_form_opens_an_account_with_its_own_salt(engine: Engine) {
        let server = Server::start(engine).await;
        let kdf = json!({ "kdfType": 1, "iterations": 6, "memory": 32, "parallelism": 4 });
        let mut body = json!({
            "email": ANN,
            "emailVerificationToken": server.registration_token(ANN).await,
            "masterPasswordAuthentication": {
                "kdf": kdf, "masterPasswordAuthenticationHash": PASSWORD, "salt": "some salt",
            },
            "masterPasswordUnlock": { "kdf": kdf, "masterKeyWrappedUserKey": ENC2, "salt": "some salt" },
            "accountKeys": {
                "userKeyEncryptedAccountPrivateKey": ENC2, "accountPublicKey": "cHVibGlj",
            },
        });
        let mut differing = body.clone();
        differing["masterPasswordUnlock"]["salt"] = json!("another");
        server.post(FINISH, &differing).await.invalid("");
        differing = body.clone();
        differing["masterPasswordUnlock"]["kdf"]["iterations"] = json!(7);
        server.post(FINISH, &differing).await.invalid("");
        differing = body.clone();
        differing.as_object_mut().unwrap().remove("masterPasswordUnlock");
        server.post(FINISH, &differing).await.invalid("");
        differing = body.clone();
        differing["masterPasswordUnlock"]["masterKeyWrappedUserKey"] = json!("2.no");
        server.post(FINISH, &differing).await.invalid("MasterKeyWrappedUserKey");

        server.post(FINISH, &body).await.ok();
        let settings = server.post("/identity/accounts/prelogin", &json!({ "email": ANN })).await.ok();
        assert_eq!(settings["salt"], "some salt");
        assert_eq!(settings["kdfSettings"], kdf);
        server.sign_in(ANN).await;
        body["masterPasswordHint"] = json!("again");
        assert!(server.post(FINISH, &body).await.refused(400)["message"].as_str().unwrap().contains("taken"));
    }

    async fn a_token_is_for_one_address_and_one_hour(engine: Engine) {
        let server = Server::start(engine).await;
        let token = server.registration_token(ANN).await;
        let with_token = |email: &str, token: &Value| {
            let mut body = registration(email);
            body["emailVerificationToken"] = token.clone();
            body
        };
        server.post(FINISH, &with_token("bob@example.test", &token)).await.refused(400);
        server.post(FINISH, &with_token(ANN, &json!("forged"))).await.refused(400);
        server.post(FINISH, &registration(ANN)).await.refused(400);
        let clicked = "/identity/accounts/register/verification-email-clicked";
        let click = json!({ "email": ANN, "emailVerificationToken": token });
        server.post(clicked, &click).await.ok();
        server.advance(3_601_000);
        server.post(clicked, &click).await.refused(400);
        server.post(FINISH, &with_token(ANN, &token)).await.refused(400);
        let token = server.registration_token(ANN).await;
        server.post(FINISH, &with_token(ANN, &token)).await.ok();
        server.post(FINISH, &with_token(ANN, &token)).await.refused(400);
        server.post(clicked, &json!({ "email": ANN, "emailVerificationToken": token })).await.refused(400);
    }

    async fn what_is_missing_or_out_of_bounds_is_named(engine: Engine) {
        let server = Server::start(engine).await;
        let token = server.registration_token(ANN).await;
        let refuse = async |path: &[&str], value: Value, field: &str| {
            let mut body = registration(ANN);
            body["emailVerificationToken"] = token.clone();
            let mut place = &mut body;
            for step in path {
                place = &mut place[*step];
            }
            *place = value;
            server.post(FINISH, &body).await.invalid(field);
        };
        refuse(&["email"], json!("ann"), "Email").await;
        refuse(&["masterPasswordHash"], json!(null), "MasterPasswordHash").await;
        refuse(&["masterPasswordHash"], json!("a".repeat(1001)), "MasterPasswordHash").await;
        refuse(&["masterPasswordHint"], json!("a".repeat(51)), "MasterPasswordHint").await;
        refuse(&["userSymmetricKey"], json!(""), "UserSymmetricKey").await;
        refuse(&["userAsymmetricKeys"], json!(null), "").await;
        refuse(&["userAsymmetricKeys", "publicKey"], json!(""), "PublicKey").await;
        refuse(&["kdfIterations"], json!(599_999), "Kdf").await;
        refuse(&["kdf"], json!(1), "Kdf").await;
        refuse(&["kdf"], json!(9), "Kdf").await;
        refuse(&["kdfIterations"], json!("many"), "$.kdfIterations").await;
        server.post(FINISH, &{
            let mut body = registration(ANN);
            body["emailVerificationToken"] = token.clone();
            body["kdfIterations"] = json!("600000");
            body
        }).await.ok();
    }

    async fn with_a_mail_server_the_token_goes_by_mail_and_nobody_learns_who_has_an_account(engine: Engine) {
        let server = Server::with(engine, with_smtp).await;
        let path = "/identity/accounts/register/send-verification-email";
        let answer = server.post(path, &json!({ "email": ANN, "name": "Ann" })).await;
        assert_eq!((answer.status, answer.text.as_str()), (204, ""));
        let mut body = registration(ANN);
        body["emailVerificationToken"] = json!(mailed_token(&server).await);
        server.post(FINISH, &body).await.ok();
        let ann = server.sign_in(ANN).await;
        let profile = server.get_as(&ann, "/api/accounts/profile").await.ok();
        assert_eq!(profile["name"], "Ann");
        assert_eq!(profile["emailVerified"], true);
        let again = server.post(path, &json!({ "email": ANN })).await;
        assert_eq!((again.status, again.text.as_str()), (204, ""));
        let mail = only_mail(&server).await;
        assert!(mail.contains("has one already") && !mail.contains("token="), "{mail}");
        assert_eq!(server.get("/api/config").await.ok()["portal"]["outboxLinks"], false);
    }

    async fn where_registration_is_closed_only_invitations_open_accounts(engine: Engine) {
        let server = Server::with(engine, |settings| settings.signups = Signups::Invited).await;
        let path = "/identity/accounts/register/send-verification-email";
        server.post(path, &json!({ "email": ANN })).await.refused(400);
        assert_eq!(server.get("/api/config").await.ok()["settings"]["disableUserRegistration"], true);
        let context = server.app.context();
        let id = uuid::Uuid::new_v4();
        let expires = context.clock.now().saturating_add(120 * 3_600_000);
        let token = context.secrets.voucher(Purpose::ProviderInvitation, id, ANN, expires);
        let mut body = registration(ANN);
        body["providerInviteToken"] = json!(token);
        server.post(FINISH, &body).await.refused(400);
        body["providerUserId"] = json!(uuid::Uuid::new_v4());
        server.post(FINISH, &body).await.refused(400);
        body["providerUserId"] = json!(id);
        server.post(FINISH, &body).await.ok();
        let ann = server.sign_in(ANN).await;
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["emailVerified"], true);
    }

    async fn an_invitation_to_an_organization_opens_the_account_of_its_own_address_for_five_days(engine: Engine) {
        let server = Server::with(engine, |settings| settings.signups = Signups::Invited).await;
        let context = server.app.context();
        let id = uuid::Uuid::new_v4();
        let expires = context.clock.now().saturating_add(5 * 24 * 3_600_000);
        let token = |purpose| json!(context.secrets.voucher(purpose, id, ANN, expires));
        let with_token = |email: &str, id: uuid::Uuid, token: Value| {
            let mut body = registration(email);
            body["orgInviteToken"] = token;
            body["organizationUserId"] = json!(id);
            body
        };
        let good = token(Purpose::OrganizationInvitation);
        server.post(FINISH, &with_token(ANN, id, token(Purpose::ProviderInvitation))).await.refused(400);
        server.post(FINISH, &with_token("bob@example.test", id, good.clone())).await.refused(400);
        server.post(FINISH, &with_token(ANN, uuid::Uuid::new_v4(), good.clone())).await.refused(400);
        server.advance(5 * 24 * 3_600_000);
        server.post(FINISH, &with_token(ANN, id, good.clone())).await.refused(400);
        server.advance(-60_000);
        server.post(FINISH, &with_token(ANN, id, good.clone())).await.ok();
        server.post(FINISH, &with_token(ANN, id, good)).await.refused(400);
    }

    async fn the_first_admin_registers_with_the_set_up_link_and_is_confirmed_at_once(engine: Engine) {
        let server = Server::start(engine).await;
        let context = server.app.context();
        let now = context.clock.now();
        let mut tx = context.store.write().await.unwrap();
        let provider = NewProvider {
            name: Some("Acme IT"),
            admin_email: ANN,
            seat_minimums: &[(PlanType::TeamsMonthly, 10)],
        };
        let creation = providers::create(&mut tx, provider, now).await.unwrap();
        tx.commit().await.unwrap();
        let expires = now.saturating_add(120 * 3_600_000);
        let token = context.secrets.voucher(Purpose::ProviderSetup, creation.provider_id, ANN, expires);

        // Without a mail server, an address proves nothing by itself.
        server.register(ANN).await;
        let ann = server.sign_in(ANN).await;
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["providers"], json!([]));

        let bob = "bob@example.test";
        let mut tx = context.store.write().await.unwrap();
        let provider = NewProvider { name: None, admin_email: bob, seat_minimums: &[] };
        let creation = providers::create(&mut tx, provider, now).await.unwrap();
        tx.commit().await.unwrap();
        let mut body = registration(bob);
        body["providerUserId"] = json!(creation.invitation.unwrap());
        body["providerInviteToken"] = json!(token);
        server.post(FINISH, &body).await.refused(400);
        let token = context.secrets.voucher(Purpose::ProviderSetup, creation.provider_id, bob, expires);
        body["providerInviteToken"] = json!(token);
        server.post(FINISH, &body).await.ok();
        let bob = server.sign_in(bob).await;
        let providers = server.get_as(&bob, "/api/accounts/profile").await.ok()["providers"].clone();
        assert_eq!(providers[0]["id"], json!(creation.provider_id));
        assert_eq!(providers[0]["providerStatus"], 0);
        assert_eq!(providers[0]["key"], Value::Null);
        assert_eq!(providers[0]["type"], 0);
    }

    async fn registrations_are_limited(engine: Engine) {
        let server = Server::with(engine, |settings| {
            settings.limits.registration = Some(portal_server::settings::Rate::per_minute(3));
        }).await;
        let path = "/identity/accounts/register/send-verification-email";
        let mut statuses = Vec::new();
        for number in 0..8 {
            let answer = server.post(path, &json!({ "email": format!("ann{number}@example.test") })).await;
            statuses.push(answer.status);
        }
        assert_eq!(statuses.first(), Some(&200));
        assert_eq!(statuses.last(), Some(&429));
    }
}

fn with_smtp(settings: &mut portal_server::Settings) {
    // Nobody listens there: the outbox is what the test reads.
    let url: Secret = "smtp://127.0.0.1:9".parse().unwrap();
    settings.smtp = Some(Smtp { url, from: "portal@example.test".to_owned() });
}

async fn mailed_token(server: &Server) -> String {
    let mail = only_mail(server).await;
    let link = mail.lines().find(|line| line.contains("/#/finish-signup?")).unwrap();
    link.split("token=").nth(1).unwrap().to_owned()
}

/// The text of the one mail that was not read before.
async fn only_mail(server: &Server) -> String {
    let context = server.app.context();
    let mut tx = context.store.write().await.unwrap();
    let later = context.clock.now().saturating_add(3_600_000);
    let due =
        portal_server::store::outbox::take_due(&mut tx, later, later.saturating_add(24 * 3_600_000), 10)
            .await
            .unwrap();
    let [mail] = due.as_slice() else { panic!("{} mails", due.len()) };
    tx.commit().await.unwrap();
    mail.body.clone()
}
