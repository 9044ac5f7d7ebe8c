// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

namespace benchmarks {

//! One bare QNetworkAccessManager with that many GETs outstanding: the least a Qt program can do. Gives requests per
//! second.
double managerLoop(const QList<QUrl> &urls, const QByteArray &bearerToken, int inFlight);

//! `curl --parallel` on the same URLs, answers thrown away. Gives requests per second, its own start included.
double curlParallel(const QList<QUrl> &urls, const QByteArray &bearerToken, int inFlight);

} // namespace benchmarks
