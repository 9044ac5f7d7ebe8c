// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/figures.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

void printFigure(const Figure &figure)
{
    const QJsonObject line{{u"figure"_s, figure.name}, {u"unit"_s, figure.unit}, {u"ours"_s, figure.ours},
        {u"baseline"_s, figure.baseline}, {u"baselineName"_s, figure.baselineName}, {u"ratio"_s, figure.ratio},
        {u"target"_s, figure.target}, {u"met"_s, figure.met}, {u"note"_s, figure.note}};
    std::fputs(QJsonDocument(line).toJson(QJsonDocument::Compact).append('\n').constData(), stdout);
    std::fflush(stdout);
}

void say(const QString &text)
{
    std::fputs(text.toLocal8Bit().append('\n').constData(), stderr);
}

void cannotRun(const QString &why)
{
    say(u"Could not be measured: "_s + why);
    std::exit(1);
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const double rank = std::ceil(share * static_cast<double>(values.size()));
    const auto index = static_cast<size_t>(std::clamp(rank, 1.0, static_cast<double>(values.size()))) - 1;
    return values[index];
}

double median(const std::vector<double> &values)
{
    return percentile(values, 0.5);
}

QString spread(const std::vector<double> &values)
{
    return u"median %1, %2 to %3 over %4"_s.arg(median(values), 0, 'f', 1)
        .arg(percentile(values, 0), 0, 'f', 1)
        .arg(percentile(values, 1), 0, 'f', 1)
        .arg(values.size());
}

} // namespace benchmarks
