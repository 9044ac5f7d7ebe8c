// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"
#include "ui/secretfield.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;
class QVBoxLayout;

namespace ui {

//! The aggregation family of a profile: collapsed behind its title while it is not used. What is wrong is said under
//! the field while typing.
class AggregationFields : public QWidget
{
    Q_OBJECT
public:
    explicit AggregationFields(QWidget *parent);

    void setSettings(const models::AggregationSettings &settings); //!< forgets the typed secret; opens when used
    models::AggregationSettings settings() const;                  //!< as typed
    SecretField *secret() const;
    void setExpanded(bool expanded);

signals:
    void changed();

private:
    struct Field
    {
        QLineEdit *edit = nullptr;
        QLabel *problem = nullptr;
        QString name; //!< as in models::ProfileProblem
    };

    void build();
    void buildAccess(QVBoxLayout *layout);
    void buildFastLink(QVBoxLayout *layout);
    void buildProxy(QVBoxLayout *layout);
    Field makeField(QVBoxLayout *layout, const QString &name, const QString &label, const QString &hint);
    void wire();
    void edited();
    void showState();

    models::AggregationSettings m_given;
    bool m_filling = false;
    QToolButton *m_title = nullptr;
    QWidget *m_content = nullptr;
    Field m_address, m_clientId, m_prefix, m_fastLinkUrl, m_loader;
    SecretField *m_secret = nullptr;
    QPlainTextEdit *m_tenants = nullptr;
    QLabel *m_tenantsProblem = nullptr;
    QComboBox *m_variant = nullptr;
    QLineEdit *m_apiVersion = nullptr;
    QCheckBox *m_userTokens = nullptr;
};

} // namespace ui
