/** A mail that Google sent to an event's guests. */
export interface SentMail {
  readonly kind: 'invitation' | 'update' | 'cancellation';
  readonly calendarId: string;
  readonly eventId: string;
  readonly to: readonly string[];
}
