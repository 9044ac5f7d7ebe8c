// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sealed.h"

#include <QSet>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::SealProblem;

class tst_Sealed : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void whatWasSealedComesBack_data();
    void whatWasSealedComesBack();
    void theSamePassphraseWrittenDifferentlyFits();
    void nothingCanBeReadFromTheFile();
    void damagedFilesAreRefused_data();
    void damagedFilesAreRefused();
    void randomTextsDiffer();

private:
    QByteArray m_sealed; //!< of "secret content" under "four words of mine"
};

void tst_Sealed::initTestCase()
{
    const auto sealed = models::seal("secret content"_ba, u"four words of mine"_s);
    QVERIFY(sealed);
    m_sealed = *sealed;
}

void tst_Sealed::whatWasSealedComesBack_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("passphrase");
    QTest::newRow("nothing") << QByteArray() << u"x"_s;
    QTest::newRow("text") << "{\"a\":1}"_ba << u"correct horse"_s;
    QTest::newRow("binary") << QByteArray(100'000, '\0') << u"öäü €"_s;
    QTest::newRow("no passphrase") << "text"_ba << QString();
}

void tst_Sealed::whatWasSealedComesBack()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, passphrase);
    const auto sealed = models::seal(content, passphrase);
    QVERIFY(sealed);
    const auto opened = models::unseal(*sealed, passphrase);
    QVERIFY(opened);
    QCOMPARE(*opened, content);
    const auto other = models::unseal(*sealed, passphrase + u'!');
    QVERIFY(!other);
    QCOMPARE(other.error(), SealProblem::WrongPassphrase);
}

void tst_Sealed::theSamePassphraseWrittenDifferentlyFits()
{
    const auto sealed = models::seal("x"_ba, QString::fromUtf8("caf\u00e9"));
    QVERIFY(sealed);
    QVERIFY(models::unseal(*sealed, QString::fromUtf8("cafe\u0301")));
}

void tst_Sealed::nothingCanBeReadFromTheFile()
{
    QVERIFY(!m_sealed.contains("secret"));
    const auto again = models::seal("secret content"_ba, u"four words of mine"_s);
    QVERIFY(again);
    QVERIFY(*again != m_sealed); // a fresh salt and nonce each time
}

void tst_Sealed::damagedFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("problem");
    QByteArray changed = m_sealed;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    QByteArray salted = m_sealed;
    salted[30] = static_cast<char>(salted[30] ^ 1);
    QByteArray newer = m_sealed;
    newer.replace("sealed 1", "sealed 2");
    QTest::newRow("empty") << QByteArray() << int(SealProblem::NotSealed);
    QTest::newRow("other text") << "kind,id\ncustomer,1\n"_ba << int(SealProblem::NotSealed);
    QTest::newRow("only the head") << m_sealed.left(26) << int(SealProblem::NotSealed);
    QTest::newRow("cut short") << m_sealed.chopped(1) << int(SealProblem::WrongPassphrase);
    QTest::newRow("one bit changed") << changed << int(SealProblem::WrongPassphrase);
    QTest::newRow("salt changed") << salted << int(SealProblem::WrongPassphrase);
    QTest::newRow("newer version") << newer << int(SealProblem::NewerVersion);
}

void tst_Sealed::damagedFilesAreRefused()
{
    QFETCH(QByteArray, file);
    QFETCH(int, problem);
    const auto opened = models::unseal(file, u"four words of mine"_s);
    QVERIFY(!opened);
    QCOMPARE(int(opened.error()), problem);
    QVERIFY(!models::sealProblemText(opened.error()).isEmpty());
}

void tst_Sealed::randomTextsDiffer()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray text = models::randomText(24);
        QCOMPARE(text.size(), 32);
        QVERIFY(!text.contains('+') && !text.contains('/') && !text.contains('='));
        seen.insert(text);
    }
    QCOMPARE(seen.size(), 1000);
}

QTEST_APPLESS_MAIN(tst_Sealed)
#include "tst_sealed.moc"
