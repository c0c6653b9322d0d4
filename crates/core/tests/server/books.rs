use futures::future::join;
use portal_bridge::{
    BooksFault, BooksOf, BooksPlace, ConfirmStaff, ExportBooks, FromCore, GetBooksPlace,
    GetStaffFingerprints, ImportBooks, Problem, ProblemKind, ProviderId, RowOutcome, StaffRole, Topic,
};
use portal_core::{Books, platform::Method};
use serde::{Deserialize, Serialize};

use crate::{
    line::Fault,
    stage::{Person, Stage, play},
};

/// A month's invoices, as far as numbers go.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Issued {
    numbers: Vec<u32>,
}

/// Another Provider Admin, or a Service User, who is confirmed.
pub(crate) async fn colleague(stage: &Stage, ada: &Person, provider: ProviderId, role: StaffRole) -> Person {
    let email = format!("{role:?}@example.com").to_lowercase();
    let person = ada.invite(stage, provider, &email, "Ben Brook", role).await;
    let row = ada.staff_row(provider, &email).await;
    let phrases = ada.ask(GetStaffFingerprints { provider, staff: vec![row.id] }).await.unwrap();
    let confirm = ConfirmStaff { provider, staff: vec![(row.id, phrases[0].phrase.clone().unwrap())] };
    let job = ada.end_of(ada.ask(confirm).await.unwrap()).await;
    assert_eq!(job.rows[0].outcome, RowOutcome::Done);
    person.sign_in().await;
    person
}

/// Gives the next number, whichever month has the last one.
async fn issue(books: &Books, month: &str) -> Result<u32, Problem> {
    let issued =
        |names: &[String]| names.iter().filter(|name| name.starts_with("issued-")).cloned().collect();
    books
        .edit_seeing(&format!("issued-{month}"), issued, |page: &mut Issued, seen| {
            let mut last = 0;
            for name in seen.names() {
                let of_month = seen.get::<Issued>(name)?.unwrap_or_default();
                last = of_month.numbers.into_iter().fold(last, u32::max);
            }
            page.numbers.push(last + 1);
            Ok(last + 1)
        })
        .await
}

#[test]
fn two_admins_who_issue_invoices_at_once_in_many_months_give_every_number_once() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let ben = colleague(&stage, &ada, provider, StaffRole::ProviderAdmin).await;
        let [hers, his] = [&ada, &ben].map(|person| person.core.books(BooksOf::Provider(provider)));
        assert_eq!(hers.place().await.unwrap(), BooksPlace::Server);
        let many = async |books: &Books, months: [&'static str; 2]| {
            let mut given = Vec::new();
            for number in 0..10 {
                given.push(issue(books, months[number % 2]).await.unwrap());
            }
            given
        };
        let (one, other) =
            join(many(&hers, ["2031-04", "2031-05"]), many(&his, ["2031-05", "2031-06"])).await;
        let mut given = [one, other].concat();
        given.sort_unstable();
        assert_eq!(given, (1..=20).collect::<Vec<_>>());
        let mut kept = Vec::new();
        for name in his.pages().await.unwrap() {
            kept.extend(his.read::<Issued>(&name).await.unwrap().unwrap().numbers);
        }
        kept.sort_unstable();
        assert_eq!(kept, given);
        let heard = ada.heard.messages.borrow();
        let news = |message: &&FromCore| matches!(message, FromCore::Changed(Topic::Books(of)) if *of == BooksOf::Provider(provider));
        assert_eq!(heard.iter().filter(news).count(), 10);
    });
}

#[test]
fn an_edit_whose_answer_is_lost_is_made_once() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let books = ada.core.books(BooksOf::Provider(provider));
        for (fault, number) in [(Fault::AnswerLost, 1), (Fault::CallLost, 2)] {
            let mut still = Some(fault);
            ada.line.trouble(move |request| still.take_if(|_| request.method == Method::Put));
            assert_eq!(issue(&books, "2031-04").await.unwrap(), number);
        }
        let page = books.read::<Issued>("issued-2031-04").await.unwrap();
        assert_eq!(page.unwrap().numbers, [1, 2]);
    });
}

#[test]
fn a_service_user_gets_nothing_of_the_books() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let of = BooksOf::Provider(provider);
        issue(&ada.core.books(of), "2031-04").await.unwrap();
        let sue = colleague(&stage, &ada, provider, StaffRole::ServiceUser).await;
        assert_eq!(sue.core.books(of).pages().await.unwrap_err().kind, ProblemKind::NotAllowed);
        assert_eq!(issue(&sue.core.books(of), "2031-04").await.unwrap_err().kind, ProblemKind::NotAllowed);
        assert_eq!(sue.ask(ExportBooks(of)).await.unwrap_err().kind, ProblemKind::NotAllowed);
        // Her own books are hers, whatever her role.
        assert_eq!(sue.ask(GetBooksPlace(BooksOf::Own)).await.unwrap(), BooksPlace::Browser);
        assert_eq!(issue(&sue.core.books(BooksOf::Own), "2031-04").await.unwrap(), 1);
    });
}

#[test]
fn books_go_out_in_plain_text_and_come_back_whole() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let of = BooksOf::Provider(provider);
        for month in ["2031-04", "2031-05", "2031-04"] {
            issue(&ada.core.books(of), month).await.unwrap();
        }
        let file = ada.ask(ExportBooks(of)).await.unwrap();
        assert_eq!((file.pages, file.unreadable.as_slice()), (2, &[][..]));
        assert!(file.text.contains("\"issued-2031-05\""), "{}", file.text);
        // Into the browser, where nothing is yet.
        let import = ada.ask(ImportBooks { of: BooksOf::Own, text: file.text.clone() }).await.unwrap();
        assert_eq!((import.replaces.len(), import.adds.len()), (0, 2));
        assert_eq!(issue(&ada.core.books(BooksOf::Own), "2031-06").await.unwrap(), 4);
        // And back over what was written since.
        issue(&ada.core.books(of), "2031-04").await.unwrap();
        let import = ada.ask(ImportBooks { of, text: file.text }).await.unwrap();
        assert_eq!((import.replaces.len(), import.adds.len()), (2, 0));
        assert_eq!(issue(&ada.core.books(of), "2031-04").await.unwrap(), 4);
    });
}

#[test]
fn a_page_too_large_is_refused_before_it_is_sent() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let books = ada.core.books(BooksOf::Provider(provider));
        let large = async |length| {
            books
                .edit("letterhead", |page: &mut String| {
                    *page = "a".repeat(length);
                    Ok(())
                })
                .await
        };
        // Encrypted and as text, a third is added.
        ada.line.writes.borrow_mut().clear();
        assert_eq!(large(3 << 20).await.unwrap_err().kind, ProblemKind::Books(BooksFault::TooLarge));
        assert!(ada.line.writes.borrow().is_empty());
        large((3 << 20) - 1_024).await.unwrap();
        assert_eq!(books.read::<String>("letterhead").await.unwrap().unwrap().len(), (3 << 20) - 1_024);
    });
}
