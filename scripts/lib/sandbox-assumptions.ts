import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { type SandboxBehavior, sandboxBehaviors } from './sandbox-tables.ts';
import { ROOT } from './workspace.ts';

export const SANDBOX_ASSUMPTIONS_FILE: string = join(ROOT, 'docs/sandbox-assumptions.md');

/** Who could find out, by the section of the sandbox's page. */
const WHO = new Map([
  [
    'TickTick as its users have it',
    'Anyone with a TickTick account: an API token for the requests, and the app beside it for what it shows.',
  ],
  [
    'Signing in',
    'Anyone with a project in the Google Cloud console, or a registration in an Entra tenant: the answers are the same for everyone.',
  ],
  [
    'Gmail',
    'Anyone with a Gmail account and a project in test mode; refusals need no more than wrong input.',
  ],
  ['Google Calendar', 'Anyone with two Google accounts and a project in test mode.'],
  ['Azure DevOps', 'Anyone with an organization of their own, which is free for five people.'],
]);

const ASSUMED = /\bassumed\b|\bsimplification\b/;

const INTRODUCTION = `# What the sandbox assumes

Where no document, recording or report says what a service does, the sandbox does what seems likeliest. These are all such rows of
[its tables](../packages/sandbox/README.md), and who could settle them with one request to the real service. If you do, open an issue with request and
answer (without tokens): the row gets its source, and the sandbox and the clients follow it.

This page is written by \`npm run generate\`.
`;

function sectionOf(name: string, rows: readonly SandboxBehavior[]): string {
  const who = WHO.get(name);
  if (who === undefined) throw new Error(`Nobody is named who could settle what is assumed under "${name}".`);
  const table = rows.map(({ behavior, source, test }) => `| ${behavior} | ${source} | ${test} |`);
  return [
    `## ${name}`,
    '',
    who,
    '',
    '| behavior | source | test |',
    '| --- | --- | --- |',
    ...table,
    '',
  ].join('\n');
}

/** The page of what is assumed, from the tables of the sandbox's page. */
export async function renderSandboxAssumptions(): Promise<string> {
  const assumed = sandboxBehaviors().filter(({ behavior, source }) => ASSUMED.test(`${source} ${behavior}`));
  const sections = [...Map.groupBy(assumed, ({ section }) => section)];
  const text = [INTRODUCTION, ...sections.map(([name, rows]) => sectionOf(name, rows))].join('\n');
  const options = await resolveConfig(SANDBOX_ASSUMPTIONS_FILE);
  return await format(text, { ...options, parser: 'markdown' });
}
