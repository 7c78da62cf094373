import { InvalidRequestError } from '@context-sdk/oauth-core';
import { type DateInput, toWireDate } from '../../dates/wire-date.ts';
import type { TaskStatus } from '../task.ts';
import { checkedProjectIds } from './task-query.ts';

/** What {@link Tasks.search} looks for. */
export interface TaskSearch {
  /** Looked for in title and content, in any case. */
  keywords: string;
  /** `inbox` is the inbox. */
  projectIds?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
  status?: readonly TaskStatus[] | undefined;
  dueFrom?: DateInput | undefined;
  dueTo?: DateInput | undefined;
}

/** The search in TickTick's form. Throws {@link InvalidRequestError}. */
export function wireSearch({ keywords, projectIds, tags, status, dueFrom, dueTo }: TaskSearch): object {
  if (typeof keywords !== 'string' || keywords.trim() === '') {
    throw new InvalidRequestError('keywords is empty.', { service: 'ticktick', field: 'keywords' });
  }
  return {
    keywords,
    projectIds: checkedProjectIds(projectIds),
    tags,
    status,
    dueFrom: dueFrom === undefined ? undefined : toWireDate(dueFrom, 'dueFrom').wire,
    dueTo: dueTo === undefined ? undefined : toWireDate(dueTo, 'dueTo').wire,
  };
}
