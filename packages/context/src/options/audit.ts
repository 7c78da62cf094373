import type { AuditEvent } from '@context-sdk/oauth-core';

/** Receives what happens to the access that users have given. What it throws is ignored. */
export type OnAudit = (event: AuditEvent) => unknown;

/** An event without its time. */
type UntimedAuditEvent = AuditEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'at'>
    : never
  : never;

/** Tells the host. Never throws. */
export type Audit = (event: UntimedAuditEvent) => void;

export function auditTo(onAudit: OnAudit | undefined): Audit {
  return (event) => {
    if (onAudit === undefined) return;
    const timed: AuditEvent = { ...event, at: Date.now() };
    (async () => onAudit(timed))().catch(() => undefined);
  };
}
