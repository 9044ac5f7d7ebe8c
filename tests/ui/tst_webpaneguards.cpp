// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"
#include "tests/ui/webpanebench.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using State = ui::LinkPane::State;

//! The real engine against pages that misbehave.
class tst_WebPaneGuards : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_sandbox.start());
        const QJsonObject body{{u"firstName"_s, u"Ada"_s}, {u"lastName"_s, u"Lovelace"_s},
            {u"email"_s, u"ada@example.com"_s}, {u"product"_s, u"PAY"_s},
            {u"redirectUrl"_s, u"https://shop.example.com/back"_s},
            {u"orderDetails"_s, QJsonObject{{u"totalAmount"_s, tests::usd(12.34)}}},
            {u"customerProfile"_s, QJsonObject{{u"guestCheckout"_s, true}}}};
        const tests::SandboxAnswer answer = m_sandbox.post(u"/v2/sessions"_s, body, tests::Credential::Basic);
        m_session = QUrl(answer.text(u"sessionUrl"_s));
        QVERIFY2(m_session.isValid() && !m_session.isEmpty(), answer.body.constData());
    }
    void cleanup() { m_bench.close(); }

    void theFirstPageLeadsAstray_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("other origin") << u"otherOrigin"_s << u"localhost does not belong"_s;
        QTest::newRow("look-alike host") << u"lookAlikeHost"_s << u"link.money.evil.example does not belong"_s;
        QTest::newRow("user name") << u"lookAlikeUser"_s << u"real host, evil.example"_s;
        QTest::newRow("punycode") << u"lookAlikePunycode"_s << u"look like others"_s;
        QTest::newRow("an app") << u"appRedirect"_s << u"begins with someapp:"_s;
        QTest::newRow("endless") << u"endlessRedirect"_s << u"round in circles"_s;
    }

    void theFirstPageLeadsAstray()
    {
        QFETCH(QString, fault);
        QFETCH(QString, sentence);
        m_bench.open(request(fault));
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.state(), State::Refused, 15'000);
        QVERIFY2(m_bench.pane().explanation().contains(sentence), qPrintable(m_bench.pane().explanation()));
        QVERIFY(!m_bench.pane().page());
        QVERIFY(m_bench.redirects->isEmpty());
    }

    void anAppIsAReturnToo_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("script");
        QTest::addColumn<QUrl>("redirect");
        QTest::newRow("the server leads there") << u"appRedirect"_s << QString() << QUrl(u"someapp://done"_s);
        QTest::newRow("a link") << u"links"_s << u"document.querySelector('#fault-link-scheme').click()"_s
                                << QUrl(u"someapp://open/this"_s);
        QTest::newRow("a script") << u"links"_s << u"location = 'other.app:back?status=204'"_s
                                  << QUrl(u"other.app:back"_s);
    }

    void anAppIsAReturnToo()
    {
        QFETCH(QString, fault);
        QFETCH(QString, script);
        QFETCH(QUrl, redirect);
        models::PaneRequest toApp = request(fault);
        toApp.redirect = redirect;
        m_bench.open(toApp);
        if (!script.isEmpty()) {
            QVERIFY(ready());
            m_bench.run(script);
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.redirects->size(), 1, 15'000);
        QCOMPARE(m_bench.state(), State::Finished);
        const QUrl caught = m_bench.redirects->constFirst().constFirst().toUrl();
        QCOMPARE(caught.adjusted(QUrl::RemoveQuery), redirect);
        QVERIFY2(m_bench.refusals().isEmpty(), qPrintable(m_bench.refusals().join(u'|')));
    }

    void aLinkLeadsAstray_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("sentence");
        const auto link = [](const char *name, const QString &id, const QString &sentence) {
            QTest::newRow(name) << u"document.querySelector('#fault-link-%1').click()"_s.arg(id) << sentence;
        };
        link("other origin", u"origin"_s, u"localhost does not belong"_s);
        link("the web", u"web"_s, u"shop.example.net does not belong"_s);
        link("without https", u"plain"_s, u"not encrypted"_s);
        link("user name", u"user"_s, u"behind a user name"_s);
        link("mail", u"mail"_s, u"begins with mailto:"_s);
        link("an app", u"scheme"_s, u"begins with someapp:"_s);
        QTest::newRow("a script sends it away")
            << u"location = 'https://xn--lnk-jua.money/'"_s << u"look like others"_s;
        QTest::newRow("a form sends it away")
            << u"const f = document.createElement('form'); f.action = 'https://evil.example/'; f.method = 'post';"
               "document.body.append(f); f.submit()"_s
            << u"evil.example does not belong"_s;
        QTest::newRow("another program") << u"location = 'http://127.0.0.1:9/'"_s << u"another service"_s;
    }

    void aLinkLeadsAstray()
    {
        QFETCH(QString, script);
        QFETCH(QString, sentence);
        m_bench.open(request(u"links"_s));
        QVERIFY(ready());
        const QUrl before = m_bench.pane().shownAddress();
        m_bench.run(script);
        QVERIFY2(m_bench.wasRefused(sentence), qPrintable(m_bench.refusals().join(u'|')));
        QTRY_COMPARE(m_bench.state(), State::Shown);
        QCOMPARE(m_bench.pane().shownAddress(), before);
    }

    //! The engine stops these by itself and tells nobody.
    void someLinksDoNothing_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("file") << u"file"_s;
        QTest::newRow("data") << u"data"_s;
    }

    void someLinksDoNothing()
    {
        QFETCH(QString, id);
        m_bench.open(request(u"links"_s));
        QVERIFY(ready());
        m_bench.follow("#fault-link-"_L1 + id);
        QVERIFY(m_bench.becomes(u"document.title === 'A page that misbehaves'"_s));
        QCOMPARE(m_bench.pane().shownAddress().scheme(), u"http"_s);
    }

    void nothingOfThisComputerIsGiven_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("camera") << u"camera"_s << u"asked for: the camera"_s;
        QTest::newRow("microphone") << u"microphone"_s << u"asked for: the microphone"_s;
        QTest::newRow("location") << u"location"_s << u"asked for: the location"_s;
        QTest::newRow("notifications") << u"notifications"_s << u"asked for: to show notifications"_s;
        QTest::newRow("download") << u"download"_s << u"asked for: to save a file"_s;
        QTest::newRow("dialogs") << u"dialogs"_s << u"“Your console has a message.”"_s;
    }

    void nothingOfThisComputerIsGiven()
    {
        QFETCH(QString, fault);
        QFETCH(QString, sentence);
        m_bench.open(request(fault));
        QVERIFY2(m_bench.wasRefused(sentence), qPrintable(m_bench.refusals().join(u'|')));
        QVERIFY(m_bench.becomes(u"!document.querySelector('#fault-result').textContent.includes('granted')"_s));
        QTRY_COMPARE(m_bench.state(), State::Shown);
    }

    void aPressGivesNothingEither_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("full screen") << u"fullScreen"_s << u"asked for: to fill the whole screen"_s;
        QTest::newRow("pointer") << u"pointerLock"_s << u"asked for: to hold the mouse pointer"_s;
    }

    void aPressGivesNothingEither()
    {
        QFETCH(QString, fault);
        QFETCH(QString, sentence);
        m_bench.open(request(fault));
        QVERIFY(ready());
        QVERIFY(m_bench.press(u"#fault-again"_s));
        QVERIFY2(m_bench.wasRefused(sentence), qPrintable(m_bench.refusals().join(u'|')));
        QVERIFY(m_bench.becomes(u"!document.fullscreenElement && !document.pointerLockElement"_s));
        QVERIFY(!m_bench.pane().window()->isFullScreen());
    }

    //! The engine asks nobody about the clipboard: what counts is that it stays as it was.
    void theClipboardIsNeitherReadNorWritten()
    {
        QGuiApplication::clipboard()->setText(u"ours"_s);
        m_bench.open(request(u"clipboard"_s));
        QVERIFY(ready());
        QVERIFY(m_bench.press(u"#fault-again"_s));
        QVERIFY(m_bench.becomes(u"document.querySelector('#fault-result').textContent !== 'waiting'"_s));
        QCOMPARE(m_bench.run(u"document.querySelector('#fault-result').textContent"_s).toString(),
            u"copy false, paste false, write refused, read refused"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"ours"_s);
    }

    void noFileIsChosen()
    {
        m_bench.open(request(u"fileChooser"_s));
        QVERIFY(ready());
        QVERIFY(m_bench.press(u"#fault-file"_s));
        QVERIFY2(
            m_bench.wasRefused(u"asked for: a file of this computer"_s), qPrintable(m_bench.refusals().join(u'|')));
        QCOMPARE(m_bench.run(u"document.querySelector('#fault-file').files.length"_s).toInt(), 0);
    }

    void windowsNobodyAskedForStayClosed()
    {
        m_bench.open(request(u"popup"_s));
        QVERIFY(m_bench.becomes(u"document.querySelector('#fault-result').textContent === 'opened 0'"_s));
        QVERIFY(!m_bench.popupView());
    }

    void aFrameOfAnotherServiceStaysEmpty()
    {
        m_bench.open(request(u"frame"_s));
        QVERIFY2(m_bench.wasRefused(u"localhost does not belong"_s), qPrintable(m_bench.refusals().join(u'|')));
        QTRY_COMPARE(m_bench.state(), State::Shown);
    }

    void aServerThatIsGoneCanBeTriedAgain()
    {
        models::PaneRequest gone = request({});
        gone.address.setPort(freePort());
        m_bench.open(gone);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.state(), State::Offline, 15'000);
        QVERIFY(m_bench.pane().explanation().contains("cannot be reached"_L1));
        m_bench.pane().tryAgain();
        QCOMPARE(m_bench.state(), State::Loading);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.state(), State::Offline, 15'000);
    }

    void aFalseCertificateIsFinal()
    {
        QTemporaryDir directory;
        const QString key = directory.filePath(u"key.pem"_s);
        const QString certificate = directory.filePath(u"certificate.pem"_s);
        QCOMPARE(QProcess::execute(u"openssl"_s,
                     {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-keyout"_s, key, u"-out"_s,
                         certificate, u"-subj"_s, u"/CN=client.link.money"_s}),
            0);
        tests::SandboxUnderUse sandbox({u"--tls-certificate"_s, certificate, u"--tls-key"_s, key});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.standardError()));
        models::PaneRequest untrusted = request({});
        untrusted.address = QUrl(sandbox.ready()[u"pagesUrl"_s].toString() + u"/client"_s);
        QCOMPARE(untrusted.address.scheme(), u"https"_s);
        m_bench.open(untrusted);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.state(), State::Untrusted, 15'000);
        QVERIFY(m_bench.pane().explanation().contains("could not prove who it is"_L1));
        QVERIFY(!m_bench.pane().page());
        m_bench.pane().tryAgain();
        QCOMPARE(m_bench.state(), State::Untrusted);
    }

    void anErrorPageIsShownAsItIs()
    {
        m_bench.open(request(u"error"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.state(), State::Shown, 15'000);
    }

private:
    static int freePort()
    {
        QTcpServer server;
        return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
    }

    models::PaneRequest request(const QString &fault) const
    {
        QUrl address = m_session;
        if (!fault.isEmpty())
            address.setQuery(address.query(QUrl::FullyEncoded) + "&fault="_L1 + fault);
        return {.address = address, .redirect = QUrl(u"https://shop.example.com/back"_s), .hosts = {u"127.0.0.1"_s}};
    }

    bool ready() { return m_bench.becomes(u"document.readyState === 'complete' && !!document.body.dataset.fault"_s); }

    tests::SandboxUnderUse m_sandbox;
    WebPaneBench m_bench;
    QUrl m_session;
};

QTEST_MAIN(tst_WebPaneGuards)
#include "tst_webpaneguards.moc"
