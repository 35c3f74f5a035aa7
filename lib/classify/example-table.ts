import Papa from "papaparse";
import reviews from "./example-reviews.json" with { type: "json" };

/** Forty-odd short reviews of our own with their sentiment, some of them hard, as CSV. */
export function exampleTable(): string {
  return `${Papa.unparse(reviews, { newline: "\n" })}\n`;
}
