import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Listener, type Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test } from 'vitest';

let sandbox: Sandbox;
let listener: Listener;
let folder: string;

beforeEach(async () => {
  sandbox = createSandbox({ seed: 30 });
  listener = await sandbox.listen();
  folder = await mkdtemp(join(tmpdir(), 'scripts-'));
});

afterEach(async () => {
  await listener.close();
  await rm(folder, { recursive: true });
});

function script(name: string, parameters: string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const file = join(import.meta.dirname, '..', name);
  const env = {
    PATH: process.env['PATH'],
    TZ: 'Europe/Berlin',
    TICKTICK_API_TOKEN: sandbox.ticktick.issueApiToken(),
    TICKTICK_BASE_URL: `${listener.urlOf('api.ticktick.com')}/open/v1`,
    ...environment,
  };
  return new Promise<{ code: number; out: string; progress: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--conditions=@context-sdk/source', file, ...parameters],
      { env },
      (_error, out, progress) => resolve({ code: child.exitCode ?? -1, out, progress }),
    );
  });
}

async function csv(text: string): Promise<string> {
  const file = join(folder, 'tasks.csv');
  await writeFile(file, text);
  return file;
}

test('list-tasks prints every open task', async () => {
  const { code, out } = await script('list-tasks.ts');
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toHaveLength(30);
});

test('without a token a script says what to set', async () => {
  const { code, progress } = await script('list-tasks.ts', [], { TICKTICK_API_TOKEN: '' });
  expect(code).toBe(1);
  expect(progress).toContain('TICKTICK_API_TOKEN');
});

test('import-csv creates tasks, with a progress bar', async () => {
  const project = sandbox.ticktick.testUser().createProject({ name: 'Reise, 2027' });
  const lines = Array.from({ length: 70 }, (_, index) => `Task ${index},,,,,`);
  const file = await csv(
    [
      'title,project,due,priority,tags,content',
      '"Koffer, ""groß""","Reise, 2027",2026-12-24,high,reise; kauf,"zwei\nZeilen"',
      ...lines,
    ].join('\n'),
  );
  const { code, out, progress } = await script('import-csv.ts', [file]);
  expect(out).toBe('71 of 71 tasks created.\n');
  expect(code).toBe(0);
  expect(progress).toContain('50/71');
  expect(progress).toContain('█ 71/71');
  const task = sandbox.ticktick
    .testUser()
    .tasks()
    .find(({ title }) => title === 'Koffer, "groß"');
  expect(task).toMatchObject({
    projectId: project.id,
    dueDate: '2026-12-23T23:00:00.000+0000',
    isAllDay: true,
    priority: 5,
    tags: ['reise', 'kauf'],
    content: 'zwei\nZeilen',
  });
});

test('a file that can’t be right creates nothing and names its rows', async () => {
  const file = await csv('title,project,priority\nok,,\nx,Nowhere,\ny,,urgent');
  const { code, progress } = await script('import-csv.ts', [file]);
  expect(code).toBe(1);
  expect(progress).toContain('row 3: there is no project “Nowhere”');
  expect(progress).toContain('row 4: priority “urgent”');
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(30);
});

test('a row that the service or the client refuses is named, and the others are created', async () => {
  const file = await csv('title,due\nfine,\n,\nlate,someday');
  const { code, out } = await script('import-csv.ts', [file]);
  expect(code).toBe(1);
  expect(out).toContain('row 3, “”: was not created');
  expect(out).toContain('row 4, “late”: was not created');
  expect(out).toContain('1 of 3 tasks created.');
});
