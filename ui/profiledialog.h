// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectiontest.h"
#include "ui/dialogframe.h"
#include "ui/secretfield.h"

class QListWidget;

namespace ui {

class Asker;
class Banner;
class ConnectionTestView;
class ProfileForm;

//! The profiles: list left, fields right. Saves to the store; secrets leave as signals and their outcome comes back
//! through showSecretState().
class ProfileDialog : public DialogFrame
{
    Q_OBJECT
public:
    //! What the dialog works with; everything outlives it.
    struct Parts
    {
        models::ProfileStore &store;
        models::ConnectionTest &test;
        Asker &asker;
    };

    ProfileDialog(const Parts &parts, const models::Profile &open, QWidget *parent = nullptr);

    void reject() override; //!< asks first when something would be lost

public slots:
    //! How it stands with a profile's secret; `sentence` replaces the usual words, for problems.
    void showSecretState(const QString &profileId, ui::SecretState state, const QString &sentence = {});
    //! The same for the aggregation family's secret.
    void showAggregationSecretState(const QString &profileId, ui::SecretState state, const QString &sentence = {});

signals:
    void secretEntered(const QString &profileId, const QByteArray &secret);
    void removeSecretRequested(const QString &profileId);
    void aggregationSecretEntered(const QString &profileId, const QByteArray &secret);
    void removeAggregationSecretRequested(const QString &profileId);
    void secretStateRequested(const QString &profileId);
    //! To be tried through the ConnectionTest given; an empty secret means the one that is kept.
    void testRequested(const models::Profile &profile, const QByteArray &secret, const QByteArray &aggregationSecret);
    void switchRequested(const QString &profileId); //!< open this profile; the dialog closes

private:
    void build();
    QWidget *buildList();
    QWidget *buildButtons();
    void wire();
    void wireButtons();
    void showState();
    void showProfiles();
    void choose(const QString &id);
    void show(const models::Profile &profile);
    void tellSecretState(SecretField *field, const QString &profileId, SecretState state, const QString &sentence);
    void leaveFor(const std::function<void()> &next);
    void addProfile();
    void save();
    void removeProfile();
    void test();
    bool isStored(const QString &id) const;
    bool isProduction() const;

    Parts m_parts;
    QString m_openId;
    QString m_id; //!< of the profile in the form
    Banner *m_banner = nullptr;
    QListWidget *m_list = nullptr;
    ProfileForm *m_form = nullptr;
    ConnectionTestView *m_steps = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_switch = nullptr;
    QPushButton *m_remove = nullptr;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::SecretState)
