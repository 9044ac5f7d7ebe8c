// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/linkpane.h"

#include "models/fastlinkpage.h"
#include "ui/addressline.h"
#include "ui/banner.h"
#include "ui/emptystate.h"
#include "ui/panepopup.h"
#include "ui/panewords.h"
#include "ui/theme.h"

#include <QEvent>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int mostMoves = 30; // of the main page, within the time below: no person clicks that fast
constexpr qint64 movesWithin = 10'000;
constexpr int mostMessages = 1'000;
constexpr std::chrono::milliseconds lastWordAfter{1'500};

models::PageRules::Place rulesPlace(PaneListener::Place place)
{
    switch (place) {
    case PaneListener::Place::Page:
        return models::PageRules::Place::Page;
    case PaneListener::Place::Window:
        return models::PageRules::Place::Window;
    case PaneListener::Place::Frame:
        return models::PageRules::Place::Frame;
    }
    Q_UNREACHABLE();
}

} // namespace

LinkPane::LinkPane(PaneEngines &engines, QWidget *parent)
    : QWidget(parent)
    , m_engines(engines)
    , m_line(new AddressLine(this))
    , m_banner(new Banner(this))
    , m_instead(new EmptyState(this))
{
    setObjectName(u"linkPane"_s);
    setAccessibleName(tr("Web page"));
    m_banner->setObjectName(u"paneBanner"_s);
    m_instead->setObjectName(u"paneInstead"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_line);
    column->addWidget(m_banner);
    column->addWidget(m_instead, 1);
    m_lastWord.setSingleShot(true);
    connect(&m_lastWord, &QTimer::timeout, this, [this] { end(State::Finished); });
    connect(m_instead, &EmptyState::actionTriggered, this, &LinkPane::tryAgain);
    connect(m_banner, &Banner::actionTriggered, m_banner, &Banner::clear);
    m_line->switchWith(this, [this] { focusPage(); });
    showState();
}

LinkPane::~LinkPane()
{
    m_popup.reset();
    m_engine.reset();
}

// What the engine tells comes from inside it; whatever may end in its destruction waits until it has returned.
void LinkPane::later(auto action)
{
    QMetaObject::invokeMethod(this, action, Qt::QueuedConnection);
}

void LinkPane::open(const models::PaneRequest &request)
{
    Q_ASSERT(m_state == State::Empty);
    m_rules.emplace(request);
    if (const QString problem = models::requestProblem(request); !problem.isEmpty()) {
        setState(State::Refused, problem);
        return;
    }
    start();
}

void LinkPane::tryAgain()
{
    if (m_state == State::Crashed || m_state == State::Offline)
        start();
}

void LinkPane::start()
{
    const models::PaneRequest &request = m_rules->request();
    const bool fastLink = request.kind != models::PaneRequest::Kind::PayLink;
    m_moves = 0;
    m_lastRefusal.clear();
    m_banner->clear();
    m_popup.reset();
    m_engine.reset(m_engines.create(*this, {.longestMessage = fastLink ? models::fastLinkMessageLimit : 0}));
    m_engine->setGround(Theme::colour(Colour::Surface));
    static_cast<QVBoxLayout *>(layout())->insertWidget(2, m_engine->widget(), 1);
    setState(State::Loading);
    pageMoved(request.address, Place::Page);
    m_committed = false;
    switch (request.kind) {
    case models::PaneRequest::Kind::PayLink:
        m_engine->open(request.address);
        break;
    case models::PaneRequest::Kind::FastLinkForm:
        m_engine->openForm(request.address, models::fastLinkForm(request));
        break;
    case models::PaneRequest::Kind::FastLinkLoader:
        m_engine->openHtml(models::fastLinkLoaderPage(request), QUrl(models::loaderPageOrigin() + u'/'));
        break;
    }
    focusPage();
}

void LinkPane::leave()
{
    if (!isOver())
        end(State::Abandoned);
}

bool LinkPane::isOver() const
{
    return m_state == State::Finished || m_state == State::Abandoned || m_state == State::Untrusted
        || m_state == State::Refused;
}

bool LinkPane::wasShown() const
{
    return m_everShown;
}

bool LinkPane::isUnderway() const
{
    return m_everShown && !isOver() && !m_caught;
}

QWidget *LinkPane::page() const
{
    return m_engine ? m_engine->widget() : nullptr;
}

void LinkPane::focusPage()
{
    if (QWidget *widget = page(); widget && widget->isVisibleTo(this))
        widget->setFocus(Qt::OtherFocusReason);
    else
        m_instead->setFocus(Qt::OtherFocusReason);
}

bool LinkPane::turnsInCircles()
{
    if (!m_movesSince.isValid() || m_movesSince.elapsed() > movesWithin) {
        m_movesSince.start();
        m_moves = 0;
    }
    return ++m_moves > mostMoves;
}

bool LinkPane::mayGo(const QUrl &url, Place place)
{
    if (isOver() || m_caught)
        return false;
    const models::PageRules::Judgement judgement = m_rules->judge(url, rulesPlace(place));
    switch (judgement.verdict) {
    case models::PageRules::Verdict::Return:
        catchRedirect(url);
        return false;
    case models::PageRules::Verdict::Refuse:
        later([this, url, judgement] { refuse(url.host().isEmpty() ? url.scheme() : url.host(), judgement.sentence); });
        m_lastRefusal = judgement.sentence;
        return false;
    case models::PageRules::Verdict::Go:
        break;
    }
    if (place != Place::Page)
        return true;
    if (turnsInCircles()) {
        later([this, url] { loadFailed(url, Failure::TooManyRedirects, {}); });
        return false;
    }
    m_heading = url;
    return true;
}

void LinkPane::catchRedirect(const QUrl &url)
{
    m_caught = true;
    later([this, url] {
        if (isOver())
            return;
        end(State::Finished);
        emit redirectCaught(url);
    });
}

void LinkPane::loadStarted()
{
    m_line->setProgress(0);
}

void LinkPane::loadProgressed(int percent)
{
    m_line->setProgress(percent);
}

void LinkPane::loadShown()
{
    m_line->setProgress(100);
    if (isOver() || m_caught)
        return;
    m_everShown = true;
    setState(State::Shown);
}

void LinkPane::loadFailed(const QUrl &url, Failure failure, const QString &details)
{
    m_line->setProgress(100);
    if (isOver() || m_caught)
        return;
    m_details = details;
    if (failure == Failure::Stopped && m_committed) {
        loadShown();
        return;
    }
    if (failure == Failure::Stopped && !m_lastRefusal.isEmpty()) {
        later([this, sentence = m_lastRefusal] { end(State::Refused, sentence); });
        return;
    }
    if (failure == Failure::Stopped)
        return;
    const QString sentence = failureSentence(failure, url);
    const bool ofPage = url.host() == m_heading.host() && url.port() == m_heading.port();
    if (failure == Failure::Certificate && !ofPage)
        later([this, url, sentence] { refuse(url.host(), sentence); });
    else if (failure == Failure::Certificate)
        later([this, sentence] { end(State::Untrusted, sentence); });
    else if (failure == Failure::TooManyRedirects)
        later([this, sentence] { end(State::Refused, sentence); });
    else
        setState(State::Offline, sentence);
}

void LinkPane::pageMoved(const QUrl &url, Place place)
{
    const bool own = url.scheme() == "data"_L1 || url.host().endsWith(".invalid"_L1);
    const QUrl shown = own ? m_rules->request().address : url;
    if (place == Place::Window) {
        if (m_popup)
            m_popup->setAddress(shown);
        return;
    }
    m_committed = true;
    m_address = shown;
    m_line->setAddress(shown, m_state != State::Untrusted);
}

void LinkPane::denied(Denied what, const QUrl &origin)
{
    later([this, what, origin] { refuse(deniedThing(what), deniedSentence(what, origin)); });
}

void LinkPane::said(const QString &text, const QUrl &origin)
{
    later([this, text, origin] { refuse(tr("a message box"), saidSentence(text, origin)); });
}

void LinkPane::crashed(Place place)
{
    later([this, place] {
        m_popup.reset();
        if (m_engine)
            m_engine->closeWindow();
        if (isOver() || m_caught)
            return;
        if (place == Place::Page)
            setState(State::Crashed,
                tr("The web page broke down; the console did not. Open the page again: the customer may have to repeat "
                   "the last step."));
        else
            refuse(tr("a window"), tr("The bank's window broke down and was closed. Open it again from the page."));
    });
}

void LinkPane::messageArrived(const QByteArray &json, const QString &origin)
{
    later([this, json, origin] { takeMessage(json, origin); });
}

void LinkPane::takeMessage(const QByteArray &json, const QString &origin)
{
    if (isOver() || ++m_messages > mostMessages)
        return;
    if (!m_rules->mayTalk(origin)) {
        refuse(origin, tr("A message from %1 was not read: it does not come from FastLink.").arg(origin));
        return;
    }
    const auto message = json.isEmpty()
        ? std::unexpected(tr("FastLink sent a message of more than 64 KB. It was not read."))
        : models::readFastLinkMessage(json);
    if (!message) {
        refuse(tr("a message"), message.error());
        return;
    }
    if (message->kind == models::FastLinkMessage::Kind::ExternalPage) {
        emit externalUrlRequested(message->url);
        return;
    }
    m_outcome.take(*message);
    emit fastLinkMessage(json, origin);
    if (m_outcome.exited() && m_outcome.linked())
        end(State::Finished);
    else if (m_outcome.exited())
        m_lastWord.start(lastWordAfter);
}

bool LinkPane::mayOpenWindow()
{
    if (isOver() || m_caught || m_popup) {
        denied(Denied::Window, m_address);
        return false;
    }
    return true;
}

void LinkPane::windowOpened(QWidget *view)
{
    m_popup = std::make_unique<PanePopup>(view, this);
    connect(m_popup.get(), &PanePopup::closedByPerson, this, [this] {
        later([this] {
            m_popup.reset();
            if (m_engine)
                m_engine->closeWindow();
        });
    });
    m_popup->show();
}

void LinkPane::windowClosed()
{
    m_popup.reset();
}

void LinkPane::end(State state, const QString &explanation)
{
    m_lastWord.stop();
    m_banner->clear();
    m_popup.reset();
    m_engine.reset();
    m_line->setProgress(100);
    m_line->setAddress(m_address, state != State::Untrusted);
    setState(state, explanation);
}

void LinkPane::setState(State state, const QString &explanation)
{
    const bool isNew = m_state != state || m_explanation != explanation;
    m_state = state;
    m_explanation = explanation;
    showState();
    if (isNew)
        emit stateChanged(state);
}

void LinkPane::showState()
{
    const QString title = stateTitle(m_state);
    const bool again = m_state == State::Crashed || m_state == State::Offline;
    if (QWidget *widget = page())
        widget->setVisible(title.isEmpty());
    m_instead->setVisible(!title.isEmpty() || !page());
    m_line->setHasPage(page() && title.isEmpty());
    if (title.isEmpty())
        return;
    const QString icon = m_state == State::Finished ? u"system-run"_s : u"window-close"_s;
    const QString text = m_explanation.isEmpty() ? tr("There is nothing more to do here; close the window.")
                                                 : m_explanation;
    m_instead->setContent(icon, title, text, again ? tr("Open the page again") : QString());
}

void LinkPane::refuse(const QString &what, const QString &explanation)
{
    if (isOver())
        return;
    m_banner->showMessage(Banner::Kind::Warning, explanation, {}, tr("Hide"));
    emit refused(what, explanation);
}

void LinkPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && m_engine)
        m_engine->setGround(Theme::colour(Colour::Surface));
    QWidget::changeEvent(event);
}

} // namespace ui
