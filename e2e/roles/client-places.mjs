// Where the portal offers each action inside a client: its pages with their addresses, and the controls on them.
//
// A control is an action, where to look for it, and, where the page reads the verdict in a way of its own, how.

import { row } from "../harness/people.mjs";
import { VAULT_CLIENT } from "../harness/vault.mjs";
import { button, exportMenu, item, menu, select, tool } from "./places.mjs";
import { HIDDEN, OWN_ADDRESSES, verdict } from "./table.mjs";

/** A member whom nobody of the walkers is: a User who agreed to account recovery. */
export const MEMBER = "Robin Vale";
/** A collection all walking members can view and the Owner manages, one that all of them manage, and a group. */
export const COLLECTION = "Strongroom";
export const CORNER = "Corner";
export const GROUP = "Night shift";
/** An item of the collection that all of them can view. */
export const ITEM = "Harbour safe";

/** Who acts for a provider. */
export const STAFF = ["PA", "SU"];

const ALLOWED = { kind: "Allowed" };

/** What is there in part is there. */
export const inPart = (says) => (limited(says) ? ALLOWED : says);
/** What is there in part is left out. */
const onlyWhole = (says) => (says.kind === "Allowed" ? says : HIDDEN);
/** What nobody is shown. */
const never = () => HIDDEN;
/** What stands there instead. */
const otherwise = (says) => (says.kind === "Allowed" ? HIDDEN : ALLOWED);
/** What stands there for those who have it, but not now. */
const notNow = (says) => (says.kind === "Disabled" ? ALLOWED : HIDDEN);

/**
 * The pages, by the last part of their addresses: what a page is called, its way there, and the groups of controls on it. A page
 * is complete when `ready` is there. `closed` is what a page says that its reader has, but not now.
 */
export const PAGES = {
  "": {
    title: VAULT_CLIENT,
    tab: "Overview",
    ready: (page) => page.getByRole("heading", { name: "Summary" }),
    groups: (subject) => [
      {
        controls: [
          ["ViewMembers", (page) => step(page, "Administrative seats"), onlyWhole],
          ["ViewMembers", (page) => step(page, "People"), onlyWhole],
          ["ViewCollections", (page) => step(page, "Collections"), onlyWhole],
          // Who looks after a client oneself is asked for no item before the items are opened.
          ["ViewItems", (page) => step(page, "First items"), STAFF.includes(subject) ? onlyWhole : never],
          ["ManagePolicies", (page) => step(page, "Policies"), onlyWhole],
          ["ViewGroups", (page) => step(page, "Groups"), onlyWhole],
          // Whoever sees no more than the names of groups is not led to their page.
          ["ViewGroupDetails", (page) => step(page, "Groups").and(page.locator("a")), onlyWhole],
          ["ViewMembers", (page) => fact(page, "Seats"), inPart],
          ["ManagePolicies", (page) => fact(page, "Policies")],
          ["ViewOrganizationEvents", (page) => fact(page, "Last activity")],
        ],
      },
      {
        open: (page) => menu(page, "Actions"),
        controls: [
          ["RenameClient", (page) => item(page, "Rename")],
          ["ChangeSeats", (page) => item(page, "Manage seats")],
          ["UnlinkClient", (page) => item(page, "Unlink")],
          ["LeaveOrganization", (page) => item(page, "Leave the organization…")],
        ],
      },
    ],
  },
  members: {
    title: "Members",
    ready: (page) => row(page, MEMBER),
    groups: [
      {
        controls: [
          ["ManageMembers", (page) => button(page, "Invite people")],
          ["ManageMembers", (page) => button(page, "Invite from a file")],
        ],
      },
      {
        open: (page) => menu(page, "Actions for", MEMBER),
        controls: [
          ["EditMember", (page) => item(page, "Edit…")],
          ["RecoverAccount", (page) => item(page, "Recover account…")],
          ["ViewOrganizationEvents", (page) => item(page, "Event log")],
          ["ManageMembers", (page) => item(page, "Revoke…")],
          ["ManageMembers", (page) => item(page, "Remove…")],
        ],
      },
      {
        open: (page) => select(page, MEMBER),
        controls: ["Send again", "Confirm…", "Revoke…", "Restore", "Remove…"].map((name) => [
          "ManageMembers",
          (page) => tool(page, name),
        ]),
      },
      {
        open: (page) => panel(page, MEMBER),
        controls: [
          ["EditMember", (page) => aside(page, "Edit…")],
          ["RecoverAccount", (page) => aside(page, "Recover account…")],
          ["ViewOrganizationEvents", (page) => aside(page, "Event log")],
          ["ManageMembers", (page) => aside(page, "Revoke…")],
          ["ManageMembers", (page) => aside(page, "Remove…")],
        ],
      },
    ],
  },
  "members/invite": { title: "Members", dialog: "Invite people to the client" },
  collections: {
    title: "Collections",
    ready: (page) => row(page, CORNER),
    groups: (subject) => [
      {
        controls: [
          ["CreateCollection", (page) => button(page, "New collection")],
          // Whoever has all of it in part has what they manage.
          ["ViewCollections", (page) => row(page, COLLECTION), () => (seesAll(subject) ? ALLOWED : HIDDEN)],
        ],
      },
      ...onCollection(CORNER, inPart),
      ...(seesAll(subject) ? onCollection(COLLECTION, onlyWhole) : []),
    ],
  },
  groups: {
    title: "Groups",
    ready: (page) => row(page, GROUP),
    groups: [
      { controls: [["ManageGroups", (page) => button(page, "New group")]] },
      {
        open: (page, shown) => (shown ? menu(page, "Actions for", GROUP) : undefined),
        controls: [
          ["ManageGroups", (page) => item(page, "Edit…")],
          ["ManageGroups", (page) => item(page, "Delete…")],
        ],
      },
      { controls: [["ManageGroups", (page) => page.getByRole("button", { name: /^Actions for .*Night shift/ })]] },
      { open: (page) => select(page, GROUP), controls: [["ManageGroups", (page) => tool(page, "Delete…")]] },
    ],
  },
  policies: {
    title: "Policies",
    groups: [{ controls: [["ManagePolicies", (page) => button(page, "Single organization")]] }],
  },
  items: {
    title: "Items",
    // Of an organization that is switched off, its Users have no items: the server keeps them back.
    ready: (page) => row(page, ITEM).or(page.getByRole("heading", { name: "No items yet" })),
    groups: (subject, state) => [
      {
        controls: [
          ["EditItems", (page) => button(page, "New item"), inPart],
          ["ImportVault", (page) => page.getByRole("button", { name: /^Import/ }), inPart],
        ],
      },
      ...(subject === "User" && state.startsWith("Suspended") ? [] : onItem()),
    ],
  },
  directory: {
    title: "Directory",
    groups: [{ controls: [["ManageApiKey", (page) => button(page, "Show what would change")]] }],
  },
  events: {
    title: "Events",
    groups: [{ open: exportMenu, controls: [["ViewOrganizationEvents", (page) => item(page, "CSV")]] }],
  },
  billing: { title: "Billing", closed: { title: "Billing", words: "Managed by" } },
  settings: {
    title: "Settings",
    ready: (page) => page.getByRole("heading", { name: "Fingerprint phrase" }),
    groups: [
      {
        // The buttons have nothing to do before something is changed.
        open: async (page) => {
          const field = page.getByRole("textbox", { name: "Organization name" });
          await field.fill(`${await field.inputValue()} again`);
          await page.getByRole("checkbox", { name: "Only Owners and Admins delete collections" }).click();
        },
        controls: [
          ["EditOrganization", (page) => save(page, "Organization")],
          ["EditOrganization", (page) => save(page, "Collections")],
        ],
      },
      {
        controls: [
          ["EditBillingEmail", (page) => page.getByRole("textbox", { name: "Billing e-mail" }), onlyWhole],
          ["EditBillingEmail", (page) => part(page, "Bills").getByText(/^Managed by/), notNow],
          ["ManageApiKey", (page) => button(page, "View API key…")],
          ["ManageApiKey", (page) => button(page, "Rotate API key…")],
          ["DeleteOrganization", (page) => button(page, "Delete organization…")],
        ],
      },
    ],
  },
};

/** The controls of a page, as somebody finds them. */
export function groupsOf({ groups = [] }, subject, state) {
  return typeof groups === "function" ? groups(subject, state) : groups;
}

/** Every action that is walked here, by a control or by an address. */
export function walkedInside() {
  const controls = Object.values(PAGES).flatMap((page) => groupsOf(page, "Owner", "Active").flatMap((group) => group.controls));
  return new Set([...controls.map(([action]) => action), ...OWN_ADDRESSES.values()]);
}

/** The way to a page, in the row of ways through the client. */
export function tab(page, { title, tab: name = title }) {
  return page.getByRole("navigation", { name: "In this client" }).getByRole("link", { name: new RegExp(`^${name}`) });
}

/** Whether somebody to whom the page opens is listed every collection. */
function seesAll(subject) {
  return ["ViewCollections", "ViewCollectionAccess"].some((action) => verdict(action, subject, "Active").kind === "Allowed");
}

/** What can be done with the item, from its menu and from the bar below the list. */
function onItem() {
  return [
    {
      open: (page) => menu(page, "Actions for", ITEM),
      controls: [
        ["EditItems", (page) => item(page, "Edit…"), inPart],
        ["EditItems", (page) => item(page, "Assign to collections…"), onlyWhole],
        ["EditItems", (page) => item(page, "Move to trash"), inPart],
        ["ViewOrganizationEvents", (page) => item(page, "Event log")],
      ],
    },
    {
      open: (page) => select(page, ITEM),
      controls: [
        ["EditItems", (page) => tool(page, "Assign to collections…")],
        ["EditItems", (page) => tool(page, "Move to trash"), inPart],
      ],
    },
  ];
}

/** What can be done with one collection; `read` says what having it in part means there. */
function onCollection(name, read) {
  const form = (page) => page.getByRole("dialog");
  const unless = (says) => otherwise(read(says));
  return [
    {
      open: (page) => menu(page, "Actions for", name),
      controls: [
        ["EditCollection", (page) => item(page, "Edit…"), read],
        ["EditCollection", (page) => item(page, "Look"), unless],
        ["CreateCollection", (page) => item(page, "New collection below…")],
        ["DeleteCollection", (page) => item(page, "Delete…"), read === inPart ? inPart : undefined],
      ],
    },
    {
      open: (page) => select(page, name),
      controls: [
        ["EditCollection", (page) => tool(page, "Give access…"), inPart],
        ["DeleteCollection", (page) => tool(page, "Delete…"), inPart],
      ],
    },
    {
      open: (page) => dialog(page, name),
      controls: [
        ["EditCollection", (page) => form(page).getByRole("button", { name: /^Save/ }), read === inPart ? inPart : undefined],
        ["ViewCollectionAccess", (page) => form(page).getByRole("group", { name: "Access" }), read],
        ["ViewCollectionAccess", (page) => form(page).getByText("You may not see who has access."), unless],
      ],
    },
  ];
}

function limited(says) {
  return says.reason === "LimitedBySettings";
}

function step(page, name) {
  return page.locator(".setup li .step").filter({ has: page.getByText(name, { exact: true }) });
}

function fact(page, name) {
  return page.locator("dl.facts dt").getByText(name, { exact: true });
}

function part(page, name) {
  return page.locator("section.setting").filter({ has: page.getByRole("heading", { name, exact: true }) });
}

function save(page, name) {
  return part(page, name).getByRole("button", { name: /^Save/ });
}

function aside(page, name) {
  return page.getByRole("complementary").getByRole("button", { name });
}

async function panel(page, name) {
  await row(page, name).locator(".cell.name").click();
  await page.getByRole("complementary", { name }).getByText("Account recovery").waitFor();
  return () => page.keyboard.press("Escape");
}

async function dialog(page, name) {
  await row(page, name).locator(".cell.name").click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).waitFor();
  return async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
}
