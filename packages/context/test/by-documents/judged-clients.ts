import { AdoClient, personalAccessToken } from '@context-sdk/ado-client';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { Hooks } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { UNLIMITED } from '@context-sdk/test-support';
import { hasRecordings, recorded, recordedNames } from '@context-sdk/test-support/recordings';

/** A request of one of the clients. */
export interface Sent {
  method: string;
  url: URL;
  body: string;
}

/** The id of no work item: deleting it is answered 404. */
export const MISSING_ID = 999_999;

export interface JudgedClients {
  sandbox: Sandbox;
  clients: { GmailClient: GmailClient; GoogleCalendarClient: GoogleCalendarClient; AdoClient: AdoClient };
  /** Whose requests were sent: `gmail drafts.create`. */
  operations: ReadonlySet<string>;
  sent: readonly Sent[];
}

const SCOPES = [
  'https://www.googleapis.com/auth/calendar',
  'https://mail.google.com/',
  'https://www.googleapis.com/auth/gmail.settings.basic',
  'https://www.googleapis.com/auth/gmail.settings.sharing',
];

/**
 * The three clients at production URLs, where the sandbox holds each request against the services' own documents.
 * Nothing is deleted, so that what a later call is about is still there.
 */
export function judgedClients(): JudgedClients {
  const sandbox = createSandbox({
    google: { discovery: hasRecordings ? googleDocuments() : [], quotas: { calendar: [], gmail: [] } },
    azureDevOps: { swagger: hasRecordings ? microsoftDocuments() : [] },
  });
  const sent: Sent[] = [];
  const operations = new Set<string>();
  const hooks: Hooks = { onRequest: (event) => void operations.add(`${event.service} ${event.operation}`) };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const [url, body] = [new URL(request.url), await request.clone().text()];
    sent.push({ method: request.method, url, body });
    if (url.pathname.endsWith('/$batch')) await judgeParts(sandbox, url, body);
    if (request.method !== 'DELETE' || url.pathname.endsWith(`/${MISSING_ID}`))
      return await sandbox.fetch(request);
    await sandbox.fetch(withoutToken(request));
    return new Response(null, { status: 204 });
  };
  const common = { fetch, hooks, rateLimiter: UNLIMITED, limits: [], retry: { attempts: 1 } };
  const auth = sandbox.google.issueToken({ scopes: SCOPES }).accessToken;
  const { url } = sandbox.azureDevOps.organization;
  return {
    sandbox,
    operations,
    clients: {
      GmailClient: new GmailClient({ ...common, auth }),
      GoogleCalendarClient: new GoogleCalendarClient({ ...common, auth }),
      AdoClient: new AdoClient({
        ...common,
        auth: personalAccessToken(sandbox.azureDevOps.issuePat()),
        organizationUrl: url,
        project: sandbox.azureDevOps.organization.projects[0]?.name,
      }),
    },
    sent,
  };
}

function googleDocuments(): unknown[] {
  return ['calendar-v3.json', 'gmail-v1.json'].map((name) => recorded('specs', 'google', name));
}

/** Every Swagger document that is at hand: of work item tracking and service hooks at least. */
function microsoftDocuments(): unknown[] {
  const names = recordedNames('specs', 'azure-devops').filter((name) => name.endsWith('-7.1.json'));
  return names.map((name) => recorded('specs', 'azure-devops', name));
}

/** A part that creates an item is a PATCH, by Microsoft's guide to work item batches; alone, by Swagger, it is a POST. */
function methodOf({ method, uri }: { method: string; uri: string }): string {
  return /\/workitems\/\$/i.test(uri) ? 'POST' : method;
}

async function judgeParts(sandbox: Sandbox, url: URL, body: string): Promise<void> {
  const parts: { method: string; uri: string; headers: Record<string, string>; body: unknown }[] =
    JSON.parse(body);
  const [, organization] = url.pathname.split('/');
  for (const part of parts) {
    const init = { method: methodOf(part), headers: part.headers, body: JSON.stringify(part.body) };
    await sandbox.fetch(`${url.origin}/${organization}${part.uri}`, init);
  }
}

/** It is judged, and then refused. */
function withoutToken(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete('authorization');
  return new Request(request, { headers });
}
