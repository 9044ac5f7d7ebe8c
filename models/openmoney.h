// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>

namespace models {

//! What a ledger holds that was not finished: money that may still move, or may have moved.
struct OpenMoney
{
    qint64 held = 0;    //!< written down, not sent
    qint64 unknown = 0; //!< sent, or being sent; nobody knows what became of it
};

//! Reads the file as far as that is possible; a sentence when it is not. The file is not changed.
std::expected<OpenMoney, QString> readOpenMoney(const QString &file);

//! What to know before a new ledger takes the place of that one.
QString openMoneyWarning(const std::expected<OpenMoney, QString> &found);

} // namespace models
