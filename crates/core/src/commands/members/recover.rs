use std::rc::Rc;

use portal_bridge::{Fault, Field, MemberDeed, Part, Problem, ProblemKind, RecoverMember};
use portal_keys::{EncString, PrivateKey, normalise_salt};
use portal_wire::{
    identity::KdfSettings,
    membership::{RecoverAccountRequest, RecoveryDetails},
};
use zeroize::Zeroizing;

use super::{super::Handle, look};
use crate::{
    Core,
    api::Call,
    fields::Fields,
    session::{SHORTEST_PASSWORD, kdf_of, key_problem},
};

impl Handle for RecoverMember {
    /// The organization's key opens its private key, that opens the member's key, and that is wrapped anew under the new master
    /// password; the server sees none of the three.
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let Self { within, member, password } = self;
        look(core, within).await?;
        let table = core.reload_member_table(within).await?;
        let row = table.find(member).ok_or(ProblemKind::NotFound)?;
        core.overseer(within, &table).await?.demand_for(MemberDeed::Recover, &table, row)?;

        let password = Zeroizing::new(password.bytes().to_vec());
        let mut fields = Fields::default();
        let length = std::str::from_utf8(&password).map_or(0, |text| text.chars().count());
        if length < SHORTEST_PASSWORD as usize {
            fields.refuse(Field::Password, Fault::TooShort { limit: SHORTEST_PASSWORD });
        }
        fields.finish()?;

        let users = format!("/api/organizations/{}/users/{member}", within.organization);
        let details: RecoveryDetails =
            core.api.json(&Call::get(format!("{users}/reset-password-details"))).await?;
        if details.organization_user_id != member {
            return Err(ProblemKind::Mismatch.into());
        }
        let wrong = |error| key_problem(&error);
        let text = |value: &Option<String>| value.clone().ok_or(ProblemKind::CannotDecrypt);
        let private: EncString = text(&details.encrypted_private_key)?.parse().map_err(wrong)?;
        let private = PrivateKey::unwrap(&private, &*core.space_key(within).await?).await.map_err(wrong)?;
        let key: EncString = text(&details.reset_password_key)?.parse().map_err(wrong)?;
        let key = private.decapsulate(&key).await.map_err(wrong)?;

        let kdf = kdf_of(&KdfSettings {
            kdf_type: details.kdf,
            iterations: details.kdf_iterations,
            memory: details.kdf_memory,
            parallelism: details.kdf_parallelism,
        })?;
        let salt = details.master_password_salt.unwrap_or_else(|| normalise_salt(table.email(row)));
        let master = core.platform.derive(password.clone(), salt, kdf).await.map_err(wrong)?;
        let body = RecoverAccountRequest {
            reset_master_password: true,
            reset_two_factor: false,
            new_master_password_hash: Some(master.login_hash(&password)),
            // `wrap` opens what it made and compares.
            key: Some(master.stretch().wrap(&key).map_err(wrong)?.to_string()),
        };
        core.api.done(&Call::put(format!("{users}/recover-account")).json(&body)).await?;
        core.tell_client(within.organization, Part::Events);
        Ok(())
    }
}
