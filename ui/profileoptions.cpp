// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profileoptions.h"

#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int optionNumberWidth = 80;

using RefundRoute = models::OutboxOptions::RefundRoute;

QString routeText(RefundRoute route)
{
    switch (route) {
    case RefundRoute::ReversedPayment:
        return ProfileOptions::tr(
            "The merchant pays the customer. Link Money does not tie it to the payment; this console does, "
            "by the reference it sends.");
    case RefundRoute::RefundsEndpoint:
        return ProfileOptions::tr(
            "Link Money is told which payment is refunded. Newer; ask Link Money whether your account has it.");
    }
    return {};
}

} // namespace

ProfileOptions::ProfileOptions(QWidget *parent)
    : QWidget(parent)
{
    build();
    wire();
    showRoute();
}

void ProfileOptions::build()
{
    m_reversed = new QRadioButton(tr("As a re&versed payment (POST /v1/payments)"), this);
    m_reversed->setObjectName(u"reversedRouteRadio"_s);
    m_reversed->setChecked(true);
    m_refunds = new QRadioButton(tr("As a re&fund of the payment (POST /v1/refunds)"), this);
    m_refunds->setObjectName(u"refundsRouteRadio"_s);
    m_routeNote = captionLabel({}, this);
    m_routeNote->setObjectName(u"routeNote"_s);
    m_hold = makeNumber(u"holdSpin"_s, 0, 300);
    m_inFlight = makeNumber(u"inFlightSpin"_s, 1, 64);
    m_refresh = makeNumber(u"refreshSpin"_s, 0, 600);
    auto *title = new QLabel(tr("How refunds are sent"), this);
    title->setFont(Theme::font(Type::BodyStrong));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::xs);
    layout->addWidget(title);
    layout->addWidget(m_reversed);
    layout->addWidget(m_refunds);
    layout->addWidget(m_routeNote);
    auto *numbers = new QFormLayout;
    numbers->setContentsMargins(0, spacing::m, 0, 0);
    numbers->setHorizontalSpacing(spacing::l);
    numbers->setVerticalSpacing(spacing::s);
    numbers->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    numbers->addRow(tr("Seconds to &undo before money moves"), m_hold);
    numbers->addRow(tr("Look-ups at the same time, at mo&st"), m_inFlight);
    numbers->addRow(tr("Look-ups a minute to keep &records fresh, at most"), m_refresh);
    layout->addLayout(numbers);
}

QSpinBox *ProfileOptions::makeNumber(const QString &name, int least, int most)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(name);
    box->setRange(least, most);
    box->setAlignment(Qt::AlignRight);
    box->setMinimumWidth(optionNumberWidth);
    return box;
}

void ProfileOptions::wire()
{
    connect(m_refunds, &QRadioButton::toggled, this, [this] {
        showRoute();
        emit changed();
    });
    for (QSpinBox *box : {m_hold, m_inFlight, m_refresh})
        connect(box, &QSpinBox::valueChanged, this, &ProfileOptions::changed);
}

void ProfileOptions::setProfile(const models::Profile &profile)
{
    const QSignalBlocker quiet(this);
    m_refunds->setChecked(profile.refundRoute == RefundRoute::RefundsEndpoint);
    m_reversed->setChecked(profile.refundRoute == RefundRoute::ReversedPayment);
    m_hold->setValue(profile.holdSeconds);
    m_inFlight->setValue(profile.maximumInFlight);
    m_refresh->setValue(profile.refreshPerMinute);
    showRoute();
}

void ProfileOptions::writeTo(models::Profile &profile) const
{
    profile.refundRoute = m_refunds->isChecked() ? RefundRoute::RefundsEndpoint : RefundRoute::ReversedPayment;
    profile.holdSeconds = m_hold->value();
    profile.maximumInFlight = m_inFlight->value();
    profile.refreshPerMinute = m_refresh->value();
}

void ProfileOptions::showRoute()
{
    m_routeNote->setText(
        routeText(m_refunds->isChecked() ? RefundRoute::RefundsEndpoint : RefundRoute::ReversedPayment));
}

} // namespace ui
