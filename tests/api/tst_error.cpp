// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/error.h"

#include <QSet>
#include <QTest>

using api::Delivery;
using api::Error;
using api::ErrorKind;

class TestError : public QObject
{
    Q_OBJECT
private slots:
    void everyKindHasItsSentence();
    void sentencesNameWhatIsKnown();
    void detailsAreOneLineOfFacts();
    void duplicates_data();
    void duplicates();
};

void TestError::everyKindHasItsSentence()
{
    QSet<QString> sentences;
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::NoSecret); ++kind) {
        const QString sentence = api::errorText({.kind = static_cast<ErrorKind>(kind)});
        QVERIFY(sentence.endsWith(QLatin1Char('.')));
        QVERIFY(!sentence.contains(QLatin1Char('%')));
        sentences += sentence;
    }
    QCOMPARE(sentences.size(), static_cast<int>(ErrorKind::NoSecret) + 1);
}

void TestError::sentencesNameWhatIsKnown()
{
    QVERIFY(api::errorText({.kind = ErrorKind::Offline, .host = QStringLiteral("api.example.com")})
            .startsWith(QStringLiteral("api.example.com could not be reached")));
    QVERIFY(api::errorText({.kind = ErrorKind::Rejected, .message = QStringLiteral("amount is 100% wrong %2")})
            .contains(QStringLiteral("\"amount is 100% wrong %2\"")));
    QVERIFY(api::errorText({.kind = ErrorKind::Fault, .errorId = QStringLiteral("10003")})
            .contains(QStringLiteral("10003")));
    QVERIFY(api::errorText({.kind = ErrorKind::RateLimited, .retryAfterSeconds = 17})
            .contains(QStringLiteral("17 seconds")));
    QVERIFY(
        api::errorText({.kind = ErrorKind::RateLimited, .retryAfterSeconds = 1}).contains(QStringLiteral("1 second.")));
}

void TestError::detailsAreOneLineOfFacts()
{
    const QString details = api::errorDetails({.kind = ErrorKind::Fault,
        .delivery = Delivery::Unknown,
        .httpStatus = 500,
        .errorId = QStringLiteral("10003"),
        .errorCode = QStringLiteral("INTERNAL"),
        .message = QStringLiteral("two\nlines"),
        .host = QStringLiteral("api.example.com")});
    QCOMPARE(details,
        QStringLiteral("Fault, outcome unknown, HTTP 500, code INTERNAL, id 10003, host api.example.com, "
                       "message two lines"));
}

void TestError::duplicates_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    QTest::addColumn<bool>("duplicate");
    const auto row = [](const char *name, int status, const char *code, const char *message, bool duplicate) {
        QTest::newRow(name) << status << QString::fromLatin1(code) << QString::fromLatin1(message) << duplicate;
    };
    row("by code", 400, "DUPLICATE_REQUEST_KEY", "", true);
    row("by code, conflict", 409, "REQUEST_KEY_ALREADY_EXISTS", "", true);
    row("by words", 400, "BAD_REQUEST", "A payment with the same request key already exists", true);
    row("by words, as the field is written", 400, "", "requestKey has already been used", true);
    row("by words, short", 422, "", "Duplicate requestKey", true);
    row("conflict alone", 409, "CONFLICT", "", false);
    row("another duplicate", 400, "DUPLICATE_REFERENCE", "Duplicate clientReferenceId", false);
    row("a rule, not a finding", 400, "", "requestKey must not be a key that already exists", false);
    row("missing", 400, "MISSING_REQUEST_KEY", "request key is missing", false);
    row("denied", 400, "", "Duplicate request key check could not run", false);
    row("a fault", 500, "DUPLICATE_REQUEST_KEY", "Duplicate request key", false);
    row("forbidden", 403, "DUPLICATE_REQUEST_KEY", "Duplicate request key", false);
    row("another 400", 400, "BAD_REQUEST", "amount is missing", false);
}

void TestError::duplicates()
{
    QFETCH(const int, status);
    QFETCH(const QString, code);
    QFETCH(const QString, message);
    const ErrorKind kind = status >= 500 ? ErrorKind::Fault
        : status == 403                  ? ErrorKind::Forbidden
                                         : ErrorKind::Rejected;
    const Error error{
        .kind = kind, .delivery = Delivery::Answered, .httpStatus = status, .errorCode = code, .message = message};
    QTEST(api::saysDuplicateRequestKey(error), "duplicate");
}

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
