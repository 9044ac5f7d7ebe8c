// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pagerules.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int longestAddress = 16'384;
constexpr int longestToken = 16'384;

QString pageText(const char *text)
{
    return QCoreApplication::translate("models::PageRules", text);
}

// Written the way it travels: what a person sees must not depend on letters that look alike.
QString wireHost(const QUrl &url)
{
    return url.host(QUrl::FullyEncoded).toLower();
}

bool isPunycode(const QString &host)
{
    const QStringList labels = host.split(u'.');
    return std::ranges::any_of(labels, [](const QString &label) { return label.startsWith("xn--"_L1); });
}

bool isWeb(const QUrl &url)
{
    return url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == "http"_L1 ? 80 : 443);
}

bool isEmptyPage(const QUrl &url)
{
    return url.scheme() == "about"_L1 && (url.path() == "blank"_L1 || url.path() == "srcdoc"_L1);
}

QString schemeProblem(const QUrl &url)
{
    if (url.scheme() == "http"_L1 && isLoopback(url))
        return {};
    if (url.scheme() == "http"_L1)
        return pageText("%1 is not encrypted (http). Only https pages are opened.").arg(wireHost(url));
    if (url.scheme() != "https"_L1)
        return pageText("An address that begins with %1: is not a web page and is not opened.").arg(url.scheme());
    return {};
}

QString hostProblem(const QUrl &url)
{
    const QString host = wireHost(url);
    if (!url.userInfo(QUrl::FullyEncoded).isEmpty() || url.authority(QUrl::FullyEncoded).contains(u'@'))
        return pageText("The address hides its real host, %1, behind a user name. It is not opened.").arg(host);
    if (isPunycode(host))
        return pageText("The host %1 is written in letters that can look like others. It is not opened.").arg(host);
    if (host.endsWith(u'.'))
        return pageText("The host %1 ends with a dot and could pass for another. It is not opened.").arg(host);
    return {};
}

QString foreignHost(const QString &host)
{
    return pageText("%1 does not belong to the hosts this page may lead to. It is not opened.").arg(host);
}

bool hasControlCharacters(const QString &text)
{
    return std::ranges::any_of(text, [](QChar letter) { return letter.category() == QChar::Other_Control; });
}

QString redirectProblem(const QUrl &redirect)
{
    if (redirect.isEmpty())
        return {};
    static const QStringList never{
        u"javascript"_s, u"data"_s, u"file"_s, u"about"_s, u"blob"_s, u"chrome"_s, u"qrc"_s, u"view-source"_s};
    if (!redirect.isValid() || redirect.isRelative() || never.contains(redirect.scheme()))
        return pageText("The address to return to is no web address and no address of an app.");
    return {};
}

QString parameterProblem(const PaneRequest &request)
{
    static const QRegularExpression name(u"^[A-Za-z][A-Za-z0-9]{0,63}$"_s);
    for (const auto &[key, value] : request.parameters) {
        if (!name.match(key).hasMatch() || hasControlCharacters(value) || value.size() > longestAddress)
            return pageText("A FastLink parameter cannot be sent: %1.").arg(key.left(40).simplified());
    }
    return {};
}

QString fastLinkProblem(const PaneRequest &request)
{
    const QString &token = request.accessToken;
    if (token.isEmpty() || token.size() > longestToken || hasControlCharacters(token) || token.contains(u' '))
        return pageText("The FastLink token is missing or damaged. Ask for a new one.");
    if (request.kind == PaneRequest::Kind::FastLinkLoader) {
        if (const QString problem = pageAddressProblem(request.loader); !problem.isEmpty())
            return problem;
    }
    return parameterProblem(request);
}

bool sameEnd(const QUrl &left, const QUrl &right)
{
    const auto pathOf = [](const QUrl &url) {
        const QString path = url.path(QUrl::FullyEncoded);
        return path.isEmpty() && isWeb(url) ? u"/"_s : path;
    };
    return left.scheme() == right.scheme() && wireHost(left) == wireHost(right) && portOf(left) == portOf(right)
        && left.userInfo() == right.userInfo() && pathOf(left) == pathOf(right);
}

} // namespace

QStringList clientHosts(const Profile &profile)
{
    switch (profile.environment) {
    case Environment::BuiltInSandbox:
        return {u"127.0.0.1"_s};
    case Environment::LinkSandbox:
        return {u"client.link-sandbox.money"_s};
    case Environment::Production:
        return {u"client.link.money"_s};
    case Environment::Custom:
        break;
    }
    const QString host = wireHost(profile.baseUrl);
    if (host.isEmpty())
        return {};
    return host.startsWith("api."_L1) ? QStringList{"client."_L1 + host.sliced(4), host} : QStringList{host};
}

QString pageAddressProblem(const QUrl &address)
{
    if (!address.isValid() || address.isRelative() || address.isEmpty())
        return pageText("This is not a whole web address.");
    if (address.toEncoded().size() > longestAddress)
        return pageText("The address is too long to be opened.");
    if (const QString problem = schemeProblem(address); !problem.isEmpty())
        return problem;
    if (wireHost(address).isEmpty())
        return pageText("This is not a whole web address.");
    return hostProblem(address);
}

QString pageAddressProblem(const QUrl &address, const QStringList &hosts)
{
    const QString problem = pageAddressProblem(address);
    if (!problem.isEmpty() || hosts.contains(wireHost(address)))
        return problem;
    return foreignHost(wireHost(address));
}

QString requestProblem(const PaneRequest &request)
{
    const bool payLink = request.kind == PaneRequest::Kind::PayLink;
    const QString problem = payLink ? pageAddressProblem(request.address, request.hosts)
                                    : pageAddressProblem(request.address);
    if (!problem.isEmpty())
        return problem;
    if (const QString wrong = redirectProblem(request.redirect); !wrong.isEmpty())
        return wrong;
    return payLink ? QString() : fastLinkProblem(request);
}

PageRules::PageRules(PaneRequest request)
    : m_request(std::move(request))
{
}

bool PageRules::isReturn(const QUrl &url) const
{
    return !m_request.redirect.isEmpty() && sameEnd(url, m_request.redirect);
}

PageRules::Judgement PageRules::judge(const QUrl &url, Place place) const
{
    if (place == Place::Page && isReturn(url))
        return {.verdict = Verdict::Return};
    if (place != Place::Page && isEmptyPage(url))
        return {.verdict = Verdict::Go};
    if (const QString problem = pageAddressProblem(url); !problem.isEmpty())
        return {.sentence = problem};
    const QUrl &own = m_request.address;
    if (url.scheme() == "http"_L1 && own.scheme() != "http"_L1)
        return {.sentence = pageText("The page is encrypted, but %1 would not be (http). It is not opened.")
                    .arg(wireHost(url))};
    // A bank's own sign-in is on hosts nobody can list; it stays apart, in a window or frame that cannot move the page.
    if (place != Place::Page && !isLoopback(url))
        return {.verdict = Verdict::Go};
    const bool ownHost = wireHost(url) == wireHost(own);
    if (!ownHost && !m_request.hosts.contains(wireHost(url)))
        return {.sentence = foreignHost(wireHost(url))};
    if (portOf(url) != portOf(own) && (ownHost || url.port() != -1))
        return {
            .sentence = pageText("%1 is another service on the same computer. It is not opened.").arg(originOf(url))};
    return {.verdict = Verdict::Go};
}

bool PageRules::mayTalk(const QString &origin) const
{
    if (m_request.kind == PaneRequest::Kind::PayLink)
        return false;
    if (m_request.kind == PaneRequest::Kind::FastLinkLoader && origin == loaderPageOrigin())
        return true;
    const QUrl url(origin, QUrl::StrictMode);
    if (origin.isEmpty() || originOf(url) != origin)
        return false;
    return origin == originOf(m_request.address)
        || (url.scheme() == "https"_L1 && url.port() == -1 && m_request.hosts.contains(wireHost(url)));
}

QString loaderPageOrigin()
{
    return u"https://fastlink.merchant-console.invalid"_s;
}

QString originOf(const QUrl &url)
{
    if (url.scheme().isEmpty() || wireHost(url).isEmpty())
        return {};
    const bool usual = url.port() == -1 || url.port() == portOf(QUrl(url.scheme() + "://x"_L1));
    const QString host = wireHost(url);
    const QString shown = host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host;
    return url.scheme() + "://"_L1 + shown + (usual ? QString() : u':' + QString::number(url.port()));
}

} // namespace models
