// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/subscriptioninspector.h"

#include "models/plurals.h"
#include "models/subscriptionsmodel.h"
#include "ui/dialogpieces.h"
#include "ui/fieldrow.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QPushButton *subscriptionButton(const QString &text, const QString &name, const QString &what, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setToolTip(what);
    button->setAutoDefault(false);
    return button;
}

QString whenText(qint64 at, const QLocale &locale)
{
    return models::cellLongText({.type = models::CellType::Time, .value = at, .currency = {}}, locale);
}

} // namespace

SubscriptionInspector::SubscriptionInspector(QWidget *parent)
    : QWidget(parent)
{
    build();
}

void SubscriptionInspector::build()
{
    setObjectName(u"subscriptionInspector"_s);
    setAccessibleName(tr("Details of the subscription"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *inner = new QWidget;
    inner->setBackgroundRole(QPalette::Base);
    inner->setAutoFillBackground(true);
    m_facts = new QWidget(inner);
    m_content = new QVBoxLayout(inner);
    m_content->setContentsMargins(spacing::xl, spacing::m, spacing::xl, spacing::l);
    m_content->setSpacing(spacing::l);
    m_content->addWidget(buildHead());
    m_content->addWidget(buildActions());
    m_content->addWidget(m_facts);
    m_content->addStretch();
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Details"));
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(inner);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(area);
}

QWidget *SubscriptionInspector::buildHead()
{
    constexpr int side = 28;
    auto *head = new QWidget(this);
    auto *kind = captionLabel(tr("Subscription"), head);
    auto *close = new QToolButton(head);
    close->setObjectName(u"closeInspectorButton"_s);
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setFixedSize(side, side);
    close->setIcon(Theme::icon(u"edit-delete-remove"_s, Colour::MutedInk));
    close->setToolTip(tr("Close the details (Esc)"));
    close->setAccessibleName(tr("Close the details"));
    connect(close, &QToolButton::clicked, this, &SubscriptionInspector::closeRequested);
    m_title = sectionLabel({}, head);
    m_title->setObjectName(u"inspectorTitle"_s);
    m_chip = new StatusChip(head);
    m_advice = paragraphLabel({}, head);
    m_advice->setObjectName(u"advice"_s);
    auto *top = new QHBoxLayout;
    top->addWidget(kind, 1);
    top->addWidget(close);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addLayout(top);
    column->addWidget(m_title);
    column->addWidget(m_chip);
    column->addWidget(m_advice);
    return head;
}

QWidget *SubscriptionInspector::buildActions()
{
    auto *box = new QWidget(this);
    m_events = subscriptionButton(
        tr("Show its e&vents"), u"showEventsButton"_s, tr("The events that arrived through this subscription"), box);
    m_rename = subscriptionButton(tr("&Rename…"), u"renameButton"_s, tr("Give it another name, here only"), box);
    m_signature = subscriptionButton(
        tr("Si&gnature…"), u"signatureButton"_s, tr("How its deliveries are checked, and with which secret"), box);
    m_end = subscriptionButton(
        tr("&End…"), u"endButton"_s, tr("Ask Link Money to send nothing more, or less than now"), box);
    m_forget = subscriptionButton(
        tr("&Take off the list…"), u"forgetButton"_s, tr("Nothing is sent; the console forgets its key"), box);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    for (const QList<QPushButton *> &line : {QList{m_events, m_rename}, QList{m_signature, m_end, m_forget}}) {
        auto *row = new QHBoxLayout;
        row->setSpacing(spacing::s);
        for (QPushButton *button : line)
            row->addWidget(button);
        row->addStretch();
        column->addLayout(row);
    }
    connect(m_events, &QPushButton::clicked, this, [this] { emit eventsRequested(id()); });
    connect(m_rename, &QPushButton::clicked, this, [this] { emit renameRequested(id()); });
    connect(m_signature, &QPushButton::clicked, this, [this] { emit signatureRequested(id()); });
    connect(m_end, &QPushButton::clicked, this, [this] { emit endRequested(id()); });
    connect(m_forget, &QPushButton::clicked, this, [this] { emit forgetRequested(id()); });
    return box;
}

void SubscriptionInspector::setSubscription(const models::WebhookSubscription &subscription, const QString &secretText)
{
    m_subscription = subscription;
    m_secretText = secretText;
    showState();
}

QString SubscriptionInspector::advice() const
{
    switch (m_subscription.state) {
    case models::SubscriptionState::Asked:
        return tr("Link Money was asked; its answer is outstanding.");
    case models::SubscriptionState::Lost:
        return tr("It is not certain whether Link Money made it. When events arrive through it, it exists; only Link "
                  "Money can end it then, because its key is not known.");
    case models::SubscriptionState::Ended:
        return tr("Nothing arrives through it any more.");
    case models::SubscriptionState::Disabled:
        return tr("It exists, but sends nothing.");
    case models::SubscriptionState::Active:
        break;
    }
    if (m_subscription.family == models::WebhookFamily::Aggregation
        && m_subscription.scheme.kind == models::WebhookScheme::Kind::None)
        return tr("How FinGoal proves its deliveries is not documented, so they are not checked.");
    if (m_subscription.notVerified > 0)
        return models::counted(m_subscription.notVerified,
            tr("The signature of 1 delivery did not fit. Look at it: the secret or the form of the signature may be "
               "wrong here, or somebody else sent it."),
            tr("The signatures of %1 deliveries did not fit. Look at them: the secret or the form of the signature may "
               "be wrong here, or somebody else sent them."));
    return m_subscription.lastEventAt == 0 ? tr("Nothing has arrived through it yet.") : QString();
}

void SubscriptionInspector::showState()
{
    const bool ours = m_subscription.isOurs();
    m_title->setText(m_subscription.name.isEmpty() ? tr("Without a name") : m_subscription.name);
    m_chip->setLook(models::subscriptionLook(m_subscription.state));
    m_advice->setText(advice());
    m_advice->setVisible(!m_advice->text().isEmpty());
    m_signature->setVisible(ours);
    m_end->setVisible(ours && !m_subscription.remoteKey.isEmpty());
    m_forget->setVisible(m_subscription.state != models::SubscriptionState::Asked);
    showFacts();
}

void SubscriptionInspector::addSection(const QString &title, const QList<QPair<QString, QString>> &facts)
{
    auto *column = static_cast<QVBoxLayout *>(m_facts->layout());
    column->addWidget(sectionLabel(title, m_facts));
    for (const auto &[label, value] : facts) {
        if (value.isEmpty())
            continue;
        const models::DetailField field{.label = label, .cell = {.value = value, .currency = {}}};
        column->addWidget(new FieldRow(models::RecordKind::Event, field, m_facts));
    }
    column->addSpacing(spacing::l);
}

void SubscriptionInspector::showFacts()
{
    auto *fresh = new QWidget(m_facts->parentWidget());
    delete m_content->replaceWidget(m_facts, fresh);
    m_facts->hide();
    m_facts->deleteLater();
    m_facts = fresh;
    auto *column = new QVBoxLayout(m_facts);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    const models::WebhookSubscription &one = m_subscription;
    addSection(tr("Subscription"),
        {{tr("Address"), one.url}, {tr("Key"), one.remoteKey.text()}, {tr("Last answer"), one.answer},
            {tr("Made"), whenText(one.madeAt, locale())}, {tr("By"), one.madeBy},
            {tr("From"), one.madeElsewhere ? tr("made elsewhere, added by its key") : QString()},
            {tr("Ended"), one.endedAt == 0 ? QString() : whenText(one.endedAt, locale())},
            {tr("Ended by"), one.endedBy}});
    addSection(tr("Signature"), {{tr("Checked by"), models::schemeText(one.scheme)}, {tr("Secret"), m_secretText}});
    if (one.family == models::WebhookFamily::Aggregation)
        return addSection(tr("Account aggregation"),
            {{tr("Tells of"), tr("what its webhook names in the list under “Aggregation”")}});
    QStringList titles;
    for (const QString &event : models::coveredEvents(one.scope))
        titles.append(models::eventTitle(event));
    addSection(models::scopeText(one.scope), {{tr("Tells of"), titles.join(u'\n')}});
}

} // namespace ui
