import { type Context, serviceName } from '@context-sdk/context';
import { button, escapeHtml, htmlPage, type Page } from './html.ts';

/** Writes that are listed. */
const MAX_ACTIONS = 30;

/** What waits, what is connected, and what was done. `said` is what came of the last button. */
export async function overview(context: Context, userId: string, said: string): Promise<Page> {
  const [pending, connections, actions] = await Promise.all([
    context.actions.pending(userId),
    context.user(userId).connections.list(),
    context.actions.list(userId),
  ]);
  const waiting = pending.map(
    ({ description, token }) =>
      `<p class="waiting">${escapeHtml(description)}</p>
<p>${button('/approve', 'Approve', 'token', token)} ${button('/refuse', 'Refuse', 'token', token)}</p>`,
  );
  const services = connections.map(({ provider, state, identity }) => {
    const account = identity?.email ?? identity?.username ?? '';
    const link = `<a href="/auth/${provider}/authorize">${state === 'connected' ? 'Connect again' : 'Connect'}</a>`;
    return `<li>${serviceName(provider)}: ${escapeHtml(`${state} ${account}`.trim())} ${link}</li>`;
  });
  const done = actions.slice(0, MAX_ACTIONS).map(({ id, description, at, state, undo }) => {
    const canUndo = state === 'done' && undo.kind !== 'none';
    const what = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC: ${description}`;
    return `<li>${escapeHtml(what)} (${state}) ${canUndo ? button('/undo', 'Undo', 'action', id) : ''}</li>`;
  });
  const content = [
    said === '' ? '' : `<p role="status">${escapeHtml(said)}</p>`,
    '<h2>Waiting for you</h2>',
    waiting.join('\n') || '<p>Nothing.</p>',
    `<h2>Services</h2><ul>${services.join('\n')}</ul>`,
    `<h2>What your assistant did</h2><ul>${done.join('\n') || '<li>Nothing yet.</li>'}</ul>`,
  ];
  return htmlPage('Your assistant', content.join('\n'));
}

/** For a browser that nobody has let in: the program opens a window of its own. */
export function closedPage(): Page {
  const content = `<p>This page opens from the program itself, so that nobody else on this machine can approve for you.</p>
<p>${button('/open', 'Open it in my browser')} The address is in the program’s log, too.</p>`;
  return htmlPage('Your assistant', content, 403);
}
