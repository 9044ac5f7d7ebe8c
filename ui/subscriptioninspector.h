// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/webhooksubscriptions.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class StatusChip;

//! What the console knows of one webhook subscription, and what can be done with it.
class SubscriptionInspector : public QWidget
{
    Q_OBJECT
public:
    explicit SubscriptionInspector(QWidget *parent);

    //! `secretText`: where its secret is.
    void setSubscription(const models::WebhookSubscription &subscription, const QString &secretText);
    const QString &id() const { return m_subscription.id; }

signals:
    void eventsRequested(const QString &id); //!< those that arrived through it
    void renameRequested(const QString &id);
    void signatureRequested(const QString &id);
    void endRequested(const QString &id);
    void forgetRequested(const QString &id);
    void closeRequested();

private:
    void build();
    QWidget *buildHead();
    QWidget *buildActions();
    void showState();
    void showFacts();
    void addSection(const QString &title, const QList<QPair<QString, QString>> &facts);
    QString advice() const;

    models::WebhookSubscription m_subscription;
    QString m_secretText;
    QLabel *m_title = nullptr;
    StatusChip *m_chip = nullptr;
    QLabel *m_advice = nullptr;
    QPushButton *m_events = nullptr;
    QPushButton *m_rename = nullptr;
    QPushButton *m_signature = nullptr;
    QPushButton *m_end = nullptr;
    QPushButton *m_forget = nullptr;
    QWidget *m_facts = nullptr;
    QVBoxLayout *m_content = nullptr;
};

} // namespace ui
