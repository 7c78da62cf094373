/** How often a property is tried: so often in `npm test`, and in `npm run soak`, which sets `PROPERTY_RUNS`, that many times as often. */
export function propertyRuns(inShort: number): number {
  return inShort * Number(process.env['PROPERTY_RUNS'] ?? 1);
}
