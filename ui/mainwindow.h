// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/banner.h"
#include "ui/pages.h"
#include "ui/workspace.h"

#include <QMainWindow>

#include <array>
#include <functional>

class QStackedWidget;
class QVBoxLayout;

namespace models {
class Job;
}

namespace ui {

class Footer;
class HeaderBar;
class JobsPopup;
class Navigation;
class RecordPage;
class RefundsPage;
class UndoBar;

//! The one window: band, header, navigation, a page, footer. Pages are made on first use. What a person wants leaves as
//! signals.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(const Workspace &workspace, QWidget *parent = nullptr);
    ~MainWindow() override;

    void showPage(Page page);
    Page currentPage() const;
    void openRecord(const models::RecordRef &ref); //!< on its page, in the inspector
    void showList(models::RecordKind kind, const QString &filter);
    void followOutboxEntry(qint64 key); //!< shows the countdown with Undo
    void setConnectionState(const QString &text, bool connected);
    //! What happened, over every page: until it is closed or another takes its place.
    void showNotice(Banner::Kind kind, const QString &text, const QString &details = {});
    //! What stands in the way of all pages until it is over, each in a banner of its own.
    enum class Trouble { Connection, Disk };
    //! The action, when there is one, leaves as troubleActionTriggered.
    void showTrouble(Trouble trouble, Banner::Kind kind, const QString &text, const QString &details = {},
        const QString &action = {});
    void clearTrouble(Trouble trouble);
    QList<QAction *>
    pageActions() const; //!< of the page shown, for the list of shortcuts; the window's own are actions()

signals:
    void refundRequested(const models::RecordRef &transaction);
    void cancelRequested(const models::RecordRef &transaction);
    void payRequested(const models::RecordRef &customer);
    void creditRequested(const models::RecordRef &customer);
    void revealRequested(const models::RecordRef &customer);
    void newLinkRequested();
    void relinkRequested(const models::RecordRef &customer);
    void payAgainRequested(const models::RecordRef &transaction);
    void anotherLinkRequested(qint64 link);
    void linksFromFileRequested();
    void fastLinkRequested();
    void openLinkHereRequested(qint64 link);
    void linkCodeRequested(qint64 link);
    void importRequested(const QStringList &files); //!< empty: by dialog
    void profileChosen(const QString &id);
    void settingsRequested();
    void connectionTestRequested();
    void auditCheckRequested();
    void sandboxResetRequested();
    void keyboardHelpRequested();
    void jobOpened(models::Job *job);
    void troubleActionTriggered();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Banner *addBanner(const QString &name);
    void build();
    void wire();
    void addShortcuts();
    void addShortcut(const QString &text, const QKeySequence &keys, const std::function<void()> &act);
    void restorePlace();
    void keepPlace();
    QWidget *page(Page page);
    QWidget *makePage(Page page);
    QWidget *makeRecordPage(models::RecordKind kind);
    QWidget *makeRefundsPage();
    QWidget *makeEventsPage();
    QWidget *makeWebhooksPage();
    QWidget *makeLinksPage();
    UndoBar *undoBar();
    void showJobs();
    void showTitle();

    Workspace m_workspace;
    Page m_current = Page::Transactions;
    std::array<QWidget *, allPages.size()> m_pages{}; //!< by page; null until first shown
    HeaderBar *m_header = nullptr;
    Navigation *m_navigation = nullptr;
    Footer *m_footer = nullptr;
    QStackedWidget *m_stack = nullptr;
    Banner *m_notice = nullptr; //!< these three on first use
    std::array<Banner *, 2> m_troubles = {};
    QVBoxLayout *m_banners = nullptr;
    UndoBar *m_undoBar = nullptr;     //!< made on first use
    JobsPopup *m_jobsPopup = nullptr; //!< made on first use
};

} // namespace ui
