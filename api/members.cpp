// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/members.h"

#include <utility>

namespace api {

Members &Members::text(const QString &key, const QString &value)
{
    return json(key, Json::fromText(value));
}

Members &Members::optionalText(const QString &key, const QString &value)
{
    return value.isEmpty() ? *this : text(key, value);
}

Members &Members::money(const QString &key, const Money &value)
{
    return json(key,
        Members()
            .json(QStringLiteral("value"), Json::fromNumberText(plainAmount(value.cents)))
            .text(QStringLiteral("currency"), value.currency)
            .take());
}

Members &Members::json(const QString &key, const Json &value)
{
    m_members.emplace_back(key, value);
    return *this;
}

Json Members::take()
{
    return Json::fromMembers(std::exchange(m_members, {}));
}

} // namespace api
