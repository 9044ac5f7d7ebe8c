// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/undobar.h"

#include "ui/announcement.h"
#include "ui/card.h"
#include "ui/outboxwords.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int tickMs = 250;
constexpr int leaveMs = 8000;
constexpr int barWidth = 640;
constexpr int widthStep = 64; //!< so that a countdown's changing digits do not move the bar
constexpr int bottomDistance = metrics::statusHeight + spacing::s;

} // namespace

UndoBar::UndoBar(models::Ledger &ledger, models::Outbox &outbox, QWidget *window)
    : QFrame(window)
    , m_ledger(ledger)
    , m_outbox(outbox)
{
    build();
    wire();
    hide();
}

void UndoBar::build()
{
    setObjectName(u"undoBar"_s);
    m_text = new QLabel(this);
    m_text->setObjectName(u"undoText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_undo = new QPushButton(tr("&Undo"), this);
    m_undo->setObjectName(u"undoButton"_s);
    m_undo->setToolTip(tr("Take it back: nothing is sent (Ctrl+Shift+Z)"));
    m_show = new QPushButton(tr("Show"), this);
    m_show->setObjectName(u"undoShowButton"_s);
    m_close = new QPushButton(this);
    m_close->setObjectName(u"undoCloseButton"_s);
    m_close->setIcon(Theme::icon(u"edit-delete-remove"_s, Colour::MutedInk));
    m_close->setToolTip(tr("Hide this message; what it is about goes on"));
    m_close->setAccessibleName(tr("Hide this message"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(
        cardShadow + spacing::l, cardShadow + spacing::s, cardShadow + spacing::s, cardShadow + spacing::s);
    row->setSpacing(spacing::s);
    row->addWidget(m_text, 1);
    for (QPushButton *button : {m_undo, m_show, m_close}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    m_show->setFlat(true);
    m_close->setFlat(true);
    m_close->setFixedWidth(32);
}

void UndoBar::wire()
{
    m_tick.setInterval(tickMs);
    m_leave.setSingleShot(true);
    m_leave.setInterval(leaveMs);
    connect(&m_tick, &QTimer::timeout, this, &UndoBar::showState);
    connect(&m_leave, &QTimer::timeout, this, &QWidget::hide);
    connect(m_undo, &QPushButton::clicked, this, &UndoBar::undo);
    connect(m_close, &QPushButton::clicked, this, &UndoBar::dismiss);
    connect(m_show, &QPushButton::clicked, this,
        [this] { emit openRequested({models::RecordKind::OutboxEntry, QString::number(m_key)}); });
    connect(&m_outbox, &models::Outbox::entryChanged, this, [this](qint64 key) {
        if (key == m_key)
            read();
    });
    parentWidget()->installEventFilter(this);
}

void UndoBar::follow(qint64 key)
{
    m_key = key;
    m_entry.reset();
    m_problem.clear();
    m_dismissed = false;
    m_leave.stop();
    read();
}

void UndoBar::dismiss()
{
    m_dismissed = true;
    hide();
}

void UndoBar::read()
{
    using Entry = std::optional<models::OutboxEntry>;
    m_read = m_ledger.read<Entry>(
        [key = m_key](models::Database &database) { return models::readOutboxEntry(database, key); }, this,
        [this](const models::DatabaseResult<Entry> &entry) {
            if (!entry || !*entry)
                return;
            const bool news = !m_entry || m_entry->state != (*entry)->state;
            m_entry = *entry;
            const bool trouble = m_entry->state == models::OutboxState::Refused
                || m_entry->state == models::OutboxState::Unknown;
            m_dismissed = m_dismissed && !(news && trouble);
            showState();
            if (news)
                announce();
        });
}

QString UndoBar::text() const
{
    return m_text->text();
}

QString UndoBar::sentence() const
{
    const QString what = outboxSummary(*m_entry, locale());
    switch (m_entry->state) {
    case models::OutboxState::Held: {
        if (m_entry->holdUntil == 0)
            return tr("%1 waits for you; nothing was sent.").arg(what);
        const qint64 left = qMax<qint64>(0, m_entry->holdUntil - QDateTime::currentMSecsSinceEpoch());
        return tr("%1 goes out in %2 s.").arg(what).arg((left + 999) / 1000);
    }
    case models::OutboxState::Sending:
        return tr("%1 is being sent.").arg(what);
    case models::OutboxState::Accepted:
        return m_entry->result.isEmpty() && m_entry->kind != models::OutboxKind::Cancel
            ? tr("Link Money has it: %1.").arg(what)
            : tr("Link Money accepted it: %1.").arg(what);
    case models::OutboxState::Refused:
        return tr("%1 was refused. %2").arg(what, m_entry->answer);
    case models::OutboxState::Unknown:
        return tr("%1: it is not known whether Link Money has it. Do not send it again.").arg(what);
    case models::OutboxState::Withdrawn:
        return tr("%1 was taken back. Nothing was sent.").arg(what);
    }
    Q_UNREACHABLE();
}

void UndoBar::showState()
{
    if (!m_entry)
        return;
    const bool held = m_entry->state == models::OutboxState::Held;
    const bool counting = held && m_entry->holdUntil > 0;
    const bool settled = m_entry->state == models::OutboxState::Accepted
        || m_entry->state == models::OutboxState::Withdrawn;
    m_text->setText(m_problem.isEmpty() ? sentence() : m_problem + u' ' + sentence());
    m_undo->setVisible(held);
    if (counting != m_tick.isActive())
        counting ? m_tick.start() : m_tick.stop();
    if (settled && !m_leave.isActive())
        m_leave.start();
    if (m_dismissed)
        return;
    place();
    show();
    raise();
}

void UndoBar::undo()
{
    if (!m_entry || m_entry->state != models::OutboxState::Held)
        return;
    m_undo->setEnabled(false);
    m_outbox.withdraw(m_key, this, [this, key = m_key](const std::expected<void, QString> &result) {
        m_undo->setEnabled(true);
        if (key != m_key)
            return;
        m_problem = result ? QString() : result.error();
        read();
        if (!result)
            announce();
    });
}

void UndoBar::announce()
{
    setAccessibleName(m_text->text());
    Announcement::say(this, m_text->text());
}

void UndoBar::place()
{
    const QSize room = parentWidget()->size();
    layout()->activate();
    const int buttons = layout()->sizeHint().width() - m_text->sizeHint().width();
    const int sentence = m_text->fontMetrics().horizontalAdvance(m_text->text()) + spacing::s;
    const int stepped = (buttons + sentence + widthStep - 1) / widthStep * widthStep;
    const int width = qMin(qMax(barWidth + 2 * cardShadow, stepped), room.width());
    const int height = qMax(layout()->totalHeightForWidth(width), layout()->totalMinimumSize().height());
    setGeometry((room.width() - width) / 2, room.height() - height - bottomDistance + cardShadow, width, height);
}

bool UndoBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void UndoBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintCard(&painter, rect());
}

} // namespace ui
