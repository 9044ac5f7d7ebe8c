// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/hostedcustomer.h"

#include <QNetworkReply>
#include <QRegularExpression>
#include <QTest>
#include <QUrlQuery>

#include <memory>

using namespace Qt::Literals::StringLiterals;

bool HostedCustomer::take(QNetworkReply *reply)
{
    const std::unique_ptr<QNetworkReply> owned(reply);
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 20'000))
        return false;
    const QUrl next = reply->url().resolved(reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
    if (!reply->attribute(QNetworkRequest::RedirectionTargetAttribute).isValid()) {
        m_address = reply->url();
        m_page = QString::fromUtf8(reply->readAll());
        return reply->error() == QNetworkReply::NoError;
    }
    if (next.host() != reply->url().host() || next.port() != reply->url().port()) {
        m_returnedTo = next;
        return true;
    }
    return open(next);
}

bool HostedCustomer::open(const QUrl &link)
{
    QNetworkRequest request(link);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    return take(m_network.get(request));
}

bool HostedCustomer::submit(const QString &form, const Fields &fields)
{
    const QRegularExpression start(
        u"<form id=\"%1[^\"]*\" method=\"post\" action=\"([^\"]+)\">"_s.arg(QRegularExpression::escape(form)));
    const auto found = start.match(m_page);
    if (!found.hasMatch())
        return false;
    const QString inner = m_page.sliced(
        found.capturedEnd(), m_page.indexOf(u"</form>"_s, found.capturedEnd()) - found.capturedEnd());
    QUrlQuery body;
    static const QRegularExpression hidden(u"<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\""_s);
    for (auto match = hidden.globalMatch(inner); match.hasNext();) {
        const auto input = match.next();
        body.addQueryItem(input.captured(1), input.captured(2));
    }
    for (const auto &[name, value] : fields)
        body.addQueryItem(name, value);
    QNetworkRequest request(m_address.resolved(QUrl(found.captured(1))));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setRawHeader("Origin", m_address.adjusted(QUrl::RemovePath | QUrl::RemoveQuery).toEncoded());
    return take(m_network.post(request, body.toString(QUrl::FullyEncoded).toUtf8()));
}

bool HostedCustomer::linkAccount()
{
    static const QRegularExpression firstBank(u"name=\"bank\" value=\"([^\"]+)\""_s);
    const QString bank = firstBank.match(m_page).captured(1);
    return submit(u"bank-form"_s, {{u"bank"_s, bank}})
        && submit(u"signin-form"_s, {{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_522"_s}})
        && submit(u"account-form"_s, {{u"account"_s, u"0"_s}}) && submit(u"consent-form"_s) && submit(u"done-form"_s);
}
