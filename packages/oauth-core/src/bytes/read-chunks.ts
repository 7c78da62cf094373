/** A stream of the web, or an async iterable such as Node's streams. */
export type ByteStream = ReadableStream<unknown> | AsyncIterable<unknown>;

/** One way to read and to release, whatever the stream is. */
interface Source {
  next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  release(): void;
}

function sourceOf(stream: ByteStream): Source {
  if (stream instanceof ReadableStream) {
    const reader = stream.getReader();
    return {
      next: () => reader.read(),
      release: () => void reader.cancel().catch(() => undefined),
    };
  }
  const iterator = stream[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    release() {
      // This ends a stream of Node now; its iterator would only end after the read that may hang.
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
 * The chunks of a stream, unchecked. The stream is released when the loop over it ends early and when the signal aborts,
 * which rejects with the signal's reason even while a read hangs.
 */
export async function* readChunks(stream: ByteStream, signal?: AbortSignal): AsyncGenerator {
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
    if (!atEnd) source.release();
  }
}
