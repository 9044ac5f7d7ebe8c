// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importsource.h"

#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QString droppedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

ImportSource::ImportSource(QWidget *parent)
    : QWidget(parent)
{
    build();
    setAcceptDrops(true);
    connect(m_choose, &QPushButton::clicked, this, &ImportSource::chooseRequested);
    connect(m_paste, &QPlainTextEdit::textChanged, this, &ImportSource::pastedChanged);
}

void ImportSource::build()
{
    m_target = new QWidget(this);
    auto *icon = new QLabel(m_target);
    icon->setPixmap(Theme::icon(u"document-import"_s, Colour::MutedInk).pixmap(spacing::xxl, spacing::xxl));
    auto *text = new QLabel(tr("Drop a CSV file of transaction, customer and payout ids here"), m_target);
    m_choose = new QPushButton(tr("&Choose a file…"), m_target);
    m_choose->setObjectName(u"chooseFileButton"_s);
    m_choose->setAutoDefault(false);
    auto *target = new QVBoxLayout(m_target);
    target->setContentsMargins(spacing::xl, spacing::xl, spacing::xl, spacing::xl);
    target->setSpacing(spacing::m);
    target->addWidget(icon, 0, Qt::AlignHCenter);
    target->addWidget(text, 0, Qt::AlignHCenter);
    target->addWidget(m_choose, 0, Qt::AlignHCenter);
    m_paste = new QPlainTextEdit(this);
    m_paste->setObjectName(u"pasteEdit"_s);
    m_paste->setTabChangesFocus(true);
    m_paste->setPlaceholderText(tr("One id a line, or separated by spaces or commas"));
    m_paste->setFont(Theme::font(Type::Mono));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::m);
    layout->addWidget(m_target);
    auto *paste = new QVBoxLayout;
    paste->setSpacing(spacing::xs);
    layout->addLayout(paste, 1);
    addField(paste, tr("Or &paste ids"), m_paste);
    paste->addWidget(captionLabel(tr("Each id is looked up at Link Money; nothing is changed there."), this));
}

QString ImportSource::pasted() const
{
    return m_paste->toPlainText();
}

void ImportSource::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ImportSource::dropEvent(QDropEvent *event)
{
    const QString file = droppedFile(event->mimeData());
    if (file.isEmpty())
        return;
    event->acceptProposedAction();
    emit dropped(file);
}

void ImportSource::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(Theme::colour(Colour::MutedInk), 1, Qt::DashLine);
    painter.setPen(pen);
    painter.drawRoundedRect(QRectF(m_target->geometry()).adjusted(0.5, 0.5, -0.5, -0.5), radius::card, radius::card);
}

} // namespace ui
