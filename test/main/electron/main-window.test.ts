import { describe, expect, it } from 'vitest';
import { createMainWindow } from '../../../main/electron/main-window.ts';
import type { Area, WindowPlace } from '../../../main/electron/window-place.ts';
import { createFakeFrame } from './fake-frame.ts';

const laptop: Area = { x: 0, y: 0, width: 1440, height: 900 };
const beside: Area = { x: 1440, y: 0, width: 2560, height: 1440 };

type Options = Parameters<Parameters<typeof createMainWindow>[0]['create']>[0];

function setUp(remembered: WindowPlace | null = null) {
  const made: ReturnType<typeof createFakeFrame>[] = [];
  const options: Options[] = [];
  const told: string[] = [];
  const kept = { place: remembered };
  const displays: { areas: [Area, ...Area[]] } = { areas: [laptop, beside] };
  const window = createMainWindow({
    create: (asked) => {
      options.push(asked);
      const { x = 0, y = 0, width = 0, height = 0 } = asked;
      const fake = createFakeFrame({ x, y, width, height });
      made.push(fake);
      return fake.frame;
    },
    preloadPath: '/app/preload.cjs',
    listWorkAreas: () => displays.areas,
    place: {
      get: () => kept.place,
      set: (place) => {
        kept.place = place;
      },
    },
    showMessageBox: (frame, { message }) => {
      told.push(`${message} before window ${made.findIndex((each) => each.frame === frame)}`);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    },
    onClose: () => told.push('close'),
    onSessionEnd: () => told.push('session ends'),
    onCreated: () => told.push('created'),
  });
  const newest = () => {
    const fake = made.at(-1);
    if (fake === undefined) throw new Error('No window was made');
    return fake;
  };
  return { window, made, options, told, kept, displays, newest };
}

describe('the window', () => {
  it('is not made before somebody asks for it, and then shows when its page is drawn', () => {
    const { window, made, newest } = setUp();
    window.send('changed');
    expect(made).toEqual([]);
    window.show();
    expect(newest().loaded).toEqual(['app://heads-up/']);
    expect(newest().did).toEqual([]);
    newest().emit('ready-to-show');
    expect(newest().did).toEqual(['show']);
    window.send('changed');
    expect(newest().did).toEqual(['show', 'send changed']);
  });

  it('opens where it was, maximised if it was, on the displays that are there now', () => {
    const place = { x: 1600, y: 50, width: 1400, height: 900, isMaximized: true };
    const { window, options, newest } = setUp(place);
    window.show();
    newest().emit('ready-to-show');
    expect(options[0]).toMatchObject({ x: 1600, y: 50, width: 1400, height: 900, show: false });
    expect(newest().state).toMatchObject({ isMaximized: true, isVisible: true });
  });

  it('asks what closing means instead of going, and remembers its place when it is hidden', () => {
    const { window, told, kept, newest } = setUp();
    window.show();
    expect(newest().pressClose()).toBe(true);
    expect(told).toEqual(['created', 'close']);
    newest().state.bounds = { x: 10, y: 20, width: 800, height: 600 };
    window.hide();
    expect(newest().did).toEqual(['hide']);
    expect(kept.place).toEqual({ x: 10, y: 20, width: 800, height: 600, isMaximized: false });
  });

  it('leaves full screen before it hides', () => {
    const { window, newest } = setUp();
    window.show();
    newest().state.isFullScreen = true;
    window.hide();
    expect(newest().did).toEqual([]);
    expect(newest().state.isFullScreen).toBe(false);
    newest().emit('leave-full-screen');
    expect(newest().did).toEqual(['hide']);
  });

  it('comes back as it was: the same one, restored, in front, on a display that is still there', () => {
    const { window, made, displays, newest } = setUp({ x: 1600, y: 50, width: 1400, height: 900, isMaximized: false });
    window.show();
    window.hide();
    newest().state.isMinimized = true;
    displays.areas = [laptop];
    window.show();
    expect(made).toHaveLength(1);
    expect(newest().did).toEqual(['hide', 'restore', 'move', 'show']);
    expect(newest().state).toMatchObject({ bounds: { x: 20, y: 0, width: 1400, height: 900 }, isFocused: true });
    expect(window.isWatched()).toBe(true);
  });

  it('is not moved while it is maximised or fills the screen', () => {
    const { window, newest } = setUp();
    window.show();
    newest().state.bounds = { x: -8, y: -8, width: 5000, height: 900 };
    newest().state.isMaximized = true;
    window.show();
    newest().state.isMaximized = false;
    newest().state.isFullScreen = true;
    window.show();
    expect(newest().did).not.toContain('move');
  });

  it('goes to a screen within the page that is there', () => {
    const { window, newest } = setUp();
    window.show('/guide');
    window.show('/replies?needs=person');
    window.show('/replies?needs=person');
    window.show();
    expect(newest().loaded).toEqual(['app://heads-up/#/guide', 'app://heads-up/#/replies?needs=person']);
  });

  it('is made anew after it is gone, and asks questions before itself', async () => {
    const { window, made, told, newest } = setUp();
    window.show();
    newest().emit('closed');
    await window.ask({ message: 'Well?' });
    expect(made).toHaveLength(2);
    expect(newest().did).toEqual(['show']);
    expect(told.at(-1)).toBe('Well? before window 1');
  });

  it('goes for good without a question, and does not come back while Heads Up ends', async () => {
    const { window, made, told, kept, newest } = setUp();
    window.show();
    window.destroy();
    expect(newest().did).toEqual(['destroy']);
    expect(kept.place).not.toBeNull();
    window.show();
    expect(await window.ask({ message: 'Well?', cancelId: 2 })).toEqual({ response: 2, checkboxChecked: false });
    expect(made).toHaveLength(1);
    expect(told).toEqual(['created']);
  });

  it('says when Windows ends the session', () => {
    const { window, told, newest } = setUp();
    window.show();
    newest().emit('session-end', {});
    expect(told).toEqual(['created', 'session ends']);
  });
});
