CREATE TABLE workerpool_locations (
    chain_id BIGINT NOT NULL,
    workerpool TEXT NOT NULL,
    api_url TEXT NOT NULL,
    -- Unix seconds of the owner's statement; a later one replaces it.
    issued_at BIGINT NOT NULL,
    signer TEXT NOT NULL,
    PRIMARY KEY (chain_id, workerpool)
);
