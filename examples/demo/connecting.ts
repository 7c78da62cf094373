import type { User } from '@context-sdk/context';
import { Browser } from './browser.ts';
import { expect, heading, step } from './story.ts';
import type { World } from './world.ts';

/** One user signs in and connects everything. */
export async function tellConnecting(world: World): Promise<User> {
  heading('Connect');
  const { context, sandbox } = world;
  const browser = new Browser(world);
  const user = context.user(`ticktick-${sandbox.ticktick.accounts[0]?.id}`);

  await step('sign in with TickTick', async () => {
    const landed = await browser.visit('/auth/ticktick/authorize?returnTo=/day');
    expect(landed.pathname === '/day', 'to land where the sign-in began');
    expect(browser.readableCookies.length === 0, 'HttpOnly cookies only');
    const { identity } = await user.connections.get('ticktick');
    return `as ${identity?.displayName} <${identity?.username}>; the callback makes user and session`;
  });

  await step('connect the others', async () => {
    for (const provider of ['google', 'azure-devops']) await browser.visit(`/auth/${provider}/authorize`);
    const addresses = browser.history.join('\n');
    expect(!/access_token|refresh_token|[?&]token=/.test(addresses), 'no token in any URL');
    const connections = await user.connections.list();
    expect(
      connections.every(({ state }) => state === 'connected'),
      'three connections',
    );
    return `${connections.map(({ provider, state }) => `${provider} ${state}`).join(', ')}; no token in any of ${browser.history.length} URLs`;
  });

  await step('ended access tokens', async () => {
    const before = sandbox.google.stats.refreshes;
    sandbox.google.expireAccessTokens();
    await Promise.all(Array.from({ length: 20 }, () => user.calendar.calendars.get()));
    const refreshes = sandbox.google.stats.refreshes - before;
    expect(refreshes === 1, 'one refresh');
    return `20 calls at once with an ended token of Google: all answered, ${refreshes} refresh`;
  });
  return user;
}
