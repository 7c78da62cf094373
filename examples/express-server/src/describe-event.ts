import type { ContextEvent } from '@context-sdk/context';

const WORDS: Readonly<Record<string, string>> = {
  'task.created': 'New task',
  'task.updated': 'Task changed',
  'task.moved': 'Task moved',
  'task.completed': 'Task done',
  'task.deleted': 'Task deleted',
  'workitem.created': 'New work item',
  'workitem.updated': 'Work item changed',
  'workitem.changed': 'Work item changed',
  'workitem.commented': 'New comment on work item',
  'workitem.deleted': 'Work item deleted',
};

/** An event in a few words; undefined for one that nobody needs to see, such as the opening of a channel. */
export function describeEvent({ source, type, data }: ContextEvent): string | undefined {
  if (source === 'google-calendar') return type === 'changed' ? 'Your calendar changed' : undefined;
  if (source === 'gmail') return 'Your mailbox changed';
  const words = WORDS[type];
  if (words === undefined) return undefined;
  const title: unknown =
    Reflect.get(Object(data), 'title') ??
    Reflect.get(Object(Reflect.get(Object(data), 'fields')), 'System.Title');
  return typeof title === 'string' && title !== '' ? `${words}: ${title}` : words;
}
