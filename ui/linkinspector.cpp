// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/linkinspector.h"

#include "models/maildraft.h"
#include "ui/amountlabel.h"
#include "ui/banner.h"
#include "ui/clipboardguard.h"
#include "ui/dialogpieces.h"
#include "ui/elidedlabel.h"
#include "ui/statuschip.h"
#include "ui/theme.h"
#include "ui/timelinerow.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

//! Long enough to change to the chat or the ticket and paste it.
constexpr std::chrono::minutes linkOnClipboard(5);

QPushButton *linkButton(const QString &text, const QString &name, const QString &what, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setToolTip(what);
    button->setAccessibleDescription(what);
    button->setAutoDefault(false);
    return button;
}

QString linkTime(qint64 at, const QLocale &locale)
{
    return models::cellLongText({.type = models::CellType::Time, .value = at, .currency = {}}, locale);
}

models::MailDraft mailOf(const models::PayLink &link, const QString &merchant)
{
    const QString address = link.url.toString(QUrl::FullyEncoded);
    const QString aim = link.isVerify() ? LinkInspector::tr("confirm your bank account")
        : link.paysInPage()             ? LinkInspector::tr("pay $%1").arg(api::plainAmount(link.amount.cents))
                                        : LinkInspector::tr("link your bank account");
    return {.to = link.email,
        .subject = LinkInspector::tr("Your link from %1").arg(merchant),
        .body = LinkInspector::tr(
            "Hello %1,\n\nplease use this link to %2:\n\n%3\n\nIt is meant for you alone. Please do "
            "not pass it on.\n\n%4")
            .arg(link.name, aim, address, merchant)};
}

} // namespace

LinkInspector::LinkInspector(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    build();
    wire();
}

void LinkInspector::build()
{
    setObjectName(u"linkInspector"_s);
    setAccessibleName(tr("Details of the pay link"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_banner = new Banner(this);
    m_banner->makeClosable();
    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *facts = new QWidget(content);
    m_facts = new QFormLayout(facts);
    m_facts->setContentsMargins({});
    m_facts->setHorizontalSpacing(spacing::l);
    m_facts->setVerticalSpacing(spacing::s);
    m_facts->setLabelAlignment(Qt::AlignLeft);
    m_facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_life = new QWidget(content);
    m_content = new QVBoxLayout(content);
    m_content->setContentsMargins(spacing::xl, spacing::l, spacing::xl, spacing::l);
    m_content->setSpacing(spacing::l);
    m_content->addWidget(buildHead());
    m_content->addWidget(m_banner);
    m_content->addWidget(buildActions());
    m_content->addWidget(sectionLabel(tr("Life of the link"), content));
    m_content->addWidget(m_life);
    m_content->addWidget(sectionLabel(tr("Details"), content));
    m_content->addWidget(facts);
    m_content->addStretch();
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Details"));
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(area);
}

QWidget *LinkInspector::buildHead()
{
    auto *head = new QWidget(this);
    m_aim = captionLabel({}, head);
    m_aim->setObjectName(u"linkAim"_s);
    m_amount = new AmountLabel(head);
    m_chip = new StatusChip(head);
    m_known = captionLabel(tr("Not confirmed by Link Money yet"), head);
    m_known->setObjectName(u"notConfirmed"_s);
    m_who = new QLabel(head);
    m_who->setFont(Theme::font(Type::Section));
    m_who->setTextFormat(Qt::PlainText);
    m_who->setWordWrap(true);
    m_who->setMinimumWidth(1); // a word that cannot be wrapped must not widen the pane
    m_who->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close = linkButton({}, u"closeInspectorButton"_s, tr("Close the details (Esc)"), head);
    m_close->setFlat(true);
    m_close->setFixedWidth(spacing::xxl);
    m_close->setIcon(Theme::icon(u"edit-delete-remove"_s, Colour::MutedInk));
    m_close->setAccessibleName(tr("Close the details"));
    auto *top = new QHBoxLayout;
    top->addWidget(m_aim, 1);
    top->addWidget(m_close);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins({});
    column->setSpacing(spacing::xs);
    column->addLayout(top);
    column->addWidget(m_amount);
    column->addWidget(m_chip);
    column->addWidget(m_known);
    column->addSpacing(spacing::xs);
    column->addWidget(m_who);
    return head;
}

QWidget *LinkInspector::buildActions()
{
    auto *box = new QWidget(this);
    m_next = paragraphLabel({}, box);
    m_next->setObjectName(u"nextStep"_s);
    m_answer = captionLabel({}, box);
    m_answer->setObjectName(u"linkAnswer"_s);
    m_copy = linkButton(tr("&Copy link"), u"copyLinkButton"_s,
        tr("Puts the link on the clipboard for five minutes; whoever has it can use it"), box);
    m_copy->setIcon(Theme::icon(u"edit-copy"_s));
    m_mail = linkButton(tr("&Mail draft…"), u"mailLinkButton"_s, tr("Opens a draft in your own mail program"), box);
    m_mail->setIcon(Theme::icon(u"mail-message-new"_s));
    m_code = linkButton(tr("&QR code…"), u"codeLinkButton"_s, tr("For a customer with a phone; can be printed"), box);
    m_code->setIcon(Theme::icon(u"view-barcode-qr"_s));
    m_here = linkButton(tr("Open &here"), u"openHereButton"_s, tr("Opens the page in a window of this console"), box);
    m_here->setIcon(Theme::icon(u"window-new"_s));
    m_outside = linkButton(
        tr("Open in &browser"), u"openOutsideButton"_s, tr("Opens the page in your own web browser"), box);
    m_outside->setIcon(Theme::icon(u"globe"_s));
    m_send = linkButton(tr("Send &now"), u"sendLinkButton"_s,
        tr("Sends the request as it was written down; the same request is never made twice"), box);
    m_verified = linkButton(tr("Account n&umbers…"), u"verifiedButton"_s,
        tr("Full account numbers are asked for only when you show them, and each time is recorded"), box);
    m_again = linkButton(
        tr("&Read again"), u"readLinkButton"_s, tr("Asks Link Money for the customer, accounts and payment"), box);
    m_another = linkButton(
        tr("Make &another…"), u"anotherLinkButton"_s, tr("Opens the form with the same content for a new link"), box);
    m_buttons = new QGridLayout;
    m_buttons->setHorizontalSpacing(spacing::s);
    m_buttons->setVerticalSpacing(spacing::s);
    m_buttons->setColumnStretch(0, 1);
    m_buttons->setColumnStretch(1, 1);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addWidget(m_next);
    column->addWidget(m_answer);
    column->addLayout(m_buttons);
    return box;
}

void LinkInspector::wire()
{
    connect(m_close, &QPushButton::clicked, this, &LinkInspector::closeRequested);
    connect(m_copy, &QPushButton::clicked, this, &LinkInspector::copy);
    connect(m_mail, &QPushButton::clicked, this, &LinkInspector::mail);
    connect(m_outside, &QPushButton::clicked, this, &LinkInspector::openOutside);
    connect(m_send, &QPushButton::clicked, this, &LinkInspector::send);
    connect(m_code, &QPushButton::clicked, this, [this] { emit codeRequested(m_key); });
    connect(m_here, &QPushButton::clicked, this, [this] { emit openHereRequested(m_key); });
    connect(m_another, &QPushButton::clicked, this, [this] { emit anotherRequested(m_key); });
    connect(m_again, &QPushButton::clicked, this, [this] { m_workspace.payLinks.readBack(m_key); });
    connect(m_verified, &QPushButton::clicked, this,
        [this] { emit revealRequested({models::RecordKind::Customer, m_link->customer.text()}); });
    connect(&m_workspace.ledger, &models::Ledger::recordsChanged, this,
        [this](models::RecordKind kind, const QList<qint64> &keys) {
            if (kind == models::RecordKind::PayLink && keys.contains(m_key))
                read();
        });
    connect(&m_workspace.ledger, &models::Ledger::changedElsewhere, this, &LinkInspector::read);
}

void LinkInspector::setLink(qint64 key)
{
    if (key == m_key)
        return;
    m_key = key;
    m_link.reset();
    m_banner->clear();
    showState();
    read();
}

qint64 LinkInspector::key() const
{
    return m_key;
}

const std::optional<models::PayLink> &LinkInspector::link() const
{
    return m_link;
}

void LinkInspector::read()
{
    if (m_key == 0)
        return;
    using Link = std::optional<models::PayLink>;
    m_read = m_workspace.ledger.read<Link>(
        [key = m_key](models::Database &database) { return models::readPayLink(database, key); }, this,
        [this](models::DatabaseResult<Link> link) {
            const bool failedBefore = std::exchange(m_readFailed, !link);
            if (!link)
                return m_banner->showMessage(
                    Banner::Kind::Error, models::databaseErrorText(link.error()), link.error().message);
            if (failedBefore)
                m_banner->clear();
            m_link = std::move(*link);
            showState();
        });
}

void LinkInspector::showState()
{
    setUpdatesEnabled(false);
    m_aim->setText(m_link ? models::payLinkAim(*m_link) : QString());
    const bool pays = m_link && m_link->amount.cents > 0;
    m_amount->setAmount(pays ? models::Cell{.type = models::CellType::Money,
                                   .value = m_link->amount.cents,
                                   .currency = m_link->amount.currency}
                             : models::Cell{});
    m_chip->setVisible(m_link.has_value());
    if (m_link)
        m_chip->setStatus(models::RecordKind::PayLink, models::payLinkStatus(*m_link));
    m_known->setVisible(m_link && m_link->inferred);
    m_who->setText(m_link ? m_link->name : QString());
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_next->setText(m_link ? models::payLinkNextStep(*m_link, now) : QString());
    m_answer->setText(m_link ? m_link->answer : QString());
    m_answer->setVisible(m_link && !m_link->answer.isEmpty() && m_link->state < models::PayLinkState::Ready);
    showActions();
    showLife();
    showFacts();
    setUpdatesEnabled(true);
}

void LinkInspector::showActions()
{
    const models::PayLinkActions actions = m_link ? models::payLinkActions(*m_link, QDateTime::currentMSecsSinceEpoch())
                                                  : models::PayLinkActions{};
    m_send->setText(actions.askAgain ? tr("Ask aga&in") : tr("Send &now"));
    const std::initializer_list<std::pair<QPushButton *, bool>> buttons{{m_copy, actions.useUrl},
        {m_mail, actions.useUrl}, {m_code, actions.useUrl}, {m_here, actions.useUrl}, {m_outside, actions.useUrl},
        {m_send, actions.sendNow || actions.askAgain}, {m_verified, actions.showVerified}, {m_again, actions.readAgain},
        {m_another, actions.makeAnother}};
    int place = 0;
    for (const auto &[button, useful] : buttons) {
        m_buttons->removeWidget(button);
        button->setVisible(useful);
        if (useful) {
            m_buttons->addWidget(button, place / 2, place % 2);
            ++place;
        }
    }
}

void LinkInspector::showLife()
{
    auto *fresh = new QWidget(m_life->parentWidget());
    delete m_content->replaceWidget(m_life, fresh);
    m_life->hide();
    m_life->deleteLater();
    m_life = fresh;
    auto *column = new QVBoxLayout(m_life);
    column->setContentsMargins({});
    column->setSpacing(0);
    if (!m_link)
        return;
    QList<models::PayLinkStep> steps = m_link->steps;
    const models::PayLinkStep written{.at = m_link->createdAt,
        .state = models::PayLinkState::Planned,
        .detail = tr("Written down by %1.").arg(m_link->by)};
    steps.prepend(written);
    for (qsizetype i = steps.size() - 1; i >= 0; --i) {
        const models::PayLinkStep &step = steps.at(i);
        models::StatusLook look = models::statusLook(models::RecordKind::PayLink, models::payLinkStateWord(step.state));
        if (i == 0)
            look = {tr("Created"), models::StatusTone::Done};
        const QString when = models::cellText(
            {.type = models::CellType::Time, .value = step.at, .currency = {}}, locale());
        const QString known = step.inferred ? tr("%1 Not confirmed.").arg(step.detail) : step.detail;
        const QString detail = known.trimmed().isEmpty() ? when : when + u" · "_s + known;
        column->addWidget(
            new TimelineRow(look, detail, step.inferred, {.first = i == steps.size() - 1, .last = i == 0}, m_life));
    }
}

void LinkInspector::addFact(const QString &label, const QString &value, bool mono)
{
    if (value.isEmpty())
        return;
    auto *caption = new QLabel(label, this);
    caption->setForegroundRole(QPalette::PlaceholderText);
    if (mono || !value.contains(u' ')) // one long word cannot be wrapped
        m_facts->addRow(caption, new ElidedLabel(value, Theme::font(mono ? Type::Mono : Type::Body), this));
    else
        m_facts->addRow(caption, valueLabel(value, this));
}

void LinkInspector::addLink(const QString &label, const models::RecordRef &ref)
{
    if (ref.id.isEmpty())
        return;
    auto *caption = new QLabel(label, this);
    caption->setForegroundRole(QPalette::PlaceholderText);
    auto *value = new ElidedLabel(ref.id, Theme::font(Type::Mono), this);
    value->setLink(true);
    connect(value, &ElidedLabel::activated, this, [this, ref] { emit openRequested(ref); });
    m_facts->addRow(caption, value);
}

void LinkInspector::showFacts()
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    if (!m_link)
        return;
    using models::RecordKind;
    addFact(tr("E-mail"), m_link->email);
    addLink(tr("Customer"), {RecordKind::Customer, m_link->customer.text()});
    addLink(tr("Payment"), {RecordKind::Transaction, m_link->payment.text()});
    if (m_link->customer.isEmpty())
        addFact(tr("Customer, as the page said"), m_link->saidCustomer.text(), true);
    if (m_link->payment.isEmpty())
        addFact(tr("Payment, as the page said"), m_link->saidPayment.text(), true);
    if (m_link->forCustomer != m_link->customer)
        addLink(tr("Made for"), {RecordKind::Customer, m_link->forCustomer.text()});
    addFact(tr("Reference"), m_link->reference, true);
    addFact(tr("Request key"), m_link->requestKey.text(), true);
    addFact(tr("Afterwards"), m_link->redirectUrl.toDisplayString());
    addFact(tr("Sent to"), m_link->service);
    addFact(tr("Attempts"), m_link->attempts > 1 ? locale().toString(m_link->attempts) : QString());
    addFact(tr("Last change"), linkTime(m_link->changedAt, locale()));
}

void LinkInspector::copy()
{
    ClipboardGuard::copy(m_link->url.toString(QUrl::FullyEncoded), linkOnClipboard);
    m_workspace.payLinks.noteShared(m_key, tr("Copied."));
    m_banner->showMessage(Banner::Kind::Info,
        tr("The link is on the clipboard for five minutes. Whoever has it can use it: send it to the customer only."));
}

void LinkInspector::mail()
{
    const auto url = models::mailtoUrl(mailOf(*m_link, m_workspace.profile.name));
    if (!url)
        return m_banner->showMessage(Banner::Kind::Error, url.error());
    if (!QDesktopServices::openUrl(*url))
        return m_banner->showMessage(Banner::Kind::Error,
            tr("No mail program answered. Choose one in the settings of your desktop, or copy the link instead."));
    m_workspace.payLinks.noteShared(m_key,
        tr("Handed to the mail program, for %1; it does not tell whether the mail was sent.").arg(m_link->email));
}

void LinkInspector::openOutside()
{
    if (!QDesktopServices::openUrl(m_link->url))
        return m_banner->showMessage(Banner::Kind::Error,
            tr("No web browser answered. Choose one in the settings of your desktop, or copy the link instead."));
    m_workspace.payLinks.noteOpened(m_key, tr("In the web browser of this computer."));
}

void LinkInspector::send()
{
    m_workspace.payLinks.send(m_key, this, [this](const std::expected<void, QString> &sent) {
        if (sent)
            m_banner->clear();
        else
            m_banner->showMessage(Banner::Kind::Error, sent.error());
    });
}

} // namespace ui
