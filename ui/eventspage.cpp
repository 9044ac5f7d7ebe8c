// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/eventspage.h"

#include "models/eventactor.h"
#include "models/eventexchange.h"
#include "models/inbox.h"
#include "models/plurals.h"
#include "models/receiver.h"
#include "ui/asker.h"
#include "ui/replaydialog.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QDateTime>
#include <QFile>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QThread>

#include <expected>
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr qint64 largestImport = 256LL * 1024 * 1024;
constexpr int mostExported = 100'000;

QString goneText()
{
    return EventsPage::tr("What was delivered is not in the ledger any more.");
}

using Content = std::expected<QByteArray, QString>;

//! Takes its time with a large file, or one far away.
Content contentOf(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return std::unexpected(EventsPage::tr("%1 cannot be read: %2.").arg(file, source.errorString()));
    if (source.size() > largestImport)
        return std::unexpected(EventsPage::tr("%1 is larger than 256 MB. Split it, then import the parts.").arg(file));
    QByteArray lines = source.readAll();
    if (source.error() != QFileDevice::NoError)
        return std::unexpected(EventsPage::tr("%1 could not be read to its end: %2.").arg(file, source.errorString()));
    return lines;
}

QString importSentence(const models::EventImport &import)
{
    QStringList parts{
        models::counted(import.stored, EventsPage::tr("1 event imported"), EventsPage::tr("%1 events imported"))};
    if (import.repeats > 0)
        parts.append(models::counted(
            import.repeats, EventsPage::tr("1 was here already"), EventsPage::tr("%1 were here already")));
    if (import.conflicts > 0)
        parts.append(models::counted(import.conflicts, EventsPage::tr("1 differs from the one with the same id"),
            EventsPage::tr("%1 differ from the ones with the same id")));
    QString sentence = parts.join(u", "_s) + u'.';
    if (!import.refused.isEmpty())
        sentence += EventsPage::tr(" Line %1 could not be read: %2")
                        .arg(import.refused.first().line)
                        .arg(import.refused.first().sentence);
    if (import.refused.size() > 1)
        sentence += EventsPage::tr(" And %1 more.").arg(import.refused.size() - 1);
    return sentence;
}

} // namespace

EventsPage::EventsPage(const Workspace &workspace, QWidget *parent)
    : RecordPage(workspace, models::RecordKind::Event, parent)
{
    auto *save = new QPushButton(tr("E&xport…"), this);
    save->setObjectName(u"exportEventsButton"_s);
    save->setToolTip(tr("Writes the events shown as lines of JSON"));
    save->setAutoDefault(false);
    addHeadButton(save);
    setImportText(tr("&Import events…"), tr("Reads lines of JSON that were exported here or elsewhere"));
    connect(save, &QPushButton::clicked, this, &EventsPage::exportShown);
    connect(this, &RecordPage::importRequested, this, &EventsPage::importEvents);
}

RecordPage::NothingYet EventsPage::nothingYet() const
{
    const bool receives = this->workspace().receiver.settings().enabled;
    return {.icon = u"mail-receive"_s,
        .title = tr("No events yet"),
        .text = receives ? tr("The receiver waits for them. They appear here the moment Link Money sends one.")
                         : tr("Switch the receiver on under Webhooks, or import events that were received elsewhere."),
        .action = tr("Import events…")};
}

void EventsPage::fillKindMenu(QMenu *menu, const models::RecordRef &ref)
{
    connect(menu->addAction(tr("&Act on it again")), &QAction::triggered, this, [this, ref] { actAgain(ref); });
    connect(menu->addAction(tr("&Send it again…")), &QAction::triggered, this, [this, ref] { sendAgain(ref); });
    connect(menu->addAction(tr("Copy as c&url")), &QAction::triggered, this, [this, ref] { copyAsCurl(ref); });
}

void EventsPage::actAgain(const models::RecordRef &ref)
{
    if (!workspace().actor.isActive())
        return tell(Banner::Kind::Warning, tr("Link Money cannot be asked yet. Wait until the console is connected."));
    workspace().actor.actOn({ref.id.toLongLong()});
}

void EventsPage::sendAgain(const models::RecordRef &ref)
{
    const qint64 key = ref.id.toLongLong();
    using Event = std::optional<models::InboxEvent>;
    m_sending = workspace().ledger.read<Event>(
        [key](models::Database &database) { return models::readEvent(database, key); }, this,
        [this, key](const models::DatabaseResult<Event> &event) {
            if (!event)
                return tell(Banner::Kind::Error, models::databaseErrorText(event.error()));
            if (!*event)
                return tell(Banner::Kind::Warning, goneText());
            const QString type = (*event)->facts.type;
            const QString title = type.isEmpty() ? tr("An event that cannot be read") : models::eventTitle(type);
            (new ReplayDialog(workspace(), key, title, this))->open();
        });
}

void EventsPage::withDelivery(
    const models::RecordRef &ref, const std::function<void(const api::WebhookDelivery &)> &use)
{
    using Delivery = std::optional<api::WebhookDelivery>;
    m_copying = workspace().ledger.read<Delivery>(
        [key = ref.id.toLongLong()](models::Database &database) { return models::readDelivery(database, key); }, this,
        [this, use](const models::DatabaseResult<Delivery> &delivery) {
            if (!delivery)
                return tell(Banner::Kind::Error, models::databaseErrorText(delivery.error()));
            if (!*delivery)
                return tell(Banner::Kind::Warning, goneText());
            use(**delivery);
        });
}

void EventsPage::copyAsCurl(const models::RecordRef &ref)
{
    withDelivery(ref, [this](const api::WebhookDelivery &delivery) {
        QUrl url = workspace().receiver.urlFor({});
        url.setPath(QString::fromUtf8(delivery.path));
        QGuiApplication::clipboard()->setText(models::curlCommand(delivery, url));
        tell(Banner::Kind::Info, tr("The command is on the clipboard. It sends the same delivery to this receiver."));
    });
}

void EventsPage::importEvents()
{
    workspace().asker.openFile(this, tr("Import events"), tr("Lines of JSON (*.jsonl *.ndjson *.json);;All files (*)"),
        [this](const QString &file) { importFile(file); });
}

void EventsPage::importFile(const QString &file)
{
    const auto content = std::make_shared<Content>();
    QThread *thread = QThread::create([file, content] { *content = contentOf(file); });
    connect(thread, &QThread::finished, this, [this, content] {
        if (*content)
            importLines(**content);
        else
            tell(Banner::Kind::Error, content->error());
    });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    tell(Banner::Kind::Info, tr("Importing…"));
    thread->start();
}

void EventsPage::importLines(const QByteArray &lines)
{
    auto outcome = std::make_shared<models::EventImport>();
    const auto job = [lines, outcome, &ledger = workspace().ledger](
                         models::Database &database) -> models::DatabaseResult<void> {
        const auto imported = models::importEvents(
            database, lines, models::WebhookFamily::PayByBank, QDateTime::currentMSecsSinceEpoch());
        if (!imported)
            return std::unexpected(imported.error());
        *outcome = *imported;
        for (const qint64 key : imported->keys)
            ledger.noteChange(models::RecordKind::Event, key);
        return {};
    };
    workspace().ledger.write(
        job, models::Ledger::Durability::Full, this, [this, outcome](const models::DatabaseResult<void> &written) {
            if (!written)
                return tell(Banner::Kind::Error, models::databaseErrorText(written.error()));
            tell(outcome->refused.isEmpty() ? Banner::Kind::Info : Banner::Kind::Warning, importSentence(*outcome));
        });
}

void EventsPage::exportShown()
{
    if (m_exporting.isActive())
        return tell(Banner::Kind::Info, tr("An export is being written. Wait for it, then begin the next."));
    if (!model().totals().complete)
        return tell(Banner::Kind::Info, tr("The events are still being counted. Export them when that is done."));
    QList<qint64> keys;
    const int rows = qMin(model().rowCount(), mostExported);
    for (int row = 0; row < rows; ++row)
        keys.append(model().keyAt(row));
    if (keys.isEmpty())
        return tell(Banner::Kind::Info, tr("There is nothing to export: no event is shown."));
    const QString day = QDate::currentDate().toString(Qt::ISODate);
    workspace().asker.saveFile(this, tr("Export events"), u"events-%1.jsonl"_s.arg(day),
        [this, keys, others = model().rowCount() - rows](const QString &file) {
            tell(Banner::Kind::Info, tr("Exporting…"));
            m_exporting = workspace().ledger.read<QByteArray>(
                [keys](models::Database &database) { return models::exportEvents(database, keys); }, this,
                [this, file, others](const models::DatabaseResult<QByteArray> &lines) {
                    if (lines)
                        saveLines(file, *lines, others);
                    else
                        tell(Banner::Kind::Error, models::databaseErrorText(lines.error()));
                },
                models::Ledger::Lane::Long);
        });
}

void EventsPage::saveLines(const QString &file, const QByteArray &lines, int others)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(lines) != lines.size() || !target.commit())
        return tell(Banner::Kind::Error,
            tr("%1 could not be written: %2. Choose another place.").arg(file, target.errorString()));
    const qsizetype events = lines.count('\n');
    if (others == 0)
        return tell(Banner::Kind::Info,
            models::counted(events, tr("1 event exported to %2."), tr("%1 events exported to %2.")).arg(file));
    tell(Banner::Kind::Warning,
        models::counted(others,
            tr("The first %2 events exported to %3. 1 more is shown; filter the list to export it."),
            tr("The first %2 events exported to %3. %1 more are shown; filter the list to export them."))
            .arg(locale().toString(events), file));
}

} // namespace ui
