// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregationwebhooks.h"
#include "ui/workspace.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace ui {

class AggregationWebhookDialog;
class AggregationWebhookInspector;
class Banner;
class EmptyState;
class InspectorSplitter;
class ListTable;

//! The webhook registry of the aggregation family, one list per tenant: what is registered, how it fares, and what can
//! be done with it. The server keeps the list, so it is read anew whenever the panel is shown.
class AggregationPanel : public QWidget
{
    Q_OBJECT
public:
    //! `place` gets the details of the chosen webhook beside its other widgets.
    AggregationPanel(
        models::Aggregation &aggregation, const Workspace &workspace, InspectorSplitter &place, QWidget *parent);

    void closeInspector(); //!< and back to the list

signals:
    void settingsRequested(); //!< where the family's address and credentials are entered

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    QWidget *buildHead();
    void wire();
    void wireInspector();
    void addShortcut(const QString &text, const QKeySequence &keys, const std::function<void()> &act);
    bool isUsable() const; //!< something can be asked
    void read();
    void fillTenants();
    void showState();
    void showStale();
    void showReadTime();
    //! What stands in place of the rows; false when there are rows to show.
    bool showInstead();
    void instead(const QString &title, const QString &text, const QString &action, std::function<void()> act);
    void showCurrent();
    void showInspector(const api::RegisteredWebhook &webhook);
    std::optional<api::RegisteredWebhook> current() const;

    void create();
    void created(const api::Result<api::RegisteredWebhook> &made, AggregationWebhookDialog &dialog);
    void receive(const QString &uri, const QString &pathToken);
    void change();
    void switchTo(bool on);
    void test();
    void readOne();
    void remove();
    void tell(const api::WebhookId &id, const std::optional<api::Error> &error);

    models::Aggregation &m_aggregation;
    Workspace m_workspace;
    InspectorSplitter &m_place;
    models::AggregationWebhooks m_webhooks;
    QHash<api::WebhookId, api::WebhookTest> m_tests; //!< of this run
    std::function<void()> m_insteadAction;
    QTimer m_tick;
    QComboBox *m_tenant = nullptr;
    QLabel *m_readTime = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_new = nullptr;
    QWidget *m_head = nullptr;
    Banner *m_banner = nullptr; //!< the list is not of now
    Banner *m_notice = nullptr;
    QStackedWidget *m_stack = nullptr;
    ListTable *m_list = nullptr;
    EmptyState *m_empty = nullptr;
    AggregationWebhookInspector *m_inspector = nullptr; //!< made on first use
};

} // namespace ui
