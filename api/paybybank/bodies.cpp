// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/bodies.h"

namespace api {

Json party(const QString &id, const QString &type)
{
    return Members().text(QStringLiteral("id"), id).text(QStringLiteral("type"), type).take();
}

} // namespace api
