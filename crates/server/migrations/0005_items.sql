-- Vault items. What is in one stays the JSON that the client sent: all of it is encrypted, and no query looks inside.

CREATE TABLE ciphers (
    id TEXT PRIMARY KEY,
    organization_id TEXT REFERENCES organizations (id) ON DELETE CASCADE,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    favorite BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX ciphers_organization ON ciphers (organization_id);
CREATE INDEX ciphers_user ON ciphers (user_id);

CREATE TABLE collection_ciphers (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    cipher_id TEXT NOT NULL REFERENCES ciphers (id) ON DELETE CASCADE,
    PRIMARY KEY (collection_id, cipher_id)
);
CREATE INDEX collection_ciphers_cipher ON collection_ciphers (cipher_id);

ALTER TABLE events ADD COLUMN cipher_id TEXT;
CREATE INDEX events_cipher ON events (cipher_id, date, id);
