import { ConfigurationError } from '@context-sdk/oauth-core';
import type { Method } from './method.ts';

/** The methods with the host's own costs. Throws {@link ConfigurationError} naming the cost that can't be. */
export function withCosts<Name extends string>(
  methods: Readonly<Record<Name, Method>>,
  costs: Readonly<Partial<Record<Name, number>>> | undefined,
  service: string,
): Record<Name, Method> {
  const changed: Record<Name, Method> = { ...methods };
  for (const [name, cost] of Object.entries<number | undefined>(costs ?? {})) {
    const method = Object.entries<Method>(methods).find(([known]) => known === name)?.[1];
    if (method === undefined)
      throw new ConfigurationError(`costs.${name} is no method of ${service}.`, { service });
    if (cost === undefined) continue;
    if (!Number.isSafeInteger(cost) || cost < 1) {
      throw new ConfigurationError(`costs.${name} has to be a whole number above 0.`, { service });
    }
    Object.assign(changed, { [name]: { ...method, cost } });
  }
  return changed;
}
