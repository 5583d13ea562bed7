import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { chooseOptions } from '../../scripts/package/choose-options.mjs';
import { checkConfiguration } from '../../scripts/package/pack-with-stub.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const repository = { GITHUB_REPOSITORY: 'somebody/heads-up' };
const feed = { provider: 'github', owner: 'somebody', repo: 'heads-up', releaseType: 'draft' };

it('says on a bare machine what it leaves out, and packs the rest', () => {
  const bare = (platform: NodeJS.Platform) => chooseOptions({ environment: {}, platform });
  expect(bare('linux')).toEqual({
    config: { publish: null, linux: { target: [{ target: 'AppImage', arch: ['x64'] }] } },
    leftOut: [
      'No updates: GITHUB_REPOSITORY (owner/name) says where releases are.',
      'No deb: it has to name a home page, which is the repository.',
    ],
  });
  expect(bare('win32').config).toEqual({ publish: null });
  expect(bare('win32').leftOut[1]).toMatch(/^Not signed: WIN_CSC_LINK/);
  expect(bare('darwin').leftOut[1]).toMatch(/^Not signed, so without updates: CSC_LINK/);
});

it('names the repository as feed and as home page', () => {
  expect(chooseOptions({ environment: repository, platform: 'linux' })).toEqual({
    config: {
      publish: feed,
      extraMetadata: { homepage: 'https://github.com/somebody/heads-up' },
      linux: { maintainer: 'Heads Up contributors <somebody@users.noreply.github.com>' },
    },
    leftOut: [],
  });
});

it.each(['', 'heads-up', 'a/b/c', 'https://github.com/a/b', 'a/b c'])('takes %j for no repository', (name) => {
  expect(chooseOptions({ environment: { GITHUB_REPOSITORY: name }, platform: 'win32' }).config.publish).toBeNull();
});

it('fails a build that should be signed and is not, instead of handing out an unsigned one', () => {
  const environment = { ...repository, CSC_LINK: 'certificate', APPLE_API_KEY: 'key' };
  for (const platform of ['win32', 'darwin'] as const) {
    expect(chooseOptions({ environment, platform })).toEqual({
      config: { publish: feed, forceCodeSigning: true },
      leftOut: [],
    });
  }
});

it('gives an unsigned Mac app no update feed, for macOS would refuse every update', () => {
  expect(chooseOptions({ environment: repository, platform: 'darwin' }).config).toEqual({
    publish: null,
    mac: { identity: '-', hardenedRuntime: false, notarize: false },
  });
});

it('notarises only what it can', () => {
  const environment = { ...repository, CSC_NAME: 'Somebody' };
  expect(chooseOptions({ environment, platform: 'darwin' })).toEqual({
    config: { publish: feed, forceCodeSigning: true, mac: { notarize: false } },
    leftOut: [expect.stringMatching(/^Signed but not notarised/)],
  });
});

it.each(['linux', 'win32', 'darwin'] as const)(
  'lays over the file on %s only what the packager knows',
  async (platform) => {
    for (const environment of [{}, repository, { ...repository, CSC_LINK: 'certificate' }]) {
      expect(await checkConfiguration(root, chooseOptions({ environment, platform }).config)).toEqual([]);
    }
  },
);
