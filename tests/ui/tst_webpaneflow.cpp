// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redirectresult.h"
#include "tests/sandbox/sandboxunderuse.h"
#include "tests/ui/webpanebench.h"

#include <QApplication>
#include <QJsonObject>
#include <QLabel>

#include <csignal>

using namespace Qt::Literals::StringLiterals;
using State = ui::LinkPane::State;
using models::RedirectResult;

namespace {

constexpr auto redirectAddress = "https://shop.example.com/back?page=checkout"_L1;

bool isAt(WebPaneBench &bench, const QString &selector)
{
    return bench.becomes("document.readyState === 'complete' && !!document.querySelector('"_L1 + selector + "')"_L1);
}

} // namespace

//! The real engine against the sandbox's own pages: what a customer does.
class tst_WebPaneFlow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QPalette dark = QGuiApplication::palette(); // before the engine starts, which asks once
        dark.setColor(QPalette::Window, Qt::black);
        QGuiApplication::setPalette(dark);
        QVERIFY(m_sandbox.start());
    }
    void cleanup() { m_bench.close(); }

    void linkAndPay_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<bool>("payment");
        QTest::addColumn<QString>("redirect");
        QTest::addColumn<RedirectResult::Decision>("decision");
        const QString web = redirectAddress;
        QTest::newRow("link only") << u"profile_522"_s << false << web << RedirectResult::Decision::None;
        QTest::newRow("pay") << u"profile_522"_s << true << web << RedirectResult::Decision::Authorized;
        QTest::newRow("pay again") << u"profile_522"_s << true << web << RedirectResult::Decision::Authorized;
        QTest::newRow("no funds") << u"profile_08"_s << true << web << RedirectResult::Decision::Failed;
        QTest::newRow("back to an app") << u"profile_522"_s << true << u"myapp://done?from=link"_s
                                        << RedirectResult::Decision::Authorized;
        QTest::newRow("back to another app")
            << u"profile_08"_s << true << u"com.example.shop:back"_s << RedirectResult::Decision::Failed;
    }

    void linkAndPay()
    {
        QFETCH(QString, user);
        QFETCH(bool, payment);
        QFETCH(QString, redirect);
        QFETCH(RedirectResult::Decision, decision);
        m_bench.open(request(payment, redirect));
        signIn(user);
        consent();
        if (payment) {
            QVERIFY(isAt(m_bench, u"#pay-submit"_s));
            m_bench.follow(u"#pay-submit"_s);
        }
        const RedirectResult result = ending();
        QVERIFY2(result.clear(), qPrintable(result.account()));
        QCOMPARE(result.linking, RedirectResult::Linking::Linked);
        QCOMPARE(result.decision, decision);
        QVERIFY(result.customerId.has_value());
        QCOMPARE(!result.paymentId.isEmpty(), payment);
        QCOMPARE(m_sandbox.get("/v1/customers/"_L1 + result.customerId->text()).status, 200);
    }

    void declineAndLeave_data()
    {
        QTest::addColumn<QString>("step");
        QTest::newRow("decline") << u"#decline-submit"_s;
        QTest::newRow("leave at the bank list") << u"#leave-submit"_s;
    }

    void declineAndLeave()
    {
        QFETCH(QString, step);
        const bool late = step == "#decline-submit"_L1;
        m_bench.open(request(late, redirectAddress));
        if (late) {
            signIn(u"profile_522"_s);
            consent();
        }
        QVERIFY(isAt(m_bench, step));
        m_bench.follow(step);
        const RedirectResult result = ending();
        QVERIFY(result.decision != RedirectResult::Decision::Authorized);
        QCOMPARE(result.linking == RedirectResult::Linking::Left, result.decision == RedirectResult::Decision::None);
    }

    void aWrongPasswordIsThePagesOwnBusiness()
    {
        m_bench.open(request(false, redirectAddress));
        signIn(u"profile_522"_s, u"wrong"_s);
        QVERIFY(isAt(m_bench, u"#signin-error"_s));
        QCOMPARE(m_bench.state(), State::Shown);
        QVERIFY(m_bench.pane().isUnderway());
    }

    void aBankSignsInInAWindowOfItsOwn()
    {
        openBanksWindow();
        QPointer<QWidget> window = m_bench.popupView();
        QVERIFY(WebPaneBench::becomesIn(window, u"!!document.querySelector('input[type=password]')"_s));
        WebPaneBench::runIn(window,
            u"document.querySelector('input[name=username]').value = 'profile_522';"
            "document.querySelector('input[name=password]').value = 'profile_522';"
            "document.querySelector('input[type=password]').form.requestSubmit()"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_bench.popupView(), 10'000);
        QVERIFY(isAt(m_bench, u"#account-form"_s));
        consent();
        QCOMPARE(ending().linking, RedirectResult::Linking::Linked);
    }

    void thePageFollowsADarkConsole()
    {
        m_bench.open(request(false, redirectAddress));
        QVERIFY(isAt(m_bench, u"#bank-form"_s));
        QVERIFY(m_bench.run(u"matchMedia('(prefers-color-scheme: dark)').matches"_s).toBool());
    }

    void theKeyboardGoesIntoThePageAndOut()
    {
        m_bench.open(request(false, redirectAddress));
        QVERIFY(isAt(m_bench, u"#bank-form button"_s));
        ui::LinkPane &pane = m_bench.pane();
        pane.activateWindow();
        QTRY_VERIFY(pane.isActiveWindow());
        pane.focusPage();
        auto *line = pane.findChild<QWidget *>(u"addressLine"_s);
        const auto *hint = pane.findChild<QLabel *>(u"addressHint"_s);
        QTRY_VERIFY(pane.page()->hasFocus() || pane.page()->isAncestorOf(QApplication::focusWidget()));
        QVERIFY(hint->isVisible());
        QVERIFY(hint->text().contains("out of the page"_L1));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
        QTRY_VERIFY(line->hasFocus());
        QVERIFY(hint->text().contains("into the page"_L1));
        QCOMPARE(line->accessibleDescription(), hint->text());
        QTest::keyClick(line, Qt::Key_F6);
        QTRY_VERIFY(!line->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(m_bench.becomes(u"document.activeElement !== document.body"_s));
    }

    void theBanksWindowBreaksDown()
    {
        openBanksWindow();
        for (const QString &pid : pageProcesses())
            ::kill(pid.toInt(), SIGKILL);
        QTRY_COMPARE(m_bench.state(), State::Crashed);
        QTRY_VERIFY(!m_bench.popupView());
        const auto *hint = m_bench.pane().findChild<QLabel *>(u"addressHint"_s);
        QVERIFY(!hint->isVisible()); // there is no page to go to
        m_bench.pane().tryAgain();
        openBanksWindow(false);
    }

    void aBrokenPageCanBeOpenedAgain()
    {
        m_bench.open(request(false, redirectAddress));
        QVERIFY(isAt(m_bench, u"#bank-form"_s));
        const QStringList renderers = pageProcesses();
        QVERIFY(!renderers.isEmpty());
        for (const QString &pid : renderers)
            ::kill(pid.toInt(), SIGKILL);
        QTRY_COMPARE(m_bench.state(), State::Crashed);
        QVERIFY(m_bench.pane().explanation().contains("broke down"_L1));
        m_bench.pane().tryAgain();
        QVERIFY(isAt(m_bench, u"#bank-form"_s));
        QCOMPARE(m_bench.state(), State::Shown);
    }

    void leavingGivesTheProcessesBack()
    {
        m_bench.open(request(false, redirectAddress));
        QVERIFY(isAt(m_bench, u"#bank-form"_s));
        QVERIFY(!pageProcesses().isEmpty());
        m_bench.pane().leave();
        QCOMPARE(m_bench.state(), State::Abandoned);
        QVERIFY(!m_bench.pane().page());
        QTRY_VERIFY_WITH_TIMEOUT(pageProcesses().isEmpty(), 10'000);
        m_bench.open(request(false, redirectAddress));
        QVERIFY(isAt(m_bench, u"#bank-form"_s));
    }

    void nothingIsRememberedFromOnePaneToTheNext()
    {
        const models::PaneRequest again = request(false, redirectAddress);
        m_bench.open(again);
        QVERIFY(isAt(m_bench, u"#bank-form"_s));
        m_bench.run(u"localStorage.setItem('left', 'behind'); document.cookie = 'left=behind'"_s);
        m_bench.open(again);
        QVERIFY(isAt(m_bench, u"#bank-form"_s));
        QCOMPARE(m_bench.run(u"String(localStorage.getItem('left')) + document.cookie"_s).toString(), u"null"_s);
    }

private:
    models::PaneRequest request(bool payment, const QString &redirect)
    {
        ++m_sessions;
        QJsonObject body{{u"firstName"_s, u"Ada"_s}, {u"lastName"_s, u"Lovelace"_s},
            {u"email"_s, u"ada%1@example.com"_s.arg(m_sessions)}, {u"product"_s, u"PAY"_s},
            {u"redirectUrl"_s, redirect}, {u"orderDetails"_s, QJsonObject{{u"totalAmount"_s, tests::usd(12.34)}}},
            {u"customerProfile"_s, QJsonObject{{u"guestCheckout"_s, true}}}};
        if (payment) {
            body[u"experienceId"_s] = u"LINK_MANAGED_PAYMENT"_s;
            body[u"paymentDetails"_s] = QJsonObject{
                {u"amount"_s, tests::usd(12.34)}, {u"requestKey"_s, u"pane-%1"_s.arg(m_sessions)}};
        }
        const tests::SandboxAnswer answer = m_sandbox.post(u"/v2/sessions"_s, body, tests::Credential::Basic);
        return {.address = QUrl(answer.text(u"sessionUrl"_s)), .redirect = QUrl(redirect), .hosts = {u"127.0.0.1"_s}};
    }

    void openBanksWindow(bool atStart = true)
    {
        if (atStart) {
            m_bench.open(request(false, redirectAddress));
            QVERIFY(isAt(m_bench, u"#bank-form"_s));
            m_bench.follow(u"[value*=oauth]"_s);
        }
        QVERIFY(isAt(m_bench, u"#oauth-open"_s));
        QVERIFY(m_bench.press(u"#oauth-open"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_bench.popupView(), 10'000);
    }

    void signIn(const QString &user, const QString &password = {})
    {
        QVERIFY(isAt(m_bench, u"#bank-form"_s));
        m_bench.follow(u"#bank-form button"_s);
        QVERIFY(isAt(m_bench, u"#signin-form"_s));
        m_bench.fill(u"#username"_s, user);
        m_bench.fill(u"#password"_s, password.isEmpty() ? user : password);
        m_bench.follow(u"#signin-submit"_s);
    }

    void consent()
    {
        QVERIFY(isAt(m_bench, u"#account-form"_s));
        m_bench.follow(u"#account-submit"_s);
        QVERIFY(isAt(m_bench, u"#consent-form"_s));
        m_bench.follow(u"#consent-submit"_s);
    }

    RedirectResult ending()
    {
        if (!WebPaneBench::waitFor([this] { return !m_bench.redirects->isEmpty(); }, 10'000))
            return {.problems = {u"the redirect was not caught: "_s + m_bench.refusals().join(u'|')}};
        const QUrl url = m_bench.redirects->constFirst().constFirst().toUrl();
        const bool whole = m_bench.redirects->size() == 1 && m_bench.state() == State::Finished;
        return whole ? models::readRedirect(url, m_bench.pane().request().redirect)
                     : RedirectResult{.problems = {u"caught twice, or not finished"_s}};
    }

    tests::SandboxUnderUse m_sandbox;
    WebPaneBench m_bench;
    int m_sessions = 0;
};

QTEST_MAIN(tst_WebPaneFlow)
#include "tst_webpaneflow.moc"
