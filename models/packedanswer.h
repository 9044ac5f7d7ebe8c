// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

struct ZSTD_CCtx_s;
struct ZSTD_CDict_s;

namespace models {

//! Makes the raw answers of the ledger small: they say much the same in the same words, which are known beforehand. For
//! one thread at a time; to be kept while many answers are packed.
class AnswerPacker
{
public:
    AnswerPacker();
    ~AnswerPacker();
    Q_DISABLE_COPY_MOVE(AnswerPacker)

    QByteArray pack(const QByteArray &text); //!< never longer than the text, which is JSON in UTF-8

private:
    struct FreeContext
    {
        void operator()(ZSTD_CCtx_s *context) const;
    };
    struct FreeWords
    {
        void operator()(ZSTD_CDict_s *words) const;
    };

    std::unique_ptr<ZSTD_CCtx_s, FreeContext> m_context;
    std::unique_ptr<ZSTD_CDict_s, FreeWords> m_words;
};

//! The text of an answer as the ledger holds it: packed, packed by an earlier version, or plain. Empty when damaged.
QByteArray unpackedAnswer(const QByteArray &stored);

} // namespace models
