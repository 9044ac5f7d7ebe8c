// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessionform.h"

#include "ui/accessibleroles.h"
#include "ui/dialogpieces.h"
#include "ui/moneyfield.h"
#include "ui/taborder.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

using models::SessionField;
using models::SessionInput;
using models::SessionSection;

constexpr std::array sectionOrder{SessionSection::Kind, SessionSection::Customer, SessionSection::Payment,
    SessionSection::Order, SessionSection::BillingAddress, SessionSection::ShippingAddress, SessionSection::Profile,
    SessionSection::Return};

QString sectionTitle(SessionSection section)
{
    switch (section) {
    case SessionSection::Kind:
        return {};
    case SessionSection::Customer:
        return SessionForm::tr("Customer");
    case SessionSection::Payment:
        return SessionForm::tr("Payment");
    case SessionSection::Order:
        return SessionForm::tr("Order (optional)");
    case SessionSection::BillingAddress:
        return SessionForm::tr("Billing address (recommended)");
    case SessionSection::ShippingAddress:
        return SessionForm::tr("Shipping address (optional)");
    case SessionSection::Profile:
        return SessionForm::tr("What you know about the customer (optional)");
    case SessionSection::Return:
        return SessionForm::tr("Afterwards");
    }
    Q_UNREACHABLE();
}

bool canFold(SessionSection section)
{
    return section == SessionSection::Order || section == SessionSection::BillingAddress
        || section == SessionSection::ShippingAddress || section == SessionSection::Profile
        || section == SessionSection::Return;
}

QString placeholderOf(const models::SessionFieldInfo &info)
{
    switch (info.input) {
    case SessionInput::Time:
        return SessionForm::tr("2024-05-31");
    case SessionInput::Url:
        return u"https://"_s;
    case SessionInput::Money:
    case SessionInput::Text:
    case SessionInput::Count:
    case SessionInput::YesNo:
    case SessionInput::Product:
    case SessionInput::Experience:
        return {};
    }
    Q_UNREACHABLE();
}

//! What a field is for, where its name does not say it.
QString hintOf(SessionField field)
{
    if (field == SessionField::PaymentReference)
        return SessionForm::tr(
            "An order or invoice number. Empty: the console makes one, to recognize the payment by.");
    if (field == SessionField::PaymentDescriptor)
        return SessionForm::tr("At most 80 letters, digits and spaces. Not every bank shows it.");
    if (field == SessionField::RedirectUrl)
        return SessionForm::tr("A page of yours that Link Money has approved.");
    return {};
}

} // namespace

SessionForm::SessionForm(QWidget *parent)
    : QWidget(parent)
{
    build();
    setDraft({});
}

SessionForm::~SessionForm()
{
    for (QWidget *field : findChildren<QWidget *>())
        field->disconnect(this);
}

void SessionForm::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, spacing::m, 0);
    column->setSpacing(spacing::l);
    for (const SessionSection section : sectionOrder)
        addSection(section, column);
    column->addStretch();
}

void SessionForm::addSection(SessionSection name, QVBoxLayout *column)
{
    Section &section = m_sections[name];
    section.box = new QWidget(this);
    section.body = new QWidget(section.box);
    section.rows = new QVBoxLayout(section.body);
    section.rows->setContentsMargins({});
    section.rows->setSpacing(spacing::m);
    auto *layout = new QVBoxLayout(section.box);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    if (canFold(name)) {
        section.head = new QToolButton(section.box);
        section.head->setText(sectionTitle(name));
        section.head->setObjectName(u"section%1"_s.arg(static_cast<int>(name)));
        section.head->setAutoRaise(true);
        makeDisclosure(section.head);
        section.head->setFocusPolicy(Qt::StrongFocus);
        section.head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        section.head->setFont(Theme::font(Type::Section));
        layout->addWidget(section.head);
        connect(section.head, &QToolButton::toggled, this, [this, name](bool open) { setOpen(name, open); });
        setOpen(name, false);
    } else if (!sectionTitle(name).isEmpty()) {
        layout->addWidget(sectionLabel(sectionTitle(name), section.box));
    }
    layout->addWidget(section.body);
    column->addWidget(section.box);
    if (name == SessionSection::Order)
        buildItems(section);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(spacing::l);
    grid->setVerticalSpacing(spacing::m);
    section.rows->addLayout(grid);
    for (const models::SessionFieldInfo &info : models::sessionFields()) {
        if (info.section == name)
            addFieldTo(section, info);
    }
}

void SessionForm::addFieldTo(Section &section, const models::SessionFieldInfo &info)
{
    Field &made = field(info.field);
    auto *cell = new QWidget(section.body);
    auto *layout = new QVBoxLayout(cell);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::xs);
    const QString label = models::sessionFieldLabel(info.field);
    QWidget *input = nullptr;
    if (info.input == SessionInput::YesNo || info.input == SessionInput::Product
        || info.input == SessionInput::Experience) {
        made.combo = makeCombo(info.input);
        input = made.combo;
        connect(made.combo, &QComboBox::currentIndexChanged, this, [this, name = info.field] { touch(name); });
    } else {
        made.edit = new QLineEdit(cell);
        made.edit->setPlaceholderText(placeholderOf(info));
        if (info.input == SessionInput::Money)
            dressForDollars(made.edit);
        input = made.edit;
        connect(made.edit, &QLineEdit::textChanged, this, [this] { check(); });
        connect(made.edit, &QLineEdit::editingFinished, this, [this, name = info.field] { touch(name); });
    }
    input->setObjectName(u"field."_s + QLatin1StringView(info.name));
    addField(layout, label, input);
    if (const QString hint = hintOf(info.field); !hint.isEmpty())
        layout->addWidget(captionLabel(hint, cell));
    made.problem = problemLabel(cell);
    made.problem->setObjectName(u"problem."_s + QLatin1StringView(info.name));
    layout->addWidget(made.problem);
    layout->addStretch();
    auto *grid = qobject_cast<QGridLayout *>(section.rows->itemAt(section.rows->count() - 1)->layout());
    const bool wide = info.input == SessionInput::Product || info.input == SessionInput::Experience
        || info.input == SessionInput::Url;
    const int cells = grid->property("cells").toInt();
    if (wide) {
        const int row = (cells + 1) / 2;
        grid->addWidget(cell, row, 0, 1, 2);
        grid->setProperty("cells", (row + 1) * 2);
    } else {
        grid->addWidget(cell, cells / 2, cells % 2);
        grid->setProperty("cells", cells + 1);
    }
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
}

QComboBox *SessionForm::makeCombo(SessionInput input)
{
    auto *combo = new QComboBox(this);
    if (input == SessionInput::Product) {
        combo->addItem(tr("A payment, or linking a bank account for payments"), models::productPay.toString());
        combo->addItem(tr("Proving whose bank account it is (verification)"), models::productVerify.toString());
    } else if (input == SessionInput::Experience) {
        combo->addItem(tr("Links a bank account and pays the amount below"), models::payInPage.toString());
        combo->addItem(tr("Links a bank account; you take payments later"), models::onboardOnly.toString());
        combo->addItem(tr("As Link Money sees fit"), QString());
    } else {
        combo->addItem(tr("Not said"), QString());
        combo->addItem(tr("Yes"), models::yesWord.toString());
        combo->addItem(tr("No"), models::noWord.toString());
    }
    return combo;
}

void SessionForm::buildItems(Section &section)
{
    m_itemRows = new QVBoxLayout;
    m_itemRows->setSpacing(spacing::s);
    m_itemProblem = problemLabel(section.body);
    m_itemProblem->setObjectName(u"problem.items"_s);
    m_addItem = new QPushButton(tr("Add an &item"), section.body);
    m_addItem->setObjectName(u"addItemButton"_s);
    m_addItem->setIcon(Theme::icon(u"list-add"_s));
    m_addItem->setAutoDefault(false);
    connect(m_addItem, &QPushButton::clicked, this, [this] {
        addItem({});
        m_items.last().description->setFocus();
        check();
    });
    section.rows->addLayout(m_itemRows);
    section.rows->addWidget(m_itemProblem);
    section.rows->addWidget(m_addItem, 0, Qt::AlignLeft);
}

void SessionForm::addItem(const models::DraftItem &item)
{
    ItemRow row{.box = new QWidget(m_sections[SessionSection::Order].body)};
    row.description = new QLineEdit(item.description, row.box);
    row.description->setPlaceholderText(tr("What is sold"));
    row.amount = new QLineEdit(item.amount, row.box);
    dressForDollars(row.amount);
    row.good = new QComboBox(row.box);
    row.good->addItem(tr("Physical"), models::goodPhysical.toString());
    row.good->addItem(tr("Digital"), models::goodDigital.toString());
    row.good->setCurrentIndex(item.goodType == models::goodDigital ? 1 : 0);
    row.remove = new QToolButton(row.box);
    row.remove->setIcon(Theme::icon(u"list-remove"_s));
    row.remove->setToolTip(tr("Take this item out"));
    row.remove->setAutoRaise(true);
    row.remove->setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QHBoxLayout(row.box);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    layout->addWidget(row.description, 3);
    layout->addWidget(row.amount, 1);
    layout->addWidget(row.good);
    layout->addWidget(row.remove);
    m_itemRows->addWidget(row.box);
    m_items.append(row);
    numberItems();
    tabInReadingOrder(this);
    connect(row.description, &QLineEdit::textChanged, this, &SessionForm::check);
    connect(row.amount, &QLineEdit::textChanged, this, &SessionForm::check);
    connect(row.good, &QComboBox::currentIndexChanged, this, &SessionForm::check);
    connect(row.remove, &QToolButton::clicked, this, [this, box = row.box] {
        m_items.removeIf([box](const ItemRow &each) { return each.box == box; });
        box->hide();
        box->deleteLater();
        numberItems();
        check();
    });
}

//! As they stand, from 1: also after one in the middle was taken out.
void SessionForm::numberItems()
{
    for (qsizetype item = 0; item < m_items.size(); ++item) {
        const ItemRow &row = m_items.at(item);
        const qsizetype number = item + 1;
        row.description->setObjectName(u"item%1.description"_s.arg(number));
        row.description->setAccessibleName(tr("Description of item %1").arg(number));
        row.amount->setObjectName(u"item%1.amount"_s.arg(number));
        row.amount->setAccessibleName(tr("Amount of item %1").arg(number));
        nameBox(row.good, tr("Kind of item %1").arg(number));
        row.remove->setAccessibleName(tr("Take item %1 out").arg(number));
    }
}

SessionForm::Field &SessionForm::field(SessionField name)
{
    return m_fields[static_cast<std::size_t>(name)];
}

QWidget *SessionForm::fieldWidget(SessionField name) const
{
    const Field &made = m_fields[static_cast<std::size_t>(name)];
    return made.edit ? static_cast<QWidget *>(made.edit) : made.combo;
}

QString SessionForm::textOf(const Field &made) const
{
    return made.edit ? made.edit->text() : made.combo->currentData().toString();
}

void SessionForm::setDraft(const models::SessionDraft &draft)
{
    m_filling = true;
    m_showRequired = false;
    for (const models::SessionFieldInfo &info : models::sessionFields()) {
        Field &made = field(info.field);
        made.touched = false;
        if (made.edit)
            made.edit->setText(draft.typed(info.field));
        else
            made.combo->setCurrentIndex(qMax(0, made.combo->findData(draft.text(info.field))));
    }
    for (const ItemRow &row : std::exchange(m_items, {})) {
        row.box->hide();
        row.box->deleteLater();
    }
    for (const models::DraftItem &item : draft.items)
        addItem(item);
    for (const auto &[name, section] : m_sections) {
        const auto isFilled = [&draft, wanted = name](const models::SessionFieldInfo &info) {
            return info.section == wanted && info.input != SessionInput::YesNo && !draft.text(info.field).isEmpty();
        };
        const bool filled = std::ranges::any_of(models::sessionFields(), isFilled);
        if (section.head)
            section.head->setChecked(filled || (name == SessionSection::Order && !draft.items.isEmpty()));
    }
    m_filling = false;
    check();
}

models::SessionDraft SessionForm::draft() const
{
    models::SessionDraft typed;
    for (const models::SessionFieldInfo &info : models::sessionFields())
        typed.set(info.field, textOf(m_fields[static_cast<std::size_t>(info.field)]));
    for (const ItemRow &row : m_items)
        typed.items.append({.description = row.description->text(),
            .amount = row.amount->text(),
            .goodType = row.good->currentData().toString()});
    if (typed.isVerify() && typed.paysInPage())
        typed.set(SessionField::Experience, {});
    if (!typed.paysInPage()) {
        for (const SessionField hidden :
            {SessionField::PaymentAmount, SessionField::PaymentReference, SessionField::PaymentDescriptor})
            typed.set(hidden, {});
    }
    return typed;
}

const QList<models::DraftFinding> &SessionForm::findings() const
{
    return m_findings;
}

void SessionForm::touch(SessionField name)
{
    field(name).touched = true;
    check();
}

void SessionForm::check()
{
    if (m_filling)
        return;
    m_findings = models::checkDraft(draft());
    showSections();
    showFindings();
    emit changed();
}

void SessionForm::showSections()
{
    const models::SessionDraft typed = draft();
    m_sections[SessionSection::Payment].box->setVisible(typed.paysInPage());
    QWidget *experience = field(SessionField::Experience).combo->parentWidget();
    experience->setVisible(!typed.isVerify());
    field(SessionField::GuestCheckout).combo->parentWidget()->setVisible(!typed.isVerify());
}

void SessionForm::showFindings()
{
    std::array<QString, models::sessionFieldCount> sentences;
    QString items;
    for (const models::DraftFinding &finding : m_findings) {
        if (finding.item >= 0) {
            items = items.isEmpty() ? finding.sentence : items + u' ' + finding.sentence;
            continue;
        }
        const Field &made = field(finding.field);
        const bool stillEmpty = textOf(made).trimmed().isEmpty() && !finding.warning;
        // A form that opens full of red teaches nobody: what is only empty is named once it was left or asked for.
        if (stillEmpty && !made.touched && !m_showRequired)
            continue;
        QString &sentence = sentences[static_cast<std::size_t>(finding.field)];
        if (sentence.isEmpty())
            sentence = finding.warning ? tr("Please check: %1").arg(finding.sentence) : finding.sentence;
    }
    for (const models::SessionFieldInfo &info : models::sessionFields()) {
        const QString &sentence = sentences[static_cast<std::size_t>(info.field)];
        showProblem(field(info.field).problem, sentence);
        fieldWidget(info.field)->setAccessibleDescription(sentence);
    }
    showProblem(m_itemProblem, items);
}

void SessionForm::setOpen(SessionSection name, bool open)
{
    const Section &section = m_sections[name];
    section.body->setVisible(open);
    section.head->setIcon(Theme::icon(open ? u"go-down"_s : u"go-next"_s, Colour::MutedInk));
}

void SessionForm::showRequired()
{
    m_showRequired = true;
    showFindings();
    const auto first = std::ranges::find(m_findings, false, &models::DraftFinding::warning);
    if (first == m_findings.end())
        return;
    Section &section = m_sections[models::sessionFieldInfo(first->field).section];
    if (section.head)
        section.head->setChecked(true);
    QWidget *widget = first->item >= 0 && first->item < m_items.size() ? m_items.at(first->item).description
                                                                       : fieldWidget(first->field);
    widget->setFocus();
    emit fieldFocused(widget);
}

} // namespace ui
