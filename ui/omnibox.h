// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QLineEdit>

namespace models {
class Finder;
}

namespace ui {

class OmniPopup;

//! Takes anything: id, name, e-mail, reference, amount, last four. Answers appear below while typing; Enter opens the
//! chosen one, or asks Link Money for an id that the ledger does not know.
class OmniBox : public QLineEdit
{
    Q_OBJECT
public:
    OmniBox(models::Finder &finder, QWidget *parent);

    void start(); //!< focus with everything selected, as Ctrl+K does

signals:
    void openRequested(const models::RecordRef &ref);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void wire();
    void showState();
    void accept();
    void open(const models::RecordRef &ref);
    void leave();

    models::Finder &m_finder;
    OmniPopup *m_popup = nullptr; //!< made on first use
    bool m_openWhenReady = false; //!< Enter came before the ledger's answer
};

} // namespace ui
