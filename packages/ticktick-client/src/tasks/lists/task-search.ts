import { type DateInput, toWireDate } from '../../dates/date-input.ts';
import { checkedIds, checkFields, checkText } from '../../input.ts';
import type { TaskStatus } from '../task.ts';
import { tagNames } from './task-filter.ts';

/** What {@link Tasks.search} searches for. */
export interface TaskSearch {
  /** Searched in title and content; case doesn't matter. */
  keywords: string;
  /** `inbox` is the inbox. */
  projectIds?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
  status?: readonly TaskStatus[] | undefined;
  dueFrom?: DateInput | undefined;
  dueTo?: DateInput | undefined;
}

/** The search in TickTick's form. Throws {@link InvalidRequestError}. */
export function wireSearch(search: TaskSearch): object {
  checkFields(search, 'search');
  const { keywords, projectIds, tags, status, dueFrom, dueTo } = search;
  checkText(keywords, 'keywords');
  return {
    keywords,
    projectIds: checkedIds(projectIds, 'projectIds'),
    tags: tagNames(tags),
    status: status?.length ? status : undefined,
    dueFrom: toWireDate(dueFrom, 'dueFrom'),
    dueTo: toWireDate(dueTo, 'dueTo'),
  };
}
