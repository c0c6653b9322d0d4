-- One schema for SQLite and PostgreSQL: ids are TEXT, moments BIGINT milliseconds, flags BIGINT 0 or 1, money BIGINT cents.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    email_verified BIGINT NOT NULL,
    name TEXT,
    culture TEXT NOT NULL,
    avatar_color TEXT,
    password_hash TEXT NOT NULL,
    password_hint TEXT,
    salt TEXT,
    kdf BIGINT NOT NULL,
    kdf_iterations BIGINT NOT NULL,
    kdf_memory BIGINT,
    kdf_parallelism BIGINT,
    user_key TEXT,
    user_key_id TEXT,
    public_key TEXT,
    private_key TEXT,
    account_keys TEXT,
    api_key TEXT NOT NULL,
    security_stamp TEXT NOT NULL,
    totp_secret TEXT,
    totp_last_step BIGINT NOT NULL,
    recovery_code TEXT,
    verify_devices BIGINT NOT NULL,
    force_password_reset BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL
);

CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    identifier TEXT NOT NULL,
    name TEXT NOT NULL,
    type BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    UNIQUE (user_id, identifier)
);

CREATE TABLE device_codes (
    user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE refresh_tokens (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL,
    device_identifier TEXT NOT NULL,
    device_type BIGINT NOT NULL,
    security_stamp TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

CREATE TABLE providers (
    id TEXT PRIMARY KEY,
    name TEXT,
    business_name TEXT,
    business_address1 TEXT,
    business_address2 TEXT,
    business_address3 TEXT,
    business_country TEXT,
    business_tax_number TEXT,
    billing_email TEXT,
    type BIGINT NOT NULL,
    status BIGINT NOT NULL,
    enabled BIGINT NOT NULL,
    use_events BIGINT NOT NULL,
    has_subscription BIGINT NOT NULL,
    payment_method TEXT,
    billing_address TEXT,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL
);

CREATE TABLE provider_plans (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    plan_type BIGINT NOT NULL,
    seat_minimum BIGINT NOT NULL,
    purchased_seats BIGINT NOT NULL,
    allocated_seats BIGINT NOT NULL,
    PRIMARY KEY (provider_id, plan_type)
);

CREATE TABLE provider_users (
    id TEXT PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    email TEXT,
    key TEXT,
    type BIGINT NOT NULL,
    status BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL,
    UNIQUE (provider_id, user_id),
    UNIQUE (provider_id, email)
);
CREATE INDEX provider_users_user ON provider_users (user_id);
CREATE INDEX provider_users_email ON provider_users (email);

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    business_name TEXT,
    billing_email TEXT NOT NULL,
    identifier TEXT,
    plan_type BIGINT NOT NULL,
    plan_name TEXT NOT NULL,
    seats BIGINT,
    status BIGINT NOT NULL,
    enabled BIGINT NOT NULL,
    use_secrets_manager BIGINT NOT NULL,
    has_subscription BIGINT NOT NULL,
    public_key TEXT,
    private_key TEXT,
    limit_collection_creation BIGINT NOT NULL,
    limit_collection_deletion BIGINT NOT NULL,
    limit_item_deletion BIGINT NOT NULL,
    admins_reach_all_items BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL
);

CREATE TABLE organization_api_keys (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type BIGINT NOT NULL,
    api_key TEXT NOT NULL,
    revised_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, type)
);

CREATE TABLE provider_organizations (
    id TEXT PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL UNIQUE REFERENCES organizations (id) ON DELETE CASCADE,
    key TEXT,
    settings TEXT,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL
);
CREATE INDEX provider_organizations_provider ON provider_organizations (provider_id);

CREATE TABLE organization_users (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    email TEXT,
    key TEXT,
    type BIGINT NOT NULL,
    status BIGINT NOT NULL,
    prior_status BIGINT,
    revocation_reason BIGINT,
    external_id TEXT,
    access_secrets_manager BIGINT NOT NULL,
    permissions TEXT,
    reset_password_key TEXT,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL,
    UNIQUE (organization_id, user_id),
    UNIQUE (organization_id, email)
);
CREATE INDEX organization_users_user ON organization_users (user_id);
CREATE INDEX organization_users_email ON organization_users (email);

CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    external_id TEXT,
    type BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL
);
CREATE INDEX collections_organization ON collections (organization_id);

CREATE TABLE collection_users (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    organization_user_id TEXT NOT NULL REFERENCES organization_users (id) ON DELETE CASCADE,
    read_only BIGINT NOT NULL,
    hide_passwords BIGINT NOT NULL,
    manage BIGINT NOT NULL,
    PRIMARY KEY (collection_id, organization_user_id)
);
CREATE INDEX collection_users_member ON collection_users (organization_user_id);

CREATE TABLE groups (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    external_id TEXT,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL
);
CREATE INDEX groups_organization ON groups (organization_id);

CREATE TABLE group_users (
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    organization_user_id TEXT NOT NULL REFERENCES organization_users (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, organization_user_id)
);
CREATE INDEX group_users_member ON group_users (organization_user_id);

CREATE TABLE collection_groups (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    read_only BIGINT NOT NULL,
    hide_passwords BIGINT NOT NULL,
    manage BIGINT NOT NULL,
    PRIMARY KEY (collection_id, group_id)
);
CREATE INDEX collection_groups_group ON collection_groups (group_id);

CREATE TABLE policies (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type BIGINT NOT NULL,
    enabled BIGINT NOT NULL,
    data TEXT,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL,
    UNIQUE (organization_id, type)
);

-- Events outlive what they tell of, so nothing here refers to another table. The ids rise with time.
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    type BIGINT NOT NULL,
    date BIGINT NOT NULL,
    acting_user_id TEXT,
    user_id TEXT,
    organization_id TEXT,
    provider_id TEXT,
    collection_id TEXT,
    group_id TEXT,
    policy_id TEXT,
    organization_user_id TEXT,
    provider_user_id TEXT,
    provider_organization_id TEXT,
    device_type BIGINT,
    ip_address TEXT,
    system_user BIGINT
);
CREATE INDEX events_provider ON events (provider_id, date, id);
CREATE INDEX events_organization ON events (organization_id, date, id);
CREATE INDEX events_actor ON events (acting_user_id, date, id);
CREATE INDEX events_user ON events (user_id, date, id);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    link TEXT,
    provider_id TEXT,
    provider_user_id TEXT,
    organization_user_id TEXT,
    created_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX outbox_due ON outbox (sent_at, next_attempt_at);
CREATE INDEX outbox_provider ON outbox (provider_id);

CREATE TABLE rate_limits (
    bucket TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (bucket, window_start)
);
CREATE INDEX rate_limits_window ON rate_limits (window_start);

CREATE TABLE plan_prices (
    plan_type BIGINT PRIMARY KEY,
    seat_price BIGINT NOT NULL,
    provider_seat_price BIGINT NOT NULL
);
INSERT INTO plan_prices (plan_type, seat_price, provider_seat_price) VALUES (17, 500, 400);
INSERT INTO plan_prices (plan_type, seat_price, provider_seat_price) VALUES (19, 700, 600);
INSERT INTO plan_prices (plan_type, seat_price, provider_seat_price) VALUES (20, 7200, 7200);
