import { memoryStore, ReauthorizationRequiredError } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
import { Browser } from './browser.ts';
import type { Host } from './host.ts';
import { expect, step } from './story.ts';

/** TickTick's own Open API, from sign-in to the end of the token. */
export async function tellOfficial({ url, sandbox, users }: Host): Promise<void> {
  const userId = sandbox.ticktick.accounts[0]?.username ?? '';
  const client = users.ticktick(userId);
  const device = sandbox.ticktick.device();
  const requestsOf = async (work: () => Promise<unknown>): Promise<number> => {
    sandbox.clearRequests();
    await work();
    return sandbox.requests.length;
  };
  let tasks: Task[] = [];

  await step('sign in', async () => {
    const browser = new Browser();
    const page = await (await browser.visit(new URL('/auth/ticktick/authorize', url))).text();
    expect(page.includes('open tasks'), 'the task list after the sign-in');
    expect(browser.readableCookies.length === 0, 'HttpOnly cookies only');
    expect(
      !browser.history.some((address) => /access_token|[?&]token=/.test(address)),
      'no token in any URL',
    );
    return `${browser.history.length} pages as a browser; HttpOnly session cookie, no token in any URL`;
  });

  await step('list every task', async () => {
    const requests = await requestsOf(async () => (tasks = await client.tasks.listAll().toArray()));
    expect(tasks.length >= 1200, 'at least 1,200 tasks');
    expect(requests <= device.projects().length + 3, 'at most projects + 3 requests');
    return `${tasks.length} open tasks of ${device.projects().length} projects and the inbox in ${requests} requests`;
  });

  await step('get one by its id', async () => {
    const id = tasks.at(-1)?.id ?? '';
    let title = '';
    const known = await requestsOf(async () => ({ title } = await client.tasks.get(id)));
    const unknown = await requestsOf(() => users.ticktick(userId).tasks.get(id));
    return `“${title}”: ${known} request where it was seen before, ${unknown} for a client that never saw it`;
  });

  await step('create, update, complete', async () => {
    const created = await client.tasks.create({
      title: 'Book the flight ✈️',
      dueDate: { date: '2026-12-01', timeZone: 'Europe/Berlin' },
    });
    const updated = await client.tasks.update(created, { title: 'Book both flights', priority: 5 });
    expect(updated.dueDate === created.dueDate, 'the date to stay');
    await client.tasks.complete(updated);
    expect(device.task(created.id)?.status === 2, 'the task to be completed');
    return `“${created.title}” became “${updated.title}”, due date untouched, and is done`;
  });

  await step('create 60 in bulk', async () => {
    const progress: string[] = [];
    const inputs = Array.from({ length: 60 }, (_, index) => ({ title: `Packing list ${index + 1}` }));
    const outcomes = await client.tasks.createMany(inputs, {
      onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
    });
    expect(
      outcomes.every(({ status }) => status === 'ok'),
      '60 tasks',
    );
    return `${outcomes.length} outcomes, all ok; progress ${progress.join(', ')}`;
  });

  await step('follow changes', async () => {
    const feed = { store: memoryStore(), key: `${userId}/ticktick/changes` };
    await client.changes.poll(feed);
    const [one, two] = tasks;
    device.updateTask(one?.id ?? '', { priority: 5 });
    device.deleteTask(two?.id ?? '');
    device.createTask({ title: 'Added on the phone 📱' });
    const { events, acknowledge } = await client.changes.poll(feed);
    await acknowledge();
    expect(events.length === 3, 'three changes');
    return `without webhooks: ${events.map(({ type }) => type).join(', ')}`;
  });

  await step('meet the rate limit', async () => {
    // Lets the requests of the sign-in, which no limiter of this user counted, leave the window.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    sandbox.clearRequests();
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 150 }, () => client.projects.list()));
    const waited = (performance.now() - startedAt) / 1000;
    const refused = sandbox.requests.filter(({ status }) => status === 500).length;
    return `150 calls at 100 per 3 s: waited its turn for ${waited.toFixed(1)} s; the service refused ${refused}`;
  });

  await step('end of the token', async () => {
    sandbox.ticktick.expireAccessTokens();
    const error: unknown = await client.projects.list().catch((failure: unknown) => failure);
    expect(error instanceof ReauthorizationRequiredError, 'an error that asks for a new sign-in');
    const { state } = await users.ticktickTokens(userId).status();
    return `TickTick gives no refresh token: ${error.name}, reason “${error.reason}”; status “${state}”`;
  });
}
