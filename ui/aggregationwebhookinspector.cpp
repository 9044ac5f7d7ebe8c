// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/aggregationwebhookinspector.h"

#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/fieldrow.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QPushButton *registryButton(const QString &text, const QString &name, const QString &what, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setToolTip(what);
    button->setAutoDefault(false);
    return button;
}

QString registryTime(qint64 at)
{
    return at == 0 ? QString()
                   : models::cellLongText({.type = models::CellType::Time, .value = at, .currency = {}}, QLocale());
}

QString answerCode(int code)
{
    return code == 0 ? QString() : QString::number(code);
}

} // namespace

AggregationWebhookInspector::AggregationWebhookInspector(QWidget *parent)
    : QWidget(parent)
{
    build();
}

void AggregationWebhookInspector::build()
{
    setObjectName(u"aggregationWebhookInspector"_s);
    setAccessibleName(tr("Details of the webhook"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *inner = new QWidget;
    inner->setBackgroundRole(QPalette::Base);
    inner->setAutoFillBackground(true);
    m_banner = new Banner(inner);
    m_banner->setObjectName(u"inspectorBanner"_s);
    m_facts = new QWidget(inner);
    m_content = new QVBoxLayout(inner);
    m_content->setContentsMargins(spacing::xl, spacing::m, spacing::xl, spacing::l);
    m_content->setSpacing(spacing::l);
    m_content->addWidget(buildHead());
    m_content->addWidget(buildActions());
    m_content->addWidget(m_banner);
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

QWidget *AggregationWebhookInspector::buildHead()
{
    constexpr int side = 28;
    auto *head = new QWidget(this);
    auto *close = new QToolButton(head);
    close->setObjectName(u"closeInspectorButton"_s);
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setFixedSize(side, side);
    close->setIcon(Theme::icon(u"edit-delete-remove"_s, Colour::MutedInk));
    close->setToolTip(tr("Close the details (Esc)"));
    close->setAccessibleName(tr("Close the details"));
    connect(close, &QToolButton::clicked, this, &AggregationWebhookInspector::closeRequested);
    m_title = sectionLabel({}, head);
    m_title->setObjectName(u"inspectorTitle"_s);
    m_chip = new StatusChip(head);
    m_health = paragraphLabel({}, head);
    m_health->setObjectName(u"healthText"_s);
    auto *top = new QHBoxLayout;
    top->addWidget(captionLabel(tr("Aggregation webhook"), head), 1);
    top->addWidget(close);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addLayout(top);
    column->addWidget(m_title);
    column->addWidget(m_chip);
    column->addWidget(m_health);
    return head;
}

QWidget *AggregationWebhookInspector::buildActions()
{
    auto *box = new QWidget(this);
    m_fire = registryButton(tr("Send a &test"), u"fireTestButton"_s,
        tr("FinGoal sends a made-up event to the address and says what it answered"), box);
    m_change = registryButton(
        tr("Chan&ge…"), u"changeWebhookButton"_s, tr("Another address, or other kinds of event"), box);
    m_switch = registryButton({}, u"switchWebhookButton"_s, {}, box);
    m_read = registryButton(tr("R&ead again"), u"readWebhookButton"_s, tr("Ask FinGoal how this webhook fares"), box);
    m_remove = registryButton(tr("&Delete…"), u"removeWebhookButton"_s, tr("Take it out of the registry"), box);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    for (const QList<QPushButton *> &line : {QList{m_fire, m_change, m_switch}, QList{m_read, m_remove}}) {
        auto *row = new QHBoxLayout;
        row->setSpacing(spacing::s);
        for (QPushButton *button : line)
            row->addWidget(button);
        row->addStretch();
        column->addLayout(row);
    }
    connect(m_fire, &QPushButton::clicked, this, &AggregationWebhookInspector::testRequested);
    connect(m_change, &QPushButton::clicked, this, &AggregationWebhookInspector::changeRequested);
    connect(m_switch, &QPushButton::clicked, this, [this] { emit switchRequested(m_webhook.disabled); });
    connect(m_read, &QPushButton::clicked, this, &AggregationWebhookInspector::readRequested);
    connect(m_remove, &QPushButton::clicked, this, &AggregationWebhookInspector::removeRequested);
    return box;
}

void AggregationWebhookInspector::setWebhook(const api::RegisteredWebhook &webhook, bool busy)
{
    const bool same = webhook == m_webhook && !m_title->text().isEmpty();
    m_webhook = webhook;
    m_busy = busy;
    showState();
    if (!same)
        showFacts();
}

void AggregationWebhookInspector::setTest(const std::optional<api::WebhookTest> &test)
{
    m_test = test;
    showFacts();
}

void AggregationWebhookInspector::showProblem(const QString &sentence, const QString &details)
{
    m_banner->showMessage(Banner::Kind::Error, sentence, details);
}

void AggregationWebhookInspector::clearProblem()
{
    m_banner->clear();
}

void AggregationWebhookInspector::showState()
{
    using models::AggregationWebhooks;
    m_title->setText(m_webhook.uri.isEmpty() ? tr("Address not told") : m_webhook.uri);
    m_chip->setLook(AggregationWebhooks::stateLook(m_webhook));
    m_health->setText(AggregationWebhooks::healthText(m_webhook, locale(), QDateTime::currentMSecsSinceEpoch()));
    m_switch->setText(m_webhook.disabled ? tr("S&witch on") : tr("S&witch off"));
    m_switch->setToolTip(m_webhook.disabled ? tr("Events are delivered again")
                                            : tr("Nothing is delivered until it is switched on again"));
    for (QPushButton *button : {m_fire, m_change, m_switch, m_read, m_remove})
        button->setEnabled(!m_busy);
}

void AggregationWebhookInspector::addSection(const QString &title, const QList<QPair<QString, QString>> &facts)
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

QList<QPair<QString, QString>> AggregationWebhookInspector::testFacts() const
{
    return {{tr("Outcome"), models::AggregationWebhooks::testText(*m_test, locale())},
        {tr("Answered"), m_test->receivedResponse ? tr("yes") : tr("no")},
        {tr("Answer code"), answerCode(m_test->responseCode)}, {tr("Sent"), registryTime(m_test->firedAt)},
        {tr("Answer came"), registryTime(m_test->receivedAt)},
        {tr("Duration"), m_test->durationMs < 0 ? QString() : tr("%1 ms").arg(locale().toString(m_test->durationMs))}};
}

void AggregationWebhookInspector::showFacts()
{
    auto *fresh = new QWidget(m_facts->parentWidget());
    delete m_content->replaceWidget(m_facts, fresh);
    m_facts->hide();
    m_facts->deleteLater();
    m_facts = fresh;
    auto *column = new QVBoxLayout(m_facts);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    if (m_test)
        addSection(tr("Last test"), testFacts());
    QStringList kinds;
    for (const QString &type : m_webhook.types)
        kinds.append(models::AggregationWebhooks::typeText(type));
    const QString never = tr("never");
    addSection(tr("Deliveries"),
        {{tr("Last attempt"), m_webhook.lastAttemptAt == 0 ? never : registryTime(m_webhook.lastAttemptAt)},
            {tr("Last answer"), answerCode(m_webhook.lastAttemptStatus)},
            {tr("Last success"), m_webhook.lastSuccessAt == 0 ? never : registryTime(m_webhook.lastSuccessAt)}});
    addSection(tr("Webhook"),
        {{tr("Address"), m_webhook.uri}, {tr("Id"), m_webhook.id.text()},
            {tr("Tells of"), kinds.isEmpty() ? tr("nothing") : kinds.join(u'\n')}});
}

} // namespace ui
