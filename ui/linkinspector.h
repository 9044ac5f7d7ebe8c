// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paylinks.h"
#include "ui/workspace.h"

#include <QWidget>

class QFormLayout;
class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class AmountLabel;
class Banner;
class StatusChip;

//! One pay link: what it is for, how far its life has come and how that is known, what to do next, and the buttons that
//! do it. Never shows the address itself.
class LinkInspector : public QWidget
{
    Q_OBJECT
public:
    LinkInspector(const Workspace &workspace, QWidget *parent);

    void setLink(qint64 key);
    qint64 key() const; //!< 0: none
    const std::optional<models::PayLink> &link() const;

signals:
    void openRequested(const models::RecordRef &ref);
    void openHereRequested(qint64 key);
    void codeRequested(qint64 key);    //!< the QR code
    void anotherRequested(qint64 key); //!< a new link with the same content
    void revealRequested(const models::RecordRef &customer);
    void closeRequested();

private:
    void build();
    QWidget *buildHead();
    QWidget *buildActions();
    void wire();
    void read();
    void showState();
    void showActions();
    void showLife();
    void showFacts();
    void addFact(const QString &label, const QString &value, bool mono = false);
    void addLink(const QString &label, const models::RecordRef &ref);
    void copy();
    void mail();
    void openOutside();
    void send();

    Workspace m_workspace;
    qint64 m_key = 0;
    models::LedgerRead m_read;
    std::optional<models::PayLink> m_link;
    bool m_readFailed = false;

    Banner *m_banner = nullptr;
    QLabel *m_aim = nullptr;
    AmountLabel *m_amount = nullptr;
    StatusChip *m_chip = nullptr;
    QLabel *m_known = nullptr;
    QLabel *m_who = nullptr;
    QLabel *m_next = nullptr;
    QLabel *m_answer = nullptr;
    QPushButton *m_close = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_mail = nullptr;
    QPushButton *m_code = nullptr;
    QPushButton *m_here = nullptr;
    QPushButton *m_outside = nullptr;
    QPushButton *m_send = nullptr;
    QPushButton *m_verified = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_another = nullptr;
    QWidget *m_life = nullptr;
    QGridLayout *m_buttons = nullptr;
    QVBoxLayout *m_content = nullptr;
    QFormLayout *m_facts = nullptr;
};

} // namespace ui
