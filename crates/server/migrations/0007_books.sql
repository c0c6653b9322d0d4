-- What a provider writes down for itself about money, in pages that only its Provider Admins can open. Pages are never removed one by
-- one, so the newest revision among them is that of all.
CREATE TABLE provider_books (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    revision BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (provider_id, name)
);
