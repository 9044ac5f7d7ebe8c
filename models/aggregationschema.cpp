// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationschema.h"

namespace models {

// The id of a linked user names its family, tenant and login name, so that it can never be that of a customer.
const char *const aggregationSchema = R"sql(
ALTER TABLE customers ADD COLUMN family TEXT NOT NULL DEFAULT 'PAY_BY_BANK' CHECK(family IN ('PAY_BY_BANK', 'AGGREGATION'));
ALTER TABLE customers ADD COLUMN tenant_id TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN login_name TEXT NOT NULL DEFAULT '';
CREATE INDEX customers_login ON customers(login_name) WHERE login_name <> '';

CREATE TABLE user_accounts(
    user_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    provider_account_id TEXT NOT NULL DEFAULT '',
    provider_id TEXT NOT NULL DEFAULT '',
    provider TEXT NOT NULL DEFAULT '',
    container TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '',
    last_four TEXT NOT NULL DEFAULT '',
    balance_cents INTEGER,
    currency TEXT NOT NULL DEFAULT 'USD',
    refresh_status TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(user_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_links(
    user_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    provider_account_id TEXT NOT NULL,
    provider_id TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '',
    refresh_status TEXT NOT NULL DEFAULT '',
    request_id TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(user_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_links_provider ON user_links(provider_account_id);
)sql";

} // namespace models
