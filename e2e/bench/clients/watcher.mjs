// What runs inside the page of either table, to read both by the same clock.

/** Put into a page before its own scripts. */
export function watcher() {
  const longTasks = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries()));
  observer.observe({ type: "longtask", buffered: true });

  const painted = new MessageChannel();
  let waiting = [];
  painted.port1.onmessage = () => {
    const now = performance.now();
    const resolves = waiting;
    waiting = [];
    resolves.forEach((resolve) => resolve(now));
  };
  /** Called in a frame's callback: the time at which that frame has been painted, for the message comes after its paint. */
  const afterPaint = () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      painted.port2.postMessage(undefined);
    });

  let watch;
  globalThis.bench = {
    /** The longest task over 50 ms since this was asked last, in milliseconds; 0 where there was none. */
    longestTask() {
      longTasks.push(...observer.takeRecords());
      return Math.max(0, ...longTasks.splice(0).map(({ duration }) => duration));
    },

    /** Watches the table from the next input of this kind on. */
    expect(input, grid) {
      watch = { frames: [], on: true };
      const mine = watch;
      addEventListener(input, (event) => (mine.began ??= event.timeStamp), { capture: true, once: true });
      mine.observer = new MutationObserver(() => {
        if (mine.began !== undefined) {
          mine.changed = performance.now();
        }
      });
      mine.observer.observe(grid, { subtree: true, childList: true, characterData: true, attributes: true });
      const frame = () => {
        if (mine.on) {
          afterPaint().then((time) => mine.frames.push(time));
          requestAnimationFrame(frame);
        }
      };
      requestAnimationFrame(frame);
    },

    /** Waits, from the next input of this kind on, for an element with a text. */
    expectFirst(input, selector) {
      let began;
      addEventListener(input, (event) => (began ??= event.timeStamp), { capture: true, once: true });
      watch = new Promise((resolve) => {
        const frame = () => {
          const there = began !== undefined && document.querySelector(selector)?.textContent.trim();
          there ? afterPaint().then((time) => resolve(time - began)) : requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
    },

    /** Milliseconds from the browser's time of that input to the frame that shows the element. */
    first: () => watch,

    /** Milliseconds from the browser's time of the input to the frame that shows the last change it made to the table. */
    async settled() {
      const given = performance.now() + 10_000;
      const quiet = () => watch.changed !== undefined && performance.now() - watch.changed > 250;
      while (!quiet()) {
        if (performance.now() > given) {
          throw new Error("the table did not change");
        }
        await new Promise(requestAnimationFrame);
      }
      watch.on = false;
      watch.observer.disconnect();
      return watch.frames.find((frame) => frame > watch.changed) - watch.began;
    },

    /**
     * Scrolls from the top to the end in equal steps, each taken once every row in sight stands there with its name.
     * Gives how long each step took to be painted so.
     */
    async scroll(scroller, { steps, rowHeight, head, name }) {
      const shown = (index) => {
        const cell = scroller.querySelector(`[aria-rowindex="${index + 2}"] ${name}`);
        return cell !== null && cell.textContent !== "";
      };
      const inSight = () => {
        const first = Math.ceil(scroller.scrollTop / rowHeight);
        const last = Math.floor((scroller.scrollTop + scroller.clientHeight - head) / rowHeight) - 1;
        return shown(first) && shown(last);
      };
      const there = () =>
        new Promise((resolve, reject) => {
          const late = () => reject(new Error(`the rows at ${scroller.scrollTop} px did not come`));
          const clock = setTimeout(late, 10_000);
          // AG Grid now and then leaves a jump undrawn until it is scrolled again.
          const nudge = setTimeout(() => (scroller.scrollTop -= 1), 500);
          // Asked for while the scrolling is told, so that it runs after whatever the table draws in the same frame.
          const frame = () => {
            if (inSight()) {
              clearTimeout(clock);
              clearTimeout(nudge);
              afterPaint().then(resolve);
            } else {
              requestAnimationFrame(frame);
            }
          };
          scroller.addEventListener("scroll", () => requestAnimationFrame(frame), { once: true });
        });
      if (scroller.scrollTop > 0) {
        const top = there();
        scroller.scrollTop = 0;
        await top;
      }
      const end = scroller.scrollHeight - scroller.clientHeight;
      const times = [];
      for (let step = 1; step <= steps; step++) {
        const began = performance.now();
        const arrived = there();
        scroller.scrollTop = (end * step) / steps;
        times.push((await arrived) - began);
      }
      return times;
    },
  };
}
