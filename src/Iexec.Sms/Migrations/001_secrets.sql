-- Sealed values of owners, per chain. A mark is a keyed hash: equal values of one secret have equal marks, and nobody without the key can try values.

CREATE TABLE secrets (
    chain_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    sealed TEXT NOT NULL,
    mark TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (chain_id, kind, owner, name)
);

-- Every value that a secret had, so that an old signature cannot bring its value back.
CREATE TABLE secret_marks (
    chain_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (chain_id, kind, owner, name, mark)
);

-- A known text under the key: tells a wrong key from the right one before anything is written with it.
CREATE TABLE key_checks (
    chain_id BIGINT NOT NULL PRIMARY KEY,
    sealed TEXT NOT NULL
);
