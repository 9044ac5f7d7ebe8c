// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedserver.h"
#include "tests/ui/webpanebench.h"

#include <QTcpSocket>

using namespace Qt::Literals::StringLiterals;
using State = ui::LinkPane::State;
using Kind = models::PaneRequest::Kind;

namespace {

const auto loaderScript = QByteArrayLiteral(
    "window.fastlink = { open: (options, id) => {"
    "  const frame = document.createElement('iframe'); frame.src = options.fastLinkURL;"
    "  document.getElementById(id).append(frame);"
    "  options.onEvent({ type: 'OPEN_EXTERNAL_URL', data: { url: 'https://bank.example/login' } });"
    "  options.onSuccess({ providerAccountId: 7, providerName: 'FinBank', status: 'SUCCESS',"
    "    note: options.accessToken + '|' + options.params.configName });"
    "  options.onClose({ action: 'exit' }); } };");

} // namespace

//! FastLink by form and by loader, with a small server in place of it: reference 2.7.
class tst_WebPaneFastLink : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { m_bench.close(); }

    void theFormIsPostedWithTheToken()
    {
        m_bench.open(request(Kind::FastLinkForm));
        QVERIFY(m_bench.becomes(u"document.title === 'FastLink'"_s));
        const ScriptedServer::Received &first = m_server.received().constFirst();
        QVERIFY(first.head.startsWith("POST /fastlink "));
        QCOMPARE(first.body, QByteArray("accessToken=Bearer%20tok3n&extraParams=configName%3Daggregation"));
        QVERIFY(!m_bench.pane().shownAddress().toString().contains("tok3n"_L1));
    }

    void messagesEndTheSession_data()
    {
        QTest::addColumn<QStringList>("posts");
        const QString success
            = u"{\"type\":\"POST_MESSAGE\",\"data\":{\"providerAccountId\":7,\"status\":\"SUCCESS\"}}"_s;
        const QString exit = u"{\"type\":\"POST_MESSAGE\",\"data\":{\"action\":\"exit\"}}"_s;
        QTest::newRow("success, exit") << QStringList{success, exit};
        QTest::newRow("exit, success") << QStringList{exit, success};
    }

    void messagesEndTheSession()
    {
        QFETCH(QStringList, posts);
        m_bench.open(request(Kind::FastLinkForm));
        QVERIFY(m_bench.becomes(u"document.title === 'FastLink'"_s));
        for (const QString &post : std::as_const(posts))
            m_bench.run("YWebViewHandler.postMessage('"_L1 + post + "')"_L1);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.state(), State::Finished, 10'000);
        QCOMPARE(m_bench.messages->size(), 2);
        QCOMPARE(m_bench.messages->constFirst().at(0).toByteArray(), posts.constFirst().toUtf8());
        QCOMPARE(m_bench.messages->constFirst().at(1).toString(), models::originOf(m_server.url()));
    }

    void aMessageMayComeThroughTheWindow()
    {
        m_bench.open(request(Kind::FastLinkForm));
        QVERIFY(m_bench.becomes(u"document.title === 'FastLink'"_s));
        m_bench.run(u"window.postMessage({fnToCall: 'resizeIframeWindow', height: 700}, '*')"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.messages->size(), 1, 10'000);
        QCOMPARE(m_bench.state(), State::Shown);
    }

    void messagesThatAreNotRead_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("a megabyte") << u"YWebViewHandler.postMessage('{\"a\":\"' + 'x'.repeat(1 << 20) + '\"}')"_s
                                    << u"more than 64 KB"_s;
        QTest::newRow("letters of three bytes")
            << u"YWebViewHandler.postMessage('{\"a\":\"' + '\u20ac'.repeat(30000) + '\"}')"_s << u"more than 64 KB"_s;
        QTest::newRow("not JSON") << u"YWebViewHandler.postMessage('hello')"_s << u"not JSON"_s;
        QTest::newRow("a script to open")
            << u"YWebViewHandler.postMessage('{\"type\":\"OPEN_EXTERNAL_URL\",\"data\":{\"url\":\"javascript:1\"}}')"_s
            << u"begins with javascript:"_s;
        QTest::newRow("another origin")
            << u"const f = document.createElement('iframe'); f.srcdoc = '<script>parent.postMessage({action:"
               "\"exit\"}, \"*\")</' + 'script>'; f.sandbox = 'allow-scripts'; document.body.append(f)"_s
            << u"does not come from FastLink"_s;
    }

    void messagesThatAreNotRead()
    {
        QFETCH(QString, script);
        QFETCH(QString, sentence);
        m_bench.open(request(Kind::FastLinkForm));
        QVERIFY(m_bench.becomes(u"document.title === 'FastLink'"_s));
        m_bench.run(script);
        QVERIFY2(m_bench.wasRefused(sentence), qPrintable(m_bench.refusals().join(u'|')));
        QVERIFY(m_bench.messages->isEmpty());
        QVERIFY(m_bench.externals->isEmpty());
        QCOMPARE(m_bench.state(), State::Shown);
    }

    void theLoaderOpensFastLink()
    {
        m_bench.open(request(Kind::FastLinkLoader));
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.state(), State::Finished, 15'000);
        QCOMPARE(m_bench.externals->size(), 1);
        QCOMPARE(m_bench.externals->constFirst().constFirst().toUrl(), QUrl(u"https://bank.example/login"_s));
        QVERIFY(m_bench.messages->constFirst().at(0).toByteArray().contains("Bearer tok3n|aggregation"));
    }

    void aMissingLoaderIsTold()
    {
        models::PaneRequest missing = request(Kind::FastLinkLoader);
        missing.loader.setPath(u"/nothing.js"_s);
        m_bench.open(missing);
        QVERIFY2(WebPaneBench::waitFor([this] { return !m_bench.messages->isEmpty(); }, 15'000),
            qPrintable(m_bench.refusals().join(u'|')));
        QVERIFY(m_bench.messages->constFirst().at(0).toByteArray().contains("could not be loaded"));
    }

private:
    models::PaneRequest request(Kind kind) const
    {
        QUrl address = m_server.url();
        QUrl loader = address;
        address.setPath(u"/fastlink"_s);
        loader.setPath(u"/initialize.js"_s);
        return {.kind = kind,
            .address = address,
            .accessToken = u"tok3n"_s,
            .loader = loader,
            .parameters = {{u"configName"_s, u"aggregation"_s}}};
    }

    static void answer(QTcpSocket *socket, const ScriptedServer::Received &request)
    {
        const bool script = request.head.startsWith("GET /initialize.js");
        const bool page = request.head.contains(" /fastlink ");
        const QByteArray html = "<!doctype html><title>FastLink</title><p>Choose your bank</p>";
        const QByteArray body = script ? loaderScript : page ? html : QByteArray("nothing");
        socket->write(QByteArray(script || page ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found")
            + "\r\nContent-Type: " + (script ? "text/javascript" : "text/html")
            + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    ScriptedServer m_server{answer};
    WebPaneBench m_bench;
};

QTEST_MAIN(tst_WebPaneFastLink)
#include "tst_webpanefastlink.moc"
