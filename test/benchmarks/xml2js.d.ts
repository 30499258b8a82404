/** The one function the benchmark calls; the package has no types of its own. */
declare module 'xml2js' {
  const xml2js: { parseStringPromise(xml: string): Promise<unknown> };
  export default xml2js;
}
