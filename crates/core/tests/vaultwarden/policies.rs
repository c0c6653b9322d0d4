//! Policies (vaultwarden.md §5).

use portal_bridge::{
    GetPolicies, GetPolicyEffect, PolicyStep, PolicyType, PolicyValue, PolicyView, SavePolicy,
};
use serde_json::json;

use crate::{
    person::Person,
    replay::{play, within},
    vault::{KNOWN_POLICIES, Role},
};

async fn policies(person: &Person) -> Vec<PolicyView> {
    person.ask(GetPolicies(within())).await.unwrap()
}

async fn switch(person: &Person, kind: PolicyType, data: Vec<(String, PolicyValue)>) {
    let seen = policies(person).await.into_iter().find(|policy| policy.kind == kind).unwrap().seen;
    let step = PolicyStep { kind, label: "it".into(), enabled: true, data };
    person.ask(SavePolicy { within: within(), seen, step }).await.unwrap();
}

#[test]
fn policies_that_were_never_set_are_off_and_can_be_switched() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        assert!(policies(&owner).await.iter().all(|policy| !policy.enabled && policy.obstacle.is_none()));
        switch(&owner, PolicyType::TwoFactorAuthentication, Vec::new()).await;
        let on: Vec<_> = policies(&owner).await.into_iter().filter(|policy| policy.enabled).collect();
        assert_eq!(
            on.iter().map(|policy| policy.kind).collect::<Vec<_>>(),
            [PolicyType::TwoFactorAuthentication]
        );
    });
}

#[test]
fn only_policies_that_the_server_knows_are_offered() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let mut offered: Vec<i64> =
            policies(&owner).await.iter().map(|policy| policy.kind.number().into()).collect();
        offered.sort_unstable();
        assert_eq!(offered, KNOWN_POLICIES);
    });
}

#[test]
fn a_policy_travels_in_the_wrapped_form() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        switch(&owner, PolicyType::SingleOrg, Vec::new()).await;
        let [body] = server.bodies(&server.at("PUT", "/policies/3")).try_into().unwrap();
        assert_eq!((&body["policy"]["enabled"], body.get("enabled")), (&json!(true), None));
    });
}

#[test]
fn a_master_password_policy_has_all_seven_fields_lest_it_counts_for_nothing() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let length = vec![("minLength".to_owned(), PolicyValue::Number(14))];
        switch(&owner, PolicyType::MasterPassword, length.clone()).await;
        let [body] = server.bodies(&server.at("PUT", "/policies/1")).try_into().unwrap();
        let whole = json!({
            "minComplexity": null, "minLength": 14, "requireUpper": false, "requireLower": false,
            "requireNumbers": false, "requireSpecial": false, "enforceOnLogin": false,
        });
        assert_eq!(body["policy"]["data"], whole);
        // What is there already stays.
        switch(
            &owner,
            PolicyType::MasterPassword,
            vec![("requireUpper".to_owned(), PolicyValue::Flag(true))],
        )
        .await;
        let bodies = server.bodies(&server.at("PUT", "/policies/1"));
        assert_eq!(bodies[1]["policy"]["data"]["minLength"], 14);
        assert_eq!(bodies[1]["policy"]["data"]["requireUpper"], true);
    });
}

#[test]
fn whom_a_policy_would_shut_out_is_foreseen_where_the_server_does_not_tell() {
    play(|server| async move {
        server.set(|state| {
            let mut member = state.members[0].clone();
            (member["id"], member["email"], member["type"]) =
                (json!("1b5d69de-159a-43a7-aed3-6db79b6b610a"), json!("anna@probe.test"), json!(2));
            state.members.push(member);
        });
        let owner = server.signed_in(Role::Owner).await;
        let effect = |kind| owner.ask(GetPolicyEffect { within: within(), kind });
        let two_step = effect(PolicyType::TwoFactorAuthentication).await.unwrap();
        assert_eq!((two_step.revoked.len(), two_step.certain), (1, true));
        assert!(!effect(PolicyType::SingleOrg).await.unwrap().certain);
    });
}
