import type { ContextOptions, User } from '@context-sdk/context';
import type { SandboxOptions } from '@context-sdk/sandbox';
import { googleTokens, startContext, type Started } from '../support/start-context.ts';

/** A user who has connected everything that the tools can use, with empty accounts unless `sandbox` says otherwise. */
export async function startAssistant(
  options: { sandbox?: SandboxOptions } & Partial<ContextOptions> = {},
): Promise<Started & { user: User }> {
  const sandbox: SandboxOptions = { seed: 'empty', azureDevOps: { seed: 'empty' }, ...options.sandbox };
  const started = startContext({ ...options, sandbox });
  const user = await started.connectedUser();
  const scopes = ['https://www.googleapis.com/auth/gmail.modify'];
  await user.connections.import('google', googleTokens(started.sandbox, scopes));
  return { ...started, user };
}

/** A mail of plain text or HTML, as it arrives. */
export function rawMail(body: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = {
    From: 'Grace <grace@example.com>',
    To: 'ada@example.com',
    Subject: 'Plan',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
