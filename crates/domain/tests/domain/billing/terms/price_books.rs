use portal_domain::billing::{
    Charged, ClientTerms, Fault, Numbering, PriceBook, PriceList, PriceListError, SeatCharge, Service,
    TermsError,
};
use portal_wire::OrganizationId;
use proptest::{collection::vec, prelude::*};

use super::super::{
    cents, day,
    drafts::{TEAMS, list, service},
};

/// The client of that number.
fn client(number: u128) -> OrganizationId {
    serde_json::from_value(serde_json::Value::String(format!("{number:032x}"))).unwrap()
}

fn terms(number: u128, services: &[Service]) -> ClientTerms {
    ClientTerms { organization: client(number), services: services.to_vec(), ..ClientTerms::default() }
}

fn at(price: i64, currency: &str, services: &[Service]) -> PriceList {
    list(currency, &[(TEAMS, SeatCharge::Price(cents(price)))], services, "19")
}

fn support(price: i64) -> Service {
    service("Support", price, Charged::Monthly)
}

fn book() -> PriceBook {
    let mut book = PriceBook::default();
    book.set_standard(at(500, "EUR", &[support(2_000)])).unwrap();
    book
}

#[test]
fn a_client_pays_by_the_list_for_everybody_and_has_its_services_on_top() {
    let mut book = book();
    let set_up = service("Set-up", 30_000, Charged::Once(day("2026-04-01")));
    book.set(terms(7, std::slice::from_ref(&set_up))).unwrap();
    assert_eq!(book.list_of(client(7)), Ok(at(500, "EUR", &[support(2_000), set_up])));
    assert_eq!(book.list_of(client(8)), Ok(at(500, "EUR", &[support(2_000)])));
}

#[test]
fn a_client_with_a_list_of_its_own_has_nothing_of_the_one_for_everybody() {
    let mut book = book();
    let own = ClientTerms { list: Some(at(450, "USD", &[])), ..terms(7, &[support(900)]) };
    book.set(own).unwrap();
    assert_eq!(book.list_of(client(7)), Ok(at(450, "USD", &[support(900)])));
}

#[test]
fn without_a_list_nothing_is_priced() {
    let mut book = PriceBook::default();
    assert_eq!(book.list_of(client(7)), Err(TermsError::NoList));
    assert_eq!(book.set(terms(7, &[support(1)])), Err(TermsError::NoList));
    assert_eq!(book, PriceBook::default(), "and nothing was changed");
    book.set(ClientTerms { reference: "PO 7".to_owned(), ..terms(7, &[]) }).unwrap();
    assert_eq!(book.terms_of(client(7)).map(|terms| terms.reference.as_str()), Some("PO 7"));
}

#[test]
fn a_client_for_whom_nothing_is_different_has_no_entry() {
    let mut book = book();
    book.set(ClientTerms { left_out: true, ..terms(7, &[]) }).unwrap();
    book.set(ClientTerms { bill_to: " \n ".to_owned(), ..terms(7, &[]) }).unwrap();
    assert_eq!(book.clients, []);
}

#[test]
fn the_currency_stays_while_services_are_priced_in_it() {
    let mut book = book();
    book.set(terms(7, &[support(900)])).unwrap();
    let before = book.clone();
    let refused = book.set_standard(at(500, "JPY", &[]));
    assert!(matches!(refused, Err(TermsError::CurrencyInUse { clients: 1, .. })), "{refused:?}");
    assert_eq!(book, before);
    book.set(terms(7, &[])).unwrap();
    book.set_standard(at(500, "JPY", &[])).unwrap();
}

#[test]
fn a_list_that_leaves_no_room_for_the_services_of_a_client_changes_nothing() {
    let mut book = book();
    book.set(terms(7, &[support(900)])).unwrap();
    let before = book.clone();
    let many = vec![support(1); PriceList::MOST_SERVICES];
    assert_eq!(book.set_standard(at(500, "EUR", &many)), Err(PriceListError::TooManyServices.into()));
    assert_eq!(book, before);
}

#[test]
fn a_service_that_ends_before_it_begins_is_refused() {
    let wrong = Service { from: Some(day("2026-04-02")), end: Some(day("2026-04-02")), ..support(1) };
    let refused = book().set(terms(7, &[wrong]));
    assert_eq!(refused, Err(PriceListError::EndsBefore("Support".to_owned()).into()));
}

#[test]
fn a_book_is_checked_again_when_it_is_read() {
    let mut kept = book();
    for number in [9, 3, 5] {
        kept.set(terms(number, &[support(900)])).unwrap();
    }
    assert!(kept.clients.is_sorted_by_key(|terms| terms.organization));
    let json = serde_json::to_value(&kept).unwrap();
    let read = |json: serde_json::Value| serde_json::from_value::<PriceBook>(json);
    assert_eq!(read(json.clone()).unwrap(), kept);
    let with = |change: fn(&mut serde_json::Value)| {
        let mut json = json.clone();
        change(&mut json);
        read(json)
    };
    assert_eq!(with(|json| json["clients"].as_array_mut().unwrap().reverse()).unwrap(), kept, "in any order");
    assert_eq!(with(|json| json["later"] = 1.into()).unwrap(), kept, "with what a later version added");
    assert!(with(|json| json["clients"][1] = json["clients"][0].clone()).is_err(), "a client twice");
    assert!(with(|json| json["dueDays"] = 366.into()).is_err());
    assert!(with(|json| json["standard"] = serde_json::Value::Null).is_err(), "services without a currency");
    assert!(with(|json| json["clients"][0]["reference"] = "a\nb".into()).is_err());
    assert_eq!(read(serde_json::json!({})).unwrap(), PriceBook::default());
}

#[test]
fn numbers_that_were_given_forbid_what_would_leave_a_gap_or_give_one_twice() {
    let given: Vec<String> = (1..=41).map(|number| numbering("2026-", 1).written(number)).collect();
    let follows = |numbering: Numbering| numbering.follows(given.iter().map(String::as_str));
    assert_eq!(follows(numbering("2026-", 1)), Ok(()));
    assert_eq!(follows(Numbering::new("2026-", 1, 6).unwrap()), Ok(()), "more zeros are the same numbers");
    assert_eq!(follows(numbering("2027-", 100)), Ok(()), "a new year begins anew");
    assert_eq!(follows(numbering("2026-", 2)), Err(Fault::TooLow(1)));
    assert_eq!(follows(numbering("2026-", 0)), Err(Fault::Missing(0, 0)));
    let plain: Vec<String> =
        (9..=12).map(|number| Numbering::new("1", 9, 0).unwrap().written(number)).collect();
    let anew = Numbering::new("", 1, 0).unwrap();
    assert!(
        anew.follows(plain.iter().map(String::as_str)).is_err(),
        "19 and 110 are numbers without the 1, too"
    );
}

fn numbering(prefix: &str, first: u64) -> Numbering {
    Numbering::new(prefix, first, 4).unwrap()
}

proptest! {
    #[test]
    fn the_order_in_which_terms_are_set_does_not_matter(numbers in vec(0_u128..30, 0..30), turn: proptest::sample::Index) {
        let set = |numbers: &[u128]| {
            let mut book = book();
            for number in numbers {
                book.set(terms(*number, &[support(i64::try_from(*number).unwrap())])).unwrap();
            }
            book
        };
        let mut turned = numbers.clone();
        if !numbers.is_empty() {
            turned.rotate_left(turn.index(numbers.len()));
        }
        let book = set(&numbers);
        prop_assert_eq!(&set(&turned), &book);
        for number in 0..30 {
            let services = book.list_of(client(number)).unwrap().services().len();
            prop_assert_eq!(services, 1 + usize::from(numbers.contains(&number)));
        }
    }
}
