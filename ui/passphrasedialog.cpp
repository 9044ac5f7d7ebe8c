// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/passphrasedialog.h"

#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype shortestPassphrase = 12;

QLineEdit *passphraseEdit(const QString &name, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(name);
    edit->setEchoMode(QLineEdit::Password);
    return edit;
}

} // namespace

PassphraseDialog::PassphraseDialog(const models::Profile &profile, Purpose purpose, QWidget *parent)
    : DialogFrame(profile, purpose == Purpose::Seal ? tr("Export subscriptions") : tr("Import subscriptions"), parent)
    , m_purpose(purpose)
    , m_banner(new Banner(this))
    , m_first(passphraseEdit(u"passphraseEdit"_s, this))
{
    setObjectName(u"passphraseDialog"_s);
    setMinimumWidth(dialogwidth::narrow);
    m_banner->setObjectName(u"dialogBanner"_s);
    body()->addWidget(m_banner);
    body()->addWidget(paragraphLabel(purpose == Purpose::Seal
            ? tr("The file holds the keys and secrets of your subscriptions. It can only be read with a passphrase; "
                 "without it nobody can help you.")
            : tr("Type the passphrase that the file was exported with."),
        this));
    auto *fields = new QVBoxLayout;
    fields->setSpacing(spacing::xs);
    body()->addLayout(fields);
    addField(fields, tr("&Passphrase"), m_first);
    if (purpose == Purpose::Seal) {
        m_second = passphraseEdit(u"passphraseAgainEdit"_s, this);
        fields->addSpacing(spacing::m);
        addField(fields, tr("Passphrase &again"), m_second);
    }
    body()->addStretch();
    setPrimary(purpose == Purpose::Seal ? tr("&Export") : tr("&Import"));
    for (QLineEdit *edit : {m_first, m_second}) {
        if (edit)
            connect(edit, &QLineEdit::textChanged, this, &PassphraseDialog::showState);
    }
    connect(primary(), &QPushButton::clicked, this, [this] {
        m_waiting = true;
        m_banner->clear();
        showState();
        emit passphraseEntered(m_first->text());
    });
    showState();
    m_first->setFocus();
}

QString PassphraseDialog::problem() const
{
    if (m_purpose == Purpose::Open)
        return m_first->text().isEmpty() ? tr("Type the passphrase.") : QString();
    if (m_first->text().size() < shortestPassphrase)
        return tr("Use at least %1 characters, such as four words.").arg(shortestPassphrase);
    return m_first->text() == m_second->text() ? QString() : tr("The two do not match yet.");
}

void PassphraseDialog::showState()
{
    setHint(m_waiting ? tr("Working…") : problem());
    primary()->setEnabled(!m_waiting && problem().isEmpty());
}

void PassphraseDialog::showProblem(const QString &sentence)
{
    m_waiting = false;
    m_banner->showMessage(Banner::Kind::Error, sentence);
    showState();
    m_first->selectAll();
    m_first->setFocus();
}

} // namespace ui
