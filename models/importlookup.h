// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/ledger.h"

namespace models {

//! The request that reads one record.
api::RequestData importRequest(const RecordRef &ref);
api::RequestData importAccountsRequest(const RecordRef &customer);

//! What an answer says about the record, as the ledger takes it.
api::Result<Observation> importObservation(RecordKind kind, const api::Answer &answer);
api::Result<Observation> importAccountsObservation(const api::Answer &answer);

//! What an error means for the lines that are still to come.
enum class ImportTrouble {
    OfTheLine,   //!< the next line may well be fine
    OfEveryLine, //!< no line is to blame: the next one would meet it too
    Doubtful,    //!< of every line only when it comes several times in a row
};
ImportTrouble importTrouble(api::ErrorKind kind);
//! So many doubtful troubles in a row are of every line.
int importPatience(api::ErrorKind kind);

} // namespace models
