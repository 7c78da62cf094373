import type { Task } from '@context-sdk/ticktick-client';
import type { Agenda, AgendaItem } from '../../agenda/agenda.ts';
import { configuredProviders } from '../../options/provider-id.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { isConnectionMissing } from '../../utils/connection-missing.ts';
import { agendaText, otherItems } from '../text/agenda-text.ts';
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
  description:
    'Tasks, events and work items of some days, one per line with its handle, and what is overdue or undated.',
  providers: ['ticktick', 'google', 'azure-devops'],
  async read(tool, { from, days, detail }) {
    const { timeZone, user, call } = tool;
    const agenda = await user.agenda({ ...dayRange(timeZone, from, days), timeZone, ...call });
    throwIfNothingWasRead(agenda, tool.options);
    const { overdue, undatedTasks, undated } = otherItems(agenda);
    if ([...agenda.items, ...overdue].some(isByOthers) || undated.length > 0) tool.taint();
    const tasks = [...agenda.items, ...overdue].flatMap((item) => (item.kind === 'task' ? [item.task] : []));
    await tool.taintByTasks([...tasks, ...undatedTasks]);
    const targets = [...[...agenda.items, ...overdue].flatMap(targetOf), ...undatedTasks.map(targetOfTask)];
    const view = await tool.view(targets, {
      detail: detail ?? false,
      maxItems: MAX_ITEMS,
    });
    return agendaText(agenda, view);
  },
});

/** Then there is no agenda that is empty. What a person can mend by connecting is told first. */
function throwIfNothingWasRead({ errors }: Agenda, { providers }: ResolvedOptions): void {
  const { ticktick, 'google-calendar': calendar, 'azure-devops': workItems } = errors;
  const failures = [ticktick, calendar, workItems].filter((error) => error !== undefined);
  if (failures.length < configuredProviders(providers).length) return;
  throw failures.find(isConnectionMissing) ?? failures[0];
}

function targetOf(item: AgendaItem): Target[] {
  if (item.kind === 'work-item') return [];
  if (item.kind === 'event') return [{ kind: 'event', id: item.event.id, within: item.calendarId }];
  return [targetOfTask(item.task)];
}

function targetOfTask({ id, projectId }: Task): Target {
  return { kind: 'task', id, within: projectId };
}

/** Work items and invitations are written by others. */
function isByOthers(item: AgendaItem): boolean {
  return item.kind === 'work-item' || (item.kind === 'event' && isEventByOthers(item.event));
}
