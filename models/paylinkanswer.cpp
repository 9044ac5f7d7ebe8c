// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinkanswer.h"

#include "models/outcome.h"
#include "models/pagerules.h"

#include <QCoreApplication>
#include <QHostAddress>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct AnswerWords
{
    Q_DECLARE_TR_FUNCTIONS(models::PayLink)
};

QString hostOfService(const QString &service)
{
    // A service may be written with its port.
    return QUrl(u"//"_s + service).host();
}

bool isThisMachine(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

//! Both names of the address; reference 1.4.7: sessionUrl is the newer one.
QString addressIn(const api::Json &answer)
{
    const QString newer = answer[u"sessionUrl"].text();
    return newer.isEmpty() ? answer[u"payByLinkUrl"].text() : newer;
}

PayLinkOutcome judgedAnswer(const PayLinkAttempt &attempt, const api::Json &answer)
{
    const QString address = addressIn(answer);
    if (address.isEmpty())
        return {.state = PayLinkState::Lost,
            .answer = AnswerWords::tr("Link Money answered without the address of a page: neither sessionUrl nor "
                                      "payByLinkUrl is there.")};
    const QUrl url(address, QUrl::StrictMode);
    if (const QString problem = payLinkAddressProblem(url, attempt.service); !problem.isEmpty())
        return {.state = PayLinkState::Lost, .answer = problem};
    return {.state = PayLinkState::Ready, .url = url, .answer = AnswerWords::tr("Link Money made the link.")};
}

PayLinkOutcome duplicateOutcome(const PayLinkAttempt &attempt)
{
    if (attempt.earlierMayHaveArrived)
        return {.state = PayLinkState::Lost,
            .answer = AnswerWords::tr("Link Money has this request already, so the first attempt arrived; the address "
                                      "in its answer did not. Nobody has the link.")};
    return {.state = PayLinkState::Unknown,
        .answer = AnswerWords::tr("Link Money says that it has this request already, though it was sent only once.")};
}

} // namespace

QString pagesHostOf(const QString &service)
{
    const QString host = hostOfService(service).toLower();
    return host.startsWith("api."_L1) ? u"client."_s + host.sliced(4) : host;
}

QString payLinkAddressProblem(const QUrl &url, const QString &service)
{
    const bool local = isThisMachine(hostOfService(service));
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    QString problem = local && isThisMachine(host) ? pageAddressProblem(url)
                                                   : pageAddressProblem(url, {pagesHostOf(service)});
    if (problem.isEmpty() && !local && url.port(443) != 443)
        problem = AnswerWords::tr("The address leads to an unusual port of %1.").arg(host);
    return problem.isEmpty() ? problem
                             : AnswerWords::tr("The address in Link Money's answer was not kept. %1").arg(problem);
}

PayLinkOutcome payLinkOutcomeOf(const PayLinkAttempt &attempt, const api::Result<api::Answer> &answer)
{
    if (answer)
        return judgedAnswer(attempt, answer->json);
    const api::Error &error = answer.error();
    if (error.delivery == api::Delivery::CertainlyNotSent)
        return {.state = attempt.earlierMayHaveArrived ? PayLinkState::Unknown : PayLinkState::Planned,
            .answer = AnswerWords::tr("Not sent: %1").arg(api::errorText(error))};
    if (attempt.withPayment && api::saysDuplicateRequestKey(error))
        return duplicateOutcome(attempt);
    if (!refusesTheRequest(error))
        return {.state = PayLinkState::Unknown,
            .answer = AnswerWords::tr("%1 gave no answer that can be trusted (%2).")
                .arg(error.host, api::errorDetails(error))};
    if (attempt.earlierMayHaveArrived && attempt.withPayment)
        return {.state = PayLinkState::Unknown,
            .answer = AnswerWords::tr("Asking again was refused, which says nothing about the first attempt (%1).")
                .arg(api::errorDetails(error))};
    return {.state = PayLinkState::Refused, .answer = api::errorText(error)};
}

} // namespace models
