import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';

/** The ids of the items that links lead to, in their order. */
export function targetIds(links: ServiceResponse): number[] {
  const { value } = links;
  const targets = Array.isArray(value)
    ? value.map((link: unknown) => (isObject(link) ? link['target'] : undefined))
    : value;
  return links
    .part('target', targets)
    .list<{ id: number }>({ id: 'number' })
    .map(({ id }) => id);
}
