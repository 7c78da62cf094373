import { Browser } from './browser.ts';
import type { Host } from './host.ts';
import { expect, step, until } from './story.ts';

/** The integration guide's own wire format: webhooks, and tokens that live an hour and can be refreshed. */
export async function tellGuide({ url, sandbox, users, userIds, events }: Host): Promise<void> {
  let userId = '';

  await step('sign in', async () => {
    const browser = new Browser();
    const page = await browser.visit(new URL('/auth/ticktick/authorize', url));
    expect(page.ok, 'the task list after the sign-in');
    [userId = ''] = await userIds();
    const { state } = await users.ticktickTokens(userId).status();
    return `status “${state}”: this server gives refresh tokens`;
  });

  await step('receive a webhook', async () => {
    const client = users.ticktick(userId);
    await client.webhooks.register({
      url: new URL('/webhooks/ticktick', url).href,
      events: ['task.created', 'task.updated', 'task.deleted'],
    });
    sandbox.ticktick.device().createTask({ title: 'Added on the phone 📱' });
    await until(() => events.length > 0);
    const [event] = events;
    expect(event?.type === 'task.created', 'task.created');
    return `${event.type}: “${event.data.title}”`;
  });

  await step('refresh an ended token', async () => {
    const before = sandbox.ticktick.stats.refreshes;
    sandbox.ticktick.expireAccessTokens();
    const calls = await Promise.all(
      Array.from({ length: 20 }, () => users.ticktick(userId).tasks.listAll().toArray()),
    );
    const refreshes = sandbox.ticktick.stats.refreshes - before;
    expect(refreshes === 1, 'one refresh');
    return `${calls.length} calls at once with an ended token: all answered, ${refreshes} refresh`;
  });
}
