// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace ui {

//! Where ids come from: a file, dropped or chosen, or a pasted list.
class ImportSource : public QWidget
{
    Q_OBJECT
public:
    explicit ImportSource(QWidget *parent);
    QString pasted() const;

signals:
    void chooseRequested();
    void dropped(const QString &file);
    void pastedChanged();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    QWidget *m_target = nullptr;
    QPushButton *m_choose = nullptr;
    QPlainTextEdit *m_paste = nullptr;
};

} // namespace ui
