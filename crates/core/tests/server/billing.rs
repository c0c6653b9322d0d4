use portal_bridge::{
    BillingAddress, ConfirmStaff, DownloadInvoice, GetBillingAddress, GetInvoiceLines, GetProviderInvoices,
    GetStaffFingerprints, GetSubscription, ProblemKind, SaveBillingAddress, StaffRole,
};
use portal_core::platform::Method;

use crate::{clients::create, stage::play};

#[test]
fn a_subscription_its_invoice_and_its_lines_are_the_servers_to_the_cent() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        ada.ask(create(provider, "Harbour", 1)).await.unwrap();
        let view = ada.ask(GetSubscription(provider)).await.unwrap();
        assert_eq!((view.status.as_str(), view.by_invoice), ("active", true));
        // 50 seats of Teams at 4.00 and 50 of Enterprise at 6.00, of which 5 were given to the one client, who uses one.
        let bills = view.bills.unwrap();
        let next = bills.next.unwrap();
        assert_eq!(
            (next.total.minor(), next.to_pay.minor(), view.costs[0].full.minor()),
            (50_000, 50_000, 50_000)
        );
        assert_eq!(
            (view.total.assigned, view.total.used, view.total.idle, view.total.unassigned),
            (5, Some(1), Some(4), 95)
        );
        let tiers = bills.tiers.unwrap().next.unwrap();
        assert_eq!((tiers.from_seats, tiers.missing), (500, 495));
        assert_eq!(bills.tax_id.as_deref(), Some("tax_id_missing"), "the provider is in Norway");

        stage.bill_after(32).await;
        let again = stage.person(&ada.email);
        again.sign_in().await;
        let invoices = again.ask(GetProviderInvoices(provider)).await.unwrap();
        let [invoice] = invoices.as_slice() else { panic!("one month is over: {invoices:?}") };
        assert_eq!((invoice.number.as_str(), invoice.status.as_str()), ("INV-000001", "open"));
        assert_eq!(invoice.total.unwrap().amount.minor(), 50_000);
        let whole = again.ask(GetInvoiceLines { provider, invoice: invoice.id.clone() }).await.unwrap();
        let sum: i64 = whole.charge.lines.iter().map(|line| line.amount.minor()).sum();
        assert_eq!((whole.number.as_str(), sum, whole.charge.total.minor()), ("INV-000001", 50_000, 50_000));
        let ask = DownloadInvoice { provider, invoice: invoice.id.clone(), number: invoice.number.clone() };
        let file = again.ask(ask).await.unwrap();
        assert!(
            file.text.starts_with("Client,Id,Assigned,Used,Remaining,Plan,Estimated total"),
            "{}",
            file.text
        );
        assert!(file.text.contains("Harbour,"), "{}", file.text);
        let unknown = DownloadInvoice { provider, invoice: "in_none".into(), number: "x".into() };
        assert_eq!(again.ask(unknown).await.unwrap_err().kind, ProblemKind::NotFound);
    });
}

#[test]
fn an_address_is_saved_and_a_service_user_sees_no_bill() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let address = BillingAddress {
            country: "DE".into(),
            postal_code: "10115".into(),
            line1: "Invalidenstraße 1".into(),
            tax_id: "DE123456789".into(),
            ..BillingAddress::default()
        };
        ada.ask(SaveBillingAddress { provider, address: address.clone() }).await.unwrap();
        assert_eq!(ada.ask(GetBillingAddress(provider)).await.unwrap(), Some(address));
        let bills = ada.ask(GetSubscription(provider)).await.unwrap().bills.unwrap();
        assert_eq!(bills.tax_id, None);

        let sue = ada.invite(&stage, provider, "sue@example.com", "Sue", StaffRole::ServiceUser).await;
        let staff = vec![ada.staff_row(provider, "sue@example.com").await.id];
        let phrases = ada.ask(GetStaffFingerprints { provider, staff }).await.unwrap();
        let staff = phrases.into_iter().map(|row| (row.staff, row.phrase.unwrap())).collect();
        ada.end_of(ada.ask(ConfirmStaff { provider, staff }).await.unwrap()).await;
        sue.sign_in().await;
        sue.line.trouble(|request| {
            assert!(
                request.method != Method::Get || !request.url.contains("/api/portal/"),
                "{}",
                request.url
            );
            None
        });
        let view = sue.ask(GetSubscription(provider)).await.unwrap();
        assert_eq!((view.pools.len(), view.bills), (2, None));
        assert_eq!(sue.ask(GetProviderInvoices(provider)).await.unwrap_err().kind, ProblemKind::NotAllowed);
    });
}
