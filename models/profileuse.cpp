// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/profileuse.h"

#include <QDir>

#include <cerrno>
#include <sys/file.h>

using namespace Qt::Literals::StringLiterals;

namespace models {

ProfileUse::ProfileUse(const QString &folder)
    : m_file(QDir(folder).filePath(u"open.lock"_s))
{
    if (m_file.open(QIODevice::ReadWrite))
        ::flock(m_file.handle(), LOCK_SH | LOCK_NB);
}

bool ProfileUse::isShared()
{
    if (!m_file.isOpen())
        return false;
    const bool alone = ::flock(m_file.handle(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    // Asking gave up the share that was held, or made it exclusive: nobody else would be seen, nor see us.
    ::flock(m_file.handle(), LOCK_SH | LOCK_NB);
    return !alone;
}

} // namespace models
