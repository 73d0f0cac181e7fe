-- Rows belong to a pool, so that several pools can share one store. What stood here did not say whose it was: it is read from the chain again
-- (tasks, contributions, results), or asked for again (workers, sessions). Only the output of apps is gone.

DROP TABLE tasks;
DROP TABLE workers;
DROP TABLE notification_counters;
DROP TABLE notifications;
DROP TABLE compute_logs;
DROP TABLE keys;
DELETE FROM cursor_positions WHERE cursor_name = 'deals';

CREATE TABLE tasks (
    chain_id BIGINT NOT NULL,
    workerpool TEXT NOT NULL,
    task_id TEXT NOT NULL,
    deal_id TEXT NOT NULL,
    status TEXT NOT NULL,
    -- 1 when the chain has closed the task.
    settled BIGINT NOT NULL,
    observed_block BIGINT NOT NULL,
    deal_block BIGINT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, workerpool, task_id)
);

CREATE INDEX tasks_open ON tasks (chain_id, workerpool, settled, observed_block);
CREATE INDEX tasks_deal ON tasks (chain_id, workerpool, deal_id);

CREATE TABLE workers (
    chain_id BIGINT NOT NULL,
    workerpool TEXT NOT NULL,
    address TEXT NOT NULL,
    model TEXT NOT NULL,
    last_seen BIGINT NOT NULL,
    PRIMARY KEY (chain_id, workerpool, address)
);

-- Numbers of messages are never given twice, also after old messages were deleted.
CREATE TABLE notification_counters (
    chain_id BIGINT NOT NULL,
    workerpool TEXT NOT NULL,
    worker TEXT NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (chain_id, workerpool, worker)
);

CREATE TABLE notifications (
    chain_id BIGINT NOT NULL,
    workerpool TEXT NOT NULL,
    worker TEXT NOT NULL,
    number BIGINT NOT NULL,
    task_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, workerpool, worker, number)
);

CREATE INDEX notifications_task ON notifications (chain_id, workerpool, task_id);

CREATE TABLE compute_logs (
    chain_id BIGINT NOT NULL,
    workerpool TEXT NOT NULL,
    task_id TEXT NOT NULL,
    worker TEXT NOT NULL,
    stdout TEXT,
    stderr TEXT,
    -- Unix seconds.
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (chain_id, workerpool, task_id, worker)
);

CREATE TABLE keys (
    chain_id BIGINT NOT NULL,
    workerpool TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (chain_id, workerpool, name)
);
