import { readFileSync } from 'node:fs';
import type { HandlerDetails, WebPreferences, WindowOpenHandlerResponse } from 'electron';
import { toApp, toChromium } from './app-addresses.ts';
import { chromium } from './chromium.ts';
import type { CdpSession } from './cdp.ts';
import { decodeClone } from './clone-codec.ts';
import { settings } from './given-settings.ts';
import { StandInFrame } from './frames.ts';
import { hearPreload, toCloneText, traffic } from './ipc.ts';
import { answerRequests, type Navigation, type RefusedRequest } from './page-requests.ts';
import { closeUnloaded, openPageTarget, type PageTarget } from './page-target.ts';
import { writePreloadScripts, type FromPreload } from './preload-script.ts';
import { makeEvent } from './preventable.ts';
import { protocolHandlers } from './protocol.ts';
import { emitterNamed } from './refuse-missing.ts';
import { applyPermissions, defaultSession } from './session.ts';
import { windowing } from './windowing.ts';

type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

/** What any page of the app asked the network for, and did not get. */
export const refusedRequests: RefusedRequest[] = [];
/** Where pages wanted to go, or what they wanted to open, and what the app's guards said. */
export const ways: { kind: 'navigation' | 'window' | 'download'; url: string; isAllowed: boolean }[] = [];
let nextId = 1;

const schemes = () => protocolHandlers.schemes();

/** As Chromium asks for it. */
const withoutHash = (url: string): string => url.replace(/#.*$/, '');

/** A page in Chromium. After a crash the next load opens another one in its place, as Electron starts a new renderer. */
export class StandInWebContents extends emitterNamed('WebContents') {
  readonly id = nextId++;
  readonly session = defaultSession;
  private readonly preferences: WebPreferences;
  private readonly size: Readonly<{ width: number; height: number }>;
  private readonly frames = new Map<string, StandInFrame>();
  private target: Promise<PageTarget>;
  private mainFrameId = '';
  /** Where main itself sends the page: no question of will-navigate. */
  private expected: string | null = null;
  private openHandler: OpenHandler | null = null;
  private isGone = false;
  private hasCrashed = false;
  private hasFinished = Promise.withResolvers<void>();

  constructor(preferences: WebPreferences, size: Readonly<{ width: number; height: number }>) {
    super();
    this.preferences = preferences;
    this.size = size;
    this.target = this.openTarget();
    windowing.emit('contents-created', this);
  }

  get mainFrame(): StandInFrame {
    return this.frames.get(this.mainFrameId) ?? new StandInFrame(0, null);
  }

  async loadURL(url: string): Promise<void> {
    const error = await this.load(url);
    if (error !== null) throw new Error(`${error} loading '${url}'`);
  }

  reload(): void {
    const url = this.getURL();
    if (this.hasCrashed) {
      void this.load(url);
      return;
    }
    this.expected = withoutHash(url);
    void this.target.then(({ session }) => session.send('Page.reload'));
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  send(channel: string, ...args: unknown[]): void {
    const text = toCloneText(args);
    traffic.push({ kind: 'message', channel, args: decodeClone(text) as unknown[] });
    void this.target.then(({ tell }) => tell(this.mainFrameId, { kind: 'message', channel, args: text }));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  isCrashed(): boolean {
    return this.hasCrashed;
  }

  focus(): void {
    // A page of a headless Chromium always has the focus.
  }

  /** A true crash of the process that draws the page. */
  forcefullyCrashRenderer(): void {
    // Never answered: whoever should answer is gone.
    void this.target.then(({ session }) => session.send('Page.crash').catch(() => undefined));
  }

  /** For the window that owns this page. */
  async destroy(): Promise<void> {
    if (this.isGone) return;
    this.isGone = true;
    this.emit('destroyed');
    await (await this.target).close();
  }

  async resize(width: number, height: number): Promise<void> {
    const { session } = await this.target;
    await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  }

  /** Null when the page is there; else what Chromium says against it. */
  private async load(url: string): Promise<string | null> {
    if (this.hasCrashed) this.replaceTarget();
    const { session } = await this.target;
    const { browser } = await chromium();
    await applyPermissions(browser, this, url);
    this.expected = withoutHash(url);
    this.hasFinished = Promise.withResolvers<void>();
    const { errorText, loaderId } = await session.send('Page.navigate', { url: toChromium(url, schemes()) });
    if (errorText !== undefined) {
      const code = errorText === 'net::ERR_ABORTED' ? -3 : -2;
      this.emit('did-fail-load', makeEvent({}), code, errorText, url, true);
      return `${errorText} (${code})`;
    }
    // Another part of the same document: nothing is loaded.
    if (loaderId === undefined) this.hasFinished.resolve();
    await this.hasFinished.promise;
    return null;
  }

  private replaceTarget(): void {
    const crashed = this.target;
    this.hasCrashed = false;
    this.target = crashed.then(async ({ close }) => {
      await close();
      return this.openTarget();
    });
  }

  private async openTarget(): Promise<PageTarget> {
    const { preload, nodeIntegrationInSubFrames = false } = this.preferences;
    const source = preload === undefined ? '' : readFileSync(preload, 'utf8');
    const target = await openPageTarget({
      cdp: await chromium(),
      scripts: writePreloadScripts(source, nodeIntegrationInSubFrames),
      ...this.size,
      onSaid: (frameId, text) => this.hear(frameId, JSON.parse(text) as FromPreload),
      prepare: (session) => this.follow(session),
    });
    // The target's number is also its main frame's.
    this.mainFrameId = target.targetId;
    this.frameFor(target.targetId, null);
    await this.closePopups(target.targetId);
    return target;
  }

  private frameFor(frameId: string, parentId: string | null): StandInFrame {
    const known = this.frames.get(frameId);
    if (known !== undefined) return known;
    const frame = new StandInFrame(this.frames.size + 1, parentId === null ? null : this.frameFor(parentId, null));
    this.frames.set(frameId, frame);
    return frame;
  }

  private hear(frameId: string, said: FromPreload): void {
    const senderFrame = this.frames.get(frameId) ?? null;
    // Said by the preload's own world, ahead of Chromium's news of the navigation.
    if (senderFrame !== null) senderFrame.url = toApp(said.url, schemes());
    if (said.kind === 'preload-error') this.emit('preload-error', makeEvent({}), '', new Error(said.message));
    const event = makeEvent({ sender: this, senderFrame, type: 'frame', frameId: senderFrame?.routingId ?? 0 });
    hearPreload(said, event as unknown as Parameters<typeof hearPreload>[1], (message) => {
      void this.target.then(({ tell }) => tell(frameId, message));
    });
  }

  /** Turns what Chromium says of the page into Electron's events. */
  private follow(session: CdpSession): void {
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => void this.frameFor(frameId, parentFrameId));
    session.on('Page.frameDetached', ({ frameId }) => void this.frames.delete(frameId));
    session.on('Page.frameNavigated', ({ frame }) => {
      const known = this.frameFor(frame.id, frame.parentId ?? null);
      known.url = toApp(frame.url + (frame.urlFragment ?? ''), schemes());
      if (frame.parentId === undefined) this.emit('did-navigate', makeEvent({}), known.url, 200, 'OK');
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.frameFor(frameId, null);
      frame.url = toApp(url, schemes());
      this.emit('did-navigate-in-page', makeEvent({}), frame.url, frameId === this.mainFrameId);
    });
    session.on('Page.domContentEventFired', () => this.emit('dom-ready', makeEvent({})));
    session.on('Page.loadEventFired', () => {
      this.expected = null;
      this.emit('ready-to-show');
      this.emit('did-finish-load', makeEvent({}));
      this.hasFinished.resolve();
    });
    session.on('Inspector.targetCrashed', () => {
      this.hasCrashed = true;
      const details = { reason: 'crashed', exitCode: 5 };
      this.emit('render-process-gone', makeEvent({}), details);
      windowing.emit('contents-crashed', this, details);
    });
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const asked = { url: toApp(url, schemes()), frameName: windowName, features: windowFeatures.join(',') };
      const answer = this.openHandler?.({
        ...asked,
        disposition: 'new-window',
        referrer: { url: this.getURL(), policy: 'no-referrer' },
      });
      ways.push({ kind: 'window', url: asked.url, isAllowed: answer?.action !== 'deny' });
      if (answer?.action !== 'deny') throw new Error('The stand-in opens no window that a page asks for');
    });
    session.on('Page.downloadWillBegin', ({ guid, url, suggestedFilename }) => {
      const item = { getURL: () => toApp(url, schemes()), getFilename: () => suggestedFilename };
      const event = makeEvent({});
      defaultSession.emit('will-download', event, item, this);
      ways.push({ kind: 'download', url: item.getURL(), isAllowed: !event.defaultPrevented });
      if (!event.defaultPrevented) return;
      void chromium().then(({ browser }) =>
        browser.send('Browser.cancelDownload', { guid, browserContextId: settings.browserContextId }),
      );
    });
    answerRequests(session, {
      handlers: protocolHandlers,
      refused: refusedRequests,
      mayNavigate: (navigation) => this.mayNavigate(navigation),
    });
  }

  /** Whatever this page opens is closed at once; its handler has said no by then, or main has ended. */
  private async closePopups(targetId: string): Promise<void> {
    const cdp = await chromium();
    cdp.browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId !== targetId) return;
      // One that has closed itself meanwhile is as good.
      closeUnloaded(cdp, targetInfo.targetId).catch(() => undefined);
    });
    await cdp.browser.send('Target.setDiscoverTargets', { discover: true });
  }

  private mayNavigate({ url, frameId, isRedirect }: Navigation): boolean {
    const isMainFrame = frameId === this.mainFrameId;
    if (isMainFrame && this.expected === url && !isRedirect) return true;
    const frame = this.frameFor(frameId, isMainFrame ? null : this.mainFrameId);
    const event = makeEvent({ url, isMainFrame, isSameDocument: false, frame, initiator: frame });
    const inPage = [event, url, false, isMainFrame] as const;
    if (isRedirect) this.emit('will-redirect', ...inPage);
    else {
      this.emit('will-frame-navigate', event);
      if (isMainFrame && !event.defaultPrevented) this.emit('will-navigate', ...inPage);
    }
    ways.push({ kind: 'navigation', url, isAllowed: !event.defaultPrevented });
    return !event.defaultPrevented;
  }
}
