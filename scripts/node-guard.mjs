// Imported first, because better-sqlite3 does not throw on an older Node: the process dies without a word.
// The check is on Node-API 10, which is what its binary needs; Node 22.12 is the first that has it for good.
if (Number(process.versions['napi']) < 10) {
  console.error(`Heads Up needs Node 22.12 or newer; this is Node ${process.versions.node}.`);
  console.error('Run it through npm (`npm start`, `npm test`), which uses the Node that `npm ci` installed here.');
  process.exit(1);
}
