// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/delivertroubles.h"
#include "app/sandbox/signing.h"

#include <QString>

#include <expected>
#include <vector>

class QCommandLineParser;

namespace sandbox {

inline constexpr int mostConnections = 256;

//! What the command line decides about deliveries. Times are real, not the sandbox's.
struct DeliverOptions
{
    Signing signing = {};
    Signing aggregationSigning = {.scheme = SignatureScheme::None};
    bool flat = false; //!< metadata at the top level, as the newer table has it (reference 1.14.3)
    std::vector<Millis> retries{1'000, 5'000, 30'000, 120'000, 600'000}; //!< waits between attempts
    Millis timeout = 10'000;
    int connections = 1;          //!< to one subscription at a time; above 1 nothing keeps the order
    std::size_t backlog = 10'000; //!< of one subscription; beyond it the oldest are dropped
    bool insecure = false;
    bool aggregationHttp = false; //!< http for a registered webhook on loopback
    int foreignPercent = 5;       //!< of aggregation events that are followed by one of a foreign user
    std::vector<TroubleRule> troubles = {};
};

void addDeliverOptions(QCommandLineParser &parser);
//! Tells what is wrong in one sentence.
std::expected<DeliverOptions, QString> readDeliverOptions(const QCommandLineParser &parser);
//! For --help: the routes and the rules.
QString deliverHelp();

} // namespace sandbox
