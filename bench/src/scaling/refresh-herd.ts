const LIFETIME_S = 3_600;
const MARGIN_S = 120;

/** Random numbers that are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export interface Herd {
  /** In the second with the most refreshes, hour by hour. */
  peaks: number[];
  /** If they were spread evenly. */
  even: number;
}

/**
 * Users whose tokens of an hour all began in the same second, as after an outage, and who are looked after once a minute, each
 * at a second of their own. Who finds the token within its margin refreshes; with jitter the margin is each record's own.
 */
export function refreshHerd(users: number, hours: number, jitter: number): Herd {
  const next = random(1);
  const perSecond = new Uint32Array((hours + 1) * LIFETIME_S + 60);
  for (let user = 0; user < users; user++) {
    const phase = Math.floor(next() * 60);
    for (let obtainedAt = 0; ;) {
      const margin = MARGIN_S * (1 + (next() * 2 - 1) * jitter);
      const due = obtainedAt + LIFETIME_S - margin;
      const at = Math.ceil((due - phase) / 60) * 60 + phase;
      if (at >= perSecond.length) break;
      perSecond[at] = (perSecond[at] ?? 0) + 1;
      obtainedAt = at;
    }
  }
  const peaks = Array.from({ length: hours }, (_, hour) =>
    Math.max(...perSecond.slice(hour * LIFETIME_S, (hour + 1) * LIFETIME_S)),
  );
  return { peaks, even: users / (LIFETIME_S - MARGIN_S) };
}
