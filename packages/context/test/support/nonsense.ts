/** What a value becomes as text that nobody meant to send. */
const NONSENSE = /undefined|\[object |\bNaN\b|Invalid Date|\bInfinity\b|=>|\bSymbol\(/;
/** A whole segment, parameter or header. */
const NOTHING = /^(?:null|undefined|NaN|true|false)$/;

/** What a request holds that only a missing or a wrong value can have left there. */
export async function nonsenseIn(request: Request): Promise<string[]> {
  const url = new URL(request.url);
  const segments = url.pathname.split('/').map(decodeURIComponent);
  const parameters = [...url.searchParams];
  const body = await request.clone().text();
  return [
    ...segments.filter((segment) => NONSENSE.test(segment) || NOTHING.test(segment)).map((one) => `/${one}/`),
    ...parameters
      .filter(([name, value]) => NONSENSE.test(name) || NONSENSE.test(value) || /^(?:null|NaN)$/.test(value))
      .map(([name, value]) => `?${name}=${value}`),
    ...[...request.headers]
      .filter(([, value]) => NONSENSE.test(value) || NOTHING.test(value))
      .map(([name, value]) => `${name}: ${value}`),
    ...(NONSENSE.test(body) ? [body.slice(0, 200)] : []),
  ];
}
