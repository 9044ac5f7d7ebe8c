// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"

#include <QColor>
#include <QEvent>
#include <QFont>
#include <QIcon>
#include <QPalette>

#include <optional>

class QApplication;
class QWidget;

namespace ui {

//! The visual language in one place: colours, spacings, radii and type. Pages use these names and never literals.
enum class Colour {
    Canvas,
    Surface,
    Raised,
    Hairline,
    Ink,
    MutedInk,
    Accent,
    OnAccent,
    Selection,
    SandboxBand,
    LinkSandboxBand,
    ProductionBand,
    CustomBand,
    DangerInk,
    DangerGround,
};

struct ToneColours
{
    QColor ink;
    QColor ground;
};

namespace spacing {
inline constexpr int xs = 4, s = 8, m = 12, l = 16, xl = 24, xxl = 32;
}
namespace radius {
inline constexpr int control = 6, card = 10;
}
namespace metrics {
inline constexpr int headerHeight = 48, navigationWidth = 200, inspectorWidth = 380, statusHeight = 28, rowHeight = 36,
                     bandHeight = 3, controlHeight = 32;
}

enum class Type { Caption, Body, BodyStrong, Section, Title, Amount, Mono };

class Theme
{
public:
    enum class Scheme { Light, Dark };
    enum class Choice { System, Light, Dark };

    //! Style, palette and font for the whole application; follows the system unless told otherwise.
    static void install(QApplication &application, Choice choice);
    static Scheme scheme();
    //! What the desktop said that it prefers; without a preference the platform's palette decides. Has no effect after
    //! install() with a choice of its own.
    static void follow(std::optional<Scheme> desktop);
    static void change(Scheme scheme);     //!< at run time, as the system does
    static QEvent::Type changeEvent();     //!< comes to every widget after that, for colours it has set itself
    static bool reducedMotion();           //!< nothing may move for show
    static void followMotion(bool wanted); //!< what the desktop said

    static QColor colour(Colour role);
    static ToneColours tone(models::StatusTone tone);
    static QFont font(Type type);
    //! Colours a widget's text by role; follows a later change of scheme.
    static void setInk(QWidget *widget, Colour role);
    //! One of the icons named in resources/icons.txt, in the theme's ink or in `role`.
    static QIcon icon(const QString &name, Colour role = Colour::Ink);
};

} // namespace ui
