// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/omnipopup.h"

#include "models/finder.h"
#include "ui/announcement.h"
#include "ui/card.h"
#include "ui/finderdelegate.h"
#include "ui/inspector.h"
#include "ui/theme.h"

#include <QEvent>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int leastWidth = 560;
constexpr int mostListHeight = 480;

//! The focus stays in the field: a list that claims it for its row would stop the echo of what is typed there.
class AnswerList : public QListView
{
    Q_OBJECT
public:
    using QListView::QListView;

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override
    {
        QAbstractItemView::currentChanged(current, previous);
    }
};

} // namespace

OmniPopup::OmniPopup(models::Finder &finder, QWidget *anchor)
    : QFrame(anchor->window())
    , m_finder(finder)
    , m_anchor(anchor)
    , m_list(new AnswerList(this))
    , m_message(new QLabel(this))
    , m_ask(new QPushButton(tr("Ask Link Money"), this))
{
    setObjectName(u"omniPopup"_s);
    setFocusPolicy(Qt::NoFocus);
    m_list->setObjectName(u"omniList"_s);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new FinderDelegate(m_list));
    m_list->setModel(&m_finder);
    m_list->viewport()->setAutoFillBackground(false);
    m_message->setObjectName(u"omniMessage"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_ask->setObjectName(u"askButton"_s);
    m_ask->setFocusPolicy(Qt::NoFocus);

    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(spacing::m, spacing::s, spacing::s, spacing::s);
    foot->addWidget(m_message, 1);
    foot->addWidget(m_ask);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(cardShadow + 1, cardShadow + spacing::xs, cardShadow + 1, cardShadow + 1);
    column->setSpacing(0);
    column->addWidget(m_list);
    column->addLayout(foot);

    connect(m_list, &QListView::entered, m_list, &QListView::setCurrentIndex);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        emit picked(index.data(models::Finder::RefRole).value<models::RecordRef>());
    });
    connect(m_ask, &QPushButton::clicked, this, &OmniPopup::askRequested);
    m_anchor->window()->installEventFilter(this);
    hide();
}

QString OmniPopup::message() const
{
    switch (m_finder.state()) {
    case models::Finder::State::Idle:
        return {};
    case models::Finder::State::Searching:
        return m_finder.rowCount() > 0 ? QString() : tr("Searching the ledger…");
    case models::Finder::State::Asking:
        return tr("Asking Link Money… Esc stops.");
    case models::Finder::State::NotFound:
    case models::Finder::State::Failed:
        return m_finder.message();
    case models::Finder::State::Ready:
        break;
    }
    if (m_finder.rowCount() > 0)
        return tr("↑ ↓ choose · Enter opens · Esc clears");
    return m_finder.looksLikeId() ? tr("Not in the ledger. Press Enter to ask Link Money for this id.")
                                  : tr("Nothing in the ledger matches. Link Money can be asked only for a whole id.");
}

void OmniPopup::showState()
{
    const int rows = m_finder.rowCount();
    if (rows > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_finder.index(0));
    m_list->setVisible(rows > 0);
    const QString text = message();
    if (m_message->text() != text)
        m_message->setText(text);
    const bool canAsk = m_finder.looksLikeId() && m_finder.state() != models::Finder::State::Asking
        && m_finder.state() != models::Finder::State::Searching;
    m_ask->setVisible(canAsk);
    place();
    show();
    raise();
    if (m_finder.state() == models::Finder::State::Searching)
        return;
    const QString count = rows == 1 ? tr("1 answer") : tr("%1 answers").arg(locale().toString(rows));
    say(rows == 0 ? text : tr("%1. %2").arg(count, spokenChoice()));
}

QString OmniPopup::spokenChoice() const
{
    const QModelIndex current = m_list->currentIndex();
    return tr("%1: %2").arg(recordKindText(chosen().kind), current.data(Qt::AccessibleTextRole).toString());
}

void OmniPopup::say(const QString &sentence)
{
    if (sentence == m_said)
        return;
    m_said = sentence;
    Announcement::say(this, sentence);
}

void OmniPopup::hideEvent(QHideEvent *event)
{
    m_said.clear();
    QFrame::hideEvent(event);
}

void OmniPopup::move(int rows)
{
    const int row = qBound(0, m_list->currentIndex().row() + rows, m_finder.rowCount() - 1);
    m_list->setCurrentIndex(m_finder.index(row));
    m_list->scrollTo(m_list->currentIndex());
    if (m_finder.rowCount() > 0)
        say(tr("%1 of %2. %3").arg(locale().toString(row + 1), locale().toString(m_finder.rowCount()), spokenChoice()));
}

models::RecordRef OmniPopup::chosen() const
{
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? current.data(models::Finder::RefRole).value<models::RecordRef>() : models::RecordRef{};
}

void OmniPopup::place()
{
    int height = 0;
    for (int row = 0; row < m_finder.rowCount() && height < mostListHeight; ++row)
        height += m_list->sizeHintForRow(row);
    m_list->setFixedHeight(qMin(height, mostListHeight));
    const int width = qMax(leastWidth, m_anchor->width()) + 2 * cardShadow;
    const QPoint under = m_anchor->mapTo(window(), QPoint(m_anchor->width() / 2, m_anchor->height()));
    const int left = qBound(0, under.x() - width / 2, qMax(0, window()->width() - width));
    layout()->activate();
    setGeometry(left, under.y() - cardShadow + spacing::xs, width, layout()->totalHeightForWidth(width));
}

bool OmniPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void OmniPopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintCard(&painter, rect());
}

} // namespace ui

#include "omnipopup.moc"
