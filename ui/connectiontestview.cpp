// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connectiontestview.h"

#include "ui/dialogpieces.h"
#include "ui/stepchip.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

models::StatusLook outcomeLook(models::ConnectionTest::Outcome outcome)
{
    switch (outcome) {
    case models::ConnectionTest::Outcome::Waiting:
        return {ConnectionTestView::tr("Waiting"), models::StatusTone::Waiting};
    case models::ConnectionTest::Outcome::Running:
        return {ConnectionTestView::tr("Trying"), models::StatusTone::InProgress};
    case models::ConnectionTest::Outcome::Passed:
        return {ConnectionTestView::tr("Works"), models::StatusTone::Done};
    case models::ConnectionTest::Outcome::Failed:
        return {ConnectionTestView::tr("Failed"), models::StatusTone::Failed};
    case models::ConnectionTest::Outcome::Skipped:
        return {ConnectionTestView::tr("Not tried"), models::StatusTone::Idle};
    }
    return {};
}

} // namespace

ConnectionTestView::ConnectionTestView(const models::ConnectionTest &test, QWidget *parent)
    : QWidget(parent)
    , m_test(test)
    , m_steps(new QVBoxLayout(this))
{
    setObjectName(u"connectionTestView"_s);
    m_steps->setContentsMargins({});
    m_steps->setSpacing(spacing::s);
    connect(&test, &models::ConnectionTest::changed, this, &ConnectionTestView::showState);
    hide();
}

void ConnectionTestView::clear()
{
    while (QLayoutItem *item = m_steps->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    hide();
}

void ConnectionTestView::showState()
{
    clear();
    int number = 0;
    for (const models::ConnectionTest::Step &step : m_test.steps())
        addStep(step, ++number);
    setVisible(number > 0);
}

void ConnectionTestView::addStep(const models::ConnectionTest::Step &step, int number)
{
    auto *row = new QWidget(this);
    row->setObjectName(u"connectionStep%1"_s.arg(number));
    const models::StatusLook look = outcomeLook(step.outcome);
    row->setAccessibleName(u"%1: %2. %3"_s.arg(step.title, look.word, step.sentence));
    auto *title = new QLabel(step.title, row);
    title->setFont(Theme::font(Type::BodyStrong));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(title);
    if (!step.sentence.isEmpty())
        texts->addWidget(valueLabel(step.sentence, row));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::m);
    layout->addWidget(new StepChip(look, row), 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    m_steps->addWidget(row);
}

} // namespace ui
