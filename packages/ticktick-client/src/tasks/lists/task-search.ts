import { type DateInput, toWireDate } from '../../dates/wire-date.ts';
import { checkText } from '../../input/checked-fields.ts';
import { checkedIds } from '../../input/checked-id.ts';
import type { TaskStatus } from '../task.ts';

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
  checkText(keywords, 'keywords');
  return {
    keywords,
    projectIds: checkedIds(projectIds, 'projectIds'),
    tags,
    status,
    dueFrom: toWireDate(dueFrom, 'dueFrom'),
    dueTo: toWireDate(dueTo, 'dueTo'),
  };
}
