/** @typedef {import('electron-builder').Configuration} Configuration */

/**
 * What of a package depends on who builds it: its signature, the place of its updates, the home page that a deb has to name.
 * All of it comes from the environment. What is not there is left out and said, never guessed.
 *
 * @param {object} machine
 * @param {Record<string, string | undefined>} machine.environment
 * @param {NodeJS.Platform} machine.platform
 * @returns {{ config: Configuration, leftOut: string[] }} `config` goes over electron-builder.yml
 */
export function chooseOptions({ environment, platform }) {
  const home = readRepository(environment['GITHUB_REPOSITORY']);
  const leftOut = home === null ? ['No updates: GITHUB_REPOSITORY (owner/name) says where releases are.'] : [];
  const publish = home && {
    provider: /** @type {const} */ ('github'),
    ...home,
    releaseType: /** @type {const} */ ('draft'),
  };

  const chosen = chooseForSystem();
  return { config: { publish, ...chosen.config }, leftOut: [...leftOut, ...chosen.leftOut] };

  /** @returns {{ config: Configuration, leftOut: string[] }} */
  function chooseForSystem() {
    if (platform === 'darwin') return chooseForMac(environment);
    if (platform === 'win32') return chooseForWindows(environment);
    return chooseForLinux(home);
  }
}

/**
 * @param {{ owner: string, repo: string } | null} home
 * @returns {{ config: Configuration, leftOut: string[] }}
 */
function chooseForLinux(home) {
  if (home === null) {
    const target = [{ target: 'AppImage', arch: [/** @type {const} */ ('x64')] }];
    return { config: { linux: { target } }, leftOut: ['No deb: it has to name a home page, which is the repository.'] };
  }
  const { owner, repo } = home;
  const maintainer = `Heads Up contributors <${owner}@users.noreply.github.com>`;
  const homepage = `https://github.com/${owner}/${repo}`;
  return { config: { extraMetadata: { homepage }, linux: { maintainer } }, leftOut: [] };
}

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {{ config: Configuration, leftOut: string[] }}
 */
function chooseForWindows(environment) {
  if (environment['WIN_CSC_LINK'] || environment['CSC_LINK'])
    return { config: { forceCodeSigning: true }, leftOut: [] };
  return {
    config: {},
    leftOut: ['Not signed: WIN_CSC_LINK names the certificate. Windows will warn who installs it.'],
  };
}

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {{ config: Configuration, leftOut: string[] }}
 */
function chooseForMac(environment) {
  if (!environment['CSC_LINK'] && !environment['CSC_NAME']) {
    return {
      // An Apple processor runs no program without a signature of some kind; this one names nobody. macOS updates only what
      // is signed by somebody, so that there is no use in looking for updates.
      config: { publish: null, mac: { identity: '-', hardenedRuntime: false, notarize: false } },
      leftOut: [
        'Not signed, so without updates: CSC_LINK names the certificate. macOS refuses the first start until it is allowed in the settings.',
      ],
    };
  }
  const isNotarised = environment['APPLE_API_KEY'] || environment['APPLE_ID'] || environment['APPLE_KEYCHAIN_PROFILE'];
  if (isNotarised) return { config: { forceCodeSigning: true }, leftOut: [] };
  return {
    config: { forceCodeSigning: true, mac: { notarize: false } },
    leftOut: ['Signed but not notarised: APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER are for that.'],
  };
}

/**
 * @param {string | undefined} name
 * @returns {{ owner: string, repo: string } | null}
 */
function readRepository(name) {
  const [, owner, repo] = /^([\w-]+)\/([\w.-]+)$/.exec(name ?? '') ?? [];
  return owner === undefined || repo === undefined ? null : { owner, repo };
}
