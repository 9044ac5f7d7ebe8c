// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace ui {

//! What happened, what to do, "Try again", "Copy details". Hidden while there is nothing to say; announced to screen
//! readers when shown.
class Banner : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Error };

    explicit Banner(QWidget *parent = nullptr);
    void showMessage(Kind kind, const QString &text, const QString &details = {}, const QString &action = {});
    void clear();
    void makeClosable(); //!< for what has no end of its own: whoever has read it closes it
    QString text() const;

signals:
    void actionTriggered();

protected:
    bool event(QEvent *event) override;

private:
    void takeColours();

    Kind m_kind = Kind::Info;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_copy;
    QString m_details;
};

} // namespace ui
