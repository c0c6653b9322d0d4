use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use portal_bridge::{
    BooksFault, BooksOf, BooksPlace, ExportBooks, FromCore, GetBooksPlace, ImportBooks, Lock, PreviewBooks,
    Problem, ProblemKind, ServerChoice, SignOut, Topic, Unlock,
};
use serde_json::{Value, json};

use super::page;
use crate::{
    scripted::{Mishap, PASSWORD, PROVIDER, Scripted, provider, sign_in, signed_in},
    simulated::World,
};

const OWN: BooksOf = BooksOf::Own;

type Numbers = Vec<u32>;

fn read(world: &mut World, of: BooksOf, name: &'static str) -> Result<Option<Numbers>, Problem> {
    let books = world.core.books(of);
    world.run(async move { books.read(name).await })
}

/// Adds a number to a page.
fn add(world: &mut World, of: BooksOf, name: &'static str, number: u32) -> Result<(), Problem> {
    let books = world.core.books(of);
    world.run(async move {
        books
            .edit(name, |numbers: &mut Numbers| {
                numbers.push(number);
                Ok(())
            })
            .await
    })
}

fn kind<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemKind {
    result.unwrap_err().kind.clone()
}

fn is(fault: BooksFault) -> ProblemKind {
    ProblemKind::Books(fault)
}

/// What the browser keeps of books.
fn kept(world: &World) -> BTreeMap<String, String> {
    world
        .store()
        .iter()
        .filter(|(name, _)| name.starts_with("books"))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect()
}

/// The entry of a page.
fn entry(world: &World, page: &str) -> String {
    let names: Vec<String> =
        kept(world).into_keys().filter(|name| name.contains(&format!("/{page}/"))).collect();
    assert_eq!(names.len(), 1, "one entry for each page");
    names.into_iter().next().unwrap()
}

/// The entry of the list of pages.
fn list(world: &World) -> String {
    kept(world).into_keys().find(|name| name.ends_with("/own")).unwrap()
}

/// A server that has a place for books.
fn with_place() -> Rc<RefCell<Scripted>> {
    let server = Scripted::new();
    server.borrow_mut().pages.insert("GET /api/config".into(), json!({ "portal": { "books": true } }));
    server
}

#[test]
fn books_in_the_browser_outlive_the_session_and_are_encrypted() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    for of in [OWN, BooksOf::Provider(provider())] {
        assert_eq!(world.ask(GetBooksPlace(of)), Ok(BooksPlace::Browser));
        assert_eq!(read(&mut world, of, "issued-2031-04"), Ok(None));
        add(&mut world, of, "issued-2031-04", 271_828).unwrap();
        add(&mut world, of, "issued-2031-04", 314_159).unwrap();
        add(&mut world, of, "counts-2031-04", 1).unwrap();
    }
    for text in kept(&world).values() {
        assert!(text.starts_with("2.") && !text.contains("271828"), "{text}");
    }
    assert_eq!(kept(&world).len(), 6, "a list and two pages each");
    assert!(server.borrow().calls().all(|call| !call.contains("/books")), "no server is told of them");

    world.ask(Lock).unwrap();
    assert_eq!(kind(read(&mut world, OWN, "issued-2031-04")), ProblemKind::Locked);
    world.ask(Unlock { password: PASSWORD.into() }).unwrap();
    assert_eq!(read(&mut world, OWN, "issued-2031-04"), Ok(Some(vec![271_828, 314_159])));
    world.ask(SignOut).unwrap();
    assert_eq!(kind(read(&mut world, OWN, "issued-2031-04")), ProblemKind::SignedOut);
    sign_in(&mut world, PASSWORD).unwrap();
    assert_eq!(read(&mut world, BooksOf::Provider(provider()), "counts-2031-04"), Ok(Some(vec![1])));
    let books = world.core.books(OWN);
    let pages = world.run(async move { books.pages().await });
    assert_eq!(pages, Ok(vec!["counts-2031-04".to_owned(), "issued-2031-04".to_owned()]));
}

#[test]
fn no_account_and_no_server_sees_the_books_of_another() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    add(&mut world, OWN, "prices", 1).unwrap();
    let of = BooksOf::Provider(provider());
    assert_eq!(read(&mut world, of, "prices"), Ok(None));

    // The same account at another server.
    world.core.api.go_to(Some(ServerChoice { key: "eu".into(), name: "Europe".into() }));
    assert_eq!(read(&mut world, OWN, "prices"), Ok(None));
    add(&mut world, OWN, "prices", 2).unwrap();
    world.core.api.go_to(Some(ServerChoice::default()));
    assert_eq!(read(&mut world, OWN, "prices"), Ok(Some(vec![1])));

    // Another account in the same browser, whose key is the same here.
    let other = json!({ "object": "profile", "id": "99999999-9999-4999-8999-999999999999", "email": "ben@msp.example" });
    server.borrow_mut().pages.insert("GET /api/accounts/profile".into(), other);
    world.ask(SignOut).unwrap();
    sign_in(&mut world, PASSWORD).unwrap();
    assert_eq!(read(&mut world, OWN, "prices"), Ok(None));
    add(&mut world, OWN, "prices", 3).unwrap();
    server.borrow_mut().pages.remove("GET /api/accounts/profile");
    world.ask(SignOut).unwrap();
    sign_in(&mut world, PASSWORD).unwrap();
    assert_eq!(read(&mut world, OWN, "prices"), Ok(Some(vec![1])));
}

#[test]
fn what_cannot_be_opened_is_told_and_left_as_it_is() {
    let mut world = signed_in(&Scripted::new());
    add(&mut world, OWN, "prices", 1).unwrap();
    add(&mut world, OWN, "agreement", 2).unwrap();
    let whole = kept(&world);
    let (prices, agreement, list) = (entry(&world, "prices"), entry(&world, "agreement"), list(&world));
    let newer = |page: &str, plain: Value| {
        let open = world.core.open().unwrap();
        page::seal(open.user_key(), &plain.to_string().replace("$", page).into_bytes().into()).unwrap()
    };
    let swapped = whole[&agreement].clone();
    let cut = whole[&prices][..40].to_owned();
    let other_key = portal_keys::SymmetricKey::generate().unwrap();
    let foreign = other_key.encrypt(br#"{"format":1,"page":"prices","content":[]}"#).unwrap().to_string();
    let of_newer = newer("prices", json!({ "format": 2, "page": "$", "content": { "new": true } }));
    let no_numbers = newer("prices", json!({ "format": 1, "page": "$", "content": "text" }));
    let no_page = newer("prices", json!([1, 2]));
    for (what, instead, fault) in [
        (&prices, Some(swapped), BooksFault::Unreadable),
        (&prices, Some(cut), BooksFault::Unreadable),
        (&prices, Some(foreign), BooksFault::Unreadable),
        (&prices, Some(no_numbers), BooksFault::Unreadable),
        (&prices, Some(no_page), BooksFault::Unreadable),
        (&prices, None, BooksFault::Unreadable),
        (&prices, Some(of_newer), BooksFault::TooNew),
        (&list, Some("nonsense".into()), BooksFault::Unreadable),
    ] {
        match instead {
            Some(text) => drop(world.store().insert(what.clone(), text)),
            None => drop(world.store().remove(what)),
        }
        let before = kept(&world);
        assert_eq!(kind(read(&mut world, OWN, "prices")), is(fault), "{before:?}");
        assert_eq!(kind(add(&mut world, OWN, "prices", 3)), is(fault), "{before:?}");
        assert_eq!(kept(&world), before);
        if what != &list {
            // The other pages are as good as before, and go out without the one.
            assert_eq!(read(&mut world, OWN, "agreement"), Ok(Some(vec![2])));
        }
        world.store().extend(whole.clone());
    }
    assert_eq!(read(&mut world, OWN, "prices"), Ok(Some(vec![1])));
}

#[test]
fn a_browser_that_forgets_is_noticed_and_what_it_kept_before_stays() {
    let mut world = signed_in(&Scripted::new());
    add(&mut world, OWN, "prices", 1).unwrap();
    let before = kept(&world);
    // Everything, the pages only, the list only.
    for forgotten in ["books".to_owned(), format!("{}/", list(&world)), list(&world)] {
        world.forget_writes(&forgotten);
        assert_eq!(kind(add(&mut world, OWN, "prices", 2)), is(BooksFault::NotKept), "{forgotten}");
        assert_eq!(kind(add(&mut world, OWN, "agreement", 2)), is(BooksFault::NotKept), "{forgotten}");
        assert_eq!(kept(&world), before);
    }
    world.forget_writes("nothing");
    add(&mut world, OWN, "prices", 2).unwrap();
    assert_eq!(read(&mut world, OWN, "prices"), Ok(Some(vec![1, 2])));
}

#[test]
fn a_change_that_fails_or_changes_nothing_writes_nothing_and_is_no_news() {
    let mut world = signed_in(&Scripted::new());
    add(&mut world, OWN, "prices", 1).unwrap();
    let (before, (_, tab)) = (kept(&world), world.connect());
    let (failing, idle) = (world.core.books(OWN), world.core.books(OWN));
    let failed = world.run(async move {
        failing
            .edit("prices", |page: &mut Numbers| {
                page.push(2);
                Err::<(), _>(ProblemKind::Cancelled.into())
            })
            .await
    });
    assert_eq!(kind(failed), ProblemKind::Cancelled);
    assert_eq!(
        world.run(async move { idle.edit("prices", |page: &mut Numbers| Ok(page.len())).await }),
        Ok(1)
    );
    assert_eq!(kept(&world), before);
    assert!(tab.messages.borrow().is_empty());
    add(&mut world, OWN, "prices", 2).unwrap();
    let heard = tab.messages.borrow();
    let news: Vec<_> =
        heard.iter().filter(|(_, news)| matches!(news, FromCore::Changed(Topic::Books(OWN)))).collect();
    assert_eq!(news.len(), 1);
}

#[test]
fn a_file_that_is_not_ours_is_refused_as_a_whole_and_ours_says_what_it_replaces() {
    let mut world = signed_in(&Scripted::new());
    add(&mut world, OWN, "prices", 1).unwrap();
    let before = kept(&world);
    let file = |object: &str, format: i32, pages: Value| {
        json!({ "object": object, "format": format, "pages": pages }).to_string()
    };
    for (text, refused) in [
        ("".to_owned(), None),
        ("{".to_owned(), None),
        ("[]".to_owned(), None),
        (json!({ "prices": [7] }).to_string(), None),
        (file("portalBooks", 0, json!({ "prices": [7] })), None),
        (file("otherBooks", 1, json!({ "prices": [7] })), None),
        (file("portalBooks", 1, json!([])), None),
        (file("portalBooks", 1, json!({ "a": [7], "../prices": [7] })), None),
        (file("portalBooks", 2, json!({ "prices": [7] })), Some(is(BooksFault::TooNew))),
        (file("portalBooks", 1, (0..1_000).map(|number| (format!("p{number}"), json!([]))).collect()), None),
    ] {
        let told = [
            kind(world.ask(PreviewBooks { of: OWN, text: text.clone() })),
            kind(world.ask(ImportBooks { of: OWN, text: text.clone() })),
        ];
        for told in told {
            let expected =
                refused.as_ref().map_or(matches!(told, ProblemKind::Invalid(_)), |kind| *kind == told);
            assert!(expected, "{told:?} for {text}");
        }
        assert_eq!(kept(&world), before);
    }
    let text = file("portalBooks", 1, json!({ "prices": [7], "agreement": [8] }));
    let preview = world.ask(PreviewBooks { of: OWN, text: text.clone() }).unwrap();
    assert_eq!(
        (preview.replaces.as_slice(), preview.adds.as_slice()),
        (&["prices".to_owned()][..], &["agreement".to_owned()][..])
    );
    assert_eq!(kept(&world), before);
    assert_eq!(world.ask(ImportBooks { of: OWN, text }), Ok(preview));
    assert_eq!(read(&mut world, OWN, "prices"), Ok(Some(vec![7])));

    // What goes out says which page it leaves behind, and an import mends it.
    let (prices, broken) = (entry(&world, "prices"), "2.AAAA|AAAA|AAAA".to_owned());
    world.store().insert(prices, broken);
    let out = world.ask(ExportBooks(OWN)).unwrap();
    assert_eq!((out.pages, out.unreadable), (1, vec!["prices".to_owned()]));
    let mend = file("portalBooks", 1, json!({ "prices": [9] }));
    world.ask(ImportBooks { of: OWN, text: mend }).unwrap();
    assert_eq!(read(&mut world, OWN, "prices"), Ok(Some(vec![9])));
}

#[test]
fn an_admin_without_the_provider_key_is_told_so_and_asks_for_no_page() {
    let server = with_place();
    let no_key = json!({ "object": "profile", "id": crate::scripted::USER, "email": crate::scripted::EMAIL, "providers": [
        { "id": PROVIDER, "name": "Northwind IT", "key": null, "status": 2, "type": 0, "enabled": true, "providerStatus": 2 },
    ] });
    server.borrow_mut().pages.insert("GET /api/accounts/profile".into(), no_key);
    let mut world = signed_in(&server);
    let of = BooksOf::Provider(provider());
    assert_eq!(world.ask(GetBooksPlace(of)), Ok(BooksPlace::Server));
    assert_eq!(kind(read(&mut world, of, "prices")), is(BooksFault::KeyMissing));
    assert_eq!(kind(add(&mut world, of, "prices", 1)), is(BooksFault::KeyMissing));
    assert!(server.borrow().calls().all(|call| !call.contains("/books")));
    assert!(kept(&world).is_empty(), "the browser does not stand in for the server");
}

#[test]
fn whoever_is_always_slower_is_told_in_the_end() {
    let server = with_place();
    let books = format!("/api/portal/providers/{PROVIDER}/books");
    server
        .borrow_mut()
        .pages
        .insert(format!("GET {books}"), json!({ "object": "providerBooks", "revision": 5, "pages": [] }));
    for _ in 0..super::TRIES {
        let conflict = Mishap::Instead(409, r#"{"message":"Somebody else."}"#.into());
        server.borrow_mut().upset(&format!("PUT {books}/prices"), conflict);
    }
    let mut world = signed_in(&server);
    let handle = world.core.books(BooksOf::Provider(provider()));
    let made = Rc::new(Cell::new(0));
    let counting = made.clone();
    let result = world.run(async move {
        handle
            .edit("prices", |page: &mut Numbers| {
                page.push(1);
                counting.set(counting.get() + 1);
                Ok(())
            })
            .await
    });
    assert_eq!((kind(result), made.get()), (ProblemKind::ChangedMeanwhile, super::TRIES));
}

#[test]
fn a_server_that_hands_out_another_page_is_caught() {
    let server = with_place();
    let books = format!("/api/portal/providers/{PROVIDER}/books");
    let sealed = {
        let server = server.borrow();
        page::seal(&server.provider_key, &page::plain("agreement", &vec![1]).unwrap()).unwrap()
    };
    let answer =
        |name: &str| json!({ "object": "providerBook", "name": name, "revision": 1, "content": sealed });
    for (name, problem) in [("agreement", ProblemKind::Mismatch), ("prices", is(BooksFault::Unreadable))] {
        server.borrow_mut().pages.insert(format!("GET {books}/prices"), answer(name));
        let mut world = signed_in(&server);
        assert_eq!(kind(read(&mut world, BooksOf::Provider(provider()), "prices")), problem);
    }
}

#[test]
fn after_a_lost_answer_an_edit_is_repeated_only_if_it_was_certainly_not_made() {
    let books = format!("/api/portal/providers/{PROVIDER}/books");
    let listing = |revision: i64, of_page: i64| json!({ "object": "providerBooks", "revision": revision, "pages": [{ "name": "prices", "revision": of_page }] });
    // Somebody wrote meanwhile: another page, or this one, perhaps over what was sent.
    for (of_page, made) in [(4, Ok(())), (7, Err(ProblemKind::Uncertain))] {
        let server = with_place();
        {
            let mut server = server.borrow_mut();
            let sealed = page::seal(&server.provider_key, &page::plain("prices", &vec![1]).unwrap()).unwrap();
            let now =
                json!({ "object": "providerBook", "name": "prices", "revision": of_page, "content": sealed });
            server.pages.insert(format!("GET {books}"), listing(7, of_page));
            server.pages.insert(format!("GET {books}/prices"), now);
            server.pages.insert(format!("PUT {books}/prices"), json!({ "revision": 8 }));
            server.upset(&format!("GET {books}"), Mishap::Instead(200, listing(4, 4).to_string()));
            server.upset(&format!("PUT {books}/prices"), Mishap::CallLost);
        }
        let mut world = signed_in(&server);
        let result = add(&mut world, BooksOf::Provider(provider()), "prices", 2);
        assert_eq!(result.map_err(|problem| problem.kind.clone()), made);
        let sent = server.borrow().count(&format!("PUT {books}/prices"));
        assert_eq!(sent, if made.is_ok() { 2 } else { 1 });
        assert!(made.is_err() || server.borrow().body(&format!("PUT {books}/prices"))["revision"] == 7);
    }
}
