// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panepopup.h"

#include "ui/addressline.h"

#include <QCloseEvent>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr QSize popupSize(560, 720);

} // namespace

PanePopup::PanePopup(QWidget *view, QWidget *owner)
    : QWidget(owner, Qt::Window)
    , m_line(new AddressLine(this))
    , m_view(view)
{
    setObjectName(u"panePopup"_s);
    setWindowTitle(tr("A page of your bank"));
    resize(popupSize);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_line);
    column->addWidget(view, 1);
    m_line->switchWith(this, [view] { view->setFocus(Qt::ShortcutFocusReason); });
    view->setFocus();
}

// The view is the engine's.
PanePopup::~PanePopup()
{
    m_view->setParent(nullptr);
}

void PanePopup::setAddress(const QUrl &url)
{
    m_line->setAddress(url);
}

void PanePopup::closeEvent(QCloseEvent *event)
{
    event->accept();
    emit closedByPerson();
}

} // namespace ui
