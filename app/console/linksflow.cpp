// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/linksflow.h"

#include "models/job.h"
#include "models/redirectresult.h"
#include "ui/linkbatchdialog.h"
#include "ui/linkpanewindow.h"
#include "ui/mainwindow.h"
#include "ui/qrdialog.h"
#include "ui/sessiondialog.h"

#include <QDateTime>
#include <QDesktopServices>

namespace console {

LinksFlow::LinksFlow(const ui::Workspace &workspace, ui::MainWindow &window, ui::PaneLoader &loader, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_window(window)
    , m_loader(loader)
    , m_fastLink(workspace, window, loader)
{
    wire();
}

void LinksFlow::wire()
{
    using models::PayLinkPurpose;
    using Window = ui::MainWindow;
    connect(&m_window, &Window::newLinkRequested, this, [this] { newLink(PayLinkPurpose::New, {}); });
    connect(&m_window, &Window::relinkRequested, this, &LinksFlow::relink);
    connect(&m_window, &Window::fastLinkRequested, this, [this] { m_fastLink.open(); });
    connect(&m_window, &Window::payAgainRequested, this,
        [this](const models::RecordRef &payment) { newLink(PayLinkPurpose::PayAgain, payment.id); });
    connect(&m_window, &Window::anotherLinkRequested, this, &LinksFlow::another);
    connect(&m_window, &Window::linkCodeRequested, this, &LinksFlow::showCode);
    connect(&m_window, &Window::openLinkHereRequested, this, &LinksFlow::openHere);
    connect(&m_window, &Window::linksFromFileRequested, this, &LinksFlow::fromFile);
}

void LinksFlow::newLink(models::PayLinkPurpose purpose, const QString &recordId)
{
    auto *dialog = new ui::SessionDialog(m_workspace, purpose, recordId, &m_window);
    connect(dialog, &ui::SessionDialog::created, &m_window,
        [this](qint64 link) { m_window.openRecord({models::RecordKind::PayLink, QString::number(link)}); });
    dialog->open();
}

void LinksFlow::relink(const models::RecordRef &customer)
{
    if (const auto user = models::linkedUserOf(customer))
        m_fastLink.open(*user);
    else
        newLink(models::PayLinkPurpose::Relink, customer.id);
}

void LinksFlow::another(qint64 link)
{
    auto *dialog = new ui::SessionDialog(m_workspace, link, &m_window);
    connect(dialog, &ui::SessionDialog::created, &m_window,
        [this](qint64 made) { m_window.openRecord({models::RecordKind::PayLink, QString::number(made)}); });
    dialog->open();
}

void LinksFlow::fromFile()
{
    auto *dialog = new ui::LinkBatchDialog(m_workspace, &m_window);
    connect(dialog, &ui::LinkBatchDialog::started, this,
        [this](models::PayLinkBatch *batch) { m_workspace.jobs.add(batch); });
    dialog->open();
}

void LinksFlow::restoreBatches()
{
    models::PayLinkBatch::restore(
        m_workspace.payLinks, m_workspace.ledger, this, [this](const QList<models::PayLinkBatch *> &batches) {
            for (models::PayLinkBatch *batch : batches)
                m_workspace.jobs.add(batch);
        });
}

void LinksFlow::showBatch(models::PayLinkBatch *batch)
{
    auto *dialog = new ui::LinkBatchSummary(m_workspace, batch, &m_window);
    connect(dialog, &ui::LinkBatchSummary::listRequested, &m_window,
        [this](qint64 id) { m_window.showList(models::RecordKind::PayLink, QStringLiteral("file:%1").arg(id)); });
    dialog->open();
}

void LinksFlow::withUsable(qint64 link, std::function<void(const models::PayLink &)> use)
{
    using Link = std::optional<models::PayLink>;
    m_read = m_workspace.ledger.read<Link>(
        [link](models::Database &database) { return models::readPayLink(database, link); }, this,
        [this, use = std::move(use)](const models::DatabaseResult<Link> &found) {
            if (!found)
                return m_window.showNotice(
                    ui::Banner::Kind::Error, models::databaseErrorText(found.error()), found.error().message);
            if (*found && models::payLinkActions(**found, QDateTime::currentMSecsSinceEpoch()).useUrl)
                use(**found);
            else
                m_window.showNotice(ui::Banner::Kind::Info, tr("This link can no longer be used. Make another."));
        });
}

void LinksFlow::showCode(qint64 link)
{
    withUsable(
        link, [this](const models::PayLink &found) { (new ui::QrDialog(m_workspace, found, &m_window))->open(); });
}

void LinksFlow::openHere(qint64 link)
{
    withUsable(link, [this](const models::PayLink &found) { showPane(found); });
}

void LinksFlow::showPane(const models::PayLink &link)
{
    auto *pane = new ui::LinkPaneWindow(m_loader, m_workspace.asker, m_workspace.profile, &m_window);
    models::PayLinks &links = m_workspace.payLinks;
    connect(pane, &ui::LinkPaneWindow::redirectCaught, &links,
        [&links, key = link.key, redirect = link.redirectUrl](
            const QUrl &url) { links.tookRedirect(key, models::readRedirect(url, redirect)); });
    connect(pane, &ui::LinkPaneWindow::stateChanged, &links, [&links, pane, key = link.key](ui::LinkPane::State state) {
        if (state == ui::LinkPane::State::Abandoned && pane->pane()->wasShown())
            links.noteLeft(key);
    });
    connect(pane, &ui::LinkPaneWindow::systemBrowserRequested, &links, [&links, key = link.key](const QUrl &url) {
        if (QDesktopServices::openUrl(url))
            links.noteOpened(key, tr("In the web browser of this computer."));
    });
    connect(
        pane, &ui::LinkPaneWindow::externalUrlRequested, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    pane->open({.kind = models::PaneRequest::Kind::PayLink,
                   .address = link.url,
                   .redirect = link.redirectUrl,
                   .hosts = models::clientHosts(m_workspace.profile)},
        tr("%1 · %2", "what a pay link is for, customer").arg(models::payLinkAim(link), link.name));
    if (pane->pane())
        links.noteOpened(link.key, tr("In a window of this console."));
}

} // namespace console
