import { expect, it } from 'vitest';
import { explainExit } from '../../scripts/explain-exit.mjs';

const instead = 'Heads Up also runs in your browser: npm start -- --browser';

it('names the library that is missing', () => {
  const said =
    '/shop/electron: error while loading shared libraries: libnss3.so: cannot open shared object file: No such file';
  expect(explainExit(said)).toBe(
    "The desktop app needs libnss3.so, which this system does not have: install it with the system's package manager.\n" +
      instead,
  );
});

it('says how the helper of the sandbox is set up, for a folder with spaces too', () => {
  const said =
    "FATAL:setuid_sandbox_host.cc(166)] The SUID sandbox helper binary was found, but is not configured correctly. Rather than run without sandboxing I'm aborting now. You need to make sure that /my shop/dist/chrome-sandbox is owned by root and has mode 4755.";
  expect(explainExit(said)).toContain(
    "sudo chown root '/my shop/dist/chrome-sandbox' && sudo chmod 4755 '/my shop/dist/chrome-sandbox'",
  );
});

it.each([
  ['[1:2:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! If you are running on Ubuntu', 'sandbox'],
  ['ERROR:ozone_platform_x11.cc(240)] Missing X server or $DISPLAY', 'DISPLAY'],
])('knows a start that cannot work: %s', (said, word) => {
  expect(explainExit(said)).toContain(word);
  expect(explainExit(said)).toContain(instead);
});

it('offers the browser whatever it was', () => {
  expect(explainExit('Segmentation fault')).toBe(instead);
});
