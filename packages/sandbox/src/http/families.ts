const FAMILY =
  /^(?:(?:[\w-]+\.)*(?:google|googleapis)\.com|(?:[\w-]+\.)*dev\.azure\.com|[\w-]+(?:\.\w+)?\.visualstudio\.com|login\.microsoftonline\.com|graph\.microsoft\.com|(?:[\w-]+\.)*(?:ticktick|dida365)\.com)$/i;

/** Whether a host is one of the services', emulated or not: what goes there must never leave this machine. */
export function isServiceHost(host: string): boolean {
  return FAMILY.test(host);
}
