// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/descriptorfield.h"

#include "api/paybybank/payments.h"
#include "models/plurals.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

DescriptorField::DescriptorField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_counter(captionLabel({}, this))
    , m_problem(problemLabel(this))
{
    m_edit->setObjectName(u"descriptorEdit"_s);
    m_counter->setObjectName(u"descriptorCounter"_s);
    m_counter->setWordWrap(false);
    m_problem->setObjectName(u"descriptorProblem"_s);
    setFocusProxy(m_edit);
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::s);
    line->addWidget(m_edit, 1);
    line->addWidget(m_counter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::xs);
    layout->addLayout(line);
    layout->addWidget(m_problem);
    connect(m_edit, &QLineEdit::textChanged, this, &DescriptorField::check);
    check();
}

QString DescriptorField::text() const
{
    return m_edit->text();
}

QLineEdit *DescriptorField::edit() const
{
    return m_edit;
}

QString DescriptorField::problemText() const
{
    const auto finding = api::softDescriptorProblem(text());
    if (!finding)
        return {};
    if (finding->problem == api::DescriptorProblem::TooLong)
        return models::counted(text().size() - api::softDescriptorLimit, tr("1 character too many: at most 80 fit."),
            tr("%1 characters too many: at most 80 fit."));
    const QChar first = text().at(finding->position);
    const QString found = text().mid(finding->position, first.isHighSurrogate() ? 2 : 1);
    if (first.isSpace())
        return tr("The space at position %1 cannot be sent: only single spaces between words.")
            .arg(finding->position + 1);
    return tr("“%1” at position %2 cannot be sent: only letters A to Z, digits and single spaces.")
        .arg(found)
        .arg(finding->position + 1);
}

void DescriptorField::check()
{
    m_counter->setText(tr("%1/%2").arg(text().size()).arg(api::softDescriptorLimit));
    m_counter->setAccessibleName(tr("%1 of %2 characters").arg(text().size()).arg(api::softDescriptorLimit));
    showProblem(m_problem, problemText());
    emit changed();
}

} // namespace ui
