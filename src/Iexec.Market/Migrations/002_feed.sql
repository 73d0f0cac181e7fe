-- What happened to the book and to deals, in the order in which it was committed: every copy of the gateway tells its listeners from here, and
-- whoever was away reads on from the last number it saw.

CREATE TABLE feed (
    chain_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    topic TEXT NOT NULL,
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (chain_id, seq)
);
