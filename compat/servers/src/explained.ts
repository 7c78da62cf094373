/** What Google allows, though its discovery documents, read as OpenAPI, do not say so. */
export const EXPLAINED: readonly { violation: RegExp; because: string }[] = [
  {
    violation: /^PATCH .*\.(start|end)\.date\b.* must be string$/,
    because:
      'null takes a day away where a time is set (https://developers.google.com/workspace/calendar/api/guides/performance#patch)',
  },
  {
    violation: /\.(start|end)\.dateTime\b.* must match format "date-time"$/,
    because: 'beside a timeZone, the offset may be left out (description of EventDateTime.dateTime)',
  },
  {
    violation: /^POST \/batch\//,
    because:
      'it is the batchPath of the document and no method: its parts are held against the document in npm test',
  },
];
