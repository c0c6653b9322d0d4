//! Messages come out as they went in.

#![allow(clippy::unwrap_used, reason = "a test may")]

use std::{collections::BTreeMap, fmt::Debug};

use portal_bridge::{
    Action, AddExisting, Answer, Ask, Fault, Field, FieldProblem, FromCore, Garbled, JobId, ListState,
    Moment, Network, OrganizationId, Problem, ProblemKind, ProviderId, Question, Reason, Rows, Secret,
    StaffRole, StaffRow, StaffStatus, StaffView, ToCore, Topic, UserId, Verdict, Window, pack, unpack,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

fn there_and_back<T: Serialize + DeserializeOwned>(message: &T) -> T {
    unpack(&pack(message).unwrap()).unwrap()
}

#[track_caller]
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
    assert_eq!(there_and_back(&value), value);
}

#[test]
fn numbers_of_every_size_and_sign_stay_the_same() {
    same((i64::MIN, i64::MAX, 0_i64, -1_i64));
    same((u64::MAX, u32::MAX, u16::MAX, u8::MAX));
    same((i32::MIN, i16::MIN, i8::MIN, -64_i32));
    same((0.1_f64, f64::MAX, 1.5_f32, 'ß', true, ()));
}

#[test]
fn texts_lists_and_maps_stay_the_same() {
    same(vec![String::new(), "Zürich \u{202e}\0".into()]);
    same(BTreeMap::from([("a".to_owned(), vec![1_u32, 300]), (String::new(), Vec::new())]));
    same((Some(Some(3_u8)), None::<String>, Some(None::<u8>)));
}

#[test]
fn every_form_of_variant_stays_the_same() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Form {
        Unit,
        Newtype(String),
        Tuple(u8, i64),
        Struct { one: Option<u32>, other: Vec<Form> },
    }
    same(vec![
        Form::Unit,
        Form::Newtype("text".into()),
        Form::Tuple(200, -3),
        Form::Struct { one: Some(7), other: vec![Form::Unit] },
    ]);
}

#[test]
fn a_view_comes_out_as_it_went_in() {
    let problem = Problem::with(
        ProblemKind::Invalid(vec![FieldProblem {
            field: Field::Emails,
            fault: Fault::TooLong { limit: 256 },
            part: Some("a@b.example".into()),
        }]),
        "said so",
    );
    let person = StaffRow {
        id: Uuid::from_u128(1).into(),
        user: Some(UserId(Uuid::from_u128(u128::MAX))),
        name: None,
        email: "ana@example.org".into(),
        role: StaffRole::ServiceUser,
        status: StaffStatus::NeedsConfirmation,
        me: true,
        rights: vec![(Action::RemoveStaff, Verdict::Disabled(Reason::LastAdmin))],
    };
    let view = StaffView {
        rows: Rows {
            total: 70_000,
            matched: 1,
            from: 0,
            rows: vec![person],
            state: ListState::Failed(problem),
        },
        invited: 1,
        needs_confirmation: 2,
        confirmed: 3,
        confirmed_admins: 4,
    };
    let FromCore::Answer { id, result: Ok(Answer::GetStaff(read)) } =
        there_and_back(&FromCore::Answer { id: 9, result: Ok(Answer::GetStaff(view.clone())) })
    else {
        panic!("another answer")
    };
    assert_eq!((id, read), (9, view));
    same(vec![Topic::Account, Topic::Events(ProviderId(Uuid::from_u128(5)))]);
    same((Network::Paused { wait_ms: 3 }, JobId(4), Moment(-5), Window { from: 1, count: 2 }));
}

#[test]
fn a_question_comes_out_as_it_went_in() {
    let question = AddExisting { provider: ProviderId::default(), organization: OrganizationId::default() };
    let message = there_and_back(&ToCore::Ask { id: 300, ask: Box::new(question.into_ask()) });
    assert!(matches!(message, ToCore::Ask { id: 300, ask } if matches!(*ask, Ask::AddExisting(_))));
    assert_eq!(there_and_back(&Secret::from("pass\u{7f}word")).bytes(), "pass\u{7f}word".as_bytes());
}

#[test]
fn what_was_cut_off_or_lengthened_is_refused() {
    let bytes = pack(&vec!["one".to_owned(), "two".to_owned()]).unwrap();
    for end in 0..bytes.len() {
        assert_eq!(unpack::<Vec<String>>(&bytes[..end]), Err(Garbled), "{end}");
    }
    assert_eq!(unpack::<Vec<String>>(&[&bytes[..], &[0]].concat()), Err(Garbled));
}

#[test]
fn another_edition_is_refused() {
    let mut bytes = pack(&1_u32).unwrap();
    bytes[0] ^= 1;
    assert_eq!(unpack::<u32>(&bytes), Err(Garbled));
}
