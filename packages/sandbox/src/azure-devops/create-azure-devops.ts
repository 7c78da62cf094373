import { createOAuthServer, type OAuthServer } from '../oauth/server.ts';
import { createRandom } from '../random.ts';
import type { Emulation, Surroundings } from '../sandbox-base.ts';
import type { Seed } from '../seed.ts';
import { SpecCheck } from '../spec/spec-check.ts';
import { readSwagger } from '../spec/swagger.ts';
import type { Clock } from '../time/clock.ts';
import { PersonalAccessTokens } from './access/personal-access-tokens.ts';
import { createAzureDevOpsService } from './azure-devops-service.ts';
import type { AzureDevOpsBehavior } from './behavior.ts';
import { type AzureDevOpsControl, createControl } from './control.ts';
import { createOrganization } from './create-organization.ts';
import { DEMO_APP, DEMO_PUBLIC_APP } from './entra/app.ts';
import { createEntraService } from './entra/entra-service.ts';
import { entraProfile } from './entra/profile.ts';
import { Hooks } from './hooks/hooks.ts';
import { Subscriptions } from './hooks/subscriptions.ts';
import { RateLimits } from './limits/rate-limit.ts';
import type { Organization } from './organization/organization.ts';
import { DEMO_PEOPLE } from './organization/person.ts';

/** Azure DevOps and Entra ID: the services that answer, and the handle for tests. */
export function emulateAzureDevOps(
  { azureDevOps: options = {} }: { azureDevOps?: AzureDevOpsBehavior },
  { seed, clock, sleep, strict }: Surroundings,
): Emulation<{ readonly azureDevOps: AzureDevOpsControl }> {
  const hooks = new Hooks({ deliver: options.deliver, sleep, clock });
  const organizations = createOrganizations(options, options.seed ?? seed, clock);
  const subscriptions = new Map([...organizations.values()].map((item) => [item, new Subscriptions(clock)]));
  const subscriptionsOf = (organization: Organization): Subscriptions =>
    subscriptions.get(organization) ?? new Subscriptions(clock);
  for (const organization of organizations.values()) {
    organization.onChange = (change) => hooks.dispatch(organization, subscriptionsOf(organization), change);
  }
  const entra = createEntra(options, clock);
  const tokens = new PersonalAccessTokens(clock, createRandom('azure-devops/tokens'));
  const rateLimits = new RateLimits(options.rateLimit ?? {}, clock);
  const check = new SpecCheck(readSwagger(options.swagger ?? []));
  const { wiqlLimit = 20_000, loopbackHooks = false, refusals = 'real', missingScope = 403 } = options;
  const { newestApiVersion = '7.2' } = options;
  const failsWholeBatch = options.batch === 'all-or-nothing';
  const settings = {
    wiqlLimit,
    newestApiVersion,
    missingScope,
    failsWholeBatch,
    loopbackHooks,
    subscriptionsOf,
  };
  const credentials = { tokens, grants: entra.grants };
  const parts = { organizations, credentials, refusals, rateLimits, settings, sleep };
  return {
    services: [createAzureDevOpsService(parts, check, strict), createEntraService(entra, DEMO_PEOPLE)],
    violations: () => check.violations,
    controls: {
      azureDevOps: createControl({ organizations, entra, tokens, rateLimits, hooks, subscriptionsOf, check }),
    },
  };
}

function createOrganizations(
  { organizations: names = ['fabrikam'] }: AzureDevOpsBehavior,
  seed: Seed,
  clock: Clock,
): ReadonlyMap<string, Organization> {
  if (names.length === 0) throw new RangeError('The sandbox needs at least one organization');
  return new Map(names.map((name) => [name.toLowerCase(), createOrganization(name, seed, clock)]));
}

function createEntra(options: AzureDevOpsBehavior, clock: Clock): OAuthServer {
  const { apps = [], consent, refreshReuse = 'allow' } = options;
  return createOAuthServer({
    profile: entraProfile({ people: DEMO_PEOPLE, clock, refreshReuse }),
    clock,
    apps: [DEMO_APP, DEMO_PUBLIC_APP, ...apps],
    signedIn: DEMO_PEOPLE[0].uniqueName,
    consent,
  });
}
