import type { EmulatedService } from '../http/service.ts';
import { createRandom } from '../random.ts';
import type { Surroundings } from '../sandbox-base.ts';
import type { Seed } from '../seed.ts';
import { SpecCheck } from '../spec/spec-check.ts';
import { readSwagger } from '../spec/swagger.ts';
import type { Clock } from '../time/clock.ts';
import { PersonalAccessTokens } from './access/personal-access-tokens.ts';
import { createAzureDevOpsService } from './azure-devops-service.ts';
import type { AzureDevOpsBehavior } from './behavior.ts';
import { type AzureDevOpsControl, createControl } from './control.ts';
import { createOrganization } from './create-organization.ts';
import { demoApp, demoPublicApp } from './entra/app.ts';
import { AuthorizationCodes } from './entra/authorization-codes.ts';
import { createEntraService } from './entra/entra-service.ts';
import type { EntraState } from './entra/entra-state.ts';
import { Grants } from './entra/grants.ts';
import { Hooks } from './hooks/hooks.ts';
import { Subscriptions } from './hooks/subscriptions.ts';
import { RateLimits } from './limits/rate-limit.ts';
import type { Organization } from './organization/organization.ts';
import { type AzureDevOpsPerson, DEMO_PEOPLE } from './organization/person.ts';

/** Azure DevOps and Entra ID: the services that answer, and the handle for tests. */
export function createAzureDevOps(
  options: AzureDevOpsBehavior,
  { seed, clock, sleep }: Surroundings,
): { services: readonly EmulatedService[]; control: AzureDevOpsControl } {
  const hooks = new Hooks({ deliver: options.deliver, sleep, clock });
  const organizations = createOrganizations(options, options.seed ?? seed, clock);
  const subscriptions = new Map([...organizations.values()].map((item) => [item, new Subscriptions(clock)]));
  const subscriptionsOf = (organization: Organization): Subscriptions =>
    subscriptions.get(organization) ?? new Subscriptions(clock);
  for (const organization of organizations.values()) {
    organization.onChange = (change) => hooks.dispatch(organization, subscriptionsOf(organization), change);
  }
  const entra = createEntraState(options, clock);
  const tokens = new PersonalAccessTokens(clock, createRandom('azure-devops/tokens'));
  const rateLimits = new RateLimits(options.rateLimit ?? {}, clock);
  const check = new SpecCheck(readSwagger(options.swagger ?? []));
  const { wiqlLimit = 20_000, loopbackHooks = false, refusals = 'real' } = options;
  const settings = { wiqlLimit, loopbackHooks, subscriptionsOf };
  const credentials = { tokens, grants: entra.grants };
  const parts = { organizations, credentials, refusals, rateLimits, settings, sleep };
  return {
    services: [createAzureDevOpsService(parts, check), createEntraService(entra)],
    control: createControl({ organizations, entra, tokens, rateLimits, hooks, subscriptionsOf, check }),
  };
}

function createOrganizations(
  { organizations: names = ['fabrikam'] }: AzureDevOpsBehavior,
  seed: Seed,
  clock: Clock,
): ReadonlyMap<string, Organization> {
  if (names.length === 0) throw new RangeError('The sandbox needs at least one organisation');
  return new Map(names.map((name) => [name.toLowerCase(), createOrganization(name, seed, clock)]));
}

function createEntraState(options: AzureDevOpsBehavior, clock: Clock): EntraState {
  const apps = [demoApp, demoPublicApp, ...(options.apps ?? [])];
  return {
    apps: new Map(apps.map((app) => [app.clientId, app])),
    consent: options.consent ?? 'automatic',
    refreshReuse: options.refreshReuse ?? 'allow',
    people: DEMO_PEOPLE,
    grants: new Grants(clock),
    codes: new AuthorizationCodes(clock),
    stats: { refreshes: 0, refreshReuses: 0, codeReplays: 0, concurrentRefreshes: 0 },
    clock,
    signedIn: firstOf(DEMO_PEOPLE),
  };
}

function firstOf([first]: readonly AzureDevOpsPerson[]): AzureDevOpsPerson {
  if (!first) throw new Error('Nobody is there');
  return first;
}
