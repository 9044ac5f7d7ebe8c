// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recorddetails.h"
#include "models/recordstore.h"
#include "models/schema.h"
#include "models/timeline.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Ledger;
using models::Observation;
using models::RecordDetails;
using models::RecordDetailsModel;
using models::RecordKind;
using models::TimelineEntry;

namespace {

constexpr qint64 created = 1'763'600'000'000;

Observation payment(const QString &id, const QString &status, qint64 at, const QString &type = u"DEBIT"_s,
    const QString &reference = {})
{
    const api::Transaction transaction{.id = api::TransactionId(id),
        .type = type,
        .status = status,
        .customerId = api::CustomerId(u"c-1"_s),
        .amount = {.cents = 12'840, .currency = u"USD"_s},
        .clientReferenceId = reference,
        .account = {.institution = u"First Bank"_s, .lastFour = u"0042"_s, .type = u"checking"_s, .status = {}},
        .descriptor = u"SHOES"_s,
        .settlementAt = created + 1,
        .createdAt = created,
        .failureCode = status.contains(u"FAILED"_s) ? u"R01"_s : QString(),
        .failureText = {}};
    const QByteArray raw = "{\"transactionId\":\"" + id.toUtf8() + "\",\"transactionStatus\":\"" + status.toUtf8()
        + "\"}";
    return {.record = transaction, .raw = *api::Json::parse(raw), .observedAt = at, .source = models::Source::Poll};
}

QString fieldOf(const RecordDetails &details, const QString &label)
{
    for (const models::DetailSection &section : details.sections) {
        for (const models::DetailField &field : section.fields) {
            if (field.label == label)
                return models::cellExportText(field.cell);
        }
    }
    return {};
}

} // namespace

class tst_RecordDetails : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_ledger = *Ledger::open(m_folder->filePath(u"ledger.sqlite"_s));
        m_model = std::make_unique<RecordDetailsModel>(*m_ledger);
    }

    void cleanup()
    {
        m_model.reset();
        m_ledger.reset();
    }

    void everythingIsShownOnceItIsKnown()
    {
        m_model->setRecord({RecordKind::Transaction, u"t-1"_s});
        QVERIFY(m_model->isLoading());
        QTRY_VERIFY(!m_model->isLoading());
        QVERIFY(!m_model->details().has_value());

        m_ledger->observe({payment(u"t-1"_s, u"SUCCEEDED"_s, created + 100)});
        QTRY_VERIFY(m_model->details().has_value());
        const RecordDetails &details = *m_model->details();
        QCOMPARE(details.headline.value.toLongLong(), 12'840);
        QCOMPARE(details.status, u"SUCCEEDED"_s);
        QCOMPARE(details.bankText, u"First Bank ··0042"_s);
        QCOMPARE(details.title, details.bankText);
        QCOMPARE(fieldOf(details, u"Account"_s), u"···· 0042"_s);
        QCOMPARE(fieldOf(details, u"Descriptor"_s), u"SHOES"_s);
        QCOMPARE(fieldOf(details, u"Transaction id"_s), u"t-1"_s);
        QCOMPARE(details.lastReadAt, created + 100);
        QCOMPARE(details.lastSource, models::Source::Poll);
        QVERIFY(!details.canStillChange);
        QVERIFY(details.rawAnswer.contains(u"\"transactionStatus\": \"SUCCEEDED\""_s));
    }

    void aRefundAndItsPaymentPointAtEachOther()
    {
        m_ledger->observe({payment(u"t-1"_s, u"SUCCEEDED"_s, created + 1),
            payment(u"t-2"_s, u"PENDING"_s, created + 2, u"CREDIT"_s, u"RF-t-1-1"_s)});
        m_model->setRecord({RecordKind::Transaction, u"t-1"_s});
        QTRY_VERIFY(m_model->details().has_value());
        QCOMPARE(m_model->details()->related.size(), 1);
        QCOMPARE(m_model->details()->related.front().ref.id, u"t-2"_s);
        QCOMPARE(m_model->details()->related.front().amount.sign, 1);
        m_model->setRecord({RecordKind::Transaction, u"t-2"_s});
        QTRY_VERIFY(m_model->details().has_value());
        QCOMPARE(m_model->details()->related.front().ref.id, u"t-1"_s);
        QCOMPARE(fieldOf(*m_model->details(), u"Refund of"_s), u"t-1"_s);
    }

    void aCustomerShowsTheLinkedAccountsMasked()
    {
        const api::Customer ada{.id = api::CustomerId(u"c-1"_s),
            .firstName = u"Ada"_s,
            .lastName = u"Lovelace"_s,
            .email = u"ada@example.com"_s,
            .status = u"ACTIVE"_s};
        const api::LinkedAccounts accounts{.customerId = ada.id,
            .accounts = {{.id = api::AccountId(u"9"_s),
                .institutionId = {},
                .institution = u"First Bank"_s,
                .lastFour = u"0042"_s,
                .type = u"checking"_s,
                .status = u"ACTIVE"_s,
                .preferred = true,
                .routingNumber = u"123456780"_s}}};
        m_ledger->observe({{.record = ada, .raw = {}, .observedAt = 5},
            {.record = accounts, .raw = {}, .observedAt = 6}, payment(u"t-1"_s, u"PENDING"_s, created)});
        m_model->setRecord({RecordKind::Customer, u"c-1"_s});
        QTRY_VERIFY(m_model->details().has_value());
        QCOMPARE(m_model->details()->title, u"Ada Lovelace"_s);
        QCOMPARE(fieldOf(*m_model->details(), u"Account (preferred)"_s), u"First Bank ··0042"_s);
        QCOMPARE(m_model->details()->related.size(), 1);
    }

    void theTimelineMarksWhatIsInferred_data()
    {
        QTest::addColumn<RecordKind>("kind");
        QTest::addColumn<QStringList>("observed");
        QTest::addColumn<QString>("life");
        const auto kind = RecordKind::Transaction;
        QTest::newRow("whole") << kind << QStringList{u"CREATED"_s, u"AUTHORIZED"_s} << u"CREATED@5 AUTHORIZED@101"_s;
        QTest::newRow("seen late") << kind << QStringList{u"INITIATED"_s}
                                   << u"(CREATED@5) (AUTHORIZED@100) (SCHEDULED@100) INITIATED@100"_s;
        QTest::newRow("seen twice") << kind << QStringList{u"PENDING"_s, u"PENDING"_s} << u"(CREATED@5) PENDING@100"_s;
        QTest::newRow("gap") << kind << QStringList{u"AUTHORIZED"_s, u"SUCCEEDED"_s}
                             << u"(CREATED@5) AUTHORIZED@100 (SCHEDULED@101) (INITIATED@101) SUCCEEDED@101"_s;
        QTest::newRow("failed") << kind << QStringList{u"TERMINAL_FAILED"_s} << u"(CREATED@5) TERMINAL_FAILED@100"_s;
        QTest::newRow("not heard of") << kind << QStringList{u"ON_MARS"_s} << u"(CREATED@5) ON_MARS@100"_s;
        QTest::newRow("never seen") << kind << QStringList{} << QString();
        QTest::newRow("payout") << RecordKind::Payout << QStringList{u"SCHEDULED"_s}
                                << u"(CREATED@5) (AUTHORIZED@100) SCHEDULED@100"_s;
    }

    void theTimelineMarksWhatIsInferred()
    {
        QFETCH(RecordKind, kind);
        QFETCH(QStringList, observed);
        QList<TimelineEntry> entries;
        for (const QString &status : observed)
            entries.append(
                {.at = 100 + entries.size(), .status = status, .source = models::Source::Poll, .inferred = false});
        QStringList life;
        for (const TimelineEntry &entry : models::withInferredSteps(kind, entries, 5)) {
            const QString text = entry.status + u'@' + QString::number(entry.at);
            life.append(entry.inferred ? u'(' + text + u')' : text);
        }
        QTEST(life.join(u' '), "life");
    }

    void clearingForgets()
    {
        m_ledger->observe({payment(u"t-1"_s, u"PENDING"_s, created)});
        m_model->setRecord({RecordKind::Transaction, u"t-1"_s});
        QTRY_VERIFY(m_model->details().has_value());
        QSignalSpy changed(m_model.get(), &RecordDetailsModel::changed);
        m_model->clear();
        QCOMPARE(changed.size(), 1);
        QVERIFY(!m_model->details().has_value());
        QVERIFY(m_model->ref().id.isEmpty());
    }

    void whatDoesNotConcernItIsNoChange()
    {
        m_ledger->observe({payment(u"t-1"_s, u"PENDING"_s, created)});
        m_model->setRecord({RecordKind::Transaction, u"t-1"_s});
        QTRY_VERIFY(m_model->details().has_value() && !m_model->isLoading());
        QSignalSpy changed(m_model.get(), &RecordDetailsModel::changed);
        QSignalSpy others(m_ledger.get(), &Ledger::recordsChanged);
        m_ledger->observe({payment(u"t-2"_s, u"PENDING"_s, created)});
        QTRY_VERIFY(!others.isEmpty() && !m_model->isLoading());
        QVERIFY(changed.isEmpty());
        m_ledger->observe({payment(u"t-1"_s, u"AUTHORIZED"_s, created + 1)});
        QTRY_COMPARE(changed.size(), 1);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
    std::unique_ptr<RecordDetailsModel> m_model;
};

QTEST_GUILESS_MAIN(tst_RecordDetails)
#include "tst_recorddetails.moc"
