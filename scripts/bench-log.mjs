// npm run bench:log: 100,000 deliveries in the log, looked at in a real Chromium. Prints figures; only the number of rows
// in the page is held against a limit, because times depend on the machine.
import './node-guard.mjs';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { chromium } = await import('playwright-core');
const { openDatabase } = await import('../main/db/open-database.ts');
const { findFolders } = await import('../main/folders.ts');
const { findChromium } = await import('../test/helpers/find-chromium.ts');
const { startConsoleProcess } = await import('../test/helpers/console-process.ts');

const DELIVERIES = 100_000;
const CUSTOMERS = 20_000;
const MOST_ROWS = 60;
const ROUNDS = 15;
const MINUTE_MS = 60_000;

/** Of a hundred: what a quiet shop looks like. */
const stateOf = (/** @type {number} */ index) => {
  const one = (index * 37) % 100;
  return one === 98 ? 'failed' : one === 99 ? 'unknown' : one >= 91 ? 'suppressed' : 'accepted';
};
const triggers = ['upcoming_order', 'upcoming_order', 'upcoming_order', 'skipped_order', 'payment_method_failed'];

const executablePath = findChromium();
if (executablePath === null) {
  console.error('No Chromium found (PATH, CHROMIUM_PATH).');
  process.exit(1);
}
const home = mkdtempSync(join(tmpdir(), 'heads-up-bench-'));
fillDatabase(home);
const host = await startConsoleProcess([], {}, home);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(host.link);
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/#/deliveries`);
  await page.locator('[data-delivery]').first().waitFor();

  const everything = {
    state: null,
    trigger: null,
    answer: null,
    isTest: null,
    from: null,
    to: null,
    customerId: null,
    orderDate: null,
    search: '',
  };
  /** The median time of a call as the page sees it, ms. */
  const time = (/** @type {string} */ channel, /** @type {object} */ input) =>
    page.evaluate(
      async ({ rounds, body }) => {
        const times = [];
        for (let round = 0; round < rounds; round += 1) {
          const start = performance.now();
          const answer = await fetch('/api/call', {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'X-Heads-Up-Page': localStorage.getItem('heads-up-page') ?? '',
            },
            body,
          });
          if (!(await answer.text()).startsWith('{"ok":true')) throw new Error(`Not answered: ${body}`);
          times.push(performance.now() - start);
        }
        return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
      },
      { rounds: ROUNDS, body: JSON.stringify({ channel, input }) },
    );

  const trivial = await time('settings.get', {});
  console.log(`${DELIVERIES} deliveries of ${CUSTOMERS} customers. A trivial call: ${trivial.toFixed(1)} ms.`);
  const filters = {
    'no filter': {},
    'state refused': { state: 'failed' },
    'state accepted, trigger': { state: 'accepted', trigger: 'skipped_order' },
    'answer 4xx, trigger': { answer: '4xx', trigger: 'upcoming_order' },
    'accepted, tests only (none)': { state: 'accepted', isTest: true },
    'suppressed, answer 2xx (none)': { state: 'suppressed', answer: '2xx' },
    'one order date': { orderDate: '2027-03-04' },
    'search: last four digits': { search: '0100' },
    'search: a name of many': { search: 'name7' },
    'search: a phone': { search: '(212) 555-0100' },
  };
  for (const [name, filter] of Object.entries(filters)) {
    const took = await time('deliveries.list', { cursor: null, filter: { ...everything, ...filter } });
    console.log(
      `${name.padEnd(32)} ${took.toFixed(1).padStart(7)} ms  ${(took / trivial).toFixed(1)} x a trivial call`,
    );
  }
  const plan = await time('deliveries.planBulkResend', { filter: everything });
  console.log(`${'counting what can be resent'.padEnd(32)} ${plan.toFixed(1).padStart(7)} ms`);

  // Text, because scripts are compiled without the page's types.
  const scrolled = /** @type {{ frames: number[], mostRows: number, passed: number }} */ (
    await page.evaluate(`(async () => {
      const body = document.querySelector('tbody');
      const frames = [];
      let mostRows = 0;
      for (let last = performance.now(), frame = 0; frame < 300; frame += 1) {
        body.scrollTop += 240;
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - last);
        last = now;
        mostRows = Math.max(mostRows, document.querySelectorAll('[data-delivery]').length);
      }
      return { frames: frames.slice(1), mostRows, passed: Math.round(body.scrollTop / 56) };
    })()`)
  );
  const frames = scrolled.frames.toSorted((a, b) => a - b);
  const frameAt = (/** @type {number} */ part) => (frames[Math.floor(frames.length * part)] ?? 0).toFixed(1);
  console.log(
    `Scrolled past ${scrolled.passed} rows: a frame took ${frameAt(0.5)} ms (median), ${frameAt(0.95)} ms (95 %), ${frameAt(0.999)} ms (longest).`,
  );
  console.log(`Rows in the page: at most ${scrolled.mostRows}; the limit is ${MOST_ROWS - 1}.`);
  if (scrolled.mostRows >= MOST_ROWS) process.exitCode = 1;
} finally {
  await browser.close();
  await host.interrupt();
  host.remove();
}

/** A shop after some years: what the engine would have written, put there at once. */
function fillDatabase(/** @type {string} */ into) {
  const folder = findFolders({ XDG_CONFIG_HOME: join(into, 'config'), XDG_DATA_HOME: join(into, 'data') }, 'linux');
  mkdirSync(folder.data, { recursive: true });
  const db = openDatabase({ path: join(folder.data, 'heads-up.db') });
  const customer = db.prepare(
    'INSERT INTO customers (row_id, id, first_name, last_name, phone, known_since) VALUES (?, ?, ?, ?, ?, 0)',
  );
  const search = db.prepare("INSERT INTO customer_search (rowid, name, email, phone) VALUES (?, ?, '', ?)");
  const delivery = db.prepare(
    `INSERT INTO deliveries (key, trigger, state, reason, is_test, is_urgent, customer_id, order_date, phone, properties,
       occurred_at, due_at, deadline_at, attempts, created_at, finished_at, answer)
     VALUES (:key, :trigger, :state, 'accepted', 0, 0, :customer, :order, :phone, '{}', :at, :at, :at, 1, :at, :at, :answer)`,
  );
  const phoneOf = (/** @type {number} */ index) => `+1212${String(5_550_000 + index).padStart(7, '0')}`;
  db.transaction(() => {
    for (let index = 0; index < CUSTOMERS; index += 1) {
      const digits = phoneOf(index).slice(1);
      customer.run(index + 1, `customer-${index}`, `Name${index % 50}`, `Family${index}`, phoneOf(index));
      search.run(
        index + 1,
        `Name${index % 50} Family${index}`,
        `${digits} ${digits.slice(-10)} ${digits.slice(-7)} ${digits.slice(-4)}`,
      );
    }
    const start = Date.now() - DELIVERIES * 10 * MINUTE_MS;
    for (let index = 0; index < DELIVERIES; index += 1) {
      const state = stateOf(index);
      delivery.run({
        key: `bench:${index}`,
        trigger: triggers[index % triggers.length],
        state,
        customer: `customer-${(index * 7) % CUSTOMERS}`,
        order: `2027-03-${String((index % 28) + 1).padStart(2, '0')}`,
        phone: phoneOf((index * 7) % CUSTOMERS),
        at: start + index * 10 * MINUTE_MS,
        answer: state === 'failed' ? '4xx' : state === 'unknown' ? 'none' : state === 'suppressed' ? null : '2xx',
      });
    }
  })();
  db.close();
}
