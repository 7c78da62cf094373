/** Lets an answer that is there already be read before a timer that rang in the same turn says that none came. */
const TURN_MS = 10;

/** Rejects with the code `ETIMEDOUT` where no answer came in so many milliseconds; what was asked for may still happen. */
export function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
    let timer = setTimeout(() => {
      timer = setTimeout(giveUp, TURN_MS);
    }, ms);
    const end = (): void => clearTimeout(timer);
    answer.then(resolve, reject).then(end, end);
  });
}
