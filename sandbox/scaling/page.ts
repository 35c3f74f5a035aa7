import { AwsError } from "../aws-error.ts";
import { listPage, shortList } from "../control/list-page.ts";
import type { Scope } from "../control/scope.ts";
import type { JsonObject } from "../json.ts";

const DEFAULT_SIZE = 50;

/** A page of rows, newest first. Throws `InvalidNextTokenException` for a token that is not of this list. */
export function pageOf<Row extends { readonly arn?: string; readonly id?: string }>(
  scope: Scope,
  input: JsonObject,
  operation: string,
  rows: readonly Row[],
  at: (row: Row) => number,
): { items: Row[]; next: { NextToken?: string } } {
  const listed = rows.map((row) => ({
    row,
    name: row.arn ?? row.id ?? "",
    createdAt: at(row),
    modifiedAt: at(row),
    status: "",
  }));
  const asked = { MaxResults: DEFAULT_SIZE, ...input };
  try {
    const name = `${operation}/${scope.region}`;
    const page = listPage({ name, inOrder: shortList(listed), secret: scope.store.secret() }, asked);
    return {
      items: page.items.map(({ row }) => row),
      next: page.nextToken === undefined ? {} : { NextToken: page.nextToken },
    };
  } catch (error) {
    // The same token rules as SageMaker's, under this service's own name.
    if (error instanceof AwsError)
      throw new AwsError("InvalidNextTokenException", "The next token is invalid.");
    throw error;
  }
}
