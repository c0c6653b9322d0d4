// The straightforward JavaScript: an object for each draft, with its lines, and their sums. The prices are those of
// crates/core/src/stores/drafts/measure.rs.

const DAYS = 30;
const PRICES = [400, 600];
const MARK_UP = 25;
const SUPPORT = 4_900;
const BACKUP = 150;
const ON_CALL = 9_900;
const TAX = 19;

/** Half away from zero; nothing here is negative. */
const share = (price, parts, whole) => Math.floor((2 * price * parts + whole) / (2 * whole));

/** Every draft; gives what clients pay in all. */
export function drafts(seats) {
  const all = [];
  for (let client = 0; client * DAYS < seats.length; client++) {
    const days = seats.subarray(client * DAYS, (client + 1) * DAYS);
    const seatDays = days.reduce((sum, seats) => sum + seats, 0);
    const own = PRICES[client % PRICES.length];
    const price = own + share(own, MARK_UP, 100);
    const lines = [
      { what: "seats", quantity: seatDays, price, amount: share(price, seatDays, DAYS) },
      { what: "Support", quantity: DAYS, price: SUPPORT, amount: SUPPORT },
      { what: "Backup", quantity: seatDays, price: BACKUP, amount: share(BACKUP, seatDays, DAYS) },
    ];
    if (client % 10 === 0) {
      lines.push({ what: "On-call", quantity: DAYS, price: ON_CALL, amount: ON_CALL });
    }
    const net = lines.reduce((sum, { amount }) => sum + amount, 0);
    const tax = share(net, TAX, 100);
    all.push({ name: `Client ${client}`, lines, net, tax, gross: net + tax });
  }
  all.sort((one, other) => (one.name < other.name ? -1 : 1));
  return all.reduce((sum, { gross }) => sum + gross, 0);
}
