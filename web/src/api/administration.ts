// What administrators ask of the server, and whom one lets stand in.
import { answer, server } from "./client";

type Verb = "appoint" | "appoint_acting" | "unseat" | "leave" | "rename" | "merge" | "abolish";

function request(verb: Verb, of: (name: string) => string) {
  const [person, name, post, unit] = [of("person"), of("name"), of("post"), of("unit")];
  switch (verb) {
    case "appoint": return { do: verb, person, name, post, acting: false };
    case "appoint_acting": return { do: "appoint" as const, person, name, post, acting: true };
    case "unseat": return { do: verb, person, post };
    case "leave": return { do: verb, person };
    case "rename": return { do: verb, unit, name, short_name: of("short_name") };
    case "merge": return { do: verb, unit, into: of("into"), basis: of("basis") };
    case "abolish": return { do: verb, unit, successor: of("successor"), basis: of("basis") };
  }
}

export const administration = {
  directory: (as_post: string, act_id: string, verb: Verb, of: (name: string) => string) =>
    answer(server.POST("/api/directory/acts", {
      body: { act_id, as_post, request: request(verb, of) },
    })),
  openBook: (as_post: string, act_id: string, unit: string, code: string) =>
    answer(server.POST("/api/number-books", {
      body: { act_id, as_post, key: `${unit}.${act_id.slice(0, 8)}`, unit, code },
    })),
  delegate: (as_post: string, act_id: string, to_post: string, ends_ms: number) =>
    answer(server.POST("/api/session/delegations", {
      body: { act_id, as_post, to_post, ends_ms },
    })),
  delegations: () => answer(server.GET("/api/session/delegations")),
  endDelegation: (as_post: string, act_id: string) =>
    answer(server.DELETE("/api/session/delegations", { body: { act_id, as_post } })),
  giveAccount: async (as_post: string, person: string, password: string) => {
    await server.POST("/api/accounts", { body: { as_post, person, password } });
  },
  endSessions: async (person: string) => {
    await server.DELETE("/api/accounts/{person}/sessions", { params: { path: { person } } });
  },
};
