// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledgerupdate.h"

#include "models/schema.h"

#include <utility>

namespace models {

bool LedgerUpdate::isNeeded(const QString &file)
{
    const int newest = ledgerMigrations().back().version;
    const auto version = ledgerFileVersion(file);
    return version && *version > 0 && *version < newest;
}

LedgerUpdate::LedgerUpdate(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
}

LedgerUpdate::~LedgerUpdate()
{
    m_givenUp = true;
    if (m_thread.joinable())
        m_thread.join();
}

void LedgerUpdate::start(std::function<void(DatabaseResult<void>)> done)
{
    Q_ASSERT(!m_thread.joinable());
    m_thread = std::thread([this, done = std::move(done)] {
        QMetaObject::invokeMethod(this, [done, result = run()] { done(result); }, Qt::QueuedConnection);
    });
}

DatabaseResult<void> LedgerUpdate::run() const
{
    const auto database = Database::open(m_file, Database::Mode::ReadWrite);
    if (!database)
        return std::unexpected(database.error());
    (*database)->setCancelFlag(&m_givenUp);
    return migrate(**database, ledgerMigrations());
}

} // namespace models
