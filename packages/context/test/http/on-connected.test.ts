import { AdoClient } from '@context-sdk/ado-client';
import type { Connected } from '@context-sdk/context';
import { microsoftEntra } from '@context-sdk/context/providers';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { createSandbox } from '@context-sdk/sandbox';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { describe, expect, test } from 'vitest';
import { providersOf } from '../support/start-context.ts';
import { startHost } from '../support/start-host.ts';

describe('15.1: onConnected gets a client on the new token', () => {
  test('TickTick: its client works before anything is stored', async () => {
    const { browser, context } = startHost({
      onConnected: async (connected) => {
        if (connected.provider !== 'ticktick') return;
        expect(connected.client).toBeInstanceOf(TickTickClient);
        const { username } = await connected.client.account.get();
        expect((await context.user('ada').connections.get('ticktick')).reason).toBe('never-connected');
        return { userId: username };
      },
    });
    const { url } = await browser('ada').visit('/auth/ticktick/authorize');
    expect(url.searchParams.get('ticktick')).toBe('success');
  });

  test('Google: the calendar and the mailbox', async () => {
    const { browser } = startHost({
      onConnected: async (connected) => {
        if (connected.provider !== 'google') return;
        expect(connected.client).toBeInstanceOf(GoogleCalendarClient);
        expect(connected.gmail).toBeInstanceOf(GmailClient);
        await connected.client.calendars.list().toArray();
      },
    });
    const { url } = await browser('ada').visit('/auth/google/authorize');
    expect(url.searchParams.get('google')).toBe('success');
  });

  test('Azure DevOps: the organization’s client', async () => {
    const { browser, sandbox } = startHost({
      onConnected: async (connected) => {
        if (connected.provider !== 'azure-devops') return;
        expect(connected.client).toBeInstanceOf(AdoClient);
        expect(connected.client.organizationUrl).toBe(sandbox.azureDevOps.organization.url);
        await connected.client.projects.list().toArray();
      },
    });
    const { url } = await browser('ada').visit('/auth/azure-devops/authorize');
    expect(url.searchParams.get('azure-devops')).toBe('success');
  });
});

describe('15.1: Entra sends no id_token, and the account is known all the same', () => {
  const person = { id: 'd291b0c4-a05c-4ea6-8df1-4b41d5f39eff', email: 'jamal@fabrikam.example' };

  test('the organization tells it, whatever the token’s scopes', async () => {
    const seen: Connected['account'][] = [];
    const { browser, context } = startHost({
      onConnected: ({ account }) => {
        seen.push(account);
        return { userId: account.id };
      },
    });
    await browser().visit('/auth/azure-devops/authorize');
    expect(seen).toEqual([{ ...person, username: person.email, displayName: 'Jamal Hartnett' }]);
    expect((await context.user(person.id).connections.get('azure-devops')).identity).toMatchObject(person);
  });

  test('a provider may bring identify; its fetch reaches the provider’s own hosts only', async () => {
    const sandbox = createSandbox({ seed: 'empty' });
    const asked: string[] = [];
    const identifyAt = (place: string, endpointHosts: string[]): ReturnType<typeof startHost> => {
      const { azureDevOps, ...others } = providersOf(sandbox);
      const provider = {
        ...microsoftEntra(),
        endpointHosts: ['login.microsoftonline.com', ...endpointHosts],
        identify: async (fetch: typeof globalThis.fetch) =>
          (await (await fetch(place)).json()) as { id: string },
      };
      return startHost({
        emulated: sandbox,
        providers: { ...others, azureDevOps: { ...azureDevOps, provider } },
        onConnected: ({ account }) => ({ userId: account.id }),
        fetch: async (input, init) => {
          const request = new Request(input, init);
          if (!request.url.includes('/me')) return await sandbox.fetch(request);
          asked.push(`${request.url} ${request.headers.get('authorization')?.split(' ')[0]}`);
          return Response.json({ id: 'jamal', displayName: 'Jamal' });
        },
      });
    };
    const graph = 'https://graph.example/me';
    const known = identifyAt(graph, ['graph.example']);
    await known.browser().visit('/auth/azure-devops/authorize');
    expect((await known.context.user('jamal').connections.get('azure-devops')).identity).toEqual({
      id: 'jamal',
      displayName: 'Jamal',
    });
    const elsewhere = identifyAt(graph, []);
    const { response } = await elsewhere.browser().visit('/auth/azure-devops/authorize');
    expect([response.status, elsewhere.errors]).toMatchObject([500, [{ code: 'configuration' }]]);
    await identifyAt('/me', []).browser().visit('/auth/azure-devops/authorize');
    expect(asked).toEqual([`${graph} Bearer`, 'https://login.microsoftonline.com/me Bearer']);
  });

  test('an organization that can’t tell doesn’t end the sign-in', async () => {
    const { browser, context, sandbox } = startHost();
    sandbox.faults.inject({ kind: 'status', status: 403 }, { operation: 'connection.get' });
    const { url } = await browser('ada').visit('/auth/azure-devops/authorize');
    expect(url.searchParams.get('azure-devops')).toBe('success');
    expect((await context.user('ada').connections.get('azure-devops')).identity).toEqual({});
  });
});
