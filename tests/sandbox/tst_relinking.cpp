// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/pagewalk.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;

// What it changes when a customer links a further account, and what it leaves as it was.
class tst_Relinking : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void transactionsKeepTheirAccount();
    void anOlderStateFileKnowsNoAccounts();
    void linkingBringsNoOtherAccountBack();
    void anOlderStateFileKnowsWhoWasRevoked();

private:
    QString customer() { return m_walk.sandbox().testUser(u"profile_522"_s); }
    //! Links an account of that bank for the customer.
    void link(const QString &bank);
    QString pay(const QString &requestKey);
    QJsonObject accountOf(const QString &transaction);
    QString oldTransaction();
    void revoke();
    //! The bank and status of each, the preferred account first.
    QStringList accounts();

    std::unique_ptr<QTemporaryDir> m_directory;
    tests::PageWalk m_walk;
};

void tst_Relinking::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_walk.restart({u"--state"_s, m_directory->filePath(u"state"_s)});
}

void tst_Relinking::link(const QString &bank)
{
    QJsonObject body = tests::sessionBody();
    body[u"email"_s] = u"profile_522@example.com"_s;
    body.remove(u"paymentDetails"_s);
    body.remove(u"experienceId"_s);
    const QString key = m_walk.newSession(body);
    m_walk.walkToConsent(key, u"profile_522"_s, bank);
    const QUrlQuery back = tests::redirectQuery(m_walk.act(key, u"consent"_s));
    QCOMPARE(back.queryItemValue(u"customerId"_s), customer());
}

QString tst_Relinking::pay(const QString &requestKey)
{
    return m_walk.sandbox().post(u"/v1/payments"_s, m_walk.sandbox().paymentBody(requestKey)).text(u"paymentId"_s);
}

QJsonObject tst_Relinking::accountOf(const QString &transaction)
{
    return m_walk.sandbox().get(u"/v1/transactions/"_s + transaction).json[u"accountDetails"_s].toObject();
}

// A settled payment of the customer from before the sandbox started.
QString tst_Relinking::oldTransaction()
{
    for (const QString &id : m_walk.sandbox().ids(u"transaction"_s)) {
        const auto answer = m_walk.sandbox().get(u"/v1/transactions/"_s + id);
        if (answer.text(u"customerId"_s) == customer() && answer.text(u"transactionStatus"_s) == u"SUCCEEDED"
            && answer.text(u"transactionType"_s) == u"DEBIT")
            return id;
    }
    return {};
}

void tst_Relinking::transactionsKeepTheirAccount()
{
    const QString old = oldTransaction();
    QVERIFY(!old.isEmpty());
    const QString first = pay(u"first"_s);
    QJsonObject before = accountOf(first);
    QCOMPARE(before[u"preferred"_s], QJsonValue(true));
    QCOMPARE(accountOf(old), before);
    link(u"finbank-profiles-b"_s);
    const QString second = pay(u"second"_s);
    const QJsonObject after = accountOf(second);
    QCOMPARE(after[u"financialInstitutionName"_s].toString(), u"FinBank Profiles - B"_s);
    QCOMPARE(after[u"preferred"_s], QJsonValue(true));
    before[u"preferred"_s] = false;
    QCOMPARE(accountOf(first), before);
    QCOMPARE(accountOf(old), before);
    const QJsonObject refund{{u"paymentId"_s, old}, {u"amount"_s, tests::usd(0.01)}, {u"requestKey"_s, u"refund"_s}};
    const QString refunded = m_walk.sandbox().post(u"/v1/refunds"_s, refund).text(u"paymentId"_s);
    QCOMPARE(accountOf(refunded), after);
    link(u"finbank-profiles-a"_s);
    m_walk.sandbox().kill();
    QVERIFY(m_walk.sandbox().start());
    QCOMPARE(accountOf(first), before);
    QJsonObject later = after;
    later[u"preferred"_s] = false;
    QCOMPARE(accountOf(second), later);
    QCOMPARE(accountOf(refunded), later);
}

void tst_Relinking::anOlderStateFileKnowsNoAccounts()
{
    const QString first = pay(u"first"_s);
    link(u"finbank-profiles-b"_s);
    m_walk.sandbox().editState([](const QByteArray &content) {
        static const QRegularExpression member(u",\"account\":\"[^\"]*\""_s);
        return QString::fromUtf8(content).remove(member).toUtf8();
    });
    const QJsonObject account = accountOf(first);
    QCOMPARE(account[u"financialInstitutionName"_s].toString(), u"FinBank Profiles - B"_s);
    QCOMPARE(account[u"preferred"_s], QJsonValue(true));
}

void tst_Relinking::revoke()
{
    const QString path = u"/sandbox/customers/%1/revoke"_s.arg(customer());
    QCOMPARE(m_walk.sandbox().post(path, {}, Credential::None).status, 200);
}

QStringList tst_Relinking::accounts()
{
    QStringList found;
    const auto answer = m_walk.sandbox().get(u"/v1/customers/%1/accounts"_s.arg(customer()));
    for (const QJsonValue &account : answer.json[u"accountDetails"_s].toArray())
        found.append(
            account[u"financialInstitutionName"_s].toString().right(1) + u' ' + account[u"accountStatus"_s].toString());
    return found;
}

void tst_Relinking::linkingBringsNoOtherAccountBack()
{
    const QStringList old = accounts();
    QVERIFY(old.contains(u"A ACTIVE"_s));
    const QStringList revoked(old.size(), u"A INACTIVE"_s);
    link(u"finbank-profiles-b"_s);
    QCOMPARE(accounts(), QStringList{u"B ACTIVE"_s} + old);
    revoke();
    QCOMPARE(accounts(), QStringList{u"B INACTIVE"_s} + revoked);
    link(u"finbank-profiles-a"_s);
    const QStringList third = QStringList{u"A ACTIVE"_s} + revoked + QStringList{u"B INACTIVE"_s};
    QCOMPARE(accounts(), third);
    m_walk.sandbox().kill();
    QVERIFY(m_walk.sandbox().start());
    QCOMPARE(accounts(), third);
    link(u"finbank-profiles-b"_s);
    QCOMPARE(accounts(), QStringList{u"B ACTIVE"_s} + revoked + QStringList{u"A ACTIVE"_s});
}

void tst_Relinking::anOlderStateFileKnowsWhoWasRevoked()
{
    link(u"finbank-profiles-b"_s);
    const QStringList linked = accounts();
    const auto withoutMarks = [](const QByteArray &content) {
        static const QRegularExpression member(u"\"(active|oldRevoked)\":(true|false),"_s);
        return QString::fromUtf8(content).remove(member).toUtf8();
    };
    m_walk.sandbox().editState(withoutMarks);
    QCOMPARE(accounts(), linked);
    revoke();
    m_walk.sandbox().editState(withoutMarks);
    QCOMPARE(accounts().filter(u" INACTIVE"_s).size(), linked.size());
}

QTEST_GUILESS_MAIN(tst_Relinking)
#include "tst_relinking.moc"
