// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectiontest.h"

#include <QCoreApplication>

namespace models {

//! The rows of the connection test for the aggregation family: host, TLS, id, secret and tenant, then the client's
//! configuration. Reads only.
class AggregationTest : public QObject
{
    Q_OBJECT
public:
    using Step = ConnectionTest::Step;
    using Outcome = ConnectionTest::Outcome;

    AggregationTest(const QUrl &baseUrl, const api::Credentials &credentials, QObject *parent = nullptr);
    ~AggregationTest() override;

    void start();
    const QList<Step> &steps() const;

signals:
    void changed();
    void finished(bool passed);

private:
    enum StepNumber { ReachHost, TrustHost, AcceptCredentials, ReadConfiguration };

    void answered(const api::Result<api::Answer> &answer);
    bool hostAnswered(const api::Result<api::Answer> &answer);
    void tokenRefused(const api::Error &error);
    void configurationAnswered(const api::Result<api::Answer> &answer);
    void set(StepNumber number, Outcome outcome, const QString &sentence);
    void end();

    QUrl m_baseUrl;
    api::Credentials m_credentials;
    QList<Step> m_steps;
    std::unique_ptr<api::Client> m_client;
    api::Call m_call;
};

} // namespace models
