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

export function taskPage(tasks: readonly Task[]): string {
  return page(`${tasks.length} open tasks`, `<ul>\n${tasks.map(item).join('\n')}\n</ul>`);
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
