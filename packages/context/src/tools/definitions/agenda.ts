import type { AgendaItem } from '../../agenda/agenda.ts';
import { agendaText } from '../text/agenda-text.ts';
import { dayRange } from '../text/days.ts';
import { isEventByOthers } from '../text/event-text.ts';
import type { Target } from '../text/view.ts';
import { type ReadDefinition, readTool } from './definition.ts';

/** About 1,500 tokens. */
const MAX_ITEMS = 90;

/** Tasks, events and work items of some days. */
export const AGENDA: ReadDefinition = readTool({
  name: 'agenda',
  title: 'Agenda',
  description: 'Tasks, events and work items of some days, one per line with its handle.',
  providers: ['ticktick', 'google', 'azure-devops'],
  async read(tool, { from, days, detail }) {
    const { timeZone, user, call } = tool;
    const agenda = await user.agenda({ ...dayRange(timeZone, from, days), timeZone, ...call });
    if (agenda.items.some(isByOthers) || agenda.undated.length > 0) tool.taint();
    const view = await tool.view(agenda.items.flatMap(targetOf), {
      detail: detail ?? false,
      maxItems: MAX_ITEMS,
    });
    return agendaText(agenda, view);
  },
});

function targetOf(item: AgendaItem): Target[] {
  if (item.kind === 'work-item') return [];
  if (item.kind === 'event') return [{ kind: 'event', id: item.event.id, within: item.calendarId }];
  return [{ kind: 'task', id: item.task.id, within: item.task.projectId }];
}

/** Work items and invitations are written by others. */
function isByOthers(item: AgendaItem): boolean {
  return item.kind === 'work-item' || (item.kind === 'event' && isEventByOthers(item.event));
}
