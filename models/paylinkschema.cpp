// SPDX-License-Identifier: GPL-3.0-or-later

namespace models {

// A pay link moves no money by itself, but one with a payment reserves a request key: what is sent is fixed here before
// it leaves, like an intent in the outbox. Its life is kept step by step; what only follows from something else, or was
// only said by a redirect, is inferred.
extern const char *const payLinkSchema;
const char *const payLinkSchema = R"sql(
CREATE TABLE pay_links(
    key INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    inferred INTEGER NOT NULL DEFAULT 0,
    purpose TEXT NOT NULL,
    product TEXT NOT NULL,
    experience TEXT NOT NULL,
    name TEXT NOT NULL COLLATE NOCASE,
    email TEXT NOT NULL COLLATE NOCASE,
    amount_cents INTEGER NOT NULL,
    currency TEXT NOT NULL,
    reference TEXT NOT NULL,
    redirect_url TEXT NOT NULL,
    draft BLOB NOT NULL,
    for_customer_id TEXT NOT NULL DEFAULT '',
    customer_id TEXT NOT NULL DEFAULT '',
    payment_id TEXT NOT NULL DEFAULT '',
    said_customer_id TEXT NOT NULL DEFAULT '',
    said_payment_id TEXT NOT NULL DEFAULT '',
    request_key TEXT UNIQUE,
    verb TEXT NOT NULL,
    path TEXT NOT NULL,
    auth TEXT NOT NULL,
    content_type TEXT NOT NULL,
    request_body BLOB NOT NULL,
    service TEXT NOT NULL,
    owner TEXT NOT NULL,
    by_user TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    may_have_arrived INTEGER NOT NULL DEFAULT 0,
    first_sent_at INTEGER NOT NULL DEFAULT 0,
    batch INTEGER REFERENCES pay_link_batches(id),
    batch_line INTEGER,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pay_links_by_state ON pay_links(state);
CREATE INDEX pay_links_by_reference ON pay_links(reference) WHERE reference <> '';
CREATE INDEX pay_links_by_batch ON pay_links(batch, batch_line) WHERE batch IS NOT NULL;
-- By these a changed customer or payment finds the links that it bears on.
CREATE INDEX pay_links_by_customer ON pay_links(customer_id) WHERE customer_id <> '';
CREATE INDEX pay_links_by_said_customer ON pay_links(said_customer_id) WHERE said_customer_id <> '';
CREATE INDEX pay_links_by_for_customer ON pay_links(for_customer_id) WHERE for_customer_id <> '';
CREATE INDEX pay_links_by_payment ON pay_links(payment_id) WHERE payment_id <> '';
CREATE INDEX pay_links_by_said_payment ON pay_links(said_payment_id) WHERE said_payment_id <> '';
CREATE INDEX pay_links_by_email ON pay_links(email);

CREATE TABLE pay_link_steps(
    link INTEGER NOT NULL REFERENCES pay_links(key),
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    inferred INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY(link, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE pay_link_templates(
    name TEXT PRIMARY KEY COLLATE NOCASE,
    draft BLOB NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pay_link_batches(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('RUNNING', 'PAUSED', 'DONE', 'CANCELLED')),
    total INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER pay_links_guard_intent BEFORE UPDATE OF
    product, experience, amount_cents, currency, reference, request_key, verb, path, auth, content_type, request_body, service
ON pay_links
BEGIN
    SELECT RAISE(ABORT, 'intent-is-fixed');
END;

CREATE TRIGGER pay_links_guard_delete BEFORE DELETE ON pay_links
BEGIN
    SELECT RAISE(ABORT, 'pay-links-keep-everything');
END;
)sql";

} // namespace models
