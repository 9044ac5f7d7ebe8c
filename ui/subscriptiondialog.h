// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/vaulttext.h"
#include "ui/dialogframe.h"

class QLineEdit;

namespace ui {

class Banner;
class CoverageField;
class SchemeField;

//! Makes a Pay by Bank subscription, or takes one that was made elsewhere under the console's care by its key. Stays
//! open until the outcome is known.
class SubscriptionDialog : public DialogFrame
{
    Q_OBJECT
public:
    enum class Mode { Subscribe, AddByKey };

    //! Where events should go by default; empty when no receiver of ours is set up.
    struct Place
    {
        QString url = {};
        QString pathToken = {};
    };

    SubscriptionDialog(const models::Profile &profile, Mode mode, const Place &place, QWidget *parent);

    void showProblem(const QString &sentence); //!< what came of it; the dialog can be used again

signals:
    void subscribeRequested(const models::NewSubscription &wanted);
    void addRequested(const models::KnownSubscription &known);

private:
    void build();
    QWidget *buildSecret();
    void wire();
    void showState();
    void hand();
    QString problem() const;
    models::NewSubscription facts() const;

    Mode m_mode;
    Place m_place;
    Banner *m_banner = nullptr;
    QLineEdit *m_key = nullptr; //!< only for one that was made elsewhere
    QLineEdit *m_name = nullptr;
    QLineEdit *m_url = nullptr;
    QLineEdit *m_secret = nullptr;
    CoverageField *m_coverage = nullptr;
    SchemeField *m_scheme = nullptr;
    bool m_waiting = false;
};

} // namespace ui
