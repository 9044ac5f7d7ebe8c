// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/request.h"

#include <QUrl>

namespace api {

QByteArray path(std::initializer_list<QStringView> segments)
{
    QByteArray result;
    for (const QStringView segment : segments) {
        if (segment.isEmpty() || segment == u"." || segment == u"..")
            return {};
        result += '/' + QUrl::toPercentEncoding(segment.toString());
    }
    return result;
}

QByteArray query(std::initializer_list<QPair<QStringView, QString>> fields)
{
    QByteArray result;
    for (const auto &[name, value] : fields) {
        if (!value.isEmpty())
            result += (result.isEmpty() ? '?' : '&') + QUrl::toPercentEncoding(name.toString()) + '='
                + QUrl::toPercentEncoding(value);
    }
    return result;
}

} // namespace api
