// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/subscriptiondialog.h"

#include "models/sealed.h"
#include "ui/banner.h"
#include "ui/clipboardguard.h"
#include "ui/coveragefield.h"
#include "ui/dialogpieces.h"
#include "ui/schemefield.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int secretBytes = 32;

QString titleOf(SubscriptionDialog::Mode mode)
{
    switch (mode) {
    case SubscriptionDialog::Mode::Subscribe:
        return SubscriptionDialog::tr("New subscription");
    case SubscriptionDialog::Mode::AddByKey:
        return SubscriptionDialog::tr("Add a subscription by its key");
    }
    Q_UNREACHABLE();
}

QLineEdit *lineEdit(const QString &name, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(name);
    return edit;
}

} // namespace

SubscriptionDialog::SubscriptionDialog(const models::Profile &profile, Mode mode, const Place &place, QWidget *parent)
    : DialogFrame(profile, titleOf(mode), parent)
    , m_mode(mode)
    , m_place(place)
{
    setObjectName(u"subscriptionDialog"_s);
    setMinimumWidth(dialogwidth::wide);
    build();
    wire();
    m_url->setText(place.url);
    if (mode == Mode::Subscribe)
        m_secret->setText(QString::fromLatin1(models::randomText(secretBytes)));
    setPrimary(mode == Mode::Subscribe ? tr("&Subscribe") : tr("&Add"));
    showState();
}

void SubscriptionDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_name = lineEdit(u"nameEdit"_s, this);
    m_name->setPlaceholderText(tr("Such as: shop server"));
    m_url = lineEdit(u"urlEdit"_s, this);
    m_url->setPlaceholderText(u"https://"_s);
    m_coverage = new CoverageField(this);
    m_scheme = new SchemeField(models::WebhookFamily::PayByBank, this);
    auto *left = new QVBoxLayout;
    left->setSpacing(spacing::xs);
    auto *right = new QVBoxLayout;
    right->setSpacing(spacing::xs);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(spacing::xxl);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    body()->addWidget(m_banner);
    body()->addLayout(columns, 1);
    if (m_mode == Mode::AddByKey) {
        m_key = lineEdit(u"keyEdit"_s, this);
        addField(left, tr("Subscription &key"), m_key);
        left->addWidget(captionLabel(tr("What Link Money answered when the subscription was made."), this));
        left->addSpacing(spacing::m);
    }
    addField(left, tr("&Address"), m_url);
    left->addWidget(
        captionLabel(tr("Where Link Money sends the events. It must be reachable from the internet."), this));
    left->addSpacing(spacing::m);
    addField(left, tr("&Name"), m_name);
    left->addSpacing(spacing::m);
    QWidget *secret = buildSecret();
    addField(left, tr("Se&cret"), secret, m_secret);
    left->addWidget(captionLabel(m_mode == Mode::Subscribe
            ? tr("Proves that a delivery comes from Link Money. Kept in the keychain.")
            : tr("What the subscription was made with. Leave it empty when it is not known: its deliveries then cannot "
                 "be checked."),
        this));
    left->addSpacing(spacing::m);
    addField(left, tr("Si&gnature"), m_scheme, m_scheme->box());
    left->addStretch();
    right->addWidget(sectionLabel(tr("What it tells of"), this));
    right->addWidget(m_coverage, 1);
}

QWidget *SubscriptionDialog::buildSecret()
{
    auto *field = new QWidget(this);
    m_secret = lineEdit(u"secretEdit"_s, field);
    m_secret->setEchoMode(QLineEdit::Password);
    auto *copy = new QPushButton(tr("Cop&y"), field);
    copy->setObjectName(u"copySecretButton"_s);
    copy->setToolTip(tr("Puts the secret on the clipboard for one minute"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this] {
        ClipboardGuard::copy(m_secret->text(), std::chrono::minutes(1));
        setHint(tr("The secret is on the clipboard for one minute."));
    });
    auto *row = new QHBoxLayout(field);
    row->setContentsMargins({});
    row->setSpacing(spacing::s);
    row->addWidget(m_secret, 1);
    row->addWidget(copy);
    return field;
}

void SubscriptionDialog::wire()
{
    for (QLineEdit *edit : {m_key, m_url, m_secret}) {
        if (edit)
            connect(edit, &QLineEdit::textChanged, this, &SubscriptionDialog::showState);
    }
    connect(m_coverage, &CoverageField::changed, this, &SubscriptionDialog::showState);
    connect(primary(), &QPushButton::clicked, this, &SubscriptionDialog::hand);
}

models::NewSubscription SubscriptionDialog::facts() const
{
    // The path belongs to the suggested address only: another one leads to another receiver.
    const QString url = m_url->text().trimmed();
    return {.name = m_name->text(),
        .url = url,
        .scope = m_coverage->scope(),
        .secret = m_secret->text().toLatin1(),
        .pathToken = url == m_place.url ? m_place.pathToken : QString(),
        .scheme = m_scheme->scheme()};
}

QString SubscriptionDialog::problem() const
{
    if (m_key && m_key->text().trimmed().isEmpty())
        return tr("Type the key of the subscription.");
    if (const QString address = models::webhookUrlProblem(m_url->text()); !address.isEmpty())
        return address;
    const bool secretNeeded = m_mode == Mode::Subscribe || !m_secret->text().isEmpty();
    if (const QString secret = models::webhookSecretProblem(m_secret->text().toUtf8());
        secretNeeded && !secret.isEmpty())
        return secret;
    return models::scopeProblem(m_coverage->scope());
}

void SubscriptionDialog::showState()
{
    const QString wrong = problem();
    setHint(m_waiting ? tr("Asking Link Money…") : wrong);
    primary()->setEnabled(wrong.isEmpty() && !m_waiting);
}

void SubscriptionDialog::showProblem(const QString &sentence)
{
    m_waiting = false;
    m_banner->showMessage(Banner::Kind::Error, sentence);
    showState();
}

void SubscriptionDialog::hand()
{
    m_waiting = true;
    m_banner->clear();
    showState();
    if (m_key)
        emit addRequested({.key = api::SubscriptionKey(m_key->text().trimmed()), .facts = facts()});
    else
        emit subscribeRequested(facts());
}

} // namespace ui
