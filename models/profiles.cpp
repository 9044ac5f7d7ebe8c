// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/profiles.h"

#include "models/profilerecords.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr auto builtInId = "sandbox"_L1;
constexpr qsizetype longestIdBase = 40;

Profile builtInProfile()
{
    return {.id = builtInId,
        .name = environmentName(Environment::BuiltInSandbox),
        .environment = Environment::BuiltInSandbox};
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::BuiltInSandbox:
        return u"builtin"_s;
    case Environment::LinkSandbox:
        return u"link-sandbox"_s;
    case Environment::Production:
        return u"production"_s;
    case Environment::Custom:
        return u"custom"_s;
    }
    Q_UNREACHABLE();
}

Environment environmentOfWord(const QString &word)
{
    for (const Environment environment :
        {Environment::BuiltInSandbox, Environment::LinkSandbox, Environment::Production}) {
        if (environmentWord(environment) == word)
            return environment;
    }
    return Environment::Custom;
}

QString addressProblem(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || url.isRelative())
        return ProfileStore::tr("Type a whole address, for example https://api.link.money.");
    if (url.scheme() != "https"_L1 && !(url.scheme() == "http"_L1 && isLoopback(url)))
        return ProfileStore::tr(
            "The address must begin with https://. Plain http:// is only accepted on this computer.");
    if (!url.userInfo().isEmpty())
        return ProfileStore::tr("Leave user name and password out of the address.");
    return {};
}

//! Ids become folder names, so a file that was edited by hand must not lead out of the directory.
bool isSafeId(const QString &id)
{
    static const QRegularExpression safe(u"^[a-z0-9][a-z0-9-]{0,63}$"_s);
    return safe.match(id).hasMatch();
}

//! Names, e-mail addresses and pay links are nobody else's business on a machine with many users. A folder that is
//! there already keeps what its owner chose.
void makePrivateFolder(const QString &folder)
{
    if (QFile::exists(folder) || !QDir().mkpath(folder))
        return;
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

//! An earlier damaged file is never overwritten.
QString unusedName(const QString &wanted)
{
    QString name = wanted;
    for (int number = 2; QFile::exists(name); ++number)
        name = u"%1-%2"_s.arg(wanted).arg(number);
    return name;
}

Profile readProfile(const QSettings &settings)
{
    const auto number = [&settings](const QString &key, int fallback, int low, int high) {
        return std::clamp(settings.value(key, fallback).toInt(), low, high);
    };
    return {.id = settings.group().section(u'/', -1),
        .name = settings.value(u"name"_s).toString(),
        .environment = environmentOfWord(settings.value(u"environment"_s).toString()),
        .baseUrl = QUrl(settings.value(u"baseUrl"_s).toString()),
        .clientId = settings.value(u"clientId"_s).toString(),
        .merchantId = settings.value(u"merchantId"_s).toString(),
        .redirectUrl = QUrl(settings.value(u"redirectUrl"_s).toString()),
        .refundRoute = settings.value(u"refundRoute"_s) == "refunds"_L1 ? OutboxOptions::RefundRoute::RefundsEndpoint
                                                                        : OutboxOptions::RefundRoute::ReversedPayment,
        .holdSeconds = number(u"holdSeconds"_s, 10, 0, 300),
        .maximumInFlight = number(u"maximumInFlight"_s, 32, 1, 64),
        .refreshPerMinute = number(u"refreshPerMinute"_s, 60, 0, 600),
        .aggregation = readAggregation(settings)};
}

//! Only the options of the built-in sandbox can be chosen.
Profile builtInWith(const Profile &options)
{
    Profile profile = builtInProfile();
    profile.refundRoute = options.refundRoute;
    profile.holdSeconds = options.holdSeconds;
    profile.maximumInFlight = options.maximumInFlight;
    profile.refreshPerMinute = options.refreshPerMinute;
    return profile;
}

void writeProfile(QSettings &settings, const Profile &profile)
{
    settings.setValue(u"name"_s, profile.name.trimmed());
    settings.setValue(u"environment"_s, environmentWord(profile.environment));
    settings.setValue(u"baseUrl"_s, profile.baseUrl.toString());
    settings.setValue(u"clientId"_s, profile.clientId);
    settings.setValue(u"merchantId"_s, profile.merchantId);
    settings.setValue(u"redirectUrl"_s, profile.redirectUrl.toString());
    settings.setValue(u"refundRoute"_s,
        profile.refundRoute == OutboxOptions::RefundRoute::RefundsEndpoint ? u"refunds"_s : u"reversed"_s);
    settings.setValue(u"holdSeconds"_s, profile.holdSeconds);
    settings.setValue(u"maximumInFlight"_s, profile.maximumInFlight);
    settings.setValue(u"refreshPerMinute"_s, profile.refreshPerMinute);
    writeAggregation(settings, profile.aggregation);
}

std::expected<void, QString> written(QSettings &settings)
{
    settings.sync();
    if (settings.status() == QSettings::NoError)
        return {};
    return std::unexpected(ProfileStore::tr(
        "The settings could not be written to %1. Check that the disk has room and that you may write there.")
            .arg(settings.fileName()));
}

} // namespace

QUrl defaultBaseUrl(Environment environment)
{
    switch (environment) {
    case Environment::LinkSandbox:
        return QUrl(u"https://api.link-sandbox.money"_s);
    case Environment::Production:
        return QUrl(u"https://api.link.money"_s);
    case Environment::BuiltInSandbox:
    case Environment::Custom:
        return {};
    }
    Q_UNREACHABLE();
}

QString environmentName(Environment environment)
{
    switch (environment) {
    case Environment::BuiltInSandbox:
        return ProfileStore::tr("Built-in sandbox");
    case Environment::LinkSandbox:
        return ProfileStore::tr("Link sandbox");
    case Environment::Production:
        return ProfileStore::tr("Production");
    case Environment::Custom:
        return ProfileStore::tr("Custom");
    }
    Q_UNREACHABLE();
}

bool isLoopback(const QUrl &url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

QList<ProfileProblem> aggregationProblems(const AggregationSettings &aggregation)
{
    QList<ProfileProblem> problems;
    const auto add = [&problems](const QString &field, const QString &sentence) {
        if (!sentence.isEmpty())
            problems.append({.field = field, .sentence = sentence});
    };
    const bool begun = aggregation.isUsed() || !aggregation.clientId.isEmpty() || !aggregation.tenants.isEmpty();
    if (!begun)
        return problems;
    add(u"aggregationUrl"_s, addressProblem(aggregation.baseUrl));
    add(u"aggregationClientId"_s,
        aggregation.clientId.trimmed().isEmpty()
            ? ProfileStore::tr("Type the client id that FinGoal gave you. It often begins with CLI-.")
            : QString());
    add(u"aggregationTenants"_s,
        aggregation.tenants.isEmpty()
            ? ProfileStore::tr("Type at least one tenant id. FinGoal gives every developer one; it often begins with "
                               "TNT-.")
            : QString());
    const bool climbs = aggregation.proxyPrefix.contains(".."_L1) || aggregation.proxyPrefix.contains(u'?');
    add(u"aggregationPrefix"_s, climbs ? ProfileStore::tr("Type a path such as /yodlee or /yodlee/v1.") : QString());
    add(u"fastLinkUrl"_s, aggregation.fastLinkUrl.isEmpty() ? QString() : addressProblem(aggregation.fastLinkUrl));
    return problems;
}

QList<ProfileProblem> profileProblems(const Profile &profile)
{
    QList<ProfileProblem> problems;
    const auto add = [&problems](const QString &field, const QString &sentence) {
        if (!sentence.isEmpty())
            problems.append({.field = field, .sentence = sentence});
    };
    if (profile.environment == Environment::BuiltInSandbox)
        return problems;
    add(u"name"_s, profile.name.trimmed().isEmpty() ? ProfileStore::tr("Give the profile a name.") : QString());
    add(u"baseUrl"_s, addressProblem(profile.baseUrl));
    add(u"clientId"_s,
        profile.clientId.trimmed().isEmpty()
            ? ProfileStore::tr("Type the client id from the Accounts page of Link Money's merchant portal.")
            : QString());
    add(u"merchantId"_s,
        profile.merchantId.trimmed().isEmpty()
            ? ProfileStore::tr("Type the merchant id you were given at onboarding. Payments and refunds need it.")
            : QString());
    add(u"redirectUrl"_s, profile.redirectUrl.isEmpty() ? QString() : addressProblem(profile.redirectUrl));
    problems += aggregationProblems(profile.aggregation);
    return problems;
}

ProfileStore::ProfileStore(const QString &directory, QObject *parent)
    : QObject(parent)
    , m_directory(directory)
{
    makePrivateFolder(m_directory);
    const QString file = settingsFile();
    {
        const QSettings check(file, QSettings::IniFormat);
        if (check.status() == QSettings::FormatError)
            QFile::rename(file, unusedName(file + u".damaged"_s));
    }
    load();
}

void ProfileStore::load()
{
    QSettings settings(settingsFile(), QSettings::IniFormat);
    m_profiles = {builtInProfile()};
    settings.beginGroup(u"profiles"_s);
    const QStringList ids = settings.childGroups();
    for (const QString &id : ids) {
        settings.beginGroup(id);
        if (id == builtInId)
            m_profiles.first() = builtInWith(readProfile(settings));
        else if (isSafeId(id))
            m_profiles.append(readProfile(settings));
        settings.endGroup();
    }
    settings.endGroup();
    // Another console on the same folder may choose another profile; what is open here stays.
    if (m_current.isEmpty())
        m_current = settings.value(u"current"_s, QString(builtInId)).toString();
}

const QList<Profile> &ProfileStore::profiles() const
{
    return m_profiles;
}

Profile ProfileStore::current() const
{
    const auto found = std::ranges::find(m_profiles, m_current, &Profile::id);
    return found == m_profiles.end() ? m_profiles.first() : *found;
}

bool ProfileStore::setCurrent(const QString &id)
{
    load(); // another console may have changed the profile that is opened now
    if (std::ranges::find(m_profiles, id, &Profile::id) == m_profiles.end())
        return false;
    m_current = id;
    QSettings settings(settingsFile(), QSettings::IniFormat);
    settings.setValue(u"current"_s, id);
    emit changed();
    return true;
}

std::expected<void, QString> ProfileStore::save(const Profile &profile)
{
    if (!isSafeId(profile.id))
        return std::unexpected(
            tr("The profile could not be saved: its id \"%1\" cannot name a folder.").arg(profile.id));
    const auto namesake = std::ranges::find_if(m_profiles, [&profile](const Profile &other) {
        return other.id != profile.id && other.name.compare(profile.name.trimmed(), Qt::CaseInsensitive) == 0;
    });
    if (namesake != m_profiles.end())
        return std::unexpected(tr("There is already a profile called %1. Choose another name.").arg(profile.name));
    if (auto allowed = mayReplace(profile); !allowed)
        return allowed;
    QSettings settings(settingsFile(), QSettings::IniFormat);
    settings.beginGroup(u"profiles/"_s + profile.id);
    writeProfile(settings, profile);
    settings.endGroup();
    const auto result = written(settings);
    if (result) {
        load();
        emit changed();
    }
    return result;
}

bool ProfileStore::hasRecords(const QString &id) const
{
    return ledgerHasRecords(ledgerFile(id)).value_or(true);
}

//! Against what the file says now: another console may have saved the profile since it was read.
std::expected<void, QString> ProfileStore::mayReplace(const Profile &profile) const
{
    QSettings settings(settingsFile(), QSettings::IniFormat);
    settings.beginGroup(u"profiles/"_s + profile.id);
    if (profile.id == builtInId || settings.childKeys().isEmpty())
        return {};
    const QList<ProfileProblem> problems = identityProblems(readProfile(settings), profile);
    if (problems.isEmpty())
        return {};
    const auto records = ledgerHasRecords(ledgerFile(profile.id));
    if (!records)
        return std::unexpected(records.error());
    if (*records)
        return std::unexpected(problems.first().sentence);
    return {};
}

std::expected<void, QString> ProfileStore::remove(const QString &id)
{
    if (id == builtInId)
        return std::unexpected(tr("The built-in sandbox cannot be removed."));
    QSettings settings(settingsFile(), QSettings::IniFormat);
    settings.remove(u"profiles/"_s + id);
    const auto result = written(settings);
    if (result) {
        load();
        emit changed();
    }
    return result;
}

QString ProfileStore::newId(const QString &name) const
{
    static const QRegularExpression unsafe(u"[^a-z0-9]+"_s);
    QString base = name.toLower().replace(unsafe, u"-"_s);
    while (base.startsWith(u'-'))
        base.remove(0, 1);
    base.truncate(longestIdBase);
    while (base.endsWith(u'-'))
        base.chop(1);
    if (base.isEmpty())
        base = u"profile"_s;
    QString id = base;
    // A removed profile's ledger stays on the disk: its folder is not given to another one.
    for (int number = 2;
        std::ranges::find(m_profiles, id, &Profile::id) != m_profiles.end() || QDir(m_directory).exists(id); ++number)
        id = u"%1-%2"_s.arg(base).arg(number);
    return id;
}

QString ProfileStore::folder(const QString &id) const
{
    const QDir directory(m_directory);
    makePrivateFolder(directory.filePath(id));
    return directory.filePath(id);
}

QString ProfileStore::ledgerFile(const QString &id) const
{
    return QDir(m_directory).filePath(id + u"/ledger.sqlite"_s);
}

QString ProfileStore::settingsFile() const
{
    return QDir(m_directory).filePath(u"profiles.ini"_s);
}

QString ProfileStore::viewFile() const
{
    return QDir(folder(current().id)).filePath(u"view.ini"_s);
}

QVariant ProfileStore::viewSetting(const QString &key, const QVariant &fallback) const
{
    return QSettings(viewFile(), QSettings::IniFormat).value(key, fallback);
}

void ProfileStore::setViewSetting(const QString &key, const QVariant &value)
{
    QSettings settings(viewFile(), QSettings::IniFormat);
    settings.setValue(key, value);
}

} // namespace models
