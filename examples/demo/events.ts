import type { User } from '@context-sdk/context';
import { expect, heading, step } from './story.ts';
import { createWorld, type World } from './world.ts';

/** What happens elsewhere reaches the host. */
export async function tellEvents({ context, sandbox, events }: World, user: User): Promise<void> {
  heading('Events');
  const settled = async (): Promise<void> => {
    await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
  };

  await step('set deliveries up', async () => {
    const followed = await context.subscriptions.ensure(user.id);
    await settled();
    expect(
      followed.every(({ error }) => error === undefined),
      'no failure',
    );
    return followed.map(({ service, mode }) => `${service}: ${mode}`).join(', ');
  });

  await step('from each service', async () => {
    events.length = 0;
    const meeting = {
      start: { dateTime: '2030-01-01T09:00:00Z' },
      end: { dateTime: '2030-01-01T10:00:00Z' },
    };
    sandbox.google.testUser().calendar.addEvent({ summary: 'From the phone', ...meeting });
    sandbox.google
      .testUser()
      .gmail.receive('From: g@example.com\r\nTo: ada@example.com\r\nSubject: Hi\r\n\r\nHi\r\n');
    sandbox.azureDevOps.testUser().create({ type: 'Bug', fields: { 'System.Title': 'From a colleague' } });
    await settled();
    expect(new Set(events.map(({ source }) => source)).size === 3, 'an event of each');
    expect(
      events.every(({ userId, verified }) => userId === user.id && verified),
      'to know whose they are',
    );
    return events.map(({ source, type }) => `${source} ${type}`).join(', ');
  });

  await step('and from TickTick', async () => {
    const guide = createWorld('guide');
    const there = guide.context.user('guest');
    const { accessToken, refreshToken } = guide.sandbox.ticktick.issueToken();
    const now = Date.now();
    const tokens = {
      accessToken,
      expiresAt: now + 3_600_000,
      obtainedAt: now,
      scopes: [],
      ...(refreshToken && { refreshToken }),
    };
    await there.connections.import('ticktick', tokens);
    await guide.context.subscriptions.ensure('guest');
    guide.sandbox.ticktick.testUser().createTask({ title: 'Added on the phone 📱' });
    await guide.sandbox.ticktick.webhooks.settled();
    const [event] = guide.events;
    expect(event?.type === 'task.created' && event.userId === 'guest', 'the webhook');
    return `a gateway of the guide’s delivers ${event.type}: “${event.data.title}”; the real API has no webhooks, so changes are polled`;
  });
}
