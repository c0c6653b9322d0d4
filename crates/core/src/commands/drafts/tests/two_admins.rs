//! Two Provider Admins who issue at once: whoever writes second begins anew on what the first left.

use std::collections::BTreeMap;

use portal_bridge::SkipReason;
use portal_domain::billing::IssuedPage;

use super::*;
use crate::{
    platform::{Content, Method, Request},
    scripted::{ORIGIN, PASSWORD, hello, sign_in},
};

/// A place for books by the server's rule: nothing is written over what the writer has not seen.
#[derive(Default)]
struct Shelf {
    revision: i64,
    pages: BTreeMap<String, (i64, String)>,
    /// Every page of issued invoices that was written.
    written: Vec<(String, String)>,
    /// What another admin writes just before the next page of issued invoices.
    meanwhile: Option<(String, String)>,
}

impl Shelf {
    fn put(&mut self, name: &str, content: &str) {
        self.revision += 1;
        self.pages.insert(name.to_owned(), (self.revision, content.to_owned()));
    }

    fn answer(&mut self, request: &Request, name: &str) -> (u16, String) {
        match (&request.method, &request.content) {
            (Method::Put, Content::Json(body)) => {
                let issued = name.starts_with("issued-");
                if let Some((name, content)) = self.meanwhile.take_if(|_| issued) {
                    self.put(&name, &content);
                }
                let body: Value = serde_json::from_slice(body).unwrap();
                if body["revision"] != self.revision {
                    return (409, "{}".into());
                }
                let content = body["content"].as_str().unwrap();
                self.put(name, content);
                if issued {
                    self.written.push((name.to_owned(), content.to_owned()));
                }
                (200, json!({ "revision": self.revision }).to_string())
            }
            _ if name.is_empty() => {
                let pages = self.pages.iter();
                let pages: Vec<_> = pages
                    .map(|(name, (revision, _))| json!({ "name": name, "revision": revision }))
                    .collect();
                (200, json!({ "revision": self.revision, "pages": pages }).to_string())
            }
            _ => match self.pages.get(name) {
                Some((revision, content)) => {
                    (200, json!({ "name": name, "revision": revision, "content": content }).to_string())
                }
                None => (404, "{}".into()),
            },
        }
    }
}

fn with_shelf() -> (World, Rc<RefCell<Shelf>>) {
    let (server, shelf) = (server(true), Rc::new(RefCell::new(Shelf::default())));
    let kept = shelf.clone();
    let mut world = World::new(move |request, now| {
        let place = format!("{ORIGIN}/api/portal/providers/{PROVIDER}/books");
        match request.url.strip_prefix(&place) {
            Some(name) => Ok(kept.borrow_mut().answer(request, name.trim_start_matches('/'))),
            None => server.borrow_mut().answer(request, now),
        }
    });
    world.core.introduce(&hello());
    sign_in(&mut world, PASSWORD).unwrap();
    fill(&mut world);
    (world, shelf)
}

/// What the other admin wrote: the page on which one invoice was issued, in books that have none now.
fn page_of_another(
    world: &mut World,
    shelf: &Rc<RefCell<Shelf>>,
    client: OrganizationId,
) -> (String, String) {
    let before = seen(world);
    assert_eq!(issue(world, before, Some(vec![client])).unwrap(), [RowOutcome::Done]);
    let mut shelf = shelf.borrow_mut();
    let written = shelf.written.pop().unwrap();
    shelf.pages.remove(&written.0);
    shelf.revision += 1;
    written
}

fn numbers(world: &mut World) -> Vec<(OrganizationId, String)> {
    let core = world.core.clone();
    let pages: Vec<IssuedPage> =
        world.run(async move { core.issued_pages(BooksOf::Provider(provider()), december()).await }).unwrap();
    let issued = pages.into_iter().flat_map(|page| page.invoices);
    issued.map(|invoice| (invoice.bill.organization, invoice.written)).collect()
}

#[test]
fn the_second_gets_the_number_after_that_of_the_first() {
    let (mut world, shelf) = with_shelf();
    let page = page_of_another(&mut world, &shelf, client(2));
    let before = seen(&mut world);
    shelf.borrow_mut().meanwhile = Some(page);
    assert_eq!(issue(&mut world, before, Some(vec![client(1)])).unwrap(), [RowOutcome::Done]);
    assert_eq!(numbers(&mut world), [(client(2), "R0001".into()), (client(1), "R0002".into())]);
}

#[test]
fn whom_the_first_has_invoiced_the_second_leaves_out_without_a_gap() {
    let (mut world, shelf) = with_shelf();
    let page = page_of_another(&mut world, &shelf, client(1));
    let before = seen(&mut world);
    shelf.borrow_mut().meanwhile = Some(page);
    let outcomes = issue(&mut world, before, None).unwrap();
    let skipped = RowOutcome::Skipped(SkipReason::AlreadyInvoiced);
    assert_eq!(outcomes, [skipped, RowOutcome::Done, RowOutcome::Done]);
    let expected = [(client(1), "R0001".into()), (client(2), "R0002".into()), (client(4), "R0003".into())];
    assert_eq!(numbers(&mut world), expected);
}

#[test]
fn nothing_is_issued_beside_a_page_that_cannot_be_read() {
    let (mut world, shelf) = with_shelf();
    let (_, content) = page_of_another(&mut world, &shelf, client(2));
    // A page is bound to its name, so the other one cannot stand under another; its name alone says that it is there.
    shelf.borrow_mut().meanwhile = Some(("issued-1970-02".into(), content));
    let before = seen(&mut world);
    let job = world.ask(IssueInvoices { run: run(Fill::Nothing), seen: before, only: Some(vec![client(1)]) });
    let job = job.unwrap();
    world.until(|core| core.jobs().iter().any(|known| known.id == job && known.state != JobState::Running));
    assert!(numbers_are_nowhere(&shelf), "nothing was written beside a page that cannot be read");
}

fn numbers_are_nowhere(shelf: &Rc<RefCell<Shelf>>) -> bool {
    shelf.borrow().written.is_empty()
}
