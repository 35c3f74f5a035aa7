const CONTROL = 3;

/** What each token id stands for, in bytes. */
export type Vocabulary = {
  /** The bytes a token adds to the text; none for a control token. */
  bytesOf(id: number): Uint8Array;
  isSpecial(id: number): boolean;
  /** The token alone as text: a control token by its name, half a character as U+FFFD. */
  textOf(id: number): string;
};

type TokenizerData = {
  readonly model: string;
  readonly tokens: readonly string[];
  readonly types: readonly number[];
};

/** Reads the vocabulary of a GGUF file: byte-level (`gpt2`) or SentencePiece (`llama`). */
export function createVocabulary({ model, tokens, types }: TokenizerData): Vocabulary {
  const toBytes = model === "gpt2" ? byteLevelBytes : sentencePieceBytes;
  const bytes = tokens.map((token, id) => (types[id] === CONTROL ? new Uint8Array() : toBytes(token)));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const nothing = new Uint8Array();
  return {
    bytesOf: (id) => bytes[id] ?? nothing,
    isSpecial: (id) => types[id] === CONTROL,
    textOf: (id) => (types[id] === CONTROL ? (tokens[id] ?? "") : decoder.decode(bytes[id] ?? nothing)),
  };
}

// GPT-2 writes each byte as a printable character: itself where it is one, else the next one from U+0100 on.
const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => byte).map((byte) => [byteCharacter(byte), byte]),
);

function byteCharacter(byte: number): string {
  return String.fromCodePoint(isPrintable(byte) ? byte : 256 + unprintableBelow(byte));
}

function isPrintable(byte: number): boolean {
  return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
}

function unprintableBelow(byte: number): number {
  return Array.from({ length: byte }, (_, lower) => lower).filter((lower) => !isPrintable(lower)).length;
}

function byteLevelBytes(token: string): Uint8Array {
  return Uint8Array.from(Array.from(token), (character) => BYTE_OF_CHARACTER.get(character) ?? 0x3f);
}

function sentencePieceBytes(token: string): Uint8Array {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(token)?.[1];
  return byte === undefined
    ? new TextEncoder().encode(token.replaceAll("\u2581", " "))
    : Uint8Array.of(Number.parseInt(byte, 16));
}
