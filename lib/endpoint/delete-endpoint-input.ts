import * as z from "zod/mini";
import { fail, type Result, succeed } from "#lib/failure.ts";

const deleteEndpointInputSchema = z.strictObject({
  name: z.string().check(z.minLength(1)),
  /** The endpoint's name, typed by a person. */
  confirmation: z.string(),
  /** Whether to take along the configuration and models that Sagescope made for this endpoint. */
  alsoConfigAndModels: z._default(z.boolean(), true),
});

export type DeleteEndpointInput = Pick<
  z.output<typeof deleteEndpointInputSchema>,
  "name" | "alsoConfigAndModels"
>;

/** Deleting cannot be undone: the typed name is compared here, on the server, whatever a page has checked. */
export function parseDeleteEndpointInput(input: unknown): Result<DeleteEndpointInput> {
  const parsed = deleteEndpointInputSchema.safeParse(input);
  if (!parsed.success)
    return fail({ code: "invalid", message: "Say which endpoint to delete, and type its name to confirm." });
  const { name, confirmation, alsoConfigAndModels } = parsed.data;
  if (confirmation !== name) {
    return fail({
      code: "invalid",
      message: `What was typed is not the endpoint's name, "${name}".`,
      hint: "Type the name exactly as it stands; capital letters count.",
      field: "confirmation",
    });
  }
  return succeed({ name, alsoConfigAndModels });
}
