// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importplan.h"

#include <QStringEncoder>
#include <QTest>

#include <algorithm>
#include <ctime>

using namespace Qt::Literals::StringLiterals;
using models::ImportColumn;
using models::ImportPlan;
using models::planImport;
using models::planPastedImport;
using models::RecordKind;

namespace {

//! Time of the processor that this program used: what others do on the machine does not count.
qint64 usedMs()
{
    return qint64(std::clock()) * 1'000 / CLOCKS_PER_SEC;
}

constexpr auto uuidA = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
constexpr auto uuidB = "9b2c1d7e-0a11-4c55-8f00-5d4c3b2a1908";

//! "T:pay-1 C:cus-1": what would be looked up, in order.
QString recordsOf(const ImportPlan &plan)
{
    QStringList words;
    for (const models::RecordRef &ref : plan.records)
        words.append(QString(u"TCPO"_s.at(static_cast<int>(ref.kind))) + u':' + ref.id);
    return words.join(u' ');
}

QString badLinesOf(const ImportPlan &plan)
{
    QStringList numbers;
    for (const models::ImportBadLine &bad : plan.badLines)
        numbers.append(QString::number(bad.line));
    return numbers.join(u' ');
}

QByteArray encoded(const QString &text, QStringConverter::Encoding encoding, bool bom)
{
    QStringEncoder encoder(encoding, bom ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
    return encoder(text);
}

QByteArray kindIdFile(qsizetype lines)
{
    QByteArray csv("kind,id\n");
    csv.reserve(lines * 52);
    for (qsizetype line = 0; line < lines; ++line) {
        const QByteArray number = QByteArray::number(line).rightJustified(12, '0');
        csv += "transaction,3f2504e0-4f89-41d3-9a0c-" + number + '\n';
    }
    return csv;
}

} // namespace

class tst_ImportPlan : public QObject
{
    Q_OBJECT

private slots:
    void columnsAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<bool>("header");
        QTest::addColumn<QString>("records");
        const QByteArray a(uuidA);
        const QString qa = QString::fromLatin1(uuidA);
        const QString qb = QString::fromLatin1(uuidB);
        QTest::newRow("kind and id") << QByteArray("kind,id\ntransaction,pay-1\nCustomers,cus-1\npayout,po-1\n") << true
                                     << u"T:pay-1 C:cus-1 P:po-1"_s;
        QTest::newRow("kind and id, no names")
            << QByteArray("transaction,pay-1\ncustomer,cus-1\n") << false << u"T:pay-1 C:cus-1"_s;
        QTest::newRow("id before kind") << QByteArray("id;kind\npay-1;payment\n") << true << u"T:pay-1"_s;
        QTest::newRow("transaction_id") << QByteArray("order,transaction_id,amount\nA-1,pay-1,12.50\nA-2,pay-2,1.00\n")
                                        << true << u"T:pay-1 T:pay-2"_s;
        QTest::newRow("paymentId") << QByteArray("paymentId\n763743\n763744\n") << true << u"T:763743 T:763744"_s;
        QTest::newRow("Customer ID, spaced") << QByteArray("Name,Customer ID\nAda,cus-1\n") << true << u"C:cus-1"_s;
        QTest::newRow("payout") << QByteArray("payout\npo-9\n") << true << u"P:po-9"_s;
        QTest::newRow("two ids a line") << QByteArray("transaction_id,customer_id\npay-1,cus-1\npay-2,cus-1\n") << true
                                        << u"T:pay-1 C:cus-1 T:pay-2"_s;
        QTest::newRow("one of two ids empty")
            << QByteArray("transaction_id,customer_id\npay-1,\n,cus-1\n") << true << u"T:pay-1 C:cus-1"_s;
        QTest::newRow("customer holds names")
            << QByteArray("customer,payment id\nAda Lovelace,pay-1\nGrace Hopper,pay-2\n") << true
            << u"T:pay-1 T:pay-2"_s;
        QTest::newRow("merchant's own customer id")
            << QByteArray("merchant_customer_id,transaction_id\n77,pay-1\n") << true << u"T:pay-1"_s;
        QTest::newRow("uuids without names") << a + '\n' + uuidB + '\n' << false << u"C:%1 C:%2"_s.arg(qa, qb);
        QTest::newRow("uuids under transaction_id") << "transaction_id\n" + a + '\n' << true << u"T:"_s + qa;
        QTest::newRow("id alone, by its look") << QByteArray("id\npay-1\npay-2\n") << true << u"T:pay-1 T:pay-2"_s;
        QTest::newRow("ids among dates and amounts")
            << QByteArray("2026-11-01,12.50,pay-00001\n2026-11-02,7.00,pay-00002\n") << false
            << u"T:pay-00001 T:pay-00002"_s;
        QTest::newRow("tabs") << QByteArray("kind\tid\ntransaction\tpay-1\n") << true << u"T:pay-1"_s;
        QTest::newRow("commas inside quotes")
            << QByteArray("note,transaction_id\n\"a, b\",pay-1\n\"c \"\"d\"\"\",\"pay-2\"\n") << true
            << u"T:pay-1 T:pay-2"_s;
        QTest::newRow("a line end inside quotes")
            << QByteArray("note,transaction_id\n\"a\nb\",pay-1\nc,pay-2\n") << true << u"T:pay-1 T:pay-2"_s;
        QTest::newRow("carriage returns alone")
            << QByteArray("kind,id\rtransaction,pay-1\rpayout,po-1\r") << true << u"T:pay-1 P:po-1"_s;
        QTest::newRow("spaces around") << QByteArray("kind , id\n transaction , pay-1 \n") << true << u"T:pay-1"_s;
        QTest::newRow("no line end at the end") << QByteArray("kind,id\ntransaction,pay-1") << true << u"T:pay-1"_s;
        QTest::newRow("empty lines") << QByteArray("kind,id\n\n\ntransaction,pay-1\n\n") << true << u"T:pay-1"_s;
        QTest::newRow("empty cells behind") << QByteArray("kind,id\ntransaction,pay-1,,\n") << true << u"T:pay-1"_s;
        QTest::newRow("same id of two kinds")
            << QByteArray("kind,id\ntransaction,x-1\ncustomer,x-1\ntransaction,x-1\n") << true << u"T:x-1 C:x-1"_s;
    }

    void columnsAreUnderstood()
    {
        QFETCH(QByteArray, csv);
        QFETCH(bool, header);
        QFETCH(QString, records);
        const auto plan = planImport(csv, u"orders.csv"_s);
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error()));
        QCOMPARE(recordsOf(*plan), records);
        QCOMPARE(plan->hasHeader, header);
        QCOMPARE(plan->badLineCount, 0);
        QCOMPARE(plan->headers.size(), plan->columns.size());
        QCOMPARE(plan->name, u"orders.csv"_s);
    }

    void everyEncodingIsRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("encoding");
        const QString text = u"Käufer,transaction_id\r\nJürgen,pay-1\r\nZoë,pay-2\r\n"_s;
        QTest::newRow("UTF-8") << text.toUtf8() << u"UTF-8"_s;
        QTest::newRow("UTF-8 with BOM") << encoded(text, QStringConverter::Utf8, true) << u"UTF-8 with BOM"_s;
        QTest::newRow("UTF-16 LE with BOM")
            << encoded(text, QStringConverter::Utf16LE, true) << u"UTF-16 LE with BOM"_s;
        QTest::newRow("UTF-16 BE with BOM")
            << encoded(text, QStringConverter::Utf16BE, true) << u"UTF-16 BE with BOM"_s;
        QTest::newRow("UTF-16 LE") << encoded(text, QStringConverter::Utf16LE, false) << u"UTF-16 LE"_s;
        QTest::newRow("UTF-16 BE") << encoded(text, QStringConverter::Utf16BE, false) << u"UTF-16 BE"_s;
        QTest::newRow("Latin-1") << text.toLatin1() << u"Latin-1, because it is not valid UTF-8"_s;
        QTest::newRow("cut inside a character") << text.toUtf8() + "\xc3" << u"UTF-8"_s;
    }

    void everyEncodingIsRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, encoding);
        const auto plan = planImport(bytes, u"x.csv"_s);
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error()));
        QCOMPARE(plan->encoding, encoding);
        QCOMPARE(plan->headers.first(), u"Käufer"_s);
        QCOMPARE(plan->preview.first().first(), u"Jürgen"_s);
        QCOMPARE(recordsOf(*plan), u"T:pay-1 T:pay-2"_s);
    }

    void badLinesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("word");
        QTest::newRow("too few cells") << QByteArray("transaction") << u"few cells"_s;
        QTest::newRow("too many cells") << QByteArray("transaction,pay-9,more") << u"many cells"_s;
        QTest::newRow("no id") << QByteArray("transaction,") << u"missing"_s;
        QTest::newRow("no kind") << QByteArray(",pay-9") << u"kind is missing"_s;
        QTest::newRow("unknown kind") << QByteArray("window,pay-9") << u"“window”"_s;
        QTest::newRow("a space inside") << QByteArray("transaction,pay 9") << u"space"_s;
        QTest::newRow("a slash inside") << QByteArray("transaction,../9") << u"/"_s;
        QTest::newRow("a NUL byte") << QByteArray("transaction,pa\0y-9", 18) << u"cannot be printed"_s;
        QTest::newRow("an escape") << QByteArray("transaction,pay\x1b-9") << u"cannot be printed"_s;
        QTest::newRow("a formula") << QByteArray("transaction,\"=HYPERLINK(\"\"http://x\"\",1)\"") << u"formula"_s;
        QTest::newRow("a plus formula") << QByteArray("transaction,+A1+B1") << u"formula"_s;
        QTest::newRow("an at formula") << QByteArray("transaction,@SUM(A1)") << u"formula"_s;
        QTest::newRow("a minus formula") << QByteArray("transaction,-A1") << u"formula"_s;
        QTest::newRow("too long") << QByteArray("transaction,") + QByteArray(129, '7') << u"128"_s;
        QTest::newRow("a shortened number") << QByteArray("transaction,1.23457E+15") << u"shortened"_s;
        QTest::newRow("a letter beyond ASCII") << QByteArray("transaction,pay-\xc3\xa9") << u"é"_s;
        QTest::newRow("an open quote") << QByteArray("transaction,\"pay-9") << u"quot"_s;
    }

    void badLinesAreNamed()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, word);
        QByteArray csv("kind,id\ntransaction,pay-1\n\n" + line + "\ntransaction,pay-2\n");
        for (int more = 0; more < 300; ++more)
            csv += "payout,po-" + QByteArray::number(more) + '\n';
        const auto plan = planImport(csv, u"x.csv"_s);
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error()));
        QCOMPARE(badLinesOf(*plan), u"4"_s);
        QCOMPARE(plan->badLineCount, 1);
        QVERIFY2(plan->badLines.first().why.contains(word), qPrintable(plan->badLines.first().why));
        QVERIFY(plan->badLines.first().text.size() <= 200);
        QCOMPARE(plan->records.size(), 302);
        QCOMPARE(plan->lines, 303);
        QVERIFY(!plan->cutShort);
    }

    void aQuoteThatIsNeverClosedCostsOnlyItsLine()
    {
        const auto plan = planImport("kind,id\ntransaction,pay-1\ntransaction,\"pay-2\npayout,po-1\n", u"x.csv"_s);
        QVERIFY(plan);
        QVERIFY(plan->cutShort);
        QCOMPARE(badLinesOf(*plan), u"3"_s);
        QCOMPARE(recordsOf(*plan), u"T:pay-1 P:po-1"_s);
    }

    void aFileCutInsideAnIdIsNoticed()
    {
        const QByteArray whole = QByteArray("transaction_id\n") + uuidA + '\n' + uuidB + '\n'
            + "3f2504e0-4f89-41d3-9a0c-0305e82c3302\n";
        const auto plan = planImport(whole + "3f2504e0-4f89", u"x.csv"_s);
        QVERIFY(plan);
        QCOMPARE(plan->records.size(), 3);
        QCOMPARE(badLinesOf(*plan), u"5"_s);
        const auto complete = planImport(whole + "3f2504e0-4f89-41d3-9a0c-0305e82c3303", u"x.csv"_s);
        QVERIFY(complete);
        QCOMPARE(complete->records.size(), 4);
    }

    void formulasInOtherColumnsAreCounted()
    {
        const auto plan = planImport(
            "transaction_id,note\npay-1,=1+1\npay-2,-12.50\npay-3,@x\npay-4,+1 555 123\n", u"x.csv"_s);
        QVERIFY(plan);
        QCOMPARE(plan->formulaCells, 2);
        QCOMPARE(plan->records.size(), 4);
    }

    void aChosenColumnOverrulesTheGuess()
    {
        const QByteArray csv = QByteArray(uuidA) + ",a1\n" + uuidB + ",a2\n";
        const auto guessed = planImport(csv, u"x.csv"_s);
        QVERIFY(guessed);
        QCOMPARE(guessed->columns, (QList{ImportColumn::CustomerId, ImportColumn::Ignored}));
        const auto chosen = planImport(csv, u"x.csv"_s, {ImportColumn::TransactionId, ImportColumn::PayoutId});
        QVERIFY(chosen);
        QCOMPARE(chosen->records.size(), 4);
        QCOMPARE(chosen->records.first().kind, RecordKind::Transaction);
        QCOMPARE(chosen->records.last(), (models::RecordRef{RecordKind::Payout, u"a2"_s}));
        const auto nothing = planImport(csv, u"x.csv"_s, {ImportColumn::Ignored, ImportColumn::Ignored});
        QVERIFY(nothing);
        QVERIFY(nothing->records.isEmpty());
        QCOMPARE(nothing->badLineCount, 0);
        const auto tooFew = planImport(csv, u"x.csv"_s, {ImportColumn::Id});
        QVERIFY(tooFew);
        QCOMPARE(tooFew->records.size(), 2);
    }

    void noIdColumnLeavesTheChoiceToThePerson()
    {
        const auto plan = planImport("name,city\nAda,London\nGrace,New York\n", u"x.csv"_s);
        QVERIFY(plan);
        QVERIFY(plan->records.isEmpty());
        QCOMPARE(plan->columns, (QList{ImportColumn::Ignored, ImportColumn::Ignored}));
        QCOMPARE(plan->preview.size(), 3);
    }

    void whatIsNoListGetsASentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("word");
        QByteArray random;
        for (quint32 i = 0, x = 12345; i < 5000; ++i) {
            x = x * 1664525U + 1013904223U;
            random += static_cast<char>(x >> 24);
        }
        QTest::newRow("nothing") << QByteArray() << u"nothing"_s;
        QTest::newRow("white space") << QByteArray("  \r\n \n") << u"nothing"_s;
        QTest::newRow("names only") << QByteArray("kind,id\n") << u"no lines"_s;
        QTest::newRow("a workbook") << QByteArray("PK\x03\x04....") << u"CSV"_s;
        QTest::newRow("a PDF") << QByteArray("%PDF-1.7 x") << u"PDF"_s;
        QTest::newRow("binary") << random << u"not a text file"_s;
        QTest::newRow("zeros") << QByteArray(5000, '\0') << u"not"_s;
    }

    void whatIsNoListGetsASentence()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, word);
        const auto plan = planImport(bytes, u"x.csv"_s);
        QVERIFY(!plan);
        QVERIFY2(plan.error().contains(word), qPrintable(plan.error()));
        QVERIFY(plan.error().endsWith(u'.'));
    }

    void onlyTheFirstThousandBadLinesAreKept()
    {
        QByteArray csv("kind,id\n");
        for (int line = 0; line < 2500; ++line)
            csv += "window,x-" + QByteArray::number(line) + '\n';
        const auto plan = planImport(csv, u"x.csv"_s);
        QVERIFY(plan);
        QCOMPARE(plan->badLines.size(), 1000);
        QCOMPARE(plan->badLineCount, 2500);
        QCOMPARE(plan->preview.size(), 20);
    }

    void pastedListsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("records");
        QTest::newRow("lines") << u"pay-1\npay-2\n"_s << u"T:pay-1 T:pay-2"_s;
        QTest::newRow("spaces, commas and semicolons")
            << u" pay-1, pay-2;pay-3  pay-4,"_s << u"T:pay-1 T:pay-2 T:pay-3 T:pay-4"_s;
        QTest::newRow("quotes") << u"\"pay-1\" 'pay-2'"_s << u"T:pay-1 T:pay-2"_s;
        QTest::newRow("repeats") << u"pay-1 pay-1"_s << u"T:pay-1"_s;
        QTest::newRow("customers") << u"cus-1 cus-2"_s << u"C:cus-1 C:cus-2"_s;
        QTest::newRow("cells of a spreadsheet") << u"transaction\tpay-1\npayout\tpo-1"_s << u"T:pay-1 P:po-1"_s;
        QTest::newRow("a CSV") << u"kind,id\ncustomer,x-1"_s << u"C:x-1"_s;
    }

    void pastedListsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, records);
        const auto plan = planPastedImport(text);
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error()));
        QCOMPARE(recordsOf(*plan), records);
    }

    void aPastedListCanBeTakenForAnotherKind()
    {
        const auto plan = planPastedImport(u"pay-1 pay-2"_s, {ImportColumn::PayoutId});
        QVERIFY(plan);
        QCOMPARE(recordsOf(*plan), u"P:pay-1 P:pay-2"_s);
        const auto bad = planPastedImport(u"pay-1\npay/2"_s);
        QVERIFY(bad);
        QCOMPARE(badLinesOf(*bad), u"2"_s);
        QVERIFY(!planPastedImport(u" ,, \n"_s));
    }

    void twoMillionLinesTakeSeconds()
    {
        const QByteArray csv = kindIdFile(2'000'000) + "transaction,3f2504e0-4f89-41d3-9a0c-000000000007\nwindow,x\n";
        const qint64 before = usedMs();
        const auto plan = planImport(csv, u"big.csv"_s);
        const qint64 took = usedMs() - before;
        QVERIFY(plan);
        QCOMPARE(plan->records.size(), 2'000'000);
        QCOMPARE(plan->repeats, 1);
        QCOMPARE(badLinesOf(*plan), u"2000003"_s);
        qInfo("2,000,000 lines planned in %lld ms", took);
        QVERIFY2(took < 40'000, "even an unoptimised build has to stay below 40 s");
    }

    void manyOpenQuotesStayCheap()
    {
        QByteArray csv("transaction_id,note\n");
        for (int line = 0; line < 50'000; ++line)
            csv += "pay-" + QByteArray::number(line) + (line % 997 == 0 ? ",\"open\n" : ",x\n");
        const qint64 before = usedMs();
        const auto plan = planImport(csv, u"x.csv"_s);
        QVERIFY(plan);
        QVERIFY2(usedMs() - before < 15'000, "open quotes must not be read again and again");
        QVERIFY(plan->records.size() > 49'900);
        QCOMPARE(plan->badLineCount, plan->lines - plan->records.size());
    }
};

QTEST_GUILESS_MAIN(tst_ImportPlan)
#include "tst_importplan.moc"
