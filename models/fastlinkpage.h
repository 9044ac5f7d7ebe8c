// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/pagerules.h"

#include <QByteArray>
#include <QString>

namespace models {

//! The body of the form POST that opens FastLink (reference 2.7.3): accessToken and extraParams.
QByteArray fastLinkForm(const PaneRequest &request);

//! A page of ours that runs the loader (reference 2.7.1) and reports its callbacks to YWebViewHandler as
//! {"type": "onSuccess" ..., "data": ...}. Runs scripts only from the loader's and FastLink's own origins.
QString fastLinkLoaderPage(const PaneRequest &request);

} // namespace models
