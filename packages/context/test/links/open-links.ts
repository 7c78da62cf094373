import type { ContextEvent, ContextOptions, Link, User } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import { vi } from 'vitest';
import { startContext, type Started } from '../support/start-context.ts';

/** A Monday at 10:00 in Berlin. */
export const NOW: Date = new Date('2027-03-01T10:00:00+01:00');
export const WEEK = { from: '2027-03-01T12:00:00+01:00', to: '2027-03-06T00:00:00+01:00' };

const ACCOUNTS = ['ada', 'bob'].map((username, index) => ({
  id: index + 1,
  username,
  displayName: username,
  timeZone: 'Europe/Berlin',
}));

const WRITES = /(create|insert|update|patch|delete|complete|move|batch|send)$/i;

/** A user whose tasks are linked, and the services as the user sees them. */
export interface LinkSetting {
  started: Started;
  user: User;
  project: string;
  events: ContextEvent[];
  tickTick: ReturnType<Sandbox['ticktick']['testUser']>;
  phone: ReturnType<Sandbox['google']['testUser']>['calendar'];
  mail: ReturnType<Sandbox['google']['testUser']>['gmail'];
  board: ReturnType<Sandbox['azureDevOps']['testUser']>;
  /** So many minutes later, maintenance runs. */
  later: (minutes?: number) => Promise<void>;
  /** Requests that may have changed something. */
  writes: () => string[];
}

export async function openLinks(
  options: Partial<ContextOptions> & { emulated?: Sandbox } = {},
): Promise<LinkSetting> {
  const events: ContextEvent[] = [];
  const started = startContext({
    sandbox: { seed: 'empty', ticktick: { accounts: ACCOUNTS } },
    baseUrl: 'http://localhost:8000',
    push: false,
    onEvent: (event) => void events.push(event),
    links: { create: 'always' },
    ...options,
  });
  const { sandbox, context } = started;
  const user = await started.connectedUser();
  await context.runMaintenance();
  const { calendar, gmail } = sandbox.google.testUser();
  return {
    started,
    user,
    events,
    project: sandbox.azureDevOps.organization.projects[0]?.name ?? '',
    tickTick: sandbox.ticktick.testUser(),
    phone: calendar,
    mail: gmail,
    board: sandbox.azureDevOps.testUser(),
    later: async (minutes = 6) => {
      vi.setSystemTime(Date.now() + minutes * 60_000);
      await context.runMaintenance();
    },
    writes: () =>
      sandbox.requests.flatMap(({ operation = '' }) => (WRITES.test(operation) ? [operation] : [])),
  };
}

/** The values that a link's sides have, by their kind. */
export function valuesOf(
  { sides }: Link,
  field: 'title' | 'status' | 'due',
): Record<string, string | undefined> {
  return Object.fromEntries(sides.map(({ side, values }) => [side, values[field]]));
}
