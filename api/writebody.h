// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace api {

//! The body of a write, readable once. Qt's HTTP layer re-sends a request by itself when the connection
//! breaks before an answer, a POST too and on a new connection too; it rewinds the body first, and gives up
//! with ContentReSendError when that is refused.
class WriteBody : public QIODevice
{
    Q_OBJECT
public:
    WriteBody(const QByteArray &body, QObject *parent);

    qint64 size() const override { return m_body.size(); }
    bool reset() override { return false; }
    bool seek(qint64 position) override;

protected:
    qint64 readData(char *target, qint64 maximum) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_position = 0;
};

} // namespace api
