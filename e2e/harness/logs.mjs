// The logs of a provider and of its clients, or of the clients one owns or administers, read from the server without the portal.

/**
 * Every event from a moment up to another, of the provider's log and of each client's, with the name of whose log it is. Without a
 * provider it is those of the organizations of which one is a confirmed Owner or Admin.
 */
export async function readLogs(ask, provider, from, to) {
  const logs = { provider: provider ? await readProvider(ask, provider, from, to) : [], clients: new Map() };
  for (const { id, name } of provider ? await clientsOf(ask, provider) : await ownOrganizations(ask)) {
    logs.clients.set(name, await readLog(ask, `/api/organizations/${id}/events`, name, from, to));
  }
  return logs;
}

/** The names of a provider's staff by their ids as users; without a provider those of the members of one's own organizations. */
export async function readNames(ask, provider) {
  const places = provider ? [`providers/${provider}`] : (await ownOrganizations(ask)).map(({ id }) => `organizations/${id}`);
  const lists = await Promise.all(places.map((place) => ask("GET", `/api/${place}/users`)));
  return new Map(lists.flatMap(({ data }) => data.map(({ userId, name }) => [userId, name])));
}

async function readProvider(ask, provider, from, to) {
  const { name } = await ask("GET", `/api/providers/${provider}`);
  return readLog(ask, `/api/providers/${provider}/events`, name, from, to);
}

async function clientsOf(ask, provider) {
  const { data } = await ask("GET", `/api/providers/${provider}/organizations`);
  return data.map(({ organizationId: id, organizationName: name }) => ({ id, name }));
}

const CONFIRMED = 2;
const OWNER_OR_ADMIN = [0, 1];

async function ownOrganizations(ask) {
  const { organizations } = await ask("GET", "/api/accounts/profile");
  return organizations.filter(({ type, status }) => OWNER_OR_ADMIN.includes(type) && status === CONFIRMED);
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
