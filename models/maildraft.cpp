// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maildraft.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct MailWords
{
    Q_DECLARE_TR_FUNCTIONS(models::MailDraft)
};

bool hasControl(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) {
        return c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
    });
}

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

} // namespace

QString mailAddressProblem(const QString &address)
{
    if (hasControl(address))
        return MailWords::tr("The e-mail address holds a line break. Type it again on one line.");
    // One local part, one @, a domain with a point; no quoting, no list of several, no header characters.
    static const QRegularExpression one(
        u"^[^\\s@,;:<>()\\[\\]\\\\\"]+@[^\\s@,;:<>()\\[\\]\\\\\"?&=%#/.]+(\\.[^\\s@,;:<>()\\[\\]\\\\\"?&=%#/.]+)+$"_s);
    if (!one.match(address).hasMatch())
        return MailWords::tr("This is not an e-mail address, such as ada@example.com.");
    return {};
}

std::expected<QUrl, QString> mailtoUrl(const MailDraft &mail)
{
    if (const QString problem = mailAddressProblem(mail.to); !problem.isEmpty())
        return std::unexpected(problem);
    if (hasControl(mail.subject))
        return std::unexpected(MailWords::tr("The subject holds a line break. Type it again on one line."));
    QString body = mail.body;
    body.replace(u"\r\n"_s, u"\n"_s).replace(u'\n', u"\r\n"_s);
    const QByteArray to = QUrl::toPercentEncoding(mail.to, "@");
    return QUrl::fromEncoded(
        "mailto:" + to + "?subject=" + encoded(mail.subject) + "&body=" + encoded(body), QUrl::StrictMode);
}

} // namespace models
