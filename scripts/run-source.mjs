// Runs main/<name>.ts as it is: Node strips the types, so nothing has to be built first.
// In this same process, so that Ctrl+C, flags, stdout and the exit code are the program's own.
import './node-guard.mjs';

const [name] = process.argv.splice(2, 1);
if (name !== 'inbox' && name !== 'practice') {
  console.error('Usage: node scripts/run-source.mjs inbox|practice [flags]');
  process.exit(1);
}
if (!process.features.typescript) {
  console.error(`This needs Node 22.18 or newer, which reads TypeScript; this is Node ${process.versions.node}.`);
  process.exit(1);
}
await import(`../main/${name}.ts`);
