/**
 * Creates tasks from a CSV file with the columns title, and if you like project (its name), due (2026-12-24 or an ISO
 * date), priority (none, low, medium, high), tags (separated by ;) and content:
 *
 *   TICKTICK_API_TOKEN=… npm run import-csv -- tasks.csv
 */
import { readFile } from 'node:fs/promises';
import {
  type TaskInput,
  type TaskOutcome,
  TaskPriority,
  type TickTickClient,
} from '@context-sdk/ticktick-client';
import { parse } from 'csv-parse/sync';
import { connect, run } from './connect.ts';

type Row = Partial<Record<'title' | 'project' | 'due' | 'priority' | 'tags' | 'content', string>>;

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

function priorityOf(name = 'none'): TaskPriority {
  const priorities: Record<string, TaskPriority> = TaskPriority;
  const priority = priorities[name.toLowerCase() || 'none'];
  if (priority === undefined)
    throw new Error(`priority “${name}” is none of ${Object.keys(priorities).join(', ')}`);
  return priority;
}

function taskOf(
  { title = '', project, due, priority, tags, content }: Row,
  projectIds: Map<string, string>,
): TaskInput {
  const projectId = project && projectIds.get(project);
  if (project && projectId === undefined) throw new Error(`there is no project “${project}”`);
  const dueDate = due && (/^\d{4}-\d\d-\d\d$/.test(due) ? { date: due, timeZone: HERE } : due);
  return {
    title,
    priority: priorityOf(priority),
    ...(projectId && { projectId }),
    ...(dueDate && { dueDate }),
    ...(content && { content }),
    ...(tags && { tags: tags.split(';').map((tag) => tag.trim()) }),
  };
}

/** Refuses the whole file before anything is created, naming each row that can't be right. */
function tasksOf(rows: readonly Row[], projectIds: Map<string, string>): TaskInput[] {
  const problems: string[] = [];
  const tasks = rows.flatMap((row, index) => {
    try {
      return [taskOf(row, projectIds)];
    } catch (error) {
      problems.push(`  row ${index + 2}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  if (problems.length > 0) throw new Error(`Nothing was created:\n${problems.join('\n')}`);
  return tasks;
}

function drawBar({ done, total, failed }: { done: number; total: number; failed: number }): void {
  const width = 30;
  const filled = Math.round((done / total) * width);
  const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
  const line = `${bar} ${done}/${total}${failed > 0 ? `, ${failed} not created` : ''}`;
  process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`);
}

function report(rows: readonly Row[], outcomes: readonly TaskOutcome[]): void {
  outcomes.forEach((outcome, index) => {
    if (outcome.status === 'ok') return;
    const verdict =
      outcome.status === 'failed' ? 'was not created' : 'may have been created: look before you try again';
    console.log(`row ${index + 2}, “${rows[index]?.title ?? ''}”: ${verdict}. ${outcome.error.message}`);
    process.exitCode = 1;
  });
  const created = outcomes.filter(({ status }) => status === 'ok').length;
  console.log(`${created} of ${outcomes.length} tasks created.`);
}

async function projectIdsOf(client: TickTickClient): Promise<Map<string, string>> {
  return new Map((await client.projects.list()).map(({ id, name }) => [name, id]));
}

await run(async () => {
  const [, , file] = process.argv;
  if (file === undefined) throw new Error('Name a CSV file: npm run import-csv -- tasks.csv');
  const rows = parse<Row>(await readFile(file), {
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
  });
  const client = await connect(process.env);
  const tasks = tasksOf(rows, await projectIdsOf(client));
  const outcomes = await client.tasks.createMany(tasks, { onProgress: drawBar });
  process.stderr.write('\n');
  report(rows, outcomes);
});
