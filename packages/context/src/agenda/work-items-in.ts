import { type AdoClient, wiql, type WorkItem } from '@context-sdk/ado-client';
import { dayAfter, dayIn } from '../utils/zoned-day.ts';
import type { AgendaWorkItem } from './agenda.ts';
import { workItemUrl } from '../utils/work-item-url.ts';
import { isOpen } from './open-states.ts';
import { holdsDays, type Window } from './window.ts';

/** Read at most, the latest changed first. */
const MOST = 200;

/** The names that most processes give to the end of work: a first sieve, before the states' categories decide. */
const ENDED = ['Closed', 'Done', 'Completed', 'Removed'];

/** What is assigned to the user and still open, in every project of the organization. */
export async function workItemsIn(
  client: AdoClient,
  window: Window,
): Promise<{ dated: AgendaWorkItem[]; undated: WorkItem[] }> {
  const query = wiql`SELECT [System.Id] FROM WorkItems
    WHERE [System.AssignedTo] = @Me AND [System.State] NOT IN (${ENDED}) ORDER BY [System.ChangedDate] DESC`;
  const items = await client.workItems.query(query, { ...window.call, top: MOST }).toArray();
  const open = await isOpen(client, items, window.call);
  const dated: AgendaWorkItem[] = [];
  const undated: WorkItem[] = [];
  for (const workItem of items.filter(open)) {
    const day = dueDay(workItem, window.timeZone);
    if (day === undefined) undated.push(workItem);
    else if (holdsDays(window, day, dayAfter(day))) dated.push(agendaWorkItem(client, workItem, day));
  }
  return { dated, undated };
}

/** Times of these fields mean days: they are midnight in UTC, or in the zone of whoever chose them. */
function dueDay({ fields }: WorkItem, timeZone: string): string | undefined {
  const text =
    fields['Microsoft.VSTS.Scheduling.DueDate'] ??
    fields['Microsoft.VSTS.Scheduling.TargetDate'] ??
    fields['Microsoft.VSTS.Scheduling.FinishDate'];
  if (text === undefined || Number.isNaN(Date.parse(text))) return undefined;
  return /T00:00:00(\.0+)?Z$/.test(text) ? text.slice(0, 10) : dayIn(new Date(text), timeZone);
}

function agendaWorkItem({ organizationUrl }: AdoClient, workItem: WorkItem, day: string): AgendaWorkItem {
  const title = workItem.fields['System.Title'] ?? '';
  const url = workItemUrl(organizationUrl, workItem);
  return { kind: 'work-item', title, workItem, day, endDay: dayAfter(day), allDay: true, url };
}
