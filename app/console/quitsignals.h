// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QObject;

namespace console {

//! Lets SIGTERM, SIGINT and SIGHUP end the event loop, so that the ledger and the sandbox are closed in order. Once per
//! program.
void quitOnSignals(QObject *context);

} // namespace console
