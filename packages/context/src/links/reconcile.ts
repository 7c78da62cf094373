import type { CompleteRules, ConflictValue, LinkField, SideKind } from '../options/links-options.ts';
import {
  type ConflictState,
  type Intent,
  LINK_FIELDS,
  type LinkState,
  type LinkWrite,
  type SideNow,
  type SideState,
} from './link-state.ts';
import { fitting, isEmptyTitle, isExactly, isSameValue, isWritten, withTail } from './link-values.ts';
import { agreedState, type FieldChange, noticeField } from './notice-field.ts';

/** What is to be written so that all sides are the same, and the state to store before any of it. */
export interface Reconciled {
  state: LinkState;
  writes: LinkWrite[];
}

/** Of several sides that say the same, the earlier kind says it best. */
const PRECEDENCE: readonly SideKind[] = ['task', 'work-item', 'block', 'draft'];

/**
 * Decides what each side is to have. Pure: `before` is what is known, `now` what the services have. The state that it returns
 * has the intents of the writes: what we wrote ourselves is no change of somebody else, also if the process died before it could
 * store the response.
 */
export function reconcile(before: LinkState, now: readonly SideNow[], rules: CompleteRules): Reconciled {
  const state = structuredClone(before);
  for (const side of now) noticeSide(state, side);
  const task = now.find(({ kind }) => kind === 'task');
  if (task === undefined || task.isGone) {
    state.conflicts = [];
    return { state, writes: rules.deleted === 'remove' ? removals(state, now) : [] };
  }
  // A task that is back takes the others with it again.
  for (const side of state.sides) delete side.isRemoved;
  return { state, writes: LINK_FIELDS.flatMap((field) => reconcileField(state, now, field, rules[field])) };
}

/** The state after a write, with the value that the service returned. */
export function afterWrite(before: LinkState, write: LinkWrite, answer: SideNow): LinkState {
  const state = structuredClone(before);
  const side = sideOf(state.sides, write);
  if (side === undefined) return state;
  noticeSide(state, answer);
  if (write.isRemoval) side.isRemoved = true;
  const known = side.fields[write.field];
  const value = answer.fields[write.field]?.value;
  if (known === undefined || value === undefined) return state;
  const agreed = state.agreed[write.field] ?? { value, round: 0 };
  side.fields[write.field] = write.isRemoval
    ? { seen: value, round: 0 }
    : agreedState(write.field, value, agreed);
  return state;
}

/** The state after a write that the service refused. It is not tried again until another value is agreed. */
export function afterRefusal(before: LinkState, write: LinkWrite): LinkState {
  const state = structuredClone(before);
  const side = sideOf(state.sides, write);
  if (side !== undefined && write.isRemoval) side.isRemoved = true;
  const known = side?.fields[write.field];
  if (known === undefined || write.isRemoval) return state;
  delete known.tried;
  known.refused = state.agreed[write.field]?.round ?? 0;
  return state;
}

/** The state after a decision: all sides are to have this value. What was changed since is a conflict with it. */
export function afterDecision(
  before: LinkState,
  field: LinkField,
  value: string,
  now: readonly SideNow[],
): LinkState {
  const state = structuredClone(before);
  state.agreed[field] = { value, round: (state.agreed[field]?.round ?? 0) + 1 };
  const decided = before.conflicts.find((conflict) => conflict.field === field)?.values ?? [];
  for (const side of state.sides) {
    const has = sideOf(now, side)?.fields[field]?.value;
    const known = side.fields[field];
    if (has === undefined || known === undefined) continue;
    const meant = withTail(has, known.tail);
    const isKnown = decided.some((one) => isSameValue(field, one.value, meant));
    side.fields[field] = { ...known, ...(isKnown && { seen: has }), round: 0 };
  }
  state.conflicts = state.conflicts.filter((conflict) => conflict.field !== field);
  return state;
}

function noticeSide({ sides }: LinkState, { kind, id, owner, version, openState, isGone }: SideNow): void {
  const known = sideOf(sides, { kind, id });
  const side: SideState = known ?? { kind, id, owner, fields: {} };
  if (known === undefined) sides.push(side);
  if (version !== undefined) side.version = version;
  if (openState !== undefined) side.openState = openState;
  if (isGone) side.isGone = true;
  else delete side.isGone;
}

function reconcileField(
  state: LinkState,
  now: readonly SideNow[],
  field: LinkField,
  rule: CompleteRules[LinkField],
): LinkWrite[] {
  const former = state.conflicts.find((conflict) => conflict.field === field);
  state.conflicts = state.conflicts.filter((conflict) => conflict.field !== field);
  if (rule === 'off') return [];
  const sides = state.sides.flatMap((side) => {
    const has = sideOf(now, side)?.fields[field];
    return has === undefined ? [] : [{ side, has }];
  });
  const noticed = sides.flatMap(({ side, has }) => noticeField(state, side, has, field) ?? []);
  const isCounted = ({ kind }: FieldChange): boolean => rule === 'merge' || kind === 'task';
  for (const { known, seen } of noticed.filter((change) => !isCounted(change))) {
    Object.assign(known, { seen, round: 0 });
  }
  const conflict = settle(state, field, noticed.filter(isCounted));
  if (conflict !== undefined) {
    const isTold = former?.isTold && JSON.stringify(former.values) === JSON.stringify(conflict.values);
    state.conflicts.push({ ...conflict, ...(isTold && { isTold }) });
    return [];
  }
  return sides.flatMap(
    ({ side, has }) => writeFor(state, side, has.value, field, sideOf(now, side)?.mark) ?? [],
  );
}

/** Agrees on what was changed, or returns the conflict. */
function settle(
  state: LinkState,
  field: LinkField,
  changes: readonly FieldChange[],
): ConflictState | undefined {
  const rank = ({ kind }: FieldChange): number => PRECEDENCE.indexOf(kind);
  const [first, ...others] = changes
    .filter((change) => !isEdited(change, field, changes))
    .toSorted((one, other) => rank(one) - rank(other));
  if (first === undefined) return undefined;
  const { value } = first;
  const isBehind = !changes.some(({ isBasedOnAgreed }) => isBasedOnAgreed);
  if (isBehind || others.some((other) => !isSameValue(field, other.value, value))) {
    const values = [first, ...others].map(({ kind, id, ...change }) => ({
      side: kind,
      id,
      value: change.value,
    }));
    return { field, values: isBehind ? [holderOf(state, field), ...values] : values };
  }
  const round = (state.agreed[field]?.round ?? 0) + 1;
  state.agreed[field] = { value, round };
  for (const { known, seen } of changes) {
    const isSame = isSameValue(field, seen, value);
    Object.assign(known, isSame ? { seen, round } : { seen });
    if (isSame) delete known.tail;
    delete known.tried;
  }
  return undefined;
}

/** Whether another change was made upon this one: it knew of it. */
function isEdited(change: FieldChange, field: LinkField, changes: readonly FieldChange[]): boolean {
  const isUpon = (later: FieldChange, earlier: FieldChange): boolean =>
    isWritten(field, earlier.value, later.base);
  return changes.some((other) => other !== change && isUpon(other, change) && !isUpon(change, other));
}

/** A side that has the agreed value. */
function holderOf({ agreed, sides }: LinkState, field: LinkField): ConflictValue {
  const { value = '', round } = agreed[field] ?? {};
  const holder = sides.find(({ fields, isGone }) => !isGone && fields[field]?.round === round);
  return { side: holder?.kind ?? 'decision', id: holder?.id ?? '', value };
}

function writeFor(
  state: LinkState,
  side: SideState,
  value: string,
  field: LinkField,
  mark: number | undefined,
): LinkWrite | undefined {
  const agreed = state.agreed[field];
  const known = side.fields[field];
  if (agreed === undefined || known === undefined || known.isDetached) return undefined;
  if (known.round === agreed.round || known.refused === agreed.round) return undefined;
  if (isEmptyTitle(field, agreed.value)) return undefined;
  const { kind, id } = side;
  const target = fitting(kind, field, agreed.value);
  if (isExactly(field, value, target)) {
    side.fields[field] = agreedState(field, value, agreed);
    return undefined;
  }
  const tried = known.tried ?? [];
  // One that is tried again leaves the same mark, unless that is there already, by another hand.
  const before = tried.find(
    (intent) => intent.value === target && (mark === undefined || intent.mark !== mark),
  );
  const intent = before ?? { value: target, ...nextMark(side, mark) };
  if (before === undefined) known.tried = [...tried, intent];
  return { kind, id, field, ...intent };
}

/** A mark that no write before has left or may still leave. */
function nextMark({ fields }: SideState, mark: number | undefined): Pick<Intent, 'mark'> {
  if (mark === undefined) return {};
  const tried = Object.values(fields).flatMap((known) => known.tried ?? []);
  return { mark: Math.max(mark, ...tried.flatMap((intent) => intent.mark ?? [])) + 1 };
}

/** Takes the others away once the task is deleted. What is done stays. */
function removals({ sides }: LinkState, now: readonly SideNow[]): LinkWrite[] {
  return sides.flatMap((side): LinkWrite[] => {
    const has = sideOf(now, side);
    if (has === undefined || has.isGone || side.isRemoved) return [];
    const isOpenItem = side.kind === 'work-item' && has.fields.status?.value === 'open';
    if (!isOpenItem && side.kind !== 'draft') return [];
    const { kind, id } = side;
    return [{ kind, id, field: 'status', value: 'dropped', isRemoval: true }];
  });
}

/** The side of this kind and id. */
export function sideOf<Side extends { kind: SideKind; id: string }>(
  sides: readonly Side[],
  { kind, id }: { kind: SideKind; id: string },
): Side | undefined {
  return sides.find((side) => side.kind === kind && side.id === id);
}
