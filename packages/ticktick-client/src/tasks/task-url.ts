import type { ResolvedRef } from './task.ts';

const WEB_APPS = { ticktick: 'https://ticktick.com', dida365: 'https://dida365.com' } as const;

/**
 * The address of a task in the web app. Not documented: it is what the web app shows (docs/facts/ticktick.md, Addresses).
 * Default for `region`: `ticktick`.
 */
export function taskUrl(
  { id, projectId }: ResolvedRef,
  { region = 'ticktick' }: { region?: keyof typeof WEB_APPS | undefined } = {},
): string {
  const list = projectId === '' ? 'q/all' : `p/${encodeURIComponent(projectId)}`;
  return `${WEB_APPS[region]}/webapp/#${list}/tasks/${encodeURIComponent(id)}`;
}
