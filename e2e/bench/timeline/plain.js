// The timeline as one would write it in JavaScript at first: objects as JSON.parse gives them, an array, sort, filter, Map.
// It says and finds the same as the core, for what the bench's events have in them.

const GAP_MS = 30 * 60_000;
const APART_MS = 2_000;
const DAY_MS = 86_400_000;
/** What is the same in two records of one happening, but for the provider. */
const SAME = [
  "type", "date", "actingUserId", "userId", "organizationId", "cipherId", "collectionId", "groupId", "policyId", "organizationUserId",
  "providerUserId", "providerOrganizationId", "installationId", "deviceType", "ipAddress", "systemUser", "domainName", "secretId",
  "projectId", "serviceAccountId", "grantedServiceAccountId", "sendId",
];

export function timeline({ names, links, templates, slots }) {
  const nameOf = new Map(Object.entries(names));
  const placeOf = new Map(Object.entries(links));
  const who = (event) => event.actingUserId ?? event.userId;
  const place = (event) => event.organizationId ?? placeOf.get(event.providerOrganizationId) ?? "";

  /** All events, newest first, each happening once; and the records that tell it again, by the one that stands for it. */
  function merge(pages) {
    const all = pages.flatMap((page) => page.events);
    all.sort((one, other) => other.date - one.date || one.log - other.log);
    const copies = new Map();
    const open = new Map();
    const entries = all.filter((event) => {
      const opened = event.type === 1903 || event.type === 1603;
      const near = opened || Math.floor(event.type / 100) === 10;
      if (!near && !(event.providerId && event.organizationId)) {
        return true;
      }
      const kind = opened ? `opened ${place(event)}` : event.type;
      const key = `${who(event)} ${event.ipAddress} ${event.deviceType} ${kind}`;
      const told = (open.get(key) ?? []).filter(({ head }) => head.date - event.date <= APART_MS);
      open.set(key, told);
      const stamp = event.log * 10_000 + event.type;
      const same = told.find(({ head, stamps }) => !stamps.includes(stamp) && (near || SAME.every((field) => head[field] === event[field])));
      if (same) {
        same.stamps.push(stamp);
        copies.set(same.head, [...(copies.get(same.head) ?? []), event]);
        return false;
      }
      told.push({ head: event, stamps: [stamp] });
      return true;
    });
    return { entries, copies };
  }

  function what(event) {
    return templates[event.type].replace(/\{(\w+)\}/g, (_, slot) => {
      const { field, noun, unnamed, person, bare } = slots[slot];
      if (person && event.userId && event.userId === event.actingUserId) {
        return "themselves";
      }
      const id = event[field];
      if (!id) {
        return unnamed;
      }
      const name = nameOf.get(id);
      return name ? (bare ? name : `the ${noun} ${name}`) : `${noun} ${id.slice(0, 8)}`;
    });
  }

  function sentence(event) {
    const person = who(event);
    const name = person ? (nameOf.get(person) ?? `User ${person.slice(0, 8)}`) : "Somebody";
    return { who: name, what: what(event), place: nameOf.get(event.organizationId) ?? "" };
  }

  const filters = {
    person: ({ person }) => (event) => who(event) === person,
    kind: ({ kind }) => (event) => event.type === kind,
    text: ({ text }) => (event) => {
      const { who, what, place } = sentence(event);
      return `${who} ${what} ${place}`.toLowerCase().includes(text);
    },
  };

  /** Rows as they are shown: days, and events in words. */
  function window(entries, copies, count) {
    const rows = [];
    let day;
    for (const event of entries) {
      const of = Math.floor(event.date / DAY_MS);
      if (of !== day) {
        day = of;
        rows.push({ day: of * DAY_MS });
      }
      if (rows.length >= count) {
        break;
      }
      const { date, type, deviceType, ipAddress } = event;
      rows.push({ date, type, deviceType, ipAddress, ...sentence(event), copies: copies.get(event) ?? [] });
    }
    return rows.slice(0, count);
  }

  /** What one person does in one place at a stretch. */
  function sessions(entries) {
    const list = [];
    const open = new Map();
    for (const event of entries) {
      const key = `${who(event)} ${place(event)}`;
      const session = open.get(key);
      if (session && session.began - event.date <= GAP_MS) {
        session.began = event.date;
        session.events.push(event);
      } else {
        const next = { ended: event.date, began: event.date, events: [event] };
        open.set(key, next);
        list.push(next);
      }
    }
    return list.sort((one, other) => other.ended - one.ended);
  }

  /** What happened in a range, and how much each day. */
  function zoom(entries, [from, to]) {
    const found = entries.filter(({ date }) => date >= from && date <= to);
    const bars = new Array(Math.ceil((to - from) / DAY_MS)).fill(0);
    for (const { date } of found) {
      bars[Math.floor((date - from) / DAY_MS)]++;
    }
    return { found, bars };
  }

  return { merge, window, sessions, zoom, filter: (entries, by, facts) => entries.filter(filters[by](facts)) };
}
