/** The directory of the sandbox. */
export interface EntraTenant {
  readonly id: string;
  readonly domain: string;
}

export const DEMO_TENANT: EntraTenant = {
  id: '9f1c6d52-0b7e-4a83-8d24-c1e5a7f30b96',
  domain: 'fabrikam.example',
};

/** Endpoints that stand for any tenant. */
export const ANY_TENANT: readonly string[] = ['organizations', 'common'];

export function isTenant(name: string): boolean {
  return [DEMO_TENANT.id, DEMO_TENANT.domain, ...ANY_TENANT].includes(name);
}
