// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

namespace models {

//! Says to the other consoles on this computer that this one has the profile of `folder` open. The kernel takes it back
//! when the process ends in any way. A file system without locks says nothing, so then everybody seems alone.
class ProfileUse
{
public:
    explicit ProfileUse(const QString &folder);

    //! Whether another console has it open now.
    bool isShared();

private:
    QFile m_file;
};

} // namespace models
