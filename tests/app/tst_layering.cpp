// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

struct Include
{
    QString file; //!< the including file, relative to the root
    QString name; //!< what is between the quotes or brackets
};

QList<Include> includesBelow(const QString &folder)
{
    static const QRegularExpression line(
        u"^\\s*#\\s*include\\s*[\"<]([^\">]+)[\">]"_s, QRegularExpression::MultilineOption);
    QList<Include> found;
    const QDir root(QStringLiteral(SOURCE_ROOT));
    QDirIterator files(root.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (auto matches = line.globalMatch(QString::fromUtf8(file.readAll())); matches.hasNext();)
            found.append({root.relativeFilePath(file.fileName()), matches.next().captured(1)});
    }
    return found;
}

} // namespace

//! Dependencies run app, ui, models, api, and never back; the sandbox shares no code with any of them.
class tst_Layering : public QObject
{
    Q_OBJECT

private slots:
    void layersIncludeOnlyWhatTheyMay_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("forbidden");
        QTest::newRow("api knows nothing above it") << u"api"_s << u"^(models|ui|app)/"_s;
        QTest::newRow("api has no widgets") << u"api"_s << u"^(QtWidgets|QWidget|QDialog|QApplication|QLabel)"_s;
        QTest::newRow("models know nothing above them") << u"models"_s << u"^(ui|app)/"_s;
        QTest::newRow("models have no widgets") << u"models"_s << u"^(QtWidgets|QWidget|QDialog|QApplication|QLabel)"_s;
        QTest::newRow("models speak through the client") << u"models"_s << u"^(QNetwork|QTcp|QSsl)"_s;
        QTest::newRow("ui does not know the program") << u"ui"_s << u"^app/"_s;
        QTest::newRow("ui reads only values of the api")
            << u"ui"_s << u"^api/(?!(money|ids|error|paybybank/payments|paybybank/customers)\\.h$)"_s;
        QTest::newRow("ui holds no truth") << u"ui"_s << u"^(QJson|QNetwork|QSettings|QSql|sqlite3)"_s;
        QTest::newRow("the sandbox is written apart") << u"app/sandbox"_s << u"^(api|models|ui|app/console)/"_s;
        QTest::newRow("the console does not look into the sandbox") << u"app/console"_s << u"^app/sandbox/"_s;
    }

    void layersIncludeOnlyWhatTheyMay()
    {
        QFETCH(QString, folder);
        QFETCH(QString, forbidden);
        const QList<Include> includes = includesBelow(folder);
        QVERIFY2(includes.size() > 10, "the folder was not read");
        const QRegularExpression wrong(forbidden);
        for (const Include &include : includes) {
            QVERIFY2(!wrong.match(include.name).hasMatch(), qPrintable(include.file + u" includes "_s + include.name));
        }
    }

    void onlyThePluginKnowsTheBrowserEngine()
    {
        for (const QString &folder : {u"api"_s, u"models"_s, u"ui"_s, u"app"_s}) {
            for (const Include &include : includesBelow(folder)) {
                const bool inPlugin = include.file.startsWith("ui/webpane/"_L1);
                const bool engine = include.name.startsWith("QWebEngine"_L1)
                    || include.name.startsWith("QWebChannel"_L1);
                const bool ours = include.name.startsWith("ui/"_L1) || include.name.startsWith("models/"_L1);
                QVERIFY2(inPlugin || !engine, qPrintable(include.file));
                QVERIFY2(!inPlugin || !ours || include.name == "ui/paneengine.h"_L1
                        || include.name.startsWith("ui/webpane/"_L1),
                    qPrintable(include.file));
            }
        }
    }

    void onlyTheSecretStoreKnowsTheKeychain()
    {
        for (const QString &folder : {u"api"_s, u"models"_s, u"ui"_s, u"app"_s}) {
            for (const Include &include : includesBelow(folder)) {
                if (include.name.contains("keychain.h"_L1))
                    QCOMPARE(include.file, u"api/secretstore.cpp"_s);
            }
        }
    }
};

QTEST_APPLESS_MAIN(tst_Layering)
#include "tst_layering.moc"
