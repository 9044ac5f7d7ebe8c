// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectiontest.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

//! The steps of a connection test as they go: what was tried, how it went, what to do. Hidden until a test was started.
class ConnectionTestView : public QWidget
{
    Q_OBJECT
public:
    ConnectionTestView(const models::ConnectionTest &test, QWidget *parent);
    void clear(); //!< until the next change

private:
    void showState();
    void addStep(const models::ConnectionTest::Step &step, int number);

    const models::ConnectionTest &m_test;
    QVBoxLayout *m_steps;
};

} // namespace ui
