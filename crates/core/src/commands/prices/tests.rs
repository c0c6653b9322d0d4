mod discounts;

use portal_bridge::{
    BillingFault, BooksOf, ChargeHow, CheckLogo, DiscountsView, Fault, GetClientTerms, GetDiscounts,
    GetLetterhead, GetPriceBook, GetTermsClients, ImportBooks, LetterheadText, LogoChange, NumbersText,
    OrganizationId, PriceListText, Problem, ProblemKind, SaveClientTerms, SaveLetterhead, SaveNumbers,
    SavePriceList, SaveSeatCosts, SaveTiers, ServiceOften, ServiceText, TermsQuery, TermsRow, TierText,
    Window,
};
use serde_json::json;

use crate::{
    scripted::{Scripted, provider, signed_in},
    simulated::World,
};

fn of() -> BooksOf {
    BooksOf::Provider(provider())
}

fn tiers(rows: &[(&str, &str)]) -> Vec<TierText> {
    let row = |(from, discount): &(&str, &str)| TierText {
        from_seats: (*from).to_owned(),
        discount: (*discount).to_owned(),
    };
    rows.iter().map(row).collect()
}

fn discounts(world: &mut World) -> DiscountsView {
    *world.ask(GetDiscounts(of())).unwrap()
}

fn save_tiers(world: &mut World, rows: &[(&str, &str)]) -> Result<String, Problem> {
    let before = discounts(world).mark;
    world.ask(SaveTiers { of: of(), before, rows: tiers(rows) })
}

fn save_costs(world: &mut World, currency: &str, plan: usize, price: &str) -> Result<String, Problem> {
    let costs = discounts(world).costs;
    let mut plans = costs.plans;
    plans[plan].text = price.to_owned();
    world.ask(SaveSeatCosts { of: of(), before: costs.mark, currency: currency.to_owned(), plans })
}

/// The keys of the fields that were refused, with their faults.
fn faults<T: std::fmt::Debug>(refused: Result<T, Problem>) -> Vec<(String, Fault)> {
    match &refused.unwrap_err().kind {
        ProblemKind::Invalid(faults) => {
            faults.iter().map(|fault| (fault.part.clone().unwrap(), fault.fault.clone())).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn billing(key: &str, fault: BillingFault) -> (String, Fault) {
    (key.to_owned(), Fault::Billing(fault))
}

fn service(name: &str, price: &str) -> ServiceText {
    ServiceText { name: name.to_owned(), price: price.to_owned(), ..ServiceText::default() }
}

/// What a form would send that everything was typed into.
fn a_list(world: &mut World) -> PriceListText {
    let mut list = world.ask(GetPriceBook(of())).unwrap().list;
    list.currency = "eur".to_owned();
    list.tax = "19".to_owned();
    list.seats[0].plan.text = "5,50".to_owned();
    list.seats[2].how = ChargeHow::MarkUp;
    list.seats[2].plan.text = "12.5".to_owned();
    list.services = vec![service("Support", "20")];
    list
}

fn save_list(world: &mut World, list: PriceListText) -> Result<String, Problem> {
    let before = world.ask(GetPriceBook(of())).unwrap().list_mark;
    world.ask(SavePriceList { of: of(), before, list })
}

fn rows(world: &mut World, search: &str, different: bool) -> Vec<TermsRow> {
    let query = TermsQuery { of: of(), search: search.to_owned(), different };
    world.ask(GetTermsClients { query, window: Window { from: 0, count: 50 } }).unwrap().rows.rows
}

#[test]
fn whoever_saves_over_what_somebody_else_has_saved_is_told_and_changes_nothing() {
    let mut world = signed_in(&Scripted::new());
    let mark = discounts(&mut world).mark;
    let save = |world: &mut World, before: &str, rate: &str| {
        world.ask(SaveTiers { of: of(), before: before.to_owned(), rows: tiers(&[("500", rate)]) })
    };
    let saved = save(&mut world, &mark, "10").unwrap();
    assert_eq!(save(&mut world, &mark, "20").unwrap_err().kind, ProblemKind::ChangedMeanwhile);
    assert_eq!(discounts(&mut world).form, tiers(&[("500", "10")]));
    // The same form goes on with the mark it was answered.
    save(&mut world, &saved, "12.5").unwrap();
    // What a seat costs is another part, which nobody has touched.
    save_costs(&mut world, "USD", 0, "4.00").unwrap();
}

#[test]
fn prices_are_read_as_they_are_typed_and_refused_where_they_stand() {
    let mut world = signed_in(&Scripted::new());
    for (text, fault) in [
        ("-1", BillingFault::Negative),
        ("1.005", BillingFault::Decimals { allowed: 2 }),
        ("1,234.50", BillingFault::Thousands),
        ("1000000000", BillingFault::TooMuch),
        ("five", BillingFault::NotANumber),
    ] {
        let mut list = a_list(&mut world);
        list.seats[0].plan.text = text.to_owned();
        list.services[0].price = text.to_owned();
        let refused = faults(save_list(&mut world, list));
        assert_eq!(refused, [billing("seat-0", fault), billing("service-0-price", fault)], "{text}");
    }
    let mut list = a_list(&mut world);
    (list.currency, list.tax) = ("Euro".to_owned(), "119".to_owned());
    let refused = faults(save_list(&mut world, list));
    assert_eq!(
        refused,
        [billing("currency", BillingFault::NotACurrency), billing("tax", BillingFault::NotAShare)]
    );
    assert!(!world.ask(GetPriceBook(of())).unwrap().has_list);
}

#[test]
fn a_price_list_comes_back_as_it_was_saved() {
    let mut world = signed_in(&Scripted::new());
    let mut list = a_list(&mut world);
    let once =
        ServiceText { often: ServiceOften::Once, day: "2026-04-01".into(), ..service("Set-up", "300") };
    let until =
        ServiceText { from: "2026-05-01".into(), until: "2026-05-01".into(), ..service("Training", "0.5") };
    list.services.extend([once, until]);
    save_list(&mut world, list.clone()).unwrap();
    let view = world.ask(GetPriceBook(of())).unwrap();
    assert!(view.has_list);
    list.currency = "EUR".to_owned();
    list.seats[0].plan.text = "5.50".to_owned();
    for (service, price) in list.services.iter_mut().zip(["20.00", "300.00", "0.50"]) {
        service.price = price.to_owned();
    }
    assert_eq!(view.list, list);
}

#[test]
fn days_of_a_service_are_held_to_each_other() {
    let mut world = signed_in(&Scripted::new());
    let mut list = a_list(&mut world);
    list.services = vec![
        ServiceText { from: "2026-05-02".into(), until: "2026-05-01".into(), ..service("A", "1") },
        ServiceText { often: ServiceOften::Once, ..service("B", "1") },
        ServiceText { from: "2026-02-30".into(), ..service("", "1") },
    ];
    assert_eq!(
        faults(save_list(&mut world, list)),
        [
            billing("service-0-until", BillingFault::EndsBefore),
            ("service-1-day".to_owned(), Fault::Missing),
            ("service-2-name".to_owned(), Fault::Missing),
            billing("service-2-from", BillingFault::NotADay),
        ]
    );
}

#[test]
fn a_client_has_services_on_top_and_is_found_by_its_name() {
    let server = Scripted::new();
    let harbour = server.borrow_mut().add_client("Harbour Ltd", 5, 3);
    server.borrow_mut().add_client("Bäckerei Öz", 5, 3);
    let mut world = signed_in(&server);
    let list = a_list(&mut world);
    save_list(&mut world, list).unwrap();
    let before = world.ask(GetClientTerms { of: of(), organization: harbour }).unwrap();
    assert_eq!((before.name.as_str(), before.currency.as_deref()), ("Harbour Ltd", Some("EUR")));
    assert_eq!(before.terms.list.services, [], "those for everybody are not the client's own");
    let mut terms = before.terms.clone();
    terms.list.services = vec![service("Backup", "9.90")];
    terms.reference = " PO 7 ".to_owned();
    let save =
        |terms| SaveClientTerms { of: of(), organization: harbour, before: before.mark.clone(), terms };
    world.ask(save(terms.clone())).unwrap();
    assert_eq!(world.ask(save(terms)).unwrap_err().kind, ProblemKind::ChangedMeanwhile);
    let names = |rows: &[TermsRow]| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&rows(&mut world, "", false)), ["Bäckerei Öz", "Harbour Ltd"]);
    assert_eq!(names(&rows(&mut world, "backerei", false)), ["Bäckerei Öz"]);
    let different = rows(&mut world, "", true);
    assert_eq!((different[0].services, different[0].reference.as_str()), (1, "PO 7"));
    assert_eq!(names(&different), ["Harbour Ltd"]);
    let stranger = GetClientTerms { of: of(), organization: OrganizationId::default() };
    assert_eq!(world.ask(stranger).unwrap_err().kind, ProblemKind::NotFound);
}

#[test]
fn a_service_of_a_client_needs_a_list_to_be_priced_in() {
    let server = Scripted::new();
    let harbour = server.borrow_mut().add_client("Harbour Ltd", 5, 3);
    let mut world = signed_in(&server);
    let before = world.ask(GetClientTerms { of: of(), organization: harbour }).unwrap();
    let mut terms = before.terms.clone();
    terms.list.services = vec![service("Backup", "9.90")];
    let save = SaveClientTerms {
        of: of(),
        organization: harbour,
        before: before.mark.clone(),
        terms: terms.clone(),
    };
    assert_eq!(faults(world.ask(save)), [billing("services", BillingFault::NoList)]);
    terms.own_list = true;
    terms.list.currency = "JPY".to_owned();
    let save = SaveClientTerms { of: of(), organization: harbour, before: before.mark, terms: terms.clone() };
    assert_eq!(faults(world.ask(save)), [billing("service-0-price", BillingFault::Decimals { allowed: 0 })]);
}

#[test]
fn the_currency_stays_while_a_client_has_services_priced_in_it() {
    let server = Scripted::new();
    let harbour = server.borrow_mut().add_client("Harbour Ltd", 5, 3);
    let mut world = signed_in(&server);
    let mut list = a_list(&mut world);
    save_list(&mut world, list.clone()).unwrap();
    let before = world.ask(GetClientTerms { of: of(), organization: harbour }).unwrap();
    let mut terms = before.terms;
    terms.list.services = vec![service("Backup", "9.90")];
    world.ask(SaveClientTerms { of: of(), organization: harbour, before: before.mark, terms }).unwrap();
    list.currency = "USD".to_owned();
    let refused = faults(save_list(&mut world, list));
    assert_eq!(refused, [billing("currency", BillingFault::CurrencyInUse { clients: 1 })]);
}

#[test]
fn numbers_that_were_given_are_not_given_again_and_leave_no_gap() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let numbers = |prefix: &str, first: &str, digits: &str, due: &str| NumbersText {
        prefix: prefix.into(),
        first: first.into(),
        digits: digits.into(),
        due_days: due.into(),
    };
    let save = |world: &mut World, numbers: NumbersText| {
        let before = world.ask(GetPriceBook(of())).unwrap().numbers_mark;
        world.ask(SaveNumbers { of: of(), before, numbers })
    };
    save(&mut world, numbers("2026-", "1", "4", "14")).unwrap();
    let issued = json!({"invoices": [{"number": "2026-0001"}, {"number": "2026-0002"}]});
    let file = json!({"object": "portalBooks", "format": 1, "pages": {"issued-2026-04": issued}});
    world.ask(ImportBooks { of: of(), text: file.to_string() }).unwrap();
    let view = world.ask(GetPriceBook(of())).unwrap();
    assert_eq!((view.next_number.as_str(), view.given), ("2026-0003", 2));
    let refused = faults(save(&mut world, numbers("2026-", "10", "4", "14")));
    assert_eq!(refused, [billing("first", BillingFault::NumbersGiven)]);
    save(&mut world, numbers("2026-", "1", "4", "30")).unwrap();
    save(&mut world, numbers("2027-", "1", "4", "30")).unwrap();
    assert_eq!(world.ask(GetPriceBook(of())).unwrap().next_number, "2027-0001");
    let refused = faults(save(&mut world, numbers("=", "one", "13", "400")));
    assert_eq!(
        refused,
        [
            billing("first", BillingFault::NotANumber),
            ("digits".to_owned(), Fault::TooLarge { limit: 12 }),
            ("due".to_owned(), Fault::TooLarge { limit: 365 }),
            billing("prefix", BillingFault::NotAPrefix),
        ]
    );
}

#[test]
fn a_letterhead_keeps_its_logo_until_it_is_told_otherwise() {
    let mut world = signed_in(&Scripted::new());
    let picture =
        [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x04".as_slice(), b"\0\0\0\0IEND\xae\x42\x60\x82"]
            .concat();
    let text = |name: &str, colour: &str| LetterheadText {
        name: name.into(),
        colour: colour.into(),
        ..LetterheadText::default()
    };
    let save = |world: &mut World, text, logo| {
        let before = world.ask(GetLetterhead(of())).unwrap().mark;
        world.ask(SaveLetterhead { of: of(), before, text, logo })
    };
    save(&mut world, text("Nordlicht", "#1A5FB4"), LogoChange::Replace(picture.clone())).unwrap();
    save(&mut world, text("Nordlicht IT", ""), LogoChange::Keep).unwrap();
    let kept = world.ask(GetLetterhead(of())).unwrap();
    let logo = kept.logo.unwrap();
    assert_eq!((kept.text.name.as_str(), logo.width, logo.height), ("Nordlicht IT", 8, 4));
    assert!(logo.address.starts_with("data:image/png;base64,iVBORw0KGgo"), "{}", logo.address);
    let pale =
        faults(save(&mut world, text("Nordlicht", "#777777"), LogoChange::Replace(b"GIF89a".to_vec())));
    let darker = [0x76, 0x76, 0x76];
    assert_eq!(
        pale,
        [
            billing("logo", BillingFault::NotAPicture),
            billing("colour", BillingFault::TooPale { contrast: 447, darker }),
        ]
    );
    save(&mut world, text("Nordlicht", ""), LogoChange::Remove).unwrap();
    assert_eq!(world.ask(GetLetterhead(of())).unwrap().logo, None);
    let large = faults(world.ask(CheckLogo(vec![0; 100_001])));
    assert_eq!(large, [billing("logo", BillingFault::LargePicture { limit: 100 })]);
}

#[test]
fn nobody_but_who_bills_sees_or_sets_any_of_it() {
    let refused = |world: &mut World, of: BooksOf| {
        let denied = |problem: Option<Problem>| {
            assert_eq!(problem.map(|problem| problem.kind.clone()), Some(ProblemKind::NotAllowed));
        };
        let (query, window) =
            (TermsQuery { of, search: String::new(), different: false }, Window { from: 0, count: 9 });
        let before = String::new;
        let organization = OrganizationId::default();
        denied(world.ask(GetDiscounts(of)).err());
        denied(world.ask(GetPriceBook(of)).err());
        denied(world.ask(GetLetterhead(of)).err());
        denied(world.ask(GetTermsClients { query, window }).err());
        denied(world.ask(GetClientTerms { of, organization }).err());
        denied(world.ask(SaveTiers { of, before: before(), rows: Vec::new() }).err());
        denied(
            world.ask(SaveSeatCosts { of, before: before(), currency: before(), plans: Vec::new() }).err(),
        );
        denied(world.ask(SavePriceList { of, before: before(), list: PriceListText::default() }).err());
        denied(world.ask(SaveNumbers { of, before: before(), numbers: NumbersText::default() }).err());
        let terms = Default::default();
        denied(world.ask(SaveClientTerms { of, organization, before: before(), terms }).err());
        let (text, logo) = (LetterheadText::default(), LogoChange::Keep);
        denied(world.ask(SaveLetterhead { of, before: before(), text, logo }).err());
    };
    // A Service User; and who has no client that nobody else bills.
    let server = Scripted::new();
    server.borrow_mut().provider_role = 1;
    let mut world = signed_in(&server);
    refused(&mut world, of());
    refused(&mut world, BooksOf::Own);
    assert_eq!(
        world.store().keys().filter(|name| name.starts_with("books")).count(),
        0,
        "and nothing was kept"
    );
}
