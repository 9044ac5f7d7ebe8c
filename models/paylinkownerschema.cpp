// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinkownerschema.h"

namespace models {

// Empty: nobody sends it, and whoever resumes it may have it.
const char *const payLinkOwnerSchema = "ALTER TABLE pay_link_batches ADD COLUMN owner TEXT NOT NULL DEFAULT '';";

} // namespace models
