import type { AuditEvent, ContextEvent } from '@context-sdk/context';
import {
  ConfigurationError,
  memoryStore,
  type RecordStore,
  StoreError,
  WebhookParseError,
  WebhookVerificationError,
} from '@context-sdk/oauth-core';
import { describe, expect, test } from 'vitest';
import { type Deliveries, startDeliveries } from '../support/start-deliveries.ts';

const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const MAIL = 'From: a@example.com\r\nTo: ada@example.com\r\nSubject: x\r\n\r\nHello\r\n';

/** What the host's own work may throw: it parses, verifies and configures things of its own. */
const THROWN = [
  new ConfigurationError('The host has no project.'),
  new WebhookParseError('The host cannot read something of its own.', { field: 'body' }),
  new WebhookVerificationError('The host does not trust something of its own.'),
];

const CHANGES: Readonly<Record<string, (started: Deliveries) => unknown>> = {
  'google-calendar': ({ sandbox }) =>
    sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON }),
  gmail: ({ sandbox }) => sandbox.google.testUser().gmail.receive(MAIL),
  'azure-devops': ({ sandbox }) =>
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } }),
};

const cases = Object.keys(CHANGES).flatMap((source) => THROWN.map((thrown) => ({ source, thrown })));

describe('what the host throws says nothing about the delivery: the service is to deliver it again', () => {
  test.each(cases)('$source: $thrown.name', async ({ source, thrown }) => {
    const audit: AuditEvent[] = [];
    let failures = 0;
    const started = startDeliveries({
      onAudit: (event) => audit.push(event),
      onEvent: (event) => {
        if (event.source !== source || event.type === 'sync' || failures > 0) return;
        failures += 1;
        throw thrown;
      },
    });
    const { statuses, events, errors } = await change(started, source);
    expect(statuses).toEqual([503, 204]);
    expect(events).toHaveLength(1);
    expect(errors).toEqual([thrown]);
    expect(audit.filter(({ type }) => type === 'delivery-refused')).toEqual([]);
  });

  test.each(cases)('$source: $thrown.name, and nothing can be stored', async ({ source, thrown }) => {
    const kept = memoryStore();
    let failures = 0;
    const store: RecordStore = {
      get: (key) => kept.get(key),
      list: (prefix, options) => kept.list(prefix, options),
      delete: (key, expected) => kept.delete(key, expected),
      async compareAndSet(key, ...rest) {
        if (!key.startsWith('pending-event/')) return await kept.compareAndSet(key, ...rest);
        throw new StoreError('unavailable', 'The store is away.');
      },
    };
    const started = startDeliveries({
      store,
      onEvent: (event) => {
        if (event.source !== source || event.type === 'sync' || failures > 0) return;
        failures += 1;
        throw thrown;
      },
    });
    const { statuses, events } = await change(started, source);
    expect(statuses).toEqual([503, 204]);
    expect(events).toHaveLength(1);
  });
});

async function change(
  started: Deliveries,
  source: string,
): Promise<{ statuses: number[]; events: ContextEvent[]; errors: unknown[] }> {
  const { context, everything, sandbox, events, errors, delivered } = started;
  await everything();
  await context.subscriptions.ensure('ada');
  await settle();
  for (const list of [events, errors, delivered]) list.length = 0;
  await CHANGES[source]?.(started);
  await settle();
  async function settle(): Promise<void> {
    await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
  }
  return { statuses: delivered.map(({ status }) => status), events, errors };
}
