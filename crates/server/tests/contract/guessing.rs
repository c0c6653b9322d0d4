//! Guessing passwords: stopped early, whoever tries from wherever, and dear to nobody else.

use crate::support::{
    Answer, Engine, Server, contract,
    person::{sign_in_form, with},
};

const ANN: &str = "ann@example.test";

contract! {
    async fn a_thousand_wrong_passwords_are_stopped_early_and_other_people_still_sign_in(engine: Engine) {
        let server = Server::with(engine, |settings| settings.limits.token = None).await;
        server.register(ANN).await;
        server.register("bob@example.test").await;
        let form = with(sign_in_form(ANN), "password", "d3Jvbmc=");
        let minute = || server.app.context().clock.now().0.div_euclid(60_000);
        let begun = minute();
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (url, http, form) = (server.url.clone(), server.http.clone(), form.clone());
            tries.spawn(async move {
                let mut answers = Vec::new();
                for _ in 0..50 {
                    let request = http.post(format!("{url}/identity/connect/token")).form(&form);
                    let answer = Answer::of(request).await;
                    answers.push((answer.status, answer.header("retry-after").parse::<u64>().ok()));
                }
                answers
            });
        }
        let answers = tries.join_all().await.concat();
        let checked = answers.iter().filter(|(status, _)| *status == 400).count();
        let minutes = usize::try_from(minute() - begun + 1).unwrap();
        assert!((20..=20 * minutes).contains(&checked), "{checked} passwords were checked in {minutes} minutes");
        let stopped = answers.iter().filter(|(status, retry)| *status == 429 && retry.is_some_and(|s| s <= 60)).count();
        assert_eq!(checked + stopped, 1_000);
        server.sign_in("bob@example.test").await;
        server.advance(60_000);
        server.sign_in(ANN).await;
    }

    async fn an_address_that_is_only_claimed_gets_nobody_around_the_limit(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let statuses = guess_from(&server, |number| format!("203.0.113.{number}")).await;
        assert_eq!((statuses[0], statuses[39]), (400, 429));
    }

    async fn behind_a_proxy_the_address_it_adds_counts_and_not_what_stood_there_before(engine: Engine) {
        let server = behind_proxy(engine).await;
        let statuses = guess_from(&server, |number| format!("198.51.100.{number}, 203.0.113.7")).await;
        assert_eq!((statuses[0], statuses[39]), (400, 429));
        let elsewhere = guess_from(&server, |number| format!("203.0.113.{}", 100 + number)).await;
        assert_eq!(elsewhere[39], 400, "another address has tries of its own");
    }

    async fn all_addresses_of_one_ipv6_network_count_as_one(engine: Engine) {
        let server = behind_proxy(engine).await;
        let statuses = guess_from(&server, |number| format!("2001:db8:0:1:{number:x}::1")).await;
        assert_eq!((statuses[0], statuses[39]), (400, 429));
        let elsewhere = guess_from(&server, |number| format!("2001:db8:0:{:x}::1", 2 + number)).await;
        assert_eq!(elsewhere[39], 400, "another network has tries of its own");
        let dressed = guess_from(&server, |number| format!("::ffff:203.0.113.{number}")).await;
        assert_eq!(dressed[39], 400, "IPv4 addresses dressed as IPv6 are not one network");
    }

    async fn two_hundred_checks_of_passwords_at_once_leave_the_program_small_and_at_work(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let program = server.program(&["--failure-delay", "0", "--limit-token", "off", "--limit-sign-in", "off"]);
        let url = format!("{}/identity/connect/token", program.url);
        let sign_in = |form: Vec<(&'static str, String)>| {
            let request = server.http.post(&url).form(&form).header("bitwarden-client-version", "2026.8.0");
            Answer::of(request)
        };
        sign_in(sign_in_form(ANN)).await.ok();
        let before = program.resident_megabytes();
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..200 {
            tries.spawn(sign_in(with(sign_in_form(ANN), "password", "d3Jvbmc=")));
        }
        for answer in tries.join_all().await {
            assert_eq!(answer.refused_by_oauth(), "invalid_grant");
        }
        let after = program.resident_megabytes();
        assert!(after < before + 60, "{before} MB became {after} MB");
        sign_in(sign_in_form(ANN)).await.ok();
    }
}

async fn behind_proxy(engine: Engine) -> Server {
    let server = Server::with(engine, |settings| {
        settings.trusted_proxy_header = Some("x-forwarded-for".parse().unwrap());
    });
    let server = server.await;
    server.register(ANN).await;
    server
}

/// The statuses of forty wrong passwords within one minute, the header of each made of its number.
async fn guess_from(server: &Server, header: impl Fn(usize) -> String) -> Vec<u16> {
    server.begin_minute();
    let form = with(sign_in_form(ANN), "password", "d3Jvbmc=");
    let mut statuses = Vec::new();
    for number in 0..40 {
        let request = server.request("POST", "/identity/connect/token").form(&form);
        statuses.push(Answer::of(request.header("x-forwarded-for", header(number))).await.status);
    }
    statuses
}
