import { z } from "zod";
import instanceTypes from "./instance-types.json" with { type: "json" };
import document from "./shapes.json" with { type: "json" };

const shapeSchema = z.object({
  type: z.enum([
    "string",
    "integer",
    "long",
    "float",
    "double",
    "boolean",
    "timestamp",
    "structure",
    "list",
    "map",
  ]),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
  members: z.record(z.string(), z.string()).optional(),
  required: z.array(z.string()).optional(),
  member: z.string().optional(),
  key: z.string().optional(),
  value: z.string().optional(),
});

/** One input shape of AWS's service model, less what a request cannot break. */
export type Shape = z.infer<typeof shapeSchema>;

const shapes = z.record(z.string(), shapeSchema).parse(document.shapes);
const operations: Record<string, string> = document.operations;

/** The input shape of an operation; undefined where the sandbox does not know the operation. */
export function inputShapeName(operation: string): string | undefined {
  return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

/** A shape by its name in the service model; throws where the data lacks it. */
export function shapeNamed(name: string): Shape {
  const shape = shapes[name];
  if (shape === undefined) {
    throw new Error(`shapes.json has no shape ${name}`);
  }
  return name === "ProductionVariantInstanceType" ? { ...shape, enum: instanceTypes } : shape;
}
