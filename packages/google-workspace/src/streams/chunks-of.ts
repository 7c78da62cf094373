/** A stream of the web or an iterable such as Node's streams; what it yields is not checked here. */
export type Streamed = ReadableStream<unknown> | AsyncIterable<unknown>;

/** One way to read and to let go, whatever the stream is. */
interface Source {
  next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  letGo(): void;
}

function sourceOf(stream: Streamed): Source {
  if (stream instanceof ReadableStream) {
    const reader = stream.getReader();
    return {
      next: () => reader.read(),
      letGo: () => void reader.cancel().catch(() => undefined),
    };
  }
  const iterator = stream[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    letGo() {
      // A stream of Node ends now; its iterator would only end after the read that may hang.
      if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
      void iterator.return?.().catch(() => undefined);
    },
  };
}

function rejection(signal: AbortSignal | undefined): { promise: Promise<never>; forget: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  promise.catch(() => undefined);
  return { promise, forget: () => signal?.removeEventListener('abort', abort) };
}

/**
 * What a stream yields. It is let go of when the loop over it ends early and when the signal aborts, which rejects with
 * the signal's reason even while a read hangs.
 */
export async function* chunksOf(stream: Streamed, signal?: AbortSignal): AsyncGenerator {
  signal?.throwIfAborted();
  const source = sourceOf(stream);
  const aborted = rejection(signal);
  let atEnd = false;
  try {
    for (;;) {
      const { done, value } = await Promise.race([source.next(), aborted.promise]);
      atEnd = done === true;
      if (atEnd) return;
      yield value;
    }
  } finally {
    aborted.forget();
    if (!atEnd) source.letGo();
  }
}
