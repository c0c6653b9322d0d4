//! The table of clients in an invoice, byte for byte in the contract's form.

use serde_json::json;

use super::house::{ENTERPRISE, House, TEAMS};
use crate::support::{Engine, contract};

contract! {
    async fn the_table_of_an_invoice_is_the_contracts_byte_for_byte_and_stays_as_it_was(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 20).await;
        let acme = house.client("Acme, \"Ltd\" & Co", ENTERPRISE, 321).await;
        let sum = house.owned_client("=SUM(A1)", TEAMS, 5).await;
        house.turn_to("2031-05-01").await;
        let id = house.invoices().await[0]["id"].as_str().unwrap().to_owned();
        let read = async || house.ask(&house.provider.admin, &format!("invoices/{id}")).await;
        let answer = read().await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/csv"));
        let of = |client: &serde_json::Value| client["organizationId"].as_str().unwrap().to_owned();
        let expected = format!(
            "Client,Id,Assigned,Used,Remaining,Plan,Estimated total\r\n\
             \"Acme, \"\"Ltd\"\" & Co\",{},321,1,320,Enterprise (Monthly),\"$1,926.00\"\r\n\
             \"'=SUM(A1)\",{},5,1,4,Teams (Monthly),$20.00\r\n\
             Unassigned seats,,15,0,15,Teams (Monthly),$60.00\r\n",
            of(&acme), of(&sum),
        );
        assert_eq!(answer.text, expected);

        house.set(&acme, json!(5)).await.ok();
        house.unlink(&sum).await;
        assert_eq!(read().await.text, expected);
        house.ask(&house.provider.admin, "invoices/in_0").await.refused(404);
        let (sue, _) = house.server.staff(&house.provider, "sue@northwind.example", 1).await;
        for path in ["invoices".to_owned(), format!("invoices/{id}")] {
            let refused = house.ask(&sue, &path).await.refused(401);
            assert_eq!(refused["message"], "Unauthorized.");
        }
        // Another provider's admin has invoices, but not this one.
        let other = house.server.provider("eve@evil.example", 1).await;
        let path = format!("/api/providers/{}/billing/invoices/{id}", other.id);
        house.server.get_as(&other.admin, &path).await.refused(404);
    }
}
