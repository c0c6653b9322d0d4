// How much memory a page or the core's worker needs, asked of it through the browser's protocol.

import { setTimeout as pause } from "node:timers/promises";

const MEGABYTE = 1_048_576;

/** Megabytes of a target after a collection of garbage: its JavaScript heap, and its WebAssembly memory. */
export async function memory(ask) {
  await ask("HeapProfiler.collectGarbage");
  const heap = (await ask("Runtime.getHeapUsage")).usedSize;
  return { heap: heap / MEGABYTE, wasm: (await wasmBytes(ask)) / MEGABYTE };
}

/** The core's worker, which belongs to no page: asks it through the browser itself. */
export async function openCore(browser) {
  const protocol = await browser.newBrowserCDPSession();
  const { targetInfos } = await protocol.send("Target.getTargets");
  const worker = targetInfos.find(({ type }) => type === "shared_worker");
  const { sessionId } = await protocol.send("Target.attachToTarget", { targetId: worker.targetId, flatten: false });
  const open = new Map();
  let last = 0;
  protocol.on("Target.receivedMessageFromTarget", ({ sessionId: from, message }) => {
    const { id, error, result } = JSON.parse(message);
    const waiting = from === sessionId ? open.get(id) : undefined;
    if (waiting) {
      open.delete(id);
      error ? waiting.reject(new Error(error.message)) : waiting.resolve(result);
    }
  });
  return {
    ask: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        open.set(id, { resolve, reject });
        protocol.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method, params }) }).catch(reject);
      }),
    close: () => protocol.detach(),
  };
}

/**
 * Asks again and again how large the JavaScript heap with its buffers is, until stopped; gives the most in megabytes.
 * WebAssembly memory never shrinks, so what it has at the end is its most.
 */
export function watchHeap(ask) {
  let most = 0;
  let on = true;
  const watching = (async () => {
    while (on) {
      const { usedSize, backingStorageSize = 0 } = await ask("Runtime.getHeapUsage");
      most = Math.max(most, usedSize + backingStorageSize);
      await pause(20);
    }
  })();
  return async () => {
    on = false;
    await watching;
    return most / MEGABYTE;
  };
}

async function wasmBytes(ask) {
  const { result: kind } = await ask("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await ask("Runtime.queryObjects", { prototypeObjectId: kind.objectId });
  const { result: bytes } = await ask("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  for (const { objectId } of [kind, objects]) {
    await ask("Runtime.releaseObject", { objectId });
  }
  return bytes.value;
}
