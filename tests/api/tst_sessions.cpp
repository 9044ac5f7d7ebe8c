// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/sessions.h"

#include "tests/api/exchanges.h"

namespace {

api::SessionRequest leastSession()
{
    return {.firstName = QStringLiteral("Ada"),
        .lastName = QStringLiteral("Lovelace"),
        .email = QStringLiteral("ada@example.com"),
        .redirectUrl = QStringLiteral("https://shop.example.com/done")};
}

api::SessionRequest guestSession()
{
    api::SessionRequest session = leastSession();
    session.profile = api::CustomerProfile{.guestCheckout = true};
    return session;
}

api::SessionRequest fullSession()
{
    const api::PostalAddress address{.streetAddress = QStringLiteral("1 Main St"),
        .city = QStringLiteral("Reno"),
        .stateOrProvince = QStringLiteral("NV"),
        .postalCode = QStringLiteral("89501"),
        .country = QStringLiteral("US")};
    api::SessionRequest session = leastSession();
    session.phoneNumber = QStringLiteral("+17755550100");
    session.billingAddress = address;
    session.order = api::OrderDetails{
        .items = {{.description = QStringLiteral("Book"),
                      .amount = {.cents = 1000},
                      .good = api::OrderItem::Good::Physical},
            {.description = QStringLiteral("E-book"), .amount = {.cents = 234}, .good = api::OrderItem::Good::Digital}},
        .subtotal = api::Money{.cents = 1234},
        .discount = api::Money{.cents = 100},
        .shipping = api::Money{.cents = 200},
        .tax = api::Money{.cents = 50},
        .total = {.cents = 1384},
        .shippingAddress = address};
    session.profile = api::CustomerProfile{.id = QStringLiteral("c-9"),
        .guestCheckout = false,
        .accountCreatedAt = 1'663'168'479'000,
        .transactionCount = 3,
        .firstTransactionAt = 1'663'254'879'000,
        .verifiedEmail = true,
        .verifiedPhone = false};
    session.payment = api::SessionPayment{.amount = {.cents = 1384},
        .requestKey = api::RequestKey(QStringLiteral("key-9")),
        .softDescriptor = QStringLiteral("Book Shop"),
        .clientReferenceId = QStringLiteral("order-9")};
    return session;
}

} // namespace

class TestSessions : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void everyFieldIsSent();
    void theOlderNameOfTheUrlIsRead();
    void verifyingNeedsLess();
    void theOldSessionIsFlat();
    void failures_data() { addFailureRows(); }
    void failures() { checkFailure(QStringLiteral("session-older-url-name"), api::createSession(guestSession())); }
    void brokenAnswers_data();
    void brokenAnswers();
};

void TestSessions::everyFieldIsSent()
{
    const auto session = play(QStringLiteral("session-full"), api::createSession(fullSession()));
    QVERIFY(session && *session);
    QCOMPARE((*session)->key, QStringLiteral("sk-1"));
    QCOMPARE((*session)->url.host(), QStringLiteral("client.link.money"));
    QVERIFY((*session)->url.query().contains(QStringLiteral("sessionKey=sk-1")));
}

void TestSessions::theOlderNameOfTheUrlIsRead()
{
    const auto session = play(QStringLiteral("session-older-url-name"), api::createSession(guestSession()));
    QVERIFY(session && *session);
    QCOMPARE((*session)->url, QUrl(QStringLiteral("https://client.link.money/?sessionKey=sk-2")));
}

void TestSessions::verifyingNeedsLess()
{
    api::SessionRequest request = leastSession();
    request.product = api::SessionRequest::Product::Verify;
    const auto session = play(QStringLiteral("session-verify"), api::createSession(request));
    QVERIFY(session && *session);
}

void TestSessions::theOldSessionIsFlat()
{
    const auto session = play(QStringLiteral("session-v1"), api::createSessionV1(fullSession()));
    QVERIFY(session && *session);
    QCOMPARE((*session)->key, QStringLiteral("sk-4"));
    QVERIFY((*session)->url.isEmpty());
}

void TestSessions::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("key missing") << QByteArray(R"({"sessionUrl":"https://a.example"})") << QStringLiteral("sessionKey");
    QTest::newRow("address missing") << QByteArray(R"({"sessionKey":"k"})") << QStringLiteral("sessionUrl");
    QTest::newRow("address a script") << QByteArray(R"x({"sessionKey":"k","sessionUrl":"javascript:alert(1)"})x")
                                      << QStringLiteral("sessionUrl");
    QTest::newRow("address a file") << QByteArray(R"({"sessionKey":"k","sessionUrl":"file:///etc/passwd"})")
                                    << QStringLiteral("sessionUrl");
    QTest::newRow("address no address") << QByteArray(R"({"sessionKey":"k","sessionUrl":"https://"})")
                                        << QStringLiteral("sessionUrl");
}

void TestSessions::brokenAnswers()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readSession, body, field);
}

QTEST_GUILESS_MAIN(TestSessions)
#include "tst_sessions.moc"
