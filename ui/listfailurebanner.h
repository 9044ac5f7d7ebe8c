// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/banner.h"

namespace models {
class RecordTableModel;
}

namespace ui {

//! Why a list cannot be read, with "Try again". It speaks for that list alone and is gone once the list is well.
class ListFailureBanner : public Banner
{
    Q_OBJECT
public:
    ListFailureBanner(models::RecordTableModel &list, QWidget *parent); //!< the list outlives it

private:
    void showState();

    models::RecordTableModel &m_list;
};

} // namespace ui
