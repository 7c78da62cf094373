import { type AdoClient, wiql, type WorkItem } from '@context-sdk/ado-client';
import { dayOf, parseInstant } from '@context-sdk/oauth-core/client-kit';
import { dayAfter, inCalendar } from '../utils/calendar-days.ts';
import { asText } from '../utils/text.ts';
import { workItemUrl } from '../utils/web-urls.ts';
import { type AgendaWindow, overlapsDays } from './agenda-window.ts';
import type { AgendaWorkItem } from './agenda.ts';
import { firstOpenWorkItems, USUAL_CLOSED_STATES } from './open-work-items.ts';
import { readSprintEnds, sprintEndOf } from './sprint-ends.ts';

/** Only the open items that were changed last are read. */
const MAX_ITEMS = 200;

/** The first that an item has decides. */
const DATE_FIELDS = ['DueDate', 'TargetDate', 'FinishDate'].map(
  (name) => `Microsoft.VSTS.Scheduling.${name}`,
);

/** Reads the open items that are assigned to the user, in all projects of the organization. */
export async function readWorkItems(
  client: AdoClient,
  window: AgendaWindow,
): Promise<{ dated: AgendaWorkItem[]; overdue: AgendaWorkItem[]; undated: WorkItem[] }> {
  const query = wiql`SELECT [System.Id] FROM WorkItems
    WHERE [System.AssignedTo] = @Me AND [System.State] NOT IN (${USUAL_CLOSED_STATES}) ORDER BY [System.ChangedDate] DESC`;
  const open = await firstOpenWorkItems(client, query, MAX_ITEMS, window.call);
  const ends = window.useSprintEnd
    ? await readSprintEnds(client, open, window.call)
    : new Map<string, string>();
  const dated: AgendaWorkItem[] = [];
  const overdue: AgendaWorkItem[] = [];
  const undated: WorkItem[] = [];
  const today = dayOf(Date.now(), window.timeZone);
  for (const workItem of open) {
    const day = dueDay(workItem, window.timeZone) ?? sprintEndOf(workItem, ends);
    if (day === undefined) undated.push(workItem);
    else if (overlapsDays(window, day, dayAfter(day))) dated.push(agendaWorkItem(client, workItem, day));
    else if (day < today && day < dayOf(window.from.getTime(), window.timeZone))
      overdue.push(agendaWorkItem(client, workItem, day));
  }
  return { dated, overdue, undated };
}

/** These fields mean days, but hold times: midnight in UTC, or in the zone of the person who set them. */
function dueDay({ fields }: WorkItem, timeZone: string): string | undefined {
  const text =
    DATE_FIELDS.map((name) => asText(fields[name])).find((value) => parseInstant(value) !== undefined) ?? '';
  const at = parseInstant(text);
  if (at === undefined) return undefined;
  return /T00:00:00(\.0+)?Z$/.test(text) ? text.slice(0, 10) : inCalendar(dayOf(at, timeZone));
}

function agendaWorkItem({ organizationUrl }: AdoClient, workItem: WorkItem, day: string): AgendaWorkItem {
  const title = asText(workItem.fields['System.Title']);
  const url = workItemUrl(organizationUrl, workItem);
  return { kind: 'work-item', title, workItem, day, endDay: dayAfter(day), allDay: true, url };
}
