interface Wish<T> {
  id: number;
  signal: AbortSignal;
  fulfil: (value: T) => void;
  refuse: (reason: unknown) => void;
}

/**
 * Makes few requests of many wishes for single things: those of one moment go together, at most
 * `most` at once, and what nobody waits for any more when the moment is over is not asked for.
 */
export function gathered<T>(
  ask: (ids: number[]) => Promise<ReadonlyMap<number, T>>,
  { most, moment_ms }: { most: number; moment_ms: number },
): (id: number, signal: AbortSignal) => Promise<T> {
  let wishes: Wish<T>[] = [];

  const send = async (some: Wish<T>[]) => {
    try {
      const found = await ask(some.map(({ id }) => id));
      for (const { id, fulfil, refuse } of some) {
        const value = found.get(id);
        value === undefined ? refuse(new Error(`no answer for ${id}`)) : fulfil(value);
      }
    } catch (error) {
      for (const { refuse } of some) {
        refuse(error);
      }
    }
  };
  const flush = () => {
    const wanted = wishes.filter(({ signal }) => !signal.aborted);
    wishes = [];
    for (let from = 0; from < wanted.length; from += most) {
      void send(wanted.slice(from, from + most));
    }
  };
  return (id, signal) =>
    new Promise((fulfil, refuse) => {
      if (wishes.length === 0) {
        setTimeout(flush, moment_ms);
      }
      wishes.push({ id, signal, fulfil, refuse });
    });
}
