import { ContextSdkError } from '@context-sdk/oauth-core/errors';
import { type LinkUpdate, readLinkUpdates } from '../history/history.ts';
import { currentUser } from '../identities/current-user.ts';
import { relationKey, relationsIn } from '../model/relation.ts';
import type { WorkItem, WorkItemRelation } from '../model/work-item.ts';
import type { AdoCall } from '../wire.ts';
import type { LinkPlan } from './link-differences.ts';

type Keys = ReadonlySet<string>;

/** Updates that may be what a patch did: one, or two where pages and files are one and items the other. */
interface Step {
  updates: LinkUpdate[];
  /** How many updates of the history precede it. */
  from: number;
  removed: WorkItemRelation[];
}

function keysOf(relations: readonly WorkItemRelation[]): Set<string> {
  return new Set(relations.map(relationKey));
}

function isSame(one: Keys, other: Keys): boolean {
  return one.size === other.size && [...one].every((key) => other.has(key));
}

/** The links before an update, given those after it. */
function undone(keys: Keys, { added, removed }: LinkUpdate): Set<string> {
  const before = new Set(keys);
  for (const relation of added) before.delete(relationKey(relation));
  for (const relation of removed) before.add(relationKey(relation));
  return before;
}

function stepsUpTo(updates: readonly LinkUpdate[], last: number): Step[] {
  return [last, last - 1]
    .filter((from) => from >= 0)
    .map((from) => {
      const own = updates.slice(from, last + 1);
      return { from, updates: own, removed: own.flatMap(({ removed }) => removed) };
    });
}

/** Whether a step did as much as the patch: it took away that many links, and made the patch's own. */
function fits({ updates, removed }: Step, plan: LinkPlan): boolean {
  const added = keysOf(updates.flatMap((update) => update.added));
  return removed.length === plan.removed.length && isSame(added, plan.addedKeys);
}

/** Whether the links that were there after an update contradict it: what it took away is there, or what it added isn't. */
function contradicts(keys: Keys, update: LinkUpdate): boolean {
  const added = keysOf(update.added);
  return (
    [...added].some((key) => !keys.has(key)) ||
    [...keysOf(update.removed)].some((key) => keys.has(key) && !added.has(key))
  );
}

/**
 * How the links that were read become those after the patch, if the step is what the patch did: undefined if they don't,
 * and not cleanly if an update on the way contradicts them, as when another writer put back what a later step took away.
 */
function wayThere(
  step: Step,
  updates: readonly LinkUpdate[],
  before: Keys,
  after: Keys,
): { isClean: boolean } | undefined {
  let keys = after;
  let isClean = true;
  const undo = (update: LinkUpdate): void => {
    isClean &&= !contradicts(keys, update);
    keys = undone(keys, update);
  };
  step.updates.toReversed().forEach(undo);
  for (const update of updates.slice(0, step.from).toReversed()) {
    if (isSame(keys, before)) return { isClean };
    undo(update);
  }
  return isSame(keys, before) ? { isClean } : undefined;
}

/** The steps that may be the patch: those that explain what remains without a contradiction, if there are any. */
function stepsBehind(
  updates: readonly LinkUpdate[],
  plan: LinkPlan,
  before: Keys,
  after: Keys,
): readonly Step[] {
  const fitting = [...updates.keys()]
    .flatMap((last) => stepsUpTo(updates, last))
    .filter((step) => fits(step, plan))
    .map((step) => ({ step, way: wayThere(step, updates, before, after) }))
    .filter(({ way }) => way !== undefined);
  const clean = fitting.filter(({ way }) => way?.isClean === true);
  return (clean.length > 0 ? clean : fitting).map(({ step }) => step);
}

/**
 * Of steps that would explain what remains, that of the user whose patch it was. If one user made several, the one that
 * took away what the patch meant: the others are rather changes behind it.
 */
async function ownStep(call: AdoCall, steps: readonly Step[], plan: LinkPlan): Promise<Step | undefined> {
  const authorOf = ({ updates }: Step): string | undefined => updates[0]?.authorId;
  const isShared = new Set(steps.map(authorOf)).size > 1;
  const user = isShared ? (await currentUser(call)).id : undefined;
  const own = isShared ? steps.filter((step) => authorOf(step) === user) : steps;
  const meant = keysOf(plan.removed);
  return own.find(({ removed }) => isSame(keysOf(removed), meant)) ?? own.at(-1);
}

/**
 * The links that a patch really took away, from the item's history: links make no revision, so the places that it named
 * may have been those of others. Undefined if the history doesn't tell.
 */
export async function removalBehind(
  call: AdoCall,
  before: WorkItem,
  after: WorkItem,
  plan: LinkPlan,
): Promise<WorkItemRelation[] | undefined> {
  try {
    // Each revision is an update, so that many are older than what was read.
    const updates = await readLinkUpdates(call, after.id, before.rev - 1);
    const [was, is] = [keysOf(relationsIn(before.relations)), keysOf(relationsIn(after.relations))];
    return (await ownStep(call, stepsBehind(updates, plan, was, is), plan))?.removed;
  } catch (error) {
    // The patch is done; without its history, what remains has to do.
    if (error instanceof ContextSdkError && !call.signal?.aborted) return undefined;
    throw error;
  }
}
