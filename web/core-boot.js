// The worker in which the core runs. A worker must listen before its program has arrived, or the first tab's
// words are lost: what comes early is parked here, and the core takes it over when it starts.
globalThis.parkedPorts = [];
globalThis.parkedMessages = [];
globalThis.onconnect = ({ ports: [port] }) => globalThis.parkedPorts.push(port);
globalThis.onmessage = (message) => globalThis.parkedMessages.push(message);

const { default: start } = await import("./core.js");
await start({ module_or_path: new URL("core_bg.wasm", import.meta.url) });
