import { ConfigurationError } from '@context-sdk/oauth-core';
import { checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import type { CompleteRules, LinkRules, LinksOptions } from './links-options.ts';

const RULES: OptionTypes<LinkRules> = { title: 'string', status: 'string', due: 'string', deleted: 'string' };

const DEFAULTS: CompleteRules = { title: 'merge', status: 'merge', due: 'off', deleted: 'keep' };

/** The rules of a link: its own, then the context's, then the defaults. */
export function completeRules(own: LinkRules = {}, common: LinkRules = {}): CompleteRules {
  const given = (rules: LinkRules): Partial<CompleteRules> =>
    Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined));
  return { ...DEFAULTS, ...given(common), ...given(own) };
}

/** Throws what `invalid` makes of it for rules that there are none of. */
export function checkRules(
  rules: LinkRules | undefined,
  field: string,
  invalid: (field: string, problem: string) => Error,
): void {
  if (rules === undefined) return;
  checkOptions(rules, RULES, invalid);
  for (const [name, rule] of Object.entries(rules)) {
    const choices = name === 'deleted' ? ['keep', 'remove'] : ['merge', 'task', 'off'];
    if (rule !== undefined && !choices.includes(rule)) {
      throw invalid(`${field}.${name}`, `must be one of ${choices.join(', ')}`);
    }
  }
}

const OPTIONS: OptionTypes<LinksOptions> = { create: 'string', rules: 'checked', onConflict: 'function' };

/** Throws {@link ConfigurationError} naming the option that can't work. */
export function checkLinksOptions(links: LinksOptions | undefined): void {
  const misconfigured = (field: string, problem: string): ConfigurationError =>
    new ConfigurationError(`${field} ${problem}.`);
  checkOptions(links, OPTIONS, (name, problem) => misconfigured(`links.${name}`, problem));
  const { create = 'on-request', rules } = links ?? {};
  if (!['always', 'on-request'].includes(create)) {
    throw misconfigured('links.create', 'must be one of always, on-request');
  }
  checkRules(rules ?? undefined, 'links.rules', misconfigured);
}
