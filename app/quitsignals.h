// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QObject;

namespace app {

//! Lets SIGTERM, SIGINT and SIGHUP end the event loop with code 0, so that the ledger and the sandbox are closed in
//! order. No window is asked, whatever is open: who sends a signal does not wait for an answer. Once per program.
void quitOnSignals(QObject *context);

} // namespace app
