import type { Cdp, CdpSession } from './cdp.ts';
import { preloadWorld, type ToPreload, type writePreloadScripts } from './preload-script.ts';
import { settings } from './given-settings.ts';

export type PageTarget = Readonly<{
  targetId: string;
  session: CdpSession;
  /** Says something to the preload of a frame; nobody hears it where there is none. */
  tell: (frameId: string, message: ToPreload) => void;
  close: () => Promise<void>;
}>;

type TargetOptions = Readonly<{
  cdp: Cdp;
  scripts: ReturnType<typeof writePreloadScripts>;
  width: number;
  height: number;
  onSaid: (frameId: string, text: string) => void;
  /** Before anything else, so that no event is missed. */
  prepare: (session: CdpSession) => void;
}>;

/** Opens an empty page that runs the preload in a world of its own, and asks us about every request. */
export async function openPageTarget(options: TargetOptions): Promise<PageTarget> {
  const { cdp, scripts, width, height, onSaid, prepare } = options;
  const { browserContextId } = settings;
  const { targetId } = await cdp.browser.send('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
    newWindow: true,
    width,
    height,
  });
  const session = await cdp.attach(targetId);
  /** Of the preload's worlds: by its number the frame, by its frame the number. */
  const frames = new Map<number, string>();
  const worlds = new Map<string, number>();
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name !== preloadWorld) return;
    const { frameId } = context.auxData as { frameId: string };
    frames.set(context.id, frameId);
    worlds.set(frameId, context.id);
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    const frameId = frames.get(executionContextId);
    frames.delete(executionContextId);
    if (frameId !== undefined && worlds.get(frameId) === executionContextId) worlds.delete(frameId);
  });
  session.on('Runtime.executionContextsCleared', () => {
    frames.clear();
    worlds.clear();
  });
  session.on('Runtime.bindingCalled', ({ executionContextId, payload }) => {
    const frameId = frames.get(executionContextId);
    if (frameId !== undefined) onSaid(frameId, payload);
  });
  prepare(session);
  await Promise.all([
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Inspector.enable'),
    session.send('Network.enable'),
    session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    session.send('Runtime.addBinding', { name: 'sendToMain', executionContextName: preloadWorld }),
    // The page's world listens before the preload's speaks.
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.world, worldName: preloadWorld }),
    session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
  ]);

  return {
    targetId,
    session,
    tell: (frameId, message) => {
      const contextId = worlds.get(frameId);
      if (contextId === undefined) return;
      const expression = `hearFromMain(${JSON.stringify(message)})`;
      // A world that ends meanwhile hears nothing, as in Electron.
      session.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
    },
    close: async () => {
      await cdp.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
    },
  };
}

/** Closes a page that has loaded nothing yet, and never will. */
export async function closeUnloaded({ attach, browser }: Cdp, targetId: string): Promise<void> {
  const session = await attach(targetId);
  await Promise.all([
    session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    // While it waits for a debugger the page that has opened it waits too, and would for ever if it closed like that.
    session.send('Runtime.runIfWaitingForDebugger'),
  ]);
  await browser.send('Target.closeTarget', { targetId });
}
