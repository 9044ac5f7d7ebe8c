// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/lookups.h"

#include <QObject>
#include <QTimer>

namespace models {

//! Keeps records that can still change up to date: asks again, paced, with back-off and jitter, the ones on screen
//! first.
class Refresher : public QObject
{
    Q_OBJECT
public:
    Refresher(Ledger &ledger, LookUps &lookUps, QObject *parent = nullptr);
    void start();
    void stop();
    void setMaximumPerMinute(int lookUps);      //!< default 60
    void showing(const QList<RecordRef> &refs); //!< what the person looks at: asked first

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace models
