// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outbox.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

QString refundReference(const api::TransactionId &original, int sequence)
{
    return u"RF-"_s + original.text() + u'-' + QString::number(sequence);
}

std::optional<api::TransactionId> originalOfReference(QStringView reference)
{
    const qsizetype dash = reference.lastIndexOf(u'-');
    if (!reference.startsWith("RF-"_L1) || dash <= 3)
        return std::nullopt;
    const QStringView digits = reference.mid(dash + 1);
    const bool allDigits = std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    // Written without a leading zero, so that one original and number have one reference only.
    if (digits.isEmpty() || !allDigits || digits.front() == u'0' || digits.size() > 9)
        return std::nullopt;
    return api::TransactionId(reference.mid(3, dash - 3).toString());
}

} // namespace models
