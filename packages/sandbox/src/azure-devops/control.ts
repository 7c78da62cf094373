import { createOAuthControl, issueTokens, type OAuthControl } from '../oauth/control.ts';
import type { OAuthApp } from '../oauth/profile.ts';
import type { OAuthServer } from '../oauth/server.ts';
import type { SpecCheck, SpecViolation } from '../spec/spec-check.ts';
import { ALL_SCOPES, readScopes, type Scope } from './access/caller.ts';
import type { PersonalAccessTokens } from './access/personal-access-tokens.ts';
import { DEMO_APP, DEMO_PUBLIC_APP } from './entra/app.ts';
import { AZURE_DEVOPS_RESOURCE, DEFAULT_SCOPE } from './entra/scopes.ts';
import { DEMO_TENANT, type EntraTenant } from './entra/tenant.ts';
import type { HookDelivery } from './hooks/delivery.ts';
import type { Hooks } from './hooks/hooks.ts';
import type { Subscription, Subscriptions } from './hooks/subscriptions.ts';
import type { RateLimits } from './limits/rate-limit.ts';
import type { Artifact as AzureDevOpsArtifact } from './organization/artifacts.ts';
import type { Organization } from './organization/organization.ts';
import { type AzureDevOpsPerson, DEMO_PEOPLE, DEMO_SERVICE_PRINCIPAL } from './organization/person.ts';
import type { AzureDevOpsProject } from './organization/project.ts';
import { type AzureDevOpsTestUser, createTestUser } from './work-items/test-user.ts';

/** An organization, as tests see it. */
export interface AzureDevOpsOrganization {
  readonly name: string;
  readonly id: string;
  /** `https://dev.azure.com/fabrikam`. */
  readonly url: string;
  readonly projects: readonly AzureDevOpsProject[];
}

/**
 * What a test can do to the emulated Azure DevOps and Entra ID, and see of them. Organizations go by their name, people
 * by their sign-in name. Default: the first.
 */
export interface AzureDevOpsControl extends OAuthControl {
  /** The web app that is always registered. Its localhost redirect URIs match for any port. */
  readonly app: OAuthApp;
  /** The same without a secret. */
  readonly publicApp: OAuthApp;
  readonly tenant: EntraTenant;
  readonly organization: AzureDevOpsOrganization;
  readonly organizations: readonly AzureDevOpsOrganization[];
  readonly people: readonly AzureDevOpsPerson[];
  /** A personal access token: by default in the new form with 84 characters, for everything, good for 90 days. */
  issuePat(options?: {
    organization?: string;
    person?: string;
    length?: 52 | 84;
    /** Separated by spaces. */
    scope?: string;
    /** Seconds. */
    expiresIn?: number;
  }): string;
  /** Tokens without the way through the browser: by default for everything. */
  issueToken(options?: {
    person?: string;
    /** Separated by spaces, without the resource. */
    scope?: string;
    /** Seconds. */
    expiresIn?: number;
  }): { accessToken: string; refreshToken: string };
  /** An access token of the app itself, as the client credentials grant gives it. */
  issueAppToken(): string;
  /** Personal access tokens stop being accepted. */
  revokePats(person?: string): void;
  /** The policy "Third-party application access via OAuth": without it bearer tokens are refused with TF400813. */
  allowOAuth(allowed: boolean, organization?: string): void;
  /** The permission "Create tag definition": without it a tag that no item has yet is refused with TF401289. */
  allowNewTags(allowed: boolean, organization?: string): void;
  /** Adds a pull request, commit or build, which work items can link to. */
  addArtifact(artifact: AzureDevOpsArtifact, organization?: string): void;
  /** Uses up some of a person's budget of 200 TSTU in five minutes. */
  spend(tstu: number, person?: string): void;
  /** Acts as the users of an organization in the Azure DevOps web app, without tokens or limits. */
  testUser(organization?: string): AzureDevOpsTestUser;
  readonly hooks: {
    /** Every service hook of the first organization, with its status. Secrets are not masked. */
    readonly subscriptions: readonly Readonly<Subscription>[];
    /** Every attempt, oldest first. */
    readonly deliveries: readonly HookDelivery[];
    /** Resolves when no delivery, retry or probe is under way: probation takes 36 hours of the sandbox's `sleep`. */
    settled(): Promise<void>;
  };
  /** Requests that break Microsoft's Swagger; empty without `swagger`. */
  readonly violations: readonly SpecViolation[];
}

/** What the control works on. */
export interface ControlParts {
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly entra: OAuthServer;
  readonly tokens: PersonalAccessTokens;
  readonly rateLimits: RateLimits;
  readonly hooks: Hooks;
  readonly subscriptionsOf: (organization: Organization) => Subscriptions;
  readonly check: SpecCheck;
}

const PAT_LIFETIME = 90 * 86_400;

export function createControl(parts: ControlParts): AzureDevOpsControl {
  const { entra, tokens, rateLimits, hooks, check } = parts;
  const { grants, clock, profile } = entra;
  const first = findOrganization(parts);
  return {
    ...createOAuthControl(entra, (person) => findByName(person).uniqueName),
    app: DEMO_APP,
    publicApp: DEMO_PUBLIC_APP,
    tenant: DEMO_TENANT,
    organization: describe(first),
    organizations: [...parts.organizations.values()].map(describe),
    people: DEMO_PEOPLE,
    issuePat: ({ organization, person, length = 84, scope = ALL_SCOPES, expiresIn = PAT_LIFETIME } = {}) =>
      tokens.issue(length, {
        organization: findOrganization(parts, organization).name,
        person: findByName(person),
        scopes: scopesOf(scope),
        expiresAt: clock.now() + expiresIn * 1000,
      }),
    issueToken: ({ person, scope = ALL_SCOPES, expiresIn } = {}) => {
      const scopes = scopesOf(scope).map((name) => `${AZURE_DEVOPS_RESOURCE}/${name}`);
      return issueTokens(entra, { account: findByName(person).uniqueName, scopes, expiresIn });
    },
    issueAppToken: () => {
      const { uniqueName } = DEMO_SERVICE_PRINCIPAL;
      const scopes = [DEFAULT_SCOPE];
      const grant = grants.grantDirectly(uniqueName, DEMO_APP.clientId, { scopes, offline: false });
      return grants.issueAccessToken(grant, profile.accessTokenSeconds);
    },
    revokePats: (person) => tokens.revoke(person),
    allowOAuth: (allowed, organization) => {
      findOrganization(parts, organization).allowsOAuth = allowed;
    },
    allowNewTags: (allowed, organization) => {
      findOrganization(parts, organization).allowsNewTags = allowed;
    },
    addArtifact: (artifact, organization) => {
      findOrganization(parts, organization).artifacts.push(artifact);
    },
    spend: (tstu, person) => rateLimits.of(first.name, findByName(person).uniqueName).spend(tstu),
    testUser: (organization) => createTestUser(findOrganization(parts, organization)),
    hooks: {
      get subscriptions() {
        return parts.subscriptionsOf(first).all;
      },
      deliveries: hooks.deliveries,
      settled: () => hooks.settled(),
    },
    violations: check.violations,
  };
}

function findOrganization({ organizations }: ControlParts, name?: string): Organization {
  const [first] = organizations.values();
  const organization = name === undefined ? first : organizations.get(name.toLowerCase());
  if (!organization) throw new RangeError(`Not an organization of this sandbox: ${name}`);
  return organization;
}

function scopesOf(text: string): readonly Scope[] {
  const scopes = readScopes(text);
  if (!scopes) throw new RangeError(`Not scopes of Azure DevOps: ${text}`);
  return scopes;
}

function findByName(name?: string): AzureDevOpsPerson {
  const person =
    name === undefined ? DEMO_PEOPLE[0] : DEMO_PEOPLE.find(({ uniqueName }) => uniqueName === name);
  if (!person) throw new RangeError(`Not one of the sandbox's people: ${name}`);
  return person;
}

function describe({ name, id, url, projects }: Organization): AzureDevOpsOrganization {
  return {
    name,
    id,
    url,
    projects: projects.map((project) => ({ id: project.id, name: project.name, process: project.process })),
  };
}
