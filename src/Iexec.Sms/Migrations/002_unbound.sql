-- 0 for a value whose signature does not say to which secret it belongs: it yields to one whose signature does.

ALTER TABLE secrets ADD COLUMN bound BIGINT NOT NULL DEFAULT 1;
