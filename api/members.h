// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/json.h"
#include "api/money.h"

#include <QString>

#include <vector>

namespace api {

//! Collects the members of a request body in the documented order; what is optional and empty is left out.
class Members
{
public:
    Members &text(const QString &key, const QString &value);
    Members &optionalText(const QString &key, const QString &value);
    Members &money(const QString &key, const Money &value); //!< {value, currency}, the value exact
    Members &json(const QString &key, const Json &value);
    Json take();

private:
    std::vector<Json::Member> m_members;
};

} // namespace api
