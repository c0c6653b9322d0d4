// The portal behind a gateway: a person notices nothing of it.

import { journey, startServer } from "../harness.mjs";
import { client, createClient, enterDemo } from "../harness/people.mjs";

journey(
  "through a gateway a person signs in and makes a client as without",
  async ({ server, open }) => {
    const gateway = await startServer({ arguments: ["--upstream", server.url] });
    try {
      const { page } = await enterDemo({ open: (address, person) => open(gateway.url + address, person) });
      await createClient(page, { name: "Tern & Co", owner: "owner@tern.example" });
      await client(page, "Tern & Co").waitFor();
    } finally {
      await gateway.dispose();
    }
  },
  { demo: true },
);
