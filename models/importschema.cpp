// SPDX-License-Identifier: GPL-3.0-or-later

namespace models {

extern const char *const importSchema;
const char *const importSchema = "";

} // namespace models
