// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/receiverdialog.h"

#include "models/plurals.h"
#include "models/webhooksubscriptions.h"
#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QString targetText(const models::ForwardTarget &target)
{
    QStringList counts;
    if (target.waiting > 0)
        counts.append(
            models::counted(target.waiting, ReceiverDialog::tr("1 waiting"), ReceiverDialog::tr("%1 waiting")));
    if (target.givenUp > 0)
        counts.append(
            models::counted(target.givenUp, ReceiverDialog::tr("1 given up"), ReceiverDialog::tr("%1 given up")));
    const QString url = target.url.toString();
    return counts.isEmpty() ? url : u"%1 (%2)"_s.arg(url, counts.join(u", "_s));
}

QPushButton *smallButton(const QString &text, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

} // namespace

ReceiverDialog::ReceiverDialog(
    const models::Profile &profile, const models::ReceiverSettings &settings, Asker &asker, QWidget *parent)
    : DialogFrame(profile, tr("Receiver"), parent)
    , m_settings(settings)
    , m_asker(asker)
{
    setObjectName(u"receiverDialog"_s);
    setMinimumWidth(dialogwidth::wide);
    build();
    m_enabled->setChecked(settings.enabled);
    m_address->setText(settings.address);
    m_port->setValue(settings.port);
    m_certificate->setText(settings.certificateFile);
    m_key->setText(settings.keyFile);
    m_public->setText(settings.publicUrl.toString());
    wire();
    setPrimary(tr("&Save"));
    showState();
}

void ReceiverDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
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
    buildReceiving(left);
    buildPassingOn(right);
}

void ReceiverDialog::buildReceiving(QVBoxLayout *column)
{
    m_enabled = new QCheckBox(tr("&Receive events on this computer"), this);
    m_enabled->setObjectName(u"enabledBox"_s);
    m_address = new QLineEdit(this);
    m_address->setObjectName(u"addressEdit"_s);
    m_port = new QSpinBox(this);
    m_port->setObjectName(u"portBox"_s);
    m_port->setRange(1, 65535);
    m_public = new QLineEdit(this);
    m_public->setObjectName(u"publicUrlEdit"_s);
    m_public->setPlaceholderText(u"https://"_s);
    m_warning = captionLabel({}, this);
    m_warning->setObjectName(u"warning"_s);
    column->addWidget(m_enabled);
    column->addSpacing(spacing::m);
    addField(column, tr("Network &address"), m_address);
    column->addWidget(captionLabel(tr("127.0.0.1: only this computer and what runs on it, such as a tunnel."), this));
    column->addSpacing(spacing::m);
    addField(column, tr("&Port"), m_port);
    column->addSpacing(spacing::m);
    QWidget *certificate = fileField(m_certificate, u"certificateEdit"_s, tr("Certificate"));
    QWidget *key = fileField(m_key, u"keyEdit"_s, tr("Key"));
    addField(column, tr("&Certificate, when it is to be encrypted here"), certificate, m_certificate);
    column->addSpacing(spacing::m);
    addField(column, tr("&Key of the certificate"), key, m_key);
    column->addSpacing(spacing::m);
    addField(column, tr("Address seen from &outside"), m_public);
    column->addWidget(
        captionLabel(tr("What your proxy or tunnel is reached under. Subscriptions are made with it."), this));
    column->addWidget(m_warning);
    column->addStretch();
}

QWidget *ReceiverDialog::fileField(QLineEdit *&edit, const QString &name, const QString &title)
{
    auto *field = new QWidget(this);
    edit = new QLineEdit(field);
    edit->setObjectName(name);
    auto *choose = smallButton(tr("Choose…"), name + u"Choose"_s, field);
    choose->setAccessibleName(tr("Choose the file: %1").arg(title));
    connect(choose, &QPushButton::clicked, this, [this, edit, title] {
        m_asker.openFile(this, title, tr("PEM files (*.pem *.crt *.key);;All files (*)"),
            [edit](const QString &file) { edit->setText(file); });
    });
    auto *row = new QHBoxLayout(field);
    row->setContentsMargins({});
    row->setSpacing(spacing::s);
    row->addWidget(edit, 1);
    row->addWidget(choose);
    return field;
}

void ReceiverDialog::buildPassingOn(QVBoxLayout *column)
{
    m_target = new QLineEdit(this);
    m_target->setObjectName(u"targetEdit"_s);
    m_target->setPlaceholderText(u"https://"_s);
    m_target->setAccessibleName(tr("Address to pass events on to"));
    m_list = new QListWidget(this);
    m_list->setObjectName(u"targetList"_s);
    m_list->setAccessibleName(tr("Addresses that events are passed on to"));
    auto *add = smallButton(tr("A&dd"), u"addTargetButton"_s, this);
    auto *remove = smallButton(tr("Remo&ve"), u"removeTargetButton"_s, this);
    auto *retry = smallButton(tr("&Try again"), u"retryButton"_s, this);
    retry->setToolTip(tr("Sends those once more that were given up"));
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::s);
    line->addWidget(m_target, 1);
    line->addWidget(add);
    auto *below = new QHBoxLayout;
    below->setSpacing(spacing::s);
    below->addWidget(remove);
    below->addWidget(retry);
    below->addStretch();
    column->addWidget(sectionLabel(tr("Passed on to"), this));
    column->addWidget(
        captionLabel(tr("Every event is sent on as it came, and again until it is taken. The receiver can "
                        "so stand before your own server."),
            this));
    column->addSpacing(spacing::s);
    column->addLayout(line);
    column->addWidget(m_list, 1);
    column->addLayout(below);
    connect(add, &QPushButton::clicked, this, &ReceiverDialog::addTarget);
    connect(remove, &QPushButton::clicked, this, [this] {
        if (m_list->currentRow() >= 0)
            emit targetRemoved(m_targets.at(m_list->currentRow()).key);
    });
    connect(retry, &QPushButton::clicked, this, [this] {
        if (m_list->currentRow() >= 0)
            emit retryRequested(m_targets.at(m_list->currentRow()).url);
    });
    const auto showButtons = [this, remove, retry] {
        const int row = m_list->currentRow();
        remove->setEnabled(row >= 0);
        retry->setEnabled(row >= 0 && m_targets.at(row).givenUp > 0);
    };
    connect(m_list, &QListWidget::currentRowChanged, this, showButtons);
    showButtons();
}

void ReceiverDialog::wire()
{
    connect(m_enabled, &QCheckBox::toggled, this, &ReceiverDialog::showState);
    connect(m_port, &QSpinBox::valueChanged, this, &ReceiverDialog::showState);
    for (QLineEdit *edit : {m_address, m_certificate, m_key, m_public})
        connect(edit, &QLineEdit::textChanged, this, &ReceiverDialog::showState);
    connect(primary(), &QPushButton::clicked, this, [this] {
        m_banner->clear();
        emit settingsChosen(settings());
    });
}

models::ReceiverSettings ReceiverDialog::settings() const
{
    models::ReceiverSettings chosen = m_settings;
    chosen.enabled = m_enabled->isChecked();
    chosen.address = m_address->text().trimmed();
    chosen.port = static_cast<quint16>(m_port->value());
    chosen.certificateFile = m_certificate->text().trimmed();
    chosen.keyFile = m_key->text().trimmed();
    chosen.publicUrl = QUrl(m_public->text().trimmed());
    return chosen;
}

void ReceiverDialog::showState()
{
    const models::ReceiverSettings chosen = settings();
    const QList<models::ReceiverProblem> problems = models::receiverProblems(chosen);
    setHint(problems.isEmpty() ? QString() : problems.first().sentence);
    primary()->setEnabled(problems.isEmpty());
    m_warning->setText(models::receiverWarning(chosen));
    m_warning->setVisible(!m_warning->text().isEmpty());
}

void ReceiverDialog::addTarget()
{
    const QString problem = models::webhookUrlProblem(m_target->text());
    if (!problem.isEmpty())
        return showProblem(problem);
    m_banner->clear();
    emit targetAdded(QUrl(m_target->text().trimmed()));
    m_target->clear();
}

//! Enter in the field of an address is for that address: elsewhere it saves, and closes.
void ReceiverDialog::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && focusWidget() == m_target)
        addTarget();
    else
        DialogFrame::keyPressEvent(event);
}

void ReceiverDialog::setTargets(const QList<models::ForwardTarget> &targets)
{
    m_targets = targets;
    m_list->clear();
    for (const models::ForwardTarget &target : targets)
        m_list->addItem(targetText(target));
}

void ReceiverDialog::showProblem(const QString &sentence)
{
    m_banner->showMessage(Banner::Kind::Error, sentence);
}

} // namespace ui
