// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QString>

#include <array>

namespace ui {

//! What the navigation leads to.
enum class Page { Transactions, Customers, Payouts, Refunds, Links, Events, Webhooks };

//! In the order of the navigation and of the shortcuts Alt+1, Alt+2 and so on.
inline constexpr std::array allPages{
    Page::Transactions, Page::Customers, Page::Payouts, Page::Refunds, Page::Links, Page::Events, Page::Webhooks};

QString pageTitle(Page page);
QString pageIcon(Page page); //!< a name in resources/icons.txt
QString pageName(Page page); //!< for object names and settings: "transactions"

Page pageOf(models::RecordKind kind); //!< where records of that kind are shown

} // namespace ui
