// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outboxschema.h"

namespace models {

// The remainder is worked out in one place, the view, which both the dialog and the rules read. The rules are triggers,
// so that every connection of every process meets them. RAISE words are read back by intentcheck.cpp.
//
// A credit in the ledger that answers one of our entries must not count twice: it is left out when the entry names it
// as its result, or when the entry was sent, has no result yet, and the credit is the first one that carries the
// entry's reference and amount.
const char *const outboxSchema = R"sql(
CREATE TABLE outbox(
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK(kind IN ('PAYMENT', 'CREDIT', 'REFUND', 'CANCEL')),
    state TEXT NOT NULL CHECK(state IN ('HELD', 'SENDING', 'ACCEPTED', 'REFUSED', 'UNKNOWN', 'WITHDRAWN')),
    customer_id TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    original_id TEXT CHECK((original_id IS NOT NULL) = (kind IN ('REFUND', 'CANCEL'))),
    amount_cents INTEGER NOT NULL CHECK(amount_cents > 0 OR kind = 'CANCEL'),
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    reference_is_ours INTEGER NOT NULL,
    own_reference TEXT NOT NULL,
    soft_descriptor TEXT NOT NULL,
    request_key TEXT NOT NULL UNIQUE,
    verb TEXT NOT NULL,
    path TEXT NOT NULL,
    auth TEXT NOT NULL,
    content_type TEXT NOT NULL,
    request_body BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    hold_until INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    result_id TEXT,
    answer TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    may_have_arrived INTEGER NOT NULL DEFAULT 0,
    first_sent_at INTEGER NOT NULL DEFAULT 0,
    service TEXT NOT NULL,
    by_user TEXT NOT NULL,
    owner TEXT NOT NULL,
    released INTEGER NOT NULL DEFAULT 0,
    release_recorded INTEGER NOT NULL DEFAULT 0,
    noted INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER CHECK((sequence IS NOT NULL) = (kind = 'REFUND')),
    UNIQUE(original_id, sequence)
) STRICT;

CREATE INDEX outbox_by_state ON outbox(state);
CREATE INDEX outbox_by_reference ON outbox(reference);
CREATE INDEX outbox_by_result ON outbox(result_id) WHERE result_id IS NOT NULL;
CREATE INDEX outbox_by_customer ON outbox(customer_id);
-- The rules below look refunds up with every row that is stored, in bulk too, when the indexes that only speed reading up are away.
CREATE INDEX outbox_credits ON transactions(original_id, client_reference_id) WHERE original_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_one_cancel ON outbox(original_id)
    WHERE kind = 'CANCEL' AND state IN ('HELD', 'SENDING', 'UNKNOWN', 'ACCEPTED');

CREATE VIEW payment_remainder AS
SELECT t.key AS payment_key, t.id AS payment_id, t.type, t.status, t.customer_id, t.amount_cents, t.currency,
    coalesce((SELECT sum(o.amount_cents) FROM outbox o
              WHERE o.original_id = t.id AND o.kind = 'REFUND' AND o.state = 'ACCEPTED' AND o.released = 0), 0) AS accepted_cents,
    coalesce((SELECT sum(o.amount_cents) FROM outbox o
              WHERE o.original_id = t.id AND o.kind = 'REFUND' AND o.state IN ('HELD', 'SENDING')), 0) AS held_cents,
    coalesce((SELECT sum(o.amount_cents) FROM outbox o
              WHERE o.original_id = t.id AND o.kind = 'REFUND' AND o.state = 'UNKNOWN'), 0) AS unknown_cents,
    coalesce((SELECT sum(c.amount_cents) FROM transactions c
              WHERE c.original_id = t.id AND c.type = 'CREDIT' AND c.status NOT IN ('TERMINAL_FAILED', 'CANCELED', 'CANCELLED')
                AND NOT EXISTS (
                    SELECT 1 FROM outbox o
                    WHERE o.original_id = t.id AND o.kind = 'REFUND' AND o.released = 0
                      AND o.state IN ('SENDING', 'UNKNOWN', 'ACCEPTED')
                      AND (o.result_id = c.id
                           OR (o.result_id IS NULL AND c.key = (
                                   SELECT min(x.key) FROM transactions x
                                   WHERE x.original_id = t.id AND x.type = 'CREDIT'
                                     AND x.client_reference_id = o.reference AND x.amount_cents = o.amount_cents))))), 0)
        AS elsewhere_cents
FROM transactions t;

CREATE TRIGGER outbox_guard_insert BEFORE INSERT ON outbox
WHEN NEW.kind = 'REFUND' AND NEW.state IN ('HELD', 'SENDING', 'UNKNOWN', 'ACCEPTED')
BEGIN
    SELECT CASE
        WHEN NOT EXISTS (SELECT 1 FROM transactions WHERE id = NEW.original_id) THEN RAISE(ABORT, 'unknown-original')
        WHEN EXISTS (SELECT 1 FROM transactions WHERE id = NEW.original_id AND type <> 'DEBIT') THEN RAISE(ABORT, 'not-a-debit')
        WHEN EXISTS (SELECT 1 FROM transactions WHERE id = NEW.original_id AND status <> 'SUCCEEDED')
            THEN RAISE(ABORT, 'not-succeeded')
        WHEN NEW.amount_cents > (SELECT amount_cents - accepted_cents - held_cents - unknown_cents - elsewhere_cents
                                 FROM payment_remainder WHERE payment_id = NEW.original_id)
            THEN RAISE(ABORT, 'more-than-remainder')
    END;
END;

CREATE TRIGGER outbox_guard_revival BEFORE UPDATE OF state ON outbox
WHEN NEW.kind = 'REFUND' AND NEW.state IN ('HELD', 'SENDING', 'UNKNOWN', 'ACCEPTED')
    AND OLD.state NOT IN ('HELD', 'SENDING', 'UNKNOWN', 'ACCEPTED') AND NEW.result_id IS NULL
BEGIN
    SELECT CASE
        WHEN NEW.amount_cents > (SELECT amount_cents - accepted_cents - held_cents - unknown_cents - elsewhere_cents
                                 FROM payment_remainder WHERE payment_id = NEW.original_id)
            THEN RAISE(ABORT, 'more-than-remainder')
    END;
END;

CREATE TRIGGER outbox_guard_intent BEFORE UPDATE OF
    kind, customer_id, original_id, amount_cents, currency, reference, request_key, verb, path, auth, content_type, request_body, service
ON outbox
BEGIN
    SELECT RAISE(ABORT, 'intent-is-fixed');
END;

CREATE TRIGGER outbox_guard_delete BEFORE DELETE ON outbox
BEGIN
    SELECT RAISE(ABORT, 'outbox-keeps-everything');
END;

CREATE TRIGGER outbox_refund_inserted AFTER INSERT ON outbox WHEN NEW.kind = 'REFUND'
BEGIN
    UPDATE transactions SET (refunded_cents, refund_open_cents) =
        (SELECT accepted_cents + elsewhere_cents, held_cents + unknown_cents FROM payment_remainder WHERE payment_id = NEW.original_id)
    WHERE id = NEW.original_id;
END;

CREATE TRIGGER outbox_refund_changed AFTER UPDATE OF state, released, result_id ON outbox WHEN NEW.kind = 'REFUND'
BEGIN
    UPDATE transactions SET (refunded_cents, refund_open_cents) =
        (SELECT accepted_cents + elsewhere_cents, held_cents + unknown_cents FROM payment_remainder WHERE payment_id = NEW.original_id)
    WHERE id = NEW.original_id;
END;

CREATE TRIGGER outbox_result_failed AFTER UPDATE OF state, result_id ON outbox
WHEN NEW.kind <> 'CANCEL' AND NEW.state = 'ACCEPTED' AND NEW.released = 0 AND NEW.result_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM transactions
                WHERE id = NEW.result_id AND status IN ('TERMINAL_FAILED', 'CANCELED', 'CANCELLED'))
BEGIN
    UPDATE outbox SET released = 1, release_recorded = 0 WHERE key = NEW.key;
END;

CREATE TRIGGER transactions_release_on_insert AFTER INSERT ON transactions
WHEN NEW.status IN ('TERMINAL_FAILED', 'CANCELED', 'CANCELLED')
BEGIN
    UPDATE outbox SET released = 1, release_recorded = 0
    WHERE result_id = NEW.id AND kind <> 'CANCEL' AND state = 'ACCEPTED' AND released = 0;
END;

CREATE TRIGGER transactions_release_on_update AFTER UPDATE OF status ON transactions
WHEN NEW.status <> OLD.status
BEGIN
    UPDATE outbox SET released = (NEW.status IN ('TERMINAL_FAILED', 'CANCELED', 'CANCELLED')), release_recorded = 0
    WHERE result_id = NEW.id AND kind <> 'CANCEL' AND state = 'ACCEPTED'
      AND released <> (NEW.status IN ('TERMINAL_FAILED', 'CANCELED', 'CANCELLED'));
END;

CREATE TRIGGER transactions_credit_inserted AFTER INSERT ON transactions WHEN NEW.original_id IS NOT NULL
BEGIN
    UPDATE transactions SET (refunded_cents, refund_open_cents) =
        (SELECT accepted_cents + elsewhere_cents, held_cents + unknown_cents FROM payment_remainder WHERE payment_id = NEW.original_id)
    WHERE id = NEW.original_id;
END;

CREATE TRIGGER transactions_credit_changed AFTER UPDATE OF type, status, amount_cents, original_id ON transactions
WHEN NEW.original_id IS NOT NULL
BEGIN
    UPDATE transactions SET (refunded_cents, refund_open_cents) =
        (SELECT accepted_cents + elsewhere_cents, held_cents + unknown_cents FROM payment_remainder WHERE payment_id = NEW.original_id)
    WHERE id = NEW.original_id;
END;

CREATE TRIGGER transactions_debit_inserted AFTER INSERT ON transactions
WHEN NEW.type = 'DEBIT' AND EXISTS (SELECT 1 FROM transactions c WHERE c.original_id = NEW.id)
BEGIN
    UPDATE transactions SET (refunded_cents, refund_open_cents) =
        (SELECT accepted_cents + elsewhere_cents, held_cents + unknown_cents FROM payment_remainder WHERE payment_id = NEW.id)
    WHERE id = NEW.id;
END;
)sql";

} // namespace models
