import type { EmulatedService } from '../http/service.ts';
import { createOAuthServer } from '../oauth/server.ts';
import { createRandom } from '../random.ts';
import type { Surroundings } from '../sandbox-base.ts';
import type { Seed } from '../seed.ts';
import { type Clock, SeedClock } from '../time/clock.ts';
import { AccountData } from './account-data.ts';
import { defaultAccount, type Region, REGION_HOSTS, type TickTickAccount } from './account.ts';
import { Accounts } from './accounts.ts';
import type { TickTickBehavior } from './behavior.ts';
import { createControl, type TickTickControl } from './control.ts';
import { guideDialect, officialDialect } from './dialects.ts';
import { Webhooks } from './guide/webhooks.ts';
import { demoApp } from './oauth/app.ts';
import { ticktickProfile } from './oauth/profile.ts';
import { seedAccount } from './seed/seed-account.ts';
import { taskToWire } from './tasks/task-to-wire.ts';
import { createTickTickService } from './ticktick-service.ts';
import { Violations } from './violations.ts';

/** One region: the service that answers, and the handle for tests. */
export function createRegion(
  region: Region,
  options: TickTickBehavior,
  { seed, clock, sleep, strict }: Surroundings,
): { service: EmulatedService; control: TickTickControl; violations: Violations } {
  const violations = new Violations(strict);
  const webhooks = new Webhooks({ deliver: options.deliver, sleep, clock });
  const { proposedIds = 'keep' } = options;
  const dialect =
    options.dialect === 'guide' ? guideDialect(proposedIds, webhooks) : officialDialect(proposedIds);
  const accounts = new Accounts({
    accounts: options.accounts ?? [defaultAccount(region)],
    createData: (account) =>
      Object.assign(createAccountData(region, account, { seed: options.seed ?? seed, clock, webhooks }), {
        absentFields: options.absentFields ?? 'omitted',
        newParents: options.newParents ?? 'keep',
      }),
    rateLimits: options.rateLimits ?? dialect.rateLimits,
    clock,
  });
  const app = demoApp(region);
  const oauth = createOAuthServer({
    profile: ticktickProfile(dialect.tokenRules),
    clock,
    apps: [app, ...(options.apps ?? [])],
    signedIn: accounts.get(undefined).username,
    consent: options.consent,
  });
  return {
    service: createTickTickService({ hosts: REGION_HOSTS[region], dialect, oauth, accounts, violations }),
    control: createControl({ app, accounts, oauth, webhooks }),
    violations,
  };
}

function createAccountData(
  region: Region,
  account: TickTickAccount,
  { seed, clock, webhooks }: { seed: Seed; clock: Clock; webhooks: Webhooks },
): AccountData {
  const random = createRandom(`${region}/${account.username}`);
  const seedClock = new SeedClock(clock);
  const data = new AccountData(account, seedClock, random);
  seedAccount(data, seed, seedClock, random);
  seedClock.setBack(0);
  data.onTaskEvent = (event, task) =>
    webhooks.dispatch(account.username, event, () => taskToWire(data, task));
  return data;
}
