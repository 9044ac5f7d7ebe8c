// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/pagewalk.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace tests {

QJsonObject sessionBody(double amount)
{
    const QJsonObject item{
        {u"description"_s, u"Map <PDF>"_s}, {u"amount"_s, usd(amount)}, {u"goodType"_s, u"DIGITAL"_s}};
    return {{u"firstName"_s, u"Ada"_s}, {u"lastName"_s, u"King"_s}, {u"email"_s, u"ada@example.org"_s},
        {u"redirectUrl"_s, u"https://shop.example.com/back?cart=7&status=old#top"_s}, {u"product"_s, u"PAY"_s},
        {u"experienceId"_s, u"LINK_MANAGED_PAYMENT"_s},
        {u"orderDetails"_s, QJsonObject{{u"items"_s, QJsonArray{item}}, {u"totalAmount"_s, usd(amount)}}},
        {u"paymentDetails"_s,
            QJsonObject{
                {u"amount"_s, usd(amount)}, {u"requestKey"_s, u"in-session"_s}, {u"clientReferenceId"_s, u"ORD-9"_s}}}};
}

QString pageStep(const SandboxAnswer &page)
{
    static const QRegularExpression step(u"data-step=\"([a-z-]+)\""_s);
    return step.match(QString::fromUtf8(page.body)).captured(1);
}

QString formToken(const SandboxAnswer &page)
{
    static const QRegularExpression token(u"name=\"token\" value=\"([0-9a-f]+)\""_s);
    return token.match(QString::fromUtf8(page.body)).captured(1);
}

QUrlQuery redirectQuery(const SandboxAnswer &answer)
{
    return QUrlQuery(QUrl::fromEncoded(answer.location));
}

void PageWalk::restart(const QStringList &options)
{
    m_sandbox = std::make_unique<SandboxUnderUse>(options);
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->standardError()));
}

QString PageWalk::newSession(const QJsonObject &body)
{
    return m_sandbox->post(u"/v2/sessions"_s, body, Credential::Basic).text(u"sessionKey"_s);
}

SandboxAnswer PageWalk::page(const QString &key)
{
    return m_sandbox->get(u"/client/session/"_s + key, Credential::None);
}

SandboxAnswer PageWalk::act(const QString &key, const QString &action, const QUrlQuery &fields)
{
    QUrlQuery form = fields;
    form.addQueryItem(u"token"_s, formToken(page(key)));
    return m_sandbox->postForm(u"/client/session/%1/%2"_s.arg(key, action), form);
}

void PageWalk::walkToConsent(const QString &key, const QString &user, const QString &bank)
{
    QCOMPARE(pageStep(page(key)), u"bank"_s);
    QCOMPARE(act(key, u"bank"_s, {{u"bank"_s, bank}}).status, 303);
    QCOMPARE(pageStep(page(key)), u"signin"_s);
    act(key, u"signin"_s, {{u"username"_s, user}, {u"password"_s, user}});
    QCOMPARE(pageStep(page(key)), u"account"_s);
    act(key, u"account"_s, {{u"account"_s, u"1"_s}});
    QCOMPARE(pageStep(page(key)), u"consent"_s);
}

} // namespace tests
