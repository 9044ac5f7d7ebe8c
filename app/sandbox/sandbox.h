// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/httpserver.h"
#include "app/sandbox/options.h"
#include "app/sandbox/world.h"

#include <expected>
#include <memory>
#include <string>

namespace sandbox {

//! The whole program but for its process: store, world and server.
class Sandbox
{
public:
    //! Fails with a sentence when the state file, the id file or the port cannot be used.
    static std::expected<std::unique_ptr<Sandbox>, std::string> start(Options options);
    ~Sandbox();

    //! One line of JSON: url, clientId, clientSecret, merchantId, pagesUrl, aggregationUrl, aggregationClientId,
    //! aggregationClientSecret, tenantId (the first of tenantIds) and tenantIds.
    std::string readyLine() const;
    World &world() { return *m_world; }

private:
    Sandbox() = default;

    std::unique_ptr<World> m_world;
    std::expected<void, std::string> listen(const Options &settled);

    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<HttpServer> m_pages; //!< of its own only when the pages have TLS
};

//! CSV with the columns kind and id: every customer, payout and transaction there is this sandbox minute.
//! False when it cannot be written whole.
bool writeIds(const World &world, const QString &file);

} // namespace sandbox
