// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/auditheadschema.h"

namespace models {

// Kept by a trigger, so that whatever writes an entry moves it. The next entry is chained to it and not to the last
// entry that is there: what was cut off leaves a gap that later entries cannot close.
const char *const auditHeadSchema = R"sql(
CREATE TABLE audit_head(
    only_row INTEGER PRIMARY KEY CHECK(only_row = 1),
    number INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit_head
    SELECT 1, coalesce(max(number), 0), coalesce((SELECT hash FROM audit ORDER BY number DESC LIMIT 1), x'') FROM audit;
CREATE TRIGGER audit_moves_head AFTER INSERT ON audit
BEGIN
    UPDATE audit_head SET number = NEW.number, hash = NEW.hash;
END;
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
)sql";

} // namespace models
