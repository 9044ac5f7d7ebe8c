// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listfailurebanner.h"

#include "models/recordtablemodel.h"

using namespace Qt::Literals::StringLiterals;

namespace ui {

ListFailureBanner::ListFailureBanner(models::RecordTableModel &list, QWidget *parent)
    : Banner(parent)
    , m_list(list)
{
    setObjectName(u"listFailure"_s);
    connect(&list, &models::RecordTableModel::stateChanged, this, &ListFailureBanner::showState);
    connect(this, &Banner::actionTriggered, &list, &models::RecordTableModel::refresh);
    showState();
}

void ListFailureBanner::showState()
{
    if (m_list.state() != models::RecordTableModel::State::Failed || !m_list.error())
        return clear();
    showMessage(Kind::Error, models::databaseErrorText(*m_list.error()), m_list.error()->message, tr("Try again"));
}

} // namespace ui
