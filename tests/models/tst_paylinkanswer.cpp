// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinkanswer.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::PayLinkState;

Q_DECLARE_METATYPE(models::PayLinkState)

class TestPayLinkAnswer : public QObject
{
    Q_OBJECT
private slots:
    void addresses_data();
    void addresses();
    void answers_data();
    void answers();
    void refusals_data();
    void refusals();
    void aTimeOutOnTheWayAndAConflictProveNothing();
};

void TestPayLinkAnswer::addresses_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("fine");
    const QString production = u"api.link.money"_s;
    QTest::newRow("production") << production << u"https://client.link.money/?sessionKey=1"_s << true;
    QTest::newRow("sandbox") << u"api.link-sandbox.money"_s << u"https://client.link-sandbox.money/?sessionKey=1"_s
                             << true;
    QTest::newRow("other environment") << production << u"https://client.link-sandbox.money/?sessionKey=1"_s << false;
    QTest::newRow("capital letters") << production << u"HTTPS://CLIENT.LINK.MONEY/?sessionKey=1"_s << true;
    QTest::newRow("not encrypted") << production << u"http://client.link.money/?sessionKey=1"_s << false;
    QTest::newRow("look-alike") << production << u"https://client.link.money.evil.example/?sessionKey=1"_s << false;
    QTest::newRow("user name") << production << u"https://client.link.money@evil.example/"_s << false;
    QTest::newRow("user name at the right host") << production << u"https://evil@client.link.money/"_s << false;
    QTest::newRow("punycode") << production << u"https://client.xn--lnk-tma.money/"_s << false;
    QTest::newRow("another letter") << production << u"https://client.l\u0131nk.money/"_s << false;
    QTest::newRow("script") << production << u"javascript:alert(1)"_s << false;
    QTest::newRow("file") << production << u"file:///etc/passwd"_s << false;
    QTest::newRow("other port") << production << u"https://client.link.money:8443/"_s << false;
    QTest::newRow("nothing") << production << QString() << false;
    QTest::newRow("the redirect without a question mark")
        << production << u"https://shop.example/donesessionKey=1"_s << false;
    QTest::newRow("this machine for production") << production << u"http://127.0.0.1:9000/"_s << false;
    QTest::newRow("this machine for this machine")
        << u"127.0.0.1"_s << u"http://127.0.0.1:9000/?sessionKey=1"_s << true;
    QTest::newRow("localhost with a port") << u"localhost:8080"_s << u"http://127.0.0.1:9000/"_s << true;
    QTest::newRow("elsewhere for this machine") << u"127.0.0.1"_s << u"https://evil.example/"_s << false;
    QTest::newRow("service of another shape") << u"pay.example"_s << u"https://pay.example/x"_s << true;
}

void TestPayLinkAnswer::addresses()
{
    QFETCH(const QString, service);
    QFETCH(const QString, address);
    QFETCH(const bool, fine);
    const QString problem = models::payLinkAddressProblem(QUrl(address, QUrl::StrictMode), service);
    QCOMPARE(problem.isEmpty(), fine);
    QVERIFY(fine || problem.endsWith(u'.'));
}

void TestPayLinkAnswer::answers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<PayLinkState>("state");
    QTest::newRow("newer name") << QByteArray(R"({"sessionKey":"k","sessionUrl":"https://client.link.money/?a=1"})")
                                << PayLinkState::Ready;
    QTest::newRow("older name") << QByteArray(R"({"sessionKey":"k","payByLinkUrl":"https://client.link.money/?a=1"})")
                                << PayLinkState::Ready;
    QTest::newRow("both, newer wins") << QByteArray(
        R"({"sessionUrl":"https://client.link.money/?a=1","payByLinkUrl":"https://evil.example/"})")
                                      << PayLinkState::Ready;
    QTest::newRow("neither") << QByteArray(R"({"sessionKey":"k"})") << PayLinkState::Lost;
    QTest::newRow("empty") << QByteArray("{}") << PayLinkState::Lost;
    QTest::newRow("a number") << QByteArray(R"({"sessionUrl":12})") << PayLinkState::Lost;
    QTest::newRow("foreign host") << QByteArray(R"({"sessionUrl":"https://evil.example/?sessionKey=secret"})")
                                  << PayLinkState::Lost;
    QTest::newRow("not encrypted") << QByteArray(R"({"sessionUrl":"http://client.link.money/?sessionKey=secret"})")
                                   << PayLinkState::Lost;
}

void TestPayLinkAnswer::answers()
{
    QFETCH(const QByteArray, body);
    QFETCH(const PayLinkState, state);
    const auto json = api::Json::parse(body);
    QVERIFY(json);
    const auto outcome = models::payLinkOutcomeOf({.service = u"api.link.money"_s, .withPayment = true},
        api::Answer{.json = *json, .httpStatus = 200, .host = u"api.link.money"_s});
    QCOMPARE(outcome.state, state);
    QCOMPARE(outcome.url.isEmpty(), state != PayLinkState::Ready);
    QVERIFY(outcome.answer.endsWith(u'.'));
    QVERIFY(!outcome.answer.contains(u"secret"_s));
}

void TestPayLinkAnswer::refusals_data()
{
    QTest::addColumn<api::ErrorKind>("kind");
    QTest::addColumn<api::Delivery>("delivery");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("withPayment");
    QTest::addColumn<bool>("earlier");
    QTest::addColumn<PayLinkState>("state");
    const auto row = [](const char *name, api::ErrorKind kind, api::Delivery delivery, const QString &code,
                         bool withPayment, bool earlier, PayLinkState state) {
        QTest::newRow(name) << kind << delivery << code << withPayment << earlier << state;
    };
    using enum api::ErrorKind;
    using enum api::Delivery;
    const QString duplicate = u"DUPLICATE_REQUEST_KEY"_s;
    row("rejected", Rejected, Answered, {}, true, false, PayLinkState::Refused);
    row("rejected after an attempt that may have arrived", Rejected, Answered, {}, true, true, PayLinkState::Unknown);
    row("rejected again, no payment", Rejected, Answered, {}, false, true, PayLinkState::Refused);
    row("duplicate after an attempt", Rejected, Answered, duplicate, true, true, PayLinkState::Lost);
    row("duplicate at once", Rejected, Answered, duplicate, true, false, PayLinkState::Unknown);
    row("no network", Offline, CertainlyNotSent, {}, true, false, PayLinkState::Planned);
    row("no network, an earlier attempt", Offline, CertainlyNotSent, {}, true, true, PayLinkState::Unknown);
    row("cut", Offline, Unknown, {}, true, false, PayLinkState::Unknown);
    row("no answer in time", TimedOut, Unknown, {}, false, false, PayLinkState::Unknown);
    row("garbage", Garbled, Answered, {}, true, false, PayLinkState::Unknown);
    row("server fault", Fault, Answered, {}, true, false, PayLinkState::Unknown);
    row("wrong secret", Unauthorized, Answered, {}, true, false, PayLinkState::Refused);
}

void TestPayLinkAnswer::refusals()
{
    QFETCH(const api::ErrorKind, kind);
    QFETCH(const api::Delivery, delivery);
    QFETCH(const QString, code);
    QFETCH(const bool, withPayment);
    QFETCH(const bool, earlier);
    QFETCH(const PayLinkState, state);
    api::Error error;
    error.kind = kind;
    error.delivery = delivery;
    error.errorCode = code;
    error.httpStatus = delivery == api::Delivery::Answered ? 400 : 0;
    const auto outcome = models::payLinkOutcomeOf(
        {.service = u"api.link.money"_s, .withPayment = withPayment, .earlierMayHaveArrived = earlier},
        std::unexpected(error));
    QCOMPARE(outcome.state, state);
    QVERIFY(outcome.url.isEmpty());
    QVERIFY(!outcome.answer.isEmpty());
}

void TestPayLinkAnswer::aTimeOutOnTheWayAndAConflictProveNothing()
{
    for (const int status : {408, 409}) {
        for (const bool withPayment : {false, true}) {
            const api::Error error{
                .kind = api::ErrorKind::Rejected, .delivery = api::Delivery::Answered, .httpStatus = status};
            const auto outcome = models::payLinkOutcomeOf(
                {.service = u"api.link.money"_s, .withPayment = withPayment}, std::unexpected(error));
            QCOMPARE(outcome.state, PayLinkState::Unknown);
        }
    }
}

QTEST_GUILESS_MAIN(TestPayLinkAnswer)
#include "tst_paylinkanswer.moc"
