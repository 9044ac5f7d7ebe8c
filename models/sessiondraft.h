// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/ids.h"
#include "api/json.h"
#include "api/paybybank/sessions.h"
#include "models/sessionfields.h"

#include <QList>

#include <array>

namespace models {

//! One line of an order as it was typed; reference 1.4.4.
struct DraftItem
{
    QString description = {};
    QString amount = {};
    QString goodType = goodPhysical.toString();

    bool isBlank() const;
    friend bool operator==(const DraftItem &, const DraftItem &) = default;
};

//! A session before it is written down: what was typed, as text, right or wrong. The form, a line of a CSV file and a
//! template are all this.
class SessionDraft
{
public:
    SessionDraft(); //!< PAY, not a guest, everything else empty

    QString text(SessionField field) const; //!< without spaces around it
    const QString &typed(SessionField field) const { return m_values[static_cast<std::size_t>(field)]; }
    void set(SessionField field, const QString &text) { m_values[static_cast<std::size_t>(field)] = text; }
    QList<DraftItem> items = {};

    bool isVerify() const;
    bool paysInPage() const;    //!< the customer pays on Link Money's page: there is a request key
    api::Money payment() const; //!< zero while there is none or it cannot be read

    friend bool operator==(const SessionDraft &, const SessionDraft &) = default;

private:
    std::array<QString, sessionFieldCount> m_values;
};

//! What a live check found. Warnings do not keep a session from being made.
struct DraftFinding
{
    const char *rule = nullptr; //!< the rule's name, for tests
    SessionField field = SessionField::Email;
    int item = -1; //!< index of the order line it is about; -1: the field itself
    bool warning = false;
    QString sentence = {};
};

//! The one list of rules; reference 1.4.1 to 1.4.6.
struct DraftRule
{
    const char *name;
    const char *reference; //!< the section it comes from
    void (*check)(const SessionDraft &draft, QList<DraftFinding> &findings);
};
std::span<const DraftRule> draftRules();

//! All findings, errors and warnings, in the order of the rules.
QList<DraftFinding> checkDraft(const SessionDraft &draft);
bool canBeSent(const QList<DraftFinding> &findings); //!< no errors

//! The request as it goes out. Only for a draft without errors. The key is used only when the customer pays on the
//! page; `reference` takes the place of an empty one.
api::RequestData sessionRequestOf(const SessionDraft &draft, const api::RequestKey &key, const QString &reference);

//! For the ledger and for templates.
QByteArray draftToText(const SessionDraft &draft);
SessionDraft draftOfText(const QByteArray &text); //!< what cannot be read is left out

//! Without what belongs to one customer or one payment: for a template.
SessionDraft templateOf(const SessionDraft &draft);
//! The template with the customer of the draft.
SessionDraft withTemplate(const SessionDraft &draft, const SessionDraft &saved);

} // namespace models
