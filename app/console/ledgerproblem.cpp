// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/ledgerproblem.h"

#include "ui/banner.h"
#include "ui/environment.h"
#include "ui/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace console {

LedgerProblem::LedgerProblem(const models::Profile &profile, const models::DatabaseError &error)
{
    setWindowTitle(tr("%1 — Merchant Console").arg(profile.name));
    auto *title = new QLabel(tr("The ledger of %1 cannot be opened").arg(profile.name), this);
    title->setFont(ui::Theme::font(ui::Type::Title));
    auto *banner = new ui::Banner(this);
    auto *file = new QLabel(tr("File: %1").arg(error.file), this);
    for (QLabel *label : {title, file})
        label->setTextFormat(Qt::PlainText);
    file->setTextInteractionFlags(Qt::TextSelectableByMouse);
    file->setWordWrap(true);
    auto *retry = new QPushButton(tr("&Try again"), this);
    retry->setObjectName(u"retryButton"_s);
    retry->setDefault(true);
    auto *aside = new QPushButton(tr("Keep the file aside and &begin an empty ledger"), this);
    aside->setObjectName(u"setAsideButton"_s);
    auto *quit = new QPushButton(tr("&Quit"), this);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(retry);
    if (error.problem == models::DatabaseProblem::Damaged)
        buttons->addWidget(aside);
    else
        aside->hide();
    buttons->addStretch();
    buttons->addWidget(quit);
    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(ui::spacing::xl, ui::spacing::xl, ui::spacing::xl, ui::spacing::xl);
    inner->setSpacing(ui::spacing::l);
    inner->addWidget(title);
    inner->addWidget(banner);
    inner->addWidget(file);
    inner->addStretch();
    inner->addLayout(buttons);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(new ui::EnvironmentBand(profile.environment, this));
    outer->addLayout(inner);
    banner->showMessage(ui::Banner::Kind::Error, models::databaseErrorText(error), error.message);
    resize(720, 320);

    connect(retry, &QPushButton::clicked, this, &LedgerProblem::retryRequested);
    connect(aside, &QPushButton::clicked, this, &LedgerProblem::setAsideRequested);
    connect(quit, &QPushButton::clicked, qApp, &QApplication::quit);
}

} // namespace console
