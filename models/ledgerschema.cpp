// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationschema.h"
#include "models/auditheadschema.h"
#include "models/outboxschema.h"
#include "models/paylinkownerschema.h"
#include "models/schema.h"
#include "models/webhookschema.h"

#include <array>

namespace models {

extern const char *const importSchema;    // importschema.cpp
extern const char *const textIndexSchema; // textindexschema.cpp
extern const char *const payLinkSchema;   // paylinkschema.cpp

namespace {

// Keys are (created at, ms << 20) | counter: rows lie in order of time, which is what the full-text tables and the
// default order need.
constexpr auto *recordTables = R"sql(
CREATE TABLE transactions(
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '',
    customer_id TEXT NOT NULL DEFAULT '',
    customer_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    customer_email TEXT NOT NULL DEFAULT '',
    amount_cents INTEGER NOT NULL DEFAULT 0,
    currency TEXT NOT NULL DEFAULT 'USD',
    client_reference_id TEXT NOT NULL DEFAULT '',
    institution TEXT NOT NULL DEFAULT '',
    last_four TEXT NOT NULL DEFAULT '',
    account_type TEXT NOT NULL DEFAULT '',
    preferred INTEGER NOT NULL DEFAULT 0,
    descriptor TEXT NOT NULL DEFAULT '',
    settlement_at INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL DEFAULT 0,
    failure_code TEXT NOT NULL DEFAULT '',
    failure_text TEXT NOT NULL DEFAULT '',
    original_id TEXT,
    refunded_cents INTEGER NOT NULL DEFAULT 0,
    refund_open_cents INTEGER NOT NULL DEFAULT 0,
    first_seen_at INTEGER NOT NULL,
    last_read_at INTEGER NOT NULL,
    last_source TEXT NOT NULL
) STRICT;

CREATE TABLE customers(
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    email TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    status TEXT NOT NULL DEFAULT '',
    institution TEXT NOT NULL DEFAULT '',
    last_four TEXT NOT NULL DEFAULT '',
    account_type TEXT NOT NULL DEFAULT '',
    account_status TEXT NOT NULL DEFAULT '',
    preferred INTEGER NOT NULL DEFAULT 0,
    account_created_at INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL DEFAULT 0,
    first_seen_at INTEGER NOT NULL,
    last_read_at INTEGER NOT NULL,
    last_source TEXT NOT NULL,
    accounts_read_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE accounts(
    customer_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    account_id TEXT NOT NULL DEFAULT '',
    institution_id TEXT NOT NULL DEFAULT '',
    institution TEXT NOT NULL DEFAULT '',
    last_four TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '',
    preferred INTEGER NOT NULL DEFAULT 0,
    routing_number TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(customer_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE payouts(
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    client_reference_id TEXT NOT NULL DEFAULT '',
    amount_cents INTEGER NOT NULL DEFAULT 0,
    currency TEXT NOT NULL DEFAULT 'USD',
    status TEXT NOT NULL DEFAULT '',
    descriptor TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL DEFAULT 0,
    first_seen_at INTEGER NOT NULL,
    last_read_at INTEGER NOT NULL,
    last_source TEXT NOT NULL
) STRICT;

-- Every answer ever read. raw is NULL where it equals the one before it (same kind and record_id).
CREATE TABLE observations(
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    observed_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT '',
    digest BLOB NOT NULL,
    raw BLOB
) STRICT;

CREATE TABLE audit(
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before_text TEXT NOT NULL,
    after_text TEXT NOT NULL,
    reason TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_is_final_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
CREATE TRIGGER audit_is_final_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;

-- The words of each row, by its key; the text itself is made anew from the row whenever it is needed.
CREATE VIRTUAL TABLE transactions_text USING fts5(w_id, w_name, w_email, w_reference, w_bank, w_last4, w_descriptor, w_amount,
    content='', columnsize=0, prefix='2 3', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE customers_text USING fts5(w_id, w_name, w_email, w_bank, w_last4,
    content='', columnsize=0, prefix='2 3', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE payouts_text USING fts5(w_id, w_reference, w_descriptor, w_amount,
    content='', columnsize=0, prefix='2 3', tokenize="unicode61 remove_diacritics 2");
)sql";

// Those that end in key, type and amount_cents hold all that a list of keys with its sum needs, so that it does not
// read the table.
constexpr auto *recordIndexes = R"sql(
CREATE INDEX IF NOT EXISTS transactions_light ON transactions(key, type, amount_cents);
CREATE INDEX IF NOT EXISTS transactions_status ON transactions(status, key, type, amount_cents);
CREATE INDEX IF NOT EXISTS transactions_customer ON transactions(customer_id);
CREATE INDEX IF NOT EXISTS transactions_name ON transactions(customer_name, key, type, amount_cents);
CREATE INDEX IF NOT EXISTS transactions_amount ON transactions(amount_cents, key, type);
CREATE INDEX IF NOT EXISTS transactions_settlement ON transactions(settlement_at, key, type, amount_cents);
CREATE INDEX IF NOT EXISTS transactions_reference ON transactions(client_reference_id) WHERE client_reference_id <> '';
CREATE INDEX IF NOT EXISTS transactions_original ON transactions(original_id) WHERE original_id IS NOT NULL;
-- The records that can still change, oldest read first; the conditions are those of the refresher's questions.
CREATE INDEX IF NOT EXISTS transactions_open ON transactions(last_read_at, id, status)
    WHERE status NOT IN ('SUCCEEDED', 'TERMINAL_FAILED', 'CANCELED', 'CANCELLED');
CREATE INDEX IF NOT EXISTS payouts_open ON payouts(last_read_at, id, status) WHERE status <> 'DISBURSED';
CREATE INDEX IF NOT EXISTS customers_name ON customers(name);
CREATE INDEX IF NOT EXISTS customers_email ON customers(email);
CREATE INDEX IF NOT EXISTS payouts_reference ON payouts(client_reference_id) WHERE client_reference_id <> '';
CREATE INDEX IF NOT EXISTS observations_record ON observations(record_id, kind);
)sql";

// By our clock, as in the other tables; 0: before this was noted.
constexpr auto *accountsFirstSeen = "ALTER TABLE accounts ADD COLUMN first_seen_at INTEGER NOT NULL DEFAULT 0;";

} // namespace

std::span<const Migration> ledgerMigrations()
{
    static const std::array all{
        Migration{1, QByteArray(recordTables) + recordIndexes + outboxSchema + importSchema},
        Migration{2, textIndexSchema},
        Migration{3, webhookSchema},
        Migration{4, QByteArray(payLinkSchema)},
        Migration{5, aggregationSchema},
        Migration{6, auditHeadSchema},
        Migration{7, payLinkOwnerSchema},
        Migration{8, accountsFirstSeen},
    };
    return all;
}

} // namespace models
