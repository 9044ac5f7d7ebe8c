// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qrdialog.h"

#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QLabel>
#include <QPainter>
#include <QPointer>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int codeSide = 320;

class QrView : public QWidget
{
    Q_OBJECT
public:
    QrView(const QrCode &code, QWidget *parent)
        : QWidget(parent)
        , m_code(code)
    {
        setObjectName(u"qrView"_s);
        setFixedSize(codeSide, codeSide);
        setAccessibleName(QrDialog::tr("QR code of the link"));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_code.paint(&painter, rect());
    }

private:
    QrCode m_code;
};

} // namespace

QrDialog::QrDialog(const Workspace &workspace, const models::PayLink &link, QWidget *parent)
    : DialogFrame(workspace.profile, tr("QR code"), parent)
    , m_workspace(workspace)
    , m_link(link.key)
{
    setObjectName(u"qrDialog"_s);
    build(link);
}

void QrDialog::build(const models::PayLink &link)
{
    m_banner = new Banner(this);
    body()->addWidget(m_banner);
    if (const auto code = QrCode::of(link.url.toEncoded())) {
        m_sheet = QrSheet{.code = *code,
            .merchant = m_workspace.profile.name,
            .aim = models::payLinkAim(link),
            .customer = tr("For %1").arg(link.name),
            .note = tr("Point the camera of your phone at this code. It is meant for you alone.")};
        body()->addWidget(new QrView(*code, this), 0, Qt::AlignHCenter);
        body()->addWidget(sectionLabel(m_sheet->aim, this), 0, Qt::AlignHCenter);
        body()->addWidget(paragraphLabel(m_sheet->customer, this), 0, Qt::AlignHCenter);
        m_workspace.payLinks.noteShared(m_link, tr("Shown as a QR code."));
    } else {
        m_banner->showMessage(
            Banner::Kind::Error, tr("This address is too long for a QR code. Copy the link or send a mail instead."));
    }
    auto *saveButton = new QPushButton(tr("&Save as PDF…"), this);
    saveButton->setObjectName(u"saveCodeButton"_s);
    saveButton->setIcon(Theme::icon(u"document-save"_s));
    saveButton->setAutoDefault(false);
    saveButton->setEnabled(m_sheet.has_value());
    body()->addWidget(saveButton, 0, Qt::AlignHCenter);
    connect(saveButton, &QPushButton::clicked, this, &QrDialog::save);
    setPrimary(tr("&Print…"));
    primary()->setEnabled(m_sheet.has_value());
    connect(primary(), &QPushButton::clicked, this, &QrDialog::print);
    setCancel(tr("Close"));
    setHint(tr("Whoever reads the code can use the link."));
    setMinimumWidth(dialogwidth::narrow);
}

void QrDialog::print()
{
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    auto *dialog = new QPrintDialog(printer.get(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, qOverload<>(&QDialog::accepted), this, [this, printer] {
        const bool painted = paintSheet(printer.get(), *m_sheet);
        report(painted ? std::expected<void, QString>() : std::unexpected(tr("The printer did not take the page.")),
            tr("Printed as a QR code."));
    });
    dialog->open();
}

void QrDialog::save()
{
    m_workspace.asker.saveFile(
        this, tr("Save as PDF"), u"pay-link.pdf"_s, [dialog = QPointer<QrDialog>(this)](const QString &file) {
            if (dialog)
                dialog->report(writeSheet(file, *dialog->m_sheet), tr("Saved as a QR code."));
        });
}

void QrDialog::report(const std::expected<void, QString> &written, const QString &how)
{
    if (!written)
        return m_banner->showMessage(Banner::Kind::Error, written.error());
    m_workspace.payLinks.noteShared(m_link, how);
    m_banner->showMessage(Banner::Kind::Info, how);
}

} // namespace ui

#include "qrdialog.moc"
