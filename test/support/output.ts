/** While `work` runs, what this process writes to its standard output goes to `sink` instead. Gives what `work` gives. */
export async function catchingOutput<T>(sink: (text: string) => void, work: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = (text: string | Uint8Array): boolean => {
    sink(String(text));
    return true;
  };
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
