// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;

namespace {

// Sets the member at a dotted path; an undefined value removes it.
QJsonObject withMember(QJsonObject object, const QString &path, const QJsonValue &value)
{
    const qsizetype dot = path.indexOf(u'.');
    const QString name = path.left(dot);
    if (dot >= 0)
        object[name] = withMember(object[name].toObject(), path.mid(dot + 1), value);
    else if (value.isUndefined())
        object.remove(name);
    else
        object[name] = value;
    return object;
}

} // namespace

// What a request body must be like: every required member, every type, every limit of the reference.
class tst_RequestRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void theWholeBodyIsAccepted();
    void requiredMembersAreMissed_data();
    void requiredMembersAreMissed();
    void wrongValuesAreNamed_data();
    void wrongValuesAreNamed();
    void amountsAreReadFromTheirText_data();
    void amountsAreReadFromTheirText();
    void countsAreReadFromTheirText_data();
    void countsAreReadFromTheirText();
    void onlyJsonObjectsAreRead_data();
    void onlyJsonObjectsAreRead();
    void sessionsAnswerWithAnAddress();

private:
    struct Call
    {
        QByteArray verb = "POST";
        QString path;
        Credential credential = Credential::Payment;
        QJsonObject body;
        int status = 200;
        QStringList required;
    };
    tests::SandboxAnswer send(const Call &call, QJsonObject body);

    tests::SandboxUnderUse m_sandbox;
    QHash<QString, Call> m_calls;
    int m_serial = 0;
};

void tst_RequestRules::initTestCase()
{
    QVERIFY(m_sandbox.start());
    const QString settled = m_sandbox.transactionWith(u"SUCCEEDED"_s).text(u"transactionId"_s);
    const QStringList order{u"amount"_s, u"amount.value"_s, u"amount.currency"_s, u"requestKey"_s};
    const QStringList ends{
        u"source"_s, u"source.id"_s, u"source.type"_s, u"destination"_s, u"destination.id"_s, u"destination.type"_s};
    m_calls[u"payment"_s] = {.path = u"/v1/payments"_s, .body = m_sandbox.paymentBody({}), .required = order + ends};
    m_calls[u"credit"_s] = {.path = u"/v1/payments"_s, .body = m_sandbox.creditBody({}), .required = order + ends};
    m_calls[u"refund"_s] = {.path = u"/v1/refunds"_s,
        .body = {{u"paymentId"_s, settled}, {u"amount"_s, tests::usd(0.01)}, {u"requestKey"_s, u""_s}},
        .status = 201,
        .required = order + QStringList{u"paymentId"_s}};
    const QJsonObject address{{u"streetAddress"_s, u"1 Main St"_s}, {u"city"_s, u"Boise"_s},
        {u"stateOrProvince"_s, u"ID"_s}, {u"postalCode"_s, u"83702"_s}, {u"country"_s, u"US"_s}};
    const QJsonObject item{
        {u"description"_s, u"Tent"_s}, {u"amount"_s, tests::usd(99.5)}, {u"goodType"_s, u"PHYSICAL"_s}};
    const QJsonObject details{{u"items"_s, QJsonArray{item}}, {u"subtotalAmount"_s, tests::usd(99.5)},
        {u"taxAmount"_s, tests::usd(0)}, {u"totalAmount"_s, tests::usd(99.5)}, {u"shippingAddress"_s, address}};
    const QJsonObject profile{{u"id"_s, u"c-1"_s}, {u"guestCheckout"_s, true}, {u"transactionCount"_s, 3},
        {u"verifiedEmail"_s, true}, {u"accountCreationDate"_s, u"2023-10-16T09:15:30.5-04:00"_s}};
    QJsonObject person{{u"firstName"_s, u"Ana"_s}, {u"lastName"_s, u"Li"_s}, {u"email"_s, u"ana@example.com"_s},
        {u"phoneNumber"_s, u"+12085550100"_s}, {u"billingAddress"_s, address}, {u"product"_s, u"PAY"_s}};
    const QStringList names{
        u"firstName"_s, u"lastName"_s, u"email"_s, u"billingAddress.city"_s, u"billingAddress.country"_s};
    m_calls[u"deprecated session"_s] = {
        .path = u"/v1/sessions"_s, .credential = Credential::Core, .body = person, .required = names};
    person[u"orderDetails"_s] = details;
    person[u"customerProfile"_s] = profile;
    person[u"redirectUrl"_s] = u"https://shop.example.com/back?x=1"_s;
    person[u"experienceId"_s] = u"LINK_MANAGED_PAYMENT"_s;
    person[u"paymentDetails"_s] = QJsonObject{{u"amount"_s, tests::usd(5)}, {u"requestKey"_s, u""_s}};
    m_calls[u"session"_s] = {.path = u"/v2/sessions"_s,
        .credential = Credential::Basic,
        .body = person,
        .required = names
            + QStringList{u"redirectUrl"_s, u"orderDetails.totalAmount"_s, u"paymentDetails"_s,
                u"paymentDetails.amount.value"_s, u"paymentDetails.requestKey"_s,
                u"orderDetails.shippingAddress.streetAddress"_s}};
    const QJsonObject subscription{
        {u"type"_s, u"EVENT"_s}, {u"details"_s, QJsonArray{u"payment.failed"_s, u"payment.created"_s}}};
    const QStringList subscribed{
        u"subscriptionDetails"_s, u"subscriptionDetails.type"_s, u"subscriptionDetails.details"_s};
    m_calls[u"subscribe"_s] = {.path = u"/v1/webhook/subscribe"_s,
        .credential = Credential::Core,
        .body = {{u"url"_s, u"https://shop.example.com/hook"_s}, {u"secretKey"_s, u"s"_s},
            {u"subscriptionDetails"_s, subscription}},
        .required = subscribed + QStringList{u"url"_s, u"secretKey"_s}};
    const auto made = send(m_calls[u"subscribe"_s], m_calls[u"subscribe"_s].body);
    QJsonObject ended = subscription;
    ended[u"details"_s] = QJsonArray{u"payment.created"_s};
    m_calls[u"unsubscribe"_s] = {.verb = "PUT",
        .path = u"/v1/webhook/unsubscribe"_s,
        .credential = Credential::Core,
        .body = {{u"subscriptionId"_s, made.text(u"subscriptionKey"_s)}, {u"subscriptionDetails"_s, ended}},
        .required = subscribed + QStringList{u"subscriptionId"_s}};
}

tests::SandboxAnswer tst_RequestRules::send(const Call &call, QJsonObject body)
{
    const QString key = u"key-%1"_s.arg(++m_serial);
    const QJsonValue outer = body.value(u"requestKey"_s);
    if (outer.isString() && outer.toString().isEmpty())
        body[u"requestKey"_s] = key;
    const QJsonValue inner = body.value(u"paymentDetails"_s)[u"requestKey"_s];
    if (inner.isString() && inner.toString().isEmpty())
        body = withMember(body, u"paymentDetails.requestKey"_s, key);
    return m_sandbox.send(call.verb, call.path, QJsonDocument(body).toJson(), m_sandbox.authorization(call.credential));
}

void tst_RequestRules::theWholeBodyIsAccepted()
{
    for (auto call = m_calls.cbegin(); call != m_calls.cend(); ++call) {
        const auto answer = send(*call, call->body);
        QVERIFY2(answer.status == call->status, qPrintable(call.key() + u' ' + QString::fromUtf8(answer.body)));
    }
}

void tst_RequestRules::requiredMembersAreMissed_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("member");
    for (auto call = m_calls.cbegin(); call != m_calls.cend(); ++call) {
        for (const QString &member : call->required)
            QTest::newRow(qPrintable(call.key() + u": "_s + member)) << call.key() << member;
    }
}

void tst_RequestRules::requiredMembersAreMissed()
{
    QFETCH(QString, call);
    QFETCH(QString, member);
    const auto missing = send(m_calls[call], withMember(m_calls[call].body, member, QJsonValue::Undefined));
    QCOMPARE(missing.status, 400);
    QCOMPARE(missing.errorCode(), u"MISSING_FIELD"_s);
    QVERIFY2(missing.errorMessage().contains(member), qPrintable(missing.errorMessage()));
    QCOMPARE(
        send(m_calls[call], withMember(m_calls[call].body, member, QJsonValue::Null)).errorCode(), u"MISSING_FIELD"_s);
    if (member != u"paymentId"_s) {
        const auto wrong = send(m_calls[call], withMember(m_calls[call].body, member, true));
        QCOMPARE(wrong.errorCode(), u"INVALID_FIELD"_s);
        QVERIFY2(wrong.errorMessage().contains(member), qPrintable(wrong.errorMessage()));
    }
}

void tst_RequestRules::wrongValuesAreNamed_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const QString &call, const QString &member, const QJsonValue &value, bool accepted = false) {
        const QByteArray shown = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).left(40);
        QTest::newRow(qPrintable(call + u": "_s + member + u' ' + QString::fromUtf8(shown)))
            << call << member << value << accepted;
    };
    row(u"payment"_s, u"softDescriptor"_s, QString(80, u'a'), true);
    row(u"payment"_s, u"softDescriptor"_s, QString(81, u'a'));
    row(u"payment"_s, u"softDescriptor"_s, u"Caf\u00e9"_s);
    row(u"payment"_s, u"softDescriptor"_s, u"A & B"_s);
    row(u"payment"_s, u"requestKey"_s, QString(129, u'k'));
    row(u"payment"_s, u"clientReferenceId"_s, 7);
    row(u"payment"_s, u"amount.currency"_s, u"EUR"_s);
    row(u"payment"_s, u"source.type"_s, u"MERCHANT"_s);
    row(u"payment"_s, u"destination.type"_s, u"BANK"_s);
    row(u"payment"_s, u"destination.id"_s, u"someone else"_s);
    row(u"credit"_s, u"source.id"_s, u"someone else"_s);
    row(u"session"_s, u"customerProfile.id"_s, QString(128, u'\u00e9'), true);
    row(u"session"_s, u"customerProfile.id"_s, QString(129, u'x'));
    row(u"session"_s, u"customerProfile.transactionCount"_s, 1.5);
    row(u"session"_s, u"customerProfile.transactionCount"_s, -1);
    row(u"session"_s, u"customerProfile.verifiedPhone"_s, u"yes"_s);
    row(u"session"_s, u"customerProfile.accountCreationDate"_s, u"2023-10-16"_s);
    row(u"session"_s, u"customerProfile.firstTransactionDate"_s, u"2023-10-16T09:15:30+0200"_s, true);
    row(u"session"_s, u"customerProfile.firstTransactionDate"_s, u"2023-13-16T09:15:30Z"_s);
    row(u"session"_s, u"customerProfile.firstTransactionDate"_s, u"2023-10-16T09:15:30Z\n"_s);
    row(u"session"_s, u"email"_s, u"nobody"_s);
    row(u"session"_s, u"email"_s, u"nobody@example.com\n"_s);
    row(u"session"_s, u"email"_s, u"no\tbody@example.com"_s);
    row(u"session"_s, u"product"_s, u"Pay"_s);
    row(u"session"_s, u"product"_s, u"VERIFY"_s);
    row(u"session"_s, u"experienceId"_s, u"ONBOARD_WITH_DONE"_s);
    row(u"session"_s, u"redirectUrl"_s, u"/back"_s);
    row(u"session"_s, u"redirectUrl"_s, u"https://"_s);
    row(u"session"_s, u"redirectUrl"_s, u"javascript:alert(1)"_s);
    row(u"session"_s, u"redirectUrl"_s, u"data:text/html,x"_s);
    row(u"session"_s, u"redirectUrl"_s, u"file:///etc/passwd"_s);
    row(u"session"_s, u"redirectUrl"_s, u"myshop://back"_s, true);
    row(u"session"_s, u"redirectUrl"_s, u"myshop:/back"_s, true);
    row(u"session"_s, u"orderDetails.subtotalAmount"_s, QJsonValue::Undefined);
    row(u"session"_s, u"orderDetails.items"_s, QJsonArray{u"tent"_s});
    row(u"session"_s, u"orderDetails.items"_s, QJsonArray{QJsonObject{{u"description"_s, u"x"_s}}});
    row(u"session"_s, u"orderDetails.discountAmount"_s, tests::usd(-1));
    row(u"session"_s, u"orderDetails.totalAmount"_s, tests::usd(0), true);
    row(u"session"_s, u"orderDetails.totalAmount"_s, tests::usd(-0.01));
    row(u"session"_s, u"paymentDetails.amount"_s, tests::usd(0));
    row(u"deprecated session"_s, u"totalAmount"_s, tests::usd(0), true);
    row(u"deprecated session"_s, u"taxAmount"_s, tests::usd(1));
    row(u"subscribe"_s, u"url"_s, u"ftp://example.com"_s);
    row(u"subscribe"_s, u"subscriptionDetails.type"_s, u"SOME"_s);
    row(u"subscribe"_s, u"subscriptionDetails.details"_s, QJsonArray{u"payment.exploded"_s});
    row(u"subscribe"_s, u"subscriptionDetails.details"_s, QJsonArray{});
    row(u"subscribe"_s, u"subscriptionDetails.details"_s, QJsonArray{1});
    row(u"unsubscribe"_s, u"subscriptionDetails.type"_s, u"CATEGORY"_s);
}

void tst_RequestRules::wrongValuesAreNamed()
{
    QFETCH(QString, call);
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(bool, accepted);
    const auto answer = send(m_calls[call], withMember(m_calls[call].body, member, value));
    QVERIFY2((answer.status == m_calls[call].status) == accepted, answer.body);
    QVERIFY2(accepted || answer.status == 400, answer.body);
}

void tst_RequestRules::amountsAreReadFromTheirText_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("kept");
    const auto row = [](const char *written, const char *kept) {
        QTest::newRow(written) << QByteArray(written) << QByteArray(kept);
    };
    row("12.34", "12.34");
    row("12.3", "12.30");
    row("12", "12.00");
    row("0.01", "0.01");
    row("8999.99", "8999.99");
    row("0.10", "0.10");
    row("1.005", "");
    row("12.340", "");
    row("0", "");
    row("0.00", "");
    row("-3", "");
    row("-0.01", "");
    row("1e3", "1000.00");
    row("1E+2", "100.00");
    row("1.5e1", "15.00");
    row("1.005e1", "10.05");
    row("1234e-2", "12.34");
    row("0.0000000001E10", "1.00");
    row("1e8", "100000000.00");
    row("99999999999e-2", "999999999.99");
    row("1e-3", "");
    row("1.234e0", "");
    row("-1e1", "");
    row("0e2", "");
    row("1e9", "");
    row("1e308", "");
    row("1e2147483648", "");
    row("1e99999999999999999999", "");
    row("1e-99999999999999999999", "");
    row("0e99999999999999999999", "");
    row("\"12.34\"", "");
    row("null", "");
    row("1000000000", "");
    row("99999999999999999999", "");
}

void tst_RequestRules::amountsAreReadFromTheirText()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, kept);
    QByteArray body = QJsonDocument(m_sandbox.paymentBody(u"amount-"_s + QString::fromUtf8(written))).toJson();
    body.replace("12.34", written);
    const auto answer = m_sandbox.send("POST", u"/v1/payments"_s, body, m_sandbox.authorization(Credential::Payment));
    QCOMPARE(answer.status, kept.isEmpty() ? 400 : 200);
    if (kept.isEmpty())
        return;
    const auto read = m_sandbox.get(u"/v1/transactions/"_s + answer.text(u"paymentId"_s));
    QVERIFY2(read.body.contains("\"value\":" + kept + ","), read.body);
}

void tst_RequestRules::countsAreReadFromTheirText_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<int>("status");
    const auto row = [](const char *written, int status) { QTest::newRow(written) << QByteArray(written) << status; };
    row("0", 200);
    row("9223372036854775807", 200);
    row("9223372036854775808", 400);
    row("18446744073709551616", 400);
    row("-1", 400);
    row("3.0", 400);
    row("1e3", 400);
}

void tst_RequestRules::countsAreReadFromTheirText()
{
    QFETCH(QByteArray, written);
    QFETCH(int, status);
    const QJsonObject person = withMember(m_calls[u"session"_s].body, u"customerProfile.transactionCount"_s, 424242);
    QByteArray body = QJsonDocument(
        withMember(person, u"paymentDetails.requestKey"_s, u"count-"_s + QString::fromLatin1(written)))
                          .toJson();
    body.replace("424242", written);
    const auto answer = m_sandbox.send("POST", u"/v2/sessions"_s, body, m_sandbox.authorization(Credential::Basic));
    QVERIFY2(answer.status == status, answer.body);
}

void tst_RequestRules::onlyJsonObjectsAreRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentType");
    const QByteArray json("application/json");
    QTest::newRow("empty") << QByteArray() << json;
    QTest::newRow("cut") << QByteArray("{\"source\":{") << json;
    QTest::newRow("list") << QByteArray("[]") << json;
    QTest::newRow("number") << QByteArray("7") << json;
    QTest::newRow("key twice") << QByteArray("{\"a\":1,\"a\":2}") << json;
    QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\"}") << json;
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}") << json;
    QTest::newRow("very deep") << QByteArray(500'000, '[') << json;
    QTest::newRow("form") << QByteArray("{}") << QByteArray("application/x-www-form-urlencoded");
    QTest::newRow("text") << QByteArray("{}") << QByteArray("text/plain");
}

void tst_RequestRules::onlyJsonObjectsAreRead()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, contentType);
    const auto answer = m_sandbox.send(
        "POST", u"/v1/payments"_s, body, m_sandbox.authorization(Credential::Payment), contentType);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.errorCode(), u"INVALID_REQUEST"_s);
}

void tst_RequestRules::sessionsAnswerWithAnAddress()
{
    const auto answer = send(m_calls[u"session"_s], m_calls[u"session"_s].body);
    const QUrl address(answer.text(u"sessionUrl"_s));
    QVERIFY(address.isValid());
    QVERIFY(address.query().contains(u"sessionKey="_s + answer.text(u"sessionKey"_s)));
    QVERIFY(address.toEncoded().contains("redirect=https%3A%2F%2Fshop.example.com%2Fback%3Fx%3D1"));
    const auto deprecated = send(m_calls[u"deprecated session"_s], m_calls[u"deprecated session"_s].body);
    QCOMPARE(deprecated.json.keys(), QStringList{u"sessionKey"_s});
}

QTEST_GUILESS_MAIN(tst_RequestRules)
#include "tst_requestrules.moc"
