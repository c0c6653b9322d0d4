// What runs inside the page to tell how soon a frame follows each input.

/** Put into a page before its own scripts. */
export function paints() {
  const KINDS = ["keydown", "click"];
  const slow = [];
  let inputs = 0;
  for (const kind of KINDS) {
    addEventListener(kind, ({ isTrusted }) => (inputs += Number(isTrusted)), { capture: true });
  }
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: "event", durationThreshold: 16, buffered: true });

  function keep(entries) {
    slow.push(...entries.filter(({ name }) => KINDS.includes(name)).map(({ duration }) => duration));
  }

  globalThis.paints = {
    /** How many keys and clicks there were since this was asked last, and the milliseconds to the next frame of those of 16 and more. */
    taken() {
      keep(observer.takeRecords());
      const all = { slow: slow.splice(0), inputs };
      inputs = 0;
      return all;
    },
  };
}
