// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"

#include <QTcpSocket>

void DialogBench::answer(QTcpSocket *socket, const ScriptedServer::Received &request)
{
    if (ScriptedServer::isTokenCall(request)) {
        socket->write(ScriptedServer::tokenAnswer());
        return;
    }
    const QByteArray path = request.head.split(' ').value(1);
    const Served served = m_answers.value(path, {404, R"({"errorCode":"NOT_FOUND","errorMessage":"No such thing"})"});
    socket->write(ScriptedServer::http(served.status, served.json));
}
