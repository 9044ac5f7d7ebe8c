// SPDX-License-Identifier: GPL-3.0-or-later

namespace models {

extern const char *const textIndexSchema;

//! Makes the full-text tables anew, small enough to be written while answers stream in: an id is one word instead of
//! five that no other row shares, and only beginnings of two letters have an index of their own.
//! Beside that, the conditions that are asked for every new row lose their IN, for which SQLite builds a table each
//! time.
const char *const textIndexSchema = R"sql(
DROP TABLE transactions_text;
DROP TABLE customers_text;
DROP TABLE payouts_text;
CREATE VIRTUAL TABLE transactions_text USING fts5(w_id, w_name, w_email, w_reference, w_bank, w_last4, w_descriptor, w_amount,
    content='', columnsize=0, prefix='2', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE customers_text USING fts5(w_id, w_name, w_email, w_bank, w_last4,
    content='', columnsize=0, prefix='2', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE payouts_text USING fts5(w_id, w_reference, w_descriptor, w_amount,
    content='', columnsize=0, prefix='2', tokenize="unicode61 remove_diacritics 2");

INSERT INTO transactions_text(transactions_text, rank) VALUES('hashsize', 67108864);
INSERT INTO transactions_text(rowid, w_id, w_name, w_email, w_reference, w_bank, w_last4, w_descriptor, w_amount)
    SELECT key, replace(replace(id, '-', ''), '_', ''), customer_name, customer_email, client_reference_id, institution,
        last_four, descriptor,
        printf('%s%d.%02d', iif(amount_cents < 0, '-', ''), abs(amount_cents) / 100, abs(amount_cents) % 100)
    FROM transactions ORDER BY key;
INSERT INTO transactions_text(transactions_text, rank) VALUES('hashsize', 1048576);
INSERT INTO customers_text(rowid, w_id, w_name, w_email, w_bank, w_last4)
    SELECT key, replace(replace(id, '-', ''), '_', ''), name, email, institution, last_four FROM customers ORDER BY key;
INSERT INTO payouts_text(rowid, w_id, w_reference, w_descriptor, w_amount)
    SELECT key, replace(replace(id, '-', ''), '_', ''), client_reference_id, descriptor,
        printf('%s%d.%02d', iif(amount_cents < 0, '-', ''), abs(amount_cents) / 100, abs(amount_cents) % 100)
    FROM payouts ORDER BY key;
INSERT INTO transactions_text(transactions_text, rank) VALUES('automerge', 8);

DROP INDEX transactions_open;
CREATE INDEX transactions_open ON transactions(last_read_at, id, status)
    WHERE status <> 'SUCCEEDED' AND status <> 'TERMINAL_FAILED' AND status <> 'CANCELED' AND status <> 'CANCELLED';

DROP TRIGGER transactions_release_on_insert;
CREATE TRIGGER transactions_release_on_insert AFTER INSERT ON transactions
WHEN NEW.status = 'TERMINAL_FAILED' OR NEW.status = 'CANCELED' OR NEW.status = 'CANCELLED'
BEGIN
    UPDATE outbox SET released = 1, release_recorded = 0
    WHERE result_id = NEW.id AND kind <> 'CANCEL' AND state = 'ACCEPTED' AND released = 0;
END;

ALTER TABLE import_lines RENAME TO import_lines_1;
CREATE TABLE import_lines(
    import_key INTEGER NOT NULL REFERENCES imports(key),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    follow_up INTEGER NOT NULL DEFAULT 0,
    outcome TEXT CHECK(outcome = 'FOUND' OR outcome = 'NOT_FOUND' OR outcome = 'FAILED'),
    why TEXT,
    PRIMARY KEY(import_key, position)
) STRICT, WITHOUT ROWID;
INSERT INTO import_lines SELECT * FROM import_lines_1;
DROP TABLE import_lines_1;
CREATE INDEX import_lines_customers ON import_lines(import_key, record_id) WHERE kind = 'customer';
)sql";

} // namespace models
