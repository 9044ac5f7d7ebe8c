// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maildraft.h"
#include "models/sessiondraft.h"

#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using models::SessionDraft;
using F = models::SessionField;

namespace {

using Edits = QList<std::pair<F, QString>>;

SessionDraft leastDraft()
{
    SessionDraft draft;
    draft.set(F::FirstName, u"Ada"_s);
    draft.set(F::LastName, u"Lovelace"_s);
    draft.set(F::Email, u"ada@example.com"_s);
    draft.set(F::RedirectUrl, u"https://shop.example/done"_s);
    return draft;
}

SessionDraft edited(const Edits &edits)
{
    SessionDraft draft = leastDraft();
    for (const auto &[field, text] : edits)
        draft.set(field, text);
    return draft;
}

const std::pair<F, QString> inPage{F::Experience, u"LINK_MANAGED_PAYMENT"_s};

} // namespace

Q_DECLARE_METATYPE(Edits)
Q_DECLARE_METATYPE(F)

class TestSessionDraft : public QObject
{
    Q_OBJECT
private slots:
    void theLeastDraftCanBeSent();
    void rules_data();
    void rules();
    void everyRuleIsTried();
    void items_data();
    void items();
    void theRequestHoldsWhatWasTyped();
    void aVerificationSendsNoGuestCheckout();
    void guestCheckoutGoesWithPay_data();
    void guestCheckoutGoesWithPay();
    void aDraftComesBackFromItsText();
    void aTemplateKeepsNoPerson();
    void fieldNamesAreThoseOfTheReference();
    void mailDrafts_data();
    void mailDrafts();
    void aMailDraftIsEncoded();
};

void TestSessionDraft::theLeastDraftCanBeSent()
{
    QVERIFY(models::checkDraft(leastDraft()).isEmpty());
    QVERIFY(models::canBeSent({}));
}

void TestSessionDraft::rules_data()
{
    QTest::addColumn<Edits>("edits");
    QTest::addColumn<QString>("rule"); // empty: nothing is found
    QTest::addColumn<F>("field");
    QTest::addColumn<bool>("warning");
    const auto error = [](const char *name, const Edits &edits, const QString &rule, F field) {
        QTest::newRow(name) << edits << rule << field << false;
    };
    const auto warning = [](const char *name, const Edits &edits, const QString &rule, F field) {
        QTest::newRow(name) << edits << rule << field << true;
    };
    const auto fine = [](const char *name, const Edits &edits) {
        QTest::newRow(name) << edits << QString() << F::Email << false;
    };
    // 1.4.1
    error("no first name", {{F::FirstName, u" "_s}}, u"required"_s, F::FirstName);
    error("no last name", {{F::LastName, {}}}, u"required"_s, F::LastName);
    error("no e-mail", {{F::Email, {}}}, u"required"_s, F::Email);
    error("no redirect", {{F::RedirectUrl, {}}}, u"required"_s, F::RedirectUrl);
    error("line break in a name", {{F::FirstName, u"Ada\nBcc: x"_s}}, u"line breaks"_s, F::FirstName);
    error("line break in the e-mail", {{F::Email, u"ada@example.com\r\nBcc: eve@example.com"_s}}, u"line breaks"_s,
        F::Email);
    error("no at sign", {{F::Email, u"ada.example.com"_s}}, u"e-mail"_s, F::Email);
    error("two addresses", {{F::Email, u"ada@example.com,eve@example.com"_s}}, u"e-mail"_s, F::Email);
    fine("plus address", {{F::Email, u"ada+test@mail.example.co.uk"_s}});
    fine("phone in any form", {{F::Phone, u"+1 775 555 0100"_s}});
    error("product in small letters", {{F::Product, u"Pay"_s}}, u"product"_s, F::Product);
    error("unknown experience", {{F::Experience, u"PAY_LATER"_s}}, u"experience"_s, F::Experience);
    fine("onboard with done", {{F::Experience, u"ONBOARD_WITH_DONE"_s}});
    error("redirect of a script", {{F::RedirectUrl, u"javascript:alert(1)"_s}}, u"redirect"_s, F::RedirectUrl);
    error("redirect without encryption", {{F::RedirectUrl, u"http://shop.example/done"_s}}, u"redirect"_s,
        F::RedirectUrl);
    error("redirect with a password", {{F::RedirectUrl, u"https://a:b@shop.example"_s}}, u"redirect"_s, F::RedirectUrl);
    error("redirect with a result", {{F::RedirectUrl, u"https://shop.example?status=200"_s}}, u"redirect"_s,
        F::RedirectUrl);
    fine("redirect with an own parameter", {{F::RedirectUrl, u"https://shop.example/?page=checkout"_s}});
    fine("redirect on this machine", {{F::RedirectUrl, u"http://127.0.0.1:8080/done"_s}});
    // 1.4.2
    error("address without a city",
        {{F::BillingStreet, u"1 Main St"_s}, {F::BillingState, u"NV"_s}, {F::BillingCountry, u"US"_s}},
        u"billing address"_s, F::BillingCity);
    fine("address without a postal code",
        {{F::BillingStreet, u"1 Main St"_s}, {F::BillingCity, u"Reno"_s}, {F::BillingState, u"NV"_s},
            {F::BillingCountry, u"US"_s}});
    error("postal code alone", {{F::BillingPostalCode, u"89501"_s}}, u"billing address"_s, F::BillingStreet);
    error("shipping address without a country",
        {{F::Total, u"1"_s}, {F::ShippingStreet, u"1 Main St"_s}, {F::ShippingCity, u"Reno"_s},
            {F::ShippingState, u"NV"_s}},
        u"shipping address"_s, F::ShippingCountry);
    // 1.4.3
    error("subtotal missing with tax", {{F::Total, u"11"_s}, {F::Tax, u"1"_s}}, u"subtotal"_s, F::Subtotal);
    error("subtotal missing with shipping", {{F::Total, u"11"_s}, {F::Shipping, u"1"_s}}, u"subtotal"_s, F::Subtotal);
    error("subtotal missing with a discount of zero", {{F::Total, u"11"_s}, {F::Discount, u"0"_s}}, u"subtotal"_s,
        F::Subtotal);
    error("order without a total", {{F::Subtotal, u"10"_s}}, u"total"_s, F::Total);
    error("total of zero", {{F::Total, u"0"_s}}, u"total"_s, F::Total);
    fine("total alone", {{F::Total, u"11.5"_s}});
    fine("parts that add up",
        {{F::Subtotal, u"12.34"_s}, {F::Discount, u"1"_s}, {F::Shipping, u"2"_s}, {F::Tax, u"0.50"_s},
            {F::Total, u"13.84"_s}});
    warning("parts that do not add up", {{F::Subtotal, u"10"_s}, {F::Tax, u"1"_s}, {F::Total, u"12"_s}}, u"total sum"_s,
        F::Total);
    error("amount with a comma", {{F::Total, u"1,50"_s}}, u"amounts"_s, F::Total);
    error("amount with three decimals", {{F::Total, u"1.505"_s}}, u"amounts"_s, F::Total);
    error("negative amount", {{F::Total, u"-1"_s}}, u"amounts"_s, F::Total);
    // 1.4.5
    fine("customer id of 128 characters", {{F::ProfileId, QString(128, u'x')}});
    error("customer id of 129 characters", {{F::ProfileId, QString(129, u'x')}}, u"profile id"_s, F::ProfileId);
    error("guest of maybe", {{F::GuestCheckout, u"maybe"_s}}, u"yes or no"_s, F::GuestCheckout);
    fine("guest of Yes", {{F::GuestCheckout, u"Yes"_s}});
    error("date in words", {{F::AccountCreated, u"last May"_s}}, u"times"_s, F::AccountCreated);
    fine("date alone", {{F::AccountCreated, u"2024-05-31"_s}});
    fine("moment with a fraction and offset", {{F::FirstTransaction, u"2022-09-14T15:14:39.123+0200"_s}});
    warning("date in the future", {{F::FirstTransaction, u"2999-01-01"_s}}, u"times"_s, F::FirstTransaction);
    error("count below zero", {{F::TransactionCount, u"-1"_s}}, u"count"_s, F::TransactionCount);
    error("count of a half", {{F::TransactionCount, u"1.5"_s}}, u"count"_s, F::TransactionCount);
    // 1.4.6
    error("pays on the page without an amount", {inPage}, u"payment belongs"_s, F::PaymentAmount);
    error("amount without paying on the page", {{F::PaymentAmount, u"10"_s}}, u"payment belongs"_s, F::PaymentAmount);
    error("amount with linking only", {{F::PaymentAmount, u"10"_s}, {F::Experience, u"ONBOARD_WITH_DONE"_s}},
        u"payment belongs"_s, F::PaymentAmount);
    error("verification that pays", {{F::Product, u"VERIFY"_s}, inPage, {F::PaymentAmount, u"10"_s}},
        u"payment belongs"_s, F::Experience);
    fine("pays on the page", {inPage, {F::PaymentAmount, u"10"_s}});
    error("pays nothing", {inPage, {F::PaymentAmount, u"0.00"_s}}, u"payment amount"_s, F::PaymentAmount);
    warning("pays less than the total", {inPage, {F::PaymentAmount, u"10"_s}, {F::Total, u"11"_s}},
        u"payment is total"_s, F::PaymentAmount);
    fine("statement text of 80 characters",
        {inPage, {F::PaymentAmount, u"10"_s}, {F::PaymentDescriptor, QString(80, u'x')}});
    error("statement text of 81 characters",
        {inPage, {F::PaymentAmount, u"10"_s}, {F::PaymentDescriptor, QString(81, u'x')}}, u"descriptor"_s,
        F::PaymentDescriptor);
    error("statement text with a dash", {inPage, {F::PaymentAmount, u"10"_s}, {F::PaymentDescriptor, u"Book-Shop"_s}},
        u"descriptor"_s, F::PaymentDescriptor);
}

void TestSessionDraft::rules()
{
    QFETCH(const Edits, edits);
    QFETCH(const QString, rule);
    QFETCH(const F, field);
    QFETCH(const bool, warning);
    const QList<models::DraftFinding> findings = models::checkDraft(edited(edits));
    if (rule.isEmpty()) {
        QCOMPARE(findings.isEmpty() ? QString() : findings.first().sentence, QString());
        return;
    }
    const auto found = std::ranges::find_if(findings, [&](const models::DraftFinding &finding) {
        return QLatin1StringView(finding.rule) == rule && finding.field == field;
    });
    QVERIFY2(found != findings.end(), qPrintable(findings.isEmpty() ? u"nothing found"_s : findings.first().sentence));
    QCOMPARE(found->warning, warning);
    QVERIFY(found->sentence.endsWith(u'.'));
    QCOMPARE(models::canBeSent(findings), warning);
}

void TestSessionDraft::everyRuleIsTried()
{
    // One draft that breaks as much as possible at once, and one for what excludes it.
    SessionDraft broken = edited({{F::LastName, {}}, {F::FirstName, u"A\nB"_s}, {F::Email, u"ada"_s},
        {F::Product, u"Pay"_s}, {F::Experience, u"LATER"_s}, {F::PaymentAmount, u"0"_s}, {F::PaymentDescriptor, u"-"_s},
        {F::Discount, u"x"_s}, {F::BillingCity, u"Reno"_s}, {F::ShippingCity, u"Reno"_s},
        {F::ProfileId, QString(129, u'x')}, {F::VerifiedPhone, u"maybe"_s}, {F::AccountCreated, u"May"_s},
        {F::TransactionCount, u"x"_s}, {F::RedirectUrl, u"ftp://x"_s}});
    broken.items.append({.description = u"Book"_s, .amount = u"x"_s});
    SessionDraft unequal = edited(
        {inPage, {F::PaymentAmount, u"10"_s}, {F::Subtotal, u"1"_s}, {F::Tax, u"1"_s}, {F::Total, u"3"_s}});
    unequal.items.append({.description = u"Book"_s, .amount = u"5"_s});
    QSet<QString> broke;
    for (const models::DraftFinding &finding : models::checkDraft(broken) + models::checkDraft(unequal))
        broke += QString::fromLatin1(finding.rule);
    for (const models::DraftRule &rule : models::draftRules())
        QVERIFY2(broke.contains(QString::fromLatin1(rule.name)), rule.name);
}

void TestSessionDraft::items_data()
{
    QTest::addColumn<QList<QStringList>>("items");
    QTest::addColumn<QString>("subtotal");
    QTest::addColumn<QString>("total");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("they add up to the total")
        << QList<QStringList>{{u"Book"_s, u"10"_s, u"PHYSICAL"_s}, {u"Song"_s, u"2.34"_s, u"DIGITAL"_s}} << QString()
        << u"12.34"_s << QString();
    QTest::newRow("they do not add up to the total")
        << QList<QStringList>{{u"Book"_s, u"10"_s, u"PHYSICAL"_s}} << QString() << u"12"_s
        << u"The items add up to $10.00, the total says $12.00."_s;
    QTest::newRow("they are held against the subtotal")
        << QList<QStringList>{{u"Book"_s, u"10"_s, u"PHYSICAL"_s}} << u"11"_s << u"11"_s
        << u"The items add up to $10.00, the subtotal says $11.00."_s;
    QTest::newRow("blank lines do not count")
        << QList<QStringList>{{u"Book"_s, u"10"_s, u"PHYSICAL"_s}, {QString(), u" "_s, u"PHYSICAL"_s}} << QString()
        << u"10"_s << QString();
    QTest::newRow("no description") << QList<QStringList>{{QString(), u"10"_s, u"PHYSICAL"_s}} << QString() << u"10"_s
                                    << u"Item 1 needs a description."_s;
    QTest::newRow("no amount") << QList<QStringList>{{u"Book"_s, QString(), u"PHYSICAL"_s}} << QString() << u"10"_s
                               << u"Item 1 needs an amount."_s;
    QTest::newRow("neither digital nor physical") << QList<QStringList>{{u"Book"_s, u"10"_s, u"BOOK"_s}} << QString()
                                                  << u"10"_s << u"Item 1 is DIGITAL or PHYSICAL."_s;
    QTest::newRow("items without a total") << QList<QStringList>{{u"Book"_s, u"10"_s, u"PHYSICAL"_s}} << QString()
                                           << QString() << u"An order needs a total."_s;
}

void TestSessionDraft::items()
{
    QFETCH(const QList<QStringList>, items);
    QFETCH(const QString, subtotal);
    QFETCH(const QString, total);
    QFETCH(const QString, sentence);
    SessionDraft draft = edited({{F::Subtotal, subtotal}, {F::Total, total}});
    for (const QStringList &item : items)
        draft.items.append({.description = item.at(0), .amount = item.at(1), .goodType = item.at(2)});
    const QList<models::DraftFinding> findings = models::checkDraft(draft);
    if (sentence.isEmpty()) {
        QVERIFY(findings.isEmpty());
        return;
    }
    QVERIFY(std::ranges::any_of(
        findings, [&](const models::DraftFinding &finding) { return finding.sentence == sentence; }));
}

void TestSessionDraft::theRequestHoldsWhatWasTyped()
{
    SessionDraft draft = edited({inPage, {F::PaymentAmount, u"$1,384.50"_s}, {F::PaymentDescriptor, u"Book Shop"_s},
        {F::BillingStreet, u"1 Main St"_s}, {F::BillingCity, u"Reno"_s}, {F::BillingState, u"NV"_s},
        {F::BillingCountry, u"US"_s}, {F::Total, u"1384.5"_s}, {F::AccountCreated, u"2024-05-31"_s},
        {F::TransactionCount, u"3"_s}, {F::VerifiedEmail, u"yes"_s}});
    draft.items.append({.description = u"Book"_s, .amount = u"1384.50"_s, .goodType = u"DIGITAL"_s});
    QVERIFY(models::checkDraft(draft).isEmpty());
    const api::RequestData request = models::sessionRequestOf(draft, api::RequestKey(u"key-9"_s), u"PL-1"_s);
    QCOMPARE(request.path, QByteArray("/v2/sessions"));
    QCOMPARE(request.auth, api::Auth::Basic);
    const auto body = api::Json::parse(request.body);
    QVERIFY(body);
    const api::Json payment = (*body)[u"paymentDetails"];
    QCOMPARE(payment[u"amount"][u"value"].text(), u"1384.50"_s);
    QCOMPARE(payment[u"requestKey"].text(), u"key-9"_s);
    QCOMPARE(payment[u"clientReferenceId"].text(), u"PL-1"_s);
    QCOMPARE(payment[u"softDescriptor"].text(), u"Book Shop"_s);
    QCOMPARE((*body)[u"experienceId"].text(), u"LINK_MANAGED_PAYMENT"_s);
    QCOMPARE((*body)[u"billingAddress"][u"city"].text(), u"Reno"_s);
    QVERIFY((*body)[u"billingAddress"][u"postalCode"].isNull());
    QCOMPARE((*body)[u"orderDetails"][u"items"].items().front()[u"goodType"].text(), u"DIGITAL"_s);
    QCOMPARE((*body)[u"customerProfile"][u"accountCreationDate"].text(), u"2024-05-31T00:00:00.000Z"_s);
    QCOMPARE((*body)[u"customerProfile"][u"transactionCount"].text(), u"3"_s);
    QCOMPARE((*body)[u"customerProfile"][u"verifiedEmail"].boolean(), true);
    QVERIFY((*body)[u"customerProfile"][u"verifiedPhone"].isNull());
}

void TestSessionDraft::aVerificationSendsNoGuestCheckout()
{
    const SessionDraft draft = edited({{F::Product, u"VERIFY"_s}, {F::GuestCheckout, u"true"_s}});
    QVERIFY(models::checkDraft(draft).isEmpty());
    const auto body = api::Json::parse(models::sessionRequestOf(draft, {}, {}).body);
    QVERIFY(body);
    QCOMPARE((*body)[u"product"].text(), u"VERIFY"_s);
    QVERIFY((*body)[u"customerProfile"].isNull());
    QVERIFY((*body)[u"paymentDetails"].isNull());
}

void TestSessionDraft::guestCheckoutGoesWithPay_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("sent");
    QTest::newRow("yes") << u"yes"_s << true;
    QTest::newRow("no") << u"no"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void TestSessionDraft::guestCheckoutGoesWithPay()
{
    QFETCH(const QString, typed);
    QFETCH(const bool, sent);
    const auto body = api::Json::parse(models::sessionRequestOf(edited({{F::GuestCheckout, typed}}), {}, {}).body);
    QVERIFY(body);
    const api::Json flag = (*body)[u"customerProfile"][u"guestCheckout"];
    QVERIFY(!flag.isNull());
    QCOMPARE(flag.boolean(), sent);
}

void TestSessionDraft::aDraftComesBackFromItsText()
{
    SessionDraft draft = edited({{F::Phone, u"+1"_s}, {F::Total, u"not yet right"_s}});
    draft.items.append({.description = u"“Book”, 2nd"_s, .amount = u"1"_s});
    QCOMPARE(models::draftOfText(models::draftToText(draft)), draft);
    QCOMPARE(models::draftOfText("no json"), SessionDraft());
}

void TestSessionDraft::aTemplateKeepsNoPerson()
{
    const SessionDraft draft = edited({inPage, {F::PaymentAmount, u"10"_s}, {F::PaymentReference, u"order-1"_s},
        {F::ProfileId, u"c-1"_s}, {F::BillingCity, u"Reno"_s}, {F::PaymentDescriptor, u"Shop"_s}});
    const SessionDraft saved = models::templateOf(draft);
    for (const F field : {F::FirstName, F::LastName, F::Email, F::PaymentReference, F::ProfileId, F::BillingCity})
        QCOMPARE(saved.text(field), QString());
    QCOMPARE(saved.text(F::PaymentDescriptor), u"Shop"_s);
    SessionDraft other = leastDraft();
    other.set(F::FirstName, u"Grace"_s);
    const SessionDraft merged = models::withTemplate(other, saved);
    QCOMPARE(merged.text(F::FirstName), u"Grace"_s);
    QCOMPARE(merged.text(F::PaymentAmount), u"10"_s);
}

void TestSessionDraft::fieldNamesAreThoseOfTheReference()
{
    QCOMPARE(models::sessionFieldOfName(u" ORDERDETAILS.totalAmount "), std::optional(F::Total));
    QCOMPARE(models::sessionFieldOfName(u"billingAddress.stateOrProvince"), std::optional(F::BillingState));
    QCOMPARE(models::sessionFieldOfName(u"nothing"), std::nullopt);
    for (const models::SessionFieldInfo &info : models::sessionFields())
        QCOMPARE(models::sessionFieldOfName(QString::fromLatin1(info.name)), std::optional(info.field));
}

void TestSessionDraft::mailDrafts_data()
{
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("refused");
    QTest::newRow("plain") << u"ada@example.com"_s << u"Your link"_s << false;
    QTest::newRow("line break in the address") << u"ada@example.com\nBcc: eve@example.com"_s << u"Your link"_s << true;
    QTest::newRow("second recipient") << u"ada@example.com,eve@example.com"_s << u"Your link"_s << true;
    QTest::newRow("hidden header") << u"ada@example.com?bcc=eve@example.com"_s << u"Your link"_s << true;
    QTest::newRow("line break in the subject") << u"ada@example.com"_s << u"Your\r\nBcc: eve@example.com"_s << true;
    QTest::newRow("no address") << QString() << u"Your link"_s << true;
}

void TestSessionDraft::mailDrafts()
{
    QFETCH(const QString, to);
    QFETCH(const QString, subject);
    QFETCH(const bool, refused);
    const auto url = models::mailtoUrl({.to = to, .subject = subject, .body = u"x"_s});
    QCOMPARE(!url.has_value(), refused);
    if (refused)
        QVERIFY(url.error().endsWith(u'.'));
}

void TestSessionDraft::aMailDraftIsEncoded()
{
    const auto url = models::mailtoUrl(
        {.to = u"a+b&c@example.com"_s, .subject = u"50% & more?"_s, .body = u"Hé,\nhttps://x/?a=1&b=2#c"_s});
    QVERIFY(url);
    QCOMPARE(url->toEncoded(),
        QByteArray(
            "mailto:a%2Bb%26c@example.com?subject=50%25%20%26%20more%3F&body=H%C3%A9%2C%0D%0Ahttps%3A%2F%2Fx%2F%3Fa"
            "%3D1%26b%3D2%23c"));
}

QTEST_GUILESS_MAIN(TestSessionDraft)
#include "tst_sessiondraft.moc"
