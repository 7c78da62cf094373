import type { LinkField, SideKind } from '../options/links-options.ts';
import type { AgreedValue, FieldNow, FieldState, LinkState, SideState } from './link-state.ts';
import { fitting, isEmptyTitle, isExactly, isSameValue, isWritten, tailOf, withTail } from './link-values.ts';

/** A change of a field that somebody made in one of the services. */
export interface FieldChange {
  kind: SideKind;
  id: string;
  /** What it means: with the end that a cut title has elsewhere. */
  value: string;
  /** As the service has it. */
  seen: string;
  /** What it was before. */
  base: string;
  known: FieldState;
  /** Whether whoever made it saw the agreed value before. */
  isBasedOnAgreed: boolean;
}

/**
 * Compares what a side has now with what is known of it. Returns the change that somebody made. What we wrote ourselves is none,
 * nor what a service makes of it, nor a value that is agreed already.
 */
export function noticeField(
  { agreed: allAgreed }: LinkState,
  side: SideState,
  now: FieldNow,
  field: LinkField,
): FieldChange | undefined {
  const agreed = (allAgreed[field] ??= { value: now.value, round: 1 });
  const target = fitting(side.kind, field, agreed.value);
  const known = (side.fields[field] ??= firstState(side, now, field, agreed));
  const { value } = now;
  // Azure DevOps has times for days, of whatever zone.
  const isSame = side.kind === 'task' ? isExactly : isSameValue;
  if (isSame(field, value, target)) {
    side.fields[field] = agreedState(field, value, agreed);
    return undefined;
  }
  if (known.isDetached) known.seen = value;
  const isOurs = (text: string): boolean =>
    known.tried?.some((tried) => isWritten(field, text, tried.value)) === true;
  const isSeen = (text: string): boolean => isSame(field, text, known.seen);
  const base = !isSeen(value) && isOurs(value) ? value : now.written;
  if (base !== undefined && !isSeen(base) && isOurs(base)) {
    delete known.tried;
    delete known.tail;
    Object.assign(known, isWritten(field, base, target) ? agreedState(field, base, agreed) : { seen: base });
  }
  if (isSeen(value)) {
    known.seen = value;
    return undefined;
  }
  if (isEmptyTitle(field, value)) return undefined;
  if (now.isFollower) {
    side.fields[field] = { seen: value, round: agreed.round, isDetached: true };
    return undefined;
  }
  const { kind, id } = side;
  return {
    kind,
    id,
    value: withTail(value, known.tail),
    seen: value,
    base: known.seen,
    known,
    isBasedOnAgreed: known.round === agreed.round,
  };
}

/** The state of a side that has the agreed value, in the form that its service has it. */
export function agreedState(field: LinkField, seen: string, { value, round }: AgreedValue): FieldState {
  const tail = tailOf(field, seen, value);
  return { seen, round, ...(tail !== undefined && { tail }) };
}

/** What is known of a side that is new: what was written when it was made, or nothing. */
function firstState(
  { kind, made }: SideState,
  now: FieldNow,
  field: LinkField,
  agreed: AgreedValue,
): FieldState {
  const { round } = agreed;
  const { value, written = made?.[field], isFollower = false } = now;
  if (written === undefined) {
    if (isFollower) return { seen: value, round, isDetached: true };
    return { seen: '', round: agreed.value === '' ? round : 0 };
  }
  const target = fitting(kind, field, agreed.value);
  return {
    seen: isWritten(field, value, written) ? value : written,
    round: isWritten(field, target, written) ? round : 0,
  };
}
