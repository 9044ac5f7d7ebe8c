// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profileform.h"

#include "models/profilerecords.h"
#include "ui/aggregationfields.h"
#include "ui/dialogpieces.h"
#include "ui/environmenttag.h"
#include "ui/profileoptions.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

//! What can be chosen; the built-in sandbox is always there and cannot be made twice.
constexpr std::array choosableEnvironments{
    models::Environment::LinkSandbox, models::Environment::Production, models::Environment::Custom};

QUrl typedUrl(const QLineEdit *edit)
{
    const QString text = edit->text().trimmed();
    return text.isEmpty() ? QUrl() : QUrl(text, QUrl::StrictMode);
}

QVBoxLayout *tightLayout(QVBoxLayout *parent)
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(spacing::xs);
    parent->addLayout(layout);
    return layout;
}

} // namespace

ProfileForm::ProfileForm(QWidget *parent)
    : QWidget(parent)
{
    build();
    wire();
    showState();
}

void ProfileForm::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::m);
    m_name = makeField(layout, u"name"_s, tr("&Name"), {});
    m_builtInNote = paragraphLabel(
        tr("A Link Money service on this computer, started with the console. It needs no account and no "
           "network, and no money moves."),
        this);
    layout->addWidget(m_builtInNote);
    m_connection = new QWidget(this);
    layout->addWidget(m_connection);
    auto *connection = new QVBoxLayout(m_connection);
    connection->setContentsMargins({});
    connection->setSpacing(spacing::m);
    buildEnvironment(connection);
    m_baseUrl = makeField(connection, u"baseUrl"_s, tr("&Address of the service"), {});
    m_clientId = makeField(connection, u"clientId"_s, tr("Client &id"), {});
    m_secret = new SecretField(m_connection);
    addField(tightLayout(connection), tr("Client &secret"), m_secret, m_secret->edit());
    m_merchantId = makeField(connection, u"merchantId"_s, tr("M&erchant id"), {});
    m_redirectUrl = makeField(connection, u"redirectUrl"_s, tr("Re&direct address (optional)"),
        tr("Where a customer comes back to after linking a bank; Link Money must have approved it."));
    m_options = new ProfileOptions(this);
    layout->addWidget(m_options);
    m_aggregation = new AggregationFields(this);
    layout->addWidget(m_aggregation);
    layout->addStretch();
}

void ProfileForm::buildEnvironment(QVBoxLayout *layout)
{
    m_environment = new QComboBox(m_connection);
    m_environment->setObjectName(u"environmentCombo"_s);
    for (const models::Environment environment : choosableEnvironments)
        m_environment->addItem(models::environmentName(environment), int(environment));
    m_environmentNote = captionLabel({}, m_connection);
    QVBoxLayout *field = tightLayout(layout);
    m_environmentTitle = addField(field, tr("En&vironment"), m_environment);
    field->addWidget(m_environmentNote);
    m_environmentProblem = problemLabel(m_connection);
    m_environmentProblem->setObjectName(u"environmentProblem"_s);
    field->addWidget(m_environmentProblem);
}

ProfileForm::Field ProfileForm::makeField(
    QVBoxLayout *layout, const QString &name, const QString &label, const QString &hint)
{
    QWidget *owner = layout->parentWidget();
    Field field{.edit = new QLineEdit(owner), .problem = problemLabel(owner), .name = name};
    field.edit->setObjectName(name + u"Edit"_s);
    field.problem->setObjectName(name + u"Problem"_s);
    QVBoxLayout *rows = tightLayout(layout);
    field.title = addField(rows, label, field.edit);
    if (!hint.isEmpty())
        rows->addWidget(captionLabel(hint, owner));
    rows->addWidget(field.problem);
    return field;
}

void ProfileForm::wire()
{
    for (Field *field : fields())
        wireField(*field);
    connect(m_environment, &QComboBox::currentIndexChanged, this, &ProfileForm::environmentChosen);
    connect(m_secret, &SecretField::changed, this, &ProfileForm::changed);
    connect(m_options, &ProfileOptions::changed, this, &ProfileForm::changed);
    connect(m_aggregation, &AggregationFields::changed, this, &ProfileForm::changed);
}

void ProfileForm::wireField(Field &field)
{
    connect(field.edit, &QLineEdit::textChanged, this, [this, name = field.name] {
        if (m_filling)
            return;
        m_touched.insert(name);
        showState();
        emit changed();
    });
}

QList<ProfileForm::Field *> ProfileForm::fields()
{
    return {&m_name, &m_baseUrl, &m_clientId, &m_merchantId, &m_redirectUrl};
}

void ProfileForm::environmentChosen()
{
    if (m_filling)
        return;
    const auto environment = models::Environment(m_environment->currentData().toInt());
    if (const QUrl known = models::defaultBaseUrl(environment); !known.isEmpty())
        m_baseUrl.edit->setText(known.toString());
    else
        m_baseUrl.edit->clear();
    showState();
    emit changed();
}

void ProfileForm::setProfile(const models::Profile &profile, bool hasRecords)
{
    m_given = profile;
    m_hasRecords = hasRecords;
    m_touched.clear();
    m_filling = true;
    m_name.edit->setText(profile.name);
    m_environment->setCurrentIndex(m_environment->findData(int(profile.environment)));
    m_baseUrl.edit->setText(profile.baseUrl.toString());
    m_clientId.edit->setText(profile.clientId);
    m_merchantId.edit->setText(profile.merchantId);
    m_redirectUrl.edit->setText(profile.redirectUrl.toString());
    m_options->setProfile(profile);
    m_aggregation->setSettings(profile.aggregation);
    m_secret->forgetTyped();
    m_filling = false;
    showState();
    emit changed();
}

models::Profile ProfileForm::profile() const
{
    models::Profile typed = m_given;
    typed.name = m_name.edit->text().simplified();
    m_options->writeTo(typed);
    if (m_given.environment == models::Environment::BuiltInSandbox)
        return typed;
    typed.environment = models::Environment(m_environment->currentData().toInt());
    typed.baseUrl = typedUrl(m_baseUrl.edit);
    typed.clientId = m_clientId.edit->text().trimmed();
    typed.merchantId = m_merchantId.edit->text().trimmed();
    typed.redirectUrl = typedUrl(m_redirectUrl.edit);
    typed.aggregation = m_aggregation->settings();
    return typed;
}

bool ProfileForm::isChanged() const
{
    return profile() != m_given || !m_secret->typed().isEmpty() || !aggregationSecret()->typed().isEmpty();
}

bool ProfileForm::changesConnection() const
{
    const models::Profile typed = profile();
    return typed.clientId != m_given.clientId || !models::identityProblems(m_given, typed).isEmpty();
}

QList<models::ProfileProblem> ProfileForm::problems() const
{
    const models::Profile typed = profile();
    QList<models::ProfileProblem> found = models::profileProblems(typed);
    if (m_hasRecords && typed.environment != models::Environment::BuiltInSandbox)
        found += models::identityProblems(m_given, typed);
    return found;
}

QString ProfileForm::problem() const
{
    const QList<models::ProfileProblem> found = problems();
    return found.isEmpty() ? QString() : found.first().sentence;
}

SecretField *ProfileForm::secret() const
{
    return m_secret;
}

SecretField *ProfileForm::aggregationSecret() const
{
    return m_aggregation->secret();
}

void ProfileForm::focusFirst()
{
    m_name.edit->setFocus();
    m_name.edit->selectAll();
}

void ProfileForm::showState()
{
    const bool builtIn = m_given.environment == models::Environment::BuiltInSandbox;
    m_builtInNote->setVisible(builtIn);
    m_connection->setVisible(!builtIn);
    m_aggregation->setVisible(!builtIn);
    const models::Profile typed = profile();
    m_environmentNote->setText(environmentSentence(typed.environment) + u'.');
    m_baseUrl.edit->setReadOnly(typed.environment != models::Environment::Custom);
    const QList<models::ProfileProblem> found = problems();
    const auto sentenceFor = [&found](const QString &name) {
        const auto problem = std::ranges::find(found, name, &models::ProfileProblem::field);
        return problem == found.end() ? QString() : problem->sentence;
    };
    showProblem(m_environmentProblem, sentenceFor(u"environment"_s));
    for (Field *field : fields()) {
        const bool begun = m_touched.contains(field->name) || !field->edit->text().isEmpty();
        showProblem(field->problem, begun ? sentenceFor(field->name) : QString());
    }
}

} // namespace ui
