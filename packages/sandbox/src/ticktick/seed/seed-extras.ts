import type { AccountData } from '../account-data.ts';
import { checkIn } from '../habits/check-in.ts';
import { createHabit } from '../habits/habit-input.ts';

/** What the demo account has beside projects and tasks: tags, a countdown, habits and their check-ins. */
export function seedExtras(data: AccountData): void {
  for (const [index, name] of ['work', 'home', 'urgent'].entries()) {
    data.tags.set(name, { name, label: name, sortOrder: index, color: '#F18181', type: 1 });
  }
  seedCountdown(data);
  const sectionId = data.newId();
  data.habitSections.set(sectionId, {
    id: sectionId,
    name: '_morning',
    sortOrder: 0,
    createdTime: data.now(),
    etag: data.newEtag(),
  });
  const year = new Date(data.now()).getUTCFullYear();
  for (const name of ['Read 📖', 'Drink water', 'Stretch']) {
    const habit = createHabit(data, { name, sectionId });
    for (const day of [1, 2, 3]) checkIn(data, habit, { stamp: year * 10_000 + 100 + day });
  }
}

function seedCountdown(data: AccountData): void {
  const id = data.newId();
  const date = (new Date(data.now()).getUTCFullYear() + 1) * 10_000 + 407;
  const birthday = { id, type: 0, name: 'Birthday', date, color: '#4D8CF5', reminders: [], sortOrder: 0 };
  data.countdowns.set(id, birthday);
}
