import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PracticeShop } from '../../../main/practice/practice-shop-types.ts';
import { decisionReasons } from '../../../shared/domain/decisions.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { goTo, setUpShop, startSending } from '../../browser/journeys/console-steps.ts';
import { addressesOf, startServices } from '../../browser/journeys/shop-services.ts';
import { openRecordingProxy } from '../../helpers/recording-proxy.ts';
import { clientsOf } from '../../main/practice/open-shop.ts';
import { launchDesktop, type Desktop } from '../launch-desktop.ts';
import { openChromium, type OpenChromium } from '../open-chromium.ts';

const deactivation = triggers.customer_deactivated.eventType;

type Cancelled = Readonly<{ id: string; name: string }>;

/** The merchant's own shop in the desktop app; Smartrr and Postscript are simulated, in a process of their own. */
describeWithChromium('a shop in the desktop app', () => {
  let services: PracticeShop;
  let postscript: Awaited<ReturnType<typeof openRecordingProxy>>;
  let chromium: OpenChromium;
  let desktop: Desktop;

  beforeAll(async () => {
    [services, chromium] = await Promise.all([startServices(30), openChromium()]);
    postscript = await openRecordingProxy(services.urls.postscript);
    const urls = { ...services.urls, postscript: postscript.url };
    desktop = await launchDesktop({ chromium, environment: addressesOf({ ...services, urls }) });
    await desktop.page();
  });
  afterAll(async () => {
    await desktop.remove();
    await chromium.close();
    await postscript.close();
    await services.close();
  });

  /** What Postscript took in, by its own account. */
  const received = async () => (await services.control.ledger()).events;
  const receivedFor = async ({ id }: Cancelled) =>
    (await received()).filter((event) => event.customerId === id && event.eventType === deactivation);

  /** The next customer cancels on the platform, which is worth a trigger; resolves with who it is. */
  async function cancelOnPlatform(): Promise<Cancelled> {
    const { everyState, change } = clientsOf(services);
    // The world's clock stands still until somebody moves it, and the sync asks for what changed since.
    await services.control.advanceTo(Date.now());
    const states = await everyState();
    const isOnlyOne = (id: string): boolean => states.filter(({ custRel }) => custRel.id === id).length === 1;
    const state = states.find(
      ({ custRel, purchaseStateStatus }) =>
        purchaseStateStatus === 'ACTIVE' && custRel.phone !== null && isOnlyOne(custRel.id),
    );
    if (state === undefined) throw new Error('Expected an active customer with one subscription');
    expect((await change(state, 'cancel', { reasonId: 'reason-1' })).status).toBe(200);
    const { id, firstName, lastName } = state.custRel;
    return { id, name: `${firstName} ${lastName}` };
  }

  it('is set up from the first start on, and nothing leaves before somebody says so', async () => {
    await setUpShop(await desktop.page(), services.credentials);
    expect(await received()).toEqual([]);
  });

  it('hands over its first triggers, which Postscript accepts', async () => {
    const page = await desktop.page();
    await startSending(page);
    await goTo(page, 'Deliveries');
    await page.getByRole('row').filter({ hasText: 'Postscript accepted the trigger.' }).first().waitFor();
    expect(await received()).toContainEqual(
      expect.objectContaining({ eventType: 'smartrr_upcoming_order', wasAnswered: true, wasDropped: false }),
    );
    expect(desktop.takeComplaints()).toEqual([]);
  });

  it('catches up as soon as the computer wakes', async () => {
    await desktop.control.power('suspend');
    const cancelled = await cancelOnPlatform();
    await desktop.control.power('resume');
    await expect.poll(async () => (await receivedFor(cancelled)).length, { timeout: 20_000 }).toBe(1);
  });

  it('is paused and resumed from the tray, which says so', async () => {
    const page = await desktop.page();
    const headline = async (): Promise<string | undefined> => (await desktop.control.tray()).items[0]?.label;
    await expect.poll(headline).toBe('Sending is on');
    await desktop.control.chooseInTray('Pause sending');
    await expect.poll(headline).toBe('Sending is off');
    await page.getByText('Sending is off', { exact: true }).first().waitFor();

    const unannounced = await cancelOnPlatform();
    await desktop.control.power('resume');
    await goTo(page, 'Customers');
    await page.getByLabel('Find a customer').fill(unannounced.name);
    await page.getByRole('link', { name: unannounced.name }).click();
    const decision = page.getByRole('listitem').filter({ hasText: triggers.customer_deactivated.title });
    await decision.filter({ hasText: decisionReasons.sending_off.sentence }).waitFor();

    await desktop.control.answerNextDialog({ button: 'Switch sending on' });
    await desktop.control.chooseInTray('Resume sending…');
    await page.getByText('Sending is on', { exact: true }).first().waitFor();
    const announced = await cancelOnPlatform();
    await desktop.control.power('resume');
    await expect.poll(async () => (await receivedFor(announced)).length, { timeout: 20_000 }).toBe(1);
    expect(await receivedFor(unannounced)).toEqual([]);
    await expect.poll(headline).toBe('Sending is on');
  });

  it('waits for the request in flight before it quits, and starts again without sending it twice', async () => {
    const answer = Promise.withResolvers<undefined>();
    const isEvent = ({ method, path }: Readonly<{ method: string; path: string }>): boolean =>
      method === 'POST' && path.endsWith('/events');
    const before = postscript.seen.filter(isEvent).length;
    postscript.intercept((request) => (isEvent(request) ? answer.promise : undefined));
    const cancelled = await cancelOnPlatform();
    await desktop.control.power('resume');
    await expect.poll(() => postscript.seen.filter(isEvent).length, { timeout: 20_000 }).toBe(before + 1);

    await desktop.control.answerNextDialog({ button: 'Quit' });
    await desktop.control.chooseInTray('Quit Heads Up');
    await expect.poll(() => desktop.control.windows()).toEqual([]);
    answer.resolve(undefined);
    postscript.intercept(() => undefined);
    expect(await desktop.exited).toBe(0);
    expect(await receivedFor(cancelled)).toEqual([expect.objectContaining({ wasAnswered: true })]);

    desktop = await desktop.startAgain();
    const page = await desktop.page();
    await goTo(page, 'Deliveries');
    await page
      .getByRole('row', { name: /^Customer Deactivated for .+, Accepted$/ })
      .nth(1)
      .waitFor();
    await desktop.control.power('resume');
    const next = await cancelOnPlatform();
    await desktop.control.power('resume');
    // Whatever was due before it has gone out by then.
    await expect.poll(async () => (await receivedFor(next)).length, { timeout: 20_000 }).toBe(1);
    expect(await receivedFor(cancelled)).toHaveLength(1);
  });

  it('leaves what was in flight when it was killed to a person', async () => {
    await services.control.forceFault({
      kind: 'timeout_after',
      service: 'postscript',
      method: 'POST',
      pathIncludes: '/events',
    });
    const cancelled = await cancelOnPlatform();
    await desktop.control.power('resume');
    await expect.poll(async () => (await receivedFor(cancelled)).length, { timeout: 20_000 }).toBe(1);
    await desktop.kill();

    desktop = await desktop.startAgain();
    const page = await desktop.page();
    await goTo(page, 'Deliveries');
    await page.getByRole('row', { name: /^Customer Deactivated for .+, Check with Postscript$/ }).waitFor();
    const next = await cancelOnPlatform();
    await desktop.control.power('resume');
    await expect.poll(async () => (await receivedFor(next)).length, { timeout: 20_000 }).toBe(1);
    expect(await receivedFor(cancelled)).toHaveLength(1);
  });
});
