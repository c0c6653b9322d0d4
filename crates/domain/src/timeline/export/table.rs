use super::{Told, fields::each_id};
use crate::{
    csv::{Cell, Csv},
    timeline::{category, device_name},
};

/// The columns of the table: those of the official portal's export first, under its names and in its order, then ours.
///
/// The official `type` is the type's name and not its number, and `userId` is who did it. `appIcon` is the name of a picture
/// in the official portal's font, which says nothing outside it: that column is there, and empty. Ours that have the name of a
/// field of the contract (§5.3) have its value; its `userId`, to whom it was done, is `affectedUserId`.
pub const COLUMNS: [&str; 33] = [
    "message",
    "appIcon",
    "appName",
    "userId",
    "userName",
    "userEmail",
    "date",
    "ip",
    "type",
    "installationId",
    "systemUser",
    "serviceAccountId",
    "typeNumber",
    "category",
    "place",
    "client",
    "deviceType",
    "domainName",
    "actingUserId",
    "affectedUserId",
    "organizationId",
    "providerId",
    "providerOrganizationId",
    "organizationUserId",
    "providerUserId",
    "cipherId",
    "collectionId",
    "groupId",
    "policyId",
    "secretId",
    "projectId",
    "grantedServiceAccountId",
    "sendId",
];

/// An empty table for events.
pub fn events_table() -> Csv {
    Csv::new(&COLUMNS)
}

/// Adds the event to the table.
pub fn table_row(told: Told<'_>, csv: &mut Csv) {
    let Told { event, sentence, client, email } = told;
    let mut cells = [const { String::new() }; COLUMNS.len()];
    let mut set = |column: &str, text: &str| {
        let place = COLUMNS.iter().position(|known| *known == column);
        if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
            cell.push_str(text);
        }
    };
    let number = |number: i32| number.to_string();
    set("message", &sentence.what_text());
    set("appName", event.device_type.map(device_name).as_deref().unwrap_or_default());
    set("userName", sentence.who.text());
    set("userEmail", email.unwrap_or_default());
    set("date", &event.date.to_string());
    set("ip", event.ip_address.as_deref().unwrap_or_default());
    set("type", event.kind.name().unwrap_or_default());
    set("systemUser", &event.system_user.map(|system| number(system.number())).unwrap_or_default());
    set("typeNumber", &number(event.kind.number()));
    set("category", category(event.kind).key());
    set("place", sentence.place.as_deref().unwrap_or_default());
    set("client", client.unwrap_or_default());
    set("deviceType", &event.device_type.map(|device| number(device.number())).unwrap_or_default());
    set("domainName", event.domain_name.as_deref().unwrap_or_default());
    each_id(event, &mut |key, id| match key {
        "actingUserId" => {
            set("userId", id);
            set(key, id);
        }
        "userId" => {
            if event.acting_user_id.is_none() {
                set(key, id);
            }
            set("affectedUserId", id);
        }
        key => set(key, id),
    });
    csv.row(cells.iter().map(|cell| if cell.is_empty() { Cell::Empty } else { Cell::Text(cell) }));
}
