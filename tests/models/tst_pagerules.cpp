// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fastlinkpage.h"
#include "models/pagerules.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::PageRules;
using models::PaneRequest;
using Place = PageRules::Place;
using Verdict = PageRules::Verdict;

namespace {

PaneRequest liveRequest()
{
    return {.address = QUrl(u"https://client.link.money/?sessionKey=abc"_s),
        .redirect = QUrl(u"https://shop.example/back?page=checkout"_s),
        .hosts = {u"client.link.money"_s}};
}

PaneRequest sandboxRequest()
{
    return {.address = QUrl(u"http://127.0.0.1:4000/client/session/abc"_s),
        .redirect = QUrl(u"shopapp://back"_s),
        .hosts = {u"127.0.0.1"_s}};
}

PaneRequest fastLinkRequest(PaneRequest::Kind kind)
{
    return {.kind = kind,
        .address = QUrl(u"https://tenant.fastlink.example:8443/authenticate/x"_s),
        .hosts = {u"cdn.fastlink.example"_s},
        .accessToken = u"tok3n"_s,
        .loader = QUrl(u"https://cdn.fastlink.example/v4/initialize.js?a=1&b=\"2"_s),
        .parameters = {{u"configName"_s, u"aggregation"_s}, {u"intentUrl"_s, u"shopapp://back?a=1&b=2"_s}}};
}

} // namespace

class tst_PageRules : public QObject
{
    Q_OBJECT

private slots:
    void placesOfAPayLink_data()
    {
        QTest::addColumn<bool>("sandbox");
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("place");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<QString>("sentence");
        const auto live = [](const char *name, const QString &url, Verdict verdict, const QString &sentence = {},
                              Place place = Place::Page) {
            QTest::newRow(name) << false << url << int(place) << int(verdict) << sentence;
        };
        const auto sandbox = [](const char *name, const QString &url, Verdict verdict, const QString &sentence = {},
                                 Place place = Place::Page) {
            QTest::newRow(name) << true << url << int(place) << int(verdict) << sentence;
        };
        live("own host", u"https://client.link.money/next"_s, Verdict::Go);
        live("own host, port said", u"https://client.link.money:443/next"_s, Verdict::Go);
        live("own host in capitals", u"https://CLIENT.Link.Money/next"_s, Verdict::Go);
        live("the redirect", u"https://shop.example/back?page=checkout&status=200"_s, Verdict::Return);
        live("the redirect without query", u"https://shop.example/back"_s, Verdict::Return);
        live("the redirect with a fragment", u"https://shop.example/back?status=204#top"_s, Verdict::Return);
        live("the redirect elsewhere on its host", u"https://shop.example/other"_s, Verdict::Refuse,
            u"shop.example does not belong"_s);
        live("the redirect without https", u"http://shop.example/back?status=200"_s, Verdict::Refuse,
            u"not encrypted"_s);
        live("the redirect on another port", u"https://shop.example:444/back"_s, Verdict::Refuse, u"does not belong"_s);
        live("the redirect in a window", u"https://shop.example/back"_s, Verdict::Go, {}, Place::Window);
        live("a look-alike parent", u"https://client.link.money.evil.example/"_s, Verdict::Refuse,
            u"client.link.money.evil.example does not belong"_s);
        live("a look-alike ending", u"https://evilclient.link.money/"_s, Verdict::Refuse, u"does not belong"_s);
        live(
            "a user name", u"https://client.link.money@evil.example/"_s, Verdict::Refuse, u"real host, evil.example"_s);
        live("an empty user name", u"https://@client.link.money/"_s, Verdict::Refuse, u"user name"_s);
        live("punycode", u"https://xn--lnk-jua.money/"_s, Verdict::Refuse, u"look like others"_s);
        live("letters that look alike", u"https://client.lınk.money/"_s, Verdict::Refuse, u"look like others"_s);
        live("a dot at the end", u"https://client.link.money./"_s, Verdict::Refuse, u"dot"_s);
        live("another port", u"https://client.link.money:8443/"_s, Verdict::Refuse, u"another service"_s);
        live("http", u"http://client.link.money/"_s, Verdict::Refuse, u"not encrypted"_s);
        live("http on this computer", u"http://127.0.0.1:4000/"_s, Verdict::Refuse, u"would not be (http)"_s);
        live("javascript", u"javascript:alert(1)"_s, Verdict::Refuse, u"begins with javascript:"_s);
        live("data", u"data:text/html,x"_s, Verdict::Refuse, u"begins with data:"_s);
        live("file", u"file:///etc/passwd"_s, Verdict::Refuse, u"begins with file:"_s);
        live("blob", u"blob:https://client.link.money/1"_s, Verdict::Refuse, u"begins with blob:"_s);
        live("view-source", u"view-source:https://client.link.money/"_s, Verdict::Refuse, u"view-source:"_s);
        live("chrome", u"chrome://crash"_s, Verdict::Refuse, u"begins with chrome:"_s);
        live("mail", u"mailto:a@b.example"_s, Verdict::Refuse, u"begins with mailto:"_s);
        live("nothing", {}, Verdict::Refuse, u"not a whole web address"_s);
        live("an empty page", u"about:blank"_s, Verdict::Refuse, u"begins with about:"_s);
        live("an empty window", u"about:blank"_s, Verdict::Go, {}, Place::Window);
        live("a bank's window", u"https://login.bank.example/oauth?x=1"_s, Verdict::Go, {}, Place::Window);
        live("a bank's window without https", u"http://login.bank.example/"_s, Verdict::Refuse, u"not encrypted"_s,
            Place::Window);
        live("a window under a false name", u"https://xn--bnk-6ma.example/"_s, Verdict::Refuse, u"look like others"_s,
            Place::Window);
        live("a window with a script", u"javascript:1"_s, Verdict::Refuse, u"begins with javascript:"_s, Place::Window);
        live("a bank's frame", u"https://connect.bank.example/"_s, Verdict::Go, {}, Place::Frame);
        live("a frame of data", u"data:text/html,x"_s, Verdict::Refuse, u"begins with data:"_s, Place::Frame);
        sandbox("own port", u"http://127.0.0.1:4000/client/oauth/1"_s, Verdict::Go);
        sandbox("own port in a window", u"http://127.0.0.1:4000/client/oauth/1"_s, Verdict::Go, {}, Place::Window);
        sandbox("another program's port", u"http://127.0.0.1:631/"_s, Verdict::Refuse, u"another service"_s);
        sandbox("another program's port in a frame", u"http://127.0.0.1:631/"_s, Verdict::Refuse, u"another service"_s,
            Place::Frame);
        sandbox("another name of this computer", u"http://localhost:4000/"_s, Verdict::Refuse,
            u"localhost does not belong"_s);
        sandbox("out of this computer", u"https://client.link.money/"_s, Verdict::Refuse, u"does not belong"_s);
        sandbox("an app", u"shopapp://back?status=200#x"_s, Verdict::Return);
        sandbox("another app", u"otherapp://back?status=200"_s, Verdict::Refuse, u"begins with otherapp:"_s);
    }

    void placesOfAPayLink()
    {
        QFETCH(bool, sandbox);
        QFETCH(QString, url);
        QFETCH(int, place);
        QFETCH(QString, sentence);
        const PageRules rules(sandbox ? sandboxRequest() : liveRequest());
        const PageRules::Judgement judgement = rules.judge(QUrl(url), Place(place));
        QTEST(int(judgement.verdict), "verdict");
        QCOMPARE(judgement.sentence.isEmpty(), judgement.verdict != Verdict::Refuse);
        QVERIFY2(judgement.sentence.contains(sentence), qPrintable(judgement.sentence));
    }

    void requestsThatAreNotOpened_data()
    {
        QTest::addColumn<PaneRequest>("request");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, PaneRequest request, auto change, const QString &sentence) {
            change(request);
            QTest::newRow(name) << request << sentence;
        };
        using Kind = PaneRequest::Kind;
        row("live", liveRequest(), [](PaneRequest &) { }, {});
        row("sandbox", sandboxRequest(), [](PaneRequest &) { }, {});
        row("form", fastLinkRequest(Kind::FastLinkForm), [](PaneRequest &) { }, {});
        row("loader", fastLinkRequest(Kind::FastLinkLoader), [](PaneRequest &) { }, {});
        row("no redirect", liveRequest(), [](PaneRequest &r) { r.redirect.clear(); }, {});
        row("no address", liveRequest(), [](PaneRequest &r) { r.address.clear(); }, u"whole web address"_s);
        row(
            "foreign host", liveRequest(),
            [](PaneRequest &r) { r.address = QUrl(u"https://link.money.evil.example/"_s); }, u"does not belong"_s);
        row("plain http", liveRequest(), [](PaneRequest &r) { r.address.setScheme(u"http"_s); }, u"not encrypted"_s);
        row(
            "script to return to", liveRequest(), [](PaneRequest &r) { r.redirect = QUrl(u"javascript:1"_s); },
            u"address to return to"_s);
        row(
            "no token", fastLinkRequest(Kind::FastLinkForm), [](PaneRequest &r) { r.accessToken.clear(); },
            u"token is missing"_s);
        row(
            "token with a line break", fastLinkRequest(Kind::FastLinkForm),
            [](PaneRequest &r) { r.accessToken = u"a\nb"_s; }, u"damaged"_s);
        row(
            "no loader", fastLinkRequest(Kind::FastLinkLoader), [](PaneRequest &r) { r.loader.clear(); },
            u"whole web address"_s);
        row(
            "a parameter's name", fastLinkRequest(Kind::FastLinkForm),
            [](PaneRequest &r) { r.parameters.append({u"a b"_s, u"1"_s}); }, u"cannot be sent: a b"_s);
    }

    void requestsThatAreNotOpened()
    {
        QFETCH(PaneRequest, request);
        QFETCH(QString, sentence);
        const QString problem = models::requestProblem(request);
        QCOMPARE(problem.isEmpty(), sentence.isEmpty());
        QVERIFY2(problem.contains(sentence), qPrintable(problem));
    }

    void onlyFastLinkTalks_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("may");
        using Kind = PaneRequest::Kind;
        QTest::newRow("own") << int(Kind::FastLinkForm) << u"https://tenant.fastlink.example:8443"_s << true;
        QTest::newRow("listed") << int(Kind::FastLinkForm) << u"https://cdn.fastlink.example"_s << true;
        QTest::newRow("own host, no port") << int(Kind::FastLinkForm) << u"https://tenant.fastlink.example"_s << false;
        QTest::newRow("listed, http") << int(Kind::FastLinkForm) << u"http://cdn.fastlink.example"_s << false;
        QTest::newRow("foreign") << int(Kind::FastLinkForm) << u"https://evil.example"_s << false;
        QTest::newRow("with a path") << int(Kind::FastLinkForm) << u"https://cdn.fastlink.example/"_s << false;
        QTest::newRow("null") << int(Kind::FastLinkForm) << u"null"_s << false;
        QTest::newRow("nobody") << int(Kind::FastLinkForm) << QString() << false;
        QTest::newRow("our page, by form") << int(Kind::FastLinkForm) << models::loaderPageOrigin() << false;
        QTest::newRow("our page") << int(Kind::FastLinkLoader) << models::loaderPageOrigin() << true;
        QTest::newRow("a pay link") << int(Kind::PayLink) << u"https://tenant.fastlink.example:8443"_s << false;
    }

    void onlyFastLinkTalks()
    {
        QFETCH(int, kind);
        QFETCH(QString, origin);
        QTEST(PageRules(fastLinkRequest(PaneRequest::Kind(kind))).mayTalk(origin), "may");
    }

    void theFormIsWhatFastLinkReads()
    {
        QCOMPARE(models::fastLinkForm(fastLinkRequest(PaneRequest::Kind::FastLinkForm)),
            QByteArray("accessToken=Bearer%20tok3n&extraParams=configName%3Daggregation%26intentUrl%3D"
                       "shopapp%3A%2F%2Fback%253Fa%253D1%2526b%253D2"));
    }

    void nothingBreaksOutOfTheLoaderPage()
    {
        PaneRequest request = fastLinkRequest(PaneRequest::Kind::FastLinkLoader);
        request.parameters.append({u"note"_s, u"</script><script>alert(1)</script>\"%1"_s});
        const QString page = models::fastLinkLoaderPage(request);
        QCOMPARE(page.count("</script>"_L1), 2);
        QVERIFY(page.contains("src=\"https://cdn.fastlink.example/v4/initialize.js?a=1&amp;b=%222\""_L1));
        QVERIFY(page.contains("\"accessToken\":\"Bearer tok3n\""_L1));
        QVERIFY(page.contains("https://cdn.fastlink.example https://tenant.fastlink.example:8443;"_L1));
        QVERIFY(page != models::fastLinkLoaderPage(request));
    }

    void everyEnvironmentHasItsHosts()
    {
        using models::Environment;
        const auto hosts = [](Environment environment, const QString &base = {}) {
            return models::clientHosts({.id = u"x"_s, .environment = environment, .baseUrl = QUrl(base)});
        };
        QCOMPARE(hosts(Environment::Production), QStringList{u"client.link.money"_s});
        QCOMPARE(hosts(Environment::LinkSandbox), QStringList{u"client.link-sandbox.money"_s});
        QCOMPARE(hosts(Environment::BuiltInSandbox), QStringList{u"127.0.0.1"_s});
        QCOMPARE(hosts(Environment::Custom, u"https://api.pay.example"_s),
            (QStringList{u"client.pay.example"_s, u"api.pay.example"_s}));
        QCOMPARE(hosts(Environment::Custom, u"http://127.0.0.1:99"_s), QStringList{u"127.0.0.1"_s});
        QCOMPARE(hosts(Environment::Custom), QStringList());
    }
};

QTEST_APPLESS_MAIN(tst_PageRules)
#include "tst_pagerules.moc"
