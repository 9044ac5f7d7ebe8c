// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWidget>

#include <functional>

class QLabel;
class QProgressBar;

namespace ui {

//! Where the page below comes from: lock, host, and how far it has loaded. Drawn by the console, out of the page's
//! reach. Never shows the query, which can be as good as a password.
class AddressLine : public QWidget
{
    Q_OBJECT
public:
    explicit AddressLine(QWidget *parent);
    void setAddress(const QUrl &url, bool trusted = true);
    //! F6 anywhere in `owner` goes here, and from here to the page; a hint says so.
    void switchWith(QWidget *owner, std::function<void()> toPage);
    //! Whether there is a page to go to; without one nothing is said of the way there.
    void setHasPage(bool has);
    void setProgress(int percent); //!< 100 hides it

protected:
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showAddress();
    void showHint();

    QUrl m_url;
    bool m_trusted = true;
    bool m_hasPage = false;
    QLabel *m_lock;
    QLabel *m_host;
    QLabel *m_rest;
    QLabel *m_hint;
    QProgressBar *m_progress;
};

} // namespace ui
