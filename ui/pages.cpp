// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

struct Pages
{
    Q_DECLARE_TR_FUNCTIONS(Pages)
};

} // namespace

QString pageTitle(Page page)
{
    switch (page) {
    case Page::Transactions:
        return Pages::tr("Transactions");
    case Page::Customers:
        return Pages::tr("Customers");
    case Page::Payouts:
        return Pages::tr("Payouts");
    case Page::Refunds:
        return Pages::tr("Refunds");
    case Page::Events:
        return Pages::tr("Events");
    case Page::Webhooks:
        return Pages::tr("Webhooks");
    case Page::Links:
        return Pages::tr("Pay links");
    }
    Q_UNREACHABLE();
}

QString pageIcon(Page page)
{
    switch (page) {
    case Page::Transactions:
        return u"reverse"_s;
    case Page::Customers:
        return u"user-others"_s;
    case Page::Payouts:
        return u"view-bank"_s;
    case Page::Refunds:
        return u"edit-undo"_s;
    case Page::Events:
        return u"mail-receive"_s;
    case Page::Webhooks:
        return u"network-connect"_s;
    case Page::Links:
        return u"link"_s;
    }
    Q_UNREACHABLE();
}

QString pageName(Page page)
{
    switch (page) {
    case Page::Transactions:
        return u"transactions"_s;
    case Page::Customers:
        return u"customers"_s;
    case Page::Payouts:
        return u"payouts"_s;
    case Page::Refunds:
        return u"refunds"_s;
    case Page::Events:
        return u"events"_s;
    case Page::Webhooks:
        return u"webhooks"_s;
    case Page::Links:
        return u"links"_s;
    }
    Q_UNREACHABLE();
}

Page pageOf(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return Page::Transactions;
    case models::RecordKind::Customer:
        return Page::Customers;
    case models::RecordKind::Payout:
        return Page::Payouts;
    case models::RecordKind::OutboxEntry:
        return Page::Refunds;
    case models::RecordKind::Event:
        return Page::Events;
    case models::RecordKind::PayLink:
        return Page::Links;
    }
    Q_UNREACHABLE();
}

} // namespace ui
