// SPDX-License-Identifier: GPL-3.0-or-later

namespace models {

extern const char *const importSchema;

//! What was to be imported and how every line of it ended, so that an import goes on after a restart.
const char *const importSchema = R"(
CREATE TABLE imports(
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('WRITING', 'RUNNING', 'DONE', 'CANCELLED'))
) STRICT;
-- The customers that imported payments named (follow_up) come behind the lines of the plan.
CREATE TABLE import_lines(
    import_key INTEGER NOT NULL REFERENCES imports(key),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    follow_up INTEGER NOT NULL DEFAULT 0,
    outcome TEXT CHECK(outcome IN ('FOUND', 'NOT_FOUND', 'FAILED')),
    why TEXT,
    PRIMARY KEY(import_key, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_lines_customers ON import_lines(import_key, record_id) WHERE kind = 'customer';
)";

} // namespace models
