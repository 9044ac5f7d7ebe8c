// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/answers.h"
#include "app/sandbox/http.h"

#include <string_view>
#include <vector>

namespace sandbox {

struct World;

//! Aggregation: the other family's Bearer token; the handler finds its tenant and user in the request.
enum class Access { Open, Basic, Core, Payment, Aggregation };

using Handler = Response (*)(World &, const Request &);

struct Route
{
    http::verb verb;
    std::string_view pattern; //!< {} stands for one segment
    Access access;
    Handler handler;
};

// One table per resource family.
std::vector<Route> tokenRoutes();
std::vector<Route> sessionRoutes();
std::vector<Route> paymentRoutes();
std::vector<Route> refundRoutes();
std::vector<Route> transactionRoutes();
std::vector<Route> customerRoutes();
std::vector<Route> payoutRoutes();
std::vector<Route> webhookRoutes();
std::vector<Route> aggregationRoutes();
std::vector<Route> aggregationWebhookRoutes();
std::vector<Route> hostedRoutes();
std::vector<Route> fastLinkRoutes();
std::vector<Route> yodleeRoutes();
std::vector<Route> adminRoutes();
std::vector<Route> deliverRoutes();

//! Finds who answers a request: unknown paths get 404, known paths with another verb 405, wrong credentials
//! 401, each with the error body of its family.
class Router
{
public:
    explicit Router(World &world);
    Response answerTo(Request &request) const;

private:
    World &m_world;
    std::vector<Route> m_routes;
};

//! Admin routes are beyond every fault and delay.
bool isAdminPath(std::string_view path);

} // namespace sandbox
