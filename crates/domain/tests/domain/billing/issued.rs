//! What was issued stays, and is numbered without gaps.

use portal_domain::billing::{Amount, Bill, IssuedPage, Letterhead, Numbering, Period, Register};
use portal_wire::OrganizationId;
use proptest::{collection::vec, prelude::*};

use super::{cents, day, drafts::acme, month, period};

fn client(number: u8) -> OrganizationId {
    format!("00000000-0000-4000-8000-0000000000{number:02}").parse().unwrap()
}

fn bill(number: u8, window: Period) -> Bill {
    let mut draft = acme();
    draft.window = window;
    let (bill_to, reference) = (String::new(), String::new());
    Bill { organization: client(number), client: format!("Client {number}"), bill_to, reference, draft }
}

fn letterhead(name: &str) -> Letterhead {
    Letterhead { name: name.to_owned(), ..Letterhead::default() }
}

fn numbering() -> Numbering {
    Numbering::new("R", 1, 4).unwrap()
}

fn issued(page: &mut IssuedPage, number: u8, window: Period) -> String {
    page.issue(bill(number, window), &numbering(), 30, &letterhead("North"), day("2026-05-02"))
}

#[test]
fn an_invoice_keeps_its_number_lines_and_letterhead_whatever_changes_later() {
    let april = month("2026-04-01");
    let mut page = IssuedPage::default();
    assert_eq!(issued(&mut page, 1, april), "R0001");
    assert_eq!(issued(&mut page, 2, april), "R0002");
    let renamed = page.issue(bill(3, april), &numbering(), 0, &letterhead("South"), day("2026-05-03"));
    assert_eq!(renamed, "R0003");
    let read: IssuedPage = serde_json::from_str(&serde_json::to_string(&page).unwrap()).unwrap();
    assert_eq!(read, page);
    let register = Register::of([&read]);
    let (first, head) = register.with_letterheads(client(1), april).next().unwrap();
    assert_eq!((first.bill.draft.gross, first.due), (cents(60_918), day("2026-06-01")));
    assert_eq!(head.unwrap().name, "North");
    assert_eq!(register.with_letterheads(client(3), april).next().unwrap().1.unwrap().name, "South");
    assert_eq!(read.letterheads.len(), 2, "each once");
}

#[test]
fn what_is_billed_for_a_part_of_a_period_stands_for_it() {
    let mut page = IssuedPage::default();
    issued(&mut page, 1, month("2026-04-01"));
    let register = Register::of([&page]);
    let stands = |number, first, end| register.standing(client(number), period(first, end)).is_some();
    assert!(stands(1, "2026-04-01", "2026-05-01") && stands(1, "2026-01-01", "2026-07-01"));
    assert!(!stands(1, "2026-05-01", "2026-06-01") && !stands(2, "2026-04-01", "2026-05-01"));
}

#[test]
fn a_credit_note_cancels_to_the_cent_and_the_period_can_be_billed_again() {
    let april = month("2026-04-01");
    let mut page = IssuedPage::default();
    issued(&mut page, 1, april);
    let invoice = page.invoices[0].clone();
    let mut next = page.following();
    assert_eq!(next.credit(&invoice, &numbering(), &letterhead("North"), day("2026-06-01")), "R0002");
    let register = Register::of([&page, &next]);
    assert!(register.standing(client(1), april).is_none());
    assert_eq!(register.credit_for(&invoice).unwrap().written, "R0002");
    let all: Vec<_> = register.of_client(client(1), april).collect();
    assert_eq!(Amount::sum(all.iter().map(|one| one.bill.draft.gross)), Ok(Amount::ZERO));
    let line = &next.invoices[0].bill.draft.lines[0];
    assert_eq!((line.amount, line.price), (cents(-11_250), cents(-900)));
    assert_eq!(issued(&mut next, 1, april), "R0003");
}

#[test]
fn pages_follow_each_other_by_month_and_part() {
    let pages = ["prices", "issued-2026-04", "issued-2026-04-02", "issued-2026-03"];
    let on = |text: &str| IssuedPage::name_on(day(text), pages);
    assert_eq!((on("2026-04-30"), on("2026-05-01")), ("issued-2026-04-02".into(), "issued-2026-05".into()));
    assert_eq!(on("2026-02-01"), "issued-2026-04-02", "a clock that is behind goes on where others were");
    assert_eq!(IssuedPage::name_on(day("2026-02-01"), []), "issued-2026-02");
    assert_eq!(IssuedPage::next_part("issued-2026-04"), "issued-2026-04-02");
    assert_eq!(IssuedPage::next_part("issued-2026-04-09"), "issued-2026-04-10");
    assert_eq!(IssuedPage::name_before("issued-2026-04-02", pages).unwrap(), "issued-2026-04");
    assert_eq!(IssuedPage::name_before("issued-2026-03", pages), None);
    let since = IssuedPage::names_since(month("2026-04-01"), pages);
    assert_eq!(since, ["issued-2026-04", "issued-2026-04-02"]);
}

proptest! {
    #[test]
    fn numbers_have_no_gap_over_any_pages_and_prefixes(steps in vec((0u8..4, any::<bool>()), 1..40)) {
        let mut pages = vec![IssuedPage::default()];
        for (step, (number, turn)) in steps.iter().enumerate() {
            if *turn {
                pages.push(pages.last().unwrap().following());
            }
            let page = pages.last_mut().unwrap();
            let numbering = Numbering::new(if number % 2 == 0 { "A" } else { "B-" }, 7, 2).unwrap();
            match page.invoices.last().cloned() {
                Some(last) if step % 5 == 4 => drop(page.credit(&last, &numbering, &letterhead("North"), day("2026-05-02"))),
                _ => drop(page.issue(bill(*number, month("2026-04-01")), &numbering, 0, &letterhead("North"), day("2026-05-02"))),
            }
        }
        for prefix in ["A", "B-"] {
            let numbering = Numbering::new(prefix, 7, 2).unwrap();
            let written: Vec<&str> = pages.iter().flat_map(|page| &page.invoices).map(|one| one.written.as_str()).collect();
            prop_assert_eq!(numbering.faults(&numbering.numbers_of(written)), []);
        }
    }
}
