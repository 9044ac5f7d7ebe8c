// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPlainTextEdit;
class QToolButton;

namespace ui {

//! What Link Money answered, redacted, folded until asked for.
class RawAnswer : public QWidget
{
    Q_OBJECT
public:
    explicit RawAnswer(QWidget *parent);
    void setText(const QString &title, const QString &json);

private:
    void showState();

    QToolButton *m_fold;
    QToolButton *m_copy;
    QPlainTextEdit *m_text = nullptr; //!< made when unfolded first
    QString m_json;
};

} // namespace ui
