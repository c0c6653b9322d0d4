//! The demo without a provider, played once and then looked at through fresh cores.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use portal_bridge::{
    Direction, GetMembers, GetPlaces, MemberRole, MemberSort, MemberStatus, MembersQuery, OrganizationCard,
    Window, Within,
};
use portal_demo::{
    Narrator, Options, Person, Stage,
    cast::{ACME, ANA, BEN},
};
use portal_server::settings::Mode;

const PUBLIC_URL: &str = "http://127.0.0.1:8080";

fn played() -> PathBuf {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("owner-demo");
    if data.exists() {
        std::fs::remove_dir_all(&data).unwrap();
    }
    let options = Options {
        data: data.clone(),
        public_url: PUBLIC_URL.to_owned(),
        mode: Mode::Owner,
        load: None,
        roles: false,
    };
    portal_demo::play(&options, &mut Narrator::silent()).unwrap_or_else(|failure| panic!("{failure}"));
    data
}

async fn organizations(person: &Person) -> Vec<OrganizationCard> {
    let places = person.ask(GetPlaces).await.unwrap();
    assert_eq!(places.providers, []);
    places.organizations
}

/// Who sits in an organization: address, role and status.
async fn members(person: &Person, card: &OrganizationCard) -> Vec<(String, MemberRole, MemberStatus)> {
    let query = || MembersQuery {
        within: Within { provider: None, organization: card.id },
        search: String::new(),
        status: None,
        role: None,
        need: None,
        sort: MemberSort::Name,
        direction: Direction::Ascending,
    };
    let question = GetMembers { query: query(), window: Window { from: 0, count: 50 } };
    let rows = person.ask(question).await.unwrap().rows.rows;
    rows.into_iter().map(|row| (row.email, row.role, row.status)).collect()
}

#[test]
fn every_case_of_sitting_in_an_organization_is_there() {
    let data = played();
    let stage = Stage::open_in(Mode::Owner, &data, PUBLIC_URL).unwrap();
    let seen = stage.perform(async {
        let ana = Person::new(&stage, ANA.email, ANA.device);
        ana.sign_in().await.unwrap();
        let cards = organizations(&ana).await;
        let roles = |role: &str, waiting: bool| {
            cards.iter().filter(|card| card.role == role && card.waiting == waiting).count()
        };
        assert_eq!([roles("Owner", false), roles("Admin", false)], [7, 1], "her clients: {cards:?}");
        assert_eq!([roles("User", false), roles("Custom", false)], [1, 1]);
        assert_eq!(roles("Admin", true), 1, "accepted, and not confirmed");
        assert_eq!(cards.len(), 11, "the one in which she is revoked is not told");
        let named = |name: &str| cards.iter().find(|card| card.name == name).unwrap();

        let acme = members(&ana, named(ACME)).await;
        for role in [MemberRole::Owner, MemberRole::Admin, MemberRole::User, MemberRole::Custom] {
            let confirmed = |(email, held, status): &(String, MemberRole, MemberStatus)| {
                email.ends_with("@acme-robotics.example")
                    && *held == role
                    && *status == MemberStatus::Confirmed
            };
            assert!(acme.iter().any(confirmed), "{role:?} in {acme:?}");
        }
        let without = members(&ana, named("Café Zürich Roasters")).await;
        assert!(without.iter().all(|(email, ..)| email != BEN.email), "{without:?}");
        let owners = async |name: &str| -> Vec<String> {
            let all = members(&ana, named(name)).await;
            let owners = all.into_iter().filter(|(_, role, _)| *role == MemberRole::Owner);
            owners.map(|(email, ..)| email).collect()
        };
        assert_eq!(owners("Quayside Legal LLP").await, [ANA.email]);
        assert_eq!(owners("Fjordline Arkitekter").await, [ANA.email, BEN.email]);
        let one = owners("Kilmarnock County Veterinary and Equine Hospital").await;
        assert_eq!(one, ["fiona@kilmarnockvets.example"]);

        let ben = Person::new(&stage, BEN.email, BEN.device);
        ben.sign_in().await.unwrap();
        let cards = organizations(&ben).await;
        let revoking = cards.iter().find(|card| card.name == "Nordwind Logistik GmbH").unwrap();
        let revoked = members(&ben, revoking).await;
        let ana_there = revoked.iter().find(|(email, ..)| email == ANA.email).unwrap();
        assert_eq!(ana_there.2, MemberStatus::Revoked);
    });
    seen.unwrap();
    stage.close().unwrap();
    let lines = std::fs::read_to_string(data.join("demo-sign-ins.txt")).unwrap();
    assert_eq!(lines.lines().count(), 8, "{lines}");
}
