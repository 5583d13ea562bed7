/** What Chromium and the loader of libraries say before the desktop app ends, and what helps. */
const helps = [
  {
    said: /error while loading shared libraries: ([^\s:]+)/,
    say: (/** @type {string} */ library) =>
      `The desktop app needs ${library}, which this system does not have: install it with the system's package manager.`,
  },
  {
    said: /SUID sandbox helper binary[\s\S]*?make sure that (.+?chrome-sandbox)/,
    say: (/** @type {string} */ helper) =>
      `The desktop app does not run without its sandbox, and this system lets it have one only after:\n  sudo chown root '${helper}' && sudo chmod 4755 '${helper}'`,
  },
  {
    said: /No usable sandbox!/,
    say: () => 'The desktop app does not run without its sandbox, and this system does not let it have one.',
  },
  {
    said: /Missing X server or \$DISPLAY|cannot open display|Failed to connect to Wayland display/i,
    say: () => 'The desktop app found no screen: DISPLAY or WAYLAND_DISPLAY names one that does not answer.',
  },
];

/**
 * What to do when the desktop app has ended with an error.
 *
 * @param {string} stderr what it said
 * @returns {string}
 */
export function explainExit(stderr) {
  const causes = helps.flatMap(({ said, say }) => {
    const found = said.exec(stderr);
    return found === null ? [] : [say(found[1] ?? '')];
  });
  return [...causes, 'Heads Up also runs in your browser: npm start -- --browser'].join('\n');
}
