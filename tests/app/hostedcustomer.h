// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QNetworkAccessManager>
#include <QString>
#include <QUrl>

#include <utility>

//! A customer who walks through the sandbox's hosted pages as a browser would: reads a page, fills in its form, follows
//! the answer. Keeps away from JavaScript and from the sandbox's code.
class HostedCustomer
{
public:
    using Fields = QList<std::pair<QString, QString>>;

    bool open(const QUrl &link);
    //! Sends the form whose id begins with `form`; false when the page has no such form.
    bool submit(const QString &form, const Fields &fields = {});
    //! Chooses the first bank, signs in, takes the first account, agrees and leaves by the last button.
    bool linkAccount();

    const QUrl &returnedTo() const { return m_returnedTo; } //!< the redirect; empty while still on the pages
    const QString &page() const { return m_page; }

private:
    bool take(QNetworkReply *reply);
    QNetworkAccessManager m_network;
    QUrl m_address;
    QUrl m_returnedTo;
    QString m_page;
};
