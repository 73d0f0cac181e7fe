-- What every role that talks to a chain keeps.

CREATE TABLE outbox (
    chain_id BIGINT NOT NULL,
    sender TEXT NOT NULL,
    intent TEXT NOT NULL,
    target TEXT NOT NULL,
    data TEXT NOT NULL,
    gas_limit BIGINT,
    nonce BIGINT,
    raw TEXT,
    hash TEXT,
    earlier_hashes TEXT,
    receipt TEXT,
    PRIMARY KEY (chain_id, sender, intent)
);

CREATE INDEX outbox_pending ON outbox (chain_id, sender, nonce) WHERE receipt IS NULL;

CREATE TABLE cursor_positions (
    chain_id BIGINT NOT NULL,
    cursor_name TEXT NOT NULL,
    block_number BIGINT NOT NULL,
    block_hash TEXT NOT NULL,
    PRIMARY KEY (chain_id, cursor_name, block_number)
);

CREATE TABLE challenges (
    chain_id BIGINT NOT NULL,
    domain TEXT NOT NULL,
    hash TEXT NOT NULL,
    address TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (chain_id, domain, hash)
);

CREATE INDEX challenges_expiry ON challenges (expires_at);
