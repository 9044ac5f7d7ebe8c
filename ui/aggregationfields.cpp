// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/aggregationfields.h"

#include "ui/accessibleroles.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr std::array fastLinkVariants{
    api::FastLinkVariant::Reference, api::FastLinkVariant::Quickstart, api::FastLinkVariant::Guide};
constexpr int tenantLines = 3;

QString variantText(api::FastLinkVariant variant)
{
    switch (variant) {
    case api::FastLinkVariant::Reference:
        return AggregationFields::tr("As in the reference: /yodlee/fastlink/get");
    case api::FastLinkVariant::Quickstart:
        return AggregationFields::tr("As in the older quickstart: /fastlink/token");
    case api::FastLinkVariant::Guide:
        return AggregationFields::tr("As in the FastLink guide: /yodlee/fastlink");
    }
    return {};
}

QUrl enteredUrl(const QLineEdit *edit)
{
    const QString text = edit->text().trimmed();
    return text.isEmpty() ? QUrl() : QUrl(text, QUrl::StrictMode);
}

QStringList enteredTenants(const QPlainTextEdit *edit)
{
    static const QRegularExpression separators(u"[\\s,;]+"_s);
    QStringList tenants = edit->toPlainText().split(separators, Qt::SkipEmptyParts);
    tenants.removeDuplicates();
    return tenants;
}

} // namespace

AggregationFields::AggregationFields(QWidget *parent)
    : QWidget(parent)
{
    build();
    wire();
    setExpanded(false);
    showState();
}

void AggregationFields::build()
{
    m_title = new QToolButton(this);
    m_title->setObjectName(u"aggregationToggle"_s);
    m_title->setText(tr("Account a&ggregation (FinGoal), optional"));
    m_title->setFont(Theme::font(Type::BodyStrong));
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    makeDisclosure(m_title);
    m_title->setAutoRaise(true);
    m_title->setFocusPolicy(Qt::StrongFocus);
    m_content = new QWidget(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    layout->addWidget(m_title);
    layout->addWidget(m_content);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins({});
    content->setSpacing(spacing::m);
    content->addWidget(captionLabel(tr("A service of its own, for linking accounts through FastLink and reading them. "
                                       "It has its own address and credentials; no money moves through it."),
        m_content));
    buildAccess(content);
    buildFastLink(content);
    buildProxy(content);
}

void AggregationFields::buildAccess(QVBoxLayout *layout)
{
    m_address = makeField(layout, u"aggregationUrl"_s, tr("Address of the aggregation service"),
        tr("The development service is at https://link-money-dev.fingoal.dev/api."));
    m_clientId = makeField(layout, u"aggregationClientId"_s, tr("Aggregation client id"), {});
    m_secret = new SecretField(m_content, u"aggregation"_s);
    addField(fieldLayout(layout), tr("Aggregation client secret"), m_secret, m_secret->edit());
    m_tenants = new QPlainTextEdit(m_content);
    m_tenants->setObjectName(u"aggregationTenantsEdit"_s);
    m_tenants->setTabChangesFocus(true);
    m_tenants->setFixedHeight(
        tenantLines * m_tenants->fontMetrics().lineSpacing() + 2 * (m_tenants->frameWidth() + spacing::s));
    m_tenantsProblem = problemLabel(m_content);
    m_tenantsProblem->setObjectName(u"aggregationTenantsProblem"_s);
    QVBoxLayout *rows = fieldLayout(layout);
    addField(rows, tr("Tenant ids, one a line"), m_tenants);
    rows->addWidget(m_tenantsProblem);
}

void AggregationFields::buildFastLink(QVBoxLayout *layout)
{
    m_variant = new QComboBox(m_content);
    m_variant->setObjectName(u"fastLinkVariantCombo"_s);
    for (const api::FastLinkVariant variant : fastLinkVariants)
        m_variant->addItem(variantText(variant), static_cast<int>(variant));
    QVBoxLayout *rows = fieldLayout(layout);
    addField(rows, tr("How FastLink sessions are asked for"), m_variant);
    rows->addWidget(captionLabel(
        tr("FinGoal's documents disagree; answers are understood in every form. Keep the first unless it is refused."),
        m_content));
    m_fastLinkUrl = makeField(layout, u"fastLinkUrl"_s, tr("FastLink address (optional)"),
        tr("Only used when the service hands out a token without an address."));
    m_loader = makeField(layout, u"fastLinkLoader"_s, tr("FastLink loader script"), {});
}

void AggregationFields::buildProxy(QVBoxLayout *layout)
{
    m_prefix = makeField(layout, u"aggregationPrefix"_s, tr("Path of the Yodlee endpoints"),
        tr("/yodlee, or /yodlee/v1 where the service wants a version in it."));
    m_apiVersion = new QLineEdit(m_content);
    m_apiVersion->setObjectName(u"aggregationApiVersionEdit"_s);
    m_apiVersion->setPlaceholderText(tr("not sent"));
    addField(fieldLayout(layout), tr("Yodlee API version header (optional)"), m_apiVersion);
    m_userTokens = new QCheckBox(tr("Name the user in the token for what belongs to that user"), m_content);
    m_userTokens->setObjectName(u"aggregationUserTokensCheck"_s);
    layout->addWidget(m_userTokens);
}

AggregationFields::Field AggregationFields::makeField(
    QVBoxLayout *layout, const QString &name, const QString &label, const QString &hint)
{
    Field field{.edit = new QLineEdit(m_content), .problem = problemLabel(m_content), .name = name};
    field.edit->setObjectName(name + u"Edit"_s);
    field.problem->setObjectName(name + u"Problem"_s);
    QVBoxLayout *rows = fieldLayout(layout);
    addField(rows, label, field.edit);
    if (!hint.isEmpty())
        rows->addWidget(captionLabel(hint, m_content));
    rows->addWidget(field.problem);
    return field;
}

void AggregationFields::wire()
{
    connect(m_title, &QToolButton::toggled, this, &AggregationFields::setExpanded);
    for (const Field *field : {&m_address, &m_clientId, &m_prefix, &m_fastLinkUrl, &m_loader})
        connect(field->edit, &QLineEdit::textChanged, this, &AggregationFields::edited);
    connect(m_tenants, &QPlainTextEdit::textChanged, this, &AggregationFields::edited);
    connect(m_variant, &QComboBox::currentIndexChanged, this, &AggregationFields::edited);
    connect(m_apiVersion, &QLineEdit::textChanged, this, &AggregationFields::edited);
    connect(m_userTokens, &QCheckBox::toggled, this, &AggregationFields::edited);
    connect(m_secret, &SecretField::changed, this, &AggregationFields::changed);
}

void AggregationFields::edited()
{
    if (m_filling)
        return;
    showState();
    emit changed();
}

void AggregationFields::setSettings(const models::AggregationSettings &settings)
{
    m_given = settings;
    m_filling = true;
    m_address.edit->setText(settings.baseUrl.toString());
    m_clientId.edit->setText(settings.clientId);
    m_tenants->setPlainText(settings.tenants.join(u'\n'));
    m_variant->setCurrentIndex(m_variant->findData(static_cast<int>(settings.fastLinkVariant)));
    m_fastLinkUrl.edit->setText(settings.fastLinkUrl.toString());
    m_loader.edit->setText(settings.loader.toString());
    m_prefix.edit->setText(settings.proxyPrefix);
    m_apiVersion->setText(settings.apiVersion);
    m_userTokens->setChecked(settings.userTokens);
    m_secret->forgetTyped();
    m_filling = false;
    m_title->setChecked(settings.isUsed());
    showState();
}

models::AggregationSettings AggregationFields::settings() const
{
    models::AggregationSettings typed = m_given;
    typed.baseUrl = enteredUrl(m_address.edit);
    typed.clientId = m_clientId.edit->text().trimmed();
    typed.tenants = enteredTenants(m_tenants);
    typed.fastLinkVariant = static_cast<api::FastLinkVariant>(m_variant->currentData().toInt());
    typed.fastLinkUrl = enteredUrl(m_fastLinkUrl.edit);
    typed.loader = enteredUrl(m_loader.edit);
    typed.proxyPrefix = m_prefix.edit->text().trimmed();
    typed.apiVersion = m_apiVersion->text().trimmed();
    typed.userTokens = m_userTokens->isChecked();
    return typed;
}

SecretField *AggregationFields::secret() const
{
    return m_secret;
}

void AggregationFields::setExpanded(bool expanded)
{
    m_title->setChecked(expanded);
    m_title->setArrowType(expanded ? Qt::DownArrow : Qt::RightArrow);
    m_content->setVisible(expanded);
}

void AggregationFields::showState()
{
    const QList<models::ProfileProblem> problems = models::aggregationProblems(settings());
    const auto sentenceFor = [&problems](const QString &name) {
        for (const models::ProfileProblem &problem : problems) {
            if (problem.field == name)
                return problem.sentence;
        }
        return QString();
    };
    for (const Field *field : {&m_address, &m_clientId, &m_prefix, &m_fastLinkUrl, &m_loader})
        showProblem(field->problem, sentenceFor(field->name));
    showProblem(m_tenantsProblem, sentenceFor(u"aggregationTenants"_s));
}

} // namespace ui
