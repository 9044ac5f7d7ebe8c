// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/webhookschema.h"

namespace models {

// Secrets are in the keychain under "webhook-<subscription id>", never here. The bytes of a delivery lie apart from the
// events, so that lists and searches read small rows. Event keys are (received at, ms << 20) | counter.
//
// Two deliveries are the same event when family, id and content agree. The same id with other content is a row of its
// own that names the first one in conflict_with. An event without an id has event_id NULL and is never taken for
// another.
const char *const webhookSchema = R"sql(
CREATE TABLE webhook_subscriptions(
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL CHECK(family IN ('PAY_BY_BANK', 'AGGREGATION')),
    name TEXT NOT NULL DEFAULT '',
    remote_key TEXT NOT NULL DEFAULT '',
    tenant TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL DEFAULT 'ALL' CHECK(scope IN ('ALL', 'CATEGORY', 'EVENT')),
    details TEXT NOT NULL DEFAULT '[]',
    path_token TEXT NOT NULL UNIQUE,
    scheme TEXT NOT NULL DEFAULT '{}',
    has_secret INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK(state IN ('ASKED', 'ACTIVE', 'DISABLED', 'LOST', 'ENDED')),
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL DEFAULT '',
    made_elsewhere INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER NOT NULL DEFAULT 0,
    ended_by TEXT NOT NULL DEFAULT '',
    checked_at INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX webhook_subscriptions_remote ON webhook_subscriptions(remote_key) WHERE remote_key <> '';

CREATE TABLE events(
    key INTEGER PRIMARY KEY,
    family TEXT NOT NULL CHECK(family IN ('PAY_BY_BANK', 'AGGREGATION')),
    event_id TEXT,
    digest BLOB NOT NULL,
    type TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER NOT NULL,
    subscription_id TEXT NOT NULL DEFAULT '',
    resource_type TEXT NOT NULL DEFAULT '',
    resource_id TEXT NOT NULL DEFAULT '',
    client_reference_id TEXT NOT NULL DEFAULT '',
    payment_type TEXT NOT NULL DEFAULT '',
    return_code TEXT NOT NULL DEFAULT '',
    login_name TEXT NOT NULL DEFAULT '',
    verdict TEXT NOT NULL CHECK(verdict IN ('VERIFIED', 'NOT_VERIFIED', 'NOT_CHECKED')),
    verdict_reason TEXT NOT NULL DEFAULT '',
    signature_id TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK(state IN ('ARRIVED', 'READING', 'READ_BACK', 'NO_ACTION', 'HELD_BACK', 'NOT_READ', 'NOT_OURS', 'UNREADABLE')),
    changed TEXT NOT NULL DEFAULT '',
    problem TEXT NOT NULL DEFAULT '',
    acted_at INTEGER NOT NULL DEFAULT 0,
    repeats INTEGER NOT NULL DEFAULT 0,
    last_repeat_at INTEGER NOT NULL DEFAULT 0,
    conflict_with INTEGER,
    origin TEXT NOT NULL DEFAULT 'DELIVERED' CHECK(origin IN ('DELIVERED', 'IMPORTED', 'REPLAYED'))
) STRICT;
CREATE UNIQUE INDEX events_identity ON events(family, event_id, digest);
CREATE INDEX events_resource ON events(resource_id, key) WHERE resource_id <> '';
CREATE INDEX events_subscription ON events(subscription_id, key);
CREATE INDEX events_waiting ON events(key) WHERE state IN ('ARRIVED', 'READING');
CREATE INDEX events_signature ON events(signature_id) WHERE signature_id <> '';

-- headers: "Name: value" lines as they came, ended by CRLF; a value that is a secret is left out (see inbox.h).
CREATE TABLE deliveries(
    key INTEGER PRIMARY KEY REFERENCES events(key),
    path TEXT NOT NULL,
    peer TEXT NOT NULL DEFAULT '',
    headers BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- subscription_id '' means every subscription.
CREATE TABLE forward_targets(
    key INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    subscription_id TEXT NOT NULL DEFAULT '',
    enabled INTEGER NOT NULL DEFAULT 1,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL DEFAULT '',
    UNIQUE(url, subscription_id)
) STRICT;

-- The queue. A process that sends takes a lease, so that two never send the same one at once.
CREATE TABLE forwards(
    key INTEGER PRIMARY KEY,
    event_key INTEGER NOT NULL REFERENCES events(key),
    url TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('WAITING', 'DELIVERED', 'GIVEN_UP')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    leased_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE(event_key, url)
) STRICT;
CREATE INDEX forwards_due ON forwards(next_at) WHERE state = 'WAITING';

CREATE TABLE forward_attempts(
    key INTEGER PRIMARY KEY,
    forward_key INTEGER NOT NULL REFERENCES forwards(key),
    at INTEGER NOT NULL,
    http_status INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    took_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX forward_attempts_forward ON forward_attempts(forward_key);
)sql";

} // namespace models
