// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace benchmarks {

//! One line of the table: ours against a named baseline that was measured in the same run, in turns with ours.
struct Figure
{
    QString name = {};
    QString unit = {}; //!< of both values: "ms", "req/s", "MiB"
    double ours = 0;
    double baseline = 0;
    QString baselineName = {};
    double ratio = 0;    //!< ours / baseline, or the other way round where the target says "faster"
    QString target = {}; //!< as people say it
    bool met = false;
    QString note = {}; //!< what a reader needs to judge the figure: rounds, spread, sizes
};

//! One JSON line on standard output, at once, so that a later failure loses nothing.
void printFigure(const Figure &figure);

//! Says on standard error what is being done; the table is all that standard output carries.
void say(const QString &text);
//! The benchmark could not be made: says why and ends the program.
[[noreturn]] void cannotRun(const QString &why);

//! 0 for an empty list. `share` is 0..1, nearest rank.
double percentile(std::vector<double> values, double share);
double median(const std::vector<double> &values);
//! "median 12.3, 11.0 to 15.2 over 9"
QString spread(const std::vector<double> &values);

} // namespace benchmarks
