// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregationwebhooks.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class Banner;
class StatusChip;

//! One entry of the aggregation family's registry: how it fares, what it tells of, how the last test went, and what can
//! be done with it.
class AggregationWebhookInspector : public QWidget
{
    Q_OBJECT
public:
    explicit AggregationWebhookInspector(QWidget *parent);

    //! `busy`: an action on it is under way, so that no other can begin.
    void setWebhook(const api::RegisteredWebhook &webhook, bool busy);
    //! How the last test of this run went; nothing while none was sent.
    void setTest(const std::optional<api::WebhookTest> &test);
    void showProblem(const QString &sentence, const QString &details);
    void clearProblem();
    const api::WebhookId &id() const { return m_webhook.id; }

signals:
    void testRequested();
    void changeRequested();
    void switchRequested(bool on);
    void readRequested();
    void removeRequested();
    void closeRequested();

private:
    void build();
    QWidget *buildHead();
    QWidget *buildActions();
    void showState();
    void showFacts();
    void addSection(const QString &title, const QList<QPair<QString, QString>> &facts);
    QList<QPair<QString, QString>> testFacts() const;

    api::RegisteredWebhook m_webhook;
    std::optional<api::WebhookTest> m_test;
    bool m_busy = false;
    Banner *m_banner = nullptr;
    QLabel *m_title = nullptr;
    StatusChip *m_chip = nullptr;
    QLabel *m_health = nullptr;
    QPushButton *m_fire = nullptr;
    QPushButton *m_change = nullptr;
    QPushButton *m_switch = nullptr;
    QPushButton *m_read = nullptr;
    QPushButton *m_remove = nullptr;
    QWidget *m_facts = nullptr;
    QVBoxLayout *m_content = nullptr;
};

} // namespace ui
