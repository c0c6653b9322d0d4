use portal_bridge::{
    ApplyImport, Fault, Field, ForgetImport, GetJobs, ImportSummary, JobState, PreviewImport, ProblemKind,
    RowOutcome,
};
use portal_keys::EncString;
use serde_json::{Value, json};

use crate::{commands::collections::tests::Stage, scripted::Mishap};

const HEAD: &str =
    "collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n";

fn stage() -> Stage {
    let stage = Stage::new(json!({}));
    show_list(&stage, json!([]));
    stage
}

fn show_list(stage: &Stage, rows: Value) {
    let path = format!("GET /api/ciphers/organization-details?organizationId={}", stage.within.organization);
    stage.server.borrow_mut().pages.insert(path, json!({"object": "list", "data": rows}));
}

fn import_call(stage: &Stage) -> String {
    format!("POST /api/ciphers/import-organization?organizationId={}", stage.within.organization)
}

fn preview(stage: &mut Stage, text: &str) -> Result<ImportSummary, portal_bridge::Problem> {
    stage.world.ask(PreviewImport {
        within: stage.within,
        file: "vault.csv".into(),
        bytes: text.as_bytes().to_vec(),
    })
}

fn row(stage: &Stage, number: u128, name: &str) -> Value {
    let sealed = stage.key.encrypt_text(name).unwrap().to_string();
    json!({"id": uuid::Uuid::from_u128(number), "organizationId": stage.within.organization, "type": 1, "name": sealed,
           "revisionDate": "2026-03-01T10:00:00Z", "collectionIds": []})
}

fn opened(stage: &Stage, value: &Value) -> String {
    let sealed: EncString = value.as_str().unwrap().parse().unwrap();
    stage.key.decrypt_text(&sealed).unwrap().to_string()
}

#[test]
fn an_export_is_shown_first_then_encrypted_and_sent_into_collections_old_and_new() {
    let mut stage = stage();
    let known = stage.add("IT", json!({}));
    show_list(&stage, json!([row(&stage, 1, "Router")]));
    let text = format!(
        "{HEAD}IT,login,Router,,,0,https://a.example,admin,s3cret,\n\"IT,Sales\",note,Alarm,off,,0,,,,\nSales,passport,Odd,,,0,,,,\n"
    );
    let summary = preview(&mut stage, &text).unwrap();
    assert_eq!((summary.kinds.as_slice(), summary.faulty), ([(1, 1), (2, 1)].as_slice(), 1));
    assert_eq!((summary.new_collections, summary.known_collections), (1, 1));
    assert_eq!((summary.same_name, summary.loose), (1, 0));
    let call = import_call(&stage);
    assert_eq!(stage.server.borrow().count(&call), 0, "nothing is sent before it was seen");

    stage.server.borrow_mut().pages.insert(call.clone(), Value::Null);
    stage.world.ask(ApplyImport { within: stage.within, loose_into: Vec::new() }).unwrap();
    stage.world.pass(5_000);
    let body = stage.server.borrow().body(&call);
    assert_eq!(body["collections"][0]["id"], json!(known));
    assert_eq!(opened(&stage, &body["collections"][1]["name"]), "Sales");
    assert_eq!(opened(&stage, &body["ciphers"][0]["login"]["password"]), "s3cret");
    assert_eq!(opened(&stage, &body["ciphers"][1]["notes"]), "off");
    let pairs = json!([{"key": 0, "value": 0}, {"key": 1, "value": 0}, {"key": 1, "value": 1}]);
    assert_eq!(body["collectionRelationships"], pairs);
    assert!(!body.to_string().contains("s3cret"));
    let again = stage.world.ask(ApplyImport { within: stage.within, loose_into: Vec::new() });
    assert_eq!(again.unwrap_err().kind, ProblemKind::NotFound, "what was imported is forgotten");
}

#[test]
fn a_file_that_cannot_be_taken_is_refused_by_name_and_nothing_is_kept() {
    let mut stage = stage();
    for (text, words) in
        [(r#"{"encrypted": true, "items": []}"#, "is encrypted"), ("", "nothing"), ("a,b\n1,2\n", "neither")]
    {
        let problem = preview(&mut stage, text).unwrap_err();
        assert!(problem.detail.as_deref().unwrap_or_default().contains(words), "{problem:?}");
        let ProblemKind::Invalid(faults) = &problem.kind else { panic!("{problem:?}") };
        assert_eq!((faults[0].field, &faults[0].fault), (Field::File, &Fault::Malformed));
    }
    let none = stage.world.ask(ApplyImport { within: stage.within, loose_into: Vec::new() });
    assert_eq!(none.unwrap_err().kind, ProblemKind::NotFound);
}

#[test]
fn an_organization_key_that_does_not_open_stops_an_import_before_the_file_is_read() {
    let mut stage = stage();
    let foreign = portal_keys::SymmetricKey::generate().unwrap();
    let wrapped = foreign.wrap(&foreign).unwrap().to_string();
    stage.server.borrow_mut().clients[0]["key"] = wrapped.into();
    let text = format!("{HEAD},note,Alarm,off,,0,,,,\n");
    assert_eq!(preview(&mut stage, &text).unwrap_err().kind, ProblemKind::CannotDecrypt);
}

#[test]
fn items_in_no_collection_need_one_and_what_is_forgotten_cannot_be_imported() {
    let mut stage = stage();
    let place = stage.add("IT", json!({}));
    let text = format!("{HEAD},note,Alarm,off,,0,,,,\n");
    assert_eq!(preview(&mut stage, &text).unwrap().loose, 1);
    let without = stage.world.ask(ApplyImport { within: stage.within, loose_into: Vec::new() });
    assert!(
        matches!(&without.unwrap_err().kind, ProblemKind::Invalid(faults) if faults[0].field == Field::Access)
    );
    stage.world.ask(ForgetImport(stage.within)).unwrap();
    let gone = stage.world.ask(ApplyImport { within: stage.within, loose_into: vec![place] });
    assert_eq!(gone.unwrap_err().kind, ProblemKind::NotFound);
}

#[test]
fn a_call_whose_answer_is_lost_is_looked_up_and_not_sent_twice() {
    let mut stage = stage();
    let place = stage.add("IT", json!({}));
    let rows: String = (0..700).map(|number| format!(",note,Note {number},x,,0,,,,\n")).collect();
    preview(&mut stage, &format!("{HEAD}{rows}")).unwrap();
    let call = import_call(&stage);
    stage.server.borrow_mut().pages.insert(call.clone(), Value::Null);
    stage.server.borrow_mut().upset(&call, Mishap::AnswerLost);
    stage.world.ask(ApplyImport { within: stage.within, loose_into: vec![place] }).unwrap();
    while stage.server.borrow().count(&call) == 0 {
        stage.world.pass(10);
    }
    // The first call has arrived; its answer has not.
    let there: Vec<Value> =
        (0..500).map(|number| row(&stage, 100 + number, &format!("Note {number}"))).collect();
    show_list(&stage, json!(there));
    stage.world.pass(60_000);
    let jobs = stage.world.ask(GetJobs).unwrap();
    let outcomes: Vec<_> = jobs[0].rows.iter().map(|row| (row.label.as_str(), row.outcome.clone())).collect();
    assert_eq!(jobs[0].state, JobState::Finished);
    assert_eq!(outcomes, [("1–500", RowOutcome::Done), ("501–700", RowOutcome::Done)]);
    assert_eq!(stage.server.borrow().count(&call), 2, "one call for each piece");
}
