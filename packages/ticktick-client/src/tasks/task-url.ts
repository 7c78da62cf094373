import { checkOptions } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import { checkFields } from '../input.ts';
import type { ResolvedRef } from './task.ts';

const WEB_APPS = { ticktick: 'https://ticktick.com', dida365: 'https://dida365.com' } as const;

/**
 * The address of a task in the web app. Not documented: it is what the web app shows (docs/facts/ticktick.md, Addresses).
 * Default for `region`: `ticktick`.
 */
export function taskUrl(
  task: ResolvedRef,
  options?: { region?: keyof typeof WEB_APPS | undefined } | null,
): string {
  checkFields(task, 'task', { id: 'string', projectId: 'string' });
  checkOptions(options, { region: 'string' }, errors.invalid);
  const { id, projectId } = task;
  const region = options?.region ?? 'ticktick';
  for (const [field, value] of Object.entries({ id, projectId })) {
    if (!value?.isWellFormed() || (field === 'id' && value === ''))
      throw errors.invalid(field, 'is missing or not well-formed text');
  }
  if (typeof region !== 'string' || !Object.hasOwn(WEB_APPS, region))
    throw errors.invalid('region', 'must be ticktick or dida365');
  const list = projectId === '' ? 'q/all' : `p/${encodeURIComponent(projectId)}`;
  return `${WEB_APPS[region]}/webapp/#${list}/tasks/${encodeURIComponent(id)}`;
}
