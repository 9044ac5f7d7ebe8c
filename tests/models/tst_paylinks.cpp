// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/linkdesk.h"

#include "models/audit.h"
#include "models/instancelock.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <mutex>

using namespace Qt::Literals::StringLiterals;
using models::PayLinkState;
using Reply = SessionServer::Reply;

Q_DECLARE_METATYPE(SessionServer::Reply)
Q_DECLARE_METATYPE(models::PayLinkState)

class TestPayLinks : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void aLinkIsOnDiskBeforeItIsSent();
    void answers_data();
    void answers();
    void unknownIsAskedAgainWithTheSameBytes();
    void aDuplicateProvesThatItArrived();
    void aDraftWithErrorsIsNeitherWrittenNorSent();
    void nothingIsSentToAnotherService();
    void linksOfAnEndedProcessBecomeUnknown();
    void aRedirectIsAHintUntilItIsReadBack();
    void aFalseRedirectConfirmsNothing();
    void aRedirectThatNamesAnotherPaymentConfirmsNothing_data();
    void aRedirectThatNamesAnotherPaymentConfirmsNothing();
    void aPaymentUnderTheReferenceMovesTheLifeOn();
    void aPaymentThatWasThereBeforeProvesNothing();
    void anAccountThatWasThereBeforeProvesNothing();
    void theAddressIsForgottenAtTheEnd();
    void theAddressIsNowhereElse();
    void whatWasSentCannotBeChanged();
    void templatesAreKeptWithoutAPerson();
    void aCustomerAndAPaymentPrefillTheForm();

private:
    QString file() const { return m_directory->filePath(u"ledger.sqlite"_s); }
    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestPayLinks::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestPayLinks::aLinkIsOnDiskBeforeItIsSent()
{
    SessionServer server;
    server.plan = {Reply::Silent};
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(1200));
    QVERIFY(key);
    QTRY_COMPARE(server.sessions().size(), 1);
    const models::PayLink link = desk.link(*key);
    QCOMPARE(link.state, PayLinkState::Sending);
    QCOMPARE(link.amount.cents, 1200);
    QVERIFY(!link.requestKey.isEmpty());
    QVERIFY(link.reference.startsWith(u"PL-"_s));
    const auto database = models::Database::open(file(), models::Database::Mode::ReadOnly);
    QVERIFY(database);
    const auto stored = models::readPayLinkRequest(**database, *key);
    QVERIFY(stored);
    QCOMPARE(server.sessions().first().body, stored->body);
    QVERIFY(stored->body.contains(link.requestKey.text().toUtf8()));
    QVERIFY(server.sessions().first().head.contains("Authorization: Basic "));
}

void TestPayLinks::answers_data()
{
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<PayLinkState>("state");
    QTest::newRow("made") << Reply::Make << PayLinkState::Ready;
    QTest::newRow("made, older name") << Reply::OlderName << PayLinkState::Ready;
    QTest::newRow("no address") << Reply::NoAddress << PayLinkState::Lost;
    QTest::newRow("foreign address") << Reply::Foreign << PayLinkState::Lost;
    QTest::newRow("refused") << Reply::Reject << PayLinkState::Refused;
    QTest::newRow("fault") << Reply::Fault << PayLinkState::Unknown;
    QTest::newRow("cut") << Reply::Cut << PayLinkState::Unknown;
}

void TestPayLinks::answers()
{
    QFETCH(const Reply, reply);
    QFETCH(const PayLinkState, state);
    SessionServer server;
    server.plan = {reply};
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, state), state);
    const models::PayLink link = desk.link(*key);
    QCOMPARE(link.url.isEmpty(), state != PayLinkState::Ready);
    QVERIFY(!link.answer.isEmpty());
    QTRY_COMPARE(desk.links->needsPerson(), state == PayLinkState::Lost || state == PayLinkState::Unknown ? 1 : 0);
    QCOMPARE(server.sessions().size(), 1);
}

void TestPayLinks::unknownIsAskedAgainWithTheSameBytes()
{
    SessionServer server;
    server.plan = {Reply::Cut};
    LinkDesk desk(file(), server.url(), {0});
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    QCOMPARE(server.sessions().size(), 2);
    QCOMPARE(server.sessions().at(0).body, server.sessions().at(1).body);
    QCOMPARE(desk.link(*key).attempts, 2);
}

void TestPayLinks::aDuplicateProvesThatItArrived()
{
    SessionServer server;
    server.plan = {Reply::Cut, Reply::Duplicate};
    LinkDesk desk(file(), server.url(), {0});
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Lost), PayLinkState::Lost);
    QVERIFY(!desk.send(*key)); // never again
    QCOMPARE(server.sessions().size(), 2);
}

void TestPayLinks::aDraftWithErrorsIsNeitherWrittenNorSent()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    models::NewPayLink wanted = payingLink(500);
    wanted.draft.set(models::SessionField::Email, u"ada@example.com\nBcc: eve@example.com"_s);
    const auto key = desk.create(wanted);
    QVERIFY(!key);
    QVERIFY(key.error().endsWith(u'.'));
    QCOMPARE(desk.value("SELECT count(*) FROM pay_links"), u"0"_s);
    QCOMPARE(server.sessions().size(), 0);
}

void TestPayLinks::nothingIsSentToAnotherService()
{
    SessionServer server;
    server.plan = {Reply::Cut};
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Unknown), PayLinkState::Unknown);
    desk.client->setEndpoint(QUrl(u"https://api.link.money"_s), {.clientId = u"id"_s, .clientSecret = "s"});
    std::expected<void, QString> sent;
    QTRY_VERIFY(!(sent = desk.send(*key)) && sent.error().contains(u"api.link.money"_s));
    QCOMPARE(desk.link(*key).state, PayLinkState::Unknown);
}

void TestPayLinks::linksOfAnEndedProcessBecomeUnknown()
{
    SessionServer server;
    qint64 made = 0;
    QByteArray sent;
    {
        SessionServer silent;
        silent.plan = {Reply::Silent};
        LinkDesk first(file(), silent.url());
        const auto key = first.create(payingLink(500));
        QVERIFY(key);
        made = *key;
        QTRY_COMPARE(silent.sessions().size(), 1);
        sent = silent.sessions().first().body;
        QVERIFY(first.run("DROP TRIGGER pay_links_guard_intent; UPDATE pay_links SET owner = 'gone', service = '"
            + server.url().host().toUtf8() + "'"));
        first.links.reset();
    }
    LinkDesk second(file(), server.url());
    QCOMPARE(second.reached(made, PayLinkState::Unknown), PayLinkState::Unknown);
    QCOMPARE(server.sessions().size(), 0); // never a fresh attempt by itself
    QVERIFY(second.run("UPDATE pay_links SET service = '" + second.client->host().toUtf8() + "'"));
    QVERIFY(second.send(made));
    QCOMPARE(second.reached(made, PayLinkState::Ready), PayLinkState::Ready);
    QCOMPARE(server.sessions().first().body, sent);
}

void TestPayLinks::aRedirectIsAHintUntilItIsReadBack()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    QSignalSpy failures(desk.lookUps.get(), &models::LookUps::failed);
    desk.links->tookRedirect(*key,
        {.linking = models::RedirectResult::Linking::Linked,
            .decision = models::RedirectResult::Decision::Authorized,
            .customerId = api::CustomerId(u"c-1"_s),
            .paymentId = u"p-1"_s});
    QCOMPARE(desk.reached(*key, PayLinkState::Decided), PayLinkState::Decided);
    models::PayLink link = desk.link(*key);
    QVERIFY(link.inferred);
    QCOMPARE(link.saidCustomer.text(), u"c-1"_s);
    QVERIFY(link.customer.isEmpty());
    QTRY_VERIFY(failures.size() >= 2); // the server does not know them yet
    const QByteArray created = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toUtf8();
    server.reads["/v1/customers/c-1"]
        = R"({"id":"c-1","firstName":"Ada","lastName":"Lovelace","email":"ada@example.com",)"
          R"("customerStatus":"ACTIVE","creationDate":")"
        + created + "\"}";
    server.reads["/v1/transactions/p-1"]
        = R"({"transactionId":"p-1","transactionType":"DEBIT","customerId":"c-1","amount":{"value":5,"currency":"USD"},)"
          R"("transactionStatus":"AUTHORIZED","creationDate":")"
        + created + R"(","clientReferenceId":")" + link.reference.toUtf8() + "\"}";
    const auto finished = [&] {
        desk.links->readBack(*key); // one that is under way is not asked twice
        return desk.link(*key).state == PayLinkState::Finished;
    };
    QTRY_VERIFY(finished());
    link = desk.link(*key);
    QVERIFY(!link.inferred);
    QCOMPARE(link.customer.text(), u"c-1"_s);
    QCOMPARE(link.payment.text(), u"p-1"_s);
}

void TestPayLinks::aFalseRedirectConfirmsNothing()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    desk.links->tookRedirect(*key,
        {.linking = models::RedirectResult::Linking::Linked,
            .decision = models::RedirectResult::Decision::Authorized,
            .customerId = api::CustomerId(u"nobody"_s),
            .paymentId = u"nothing"_s});
    QCOMPARE(desk.reached(*key, PayLinkState::Decided), PayLinkState::Decided);
    QSignalSpy failures(desk.lookUps.get(), &models::LookUps::failed);
    desk.links->readBack(*key);
    QTRY_VERIFY(failures.size() >= 2);
    const models::PayLink link = desk.link(*key);
    QCOMPARE(link.state, PayLinkState::Decided);
    QVERIFY(link.inferred);
    QVERIFY(link.customer.isEmpty() && link.payment.isEmpty());
    QVERIFY(!link.url.isEmpty()); // not over as long as nothing is confirmed
}

void TestPayLinks::aRedirectThatNamesAnotherPaymentConfirmsNothing_data()
{
    QTest::addColumn<qint64>("cents");
    QTest::addColumn<QString>("reference");
    QTest::addColumn<qint64>("age");
    QTest::addColumn<PayLinkState>("state");
    QTest::newRow("of another amount") << 999LL << QString() << 0LL << PayLinkState::Decided;
    QTest::newRow("of another order") << 500LL << u"ORDER-2"_s << 0LL << PayLinkState::Decided;
    QTest::newRow("older than the link") << 500LL << QString() << 86'400'000LL << PayLinkState::Decided;
    QTest::newRow("its own, without a reference") << 500LL << QString() << 0LL << PayLinkState::Finished;
}

void TestPayLinks::aRedirectThatNamesAnotherPaymentConfirmsNothing()
{
    QFETCH(const qint64, cents);
    QFETCH(const QString, reference);
    QFETCH(const qint64, age);
    QFETCH(const PayLinkState, state);
    SessionServer server;
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    const api::Transaction payment{.id = api::TransactionId(u"p-1"_s),
        .type = u"DEBIT"_s,
        .status = u"AUTHORIZED"_s,
        .customerId = api::CustomerId(u"c-1"_s),
        .amount = {.cents = cents},
        .clientReferenceId = reference,
        .createdAt = QDateTime::currentMSecsSinceEpoch() - age};
    desk.links->tookRedirect(*key,
        {.linking = models::RedirectResult::Linking::Linked,
            .decision = models::RedirectResult::Decision::Authorized,
            .customerId = {},
            .paymentId = u"p-1"_s});
    QCOMPARE(desk.reached(*key, PayLinkState::Decided), PayLinkState::Decided);
    QVERIFY(desk.observe(payment));
    if (state == PayLinkState::Decided)
        QTest::qWait(500);
    QCOMPARE(desk.reached(*key, state), state);
    QCOMPARE(desk.link(*key).inferred, state == PayLinkState::Decided);
    QCOMPARE(desk.link(*key).url.isEmpty(), state == PayLinkState::Finished);
}

void TestPayLinks::aPaymentThatWasThereBeforeProvesNothing()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    const api::Transaction payment{.id = api::TransactionId(u"p-1"_s),
        .type = u"DEBIT"_s,
        .status = u"TERMINAL_FAILED"_s,
        .customerId = api::CustomerId(u"c-1"_s),
        .amount = {.cents = 500},
        .clientReferenceId = desk.link(*key).reference,
        .createdAt = QDateTime::currentMSecsSinceEpoch()};
    // Paid for directly a minute before the link was made: within what clocks may differ, but known before it.
    QVERIFY(desk.run("UPDATE pay_links SET created_at = created_at + 60000"));
    QVERIFY(desk.observe(payment));
    desk.links->readBack(*key);
    QTest::qWait(500);
    QCOMPARE(desk.link(*key).state, PayLinkState::Ready);
    QVERIFY(!desk.link(*key).url.isEmpty());
}

void TestPayLinks::aPaymentUnderTheReferenceMovesTheLifeOn()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    desk.links->noteShared(*key, u"Copied."_s);
    QCOMPARE(desk.reached(*key, PayLinkState::Shared), PayLinkState::Shared);
    api::Transaction payment{.id = api::TransactionId(u"p-7"_s),
        .type = u"DEBIT"_s,
        .status = u"PENDING"_s,
        .customerId = api::CustomerId(u"c-7"_s),
        .amount = {.cents = 999},
        .clientReferenceId = desk.link(*key).reference,
        .createdAt = QDateTime::currentMSecsSinceEpoch()};
    QVERIFY(desk.observe(payment)); // of another amount: somebody else's
    payment.id = api::TransactionId(u"p-8"_s);
    payment.amount.cents = 500;
    QVERIFY(desk.observe(payment));
    QCOMPARE(desk.reached(*key, PayLinkState::Decided), PayLinkState::Decided);
    QCOMPARE(desk.link(*key).payment.text(), u"p-8"_s);
    QVERIFY(!desk.link(*key).inferred);
    payment.status = u"TERMINAL_FAILED"_s;
    QVERIFY(desk.observe(payment));
    QCOMPARE(desk.reached(*key, PayLinkState::Finished), PayLinkState::Finished);
}

void TestPayLinks::anAccountThatWasThereBeforeProvesNothing()
{
    const api::Customer customer{.id = api::CustomerId(u"c-1"_s), .email = u"ada@example.com"_s, .status = u"ACTIVE"_s};
    // The server's clock runs ahead: by its date the account is younger than any link made now.
    const qint64 ahead = QDateTime::currentMSecsSinceEpoch() + 3'600'000;
    const api::LinkedAccount first{.id = api::AccountId(u"a-1"_s), .status = u"ACTIVE"_s, .createdAt = ahead};
    const api::LinkedAccount second{.id = api::AccountId(u"a-2"_s), .status = u"ACTIVE"_s, .createdAt = ahead};
    SessionServer server;
    LinkDesk desk(file(), server.url());
    QVERIFY(desk.observe(customer));
    QVERIFY(desk.observe(api::LinkedAccounts{.customerId = customer.id, .accounts = {first}}));
    models::NewPayLink wanted = plainLink();
    wanted.purpose = models::PayLinkPurpose::Relink;
    wanted.forCustomer = customer.id;
    const auto key = desk.create(wanted);
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    wanted.forCustomer = api::CustomerId(u"c-2"_s);
    const auto later = desk.create(wanted);
    QVERIFY(later);
    QCOMPARE(desk.reached(*later, PayLinkState::Ready), PayLinkState::Ready);
    QVERIFY(desk.observe(customer));
    QVERIFY(desk.observe(api::LinkedAccounts{.customerId = customer.id, .accounts = {first}}));
    // What is observed is looked at in order: when the second customer's link has moved, the first one's was looked at.
    QVERIFY(desk.observe(api::Customer{.id = wanted.forCustomer, .email = u"bob@example.com"_s}));
    QVERIFY(desk.observe(api::LinkedAccounts{.customerId = wanted.forCustomer, .accounts = {second}}));
    QCOMPARE(desk.reached(*later, PayLinkState::Finished), PayLinkState::Finished);
    QCOMPARE(desk.link(*key).state, PayLinkState::Ready);
    QVERIFY(desk.observe(api::LinkedAccounts{.customerId = customer.id, .accounts = {first, second}}));
    QCOMPARE(desk.reached(*key, PayLinkState::Finished), PayLinkState::Finished);
}

void TestPayLinks::theAddressIsForgottenAtTheEnd()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(plainLink());
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    QVERIFY(!desk.link(*key).url.isEmpty());
    desk.links->tookRedirect(
        *key, {.linking = models::RedirectResult::Linking::Linked, .customerId = api::CustomerId(u"c-9"_s)});
    QCOMPARE(desk.reached(*key, PayLinkState::Linked), PayLinkState::Linked);
    QVERIFY(desk.observe(api::Customer{.id = api::CustomerId(u"c-9"_s),
        .firstName = u"Ada"_s,
        .lastName = u"Lovelace"_s,
        .email = u"ada@example.com"_s,
        .status = u"ACTIVE"_s,
        .createdAt = QDateTime::currentMSecsSinceEpoch()}));
    QCOMPARE(desk.reached(*key, PayLinkState::Finished), PayLinkState::Finished);
    QVERIFY(desk.link(*key).url.isEmpty());
}

void TestPayLinks::theAddressIsNowhereElse()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    QList<api::JournalEntry> journal;
    std::mutex mutex;
    desk.client->setJournal([&](const api::JournalEntry &entry) {
        const std::lock_guard lock(mutex);
        journal.append(entry);
    });
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, PayLinkState::Ready), PayLinkState::Ready);
    const QString secret = u"sk-1"_s;
    QVERIFY(desk.link(*key).url.toString().contains(secret));
    QCOMPARE(desk.value("SELECT count(*) FROM audit WHERE before_text || after_text || reason LIKE '%sk-1%'"), u"0"_s);
    QCOMPARE(desk.value("SELECT count(*) FROM pay_links WHERE answer LIKE '%sk-1%'"), u"0"_s);
    QCOMPARE(desk.value("SELECT count(*) FROM pay_link_steps WHERE detail LIKE '%sk-1%'"), u"0"_s);
    QVERIFY(!journal.isEmpty());
    for (const api::JournalEntry &entry : journal)
        QVERIFY(!entry.answerBody.contains("sk-1"));
    const auto database = models::Database::open(file(), models::Database::Mode::ReadOnly);
    const auto verdict = models::verifyAudit(**database);
    QVERIFY(verdict && verdict->intact && verdict->entries >= 2);
}

void TestPayLinks::whatWasSentCannotBeChanged()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    const auto key = desk.create(payingLink(500));
    QVERIFY(key);
    QVERIFY(!desk.run("UPDATE pay_links SET request_key = 'other'"));
    QVERIFY(!desk.run("UPDATE pay_links SET request_body = x'00'"));
    QVERIFY(!desk.run("DELETE FROM pay_links"));
}

void TestPayLinks::templatesAreKeptWithoutAPerson()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    const auto database = models::Database::open(file(), models::Database::Mode::ReadWrite);
    QVERIFY(database);
    QVERIFY(models::saveSessionTemplate(**database, {.name = u"Tickets"_s, .draft = payingLink(500).draft}, 1));
    QVERIFY(models::saveSessionTemplate(**database, {.name = u"tickets"_s, .draft = payingLink(700).draft}, 2));
    const auto templates = models::readSessionTemplates(**database);
    QVERIFY(templates);
    QCOMPARE(templates->size(), 1);
    QCOMPARE(templates->first().draft.payment().cents, 700);
    QCOMPARE(templates->first().draft.text(models::SessionField::Email), QString());
    QVERIFY(models::removeSessionTemplate(**database, u"TICKETS"_s));
    QVERIFY(models::readSessionTemplates(**database)->isEmpty());
}

void TestPayLinks::aCustomerAndAPaymentPrefillTheForm()
{
    using F = models::SessionField;
    SessionServer server;
    LinkDesk desk(file(), server.url());
    QVERIFY(desk.observe(api::Customer{.id = api::CustomerId(u"c-1"_s),
        .firstName = u"Ada"_s,
        .lastName = u"Lovelace"_s,
        .email = u"ada@example.com"_s,
        .status = u"INACTIVE"_s}));
    QVERIFY(desk.observe(api::Transaction{.id = api::TransactionId(u"p-1"_s),
        .type = u"DEBIT"_s,
        .status = u"TERMINAL_FAILED"_s,
        .customerId = api::CustomerId(u"c-1"_s),
        .amount = {.cents = 1234},
        .descriptor = u"Book Shop"_s}));
    const auto database = models::Database::open(file(), models::Database::Mode::ReadOnly);
    QVERIFY(database);
    const auto relink = models::prefilledLink(**database, models::PayLinkPurpose::Relink, u"c-1"_s);
    QVERIFY(relink);
    QCOMPARE(relink->draft.text(F::FirstName), u"Ada"_s);
    QCOMPARE(relink->draft.text(F::Experience), u"ONBOARD_WITH_DONE"_s);
    QCOMPARE(relink->forCustomer.text(), u"c-1"_s);
    const auto again = models::prefilledLink(**database, models::PayLinkPurpose::PayAgain, u"p-1"_s);
    QVERIFY(again);
    QCOMPARE(again->draft.text(F::LastName), u"Lovelace"_s);
    QCOMPARE(again->draft.text(F::PaymentAmount), u"12.34"_s);
    QCOMPARE(again->draft.text(F::PaymentDescriptor), u"Book Shop"_s);
    QCOMPARE(again->draft.text(F::PaymentReference), QString());
    QVERIFY(again->draft.paysInPage());
}

QTEST_GUILESS_MAIN(TestPayLinks)
#include "tst_paylinks.moc"
