-- The order book and what the chain says about it. Amounts are 64 hexadecimal digits: text order is numeric order.

CREATE TABLE orders (
    chain_id BIGINT NOT NULL,
    order_hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    signer TEXT NOT NULL,
    status TEXT NOT NULL,
    volume TEXT NOT NULL,
    remaining TEXT NOT NULL,
    price TEXT NOT NULL,
    -- Stake that one task of the order locks.
    lock_per_task TEXT NOT NULL,
    tag TEXT NOT NULL,
    -- The tag's 256 bits in four words, lowest first, so that SQL can compare bits.
    tag0 BIGINT NOT NULL,
    tag1 BIGINT NOT NULL,
    tag2 BIGINT NOT NULL,
    tag3 BIGINT NOT NULL,
    category TEXT NOT NULL,
    trust TEXT NOT NULL,
    -- What the order is about, or is restricted to; the null address where it is neither.
    app TEXT NOT NULL,
    dataset TEXT NOT NULL,
    workerpool TEXT NOT NULL,
    requester TEXT NOT NULL,
    beneficiary TEXT NOT NULL,
    app_max_price TEXT NOT NULL,
    dataset_max_price TEXT NOT NULL,
    bulk BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    -- Block whose contents last changed the order; a reorganisation below it asks the chain again.
    changed_block BIGINT NOT NULL,
    order_json TEXT NOT NULL,
    PRIMARY KEY (chain_id, order_hash)
);

CREATE INDEX orders_book ON orders (chain_id, kind, status, price, published_at, order_hash);
CREATE INDEX orders_signer ON orders (chain_id, signer, status);
CREATE INDEX orders_app ON orders (chain_id, kind, app, status);
CREATE INDEX orders_dataset ON orders (chain_id, kind, dataset, status);
CREATE INDEX orders_workerpool ON orders (chain_id, kind, workerpool, status);
CREATE INDEX orders_changed ON orders (chain_id, changed_block);

CREATE TABLE deals (
    chain_id BIGINT NOT NULL,
    deal_id TEXT NOT NULL,
    block_number BIGINT NOT NULL,
    block_time BIGINT NOT NULL,
    category TEXT NOT NULL,
    requester TEXT NOT NULL,
    beneficiary TEXT NOT NULL,
    app TEXT NOT NULL,
    app_owner TEXT NOT NULL,
    dataset TEXT NOT NULL,
    dataset_owner TEXT NOT NULL,
    workerpool TEXT NOT NULL,
    workerpool_owner TEXT NOT NULL,
    workerpool_price TEXT NOT NULL,
    volume TEXT NOT NULL,
    app_hash TEXT NOT NULL,
    dataset_hash TEXT NOT NULL,
    workerpool_hash TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    deal_json TEXT NOT NULL,
    PRIMARY KEY (chain_id, deal_id)
);

CREATE INDEX deals_block ON deals (chain_id, block_number DESC, deal_id);
CREATE INDEX deals_requester ON deals (chain_id, requester, block_number DESC);
CREATE INDEX deals_category ON deals (chain_id, category, block_number DESC);
CREATE INDEX deals_app ON deals (chain_id, app, block_number DESC);
CREATE INDEX deals_workerpool ON deals (chain_id, workerpool, block_number DESC);
CREATE INDEX deals_request_hash ON deals (chain_id, request_hash);

-- Volume that each match took from each order: known also for orders that are published later.
CREATE TABLE order_matches (
    chain_id BIGINT NOT NULL,
    order_hash TEXT NOT NULL,
    deal_id TEXT NOT NULL,
    block_number BIGINT NOT NULL,
    volume TEXT NOT NULL,
    PRIMARY KEY (chain_id, order_hash, deal_id)
);

CREATE INDEX order_matches_block ON order_matches (chain_id, block_number);

CREATE TABLE order_closures (
    chain_id BIGINT NOT NULL,
    order_hash TEXT NOT NULL,
    block_number BIGINT NOT NULL,
    PRIMARY KEY (chain_id, order_hash)
);

CREATE INDEX order_closures_block ON order_closures (chain_id, block_number);

CREATE TABLE categories (
    chain_id BIGINT NOT NULL,
    category TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    work_clock_time_ref BIGINT NOT NULL,
    transaction_hash TEXT NOT NULL,
    block_number BIGINT NOT NULL,
    block_time BIGINT NOT NULL,
    PRIMARY KEY (chain_id, category)
);
