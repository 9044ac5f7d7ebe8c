// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/credentials.h"
#include "tests/benchmarks/childprocess.h"

#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

namespace benchmarks {

//! linkmoney-sandbox with that many transactions, and the ids a merchant would know.
class SandboxProcess
{
public:
    explicit SandboxProcess(qint64 transactions, const QStringList &arguments = {});

    const QUrl &url() const { return m_url; }
    const api::Credentials &credentials() const { return m_credentials; }
    QStringList transactionIds(qsizetype limit) const;
    QByteArray bearerToken() const; //!< for reading transactions

private:
    QTemporaryDir m_directory;
    ChildProcess m_process;
    QUrl m_url;
    api::Credentials m_credentials;
};

} // namespace benchmarks
