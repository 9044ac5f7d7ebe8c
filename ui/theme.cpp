// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include "ui/consolestyle.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <QWidget>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

struct Pair
{
    QRgb light;
    QRgb dark;

    QColor of(Theme::Scheme scheme) const { return QColor::fromRgb(scheme == Theme::Scheme::Light ? light : dark); }
};

constexpr const char *inkProperty = "ink";

Theme::Scheme currentScheme = Theme::Scheme::Light;
std::optional<Theme::Scheme> desktopScheme; //!< goes before the platform's palette
bool desktopMoves = true;

Pair pairOf(Colour role)
{
    switch (role) {
    case Colour::Canvas:
        return {0xF6F7F9, 0x12151A};
    case Colour::Surface:
        return {0xFFFFFF, 0x191D24};
    case Colour::Raised:
        return {0xFFFFFF, 0x20252E};
    case Colour::Hairline:
        return {0xE3E6EA, 0x2C323C};
    case Colour::Ink:
        return {0x1A1F26, 0xE8EBF0};
    case Colour::MutedInk:
        return {0x5B6470, 0xA3ACB8};
    case Colour::Accent:
        return {0x2F5BEA, 0x7C9CFF};
    case Colour::OnAccent:
        return {0xFFFFFF, 0x0E1320};
    case Colour::Selection:
        return {0xE8EEFF, 0x26335C};
    case Colour::SandboxBand:
        return {0x2F5BEA, 0x7C9CFF};
    case Colour::LinkSandboxBand:
        return {0xE09600, 0xF0BE5A};
    case Colour::ProductionBand:
        return {0xC62F26, 0xFF7468};
    case Colour::CustomBand:
        return {0x6B3FA0, 0xC9A6F5};
    case Colour::DangerInk:
        return {0xB3261E, 0xFF9A90};
    case Colour::DangerGround:
        return {0xFDE8E6, 0x3B1A18};
    }
    Q_UNREACHABLE();
}

struct TonePair
{
    Pair ink;
    Pair ground;
};

TonePair pairOf(models::StatusTone tone)
{
    switch (tone) {
    case models::StatusTone::Done:
        return {{0x0B6B3A, 0x6FD39B}, {0xE3F5EA, 0x15301F}};
    case models::StatusTone::Waiting:
        return {{0x8A5A00, 0xF0BE5A}, {0xFFF3D6, 0x352A10}};
    case models::StatusTone::Failed:
        return {{0xB3261E, 0xFF9A90}, {0xFDE8E6, 0x3B1A18}};
    case models::StatusTone::Unknown:
        return {{0x6B3FA0, 0xC9A6F5}, {0xF1E9FB, 0x2B1F3D}};
    case models::StatusTone::InProgress:
        return {{0x1F5A8A, 0x86C3F2}, {0xE5F1FA, 0x142B3D}};
    case models::StatusTone::Idle:
        return {{0x4A5360, 0xB4BDC9}, {0xECEFF3, 0x262C35}};
    }
    Q_UNREACHABLE();
}

QPalette paletteFor()
{
    QPalette palette;
    const QColor ink = Theme::colour(Colour::Ink);
    const QColor muted = Theme::colour(Colour::MutedInk);
    const std::array<std::pair<QPalette::ColorRole, QColor>, 16> roles{{
        {QPalette::Window, Theme::colour(Colour::Canvas)},
        {QPalette::WindowText, ink},
        {QPalette::Base, Theme::colour(Colour::Surface)},
        {QPalette::AlternateBase, Theme::colour(Colour::Canvas)},
        {QPalette::Text, ink},
        {QPalette::Button, Theme::colour(Colour::Raised)},
        {QPalette::ButtonText, ink},
        {QPalette::BrightText, Theme::colour(Colour::OnAccent)},
        {QPalette::Highlight, Theme::colour(Colour::Selection)},
        {QPalette::HighlightedText, ink},
        {QPalette::ToolTipBase, Theme::colour(Colour::Raised)},
        {QPalette::ToolTipText, ink},
        {QPalette::PlaceholderText, muted},
        {QPalette::Link, Theme::colour(Colour::Accent)},
        {QPalette::LinkVisited, Theme::colour(Colour::Accent)},
        {QPalette::Mid, Theme::colour(Colour::Hairline)},
    }};
    for (const auto &[role, colour] : roles)
        palette.setColor(role, colour);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, muted);
    return palette;
}

QFont sized(QFont font, int pixels, QFont::Weight weight)
{
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

//! Draws a symbolic SVG in one colour of the theme, rendered when it is first painted.
class ThemeIconEngine : public QIconEngine
{
public:
    ThemeIconEngine(QString file, Colour role)
        : m_file(std::move(file))
        , m_role(role)
    {
    }
    Q_DISABLE_COPY_MOVE(ThemeIconEngine)

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, rendered(rect.size(), ratio, mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override { return rendered(size, 1.0, mode); }
    QIconEngine *clone() const override { return new ThemeIconEngine(m_file, m_role); }

private:
    QPixmap rendered(const QSize &size, qreal ratio, QIcon::Mode mode) const
    {
        const QColor colour = Theme::colour(mode == QIcon::Disabled ? Colour::MutedInk : m_role);
        const QString key = u"%1/%2/%3x%4@%5"_s.arg(m_file, colour.name())
                                .arg(size.width())
                                .arg(size.height())
                                .arg(ratio);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(m_file);
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(QRect(QPoint(), size), colour);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QString m_file;
    Colour m_role;
};

void applyInk(QWidget *widget, Colour role)
{
    QPalette palette = widget->palette();
    palette.setColor(QPalette::WindowText, Theme::colour(role));
    palette.setColor(QPalette::Text, Theme::colour(role)); // what is drawn on a Base ground
    widget->setPalette(palette);
}

Theme::Scheme schemeOf(const QPalette &palette)
{
    constexpr int middle = 128;
    return palette.color(QPalette::Window).lightness() < middle ? Theme::Scheme::Dark : Theme::Scheme::Light;
}

//! The platform tells of a new system theme by changing the palette; ours would hide it, so it is taken off to look.
class SystemWatcher : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool told = event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::ThemeChange;
        if (told && watched == parent())
            look();
        return false;
    }

    void look()
    {
        if (m_looking)
            return;
        m_looking = true;
        QApplication::setPalette(QPalette());
        const Theme::Scheme system = schemeOf(QApplication::palette());
        Theme::change(desktopScheme.value_or(system));
        m_looking = false;
    }

private:
    bool m_looking = false;
};

} // namespace

void Theme::change(Scheme scheme)
{
    currentScheme = scheme;
    QApplication::setPalette(paletteFor());
    for (QWidget *widget : QApplication::allWidgets()) {
        if (const QVariant ink = widget->property(inkProperty); ink.isValid())
            applyInk(widget, static_cast<Colour>(ink.toInt()));
        QEvent changed(changeEvent());
        QCoreApplication::sendEvent(widget, &changed);
        widget->update();
    }
}

QEvent::Type Theme::changeEvent()
{
    static const int type = QEvent::registerEventType();
    return static_cast<QEvent::Type>(type);
}

void Theme::setInk(QWidget *widget, Colour role)
{
    widget->setProperty(inkProperty, static_cast<int>(role));
    applyInk(widget, role);
}

void Theme::install(QApplication &application, Choice choice)
{
    const Scheme system = schemeOf(QApplication::palette());
    currentScheme = choice == Choice::System ? system : choice == Choice::Dark ? Scheme::Dark : Scheme::Light;
    QApplication::setStyle(new ConsoleStyle);
    QApplication::setPalette(paletteFor());
    application.setFont(font(Type::Body));
    if (choice == Choice::System)
        application.installEventFilter(new SystemWatcher(&application));
}

void Theme::follow(std::optional<Scheme> desktop)
{
    desktopScheme = desktop;
    if (auto *watcher = qApp->findChild<SystemWatcher *>())
        watcher->look();
}

Theme::Scheme Theme::scheme()
{
    return currentScheme;
}

bool Theme::reducedMotion()
{
    return !desktopMoves;
}

void Theme::followMotion(bool wanted)
{
    desktopMoves = wanted;
}

QColor Theme::colour(Colour role)
{
    return pairOf(role).of(currentScheme);
}

ToneColours Theme::tone(models::StatusTone tone)
{
    const TonePair pair = pairOf(tone);
    return {.ink = pair.ink.of(currentScheme), .ground = pair.ground.of(currentScheme)};
}

QFont Theme::font(Type type)
{
    static const QString family = QFontDatabase::hasFamily(u"Inter"_s) ? u"Inter"_s : QString();
    QFont base = family.isEmpty() ? QFont() : QFont(family);
    switch (type) {
    case Type::Caption:
        return sized(base, 12, QFont::Normal);
    case Type::Body:
        return sized(base, 13, QFont::Normal);
    case Type::BodyStrong:
        return sized(base, 13, QFont::DemiBold);
    case Type::Section:
        return sized(base, 15, QFont::DemiBold);
    case Type::Title:
        return sized(base, 20, QFont::DemiBold);
    case Type::Amount:
        return sized(base, 28, QFont::DemiBold);
    case Type::Mono:
        return sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), 12, QFont::Normal);
    }
    Q_UNREACHABLE();
}

QIcon Theme::icon(const QString &name, Colour role)
{
    const QString file = u":/icons/"_s + name + u".svg"_s;
    return QFile::exists(file) ? QIcon(new ThemeIconEngine(file, role)) : QIcon();
}

} // namespace ui

#include "theme.moc"
