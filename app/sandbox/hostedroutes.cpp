// SPDX-License-Identifier: GPL-3.0-or-later
//! The hosted client (reference 1.6). Every action is a form of its own and answers with a redirect to the page
//! of the step the session is at then, or, at the end, to the merchant.
#include "app/sandbox/hostedpages.h"
#include "app/sandbox/router.h"

#include <algorithm>
#include <charconv>

namespace sandbox {

namespace {

constexpr int seeOtherStatus = 303;
constexpr int foundStatus = 302;

// A browser says which site a form comes from; other clients need not.
bool comesFromElsewhere(const Request &request)
{
    const std::string_view origin = request.header(http::field::origin);
    const std::string_view host = request.header(http::field::host);
    const auto scheme = origin.find("://");
    return !origin.empty() && (scheme == std::string_view::npos || origin.substr(scheme + 3) != host);
}

Response leaveFor(World &world, const HostedFlow &flow)
{
    const std::string address = flow.returnAddress();
    if (address.empty())
        return asResponse(farewellPage(flow));
    const std::string fault = world.pageFaults.takeForEnd(flow.session().key);
    return redirection(foundStatus, fault.empty() ? address : faultyAddress(address, fault));
}

Response afterStep(World &world, const HostedFlow &flow, StepResult result, const std::string &page)
{
    if (result == StepResult::DiskRefused)
        return asResponse(diskPage());
    if (flow.session().progress.step == PageStep::Ended)
        return leaveFor(world, flow);
    return redirection(seeOtherStatus, result == StepResult::WrongPassword ? page + "?problem=password" : page);
}

bool hasProblem(const Request &request)
{
    return fieldOf(formFields(request.query()), "problem") == "password";
}

// What a fault shows instead of the session's page.
std::optional<Response> spoiltPage(World &world, const Request &request)
{
    const std::string asked = fieldOf(formFields(request.query()), "fault");
    if (asked == "downloadFile")
        return faultyDownload();
    if (const PageFaultKind *kind = pageFaultNamed(asked); kind && kind->place == PageFaultPlace::End)
        world.pageFaults.setForEnd(request.arguments.front(), asked);
    const std::string fault = world.pageFaults.takeForPage(asked);
    return fault.empty() ? std::nullopt : std::optional(faultyPage(world, request, fault));
}

Response getSessionPage(World &world, const Request &request)
{
    const std::string &key = request.arguments.front();
    const SessionVerdict verdict = judge(world, key);
    if (verdict != SessionVerdict::Usable)
        return asResponse(verdictPage(verdict));
    if (auto spoilt = spoiltPage(world, request))
        return *std::move(spoilt);
    const HostedFlow flow(world, *world.store.session(key));
    return asResponse(stepPage(world, flow, {.wrongPassword = hasProblem(request)}));
}

std::uint64_t choiceFrom(const std::string &text)
{
    std::uint64_t number = UINT64_MAX;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

struct PageAction
{
    std::string_view name;
    StepResult (*act)(HostedFlow &, const FormFields &);
};

StepResult signInHere(HostedFlow &flow, const FormFields &form)
{
    if (flow.bank() && signsInElsewhere(*flow.bank()))
        return StepResult::Moved;
    return flow.signIn(fieldOf(form, "username"), fieldOf(form, "password"));
}

constexpr PageAction pageActions[] = {
    {"bank", [](HostedFlow &flow, const FormFields &form) { return flow.chooseBank(fieldOf(form, "bank")); }},
    {"signin", signInHere},
    {"account",
        [](HostedFlow &flow, const FormFields &form) {
            return flow.chooseAccount(choiceFrom(fieldOf(form, "account")));
        }},
    {"back", [](HostedFlow &flow, const FormFields &) { return flow.back(); }},
    {"consent", [](HostedFlow &flow, const FormFields &) { return flow.consent(); }},
    {"pay", [](HostedFlow &flow, const FormFields &) { return flow.pay(); }},
    {"decline", [](HostedFlow &flow, const FormFields &) { return flow.decline(); }},
    {"done", [](HostedFlow &flow, const FormFields &) { return flow.finish(); }},
    {"leave", [](HostedFlow &flow, const FormFields &) { return flow.leave(); }},
};

// The page that says why a form cannot be used, nothing when it can.
std::optional<Response> refuseForm(const World &world, const Request &request, const FormFields &form)
{
    const std::string &key = request.arguments.front();
    if (const SessionVerdict verdict = judge(world, key); verdict != SessionVerdict::Usable)
        return asResponse(verdictPage(verdict));
    if (comesFromElsewhere(request) || fieldOf(form, "token") != formToken(world, key))
        return asResponse(strangerPage());
    return std::nullopt;
}

Response postAction(World &world, const Request &request)
{
    const FormFields form = formFields(request.body());
    const auto action = std::ranges::find(pageActions, request.arguments.at(1), &PageAction::name);
    if (action == std::end(pageActions))
        return asResponse(verdictPage(SessionVerdict::Unknown));
    if (auto refused = refuseForm(world, request, form))
        return *std::move(refused);
    const std::string &key = request.arguments.front();
    HostedFlow flow(world, *world.store.session(key));
    const StepResult result = action->act(flow, form);
    return afterStep(world, flow, result, sessionPath(key));
}

bool waitsForBankWindow(const HostedFlow &flow)
{
    return flow.session().progress.step == PageStep::SignIn && flow.bank() && signsInElsewhere(*flow.bank());
}

Response getBankWindow(World &world, const Request &request)
{
    const std::string &key = request.arguments.front();
    if (const SessionVerdict verdict = judge(world, key); verdict != SessionVerdict::Usable)
        return asResponse(verdictPage(verdict));
    const HostedFlow flow(world, *world.store.session(key));
    if (!waitsForBankWindow(flow))
        return asResponse(bankWindowResult(flow, "approved"));
    return asResponse(bankWindowPage(world, flow, {.wrongPassword = hasProblem(request)}));
}

Response postBankWindow(World &world, const Request &request)
{
    const FormFields form = formFields(request.body());
    if (auto refused = refuseForm(world, request, form))
        return *std::move(refused);
    const std::string &key = request.arguments.front();
    HostedFlow flow(world, *world.store.session(key));
    const StepResult result = waitsForBankWindow(flow)
        ? flow.signIn(fieldOf(form, "username"), fieldOf(form, "password"))
        : StepResult::Moved;
    if (result == StepResult::Moved)
        return asResponse(bankWindowResult(flow, "approved"));
    return afterStep(world, flow, result, "/client/oauth/" + key);
}

Response cancelBankWindow(World &world, const Request &request)
{
    if (auto refused = refuseForm(world, request, formFields(request.body())))
        return *std::move(refused);
    const HostedFlow flow(world, *world.store.session(request.arguments.front()));
    return asResponse(bankWindowResult(flow, "cancelled"));
}

// The address a browser SDK of the deprecated sessions builds: ?sessionKey=...&redirect=... (reference 1.6.1).
Response getClientRoot(World &world, const Request &request)
{
    const auto query = formFields(request.query());
    const std::string key = fieldOf(query, "sessionKey");
    if (const SessionVerdict verdict = judge(world, key); verdict != SessionVerdict::Usable)
        return asResponse(verdictPage(verdict));
    HostedFlow flow(world, *world.store.session(key));
    const std::string redirect = fieldOf(query, "redirect");
    const bool wanted = flow.order().redirectUrl.empty() && leadsBack(redirect);
    if (wanted && flow.learnRedirect(redirect) == StepResult::DiskRefused)
        return asResponse(diskPage());
    return redirection(foundStatus, sessionPath(key));
}

// The API and the hosted client share a host here, so its root is the client's only when a session is named.
Response getRoot(World &world, const Request &request)
{
    if (fieldOf(formFields(request.query()), "sessionKey").empty())
        return refusal(Problem::NotFound, "There is nothing at this path without a sessionKey");
    return getClientRoot(world, request);
}

Response getAsset(World &, const Request &request)
{
    return pageAsset(request.arguments.front());
}

} // namespace

std::vector<Route> hostedRoutes()
{
    return {{http::verb::get, "/", Access::Open, getRoot}, {http::verb::get, "/client", Access::Open, getClientRoot},
        {http::verb::get, "/client/", Access::Open, getClientRoot},
        {http::verb::get, "/client/assets/{}", Access::Open, getAsset},
        {http::verb::get, "/client/session/{}", Access::Open, getSessionPage},
        {http::verb::post, "/client/session/{}/{}", Access::Open, postAction},
        {http::verb::get, "/client/oauth/{}", Access::Open, getBankWindow},
        {http::verb::post, "/client/oauth/{}", Access::Open, postBankWindow},
        {http::verb::post, "/client/oauth/{}/cancel", Access::Open, cancelBankWindow}};
}

} // namespace sandbox
