// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sessiondraft.h"

#include <QWidget>

#include <array>
#include <map>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace ui {

//! Every field of a session in sections, with the rules live under each field. Keeps what was typed, right or wrong.
class SessionForm : public QWidget
{
    Q_OBJECT
public:
    explicit SessionForm(QWidget *parent);
    ~SessionForm() override; //!< a field that loses the focus while it dies must not be heard any more

    void setDraft(const models::SessionDraft &draft);
    models::SessionDraft draft() const; //!< without what is hidden because it does not go with the rest
    const QList<models::DraftFinding> &findings() const;
    void showRequired(); //!< names also what is only still empty, and brings the first problem into view
    QWidget *fieldWidget(models::SessionField field) const;

signals:
    void changed();
    void fieldFocused(QWidget *field); //!< to be scrolled to

private:
    struct Field
    {
        QLineEdit *edit = nullptr;
        QComboBox *combo = nullptr;
        QLabel *problem = nullptr;
        bool touched = false;
    };
    struct Section
    {
        QWidget *box = nullptr;
        QToolButton *head = nullptr; //!< null for a section that is always open
        QWidget *body = nullptr;
        QVBoxLayout *rows = nullptr;
    };
    struct ItemRow
    {
        QWidget *box = nullptr;
        QLineEdit *description = nullptr;
        QLineEdit *amount = nullptr;
        QComboBox *good = nullptr;
        QToolButton *remove = nullptr;
    };

    void build();
    void addSection(models::SessionSection section, QVBoxLayout *column);
    void addFieldTo(Section &section, const models::SessionFieldInfo &info);
    QComboBox *makeCombo(models::SessionInput input);
    void buildItems(Section &section);
    void addItem(const models::DraftItem &item);
    void numberItems();
    void check();
    void showFindings();
    void showSections();
    void setOpen(models::SessionSection section, bool open);
    Field &field(models::SessionField name);
    QString textOf(const Field &field) const;
    void touch(models::SessionField name);

    std::array<Field, models::sessionFieldCount> m_fields;
    std::map<models::SessionSection, Section> m_sections;
    QList<ItemRow> m_items;
    QVBoxLayout *m_itemRows = nullptr;
    QPushButton *m_addItem = nullptr;
    QLabel *m_itemProblem = nullptr;
    QList<models::DraftFinding> m_findings;
    bool m_filling = false;
    bool m_showRequired = false;
};

} // namespace ui
