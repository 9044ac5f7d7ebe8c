// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/lookups.h"
#include "models/recorddetails.h"
#include "ui/workspace.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace ui {

class AmountLabel;
class Banner;
class RawAnswer;
class RecordActions;
class StatusChip;

//! Everything the ledger knows about one record, how old that is, and what can be done. In a page or as a window of its
//! own.
class Inspector : public QWidget
{
    Q_OBJECT
public:
    Inspector(const Workspace &workspace, QWidget *parent);

    void setRecord(const models::RecordRef &ref);
    const models::RecordRef &record() const;
    qint64 key() const;  //!< the row's key in its table; 0 while the ledger does not have it
    void readAgain();    //!< asks Link Money
    void becomeWindow(); //!< shown as a window of its own, deleted when closed

signals:
    void loaded(); //!< the ledger's answer about the record is shown
    void openRequested(const models::RecordRef &ref);
    void refundRequested(const models::RecordRef &transaction);
    void cancelRequested(const models::RecordRef &transaction);
    void payRequested(const models::RecordRef &customer);
    void creditRequested(const models::RecordRef &customer);
    void revealRequested(const models::RecordRef &customer);
    void relinkRequested(const models::RecordRef &customer);
    void payAgainRequested(const models::RecordRef &transaction);
    void detachRequested(const models::RecordRef &ref);
    void closeRequested();
    void listRequested(models::RecordKind kind, const QString &filter); //!< more related records than fit here

private:
    void build();
    QWidget *buildHead();
    QWidget *buildFoot();
    QToolButton *headButton(const QString &name, const QString &icon, const QString &what);
    void wire();
    void showState();
    void showHead();
    void showBody();
    void showBanner();
    void showReadTime();
    void addSection(const QString &title, QWidget *content);
    QWidget *relatedView(const QList<models::RelatedRecord> &related);
    void tookAnswer(const api::Result<models::RecordRef> &result);

    Workspace m_workspace;
    models::RecordDetailsModel m_details;
    api::Call m_lookUp;
    bool m_reading = false;
    QString m_readProblem;
    QString m_readDetails;
    QTimer m_clock;

    QToolButton *m_detach = nullptr;
    QToolButton *m_close = nullptr;
    QLabel *m_kind = nullptr;
    AmountLabel *m_amount = nullptr;
    StatusChip *m_chip = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    RecordActions *m_actions = nullptr;
    Banner *m_banner = nullptr;
    QWidget *m_body = nullptr;
    QVBoxLayout *m_content = nullptr;
    RawAnswer *m_raw = nullptr;
    QLabel *m_lastRead = nullptr;
    QPushButton *m_again = nullptr;
};

//! "Transaction", "Customer", "Payout", "Order".
QString recordKindText(models::RecordKind kind);

} // namespace ui
