/**
 * How many bytes a text takes in UTF-8, as the encoding standard counts them: half a surrogate pair by itself as the
 * three bytes of U+FFFD. Counted, not encoded: scores ask for every token of an answer, again and again while it grows.
 */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHigh(unit) && isLow(text.charCodeAt(place + 1))) {
      bytes += 4;
      place += 1;
    } else bytes += 3;
  }
  return bytes;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
