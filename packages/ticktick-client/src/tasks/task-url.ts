import { checkedId } from '../input.ts';
import type { ResolvedRef } from './task.ts';

const WEB_APPS = { ticktick: 'https://ticktick.com', dida365: 'https://dida365.com' } as const;

/**
 * The address of a task in the web app, which the apps of a phone open, too. Not documented: it is what the web app shows
 * (docs/facts/ticktick.md, Addresses). Default for `region`: `ticktick`.
 */
export function taskUrl(
  { id, projectId }: ResolvedRef,
  { region = 'ticktick' }: { region?: keyof typeof WEB_APPS | undefined } = {},
): string {
  const project = checkedId(projectId, 'projectId');
  return `${WEB_APPS[region]}/webapp/#p/${project}/tasks/${checkedId(id, 'id')}`;
}
