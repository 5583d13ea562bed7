import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseBrowserOptions } from '../../../main/browser/options.ts';
import { findRemotes } from '../../../main/remotes.ts';
import { findFolders } from '../../../main/folders.ts';

const usual = {
  data: resolve('/home/dana/data'),
  config: resolve('/home/dana/config'),
  keys: resolve('/home/dana/keys'),
};

describe('the command line', () => {
  it('needs nothing', () => {
    expect(parseBrowserOptions([], usual)).toEqual({
      ok: true,
      value: { folders: usual, port: 0, opensPage: true, startInPractice: false, wantsHelp: false },
    });
  });

  it('takes its flags', () => {
    const result = parseBrowserOptions(['--practice', '--no-open', '--port', '4321', '--data', '/shop'], usual);
    const data = resolve('/shop');
    expect(result).toEqual({
      ok: true,
      value: {
        folders: { data, config: data, keys: usual.keys },
        port: 4321,
        opensPage: false,
        startInPractice: true,
        wantsHelp: false,
      },
    });
  });

  it.each([['--fast'], ['stray'], ['--port', 'http'], ['--port', '65536'], ['--port=-1'], ['--data'], ['--data=']])(
    'refuses %s %s with a pointer to the help',
    (...argv) => {
      expect(parseBrowserOptions(argv, usual)).toMatchObject({
        ok: false,
        error: { nextStep: 'See npm start -- --help.' },
      });
    },
  );

  it.each(['/home/dana', '/home/dana/keys', '/'])('refuses the data folder %s, which would hold the key', (folder) => {
    expect(parseBrowserOptions(['--data', folder], usual)).toMatchObject({ ok: false });
  });
});

describe('the usual folders', () => {
  it('follow XDG on Linux, and never put the key among the data', () => {
    expect(findFolders({ XDG_CONFIG_HOME: '', XDG_DATA_HOME: '/xdg/data' }, 'linux', '/home/dana')).toEqual({
      data: join('/xdg/data', 'heads-up'),
      config: join('/home/dana/.config', 'heads-up'),
      keys: join('/home/dana/.config', 'heads-up-keys'),
    });
  });

  it.each(['linux', 'darwin', 'win32'] as const)('keep the key outside the data folder on %s', (platform) => {
    const folders = findFolders({}, platform, '/home/dana');
    expect(parseBrowserOptions([], folders).ok).toBe(true);
  });
});

describe('simulators in the environment', () => {
  const remotes = { postscript: 'http://127.0.0.1:4001', smartrr: 'http://127.0.0.1:4002' };

  it('are optional', () => {
    expect(findRemotes({})).toEqual({ ok: true, value: null });
  });

  it('are taken when both are on this computer', () => {
    const environment = { HEADS_UP_POSTSCRIPT_URL: remotes.postscript, HEADS_UP_SMARTRR_URL: remotes.smartrr };
    expect(findRemotes(environment)).toEqual({ ok: true, value: remotes });
  });

  it.each([
    ['', remotes.smartrr],
    [remotes.postscript, 'https://127.0.0.1'],
    [remotes.postscript, 'http://evil.example'],
    [remotes.postscript, 'http://127.0.0.1@evil.example'],
    [remotes.postscript, 'text'],
  ])('are refused as "%s" and "%s"', (postscript, smartrr) => {
    const environment = { HEADS_UP_POSTSCRIPT_URL: postscript, HEADS_UP_SMARTRR_URL: smartrr };
    expect(findRemotes(environment)).toMatchObject({ ok: false });
  });
});
