// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the benchmarks' JSON lines from standard input, writes them as one JSON file and prints one table.
#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSaveFile>
#include <QSysInfo>
#include <QTextStream>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

QString number(double value)
{
    return QLocale::c().toString(value, 'f', value < 10 ? 2 : value < 1'000 ? 1 : 0);
}

QStringList cellsOf(const QJsonObject &figure)
{
    const QString unit = u' ' + figure[u"unit"].toString();
    return {figure[u"figure"].toString(), number(figure[u"ours"].toDouble()) + unit,
        number(figure[u"baseline"].toDouble()) + unit + u" ("_s + figure[u"baselineName"].toString() + u')',
        number(figure[u"ratio"].toDouble()), figure[u"target"].toString(),
        figure[u"met"].toBool() ? u"yes"_s : u"NO"_s};
}

void printTable(const QList<QStringList> &rows, QTextStream &out)
{
    QList<qsizetype> widths(rows.first().size(), 0);
    for (const QStringList &row : rows) {
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].size());
    }
    for (qsizetype line = 0; line < rows.size(); ++line) {
        QStringList padded;
        for (qsizetype column = 0; column < rows[line].size(); ++column)
            padded.append(rows[line][column].leftJustified(widths[column]));
        out << u"| "_s << padded.join(u" | "_s) << u" |\n"_s;
        if (line > 0)
            continue;
        QStringList rules;
        for (const qsizetype width : widths)
            rules.append(QString(width, u'-'));
        out << u"|-"_s << rules.join(u"-|-"_s) << u"-|\n"_s;
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QTextStream in(stdin);
    QTextStream out(stdout);
    QTextStream problems(stderr);
    if (application.arguments().size() != 2) {
        problems << u"Usage: benchmark-table FILE.json < lines\n"_s;
        return 2;
    }
    QJsonArray figures;
    QList<QStringList> rows{{u"figure"_s, u"ours"_s, u"baseline"_s, u"ratio"_s, u"target"_s, u"met"_s}};
    while (!in.atEnd()) {
        const QJsonObject figure = QJsonDocument::fromJson(in.readLine().toUtf8()).object();
        if (figure.isEmpty())
            continue;
        figures.append(figure);
        rows.append(cellsOf(figure));
    }
    printTable(rows, out);

    const QJsonObject whole{{u"measuredAt"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
        {u"system"_s, QSysInfo::prettyProductName() + u", "_s + QSysInfo::currentCpuArchitecture()},
        {u"figures"_s, figures}};
    QSaveFile file(application.arguments().at(1));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(whole).toJson()) < 0 || !file.commit()) {
        problems << file.fileName() << u": "_s << file.errorString() << u'\n';
        return 1;
    }
    return 0;
}
