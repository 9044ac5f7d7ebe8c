// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

//! What was probably meant by a pasted or typed text: without the blanks, quotes and punctuation around it; from an
//! address (URL) the id inside it.
QString cleanedQuestion(const QString &text);

//! Worth asking the API for: one word with a digit, which is no amount and no four last digits.
bool couldBeId(const QString &cleaned);

//! The same words in the filter language, where none of them means anything but itself. Empty when there is nothing to
//! look for.
QString plainWordsQuery(const QString &cleaned);

} // namespace models
