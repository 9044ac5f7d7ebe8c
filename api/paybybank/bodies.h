// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/members.h"

namespace api {

Json party(const QString &id, const QString &type);

} // namespace api
