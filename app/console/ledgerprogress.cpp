// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/ledgerprogress.h"

#include "ui/environment.h"
#include "ui/theme.h"

#include <QApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace console {

LedgerProgress::LedgerProgress(const models::Profile &profile)
{
    setWindowTitle(tr("%1 — Merchant Console").arg(profile.name));
    auto *title = new QLabel(tr("Updating the ledger of %1").arg(profile.name), this);
    title->setFont(ui::Theme::font(ui::Type::Title));
    auto *words = new QLabel(
        tr("The ledger was written by an older version of this console. It is copied and brought up to date once; with "
           "a million transactions that takes about a minute. If you quit now, the ledger stays as it was and the "
           "update begins again at the next start."),
        this);
    words->setWordWrap(true);
    auto *bar = new QProgressBar(this);
    bar->setObjectName(u"ledgerUpdateBar"_s);
    bar->setAccessibleName(title->text());
    bar->setRange(0, 0); // busy: how far it has come is not known
    auto *quit = new QPushButton(tr("&Quit"), this);
    quit->setObjectName(u"quitButton"_s);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(quit);
    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(ui::spacing::xl, ui::spacing::xl, ui::spacing::xl, ui::spacing::xl);
    inner->setSpacing(ui::spacing::l);
    inner->addWidget(title);
    inner->addWidget(words);
    inner->addWidget(bar);
    inner->addStretch();
    inner->addLayout(buttons);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(new ui::EnvironmentBand(profile.environment, this));
    outer->addLayout(inner);
    resize(720, 320);

    connect(quit, &QPushButton::clicked, qApp, &QApplication::quit);
}

} // namespace console
