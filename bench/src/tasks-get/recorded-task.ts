import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RECORDED = join(
  process.env['CONFORMANCE_DIR'] ?? join(import.meta.dirname, '../../../../shared'),
  'fixtures/ticktick/recorded/task-get.json',
);

const LIKE_RECORDED = {
  id: '6ac94f5a8f089f376a258555',
  projectId: '6ac5b589bed7f77658a9a803',
  sortOrder: -4398046511104,
  title: 'Water the plants on the balcony',
  desc: 'the big ones twice',
  startDate: '2026-10-11T09:00:00.000+0000',
  dueDate: '2026-10-11T09:00:00.000+0000',
  timeZone: 'Africa/Nairobi',
  isAllDay: false,
  priority: 0,
  isFloating: false,
  reminders: ['TRIGGER:P0DT9H0M0S'],
  repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1',
  status: 0,
  items: [
    {
      id: '6ac94f618f08929498a907b6',
      status: 0,
      title: 'fill the can',
      sortOrder: 0,
      isAllDay: false,
      timeZone: 'Africa/Nairobi',
    },
  ],
  etag: 'tzb2auwf',
  etimestamp: 1791578136212,
  kind: 'CHECKLIST',
  modifiedTime: '2026-10-09T20:35:36.212+0000',
  createdTime: '2026-10-09T20:32:26.648+0000',
};

/** TickTick's answer to `GET /project/{projectId}/task/{taskId}`: the recorded one where the fixtures are at hand. */
export const task: { id: string; projectId: string } = existsSync(RECORDED)
  ? (JSON.parse(readFileSync(RECORDED, 'utf8')) as typeof LIKE_RECORDED)
  : LIKE_RECORDED;
