// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"
#include "ui/secretfield.h"

#include <QSet>
#include <QWidget>

class QComboBox;
class QVBoxLayout;

namespace ui {

class AggregationFields;
class ProfileOptions;

//! The fields of one profile, with what is wrong said under the field while typing. Holds the draft; saving is the
//! dialog's business.
class ProfileForm : public QWidget
{
    Q_OBJECT
public:
    explicit ProfileForm(QWidget *parent);

    //! Forgets the typed secret. `hasRecords`: another merchant, environment or address is refused.
    void setProfile(const models::Profile &profile, bool hasRecords);
    models::Profile profile() const; //!< as typed
    bool isChanged() const;          //!< against what was set, or a secret was typed
    bool changesConnection() const;  //!< the service, the merchant or the client id is another
    QString problem() const;         //!< the first sentence; empty when it can be saved
    SecretField *secret() const;
    SecretField *aggregationSecret() const;
    void focusFirst();

signals:
    void changed();

private:
    struct Field
    {
        QLabel *title = nullptr;
        QLineEdit *edit = nullptr;
        QLabel *problem = nullptr;
        QString name; //!< as in models::ProfileProblem
    };

    void build();
    void buildEnvironment(QVBoxLayout *layout);
    Field makeField(QVBoxLayout *layout, const QString &name, const QString &label, const QString &hint);
    void wire();
    void wireField(Field &field);
    void environmentChosen();
    void showState();
    QList<Field *> fields();
    QList<models::ProfileProblem> problems() const;

    models::Profile m_given;
    bool m_hasRecords = false;
    bool m_filling = false;
    QSet<QString> m_touched;
    Field m_name, m_baseUrl, m_clientId, m_merchantId, m_redirectUrl;
    QWidget *m_connection = nullptr; //!< everything the built-in sandbox does not need
    QLabel *m_builtInNote = nullptr;
    QLabel *m_environmentTitle = nullptr;
    QComboBox *m_environment = nullptr;
    QLabel *m_environmentNote = nullptr;
    QLabel *m_environmentProblem = nullptr;
    SecretField *m_secret = nullptr;
    AggregationFields *m_aggregation = nullptr;
    ProfileOptions *m_options = nullptr;
};

} // namespace ui
