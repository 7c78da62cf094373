// Tokens of definitions and answers, in the demo's week: text views beside the services' own JSON.
import { contextTools, toText } from '@context-sdk/context/tools';
import { countTokens } from 'gpt-tokenizer';
import { startAssistant } from './assistant.ts';

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

interface Row {
  what: string;
  raw: unknown;
  text: string;
  limit: number | undefined;
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
    what: `${workItems.length} work items`,
    raw: workItems,
    text: toText(workItems, { timeZone: TIME_ZONE }),
    limit: 500,
  },
  {
    what: `a mail thread (${readThread.messages.length} mails)`,
    raw: thread,
    text: toText(readThread, { timeZone: TIME_ZONE }),
    limit: undefined,
  },
];
let isOver = false;
for (const { what, raw, text, limit } of rows) {
  const tokens = countTokens(text);
  const isTooMuch = limit !== undefined && tokens > limit;
  isOver ||= isTooMuch;
  console.log(
    `| ${what} | ${countTokens(JSON.stringify(raw))} | ${tokens} | ${limit ?? ''} |${isTooMuch ? ' OVER' : ''}`,
  );
}
if (isOver) process.exitCode = 1;
