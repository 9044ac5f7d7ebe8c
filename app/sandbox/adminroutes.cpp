// SPDX-License-Identifier: GPL-3.0-or-later
//! The sandbox's own routes under /sandbox/, described in --help. They need no credentials: the server
//! listens on loopback only.
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

#include <algorithm>

namespace sandbox {

namespace {

constexpr std::int64_t farthestAdvance = 3650LL * 86'400; // ten years

Response done()
{
    JsonWriter out;
    out.beginObject().boolean("ok", true).endObject();
    return answer(out);
}

std::int64_t countOf(const World &world, CreatedKind kind)
{
    return std::ranges::count(world.store.created(), kind, &Created::kind);
}

void writeKeys(const World &world, JsonWriter &out)
{
    out.beginObject("requestKeys");
    for (const auto &[key, use] : world.store.requestKeys())
        out.beginObject(key).integer("accepted", use.accepted).integer("rejected", use.rejected).endObject();
    out.endObject();
}

Response getStatus(World &world, const Request &)
{
    const MerchantPlan &plan = world.merchant.plan();
    const Ids &ids = world.merchant.ids();
    JsonWriter out;
    out.beginObject().text("now", isoDateTime(world.book.now()));
    out.integer("customers", static_cast<std::int64_t>(plan.customers));
    out.integer("transactions", static_cast<std::int64_t>(plan.transactions));
    out.integer("payouts", static_cast<std::int64_t>(plan.payouts));
    out.integer("payments", countOf(world, CreatedKind::Payment))
        .integer("credits", countOf(world, CreatedKind::Credit));
    out.integer("refunds", countOf(world, CreatedKind::Refund));
    out.integer("cancels", static_cast<std::int64_t>(world.store.cancelCount()));
    out.integer("sessions", static_cast<std::int64_t>(world.store.sessions().size()));
    out.integer("subscriptions", static_cast<std::int64_t>(world.store.subscriptions().size()));
    out.beginObject("testUsers")
        .text("profile_522", ids.make(IdKind::Customer, world.merchant.testUserIndex(TestUser::Profile522)));
    out.text("profile_08", ids.make(IdKind::Customer, world.merchant.testUserIndex(TestUser::Profile08))).endObject();
    writeKeys(world, out);
    out.endObject();
    return answer(out);
}

void writeCreated(const World &world, JsonWriter &out, const Created &created)
{
    const Timeline timeline = world.book.asTransaction(created).timeline;
    out.beginObject().text("id", created.id).text("kind", nameOf(created.kind)).text("customerId", created.customer);
    out.money("amount", created.amount).text("clientReferenceId", created.reference);
    out.text("softDescriptor", created.descriptor).text("requestKey", created.requestKey);
    out.text("originalPaymentId", created.original)
        .text("sessionKey", created.session)
        .text("status", nameOf(timeline.stateAt(world.book.now())));
    out.text("creationDate", isoDateTime(created.createdAt)).endObject();
}

Response getPayments(World &world, const Request &)
{
    JsonWriter out;
    out.beginObject().beginArray("payments");
    for (const Created &created : world.store.created())
        writeCreated(world, out, created);
    out.endArray().endObject();
    return answer(out);
}

Response getSessions(World &world, const Request &)
{
    JsonWriter out;
    out.beginObject().beginArray("sessions");
    for (const auto &[key, session] : world.store.sessions()) {
        const Progress &progress = session.progress;
        out.beginObject().text("sessionKey", key).text("step", nameOf(progress.step));
        out.integer("status", progress.status).text("customerId", progress.customer);
        out.text("paymentId", progress.payment).text("requestKey", session.requestKey);
        out.text("creationDate", isoDateTime(session.createdAt)).endObject();
    }
    out.endArray().endObject();
    return answer(out);
}

Response getPayoutTransactions(World &world, const Request &request)
{
    const auto payout = world.book.payout(request.arguments.front());
    if (!payout)
        return refusal(Problem::NotFound, "There is no payout with this id");
    JsonWriter out;
    out.beginObject().text("payoutId", payout->id).money("amount", payout->amount).beginArray("transactions");
    for (const Transaction &transaction : world.book.transactionsOfPayout(*payout)) {
        out.beginObject().text("id", transaction.id).text("type", transaction.credit ? "CREDIT" : "DEBIT");
        out.money("amount", transaction.amount).endObject();
    }
    out.endArray().endObject();
    return answer(out);
}

Response getAggregation(World &world, const Request &)
{
    JsonWriter out;
    out.beginObject().text("clientId", world.aggregation.clientId()).beginArray("tenants");
    for (const Tenant &tenant : world.aggregation.tenants())
        out.beginObject().text("tenantId", tenant.id).text("name", tenant.name).endObject();
    const Tenant &foreign = world.aggregation.foreignTenant();
    out.endArray().beginObject("foreignTenant").text("tenantId", foreign.id).text("name", foreign.name).endObject();
    out.endObject();
    return answer(out);
}

Response getEvents(World &world, const Request &)
{
    JsonWriter out;
    out.beginObject().beginArray("events");
    for (const Event &event : world.events.recent()) {
        out.beginObject().text("eventType", event.type).text("resourceId", event.resource);
        out.text("resourceType", nameOf(event.subject)).text("clientReferenceId", event.reference);
        if (event.subject == Subject::Payment)
            out.text("paymentType", event.credit ? "Credit" : "Debit");
        out.text("achReturnCode", event.returnCode).text("creationTime", isoDateTime(event.at)).endObject();
    }
    out.endArray().endObject();
    return answer(out);
}

Response revoke(World &world, const Request &request)
{
    const auto customer = world.book.customer(request.arguments.front());
    if (!customer)
        return refusal(Problem::NotFound, "There is no customer with this id");
    if (customer->state != CustomerState::Active)
        return refusal(Problem::CustomerNotActive, "Only an active customer has a consent to revoke");
    LinkedCustomer record = world.store.linkedRecord(*customer);
    revokeConsent(record);
    if (!world.store.keep(std::move(record)))
        return diskRefused();
    for (const char *type : {"customer.account.deactivated", "customer.deactivated"})
        world.events.announce({.type = type, .subject = Subject::Customer, .resource = customer->id});
    return done();
}

void writeRule(JsonWriter &out, const FaultRule &rule)
{
    out.beginObject().text("kind", nameOf(rule.kind)).text("method", rule.method).text("path", rule.pathPrefix);
    out.integer("skip", rule.skip).integer("count", rule.count).integer("delay", rule.delay);
    out.integer("status", rule.status).integer("retryAfter", rule.retryAfter).integer("bytes", rule.bytes);
    out.integer("hits", rule.hits).endObject();
}

Response getFaults(World &world, const Request &)
{
    JsonWriter out;
    out.beginObject().beginArray("faults");
    for (const FaultRule &rule : world.faults.rules())
        writeRule(out, rule);
    out.endArray().endObject();
    return answer(out);
}

Response addFaults(World &world, const Request &request)
{
    const auto body = parseJson(request.body());
    if (!body || (body->kind != Json::Kind::Array && body->kind != Json::Kind::Object))
        return refusal(Problem::InvalidRequest, "The body must be a fault or a list of faults");
    std::vector<FaultRule> rules;
    const std::vector<Json> single(1, *body);
    for (const Json &item : body->kind == Json::Kind::Array ? body->items : single) {
        auto rule = readFaultRule(item);
        if (!rule)
            return refusal(Problem::InvalidField, rule.error());
        rules.push_back(*std::move(rule));
    }
    for (FaultRule &rule : rules)
        world.faults.add(std::move(rule));
    return getFaults(world, request);
}

Response removeFaults(World &world, const Request &)
{
    world.faults.clear();
    return done();
}

Response getPageFaults(World &world, const Request &)
{
    JsonWriter out;
    out.beginObject().text("fault", world.pageFaults.name()).beginObject("known");
    for (const PageFaultKind &kind : pageFaultKinds())
        out.text(kind.name, kind.what);
    out.endObject().endObject();
    return answer(out);
}

Response setPageFault(World &world, const Request &request)
{
    const auto body = parseJson(request.body());
    const std::string name = body ? body->textOf("fault") : std::string();
    const std::int64_t count = body ? body->integerOf("count") : 0;
    if (!pageFaultNamed(name) || count < 0)
        return refusal(Problem::InvalidField, "fault must be one that GET /sandbox/pages names, count 0 or more");
    world.pageFaults.set(name, count);
    return getPageFaults(world, request);
}

Response clearPageFaults(World &world, const Request &)
{
    world.pageFaults.clear();
    return done();
}

Response advanceClock(World &world, const Request &request)
{
    const auto body = parseJson(request.body());
    const Json *seconds = body ? body->find("advanceSeconds") : nullptr;
    const auto by = seconds ? seconds->integer() : std::nullopt;
    if (!by || *by < 0 || *by > farthestAdvance)
        return refusal(Problem::InvalidField, "advanceSeconds must be a whole number from 0 to ten years");
    if (!world.store.noteTime(world.clock.now() + *by * oneSecond))
        return diskRefused();
    world.clock.advance(*by * oneSecond);
    world.events.clockMoved();
    JsonWriter out;
    out.beginObject().text("now", isoDateTime(world.book.now())).endObject();
    return answer(out);
}

Response resetWorld(World &world, const Request &)
{
    return world.reset() ? done() : diskRefused();
}

} // namespace

std::vector<Route> adminRoutes()
{
    return {{http::verb::get, "/sandbox/status", Access::Open, getStatus},
        {http::verb::get, "/sandbox/payments", Access::Open, getPayments},
        {http::verb::get, "/sandbox/sessions", Access::Open, getSessions},
        {http::verb::get, "/sandbox/payouts/{}/transactions", Access::Open, getPayoutTransactions},
        {http::verb::post, "/sandbox/customers/{}/revoke", Access::Open, revoke},
        {http::verb::get, "/sandbox/events", Access::Open, getEvents},
        {http::verb::get, "/sandbox/aggregation", Access::Open, getAggregation},
        {http::verb::get, "/sandbox/faults", Access::Open, getFaults},
        {http::verb::post, "/sandbox/faults", Access::Open, addFaults},
        {http::verb::delete_, "/sandbox/faults", Access::Open, removeFaults},
        {http::verb::get, "/sandbox/pages", Access::Open, getPageFaults},
        {http::verb::post, "/sandbox/pages", Access::Open, setPageFault},
        {http::verb::delete_, "/sandbox/pages", Access::Open, clearPageFaults},
        {http::verb::post, "/sandbox/clock", Access::Open, advanceClock},
        {http::verb::post, "/sandbox/reset", Access::Open, resetWorld}};
}

} // namespace sandbox
