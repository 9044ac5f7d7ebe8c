// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogframe.h"

#include "ui/accessibleroles.h"
#include "ui/consolestyle.h"
#include "ui/environment.h"
#include "ui/taborder.h"
#include "ui/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int settlingMs = 1000;

} // namespace

DialogFrame::DialogFrame(const models::Profile &profile, const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_profile(profile)
    , m_body(new QVBoxLayout)
    , m_primary(new QPushButton(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_hint(new QLabel(this))
{
    installAccessibleRoles();
    setWindowTitle(tr("%1 — %2", "dialog title, profile").arg(title, profile.name));
    setAttribute(Qt::WA_DeleteOnClose);
    setAutoFillBackground(true);
    takeGround();

    auto *heading = new QLabel(title, this);
    heading->setFont(Theme::font(Type::Title));
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setFont(Theme::font(Type::Caption));
    m_hint->setWordWrap(true);
    m_primary->setObjectName(u"primaryButton"_s);
    m_primary->setDefault(true);
    m_cancel->setObjectName(u"cancelButton"_s);
    m_cancel->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::s);
    buttons->addWidget(m_hint, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_primary);

    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(spacing::xl, spacing::l, spacing::xl, spacing::l);
    inner->setSpacing(spacing::l);
    inner->addWidget(heading);
    inner->addLayout(m_body, 1);
    inner->addLayout(buttons);

    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    outer->addWidget(new EnvironmentBand(profile.environment, this));
    outer->addLayout(inner, 1);
    m_settling.setSingleShot(true);
    m_settling.setInterval(settlingMs);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
}

//! A dialog is whole when it is first shown: the constructors of what is derived from it have run.
void DialogFrame::showEvent(QShowEvent *event)
{
    if (!std::exchange(m_wasShown, true))
        tabInReadingOrder(this);
    m_settling.start();
    QDialog::showEvent(event);
}

//! Grows with what is in it, so that a sentence that appears never squeezes the rest; never shrinks under the mouse.
bool DialogFrame::event(QEvent *event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == Theme::changeEvent())
        takeGround();
    if (event->type() == QEvent::LayoutRequest && isVisible()) {
        const int needed = layout()->hasHeightForWidth() ? layout()->totalMinimumHeightForWidth(width())
                                                         : layout()->totalMinimumSize().height();
        if (height() < needed)
            grow(needed);
    }
    return handled;
}

void DialogFrame::grow(int needed)
{
    QRect grown(pos(), QSize(width(), needed));
    if (!m_settling.isActive() || !parentWidget())
        return resize(grown.size());
    grown.moveCenter(parentWidget()->window()->frameGeometry().center());
    const QRect room = screen()->availableGeometry();
    grown.moveTo(qMax(grown.left(), room.left()), qMax(grown.top(), room.top()));
    setGeometry(grown);
}

void DialogFrame::reject()
{
    if (m_leavable)
        QDialog::reject();
}

void DialogFrame::setLeavable(bool leavable)
{
    m_leavable = leavable;
    m_cancel->setEnabled(leavable);
}

void DialogFrame::takeGround()
{
    QPalette ground = palette();
    ground.setColor(QPalette::Window, Theme::colour(Colour::Surface));
    setPalette(ground);
}

QVBoxLayout *DialogFrame::body() const
{
    return m_body;
}

QPushButton *DialogFrame::primary() const
{
    return m_primary;
}

void DialogFrame::setPrimary(const QString &text, bool destructive)
{
    m_primary->setText(text);
    m_primary->setProperty(destructiveProperty, destructive);
    m_primary->update();
}

void DialogFrame::setHint(const QString &text)
{
    m_hint->setText(text);
}

void DialogFrame::setCancel(const QString &text)
{
    m_cancel->setText(text);
    m_cancel->setVisible(!text.isEmpty());
}

const models::Profile &DialogFrame::profile() const
{
    return m_profile;
}

} // namespace ui
