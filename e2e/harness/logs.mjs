// The logs of a provider and of its clients, read from the server without the portal.

/** Every event from a moment up to another, of the provider's log and of each client's, with the name of whose log it is. */
export async function readLogs(ask, provider, from, to) {
  const { data: clients } = await ask("GET", `/api/providers/${provider}/organizations`);
  const { name } = await ask("GET", `/api/providers/${provider}`);
  const logs = { provider: await readLog(ask, `/api/providers/${provider}/events`, name, from, to), clients: new Map() };
  for (const { organizationId, organizationName } of clients) {
    logs.clients.set(organizationName, await readLog(ask, `/api/organizations/${organizationId}/events`, organizationName, from, to));
  }
  return logs;
}

async function readLog(ask, path, log, from, to) {
  const events = [];
  let token;
  do {
    const query = new URLSearchParams({ start: new Date(from).toISOString(), end: new Date(to).toISOString() });
    if (token) {
      query.set("continuationToken", token);
    }
    const page = await ask("GET", `${path}?${query}`);
    events.push(...page.data.map((event) => ({ ...event, log })));
    token = page.continuationToken;
  } while (token);
  return events;
}

/** How often the provider's log tells of a client's vault being opened, which the client's tells too. */
const VAULT_OPENED = 1903;

/**
 * What happened, each happening once: what was done in a client is told by its log, and as a copy by the provider's; what is
 * about a person's account is told by the provider's, and as a copy by those of clients.
 */
export function happenings({ provider, clients }) {
  const ofClients = [...clients.values()].flat().filter(({ type }) => type < 1000 || type >= 1100);
  const ofProvider = provider.filter(({ type, organizationId }) => type !== VAULT_OPENED && !organizationId);
  return [...ofProvider, ...ofClients];
}
