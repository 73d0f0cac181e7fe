-- Tasks with their replicates, workers, their messages, and the output of apps. Everything is keyed by chain.

CREATE TABLE tasks (
    chain_id BIGINT NOT NULL,
    task_id TEXT NOT NULL,
    deal_id TEXT NOT NULL,
    status TEXT NOT NULL,
    -- 1 when the chain has closed the task.
    settled BIGINT NOT NULL,
    observed_block BIGINT NOT NULL,
    deal_block BIGINT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, task_id)
);

CREATE INDEX tasks_open ON tasks (chain_id, settled, observed_block);
CREATE INDEX tasks_deal ON tasks (chain_id, deal_id);

CREATE TABLE workers (
    chain_id BIGINT NOT NULL,
    address TEXT NOT NULL,
    model TEXT NOT NULL,
    last_seen BIGINT NOT NULL,
    PRIMARY KEY (chain_id, address)
);

-- Numbers of messages are never given twice, also after old messages were deleted.
CREATE TABLE notification_counters (
    chain_id BIGINT NOT NULL,
    worker TEXT NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (chain_id, worker)
);

CREATE TABLE notifications (
    chain_id BIGINT NOT NULL,
    worker TEXT NOT NULL,
    number BIGINT NOT NULL,
    task_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, worker, number)
);

CREATE INDEX notifications_task ON notifications (chain_id, task_id);

CREATE TABLE compute_logs (
    chain_id BIGINT NOT NULL,
    task_id TEXT NOT NULL,
    worker TEXT NOT NULL,
    stdout TEXT,
    stderr TEXT,
    -- Unix seconds.
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (chain_id, task_id, worker)
);

CREATE TABLE keys (
    chain_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (chain_id, name)
);
