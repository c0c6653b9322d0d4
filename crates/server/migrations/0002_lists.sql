-- What lists and pages are read by, so that none needs a sort or a scan.
DROP INDEX provider_organizations_provider;
CREATE INDEX provider_organizations_list ON provider_organizations (provider_id, created_at, id);
CREATE INDEX provider_organizations_key ON provider_organizations (key);
CREATE INDEX organization_users_status ON organization_users (organization_id, status);
CREATE INDEX events_staff ON events (provider_id, acting_user_id, date, id);
CREATE INDEX events_member ON events (organization_id, acting_user_id, date, id);
CREATE INDEX outbox_staff ON outbox (provider_user_id);
CREATE INDEX outbox_member ON outbox (organization_user_id);
