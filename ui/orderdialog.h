// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/lookups.h"
#include "models/orderfacts.h"
#include "ui/dialogframe.h"
#include "ui/orderconfirmation.h"
#include "ui/orderform.h"
#include "ui/workspace.h"

#include <QTimer>

class QStackedWidget;

namespace ui {

class Banner;
class EmptyState;
class StatusChip;

//! What every dialog that moves money shares: reads the facts off-thread (and anew at Link Money when they are old), a
//! form, a last look, the hand-over to the outbox. Stays open until the outbox has written the intent down or said why
//! not; then everything typed is still there. A subclass says what can be done, what is meant and how it reads; it
//! calls load() at the end of its constructor.
class OrderDialog : public DialogFrame
{
    Q_OBJECT
public:
    enum class Step { Loading, Blocked, Form, Confirm, Submitting };

    struct Words
    {
        QString title;
        QString blockedTitle;
        QString review;     //!< the form's button, "&Review…"
        QString leave = {}; //!< closes the dialog and does nothing; empty: "Cancel"
        OrderForm::Words form = {};
    };

    OrderDialog(const Workspace &workspace, const models::RecordRef &subject, const Words &words, QWidget *parent);

    Step step() const;

signals:
    void submitted(qint64 key); //!< the outbox entry; the dialog closes right after

protected:
    virtual QString whyNot() const = 0;        //!< why it cannot be done at all; empty when it can
    virtual models::Intent intent() const = 0; //!< as typed; hold time is added
    virtual OrderSummary summary() const = 0;
    virtual QString actionLabel() const = 0; //!< "Refund $128.40"
    virtual void showFacts() = 0;            //!< fills the form from facts(), leaving alone what a person typed
    virtual QString formProblem() const;
    //! What that was shown is no longer true, as a sentence; empty when nothing changed. By itself: the bank account.
    virtual QString whatChanged(const models::OrderFacts &before) const;
    virtual bool isDestructive() const { return false; }

    void load();
    const models::OrderFacts &facts() const; //!< only when there are details
    const Workspace &workspace() const;
    const models::RecordRef &subject() const;
    OrderForm *form() const;
    QString payee() const; //!< "Ada Lovelace, First Bank ··42", as much as is known
    QString customerName() const;
    api::Money typed() const;  //!< zero while no amount is typed
    QString typedText() const; //!< "$128.40"
    QList<OrderSummary::Fact> factsWith(
        const QList<OrderSummary::Fact> &own) const; //!< who, which bank, then `own`, then what was typed

private:
    void build();
    QWidget *buildSubject();
    QWidget *buildLoading();
    void wire();
    void showState();
    void showSubject();
    void showButtons();
    void take(models::DatabaseResult<models::OrderFacts> result);
    void couldNotLoad(const QString &why);
    bool isStale() const;
    void readAgain();
    void tookAnswer(const api::Result<models::RecordRef> &result);
    void recordsChanged(models::RecordKind kind, const QList<qint64> &keys);
    void advance();
    void review();
    void submit();
    void refused(const models::IntentRefusal &refusal);

    Workspace m_workspace;
    models::RecordRef m_subject;
    Words m_words;
    std::optional<models::OrderFacts> m_facts;
    QString m_loadProblem;
    bool m_readAgainTried = false;
    bool m_readingAgain = false;
    bool m_awaitingFacts = false; //!< the answer is in the ledger, not yet read from it
    bool m_confirming = false;
    bool m_submitting = false;
    models::LedgerRead m_read;
    api::Call m_lookUp;
    QTimer m_guard; //!< the confirmation's button wakes up only after it, so that a double click cannot go through both
                    //!< steps

    Banner *m_banner = nullptr;
    QWidget *m_subjectBox = nullptr;
    QLabel *m_subjectTitle = nullptr;
    QLabel *m_subjectFacts = nullptr;
    QLabel *m_lastRead = nullptr;
    StatusChip *m_chip = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_loadingText = nullptr;
    QPushButton *m_goOn = nullptr;
    EmptyState *m_blocked = nullptr;
    OrderForm *m_form = nullptr;
    OrderConfirmation *m_confirmation = nullptr;
};

} // namespace ui
