import { hasRecordings, skipped } from '@context-sdk/test-support/recordings';
import { describe, expect, test } from 'vitest';
import { OPERATIONS as ADO_OPERATIONS } from '../../../ado-client/src/operations.ts';
import { CALENDAR_OPERATIONS } from '../../../google-workspace/src/calendar/operations.ts';
import { GMAIL_OPERATIONS } from '../../../google-workspace/src/gmail/operations.ts';
import { driveMethods } from './drive-methods.ts';
import { judgedClients } from './judged-clients.ts';
import { readOnlyJudge } from './read-only.ts';
import { runScenarios } from './scenarios.ts';
import { areasWithoutSource } from './undocumented.ts';

const OPERATIONS = Object.entries({
  gmail: GMAIL_OPERATIONS,
  'google-calendar': CALENDAR_OPERATIONS,
  'azure-devops': ADO_OPERATIONS,
}).flatMap(([service, table]) => Object.keys(table).map((name) => `${service} ${name}`));

describe.skipIf(!hasRecordings)(`22: requests by Google's and Microsoft's own documents${skipped}`, () => {
  const { clients, sandbox, sent, operations } = judgedClients();

  test.each(Object.entries(clients))('%s sends what they allow', async (name, client) => {
    const unsent = await driveMethods(name, client, sandbox);
    expect([...sandbox.google.violations, ...sandbox.azureDevOps.violations]).toEqual([]);
    expect(unsent).toEqual([]);
  });

  test('every operation of the tables is sent, also those that follow from an answer', async () => {
    await runScenarios(clients.AdoClient, sandbox);
    expect(OPERATIONS.filter((operation) => !operations.has(operation))).toEqual([]);
    expect(sandbox.azureDevOps.violations).toEqual([]);
  });

  test('no body has a member that only the service sets', () => {
    expect(sent.flatMap(readOnlyJudge())).toEqual([]);
  });

  test('what Microsoft’s documents at hand say nothing of has another source', () => {
    expect(areasWithoutSource(sent)).toEqual([]);
  });
});
