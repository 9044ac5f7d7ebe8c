// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paylinks.h"
#include "ui/dialogframe.h"
#include "ui/qrsheet.h"
#include "ui/workspace.h"

namespace ui {

class Banner;

//! A pay link as a QR code on the screen, to be read by the customer's phone, printed, or saved as a PDF file.
class QrDialog : public DialogFrame
{
    Q_OBJECT
public:
    QrDialog(const Workspace &workspace, const models::PayLink &link, QWidget *parent = nullptr);

private:
    void build(const models::PayLink &link);
    void print();
    void save();
    void report(const std::expected<void, QString> &written, const QString &how);

    Workspace m_workspace;
    qint64 m_link;
    std::optional<QrSheet> m_sheet;
    Banner *m_banner = nullptr;
};

} // namespace ui
