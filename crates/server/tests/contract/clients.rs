//! A provider's clients.

use serde_json::json;

use crate::support::{
    Engine, Server, contract,
    person::ENC2,
    provider::{client, row, rows},
};

contract! {
    async fn a_client_is_created_with_collection_and_invited_owner(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let made = server.client(&provider, "Acme <Ltd> & Co", "Owner@Acme.example", 19, 5).await;
        assert_eq!(made["object"], "providerOrganizationOrganizationDetail");
        assert_eq!(made["providerId"], *provider.id);
        assert_eq!((&made["seats"], &made["occupiedSeats"], &made["remainingSeats"]), (&json!(5), &json!(1), &json!(4)));
        assert_eq!((&made["userCount"], &made["plan"]), (&json!(0), &json!("Enterprise (Monthly)")));
        let organization = made["organizationId"].as_str().unwrap();
        let members = server.get_as(&provider.admin, &format!("/api/organizations/{organization}/users")).await.ok();
        let owner = row(&members, "email", "owner@acme.example");
        assert_eq!((&owner["type"], &owner["status"]), (&json!(0), &json!(0)));
        let collections =
            server.get_as(&provider.admin, &format!("/api/organizations/{organization}/collections/details")).await.ok();
        assert_eq!(rows(&collections)[0]["name"], ENC2);
        assert_eq!(rows(&collections)[0]["users"][0], json!({
            "id": owner["id"], "readOnly": false, "hidePasswords": false, "manage": true,
        }));
    }

    async fn a_repeated_creation_makes_no_second_client(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let path = format!("/api/providers/{}/clients", provider.id);
        let body = client("Acme", "owner@acme.example", 17, 2);
        server.send_as(&provider.admin, "POST", &path, body.clone()).await.ok();
        server.send_as(&provider.admin, "POST", &path, body).await.ok();
        assert_eq!(rows(&server.clients(&provider).await).len(), 1);
    }
}
