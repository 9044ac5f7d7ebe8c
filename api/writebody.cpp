// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/writebody.h"

#include <algorithm>
#include <cstring>

namespace api {

WriteBody::WriteBody(const QByteArray &body, QObject *parent)
    : QIODevice(parent)
    , m_body(body)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

bool WriteBody::seek(qint64 position)
{
    return position == m_position && QIODevice::seek(position);
}

qint64 WriteBody::readData(char *target, qint64 maximum)
{
    const qint64 count = std::min(maximum, m_body.size() - m_position);
    std::memcpy(target, m_body.constData() + m_position, static_cast<std::size_t>(count));
    m_position += count;
    return count;
}

} // namespace api
