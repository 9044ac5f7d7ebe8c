// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redirectresult.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::RedirectResult;
using Linking = RedirectResult::Linking;
using Decision = RedirectResult::Decision;

namespace {

constexpr auto id = "0d3c1f6e-52c1-4f70-9d7a-7a3b2c1d0e4f"_L1;

QString mentioning(const RedirectResult &result)
{
    return result.problems.join(u'|');
}

} // namespace

//! Reference 1.6.2: what a session's redirect may say, and all it may say wrongly.
class tst_RedirectResult : public QObject
{
    Q_OBJECT

private slots:
    void clearAnswers_data()
    {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<int>("linking");
        QTest::addColumn<int>("decision");
        QTest::addColumn<QString>("paymentId");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QString &parameters, Linking linking, Decision decision,
                             const QString &payment, const QString &says) {
            QTest::newRow(name) << parameters << int(linking) << int(decision) << payment << says;
        };
        const QString customer = "&customerId="_L1 + id;
        row("linked", u"status=200"_s + customer, Linking::Linked, Decision::None, {}, u"a bank was linked."_s);
        row("authorized", u"status=200&paymentId=4711&paymentStatusCode=0"_s + customer, Linking::Linked,
            Decision::Authorized, u"4711"_s, u"the payment was authorized"_s);
        row("failed", u"status=200&paymentId=P-1_x&paymentStatusCode=1"_s + customer, Linking::Linked, Decision::Failed,
            u"P-1_x"_s, u"declined"_s);
        row("pending", u"status=200&paymentId=9007199254740993&paymentStatusCode=2"_s + customer, Linking::Linked,
            Decision::Pending, u"9007199254740993"_s, u"review"_s);
        row("the typo of the seed", u"status=200&paymentId=1&bpaymentStatusCode=0"_s + customer, Linking::Linked,
            Decision::Authorized, u"1"_s, u"authorized"_s);
        row("left", u"status=204"_s, Linking::Left, Decision::None, {}, u"the customer left"_s);
        row("left after linking", u"status=204"_s + customer, Linking::Left, Decision::None, {}, u"left"_s);
        row("error", u"status=500"_s, Linking::Failed, Decision::None, {}, u"linking the bank failed"_s);
        row("encoded", u"%73tatus=2%300"_s + customer, Linking::Linked, Decision::None, {}, u"linked"_s);
    }

    void clearAnswers()
    {
        QFETCH(QString, parameters);
        QFETCH(QString, says);
        for (const QString &address : {u"https://shop.example/back?"_s, u"https://shop.example/#/back?"_s,
                 u"https://shop.example/back#"_s, u"shopapp://back?"_s}) {
            const RedirectResult result = models::readRedirect(QUrl(address + parameters));
            QVERIFY2(result.clear(), qPrintable(mentioning(result)));
            QTEST(int(result.linking), "linking");
            QTEST(int(result.decision), "decision");
            QTEST(result.paymentId, "paymentId");
            QCOMPARE(result.customerId.has_value(), parameters.contains(id));
            QVERIFY2(result.account().contains(says), qPrintable(result.account()));
            QVERIFY(result.account().contains("not confirmed"_L1));
            QVERIFY(result.others.isEmpty());
        }
    }

    void unclearAnswers_data()
    {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<int>("linking");
        QTest::addColumn<int>("decision");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const QString &parameters, Linking linking, Decision decision,
                             const QString &problem) {
            QTest::newRow(name) << parameters << int(linking) << int(decision) << problem;
        };
        const QString customer = "&customerId="_L1 + id;
        row("nothing at all", {}, Linking::Unclear, Decision::None, u"(status) is missing"_s);
        row("no status", customer, Linking::Unclear, Decision::None, u"(status) is missing"_s);
        row("unknown status", u"status=299"_s, Linking::Unclear, Decision::None, u"“299” is not one"_s);
        row("a word", u"status=success"_s, Linking::Unclear, Decision::None, u"“success” is not one"_s);
        row("padded", u"status=%20200"_s, Linking::Unclear, Decision::None, u"is not one"_s);
        row("repeated, different", u"status=200&status=500"_s + customer, Linking::Unclear, Decision::None,
            u"status is there more than once, with different values"_s);
        row("repeated, same", u"status=200&status=200"_s + customer, Linking::Linked, Decision::None,
            u"status is there more than once."_s);
        row("linked without customer", u"status=200"_s, Linking::Linked, Decision::None, u"customer id is missing"_s);
        row("customer is no id", u"status=200&customerId=ada"_s, Linking::Linked, Decision::None,
            u"“ada” cannot be a customer id"_s);
        row("two customers", u"status=200&customerId=a"_s + customer, Linking::Linked, Decision::None,
            u"customerId is there more than once"_s);
        row("payment without decision", u"status=200&paymentId=7"_s + customer, Linking::Linked, Decision::None,
            u"not how it was decided"_s);
        row("decision without payment", u"status=200&paymentStatusCode=0"_s + customer, Linking::Linked,
            Decision::Authorized, u"payment id is missing"_s);
        row("unknown decision", u"status=200&paymentId=7&paymentStatusCode=3"_s + customer, Linking::Linked,
            Decision::Unclear, u"“3” is not one"_s);
        row("decision and its typo disagree",
            u"status=200&paymentId=7&paymentStatusCode=0&bpaymentStatusCode=1"_s + customer, Linking::Linked,
            Decision::Unclear, u"paymentStatusCode is there more than once"_s);
        row("left but paid", u"status=204&paymentId=7&paymentStatusCode=0"_s, Linking::Left, Decision::Authorized,
            u"both cannot be"_s);
        row("failed but pending", u"status=500&paymentId=7&paymentStatusCode=2"_s, Linking::Failed, Decision::Pending,
            u"both cannot be"_s);
        row("payment is a path", u"status=200&paymentId=..%2Fx&paymentStatusCode=0"_s + customer, Linking::Linked,
            Decision::Authorized, u"cannot be a payment id"_s);
        row("hidden letters", u"status=2%E2%80%AE00"_s, Linking::Unclear, Decision::None, u"“200” is not one"_s);
        row("very long", u"status="_s + QString(9'000, u'9'), Linking::Unclear, Decision::None, u"9…” is not one"_s);
        row("much too long", u"status="_s + QString(20'000, u'9'), Linking::Unclear, Decision::None,
            u"too long or damaged"_s);
    }

    void unclearAnswers()
    {
        QFETCH(QString, parameters);
        QFETCH(QString, problem);
        const RedirectResult result = models::readRedirect(QUrl(u"https://shop.example/back?"_s + parameters));
        QVERIFY(!result.clear());
        QVERIFY2(mentioning(result).contains(problem), qPrintable(mentioning(result)));
        QVERIFY2(result.account().contains(problem), qPrintable(result.account()));
        QTEST(int(result.linking), "linking");
        QTEST(int(result.decision), "decision");
    }

    void theMerchantsOwnParametersAreTheirs()
    {
        const QUrl redirect(u"https://shop.example/back?page=checkout&status=open"_s);
        const RedirectResult result = models::readRedirect(
            QUrl("https://shop.example/back?page=checkout&status=open&status=200&riskScore=17&customerId="_L1 + id),
            redirect);
        QVERIFY2(result.clear(), qPrintable(mentioning(result)));
        QCOMPARE(result.linking, Linking::Linked);
        QCOMPARE(result.customerId->text(), id);
        const QList<std::pair<QString, QString>> others{
            {u"page"_s, u"checkout"_s}, {u"status"_s, u"open"_s}, {u"riskScore"_s, u"17"_s}};
        QCOMPARE(result.others, others);
    }
};

QTEST_APPLESS_MAIN(tst_RedirectResult)
#include "tst_redirectresult.moc"
