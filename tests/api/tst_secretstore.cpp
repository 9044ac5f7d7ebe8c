// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/secretstore.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <optional>

using api::SecretProblem;
using api::SecretStore;

namespace {

const QString testProfile = QStringLiteral("test-profile");
const QString testName = QStringLiteral("client-secret");

//! The state that with-keyring.sh prepared, given by its name as the KEYRING_STATE variable.
QByteArray keyringState()
{
    return qgetenv("KEYRING_STATE");
}

template<typename T> using Heard = std::optional<SecretStore::SecretResult<T>>;

Heard<QByteArray> readSecret(SecretStore &store, const QString &profile = testProfile)
{
    Heard<QByteArray> heard;
    QObject context;
    bool returned = false;
    store.read(profile, testName, &context, [&](const SecretStore::SecretResult<QByteArray> &result) {
        QVERIFY(returned);
        heard = result;
    });
    returned = true;
    if (!QTest::qWaitFor([&heard] { return heard.has_value(); }))
        return std::nullopt;
    return heard;
}

Heard<void> writeSecret(SecretStore &store, const QByteArray &secret, const QString &profile = testProfile)
{
    Heard<void> heard;
    QObject context;
    store.write(profile, testName, secret, &context,
        [&heard](const SecretStore::SecretResult<void> &result) { heard = result; });
    if (!QTest::qWaitFor([&heard] { return heard.has_value(); }))
        return std::nullopt;
    return heard;
}

Heard<void> removeSecret(SecretStore &store)
{
    Heard<void> heard;
    QObject context;
    store.remove(
        testProfile, testName, &context, [&heard](const SecretStore::SecretResult<void> &result) { heard = result; });
    if (!QTest::qWaitFor([&heard] { return heard.has_value(); }))
        return std::nullopt;
    return heard;
}

template<typename T> void compareProblem(const Heard<T> &heard, SecretProblem problem)
{
    QVERIFY(heard);
    QVERIFY(!heard->has_value());
    QCOMPARE(heard->error().problem, problem);
}

} // namespace

class TestSecretStore : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();

    void secretsComeBack_data();
    void secretsComeBack();
    void aSecretIsReplaced();
    void profilesAreApart();
    void whatIsAbsentIsNotFound();
    void whatIsRemovedIsGone();
    void aDeadContextNeverHears();
    void nothingIsWrittenInTheClear();
    void aLockedRingIsToldApart();
    void aMissingServiceIsToldApart();
    void everyProblemHasItsSentence();
};

void TestSecretStore::initTestCase()
{
    QVERIFY2(!keyringState().isEmpty(), "run through with-keyring.sh");
}

void TestSecretStore::secretsComeBack_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("text") << QByteArray("s3cret");
    QTest::newRow("UTF-8") << QByteArray("p\u00e4ss \U0001F600");
    QTest::newRow("bytes") << QByteArray("a\0b\xff\n", 5);
    QTest::newRow("4 KiB") << QByteArray(4096, 'x');
}

void TestSecretStore::secretsComeBack()
{
    if (keyringState() != "unlocked")
        QSKIP("belongs to another state of the keyring");
    QFETCH(const QByteArray, secret);
    SecretStore store;
    const auto written = writeSecret(store, secret);
    QVERIFY(written && *written);
    const auto read = readSecret(store);
    QVERIFY(read && *read);
    QCOMPARE(**read, secret);
}

void TestSecretStore::aSecretIsReplaced()
{
    if (keyringState() != "unlocked")
        QSKIP("belongs to another state of the keyring");
    SecretStore store;
    QVERIFY(writeSecret(store, "old")->has_value());
    QVERIFY(writeSecret(store, "new")->has_value());
    QCOMPARE(**readSecret(store), QByteArray("new"));
}

void TestSecretStore::profilesAreApart()
{
    if (keyringState() != "unlocked")
        QSKIP("belongs to another state of the keyring");
    SecretStore store;
    const QString other = QStringLiteral("other");
    QVERIFY(writeSecret(store, "mine")->has_value());
    QVERIFY(writeSecret(store, "theirs", other)->has_value());
    QCOMPARE(**readSecret(store), QByteArray("mine"));
    QCOMPARE(**readSecret(store, other), QByteArray("theirs"));
}

void TestSecretStore::whatIsAbsentIsNotFound()
{
    if (keyringState() != "unlocked")
        QSKIP("belongs to another state of the keyring");
    SecretStore store;
    compareProblem(readSecret(store, QStringLiteral("nobody")), SecretProblem::NotFound);
}

void TestSecretStore::whatIsRemovedIsGone()
{
    if (keyringState() != "unlocked")
        QSKIP("belongs to another state of the keyring");
    SecretStore store;
    QVERIFY(writeSecret(store, "s")->has_value());
    QVERIFY(removeSecret(store)->has_value());
    compareProblem(readSecret(store), SecretProblem::NotFound);
    QVERIFY(removeSecret(store)->has_value());
}

void TestSecretStore::aDeadContextNeverHears()
{
    SecretStore store;
    bool heard = false;
    {
        QObject context;
        store.read(
            testProfile, testName, &context, [&heard](const SecretStore::SecretResult<QByteArray> &) { heard = true; });
    }
    QVERIFY(readSecret(store));
    QVERIFY(!heard);
}

void TestSecretStore::nothingIsWrittenInTheClear()
{
    if (keyringState() != "unlocked")
        QSKIP("belongs to another state of the keyring");
    SecretStore store;
    const QByteArray secret = "needle-in-the-home-directory";
    QVERIFY(writeSecret(store, secret)->has_value());
    QDirIterator files(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(secret), qPrintable(file.fileName()));
        ++looked;
    }
    QVERIFY(looked > 0);
}

void TestSecretStore::aLockedRingIsToldApart()
{
    if (keyringState() != "locked")
        QSKIP("belongs to another state of the keyring");
    SecretStore store;
    compareProblem(readSecret(store), SecretProblem::Locked);
    compareProblem(writeSecret(store, "s"), SecretProblem::Locked);
    compareProblem(removeSecret(store), SecretProblem::Locked);
}

void TestSecretStore::aMissingServiceIsToldApart()
{
    if (keyringState() != "no-service" && keyringState() != "no-bus")
        QSKIP("belongs to another state of the keyring");
    SecretStore store;
    compareProblem(readSecret(store), SecretProblem::NoService);
    compareProblem(writeSecret(store, "s"), SecretProblem::NoService);
    compareProblem(removeSecret(store), SecretProblem::NoService);
}

void TestSecretStore::everyProblemHasItsSentence()
{
    for (int problem = 0; problem <= static_cast<int>(SecretProblem::Failed); ++problem)
        QVERIFY(api::secretErrorText({.problem = static_cast<SecretProblem>(problem), .message = {}})
                .endsWith(QLatin1Char('.')));
    QVERIFY(api::secretErrorText({.problem = SecretProblem::Failed, .message = QStringLiteral("no room")})
            .contains(QStringLiteral("no room")));
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().contains(QStringLiteral("--store-one"))) {
        SecretStore store;
        const auto written = writeSecret(store, "there all along");
        return written && *written ? 0 : 1;
    }
    TestSecretStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_secretstore.moc"
