import type { TickTickService } from '../operations.ts';
import { listRows, type RowShape } from '../rows.ts';
import type { ListOptions } from '../skipped.ts';
import type { Countdown } from './countdowns.ts';

const COUNTDOWN: RowShape<Countdown> = {
  text: 'name',
  fields: {
    string: 'iconRes color repeatFlag remark style dateDisplayFormat',
    number: 'type date showCalendarType annoyingAlert status sortOrder timerMode daysOption',
    boolean: 'ignoreYear showAge showRemark',
    date: 'createdTime modifiedTime',
    'string[]': 'reminders styleColor',
  },
};

export function listCountdowns(service: TickTickService, options?: ListOptions): Promise<Countdown[]> {
  return listRows(service, 'countdowns.list', {}, COUNTDOWN, options);
}
