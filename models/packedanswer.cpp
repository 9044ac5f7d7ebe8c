// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/packedanswer.h"

#include <QByteArrayView>

#include <zstd.h>

namespace models {

namespace {

// JSON text begins with neither: qCompress put a length before its bytes, whose first byte is 0 below 16 MiB.
constexpr char madeByQCompress = '\0';
constexpr char madeWithWords = '\1';

constexpr qsizetype longestAnswer = 64 * 1024 * 1024; //!< a damaged file must not make us ask for more memory

// More effort costs the writer twice the time for a tenth of the size.
constexpr int packingLevel = -1;

// Field names and values of reference 1.5 to 1.12, in the order in which answers have them; what is most frequent comes
// last, where it is cheapest to refer to. Answers that were packed with these words need them to be read: a better list
// comes beside this one, with a mark of its own.
constexpr QByteArrayView knownWords(
    R"("customerAccounts":[{"depositAccount":{"accountId":"","accountNumberDisplay":"","accountType":"SAVINGS",)"
    R"("paymentNetworks":[{"bankId":"","identifier":"","type":"US_ACH"}]}}],"iconUrl":"https://","logoUrl":"https://",)"
    R"("financialInstitutionId":"","routingNumber":"","payoutId":"","payoutStatus":"DISBURSED","INITIATED","PENDING",)"
    R"("customerStatus":"ACTIVE","INACTIVE","accountStatus":"ACTIVE","PAYMENT_INFORMATION_PENDING","accountDetails":[{)"
    R"("accountId":"","lastName":"","email":"@example.com","id":"","firstName":"","refundId":"","sessionId":"",)"
    R"("status":"AUTHORIZED","QUEUED","CANCELED","TERMINAL_FAILED","accountType":"savings","preferred":false},)"
    R"("transactionFailureReason":{"code":"R01","description":"Insufficient Funds"},"T00:00:00.000Z"}{"transactionId":"",)"
    R"("transactionType":"CREDIT","customerId":"","amount":{"value":,"currency":"USD"},"clientReferenceId":"",)"
    R"("transactionStatus":"SUCCEEDED","accountDetails":{"financialInstitutionName":" Bank","accountLastFourDigits":"",)"
    R"("accountType":"checking","preferred":true},"descriptor":"","settlementDate":"2026-","creationDate":"2026-)"
    R"({"transactionId":"","transactionType":"DEBIT","customerId":")");

QByteArray unpackedWithWords(QByteArrayView packed)
{
    const auto size = ZSTD_getFrameContentSize(packed.data(), static_cast<std::size_t>(packed.size()));
    if (size > static_cast<unsigned long long>(longestAnswer)) // also what stands for an error
        return {};
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    QByteArray text(static_cast<qsizetype>(size), Qt::Uninitialized);
    const std::size_t length = ZSTD_decompress_usingDict(context.get(), text.data(), size, packed.data(),
        static_cast<std::size_t>(packed.size()), knownWords.data(), static_cast<std::size_t>(knownWords.size()));
    return ZSTD_isError(length) ? QByteArray() : text.first(static_cast<qsizetype>(length));
}

} // namespace

void AnswerPacker::FreeContext::operator()(ZSTD_CCtx_s *context) const
{
    ZSTD_freeCCtx(context);
}

void AnswerPacker::FreeWords::operator()(ZSTD_CDict_s *words) const
{
    ZSTD_freeCDict(words);
}

AnswerPacker::AnswerPacker()
    : m_context(ZSTD_createCCtx())
    , m_words(ZSTD_createCDict(knownWords.data(), static_cast<std::size_t>(knownWords.size()), packingLevel))
{
}

AnswerPacker::~AnswerPacker() = default;

QByteArray AnswerPacker::pack(const QByteArray &text)
{
    const std::size_t room = ZSTD_compressBound(static_cast<std::size_t>(text.size()));
    QByteArray packed(static_cast<qsizetype>(room) + 1, Qt::Uninitialized);
    packed[0] = madeWithWords;
    const std::size_t length = ZSTD_compress_usingCDict(m_context.get(), packed.data() + 1, room, text.constData(),
        static_cast<std::size_t>(text.size()), m_words.get());
    if (ZSTD_isError(length) || static_cast<qsizetype>(length) + 1 >= text.size())
        return text;
    packed.truncate(static_cast<qsizetype>(length) + 1);
    return packed;
}

QByteArray unpackedAnswer(const QByteArray &stored)
{
    if (stored.startsWith(madeWithWords))
        return unpackedWithWords(QByteArrayView(stored).sliced(1));
    return stored.startsWith(madeByQCompress) ? qUncompress(stored) : stored;
}

} // namespace models
