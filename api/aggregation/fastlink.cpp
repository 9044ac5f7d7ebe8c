// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/fastlink.h"

#include "api/jsonreader.h"
#include "api/members.h"

#include <QHostAddress>

#include <algorithm>

namespace api {
namespace {

QByteArray fastLinkPath(FastLinkVariant variant)
{
    switch (variant) {
    case FastLinkVariant::Reference:
        return path({u"yodlee", u"fastlink", u"get"});
    case FastLinkVariant::Quickstart:
        return path({u"fastlink", u"token"});
    case FastLinkVariant::Guide:
        return path({u"yodlee", u"fastlink"});
    }
    return {};
}

QString loginNameKey(FastLinkVariant variant)
{
    return variant == FastLinkVariant::Guide ? QStringLiteral("login_name") : QStringLiteral("loginName");
}

//! The token is put into a form and a page, so it must be one word.
bool isOneWord(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c > u' ' && c < u'\x7f' && c != u'"' && c != u'<'; });
}

} // namespace

bool isFastLinkAddress(const QUrl &url)
{
    const bool local = url.host() == QStringLiteral("localhost") || QHostAddress(url.host()).isLoopback();
    const bool scheme = url.scheme() == QStringLiteral("https") || (url.scheme() == QStringLiteral("http") && local);
    return url.isValid() && scheme && !url.host().isEmpty() && url.userInfo().isEmpty();
}

Result<FastLinkSession> readFastLinkSession(const Json &answer)
{
    const Json wrapped = answer[u"fastlinkConfiguration"];
    const Json object = wrapped.isNull() ? answer : wrapped;
    JsonReader in(object);
    const bool olderName = object[u"accessToken"].isNull() && !object[u"fastlink_token"].isNull();
    QString token = in.string(olderName ? u"fastlink_token" : u"accessToken");
    if (token.startsWith(QStringLiteral("Bearer ")))
        token.remove(0, 7);
    const QString address = in.optionalString(u"fastLinkURL");
    const QUrl url(address, QUrl::StrictMode);
    if (!isOneWord(token))
        in.adopt(QStringLiteral("accessToken: expected one word, got something else"));
    if (!address.isEmpty() && !isFastLinkAddress(url))
        in.adopt(QStringLiteral("fastLinkURL: expected an https address, got something else"));
    return in.finish(
        FastLinkSession{.accessToken = token.toUtf8(), .url = url, .configName = in.optionalString(u"configName")});
}

Request<FastLinkSession> createFastLinkSession(const LoginName &loginName, FastLinkVariant variant)
{
    const Json body = Members().text(loginNameKey(variant), loginName.text()).take();
    return {
        .data = {.verb = Verb::Post, .path = fastLinkPath(variant), .body = body.toText(), .auth = Auth::TenantToken},
        .read = readFastLinkSession};
}

} // namespace api
