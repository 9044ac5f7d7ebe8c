// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 2.5 and 2.7. Choices: the paths of all documented variants answer side by side; the FastLink URL
//! names the tenant; a token without a userId is enough unless an option says otherwise; the lifetime of
//! FastLink tokens is that of the others.
#include "app/sandbox/aggregation.h"
#include "app/sandbox/fastlinkpages.h"
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

#include <QUrl>

#include <charconv>

namespace sandbox {

namespace {

enum class FastLinkShape { Configuration, ConfigurationWithName, TopLevel };

std::expected<std::string, Response> readLoginName(World &world, const Request &request, std::string_view member)
{
    const auto body = readAggregationBody(request, {{member, "string", true}});
    if (!body)
        return std::unexpected(body.error());
    if (world.options.fastLinkNeedsUser && request.user.empty())
        return std::unexpected(aggregationRefusal(401, "Unauthorized", "The token has no userId"));
    return body->textOf(member);
}

Response fastLinkAnswer(World &world, const Request &request, const std::string &loginName, FastLinkShape shape)
{
    const std::string token = world.fastLink.issue({request.tenant, loginName}, world.options.tokenLifetime);
    const std::string address = world.pagesUrl + "/fastlink/" + request.tenant;
    JsonWriter out;
    out.beginObject();
    if (shape == FastLinkShape::TopLevel) {
        out.text("fastlink_token", token).text("accessToken", token).text("fastLinkURL", address);
    } else {
        out.beginObject("fastlinkConfiguration").text("accessToken", token).text("fastLinkURL", address);
        if (shape == FastLinkShape::ConfigurationWithName)
            out.text("configName", "aggregation");
        out.endObject();
    }
    out.endObject();
    return answer(out);
}

Response getFastLink(World &world, const Request &request)
{
    const auto loginName = readLoginName(world, request, "loginName");
    const auto shape = world.options.fastLinkTopLevel ? FastLinkShape::TopLevel : FastLinkShape::Configuration;
    return loginName ? fastLinkAnswer(world, request, *loginName, shape) : loginName.error();
}

Response getFastLinkAsSeed(World &world, const Request &request)
{
    const auto loginName = readLoginName(world, request, "loginName");
    return loginName ? fastLinkAnswer(world, request, *loginName, FastLinkShape::TopLevel) : loginName.error();
}

Response getFastLinkAsGuide(World &world, const Request &request)
{
    const auto loginName = readLoginName(world, request, "login_name");
    return loginName ? fastLinkAnswer(world, request, *loginName, FastLinkShape::ConfigurationWithName)
                     : loginName.error();
}

Response script(std::string_view text)
{
    Response response;
    response.contentType = "text/javascript; charset=utf-8";
    response.headers = {{"Cache-Control", "no-cache"}, {"X-Content-Type-Options", "nosniff"}};
    response.body = text;
    return response;
}

Response getScript(World &, const Request &request)
{
    const std::string &name = request.arguments.front();
    if (name == "initialize.js")
        return script(fastLinkLoader());
    if (name == "fastlink.js")
        return script(fastLinkScript());
    return name == "impostor.js" ? script(impostorScript())
                                 : refusal(Problem::NotFound, "There is nothing at this path");
}

Response postLaunch(World &world, const Request &request)
{
    const FormFields form = formFields(request.body());
    FastLinkLaunch &launch = world.fastLink.launch(
        request.arguments.front(), fieldOf(form, "accessToken"), fieldOf(form, "extraParams"));
    FastLinkFlow(world, launch).begin();
    return redirection(303, launchPath(launch));
}

Response getNoLaunch(World &, const Request &)
{
    return asResponse(noLaunchPage());
}

Response getLaunch(World &world, const Request &request)
{
    FastLinkLaunch *launch = world.fastLink.find(request.arguments.front());
    if (!launch)
        return asResponse(noLaunchPage());
    return asResponse(launchPage(world, *launch, world.pageFaults.takeForFastLink()));
}

Response getState(World &world, const Request &request)
{
    const FastLinkLaunch *launch = world.fastLink.find(request.arguments.front());
    JsonWriter out;
    out.beginObject().text("step", launch ? nameOf(launch->step) : "nolaunch").endObject();
    return answer(out);
}

std::int64_t chosenNumber(const FormFields &form, std::string_view name)
{
    const std::string text = fieldOf(form, name);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::vector<std::size_t> chosenAccounts(const FormFields &form)
{
    std::vector<std::size_t> chosen;
    for (const auto &[name, value] : form) {
        std::size_t number = 0;
        const char *end = value.data() + value.size();
        if (name == "account" && std::from_chars(value.data(), end, number).ptr == end)
            chosen.push_back(number);
    }
    return chosen;
}

// False when the disk refuses.
bool take(FastLinkFlow &flow, std::string_view action, const FormFields &form)
{
    if (action == "provider")
        flow.chooseProvider(chosenNumber(form, "provider"));
    else if (action == "signin")
        return flow.signIn(fieldOf(form, "username"), fieldOf(form, "password"));
    else if (action == "accounts")
        return flow.chooseAccounts(chosenAccounts(form));
    else if (action == "openbank")
        flow.openBank();
    else if (action == "back")
        flow.back();
    else if (action == "another")
        flow.linkAnother();
    else if (action == "finish")
        flow.finish();
    else if (action == "close")
        flow.close();
    return true;
}

Response postLaunchAction(World &world, const Request &request)
{
    FastLinkLaunch *launch = world.fastLink.find(request.arguments.front());
    if (!launch)
        return asResponse(noLaunchPage());
    FastLinkFlow flow(world, *launch);
    const bool kept = take(flow, request.arguments.at(1), formFields(request.body()));
    return kept ? redirection(303, launchPath(*launch)) : asResponse(linkNotKeptPage());
}

FastLinkLaunch *launchAtBank(World &world, const Request &request)
{
    FastLinkLaunch *launch = world.fastLink.find(request.arguments.front());
    const Provider *provider = launch ? providerById(launch->provider) : nullptr;
    return provider && provider->signsInElsewhere ? launch : nullptr;
}

Response getBank(World &world, const Request &request)
{
    const FastLinkLaunch *launch = launchAtBank(world, request);
    if (!launch)
        return asResponse(noLaunchPage());
    return asResponse(launch->step == FastLinkStep::SignIn ? externalBankPage(*launch, false) : externalBankDone());
}

Response postBank(World &world, const Request &request)
{
    FastLinkLaunch *launch = launchAtBank(world, request);
    if (!launch)
        return asResponse(noLaunchPage());
    const FormFields form = formFields(request.body());
    if (!FastLinkFlow(world, *launch).signIn(fieldOf(form, "username"), fieldOf(form, "password")))
        return asResponse(linkNotKeptPage());
    if (launch->wrongPassword)
        return asResponse(externalBankPage(*launch, true));
    // Back into the application by the link it gave (reference 2.7.3).
    const QUrl intent(QString::fromStdString(launch->param("intentUrl")), QUrl::StrictMode);
    if (intent.isValid() && !intent.scheme().isEmpty())
        return redirection(302, intent.toEncoded().toStdString());
    return asResponse(externalBankDone());
}

Response getImpostor(World &, const Request &)
{
    return asResponse(impostorPage());
}

} // namespace

std::vector<Route> fastLinkRoutes()
{
    return {{http::verb::post, "/aggregation/api/yodlee/fastlink/get", Access::Aggregation, getFastLink},
        {http::verb::post, "/aggregation/api/yodlee/fastlink", Access::Aggregation, getFastLinkAsGuide},
        {http::verb::post, "/aggregation/api/fastlink/token", Access::Aggregation, getFastLinkAsSeed},
        {http::verb::get, "/fastlink/v4/{}", Access::Open, getScript},
        {http::verb::get, "/fastlink/impostor", Access::Open, getImpostor},
        {http::verb::get, "/fastlink/session/{}", Access::Open, getLaunch},
        {http::verb::get, "/fastlink/session/{}/state", Access::Open, getState},
        {http::verb::post, "/fastlink/session/{}/{}", Access::Open, postLaunchAction},
        {http::verb::get, "/fastlink-bank/{}", Access::Open, getBank},
        {http::verb::post, "/fastlink-bank/{}", Access::Open, postBank},
        {http::verb::post, "/fastlink/{}", Access::Open, postLaunch},
        {http::verb::get, "/fastlink/{}", Access::Open, getNoLaunch}};
}

} // namespace sandbox
