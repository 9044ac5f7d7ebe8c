// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addressline.h"

#include "models/pagerules.h"
#include "ui/elidedtext.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QShortcut>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int lockSize = 16, progressHeight = 2;

bool isEncrypted(const QUrl &url)
{
    return url.scheme() == "https"_L1;
}

QString shownHost(const QUrl &url)
{
    const QString origin = models::originOf(url);
    return isEncrypted(url) ? origin.sliced("https://"_L1.size()) : origin;
}

} // namespace

AddressLine::AddressLine(QWidget *parent)
    : QWidget(parent)
    , m_lock(new QLabel(this))
    , m_host(new QLabel(this))
    , m_rest(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    setObjectName(u"addressLine"_s);
    setFocusPolicy(Qt::StrongFocus);
    m_host->setObjectName(u"addressHost"_s);
    m_host->setFont(Theme::font(Type::BodyStrong));
    m_host->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_host->setTextFormat(Qt::PlainText);
    m_rest->setTextFormat(Qt::PlainText);
    m_rest->setObjectName(u"addressNote"_s);
    Theme::setInk(m_rest, Colour::MutedInk);
    m_hint->setObjectName(u"addressHint"_s);
    m_hint->setFont(Theme::font(Type::Caption));
    Theme::setInk(m_hint, Colour::MutedInk);
    m_hint->hide();
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(progressHeight);
    m_progress->setAccessibleName(tr("Loading the page"));
    m_progress->setRange(0, 100);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(spacing::l, spacing::s, spacing::l, spacing::s - progressHeight);
    row->setSpacing(spacing::s);
    row->addWidget(m_lock);
    row->addWidget(m_host);
    row->addWidget(m_rest, 1);
    row->addWidget(m_hint);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_progress);
    setProgress(100);
    showAddress();
}

void AddressLine::setAddress(const QUrl &url, bool trusted)
{
    m_url = url;
    m_trusted = trusted;
    showAddress();
}

void AddressLine::setProgress(int percent)
{
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(policy);
    m_progress->setValue(percent);
    m_progress->setVisible(percent < 100);
}

void AddressLine::showAddress()
{
    const bool safe = isEncrypted(m_url) && m_trusted;
    const bool local = !m_url.host().isEmpty() && !isEncrypted(m_url);
    const QString lock = safe ? u"object-locked"_s : u"object-unlocked"_s;
    const bool empty = m_url.host().isEmpty();
    m_lock->setVisible(!empty);
    m_lock->setPixmap(Theme::icon(lock, safe ? Colour::Ink : Colour::MutedInk).pixmap(lockSize, lockSize));
    m_host->setText(empty ? tr("No page yet") : shownHost(m_url));
    const QString note = empty ? QString()
        : safe                 ? tr("Encrypted connection")
        : local                ? tr("On this computer, not encrypted")
                               : tr("The connection is not trusted");
    m_rest->setText(note);
    setAccessibleName(empty ? tr("Address: no page yet") : tr("Address: %1. %2").arg(shownHost(m_url), note));
    setToolTip(empty ? QString()
                     : plainToolTip(m_url.toString(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded)));
}

void AddressLine::switchWith(QWidget *owner, std::function<void()> toPage)
{
    auto *between = new QShortcut(Qt::Key_F6, owner);
    between->setContext(Qt::WidgetWithChildrenShortcut);
    connect(between, &QShortcut::activated, this, [this, toPage = std::move(toPage)] {
        if (hasFocus())
            toPage();
        else
            setFocus(Qt::ShortcutFocusReason);
    });
    showHint();
}

void AddressLine::setHasPage(bool has)
{
    m_hasPage = has;
    showHint();
}

void AddressLine::showHint()
{
    const QString hint = hasFocus() ? tr("F6: into the page") : tr("F6: out of the page");
    m_hint->setText(m_hasPage ? hint : QString());
    m_hint->setVisible(m_hasPage);
    setAccessibleDescription(m_hint->text());
    update();
}

void AddressLine::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    showHint();
}

void AddressLine::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    showHint();
}

void AddressLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showAddress();
    QWidget::changeEvent(event);
}

void AddressLine::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colour(Colour::Surface));
    painter.setPen(Theme::colour(hasFocus() ? Colour::Accent : Colour::Hairline));
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace ui
