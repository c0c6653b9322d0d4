// The same ledger as one would write it in JavaScript: the answer is parsed as a whole, and each client becomes an object with an
// array of its days. `GAP` stands for a day nobody counted, `ABSENT` for one on which it was no client.

export const GAP = -1;
export const ABSENT = -2;

/** The clients of an answer. */
export function open(text) {
  const { period, days, rows } = JSON.parse(text);
  const first = Date.parse(period.first) / 86_400_000;
  const length = Date.parse(period.end) / 86_400_000 - first;
  const index = (day) => Date.parse(day) / 86_400_000 - first;
  const clients = [];
  for (let at = 0; at < rows.length; ) {
    const [organization, name, , plan] = rows[at];
    const assigned = new Array(length).fill(ABSENT);
    const used = new Array(length).fill(ABSENT);
    for (; at < rows.length && rows[at][0] === organization; at++) {
      const next = rows[at + 1];
      const until = next && next[0] === organization ? index(next[2]) : length;
      for (let day = index(rows[at][2]); day < until; day++) {
        assigned[day] = rows[at][4];
        used[day] = rows[at][5];
      }
    }
    clients.push({ organization, name, plan, assigned, used });
  }
  const counted = new Set(days.map(index));
  for (let day = 0; day < length; day++) {
    if (!counted.has(day)) {
      for (const client of clients) {
        if (client.used[day] !== ABSENT) {
          client.assigned[day] = GAP;
          client.used[day] = GAP;
        }
      }
    }
  }
  return { length, clients };
}

/** Empty sums of so many groups. */
export function groups(count, length) {
  const row = () => new Array(length).fill(0);
  return Array.from({ length: count }, () => ({ assigned: row(), used: row(), gaps: row() }));
}

/** Adds a client to a group. */
export function add(group, client) {
  const { assigned, used } = client;
  for (let day = 0; day < assigned.length; day++) {
    if (used[day] >= 0) {
      group.assigned[day] += assigned[day];
      group.used[day] += used[day];
    } else if (used[day] === GAP) {
      group.gaps[day] += 1;
    }
  }
}

/** By tag and by plan, in one pass. */
export function sum({ length, clients }, facts) {
  const sums = groups(facts.tags + facts.plans, length);
  clients.forEach((client, place) => {
    const { plan, tags } = facts.clients[place];
    for (const tag of tags) {
      add(sums[tag], client);
    }
    add(sums[facts.tags + plan], client);
  });
  return sums;
}

/** Seats assigned over all days and groups. */
export function total(sums) {
  return sums.reduce((all, { assigned }) => assigned.reduce((sum, seats) => sum + seats, all), 0);
}

/** What the page says of each client. */
export function worked({ length, clients }) {
  return clients.map((client, id) => {
    let always = Infinity;
    for (let day = 0; day < length; day++) {
      if (client.used[day] >= 0) {
        always = Math.min(always, Math.max(0, client.assigned[day] - client.used[day]));
      }
    }
    const [assigned, used] = [Math.max(0, client.assigned[length - 1]), Math.max(0, client.used[length - 1])];
    return { id, name: client.name, plan: client.plan, assigned, used, idle: Math.max(0, assigned - used), always, days: client };
  });
}
