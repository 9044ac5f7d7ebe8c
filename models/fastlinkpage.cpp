// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fastlinkpage.h"

#include "api/json.h"

#include <QRandomGenerator>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

QByteArray bearer(const PaneRequest &request)
{
    const QString &token = request.accessToken;
    return (token.startsWith("Bearer "_L1) ? token : "Bearer "_L1 + token).toUtf8();
}

// Return addresses keep their colons and slashes (reference 2.7.3, bank OAuth).
QByteArray extraParams(const PaneRequest &request)
{
    QByteArray out;
    for (const auto &[name, value] : request.parameters) {
        out += (out.isEmpty() ? "" : "&") + name.toUtf8() + '=' + QUrl::toPercentEncoding(value, ":/");
    }
    return out;
}

QString optionsText(const PaneRequest &request)
{
    std::vector<api::Json::Member> params;
    for (const auto &[name, value] : request.parameters)
        params.emplace_back(name, api::Json::fromText(value));
    const api::Json options = api::Json::fromMembers({
        {u"fastLinkURL"_s, api::Json::fromText(request.address.toString(QUrl::FullyEncoded))},
        {u"accessToken"_s, api::Json::fromText(QString::fromUtf8(bearer(request)))},
        {u"params"_s, api::Json::fromMembers(std::move(params))},
    });
    // Nothing in it may end the script element.
    return QString::fromUtf8(options.toText()).replace(u'<', "\\u003c"_L1);
}

QString freshNonce()
{
    return QString::number(QRandomGenerator::system()->generate64(), 36);
}

} // namespace

QByteArray fastLinkForm(const PaneRequest &request)
{
    return "accessToken=" + QUrl::toPercentEncoding(QString::fromUtf8(bearer(request)))
        + "&extraParams=" + QUrl::toPercentEncoding(QString::fromUtf8(extraParams(request)));
}

QString fastLinkLoaderPage(const PaneRequest &request)
{
    const QString nonce = freshNonce();
    const QString origins = originOf(request.loader) + u' ' + originOf(request.address);
    return QStringLiteral(R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>FastLink</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-%1' %2; object-src 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width">
<style nonce="%1">html,body,#container{margin:0;height:100%}iframe{border:0;width:100%;height:100%}</style>
</head><body><div id="container"></div>
<script nonce="%1" src="%3"></script>
<script nonce="%1">
'use strict';
const report = (type) => (data) => window.YWebViewHandler.postMessage(JSON.stringify({type, data: data || {}}));
if (!window.fastlink || typeof window.fastlink.open !== 'function') {
  report('onError')({status: 'FAILED', reason: 'The FastLink script could not be loaded'});
} else {
  window.fastlink.open({...%4, onSuccess: report('onSuccess'), onError: report('onError'),
    onClose: report('onClose'), onExit: report('onExit'), onEvent: report('onEvent')}, 'container');
}
</script></body></html>
)html")
        .arg(nonce, origins.toHtmlEscaped(), request.loader.toString(QUrl::FullyEncoded).toHtmlEscaped(),
            optionsText(request));
}

} // namespace models
