import { invalid } from './invalid.ts';

/**
 * The name of a project, team or work item type, as it may stand in a path. A name of dots would lead elsewhere, and
 * none of the characters that are refused can be in one (Azure DevOps, "Naming restrictions").
 */
export function checkedName(name: unknown, field: string): string {
  if (typeof name !== 'string' || name.trim() === '') throw invalid(field, 'is missing or empty');
  if (/^\.+$/.test(name) || /[\\/:*?"<>|#\p{Cc}]/u.test(name))
    throw invalid(field, `can't be the name of one`);
  return name;
}
