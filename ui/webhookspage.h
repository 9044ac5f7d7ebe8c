// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionsmodel.h"
#include "ui/workspace.h"

#include <QWidget>

#include <expected>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace ui {

class AggregationPanel;
class Banner;
class EmptyState;
class InspectorSplitter;
class ListTable;
class ReceiverSetup;
class SubscriptionActions;
class SubscriptionInspector;
class VaultFiles;

//! Whether the webhooks are alive: what is subscribed, what it covers, and what should have arrived and did not.
class WebhooksPage : public QWidget
{
    Q_OBJECT
public:
    enum class Group { Subscriptions, ToCheck, Aggregation };

    WebhooksPage(const Workspace &workspace, QWidget *parent);

    void showGroup(Group group);

signals:
    void openRequested(const models::RecordRef &ref);
    void eventsRequested(const QString &filter); //!< on the page of events
    void settingsRequested();

private:
    void build();
    QWidget *buildHead();
    void buildMore(QWidget *head);
    void buildTabs(QWidget *head);
    QWidget *buildLists();
    void wire();
    void wireInspector();
    void showState();
    void showFindings();
    void showEmptyState();
    QWidget *listOf(Group group) const;
    QString problemOf(Group group) const; //!< why its list may be old; empty when it is not
    void closeInspector();
    void showTabs();
    void showCurrent();
    void inspect(const models::WebhookSubscription &subscription);
    void openGap(int row);
    const models::WebhookSubscription *current() const;
    Group group() const;

    void tell(const std::expected<void, QString> &outcome);

    Workspace m_workspace;
    models::SubscriptionsModel m_subscriptions;
    SubscriptionActions *m_actions;
    VaultFiles *m_files;
    ReceiverSetup *m_receiver;
    Banner *m_banner = nullptr;
    Banner *m_failure = nullptr;
    Banner *m_findings = nullptr;
    QTabBar *m_tabs = nullptr;
    QPushButton *m_subscribe = nullptr;
    QToolButton *m_more = nullptr;
    InspectorSplitter *m_splitter = nullptr;
    QStackedWidget *m_stack = nullptr;
    ListTable *m_list = nullptr;
    ListTable *m_gaps = nullptr;
    EmptyState *m_empty = nullptr;
    AggregationPanel *m_aggregation = nullptr; //!< null where the family is not offered
    QLabel *m_about = nullptr;
    SubscriptionInspector *m_inspector = nullptr; //!< made on first use
};

} // namespace ui
