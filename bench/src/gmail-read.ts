import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MailReader } from './google/read-mails.ts';
import { median } from './median.ts';
import { report } from './report.ts';

const run = promisify(execFile);
const RUNS = Number(process.env['RUNS'] ?? 3);
const MAILS = Number(process.env['MAILS'] ?? 1000);
/** What the server waits before it answers a request, a batch too. */
const LATENCY_MS = Number(process.env['LATENCY_MS'] ?? 20);
const folder = join(import.meta.dirname, 'google');
const READERS: readonly MailReader[] = ['ours', 'theirs', 'together'];
const NAMES: Record<MailReader, string> = {
  ours: 'getMany and readMail',
  theirs: 'their guide',
  together: 'their guide, eight at once',
};

interface Measured {
  mails: number;
  ms: number;
  /** Of the process, which other work on the machine doesn't lengthen. */
  cpuMs: number;
  maxRssKibibytes: number;
  requests: number;
  mostOpen: number;
}

/** A fresh process, with a Gmail of its own, that reads every mail. */
async function measured(reader: MailReader): Promise<Measured> {
  const gmail = fork(join(folder, 'many-mails.ts'), [String(MAILS), String(LATENCY_MS)], {
    execArgv: process.execArgv,
  });
  const [port] = (await once(gmail, 'message')) as [number];
  const script = join(folder, 'read-mails.ts');
  const { stdout } = await run(process.execPath, [
    ...process.execArgv,
    script,
    reader,
    `http://127.0.0.1:${port}`,
  ]);
  gmail.disconnect();
  const read = JSON.parse(stdout) as Measured;
  if (read.mails !== MAILS) throw new Error(`${reader} read ${read.mails} mails.`);
  return read;
}

const rounds: Record<MailReader, Measured>[] = [];
for (let turn = 0; turn < RUNS; turn += 1) {
  const order = [...READERS.slice(turn % READERS.length), ...READERS.slice(0, turn % READERS.length)];
  const round: Partial<Record<MailReader, Measured>> = {};
  for (const reader of order) round[reader] = await measured(reader);
  rounds.push(round as Record<MailReader, Measured>);
}

const of = (reader: MailReader, what: keyof Measured): number =>
  median(rounds.map((round) => round[reader][what]));
report(
  `${MAILS.toLocaleString('en')} mails read, ${LATENCY_MS} ms away, beside @googleapis/gmail; medians of ${RUNS} rounds`,
  READERS.flatMap((reader) => [
    { what: `requests, ${NAMES[reader]}`, value: of(reader, 'requests'), digits: 0 },
    { what: `at once at most, ${NAMES[reader]}`, value: of(reader, 'mostOpen'), digits: 0 },
    { what: `time, ${NAMES[reader]}`, value: of(reader, 'ms') / 1000, unit: 's' },
    { what: `CPU, ${NAMES[reader]}`, value: of(reader, 'cpuMs') / 1000, unit: 's' },
    { what: `memory, ${NAMES[reader]}`, value: of(reader, 'maxRssKibibytes') / 1024, unit: 'MiB', digits: 0 },
  ]),
);
