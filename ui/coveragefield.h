// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/webhooksubscriptions.h"

#include <QWidget>

class QLabel;
class QRadioButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui {

//! What a subscription tells of: everything, or a choice in the tree of documented events, with what each of them means
//! and asks of the merchant.
class CoverageField : public QWidget
{
    Q_OBJECT
public:
    explicit CoverageField(QWidget *parent);

    api::SubscriptionScope scope() const;
    void setScope(const api::SubscriptionScope &scope);
    //! Only these can be chosen, for ending a part of a subscription. Everything then means all of them.
    void limitTo(const api::SubscriptionScope &scope, const QString &everything);

signals:
    void changed();

private:
    void build();
    void fillTree();
    void showState();
    void explain(const QTreeWidgetItem *item);

    QRadioButton *m_everything;
    QRadioButton *m_some;
    QTreeWidget *m_tree;
    QLabel *m_meaning;
};

} // namespace ui
