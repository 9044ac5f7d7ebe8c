// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationwebhooks.h"

#include "tests/models/aggregationdesk.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using api::RegisteredWebhook;
using models::AggregationWebhooks;

namespace {

using Column = AggregationWebhooks::Column;

QByteArray hookJson(const QByteArray &id, const QByteArray &rest = {})
{
    return R"({"id":")" + id + R"(","uri":"https://shop.example.com/)" + id + R"(","webhookTypes":["REFRESH"])" + rest
        + "}";
}

QByteArray pageJson(const QByteArrayList &hooks)
{
    return R"({"webhooks":[)" + hooks.join(',') + "]}";
}

api::WebhookId hookId(const QString &text)
{
    return api::WebhookId(text);
}

//! A registry over a scripted network, watched by the model tester from the start.
struct RegistryDesk : AggregationDesk
{
    RegistryDesk() { network.expectTenantToken(u"TNT-1"_s, "tenant-token"); }

    void expectPage(int offset, const QByteArrayList &hooks)
    {
        expectGet(u"/client/webhooks?limit=50&offset=%1"_s.arg(offset), pageJson(hooks));
    }

    //! Of a webhook that is off, under the id "new".
    void expectCreation()
    {
        network.expect(
            {.verb = "POST",
                .path = u"/api/client/webhooks"_s,
                .body = R"({"uri":"https://a.example.com/","webhookTypes":["REFRESH"],"webhookDisabled":true})"},
            {.status = 201, .body = R"({"webhook":)" + hookJson("new", R"(,"webhookDisabled":true)") + "}"});
    }

    //! The whole list, with the empty page that ends it.
    bool read(const QByteArrayList &hooks)
    {
        expectPage(0, hooks);
        if (!hooks.isEmpty())
            expectPage(static_cast<int>(hooks.size()), {});
        registry.refresh();
        return QTest::qWaitFor([this] { return !registry.isLoading(); });
    }

    QString cell(int row, Column column) const { return registry.index(row, column).data().toString(); }

    AggregationWebhooks registry{aggregation};
    QAbstractItemModelTester tester{&registry, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

template<typename T> struct Heard
{
    QObject context;
    std::optional<api::Result<T>> result = {};

    auto handler()
    {
        return [this](const api::Result<T> &came) { result = came; };
    }
    bool wait()
    {
        return QTest::qWaitFor([this] { return result.has_value(); });
    }
};

} // namespace

class TestAggregationWebhooks : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void allPagesAreRead();
    void aServerThatIgnoresTheOffsetIsAskedNoFurther();
    void aFailedPageKeepsWhatIsShown();
    void refreshingKeepsRowsThatStay();
    void creatingAddsARow();
    void badDraftsAreNotSent_data();
    void badDraftsAreNotSent();
    void changingShowsTheNewState();
    void removingTakesTheRow_data();
    void removingTakesTheRow();
    void whatIsChangedIsInTheAuditTrail();
    void anUnknownOutcomeIsInTheAuditTrail();
    void aRefusedRemovalKeepsTheRow();
    void aTestReportsAndReadsTheHealth();
    void rowsAreBusyWhileTheyAreChanged();
    void aDeadListenerHearsNothingButTheRowChanges();
    void anotherTenantHasAnotherList();
    void anActionOutlivesASwitchOfTenants();
    void healthInWords_data();
    void healthInWords();
    void testsInWords();
};

void TestAggregationWebhooks::allPagesAreRead()
{
    RegistryDesk desk;
    QByteArrayList first;
    for (int number = 0; number < 50; ++number)
        first.append(hookJson("w" + QByteArray::number(number)));
    desk.expectPage(0, first);
    desk.expectPage(50, {hookJson("w50"), hookJson("w51")});
    desk.expectPage(52, {});
    desk.registry.refresh();
    QVERIFY(desk.registry.isLoading());
    QTRY_VERIFY(!desk.registry.isLoading());
    QCOMPARE(desk.registry.rowCount(), 52);
    QVERIFY(desk.registry.readAt() > 0);
    QCOMPARE(desk.cell(51, Column::Address), u"https://shop.example.com/w51"_s);
    QCOMPARE(desk.cell(0, Column::State), u"On"_s);
    QCOMPARE(desk.cell(0, Column::Id), u"w0"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregationWebhooks::aServerThatIgnoresTheOffsetIsAskedNoFurther()
{
    RegistryDesk desk;
    desk.expectPage(0, {hookJson("a"), hookJson("b")});
    desk.expectPage(2, {hookJson("a"), hookJson("b")});
    desk.registry.refresh();
    QTRY_VERIFY(!desk.registry.isLoading());
    QCOMPARE(desk.registry.rowCount(), 2);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregationWebhooks::aFailedPageKeepsWhatIsShown()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a")}));
    desk.expectGet(u"/client/webhooks?limit=50&offset=0"_s, {}, 500);
    desk.registry.refresh();
    QTRY_VERIFY(desk.registry.error());
    QCOMPARE(desk.registry.error()->kind, api::ErrorKind::Fault);
    QVERIFY(!desk.registry.isLoading());
    QCOMPARE(desk.registry.rowCount(), 1);
}

void TestAggregationWebhooks::refreshingKeepsRowsThatStay()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a"), hookJson("b"), hookJson("c")}));
    const QPersistentModelIndex kept = desk.registry.index(2, 0);
    QSignalSpy resets(&desk.registry, &QAbstractItemModel::modelReset);
    QVERIFY(desk.read({hookJson("b", R"(,"status":"UNHEALTHY")"), hookJson("c"), hookJson("d")}));
    QCOMPARE(resets.size(), 0);
    QVERIFY(kept.isValid());
    QCOMPARE(kept.row(), 1);
    QCOMPARE(desk.registry.rowCount(), 3);
    QCOMPARE(desk.cell(0, Column::Health), u"Not healthy"_s);
}

void TestAggregationWebhooks::creatingAddsARow()
{
    RegistryDesk desk;
    desk.expectCreation();
    Heard<RegisteredWebhook> heard;
    desk.registry.create(u"https://a.example.com/"_s, {u"REFRESH"_s}, true, &heard.context, heard.handler());
    QVERIFY(heard.wait());
    QVERIFY(*heard.result);
    QCOMPARE(desk.registry.rowCount(), 1);
    QCOMPARE(desk.cell(0, Column::State), u"Off"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregationWebhooks::badDraftsAreNotSent_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QStringList>("types");
    QTest::newRow("plain http") << u"http://a.example.com/"_s << QStringList{u"REFRESH"_s};
    QTest::newRow("empty") << QString() << QStringList{u"REFRESH"_s};
    QTest::newRow("no events") << u"https://a.example.com/"_s << QStringList();
    QTest::newRow("credentials") << u"https://a:b@a.example.com/"_s << QStringList{u"REFRESH"_s};
    QTest::newRow("no host") << u"https://"_s << QStringList{u"REFRESH"_s};
}

void TestAggregationWebhooks::badDraftsAreNotSent()
{
    QFETCH(QString, uri);
    QFETCH(QStringList, types);
    AggregationDesk desk;
    AggregationWebhooks registry(desk.aggregation);
    Heard<RegisteredWebhook> created;
    Heard<RegisteredWebhook> changed;
    registry.create(uri, types, false, &created.context, created.handler());
    registry.change(hookId(u"a"_s), {.uri = uri, .types = types}, &changed.context, changed.handler());
    for (Heard<RegisteredWebhook> *heard : {&created, &changed}) {
        QVERIFY(heard->wait());
        QVERIFY(!*heard->result);
        QCOMPARE(heard->result->error().delivery, api::Delivery::CertainlyNotSent);
        QCOMPARE(heard->result->error().message, AggregationWebhooks::draftProblem(uri, types));
    }
    QVERIFY(desk.network.requests().isEmpty());
}

void TestAggregationWebhooks::changingShowsTheNewState()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a")}));
    desk.network.expect({.verb = "PATCH", .path = u"/api/client/webhooks/a"_s, .body = R"({"webhookDisabled":true})"},
        {.body = hookJson("a", R"(,"webhookDisabled":true)")});
    Heard<RegisteredWebhook> heard;
    desk.registry.change(hookId(u"a"_s), {.disabled = true}, &heard.context, heard.handler());
    QVERIFY(heard.wait());
    QVERIFY(*heard.result);
    QCOMPARE(desk.cell(0, Column::State), u"Off"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregationWebhooks::removingTakesTheRow_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("removed") << 200;
    QTest::newRow("empty answer") << 204;
    QTest::newRow("was gone already") << 404;
}

void TestAggregationWebhooks::removingTakesTheRow()
{
    QFETCH(int, status);
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a"), hookJson("b")}));
    desk.network.expect({.verb = "DELETE", .path = u"/api/client/webhooks/a"_s},
        {.status = status, .body = status == 200 ? hookJson("a") : QByteArray()});
    Heard<RegisteredWebhook> heard;
    desk.registry.remove(hookId(u"a"_s), &heard.context, heard.handler());
    QVERIFY(heard.wait());
    QVERIFY(*heard.result);
    QCOMPARE(desk.registry.rowCount(), 1);
    QCOMPARE(desk.cell(0, Column::Id), u"b"_s);
    // What was gone already was not removed from here.
    QTRY_COMPARE(
        desk.ask("SELECT subject || ': ' || before_text FROM audit WHERE action = 'registered webhook removed'"),
        status == 404 ? QString() : u"TNT-1/a: ACTIVE a https://shop.example.com/a REFRESH"_s);
}

void TestAggregationWebhooks::whatIsChangedIsInTheAuditTrail()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a")}));
    desk.expectCreation();
    Heard<RegisteredWebhook> made;
    desk.registry.create(u"https://a.example.com/"_s, {u"REFRESH"_s}, true, &made.context, made.handler());
    QVERIFY(made.wait());
    QVERIFY(*made.result);
    QTRY_COMPARE(desk.ask("SELECT action || ' ' || subject || ': ' || before_text || ' > ' || after_text FROM audit"),
        u"registered webhook created TNT-1/new:  > DISABLED new https://shop.example.com/new REFRESH"_s);
    QCOMPARE(desk.ask("SELECT count(*) FROM audit WHERE who <> ''"), u"1"_s);
}

void TestAggregationWebhooks::anUnknownOutcomeIsInTheAuditTrail()
{
    const RegisteredWebhook known{.id = hookId(u"a"_s), .uri = u"https://shop.example.com/a"_s};
    const auto deed = [&known](api::Delivery delivery) {
        return models::auditOfRegistry(models::RegistryDeed::Change, u"TNT-1"_s, known,
            std::unexpected(api::Error{.kind = api::ErrorKind::Garbled, .delivery = delivery}));
    };
    QVERIFY(!deed(api::Delivery::CertainlyNotSent));
    QVERIFY(!deed(api::Delivery::Answered));
    const auto entry = deed(api::Delivery::Unknown);
    QVERIFY(entry);
    QVERIFY(entry->after.contains(u"not known"_s));
    QVERIFY(entry->before.contains(u"https://shop.example.com/a"_s));
}

void TestAggregationWebhooks::aRefusedRemovalKeepsTheRow()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a")}));
    desk.network.expect({.verb = "DELETE", .path = u"/api/client/webhooks/a"_s}, {.status = 500});
    Heard<RegisteredWebhook> heard;
    desk.registry.remove(hookId(u"a"_s), &heard.context, heard.handler());
    QVERIFY(heard.wait());
    QVERIFY(!*heard.result);
    QCOMPARE(desk.registry.rowCount(), 1);
}

void TestAggregationWebhooks::aTestReportsAndReadsTheHealth()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a")}));
    desk.network.expect({.verb = "POST", .path = u"/api/client/webhooks/a/fire_test_webhook"_s},
        {.body = R"({"receivedResponse":true,"responseCode":200,"firedAt":"2026-11-20T10:00:00Z",)"
                 R"("receivedAt":"2026-11-20T10:00:00.125Z","processingDuration":0.125})"});
    desk.expectGet(u"/client/webhooks/a"_s, hookJson("a", R"(,"status":"HEALTHY")"));
    Heard<api::WebhookTest> heard;
    desk.registry.fireTest(hookId(u"a"_s), &heard.context, heard.handler());
    QVERIFY(heard.wait());
    QVERIFY(*heard.result);
    QCOMPARE((*heard.result)->durationMs, 125);
    QTRY_COMPARE(desk.cell(0, Column::Health), u"Healthy"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregationWebhooks::rowsAreBusyWhileTheyAreChanged()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a"), hookJson("b")}));
    desk.expectGet(u"/client/webhooks/a"_s, hookJson("a"));
    Heard<RegisteredWebhook> heard;
    desk.registry.show(hookId(u"a"_s), &heard.context, heard.handler());
    QVERIFY(desk.registry.isBusy(hookId(u"a"_s)));
    QVERIFY(!desk.registry.isBusy(hookId(u"b"_s)));
    QVERIFY(desk.registry.index(0, 0).data(AggregationWebhooks::BusyRole).toBool());
    QVERIFY(heard.wait());
    QVERIFY(!desk.registry.isBusy(hookId(u"a"_s)));
}

void TestAggregationWebhooks::aDeadListenerHearsNothingButTheRowChanges()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a")}));
    desk.network.expect({.verb = "DELETE", .path = u"/api/client/webhooks/a"_s}, {.body = hookJson("a")});
    bool heard = false;
    {
        QObject listener;
        desk.registry.remove(
            hookId(u"a"_s), &listener, [&heard](const api::Result<RegisteredWebhook> &) { heard = true; });
    }
    QTRY_COMPARE(desk.registry.rowCount(), 0);
    QVERIFY(!heard);
}

void TestAggregationWebhooks::anotherTenantHasAnotherList()
{
    RegistryDesk desk;
    QVERIFY(desk.read({hookJson("a")}));
    desk.network.expectTenantToken(u"TNT-2"_s, "second");
    desk.expectPage(0, {hookJson("z")});
    desk.expectPage(1, {});
    QVERIFY(desk.aggregation.setTenant(u"TNT-2"_s));
    QCOMPARE(desk.registry.rowCount(), 0);
    QTRY_COMPARE(desk.registry.rowCount(), 1);
    QCOMPARE(desk.cell(0, Column::Id), u"z"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregationWebhooks::anActionOutlivesASwitchOfTenants()
{
    RegistryDesk desk;
    desk.network.expect(
        {.verb = "POST",
            .path = u"/api/client/webhooks"_s,
            .body = R"({"uri":"https://a.example.com/","webhookTypes":["REFRESH"],"webhookDisabled":false})"},
        {.status = 201, .body = R"({"webhook":)" + hookJson("new") + "}"});
    Heard<RegisteredWebhook> heard;
    desk.registry.create(u"https://a.example.com/"_s, {u"REFRESH"_s}, false, &heard.context, heard.handler());
    QVERIFY(desk.aggregation.setTenant(u"TNT-2"_s));
    QVERIFY(heard.wait());
    QVERIFY(*heard.result);
    QCOMPARE(desk.registry.rowCount(), 0);
    QVERIFY(!desk.registry.isBusy({}));
}

void TestAggregationWebhooks::healthInWords_data()
{
    using Health = RegisteredWebhook::Health;
    constexpr qint64 hour = 3'600'000;
    constexpr qint64 now = 1'795'168'800'000;
    QTest::addColumn<RegisteredWebhook>("webhook");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("new") << RegisteredWebhook{} << QStringList{u"Nothing was delivered yet."_s};
    QTest::newRow("healthy") << RegisteredWebhook{.health = Health::Healthy,
        .lastAttemptAt = now - hour,
        .lastAttemptStatus = 204,
        .lastSuccessAt = now - hour}
                             << QStringList{u"Healthy."_s, u"was answered with 204."_s};
    QTest::newRow("broken") << RegisteredWebhook{.health = Health::Unhealthy,
        .lastAttemptAt = now - 2 * hour,
        .lastAttemptStatus = 500,
        .lastSuccessAt = now - 72 * hour}
                            << QStringList{u"Not healthy"_s, u"answered with 500."_s, u"The last good one"_s};
    QTest::newRow("no answer") << RegisteredWebhook{.health = Health::Unhealthy, .lastAttemptAt = now - hour}
                               << QStringList{u"got no answer."_s, u"None has succeeded so far."_s};
    QTest::newRow("off") << RegisteredWebhook{.disabled = true, .health = Health::Healthy}
                         << QStringList{u"Switched off"_s};
}

void TestAggregationWebhooks::healthInWords()
{
    QFETCH(RegisteredWebhook, webhook);
    QFETCH(QStringList, parts);
    const QString text = AggregationWebhooks::healthText(webhook, QLocale::c(), 1'795'168'800'000);
    for (const QString &part : parts)
        QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(!text.contains(u'%'));
}

void TestAggregationWebhooks::testsInWords()
{
    const auto text = [](const api::WebhookTest &test) { return AggregationWebhooks::testText(test, QLocale::c()); };
    QVERIFY(text({}).contains(u"did not answer"_s));
    QCOMPARE(text({.receivedResponse = true, .responseCode = 200, .durationMs = 125}),
        u"The address answered with 200. It took 125 ms."_s);
    QVERIFY(text({.receivedResponse = true, .responseCode = 404}).contains(u"counts as a failure"_s));
}

QTEST_GUILESS_MAIN(TestAggregationWebhooks)
#include "tst_aggregationwebhooks.moc"
