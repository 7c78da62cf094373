import { headerText, readEntity } from '../google/gmail/mail/headers.ts';
import { octetsOf } from '../google/gmail/mail/octets.ts';
import type { Sandbox } from '../sandbox.ts';

/** How many of the newest entries of each kind the page shows. */
const SHOWN = 200;

/** What the page shows of a sandbox, as JSON. Nothing of it is a credential. */
export function overviewOf(sandbox: Sandbox, urlOf: (host: string) => string): object {
  const { ticktick, dida365, google, azureDevOps } = sandbox;
  return {
    now: new Date(sandbox.clock.now()).toISOString(),
    hosts: sandbox.hosts.map((host) => ({ host, url: urlOf(host) })),
    accounts: [
      ...ticktick.accounts.map(({ username }) => ({ service: 'ticktick', account: username })),
      ...dida365.accounts.map(({ username }) => ({ service: 'dida365', account: username })),
      ...google.accounts.map(({ email }) => ({ service: 'google', account: email })),
      ...azureDevOps.people.map(({ uniqueName }) => ({ service: 'azureDevOps', account: uniqueName })),
    ],
    apps: [
      { service: 'ticktick', ...ticktick.app },
      { service: 'dida365', ...dida365.app },
      { service: 'google', ...google.app },
      { service: 'azureDevOps', ...azureDevOps.app },
      { service: 'azureDevOps', ...azureDevOps.publicApp },
    ],
    requests: newest(sandbox.requests).map(({ host, method, path, operation, account, status, at }) => ({
      at: new Date(at).toISOString(),
      call: `${method} ${host}${path}`,
      operation,
      account,
      status,
    })),
    mails: newest(mailsOf(sandbox)),
    hooks: newest(hooksOf(sandbox)),
    violations: newest(sandbox.violations),
    faults: sandbox.faults.active,
  };
}

function newest<T>(entries: readonly T[]): T[] {
  return entries.slice(-SHOWN).toReversed();
}

/** Mails of every account that an app sent, and those that Calendar sent to guests. */
function mailsOf({ google }: Sandbox): object[] {
  return google.accounts.flatMap(({ email }) => {
    const { calendar, gmail } = google.testUser(email);
    const sent = gmail.messages().filter(({ labelIds }) => labelIds.includes('SENT'));
    return [
      ...sent.map(({ raw, envelope: { to } }) => ({ by: email, kind: 'mail', to, subject: subjectOf(raw) })),
      ...calendar.sentMail().map(({ kind, to, eventId }) => ({ by: email, kind, to, subject: eventId })),
    ];
  });
}

function subjectOf(raw: Uint8Array): string {
  const { value = '' } = readEntity(octetsOf(raw)).headers.find(({ name }) => /^subject$/i.test(name)) ?? {};
  return headerText(value);
}

/** Deliveries of all services, in the order in which they were made. */
function hooksOf({ ticktick, dida365, google, azureDevOps }: Sandbox): object[] {
  const deliveries = [
    ...ticktick.webhooks.deliveries.map((one) => ({ service: 'ticktick', ...one })),
    ...dida365.webhooks.deliveries.map((one) => ({ service: 'dida365', ...one })),
    ...google.push.deliveries.map((one) => ({ service: `google ${one.kind}`, ...one })),
    ...azureDevOps.hooks.deliveries.map((one) => ({ service: 'azureDevOps', ...one })),
  ];
  return deliveries
    .toSorted((left, right) => left.at - right.at)
    .map(({ at, service, url, status }) => ({ at: new Date(at).toISOString(), service, url, status }));
}
