import type { CalendarEvent } from '@context-sdk/google-workspace';
import type { Task } from '@context-sdk/ticktick-client';

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
  li span { opacity: .65 }
</style>
<h1>${title}</h1>
${body}
</html>`;
}

function item({ title, dueDate, tags = [] }: Task): string {
  const notes = [dueDate?.slice(0, 10) ?? '', ...tags.map((tag) => `#${tag}`)].filter(Boolean);
  return `<li>${escaped(title)} <span>${escaped(notes.join(' '))}</span></li>`;
}

function day(events: readonly CalendarEvent[] | undefined): string {
  if (events === undefined) return '<p><a href="/auth/google/authorize">Connect Google</a></p>';
  const items = events.map(({ summary = 'Busy', start }) => {
    const time = start?.dateTime?.slice(11, 16) ?? 'all day';
    return `<li class="event">${escaped(summary)} <span>${escaped(time)}</span></li>`;
  });
  return `<h2>The next 24 hours</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

/** Without `events` there is a link to connect Google. */
export function taskPage(tasks: readonly Task[], events: readonly CalendarEvent[] | undefined): string {
  const list = `<ul>\n${tasks.map(item).join('\n')}\n</ul>`;
  return page(`${tasks.length} open tasks`, `${day(events)}\n${list}`);
}

export function signInPage(): string {
  return page('Context', '<p><a href="/auth/ticktick/authorize">Sign in with TickTick</a></p>');
}

/** `message` is one of the SDK's: safe to show, since it holds no token. */
export function problemPage(message: string): string {
  return page(
    'That did not work',
    `<p>${escaped(message)}</p><p><a href="/auth/ticktick/authorize">Sign in with TickTick</a></p>`,
  );
}
