// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/omnibox.h"

#include "models/finder.h"
#include "ui/omnipopup.h"
#include "ui/theme.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace ui {

OmniBox::OmniBox(models::Finder &finder, QWidget *parent)
    : QLineEdit(parent)
    , m_finder(finder)
{
    setObjectName(u"omnibox"_s);
    setAccessibleName(tr("Find anything"));
    setAccessibleDescription(
        tr("Id, name, e-mail, reference, amount or last four digits. Enter opens the chosen answer."));
    setPlaceholderText(tr("Find anything: id, name, e-mail, reference, amount"));
    setClearButtonEnabled(true);
    addAction(Theme::icon(u"edit-find"_s, Colour::MutedInk), LeadingPosition);
    wire();
}

void OmniBox::wire()
{
    connect(this, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_openWhenReady = false;
        m_finder.setText(text);
    });
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        // The clear button and undo do not count as editing.
        if (text != m_finder.text())
            m_finder.setText(text);
    });
    connect(&m_finder, &models::Finder::stateChanged, this, &OmniBox::showState);
    connect(&m_finder, &QAbstractItemModel::modelReset, this, &OmniBox::showState);
    connect(&m_finder, &QAbstractItemModel::rowsInserted, this, &OmniBox::showState);
    connect(&m_finder, &QAbstractItemModel::rowsRemoved, this, &OmniBox::showState);
    connect(&m_finder, &models::Finder::opened, this, &OmniBox::open);
}

void OmniBox::start()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void OmniBox::showState()
{
    const bool wanted = hasFocus() && !text().trimmed().isEmpty() && m_finder.state() != models::Finder::State::Idle;
    if (!wanted) {
        if (m_popup)
            m_popup->hide();
        return;
    }
    if (!m_popup) {
        m_popup = new OmniPopup(m_finder, this);
        connect(m_popup, &OmniPopup::picked, this, &OmniBox::open);
        connect(m_popup, &OmniPopup::askRequested, this, [this] { m_finder.ask(); });
    }
    m_popup->showState();
    if (m_openWhenReady && m_finder.state() == models::Finder::State::Ready)
        accept();
}

void OmniBox::accept()
{
    // Enter right after pasting must not get lost because the ledger is still being asked.
    m_openWhenReady = m_finder.state() == models::Finder::State::Searching;
    if (m_openWhenReady)
        return;
    const models::RecordRef chosen = m_popup ? m_popup->chosen() : models::RecordRef{};
    if (!chosen.id.isEmpty())
        open(chosen);
    else if (m_finder.looksLikeId() && m_finder.state() != models::Finder::State::Asking)
        m_finder.ask();
}

void OmniBox::open(const models::RecordRef &ref)
{
    leave();
    emit openRequested(ref);
}

void OmniBox::leave()
{
    m_openWhenReady = false;
    if (m_popup)
        m_popup->hide();
    clearFocus();
}

void OmniBox::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    showState();
}

void OmniBox::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (m_popup && event->reason() != Qt::PopupFocusReason)
        m_popup->hide();
}

void OmniBox::keyPressEvent(QKeyEvent *event)
{
    const bool shown = m_popup && m_popup->isVisible();
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (shown)
            m_popup->move(event->key() == Qt::Key_Down ? 1 : -1);
        else
            showState();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return accept();
    case Qt::Key_Escape:
        if (m_finder.state() == models::Finder::State::Asking)
            m_finder.cancel();
        else if (!text().isEmpty())
            clear();
        else
            leave();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void OmniBox::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!text().isEmpty() || hasFocus())
        return;
    QPainter painter(this);
    painter.setFont(Theme::font(Type::Caption));
    painter.setPen(Theme::colour(Colour::MutedInk));
    painter.drawText(rect().adjusted(0, 0, -spacing::m, 0), Qt::AlignRight | Qt::AlignVCenter,
        QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
}

} // namespace ui
