// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/lookups.h"

#include <QAbstractListModel>

namespace models {

//! The omnibox: takes anything (id, name, e-mail, reference, amount, last four); the ledger answers while typing, the
//! API on ask().
class Finder : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { RefRole = Qt::UserRole, SubtitleRole, CellRole, StatusRole };
    enum class State { Idle, Searching, Ready, Asking, NotFound, Failed };

    Finder(Ledger &ledger, LookUps &lookUps, QObject *parent = nullptr);
    ~Finder() override;

    void setText(const QString &text);
    QString text() const;
    State state() const;
    QString message() const;  //!< a sentence for NotFound and Failed
    bool looksLikeId() const; //!< worth asking the API

    //! Asks the API for every kind the text could be, in parallel; emits opened() for what it finds.
    void ask();
    void cancel();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

signals:
    void stateChanged();
    void opened(const models::RecordRef &ref);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace models
