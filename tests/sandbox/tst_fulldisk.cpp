// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/tenantunderuse.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::SandboxAnswer;

// What cannot be kept is refused as the family it belongs to refuses, and changes nothing.
class tst_FullDisk : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aggregationAnswersInItsShape();
    void payByBankAnswersInItsShape();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    tests::TenantUnderUse m_tenant;
};

void tst_FullDisk::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_tenant.start({u"--state"_s, m_directory->filePath(u"state"_s)}));
}

void tst_FullDisk::aggregationAnswersInItsShape()
{
    const QString path = m_tenant.add(u"https://a.example.com/"_s, {u"REFRESH"_s});
    const QJsonObject before = m_tenant.call("GET", path).json;
    m_tenant.sandbox().fillDisk();
    QVERIFY(m_tenant.killAndStart());
    for (const SandboxAnswer &answer : {m_tenant.create(u"https://b.example.com/"_s, {}),
             m_tenant.call("PATCH", path, {{u"webhookDisabled"_s, true}}), m_tenant.call("DELETE", path)}) {
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.json.keys(), QStringList(u"error"_s));
        const QJsonObject error = answer.json[u"error"_s].toObject();
        QCOMPARE(error[u"code"_s].toInt(), 500);
        QVERIFY(error[u"message"_s].isString() && error[u"details"_s].isString());
    }
    QCOMPARE(m_tenant.call("GET", path).json, before);
}

void tst_FullDisk::payByBankAnswersInItsShape()
{
    m_tenant.sandbox().fillDisk();
    const SandboxAnswer answer = m_tenant.sandbox().post(u"/v1/payments"_s, m_tenant.sandbox().paymentBody(u"k"_s));
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.errorCode(), u"INTERNAL_SERVER_ERROR"_s);
    QCOMPARE(m_tenant.sandbox().status()[u"payments"_s].toInt(), 0);
}

QTEST_GUILESS_MAIN(tst_FullDisk)
#include "tst_fulldisk.moc"
