/** Hands a file to the browser, which saves it or asks where. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the bytes by then; until then they must stay.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
