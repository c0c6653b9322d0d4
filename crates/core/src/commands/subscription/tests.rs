use portal_bridge::{
    Amount, BillingAddress, BooksOf, Cadence, Day, DownloadInvoice, Fault, Field, GetBillingAddress,
    GetDiscounts, GetInvoiceLines, GetProvider, GetProviderInvoices, GetSubscription, Overdue, Problem,
    ProblemKind, Rate, SaveBillingAddress, SaveTiers, SeatCost, SetIdleLock, SubscriptionView, TierText,
};
use serde_json::{Value, json};

use crate::{
    scripted::{Mishap, PROVIDER, Scripted, provider, signed_in},
    simulated::World,
};

fn call(rest: &str) -> String {
    format!("GET /api/providers/{PROVIDER}/billing/{rest}")
}

fn portal(rest: &str) -> String {
    format!("GET /api/portal/providers/{PROVIDER}/billing{rest}")
}

fn amount(minor: i64) -> Amount {
    Amount::new(minor).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A subscription as the contract has it, with pools by plan, minimum, purchased and assigned seats and cost.
fn subscription(pools: &[(&str, i32, [i32; 3], Value)], more: Value) -> Value {
    let plans: Vec<Value> = pools
        .iter()
        .map(|(name, kind, [minimum, purchased, assigned], cost)| {
            json!({ "planName": name, "type": kind, "productTier": 3, "seatMinimum": minimum, "purchasedSeats": purchased,
                "assignedSeats": assigned, "cost": cost, "cadence": if name.contains("Annual") { "Annual" } else { "Monthly" } })
        })
        .collect();
    let mut told = json!({ "status": "active", "currentPeriodEndDate": "2031-05-01T00:00:00Z", "discountPercentage": null,
        "collectionMethod": "send_invoice", "plans": plans, "accountCredit": 0.0, "taxInformation": null, "cancelAt": null,
        "suspension": null, "providerType": 0, "paymentSource": null });
    told.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    told
}

const ENTERPRISE: &str = "Enterprise (Monthly)";

fn asked(world: &mut World) -> SubscriptionView {
    *world.ask(GetSubscription(provider())).unwrap()
}

fn kind<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemKind {
    result.expect_err("a problem").kind.clone()
}

#[test]
fn what_the_contract_alone_tells_is_read_to_the_cent_and_added_up() {
    let server = Scripted::new();
    {
        let mut server = server.borrow_mut();
        server.add_client("Acme", 20, 17);
        server.add_client("Beta", 10, 12);
        // 0.1 + 0.2 in dollars would not be 0.3.
        let told = subscription(
            &[
                (ENTERPRISE, 19, [20, 10, 30], json!(180.1)),
                ("Teams (Monthly)", 17, [50, 0, 0], json!(200.2)),
            ],
            json!({ "discountPercentage": 7.5, "accountCredit": 12.34, "status": "marvellous" }),
        );
        server.pages.insert(call("subscription"), told);
    }
    let mut world = signed_in(&server);
    let view = asked(&mut world);
    assert_eq!(
        (view.status.as_str(), view.by_invoice, view.period_end),
        ("marvellous", true, Some(day("2031-05-01")))
    );
    let pool = &view.pools[0];
    assert_eq!(
        (pool.used, pool.idle, pool.unassigned, pool.cost),
        (Some(29), Some(3), 0, Some(amount(18_010)))
    );
    assert_eq!((view.pools[1].used, view.pools[1].unassigned), (Some(0), 50));
    assert_eq!((view.total.minimum, view.total.used, view.total.cost), (70, Some(29), Some(amount(38_030))));
    assert_eq!(view.over, Some(1), "Beta has more members than seats");
    // 7.5 % of 380.30 is 28.5225, rounded once.
    let costs = [SeatCost { cadence: Cadence::Monthly, full: amount(38_030), reduced: amount(35_178) }];
    assert_eq!((view.costs.as_slice(), view.discount), (&costs[..], Some(Rate::parse("7.5").unwrap())));
    let bills = view.bills.expect("a Provider Admin sees bills");
    assert_eq!((bills.credit, bills.tiers), (Some(amount(1_234)), None));
    let next = bills.next.expect("one charge");
    assert_eq!(
        (next.on, next.charge, next.total, next.credit_used, next.to_pay),
        (day("2031-05-01"), None, amount(35_178), amount(1_234), amount(33_944))
    );
}

#[test]
fn a_service_user_sees_the_subscription_and_none_of_the_bills() {
    let server = Scripted::new();
    {
        let mut server = server.borrow_mut();
        server.provider_role = 1;
        let told = subscription(&[(ENTERPRISE, 19, [20, 0, 5], json!(120))], json!({ "accountCredit": 3.5 }));
        server.pages.insert(call("subscription"), told);
        server.pages.insert(portal(""), json!({}));
    }
    let mut world = signed_in(&server);
    let view = asked(&mut world);
    assert_eq!((view.pools[0].assigned, view.bills), (5, None));
    for problem in [
        kind(world.ask(GetProviderInvoices(provider()))),
        kind(world.ask(GetBillingAddress(provider()))),
        kind(world.ask(GetInvoiceLines { provider: provider(), invoice: "in_1".into() })),
        kind(world.ask(DownloadInvoice { provider: provider(), invoice: "in_1".into(), number: "1".into() })),
        kind(world.ask(SaveBillingAddress { provider: provider(), address: BillingAddress::default() })),
    ] {
        assert_eq!(problem, ProblemKind::NotAllowed);
    }
    let server = server.borrow();
    let billing: Vec<&str> = server.calls().filter(|call| call.contains("/billing")).collect();
    assert_eq!(billing, [call("subscription")], "nothing else is even asked for");
}

#[test]
fn the_embedded_server_tells_the_next_charge_and_what_the_next_tier_would_mean() {
    let server = Scripted::new();
    let (pooled, alone) = {
        let mut server = server.borrow_mut();
        let pooled = server.add_client("Acme", 499, 400);
        let alone = server.add_client("Beta", 5, 5);
        let told = subscription(&[(ENTERPRISE, 19, [0, 494, 494], json!(1976))], json!({}));
        server.pages.insert(call("subscription"), told);
        server.pages.insert(
            call("vnext/warnings"),
            json!({ "suspension": null, "taxId": { "type": "tax_id_missing" } }),
        );
        let line = json!({ "organizationId": alone, "type": 19, "part": "seats",
            "period": { "first": "2031-04-01", "end": "2031-05-01" }, "seatDays": 150, "price": 400, "amount": 2000 });
        server.pages.insert(
            portal(""),
            json!({ "object": "providerBilling", "currency": "USD", "prices": [{ "type": 19, "price": 400 }],
                "tiers": [{ "fromSeats": 500, "discount": 100_000 }], "cumulativeSeats": 499, "credit": 999_999,
                "alone": [{ "organizationId": alone, "type": 19, "seats": 5 }],
                "upcoming": { "window": { "first": "2031-04-01", "end": "2031-05-01" }, "lines": [line], "subtotal": 199_600,
                    "discount": 0, "takenOff": 0, "total": 199_600 } }),
        );
        (pooled, alone)
    };
    let mut world = signed_in(&server);
    let view = asked(&mut world);
    assert_eq!(view.pools[0].used, Some(400), "what is billed by itself is in no pool");
    assert_eq!(
        (view.alone[0].organization, view.alone[0].name.as_str(), view.alone[0].used),
        (alone, "Beta", Some(5))
    );
    assert_ne!(pooled, alone);
    assert_eq!(view.costs[0].full, amount(199_600));
    let bills = view.bills.unwrap();
    assert_eq!(bills.tax_id.as_deref(), Some("tax_id_missing"));
    let next = bills.next.unwrap();
    assert_eq!((next.total, next.credit_used, next.to_pay), (amount(199_600), amount(199_600), Amount::ZERO));
    let charge = next.charge.unwrap();
    assert_eq!(
        (charge.lines[0].plan.as_str(), charge.lines[0].client.clone()),
        (ENTERPRISE, Some((alone, "Beta".into())))
    );
    let tiers = bills.tiers.unwrap();
    let next = tiers.next.unwrap();
    assert_eq!((tiers.seats, next.from_seats, next.missing), (499, 500, 1));
    let worth = next.worth.unwrap();
    // docs/billing.md: 499 seats cost 1,996.00; of those a tenth less is 1,796.40, and one more costs 3.60.
    assert_eq!((worth.now, worth.then, worth.missing_cost), (amount(199_600), amount(179_640), amount(360)));
}

#[test]
fn where_the_server_tells_no_tiers_those_that_were_entered_say_what_the_next_one_means() {
    let server = Scripted::new();
    let told = subscription(&[(ENTERPRISE, 19, [0, 499, 499], json!(1996))], json!({}));
    server.borrow_mut().pages.insert(call("subscription"), told);
    let mut world = signed_in(&server);
    let rows = vec![TierText { from_seats: "500".into(), discount: "10".into() }];
    let of = BooksOf::Provider(provider());
    let before = world.ask(GetDiscounts(of)).unwrap().mark;
    world.ask(SaveTiers { of, before, rows }).unwrap();
    let tiers = asked(&mut world).bills.unwrap().tiers.unwrap();
    let next = tiers.next.unwrap();
    assert_eq!((tiers.seats, next.missing), (499, 1));
    let worth = next.worth.unwrap();
    assert_eq!((worth.now, worth.then, worth.missing_cost), (amount(199_600), amount(179_640), amount(360)));
}

#[test]
fn periods_of_different_length_are_not_added_up_to_one_charge() {
    let server = Scripted::new();
    let told = subscription(
        &[(ENTERPRISE, 19, [1, 0, 1], json!(6)), ("Enterprise (Annually)", 20, [1, 0, 1], json!(72))],
        json!({}),
    );
    server.borrow_mut().pages.insert(call("subscription"), told);
    let mut world = signed_in(&server);
    let view = asked(&mut world);
    let full: Vec<_> = view.costs.iter().map(|cost| (cost.cadence, cost.full)).collect();
    assert_eq!(full, [(Cadence::Monthly, amount(600)), (Cadence::Annual, amount(7_200))]);
    assert_eq!((view.total.cost, view.bills.unwrap().next), (None, None));
}

#[test]
fn a_price_that_cannot_be_read_is_not_told_instead_of_guessed() {
    let server = Scripted::new();
    let told = subscription(
        &[(ENTERPRISE, 19, [1, 0, 1], json!("six")), ("Teams (Monthly)", 17, [1, 0, 0], Value::Null)],
        json!({ "discountPercentage": null, "accountCredit": "much" }),
    );
    server.borrow_mut().pages.insert(call("subscription"), told);
    let mut world = signed_in(&server);
    let view = asked(&mut world);
    assert_eq!((view.pools[0].cost, view.costs.len(), view.pools[0].assigned), (None, 0, 1));
    let bills = view.bills.unwrap();
    assert_eq!((bills.credit, bills.next), (None, None));
}

#[test]
fn what_is_overdue_is_told_by_the_frame_of_every_page_and_asked_for_once() {
    let server = Scripted::new();
    let told = subscription(
        &[],
        json!({ "status": "past_due", "suspension": { "suspensionDate": "2031-06-30T00:00:00Z",
            "unpaidPeriodEndDate": "2031-05-01T00:00:00Z", "gracePeriod": 30 } }),
    );
    server.borrow_mut().pages.insert(call("subscription"), told);
    let mut world = signed_in(&server);
    let _ = world.ask(GetProvider(provider())).unwrap();
    world.pass(1_000);
    let overdue = Overdue { suspended_on: Some(day("2031-06-30")), unpaid_until: Some(day("2031-05-01")) };
    assert_eq!(world.ask(GetProvider(provider())).unwrap().overdue, Some(overdue));
    assert_eq!(server.borrow().count(&call("subscription")), 1);
    // It changes by the day, and a core may live on for days.
    server.borrow_mut().pages.insert(call("subscription"), subscription(&[], json!({})));
    world.ask(SetIdleLock { minutes: None }).unwrap();
    world.sleep_machine(3_600_000);
    let _ = world.ask(GetProvider(provider())).unwrap();
    world.pass(1_000);
    assert_eq!(world.ask(GetProvider(provider())).unwrap().overdue, None);
    assert_eq!(server.borrow().count(&call("subscription")), 2);
}

#[test]
fn invoices_come_with_their_exact_totals_and_links_that_are_pages() {
    let server = Scripted::new();
    server.borrow_mut().pages.insert(
        call("invoices"),
        json!({ "invoices": [
            { "id": "in_2", "date": "2031-05-01T08:00:00Z", "number": "INV-000002", "total": 1996.1, "status": "open",
                "dueDate": "1969-12-31T00:00:00Z", "url": "https://pay.example/2" },
            { "id": "in_1", "date": "2031-04-01T08:00:00Z", "number": null, "total": -54.44, "status": "paid", "dueDate": null,
                "url": "javascript:alert(1)" },
            { "id": "in_0", "date": "2031-03-01T08:00:00Z", "number": "", "total": null, "status": null },
        ] }),
    );
    let mut world = signed_in(&server);
    let told = world.ask(GetProviderInvoices(provider())).unwrap();
    let total = |row: usize| told[row].total.map(|money| money.amount.minor());
    assert_eq!([total(0), total(1), total(2)], [Some(199_610), Some(-5_444), None]);
    assert_eq!([told[0].overdue, told[1].overdue], [true, false]);
    assert_eq!([told[0].link.as_deref(), told[1].link.as_deref()], [Some("https://pay.example/2"), None]);
    assert_eq!(
        [told[1].number.as_str(), told[2].number.as_str(), told[2].status.as_str()],
        ["in_1", "in_0", ""]
    );
}

#[test]
fn the_table_of_an_invoice_is_saved_byte_for_byte() {
    let server = Scripted::new();
    let table = "Client,Id,Assigned,Used,Remaining,Plan,Estimated total\r\n\"Müller, Söhne\",1,2,1,1,Teams,\"$1,234.00\"\n";
    let path = call("invoices/in_1%2Fx");
    server.borrow_mut().upset(&path, Mishap::Instead(200, table.to_owned()));
    let mut world = signed_in(&server);
    let ask = DownloadInvoice { provider: provider(), invoice: "in_1/x".into(), number: "INV/0001".into() };
    let file = world.ask(ask).unwrap();
    assert_eq!((file.name.as_str(), file.text.as_str()), ("INV-0001.csv", table));
}

#[test]
fn another_invoice_than_the_one_asked_for_is_refused() {
    let server = Scripted::new();
    let whole = json!({ "id": "in_other", "number": "2", "currency": "USD", "paidDate": null, "creditUsed": 0,
        "window": { "first": "2031-04-01", "end": "2031-05-01" }, "lines": [], "subtotal": 0, "discount": 0, "takenOff": 0, "total": 0 });
    server.borrow_mut().pages.insert(portal("/invoices/in_1"), whole);
    let mut world = signed_in(&server);
    let ask = || GetInvoiceLines { provider: provider(), invoice: "in_1".into() };
    assert_eq!(kind(world.ask(ask())), ProblemKind::Mismatch);
    server.borrow_mut().pages.clear();
    assert_eq!(kind(world.ask(ask())), ProblemKind::NotFound, "other servers have no lines to tell");
}

#[test]
fn an_address_is_checked_before_it_is_sent_and_its_country_says_the_kind_of_tax_id() {
    let server = Scripted::new();
    let put = format!("PUT /api/providers/{PROVIDER}/billing/vnext/address");
    server.borrow_mut().pages.insert(put.clone(), json!({}));
    let mut world = signed_in(&server);
    let mut save = |address| world.ask(SaveBillingAddress { provider: provider(), address });
    let ProblemKind::Invalid(faults) =
        kind(save(BillingAddress { country: "D".into(), ..Default::default() }))
    else {
        panic!("it is refused")
    };
    let faults: Vec<_> = faults.into_iter().map(|fault| (fault.field, fault.fault)).collect();
    assert_eq!(faults, [(Field::Country, Fault::Malformed), (Field::PostalCode, Fault::Missing)]);
    let abroad = BillingAddress {
        country: "US".into(),
        postal_code: "10001".into(),
        tax_id: "12".into(),
        ..Default::default()
    };
    let ProblemKind::Invalid(faults) = kind(save(abroad.clone())) else { panic!("it is refused") };
    assert_eq!(faults[0].field, Field::TaxIdKind);
    let long = BillingAddress { city: "x".repeat(201), ..abroad };
    assert!(matches!(kind(save(long)), ProblemKind::Invalid(_)));
    assert_eq!(server.borrow().count(&put), 0);

    let address = BillingAddress {
        country: " de ".into(),
        postal_code: "10115".into(),
        tax_id: "DE123".into(),
        ..Default::default()
    };
    save(address).unwrap();
    let sent = server.borrow().body(&put);
    assert_eq!(sent["taxId"], json!({ "code": "eu_vat", "value": "DE123" }));
    assert_eq!((&sent["country"], &sent["line1"]), (&json!("DE"), &Value::Null));
    server.borrow_mut().pages.insert(call("vnext/address"), sent);
    let shown = world.ask(GetBillingAddress(provider())).unwrap().unwrap();
    assert_eq!((shown.tax_id.as_str(), shown.tax_id_kind.as_str()), ("DE123", ""), "the country says it");
}
