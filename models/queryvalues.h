// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/queryfields.h"

namespace models {

//! The condition that a field's value stands for. The error is what was expected instead.
std::expected<QueryNode, QString> amountCondition(const QueryField &field, QStringView value);
std::expected<QueryNode, QString> timeCondition(const QueryField &field, QStringView value, qint64 now);
std::expected<QueryNode, QString> choiceCondition(const QueryField &field, const QString &value, bool quoted);
QueryNode containsCondition(const char *expression, const QString &value);

} // namespace models
