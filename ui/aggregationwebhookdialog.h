// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregationwebhooks.h"
#include "ui/dialogframe.h"

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;

namespace ui {

class Banner;

//! Registers a webhook of the aggregation family, or changes one: where it delivers, what it tells of, and whether it
//! delivers at all. Stays open until the outcome is known.
class AggregationWebhookDialog : public DialogFrame
{
    Q_OBJECT
public:
    //! `existing`: the one to change; nothing for a new one. `tenant` is named, because each has a list of its own.
    AggregationWebhookDialog(const models::Profile &profile, const QString &tenant,
        const std::optional<api::RegisteredWebhook> &existing, QWidget *parent);

    //! An address of our receiver: it stands there until another is typed.
    void suggest(const QString &uri);
    void showProblem(const QString &sentence, const QString &details = {}); //!< the dialog can be used again

signals:
    void createRequested(const QString &uri, const QStringList &types, bool disabled);
    void changeRequested(const api::WebhookChange &change); //!< holds only what is different

private:
    void build(const QString &tenant);
    void fillTypes();
    void wire();
    void showState();
    void explain();
    void hand();
    QStringList types() const;
    api::WebhookChange change() const;
    QString problem() const;
    bool isUnchanged() const;

    std::optional<api::RegisteredWebhook> m_existing;
    Banner *m_banner = nullptr;
    QLineEdit *m_uri = nullptr;
    QListWidget *m_types = nullptr;
    QLabel *m_meaning = nullptr;
    QCheckBox *m_on = nullptr;
    bool m_waiting = false;
};

} // namespace ui
