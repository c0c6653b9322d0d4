// Where the portal offers each action: the pages with their addresses, and the controls on them.
//
// Whoever gives an action a control or an address puts it here, or in `client-places.mjs` where it is inside a client, and takes
// it off `WITHOUT_CONTROL`.

import { heading } from "../harness/people.mjs";

const CLIENT = "Brightwater Dental";
const OWNER_WAITS = "Ibarra y Hijos";

/** The actions for which the portal has neither a control nor an address of their own, here or in `client-places.mjs`. */
export const WITHOUT_CONTROL = [
  // What stands on pages of other actions: the details in the form of EditProvider, the seats of all clients in the forms of
  // ChangeSeats and CreateClient, one's own organizations in the dialog of AddExisting, what is read of an organization in the
  // forms of EditOrganization.
  "ViewProvider",
  "ViewAddable",
  "ViewOrganization",
  // Bills, payment and subscriptions of clients are shown nowhere: the one page with their name answers for EditSubscription that
  // the provider manages them.
  "ViewSubscription",
  "ViewPaymentDetails",
  "ViewBillingNotices",
  // The portal reads public keys to compare phrases, whoever asks, and never makes an organization's key pair anew.
  "ViewPublicKey",
  "SetKeyPair",
  // Single sign-on and SCIM are set up in the web vault.
  "ManageSso",
  "ManageScimKey",
  // Whole vaults leave, and are emptied, by the official clients.
  "ExportVault",
  "PurgeVault",
];

/** Pages by the links that mails bring, outside of a provider's own addresses. */
export const LINKS = {
  SetUpProvider: "Set up your provider",
  AcceptStaffInvitation: /^Join /,
};

/** What is looked at not by a control's presence but by what it lets one do; see `rows` in the spec. */
export const BY_ROW = ["BuySeats"];

/** The frame around every page of the staff's. */
export const FRAME = [
  ["ViewClients", (page) => rail(page, "Clients")],
  ["ViewStaff", (page) => rail(page, "Staff")],
  ["ViewProviderEvents", (page) => rail(page, "Timeline")],
  ["ViewProviderSubscription", (page) => rail(page, "Billing")],
  ["OpenProvider", (page) => rail(page, "Settings")],
];

/** What the palette offers, opened by its key. */
export const PALETTE = [
  ["ViewClients", (page) => hit(page, /^Clients/)],
  ["ViewStaff", (page) => hit(page, /^Staff/)],
  ["ViewProviderEvents", (page) => hit(page, /^Timeline/)],
  ["OpenProvider", (page) => hit(page, /^Settings/)],
  ["CreateClient", (page) => hit(page, /^New client/)],
  ["AddExisting", (page) => hit(page, /^Add existing/)],
  ["InviteStaff", (page) => hit(page, /^Invite people/)],
];

/** The client for whose name the palette is asked. */
export const clientHit = (page) => hit(page, /^Brightwater Dental/);

/** Saving events, whose menu stands on every list of them. */
const EXPORT = { open: exportMenu, controls: [["ExportProviderEvents", (page) => item(page, "CSV")]] };

/**
 * The pages, by their addresses within a provider: what a page is called (or its dialog is), and the groups of controls on
 * it. A group may have to be opened first, which gives the way to close it; one that is `filled` needs the clients and people
 * of the demo.
 */
export const PAGES = {
  "": { title: "Clients", groups: [] },
  clients: {
    title: "Clients",
    groups: [
      {
        controls: [
          ["CreateClient", (page) => button(page, "New client")],
          ["AddExisting", (page) => button(page, "Add existing")],
        ],
      },
      { filled: true, controls: [["OpenClient", (page) => page.getByRole("link", { name: CLIENT, exact: true })]] },
      {
        filled: true,
        open: (page) => menu(page, "More actions for", CLIENT),
        controls: [
          ["OpenClient", (page) => item(page, "Open")],
          ["RenameClient", (page) => item(page, "Rename")],
          ["ChangeSeats", (page) => item(page, "Manage seats")],
          ["UnlinkClient", (page) => item(page, "Unlink")],
        ],
      },
      {
        filled: true,
        open: (page) => select(page, CLIENT),
        controls: [
          ["ChangeSeats", (page) => tool(page, "Change seats")],
          ["UnlinkClient", (page) => tool(page, "Unlink")],
        ],
      },
    ],
  },
  "clients/new": { title: "Clients", dialog: "New client", groups: [] },
  "clients/existing": { title: "Clients", dialog: "Add an existing organization", groups: [] },
  "clients/:organization": {
    title: OWNER_WAITS,
    filled: true,
    groups: [
      {
        controls: [
          ["ChangeSeats", (page) => button(page, "Change seats")],
          ["ManageMembers", (page) => page.getByRole("table").getByRole("button", { name: /^Confirm/ })],
        ],
      },
      {
        open: (page) => menu(page, "Actions"),
        controls: [
          ["RenameClient", (page) => item(page, "Rename")],
          ["ChangeSeats", (page) => item(page, "Manage seats")],
        ],
      },
    ],
  },
  ...inside({
    members: { title: "Members", controls: [["ManageMembers", (page) => button(page, "Invite people")]] },
    "members/invite": { title: "Members" },
    collections: { title: "Collections", controls: [["CreateCollection", (page) => button(page, "New collection")]] },
    groups: { title: "Groups", controls: [["ManageGroups", (page) => button(page, "New group")]] },
    // The walked client is on a plan without policies, which its page says.
    policies: { title: "Policies" },
    items: { title: "Items" },
    directory: { title: "Directory" },
    events: { title: "Events" },
    settings: { title: "Settings" },
  }),
  staff: {
    title: "Staff",
    groups: [
      { controls: [["InviteStaff", (page) => button(page, "Invite people")]] },
      { filled: true, controls: [["ConfirmStaff", (page) => button(page, "Compare and confirm")]] },
      {
        filled: true,
        open: (page) => menu(page, "Actions for", "Priya Shah"),
        controls: [
          ["ViewProviderEvents", (page) => item(page, "Event log")],
          ["ChangeStaffRole", (page) => item(page, "Make Provider Admin…")],
          ["RemoveStaff", (page) => item(page, "Remove…")],
        ],
      },
      {
        filled: true,
        open: (page) => menu(page, "Actions for", "nina@harbourlight.example"),
        controls: [["ResendStaffInvitation", (page) => item(page, "Send the invitation again")]],
      },
      {
        filled: true,
        open: (page) => menu(page, "Actions for", "Sam Osei"),
        controls: [["ConfirmStaff", (page) => item(page, "Confirm…")]],
      },
      {
        filled: true,
        open: (page) => select(page, "Priya Shah"),
        controls: [
          ["ResendStaffInvitation", (page) => tool(page, "Send again")],
          ["ConfirmStaff", (page) => tool(page, "Confirm…")],
          ["RemoveStaff", (page) => tool(page, "Remove…")],
        ],
      },
    ],
  },
  "staff/invite": { title: "Staff", dialog: "Invite people to the staff", groups: [] },
  "billing/ledger": {
    title: "Seat ledger",
    groups: [
      {
        filled: true,
        open: (page) => select(page, CLIENT),
        controls: [["ChangeSeats", (page) => tool(page, "Take back idle seats")]],
      },
    ],
  },
  timeline: { title: "Timeline", groups: [EXPORT] },
  events: { title: "Events", groups: [EXPORT] },
  billing: { title: "Subscription", groups: [] },
  "billing/subscription": {
    title: "Subscription",
    groups: [
      {
        controls: [
          ["ViewProviderSubscription", (page) => part(page, "Subscription")],
          ["ViewProviderBilling", (page) => part(page, "Seat ledger")],
          ["ViewProviderBilling", (page) => part(page, "Discount tiers")],
          ["ViewProviderBilling", (page) => part(page, "Client invoices")],
          ["ViewProviderBilling", (page) => page.getByRole("heading", { name: "Invoices", exact: true })],
          ["ViewProviderBilling", (page) => button(page, "Change")],
        ],
      },
      { filled: true, controls: [["ViewProviderBilling", (page) => button(page, "Download the client table of INV-000001")]] },
    ],
  },
  "billing/discounts": { title: "Discount tiers", groups: [] },
  "billing/invoices": {
    title: "Client invoices",
    groups: [{ controls: [["ViewProviderBilling", (page) => button(page, "Export")]] }],
  },
  "billing/invoices/settings": {
    title: "Invoice settings",
    groups: [{ controls: [["ViewProviderBilling", (page) => button(page, "Save a copy to a file")]] }],
  },
  "billing/invoices/settings/clients": { title: "Client prices", groups: [] },
  settings: {
    title: "Settings",
    groups: [
      {
        // The button has nothing to do before something is changed.
        open: (page, shown) => change(page, "Provider name", shown),
        controls: [["EditProvider", (page) => page.locator("section.setting", { hasText: "Provider name" }).getByRole("button", { name: /^Save/ })]],
      },
      { controls: [["DeleteProvider", (page) => button(page, "Delete provider…")]] },
    ],
  },
};

/** Pages of the walked client. */
function inside(pages) {
  const place = ([address, { title, controls }]) => [
    `clients/:organization/${address}`,
    { title, filled: true, groups: controls ? [{ controls }] : [] },
  ];
  return Object.fromEntries(Object.entries(pages).map(place));
}

/** The client whose page is walked. Its owner waits for confirmation. */
export const WALKED_CLIENT = OWNER_WAITS;

/** Every action that is walked. */
export function walked() {
  const groups = Object.values(PAGES).flatMap((page) => page.groups.flatMap((group) => group.controls));
  const controls = [...FRAME, ...PALETTE, ...groups].map(([action]) => action);
  return new Set([...controls, ...Object.keys(LINKS), ...BY_ROW]);
}

function rail(page, name) {
  return page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: new RegExp(`^${name}`) });
}

/** One of the pages of billing, in their strip. */
function part(page, name) {
  return page.getByRole("navigation", { name: "Pages of billing" }).getByRole("link", { name });
}

function hit(page, name) {
  return page.getByRole("listbox", { name: "Results" }).getByRole("option", { name });
}

export function button(page, name) {
  return page.locator("main").getByRole("button", { name: new RegExp(`^${escaped(name)}`) });
}

export function item(page, name) {
  return page.getByRole("menuitem", { name: new RegExp(`^${escaped(name)}`) });
}

export function tool(page, name) {
  return page.getByRole("toolbar").getByRole("button", { name: new RegExp(`^${escaped(name)}`) });
}

/** Opens a menu: that of a row, or of the page. */
export async function menu(page, label, whose) {
  const name = whose ? new RegExp(`^${label} .*${escaped(whose)}`) : new RegExp(`^${label}$`);
  await page.locator("main").getByRole("button", { name }).click();
  await page.getByRole("menuitem").first().waitFor();
  return async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
  };
}

/** Opens the menu of what can be saved of a list of events, where it is to be there. */
export async function exportMenu(page, shown) {
  return shown ? menu(page, "Export") : undefined;
}

export async function select(page, whose) {
  await page.getByRole("checkbox", { name: new RegExp(`^Select .*${escaped(whose)}`) }).check();
  await page.getByRole("toolbar").waitFor();
  return () => page.getByRole("button", { name: "Clear the selection" }).click();
}

/** Types into a field, where it is to be there. */
async function change(page, label, shown) {
  if (shown) {
    const field = page.getByRole("textbox", { name: label });
    await field.fill(`${await field.inputValue()} again`);
  }
}

/** The id of the walked client, as the list links to it. */
export async function walkedClient(page) {
  const link = page.getByRole("link", { name: WALKED_CLIENT, exact: true });
  await heading(page, "Clients").waitFor();
  return (await link.getAttribute("href")).split("/").at(-1);
}

function escaped(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
