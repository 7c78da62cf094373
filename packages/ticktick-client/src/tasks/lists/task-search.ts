import { checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { type DateInput, wireForm } from '../../dates/date-input.ts';
import { errors } from '../../errors.ts';
import { checkedIds, checkFields, checkOneOf, checkText } from '../../input.ts';
import { TaskStatus } from '../task.ts';
import { inWholeSeconds, tagNames } from './task-filter.ts';

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

/** A name that is none would narrow nothing. */
const MEMBERS: OptionTypes<TaskSearch> = {
  keywords: 'string',
  projectIds: 'list',
  tags: 'list',
  status: 'list',
  dueFrom: 'object|string',
  dueTo: 'object|string',
};

function bound(
  date: DateInput | undefined,
  field: string,
  round: (seconds: number) => number,
): string | undefined {
  const instant = inWholeSeconds(date, field, round);
  return instant === undefined ? undefined : wireForm(instant);
}

/** The search in TickTick's form. Throws {@link InvalidRequestError}. */
export function wireSearch(search: TaskSearch): object {
  checkFields(search, 'search');
  checkOptions(search, MEMBERS, errors.invalid, 'search');
  const { keywords, projectIds, tags, status, dueFrom, dueTo } = search;
  checkText(keywords, 'keywords');
  for (const value of status ?? []) checkOneOf(value, TaskStatus, 'status');
  return {
    keywords,
    projectIds: checkedIds(projectIds, 'projectIds'),
    tags: tagNames(tags),
    status: status?.length ? status : undefined,
    dueFrom: bound(dueFrom, 'dueFrom', Math.ceil),
    dueTo: bound(dueTo, 'dueTo', Math.floor),
  };
}
