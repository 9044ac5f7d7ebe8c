// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"

#include "app/console/ledgerproblem.h"
#include "app/console/ledgerprogress.h"
#include "app/console/linksflow.h"
#include "app/console/settingsflow.h"
#include "app/console/tour.h"
#include "models/auditreport.h"
#include "models/importjob.h"
#include "models/openmoney.h"
#include "models/recordtablemodel.h"
#include "ui/canceldialog.h"
#include "ui/creditdialog.h"
#include "ui/importdialog.h"
#include "ui/importsummarydialog.h"
#include "ui/keyboardhelp.h"
#include "ui/paymentdialog.h"
#include "ui/refunddialog.h"
#include "ui/revealdialog.h"
#include "ui/secretdialog.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QFile>
#include <QTableView>
#include <QTextStream>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace console {

Console::Console(Options options, std::unique_ptr<ui::Asker> asker, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_profiles(m_options.dataDirectory)
    , m_asker(std::move(asker))
{
}

Console::~Console()
{
    closeProfile();
}

ui::MainWindow *Console::window() const
{
    return m_window.get();
}

Session *Console::session() const
{
    return m_session.get();
}

void Console::open()
{
    if (!m_options.tourDirectory.isEmpty())
        m_profiles.setCurrent(m_profiles.profiles().first().id); // the tour moves money, so only where it is not real
    else if (!m_options.profile.isEmpty() && !m_profiles.setCurrent(m_options.profile))
        QTextStream(stderr)
            << tr("There is no profile %1; opening %2.").arg(m_options.profile, m_profiles.current().name) << '\n';
    openProfile(m_profiles.current());
}

void Console::openProfileById(const QString &id)
{
    // Queued: the window that asked for it goes away on the way.
    QTimer::singleShot(0, this, [this, id] {
        if (m_profiles.setCurrent(id))
            openProfile(m_profiles.current());
    });
}

void Console::closeProfile()
{
    m_links.reset();
    m_window.reset();
    m_settings.reset();
    m_session.reset();
    m_update.reset();
    m_problem.reset();
}

void Console::openProfile(const models::Profile &profile)
{
    closeProfile();
    if (models::LedgerUpdate::isNeeded(m_profiles.ledgerFile(profile.id)))
        return updateLedger(profile);
    openSession(profile);
}

void Console::openSession(const models::Profile &profile)
{
    auto session = Session::open(m_profiles, profile, m_options.sandboxArguments);
    if (!session)
        return showLedgerProblem(profile, session.error());
    m_session = std::move(*session);
    m_window = std::make_unique<ui::MainWindow>(m_session->workspace(*m_asker));
    m_settings = std::make_unique<SettingsFlow>(m_profiles, *m_session, *m_asker, *m_window);
    m_links = std::make_unique<LinksFlow>(m_session->workspace(*m_asker), *m_window, m_pane);
    connect(m_session.get(), &Session::ready, m_links.get(), &LinksFlow::restoreBatches, Qt::SingleShotConnection);
    wireWindow();
    wireOrders();
    wireSession();
    m_window->showPage(ui::Page::Transactions);
    m_window->show();
    if (m_options.measureStart)
        reportWhenPainted();
    else
        QTimer::singleShot(0, m_session.get(), [this] { afterFirstPaint(); });
}

void Console::updateLedger(const models::Profile &profile)
{
    m_problem = std::make_unique<LedgerProgress>(profile);
    m_problem->show();
    m_update = std::make_unique<models::LedgerUpdate>(m_profiles.ledgerFile(profile.id));
    m_update->start([this, profile](const models::DatabaseResult<void> &updated) {
        if (!updated)
            return showLedgerProblem(profile, updated.error());
        // Queued: what runs this goes away on the way.
        QTimer::singleShot(0, this, [this, profile] {
            closeProfile();
            openSession(profile);
        });
    });
}

void Console::afterFirstPaint()
{
    m_session->start();
    if (!m_options.tourDirectory.isEmpty())
        startTour();
}

void Console::showLedgerProblem(const models::Profile &profile, const models::DatabaseError &error)
{
    auto problem = std::make_unique<LedgerProblem>(profile, error);
    connect(problem.get(), &LedgerProblem::retryRequested, this, [this, profile] { openProfileById(profile.id); });
    connect(problem.get(), &LedgerProblem::setAsideRequested, this, [this, profile] { askToSetAside(profile); });
    problem->show();
    m_problem = std::move(problem);
}

//! What it holds of money under way is not in the new ledger, which would let it be sent once more.
void Console::askToSetAside(const models::Profile &profile)
{
    const ui::Asker::Question question{.title = tr("Begin an empty ledger?"),
        .text = models::openMoneyWarning(models::readOpenMoney(m_profiles.ledgerFile(profile.id))),
        .yes = tr("Keep the file aside and begin an empty ledger"),
        .destructive = true,
        .production = profile.environment == models::Environment::Production};
    m_asker->ask(m_problem.get(), question, [this, profile](bool yes) {
        if (yes)
            setLedgerAside(profile);
    });
}

//! Nothing is thrown away: the file keeps its content under another name.
void Console::setLedgerAside(const models::Profile &profile)
{
    const QString file = m_profiles.ledgerFile(profile.id);
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    for (const QString &part : {QString(), u"-wal"_s, u"-shm"_s}) {
        if (QFile::exists(file + part))
            QFile::rename(file + part, file + u".aside-"_s + stamp + part);
    }
    openProfileById(profile.id);
}

void Console::wireWindow()
{
    ui::MainWindow *window = m_window.get();
    connect(window, &ui::MainWindow::importRequested, this, &Console::importFiles);
    connect(window, &ui::MainWindow::profileChosen, this, &Console::openProfileById);
    connect(window, &ui::MainWindow::settingsRequested, m_settings.get(), &SettingsFlow::open);
    connect(window, &ui::MainWindow::connectionTestRequested, m_settings.get(), &SettingsFlow::openAndTest);
    connect(window, &ui::MainWindow::jobOpened, this, &Console::showJob);
    connect(window, &ui::MainWindow::sandboxResetRequested, this, &Console::resetSandbox);
    connect(window, &ui::MainWindow::auditCheckRequested, this, &Console::checkAudit);
    connect(window, &ui::MainWindow::troubleActionTriggered, m_session.get(), &Session::start);
    connect(window, &ui::MainWindow::keyboardHelpRequested, this, [this] {
        QList<ui::KeyboardHelp::Group> groups{ui::KeyboardHelp::groupOf(tr("Window"), m_window->actions()),
            ui::KeyboardHelp::groupOf(tr("This page"), m_window->pageActions())};
        groups.append(ui::KeyboardHelp::everywhere());
        (new ui::KeyboardHelp(m_session->profile(), groups, m_window.get()))->open();
    });
    connect(m_settings.get(), &SettingsFlow::switchRequested, this, &Console::openProfileById);
}

template<typename Dialog> void Console::openOrder(const models::RecordRef &subject)
{
    auto *dialog = new Dialog(m_session->workspace(*m_asker), subject, m_window.get());
    connect(dialog, &Dialog::submitted, m_window.get(), &ui::MainWindow::followOutboxEntry);
    dialog->open();
}

void Console::wireOrders()
{
    ui::MainWindow *window = m_window.get();
    connect(window, &ui::MainWindow::refundRequested, this, &Console::openOrder<ui::RefundDialog>);
    connect(window, &ui::MainWindow::cancelRequested, this, &Console::openOrder<ui::CancelDialog>);
    connect(window, &ui::MainWindow::payRequested, this, &Console::openOrder<ui::PaymentDialog>);
    connect(window, &ui::MainWindow::creditRequested, this, [this](const models::RecordRef &customer) {
        auto *dialog = new ui::CreditDialog(m_session->workspace(*m_asker), customer, m_window.get());
        connect(dialog, &ui::CreditDialog::submitted, m_window.get(), &ui::MainWindow::followOutboxEntry);
        connect(dialog, &ui::CreditDialog::refundInsteadRequested, m_window.get(), &ui::MainWindow::openRecord);
        dialog->open();
    });
    connect(window, &ui::MainWindow::revealRequested, this, [this](const models::RecordRef &customer) {
        (new ui::RevealDialog(m_session->workspace(*m_asker), customer, m_window.get()))->open();
    });
}

void Console::wireSession()
{
    Session *session = m_session.get();
    const ui::Workspace workspace = session->workspace(*m_asker);
    connect(session, &Session::ready, m_window.get(), [this] {
        m_window->clearTrouble(ui::MainWindow::Trouble::Connection);
        const bool started = m_session->profile().environment == models::Environment::BuiltInSandbox;
        m_window->setConnectionState(started ? tr("connected") : tr("not asked yet"), started);
    });
    connect(session, &Session::secretMissing, this, &Console::askForSecret);
    connect(session, &Session::sandboxFailed, m_window.get(), [this](const QString &sentence) {
        m_window->setConnectionState(tr("not connected"), false);
        m_window->showTrouble(
            ui::MainWindow::Trouble::Connection, ui::Banner::Kind::Error, sentence, {}, tr("Try again"));
    });
    connect(session, &Session::importPlanned, m_window.get(), [this](const QString &problem) {
        if (!problem.isEmpty())
            m_window->showNotice(ui::Banner::Kind::Error, problem);
    });
    connect(&workspace.lookUps, &models::LookUps::succeeded, m_window.get(),
        [this] { m_window->setConnectionState(tr("connected"), true); });
    connect(&workspace.lookUps, &models::LookUps::failed, m_window.get(), [this](const api::Error &error) {
        if (error.httpStatus == 0)
            m_window->setConnectionState(tr("not connected"), false);
    });
    connect(
        &workspace.ledger, &models::Ledger::writeFailed, m_window.get(), [this](const models::DatabaseError &error) {
            m_window->showTrouble(ui::MainWindow::Trouble::Disk, ui::Banner::Kind::Error,
                models::databaseErrorText(error), error.message);
        });
    connect(&workspace.ledger, &models::Ledger::writeRecovered, m_window.get(),
        [this] { m_window->clearTrouble(ui::MainWindow::Trouble::Disk); });
}

//! Of several, one after the other, until one is given up.
void Console::importFiles(const QStringList &files)
{
    auto *dialog = new ui::ImportDialog(m_session->workspace(*m_asker), m_window.get());
    connect(dialog, &ui::ImportDialog::startRequested, m_session.get(), &Session::importIds);
    dialog->open();
    if (files.isEmpty())
        return;
    dialog->openFile(files.first());
    if (files.size() > 1)
        connect(dialog, &QDialog::accepted, m_window.get(), [this, files] { importFiles(files.sliced(1)); });
}

void Console::showJob(models::Job *job)
{
    if (auto *import = qobject_cast<models::ImportJob *>(job))
        (new ui::ImportSummaryDialog(m_session->profile(), import, m_window.get()))->open();
    else if (auto *batch = qobject_cast<models::PayLinkBatch *>(job))
        m_links->showBatch(batch);
}

void Console::askForSecret(const api::SecretError &error)
{
    m_window->setConnectionState(tr("no client secret"), false);
    auto *dialog = new ui::SecretDialog(m_session->profile(), api::secretErrorText(error), m_window.get());
    connect(dialog, &ui::SecretDialog::secretEntered, m_session.get(),
        [this](const QString &, const QByteArray &secret) { m_session->useSecretForThisRun(secret); });
    connect(dialog, &ui::SecretDialog::retryRequested, m_session.get(), &Session::start);
    connect(m_session.get(), &Session::secretMissing, dialog,
        [dialog](const api::SecretError &again) { dialog->showProblem(api::secretErrorText(again)); });
    connect(m_session.get(), &Session::ready, dialog, &QDialog::accept);
    connect(dialog, &QDialog::rejected, m_window.get(), [this] {
        m_window->showTrouble(ui::MainWindow::Trouble::Connection, ui::Banner::Kind::Warning,
            tr("Without the client secret nothing can be read or sent at Link Money. What is in the ledger can be "
               "looked at."),
            {}, tr("Enter the secret…"));
    });
    disconnect(m_session.get(), &Session::secretMissing, this, nullptr); // one dialog at a time
    connect(dialog, &QObject::destroyed, m_window.get(),
        [this] { connect(m_session.get(), &Session::secretMissing, this, &Console::askForSecret); });
    dialog->open();
}

void Console::resetSandbox()
{
    if (m_session->profile().environment != models::Environment::BuiltInSandbox || saysThatItIsOpenElsewhere())
        return;
    const ui::Asker::Question question{.title = tr("Reset the sandbox"),
        .text = tr("Everything that happened in the built-in sandbox is forgotten, and so is this profile's ledger "
                   "with its audit trail. "
                   "Other profiles are not touched."),
        .yes = tr("Reset the sandbox"),
        .destructive = true};
    m_asker->ask(m_window.get(), question, [this](bool yes) {
        if (!yes || saysThatItIsOpenElsewhere())
            return;
        // Queued: the window that asked goes away on the way.
        QTimer::singleShot(0, this, [this, profile = m_session->profile()] { forgetSandbox(profile.id); });
    });
}

//! Under another console's feet nothing is reset: it would go on with a ledger that is no longer there.
bool Console::saysThatItIsOpenElsewhere()
{
    if (!m_session->isOpenElsewhere())
        return false;
    m_window->showNotice(ui::Banner::Kind::Warning,
        tr("The sandbox is open in another console window. Close that one first, then reset the sandbox here."));
    return true;
}

void Console::forgetSandbox(const QString &profile)
{
    closeProfile();
    SandboxHost::forget(m_profiles.folder(profile));
    const QString file = m_profiles.ledgerFile(profile);
    for (const QString &part : {QString(), u"-wal"_s, u"-shm"_s})
        QFile::remove(file + part);
    // At once: a program without any window ends.
    m_profiles.setCurrent(profile);
    openProfile(m_profiles.current());
}

void Console::checkAudit()
{
    m_session->checkAudit(m_window.get(), [this](const models::DatabaseResult<models::AuditReport> &report) {
        if (!report)
            m_window->showNotice(
                ui::Banner::Kind::Error, models::databaseErrorText(report.error()), report.error().message);
        else
            m_window->showNotice(report->isSound() ? ui::Banner::Kind::Info : ui::Banner::Kind::Error,
                models::auditSentence(*report), models::auditDetails(*report).join(u'\n'));
    });
}

//! One line when the table has painted rows, for measurements; then the program ends.
void Console::reportWhenPainted()
{
    auto *poll = new QTimer(m_window.get());
    connect(poll, &QTimer::timeout, m_window.get(), [this] {
        const auto *table = m_window->findChild<QTableView *>(u"transactionsTable"_s);
        const auto *model = table ? qobject_cast<const models::RecordTableModel *>(table->model()) : nullptr;
        if (!model || model->rowCount() == 0 || !model->index(0, 0).data(models::RecordTableModel::LoadedRole).toBool())
            return;
        m_window->repaint();
        QTextStream(stdout) << "painted " << model->rowCount() << '\n';
        QApplication::quit();
    });
    poll->start(1);
}

void Console::startTour()
{
    auto *tour = new Tour(*m_window, m_session->workspace(*m_asker), m_options.tourDirectory, m_window.get());
    connect(tour, &Tour::finished, qApp, [](int exitCode) { QCoreApplication::exit(exitCode); });
    tour->start();
}

} // namespace console
