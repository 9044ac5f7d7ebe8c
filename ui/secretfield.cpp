// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secretfield.h"

#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QString secretStateText(SecretState state)
{
    switch (state) {
    case SecretState::Asking:
        return SecretField::tr("Asking the keychain…");
    case SecretState::Kept:
        return SecretField::tr("Kept in the keychain. It is not shown; type to replace it.");
    case SecretState::ThisRunOnly:
        return SecretField::tr("Known until the console is closed; not kept anywhere.");
    case SecretState::Missing:
        return SecretField::tr("None yet. It goes to the keychain and nowhere else.");
    case SecretState::Problem:
        return SecretField::tr("The keychain could not be used.");
    }
    return {};
}

QString prefixedName(const QString &prefix, const QString &name)
{
    return prefix.isEmpty() ? name : prefix + name.left(1).toUpper() + name.mid(1);
}

} // namespace

SecretField::SecretField(QWidget *parent, const QString &prefix)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_remove(new QPushButton(tr("Re&move"), this))
    , m_note(captionLabel({}, this))
{
    m_edit->setObjectName(prefixedName(prefix, u"secretEdit"_s));
    m_edit->setEchoMode(QLineEdit::Password);
    m_edit->setInputMethodHints(
        Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_remove->setObjectName(prefixedName(prefix, u"removeSecretButton"_s));
    m_remove->setAutoDefault(false);
    m_remove->setToolTip(tr("Remove the secret from the keychain"));
    m_note->setObjectName(prefixedName(prefix, u"secretNote"_s));
    setFocusProxy(m_edit);
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::s);
    line->addWidget(m_edit, 1);
    line->addWidget(m_remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::xs);
    layout->addLayout(line);
    layout->addWidget(m_note);
    connect(m_edit, &QLineEdit::textChanged, this, &SecretField::changed);
    connect(m_remove, &QPushButton::clicked, this, &SecretField::removeRequested);
    showState();
}

void SecretField::setState(SecretState state, const QString &sentence)
{
    m_state = state;
    m_sentence = sentence;
    showState();
}

SecretState SecretField::state() const
{
    return m_state;
}

QByteArray SecretField::typed() const
{
    return m_edit->text().trimmed().toUtf8();
}

void SecretField::forgetTyped()
{
    m_edit->clear();
}

QLineEdit *SecretField::edit() const
{
    return m_edit;
}

void SecretField::showState()
{
    m_note->setText(m_sentence.isEmpty() ? secretStateText(m_state) : m_sentence);
    m_remove->setVisible(m_state == SecretState::Kept);
    const bool isKnown = m_state == SecretState::Kept || m_state == SecretState::ThisRunOnly;
    m_edit->setPlaceholderText(isKnown ? tr("Unchanged") : QString());
}

} // namespace ui
