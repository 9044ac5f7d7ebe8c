// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

//! What a screen reader or a keyboard would stumble over in what is shown of a window, one line each: controls without
//! a name or with a mnemonic in it, tables with nameless columns, fields without a label.
QStringList accessibleProblems(QWidget &window);

//! Letters that two controls that are shown claim at once.
QStringList mnemonicClashes(QWidget &window);

//! What Tab reaches from where the focus is, until it comes round.
QList<QWidget *> tabOrder(QWidget &window);

//! Controls that are shown and enabled but that Tab does not reach.
QStringList skippedByTab(QWidget &window);
//! The steps by which Tab goes back up in a column, when there are more than the one from the end to the start.
QStringList backwardsByTab(QWidget &window);

QString widgetLine(const QWidget &widget);
