// Tokens of definitions and answers, in the demo's week: text views beside the services' own JSON, and beside three other servers.
// Writes the table of docs/tools.md.
import { readFile, writeFile } from 'node:fs/promises';
import { contextTools, toText } from '@context-sdk/context/tools';
import { countTokens } from 'gpt-tokenizer';
import { startAssistant } from './assistant.ts';
import { askRivals, type Rival } from './rivals.ts';

const TIME_ZONE = 'Europe/Berlin';
const { connected, sandbox } = startAssistant();
const user = await connected('ada');
const tools = contextTools(user, { timeZone: TIME_ZONE });

const monday = new Date(sandbox.clock.now());
monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
const from = monday.toISOString().slice(0, 10);
const end = new Date(monday.getTime() + 7 * 86_400_000).toISOString().slice(0, 10);

const definitions = Object.values(tools).map(({ name, description, inputSchema }) => ({
  name,
  description,
  parameters: inputSchema['~standard'].jsonSchema.input({ target: 'draft-07' }),
}));
const agenda = await user.agenda({ from: `${from}T00:00:00Z`, to: `${end}T00:00:00Z`, timeZone: TIME_ZONE });
const agendaTool = await tools['agenda']?.execute({ from, days: 7 });
const client = await user.azureDevOps();
const ids = sandbox.azureDevOps
  .testUser()
  .all()
  .slice(0, 40)
  .map(({ id }) => id);
const { items: workItems } = await client.workItems.getMany(ids);
const [threadRef] = await user.gmail.threads.list({ maxResults: 1 }).toArray();
const thread = await user.gmail.threads.get(threadRef?.id ?? '', { format: 'full' });
const readThread = await user.gmail.threads.read(threadRef?.id ?? '');

const calendarEvents = agenda.items.flatMap((item) => (item.kind === 'event' ? [item.event] : []));

interface Row {
  what: string;
  raw: unknown;
  text: string;
  limit?: number;
  /** The rival's answer to the same. */
  rival?: keyof Rival['answers'];
}

const rows: Row[] = [
  {
    what: `all ${definitions.length} definitions`,
    raw: definitions,
    text: JSON.stringify(definitions),
    limit: 2500,
  },
  {
    what: `a week’s agenda (${agenda.items.length} items)`,
    raw: agenda,
    text: agendaTool?.text ?? '',
    limit: 1500,
  },
  {
    what: `its ${calendarEvents.length} events alone`,
    raw: calendarEvents,
    text: toText(calendarEvents, { timeZone: TIME_ZONE }),
    rival: 'agenda',
  },
  {
    what: `${workItems.length} work items`,
    raw: workItems,
    text: toText(workItems, { timeZone: TIME_ZONE }),
    limit: 500,
    rival: 'workItems',
  },
  {
    what: `a mail thread (${readThread.messages.length} mail)`,
    raw: thread,
    text: toText(readThread, { timeZone: TIME_ZONE }),
    rival: 'thread',
  },
];

const rivals = await askRivals({ from, to: end });
const number = (tokens: number | undefined): string => tokens?.toLocaleString('en') ?? '';
const tokensOf = (value: unknown): number =>
  countTokens(typeof value === 'string' ? value : JSON.stringify(value));

const tokensIn = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : tokensOf(text);

const lines = [
  `| what | as JSON | as text | limit | ${rivals.map(({ name }) => `\`${name}\``).join(' | ')} |`,
  `| --- | --: | --: | --: | ${rivals.map(() => '--:').join(' | ')} |`,
  ...rows.map(({ what, raw, text, limit, rival }, at) => {
    const others = rivals.map((one) => {
      if (at === 0) return `${number(tokensOf(one.definitions))} (${one.definitions.length})`;
      return rival === undefined ? '' : number(tokensIn(one.answers[rival]));
    });
    return `| ${[what, number(tokensOf(raw)), number(tokensOf(text)), number(limit), ...others].join(' | ')} |`;
  }),
];
console.log(lines.join('\n'));
const page = new URL('../../../docs/tools.md', import.meta.url);
const before = await readFile(page, 'utf8');
await writeFile(page, before.replace(/\| what +\| +as JSON[^]*?\n\n/, `${lines.join('\n')}\n\n`));
const over = rows.filter(({ text, limit }) => limit !== undefined && tokensOf(text) > limit);
for (const { what } of over) console.error(`Over the limit: ${what}`);
process.exit(over.length === 0 ? 0 : 1);
