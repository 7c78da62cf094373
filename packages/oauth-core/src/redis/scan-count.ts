/** How many keys Redis looks at before it answers a SCAN: it serves nobody else meanwhile. */
export const SCAN_COUNT = 1000;
