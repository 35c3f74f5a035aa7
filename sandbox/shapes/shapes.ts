import { z } from "zod";

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

const documentSchema = z.object({
  operations: z.record(z.string(), z.string()),
  shapes: z.record(z.string(), shapeSchema),
});

/** One input shape of AWS's service model, less what a request cannot break. */
export type Shape = z.infer<typeof shapeSchema>;

/** The input rules of one service. */
export type Shapes = {
  /** The input shape of an operation; undefined where the data does not have the operation. */
  inputOf(operation: string): Shape | undefined;
  /** A shape by its name in the service model; throws where the data lacks it. */
  named(name: string): Shape;
};

/** Reads a file that `make-shapes.py` wrote; `enums` fills in value sets that are kept elsewhere, by shape name. */
export function readShapes(
  document: unknown,
  enums: Readonly<Record<string, readonly string[]>> = {},
): Shapes {
  const { operations, shapes } = documentSchema.parse(document);
  for (const [name, values] of Object.entries(enums)) {
    const shape = shapes[name];
    if (shape !== undefined) shapes[name] = { ...shape, enum: [...values] };
  }

  function named(name: string): Shape {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape === undefined) {
      throw new Error(`the input rules have no shape ${name}`);
    }
    return shape;
  }

  return {
    inputOf(operation) {
      const name = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      return name === undefined ? undefined : named(name);
    },
    named,
  };
}
