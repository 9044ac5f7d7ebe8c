// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/session.h"

namespace sandbox {

namespace {

// A line without the mark: only the deprecated call does without redirectUrl.
bool lacksRedirect(const std::string &body)
{
    return parseJson(body).value_or(Json()).textOf("redirectUrl").empty();
}

} // namespace

std::string_view nameOf(PageStep step)
{
    switch (step) {
    case PageStep::Bank:
        return "bank";
    case PageStep::SignIn:
        return "signin";
    case PageStep::Account:
        return "account";
    case PageStep::Consent:
        return "consent";
    case PageStep::Pay:
        return "pay";
    case PageStep::Done:
        return "done";
    case PageStep::Refused:
        return "refused";
    case PageStep::Ended:
        return "ended";
    }
    return {};
}

std::string lineOf(const Session &session)
{
    JsonWriter line;
    line.beginObject().text("type", "session").text("key", session.key);
    line.boolean("deprecated", session.deprecated).text("body", session.body);
    line.text("requestKey", session.requestKey).integer("at", session.createdAt).endObject();
    return line.take();
}

Session readSession(const Json &line)
{
    const Json *deprecated = line.find("deprecated");
    const std::string body = line.textOf("body");
    return {.key = line.textOf("key"),
        .deprecated = deprecated ? deprecated->boolean : lacksRedirect(body),
        .body = body,
        .requestKey = line.textOf("requestKey"),
        .createdAt = line.integerOf("at")};
}

std::string lineOf(const std::string &sessionKey, const Progress &progress)
{
    JsonWriter line;
    line.beginObject().text("type", "progress").text("key", sessionKey);
    line.integer("step", static_cast<std::int64_t>(progress.step)).integer("bank", progress.bank);
    line.text("user", progress.user).integer("choice", static_cast<std::int64_t>(progress.choice));
    line.text("customer", progress.customer).text("payment", progress.payment);
    line.integer("status", progress.status).integer("paymentCode", progress.paymentCode);
    line.text("redirect", progress.redirect).endObject();
    return line.take();
}

Progress readProgress(const Json &line)
{
    return {.step = static_cast<PageStep>(line.integerOf("step")),
        .bank = line.integerOf("bank"),
        .user = line.textOf("user"),
        .choice = static_cast<std::uint64_t>(line.integerOf("choice")),
        .customer = line.textOf("customer"),
        .payment = line.textOf("payment"),
        .status = static_cast<int>(line.integerOf("status")),
        .paymentCode = static_cast<int>(line.integerOf("paymentCode")),
        .redirect = line.textOf("redirect")};
}

} // namespace sandbox
