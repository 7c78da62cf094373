import { PermissionError } from '@context-sdk/oauth-core';
import type { Connection } from '../../connections/connection.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import { serviceName } from '../../utils/service-names.ts';
import { escapeHtml } from '../../utils/text.ts';
import { checkOrigin } from '../own-origins.ts';
import { htmlPage } from '../page.ts';
import { backToHost } from './back-to-host.ts';
import type { AuthParts } from './on-connected.ts';
import { replaceable, type ReplaceableConnection } from './on-replace.ts';
import { decisionCookie, readPendingGrant } from './pending-grant.ts';
import { SignInGrant } from './sign-in-grant.ts';

/** Asks the user whether the new account replaces the connected one (GET), and does what the user decides (POST). */
export async function replace(parts: AuthParts, provider: ProviderId, request: Request): Promise<Response> {
  const { options, users, getUserId } = parts;
  if (request.method === 'POST') checkOrigin(options, request);
  const userId = await getUserId(request);
  if (userId === undefined) throw new PermissionError('No user is signed in.', { status: 403 });
  const { grant, take } = await readPendingGrant({ options, provider, userId }, request);
  const { connections } = users.get(userId);
  if (request.method !== 'POST') return questionPage(provider, await connections.get(provider), grant);
  const { tokenSet, account, organizationUrl } = grant;
  const signIn = new SignInGrant(options, provider, tokenSet);
  await signIn.revokeUnlessStored({ userId, accountId: account.id });
  await take();
  const isReplaced = new URL(request.url).searchParams.get('decision') === 'replace';
  try {
    if (isReplaced) await connections.import(provider, tokenSet, { account, organizationUrl });
  } finally {
    await signIn.settle();
  }
  const cookie = decisionCookie(provider, options.baseUrl).clear();
  return backToHost(grant.returnTo, provider, isReplaced ? 'success' : 'kept', [cookie]);
}

function questionPage(provider: ProviderId, current: Connection, next: ReplaceableConnection): Response {
  const name = serviceName(provider);
  const form = (decision: string, label: string): string =>
    `<form method="post" action="?decision=${decision}"><button>${escapeHtml(label)}</button></form>`;
  const content = `<p>Another ${name} account or organization is connected${describe(replaceable(current))}. You have just signed in${describe(next)}.</p>
${form('keep', 'Keep the connected one')}
${form('replace', 'Replace it')}`;
  // With no-referrer, browsers would send the form with `Origin: null`.
  return htmlPage(`Replace the ${name} connection?`, content, {
    headers: { 'referrer-policy': 'same-origin' },
  });
}

/** Names and organizations only: pages of the handler show no email addresses. */
function describe({ account, organizationUrl }: ReplaceableConnection): string {
  const name = account?.displayName && ` as ${escapeHtml(account.displayName)}`;
  const organization = organizationUrl && ` for ${escapeHtml(organizationUrl)}`;
  return `${name ?? ''}${organization ?? ''}`;
}
