import { createOAuthServer } from '../oauth/server.ts';
import type { Emulation, Surroundings } from '../sandbox-base.ts';
import { readDiscovery } from '../spec/discovery.ts';
import { SpecCheck } from '../spec/spec-check.ts';
import { DEMO_GOOGLE_ACCOUNTS, GoogleAccounts } from './accounts.ts';
import { Crowds } from './api/crowds.ts';
import { QueuedFailures } from './api/queued-failures.ts';
import { Quotas } from './api/quotas.ts';
import type { GoogleBehavior } from './behavior.ts';
import { createCalendar } from './calendar/create-calendar.ts';
import { createControl, type GoogleControl } from './control.ts';
import type { GoogleCore } from './core.ts';
import { createGmail } from './gmail/create-gmail.ts';
import { createGoogleService } from './google-service.ts';
import { DEMO_GOOGLE_APP } from './oauth/app.ts';
import { googleProfile } from './oauth/profile.ts';
import { asAccount } from './oauth/service-accounts.ts';
import { PubSub } from './pubsub/pubsub.ts';
import { PushSender } from './push/push-sender.ts';

/** The service that answers on Google's hosts, and the handle for tests. */
export function emulateGoogle(
  { google: options = {} }: { google?: GoogleBehavior },
  surroundings: Surroundings,
): Emulation<{ readonly google: GoogleControl }> {
  const core = createCore(options, surroundings);
  const { accounts, clock, push } = core;
  const oauth = createOAuthServer({
    profile: googleProfile(accounts, clock, options.serviceAccounts),
    clock,
    apps: [DEMO_GOOGLE_APP, ...(options.apps ?? [])],
    signedIn: accounts.get(undefined).email,
    consent: options.consent,
    deniedScopes: options.deniedScopes,
  });
  const queued = new QueuedFailures();
  const check = new SpecCheck(readDiscovery(options.discovery ?? []));
  const quotas = new Quotas({ limits: options.quotas ?? {}, refusal: options.refusal, clock });
  const calendar = createCalendar(core);
  const pubsub = new PubSub(core);
  const gmail = createGmail(core, pubsub, check.violations);
  const crowds = new Crowds(options.concurrency);
  const gates = { accounts, grants: oauth.grants, quotas, queued, check, crowds };
  return {
    services: [createGoogleService(oauth, [...calendar.methods, ...gmail.methods], gates)],
    violations: () => check.violations,
    controls: { google: createControl({ oauth, accounts, queued, calendar, gmail, pubsub, push, check }) },
  };
}

function createCore(options: GoogleBehavior, { seed, clock, sleep, strict }: Surroundings): GoogleCore {
  return {
    accounts: new GoogleAccounts([
      ...(options.accounts ?? DEMO_GOOGLE_ACCOUNTS),
      ...(options.serviceAccounts ?? []).map(asAccount),
    ]),
    channels: options,
    secondImport: options.secondImport ?? 'refused',
    sendsPerDay: options.sendsPerDay ?? 2000,
    mailRules: strict ? 'strict' : (options.mail ?? 'gmail'),
    seed,
    clock,
    sleep,
    strict,
    push: new PushSender({ deliver: options.deliver, sleep, clock }),
  };
}
