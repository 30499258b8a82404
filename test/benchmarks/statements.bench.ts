/**
 * How fast bank statements are read, and in how much memory: `npm run bench -- statements [megabytes …]` (10 and 100 when none are
 * named). Every reader takes the same generated camt.053.001.08 file in a process of its own, so that its peak memory is its own.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { XmlTokenizer } from '../../src/statements/rules/xml/tokenizer.js';
import { readStatementsInBatches } from '../../src/statements/statement.reader.js';

const MEGABYTE = 1_000_000;
const DEFAULT_SIZES = [10, 100];
/** Those that build the whole document in memory are left out of larger files: they need ten times the size of the file. */
const WHOLE_DOCUMENT_MEGABYTES_MAX = 200;
const RUNS = 3;

interface Contestant {
  readonly name: string;
  readonly wholeDocument: boolean;
  /** Reads the file and returns how many entries it found, null when it looks for none. */
  readonly read: (file: string) => Promise<number | null>;
}

const decoded = async (file: string, take: (text: string) => void): Promise<void> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of createReadStream(file)) take(decoder.decode(chunk as Uint8Array, { stream: true }));
};

const tegoed = 'tegoed: every entry read';
const bareSaxes = 'saxes, bare pass';
const camtParser = 'camt-parser';

/** Each loads its library itself, so that no other stands in its memory. */
const contestants: readonly Contestant[] = [
  {
    name: tegoed,
    wholeDocument: false,
    read: async (file) => {
      let entries = 0;
      for await (const events of readStatementsInBatches(file, createReadStream(file))) {
        for (const event of events) if (event.type === 'entry') entries += 1;
      }
      return entries;
    },
  },
  {
    name: 'our tokenizer, bare pass',
    wholeDocument: false,
    read: async (file) => {
      const nothing = (): undefined => undefined;
      const tokenizer = new XmlTokenizer({ wantsText: false, open: nothing, close: nothing, text: nothing });
      await decoded(file, (text) => tokenizer.write(text));
      tokenizer.end();
      return null;
    },
  },
  {
    name: bareSaxes,
    wholeDocument: false,
    read: async (file) => {
      const { SaxesParser } = await import('saxes');
      const parser = new SaxesParser();
      await decoded(file, (text) => void parser.write(text));
      parser.close();
      return null;
    },
  },
  {
    name: camtParser,
    wholeDocument: true,
    read: async (file) => {
      const { parseCamt053 } = await import('camt-parser');
      const { statements } = await parseCamt053(readFileSync(file, 'utf8'));
      return statements.reduce((count, { transactions }) => count + transactions.length, 0);
    },
  },
  {
    name: 'xml2js (tree only)',
    wholeDocument: true,
    read: async (file) => {
      const { default: xml2js } = await import('xml2js');
      await xml2js.parseStringPromise(readFileSync(file, 'utf8'));
      return null;
    },
  },
  {
    name: 'fast-xml-parser (tree only)',
    wholeDocument: true,
    read: async (file) => {
      const { XMLParser } = await import('fast-xml-parser');
      new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(readFileSync(file, 'utf8'), true);
      return null;
    },
  },
];

interface Measurement {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly entries: number | null;
}

/** Called by bin/bench.js; `run NAME FILE` is how it calls itself for one contestant. */
export default async function run(args: readonly string[]): Promise<void> {
  if (args[0] === 'run') return measure(args[1] as string, args[2] as string);
  const sizes = args.length === 0 ? DEFAULT_SIZES : args.map(Number);
  if (sizes.some((size) => !(size > 0))) throw new Error('sizes are given in megabytes');
  const folder = mkdtempSync(join(tmpdir(), 'tegoed-bench-'));
  try {
    for (const size of sizes) compare(join(folder, `${size}.xml`), size);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(name: string, file: string): Promise<void> {
  const contestant = contestants.find((each) => each.name === name);
  if (!contestant) throw new Error(`no contestant ${name}`);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const entries = await contestant.read(file);
  const { user, system } = process.cpuUsage(cpu);
  const measurement: Measurement = {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (user + system) / 1_000_000,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / MEGABYTE,
    entries,
  };
  process.stdout.write(JSON.stringify(measurement));
}

function compare(file: string, size: number): void {
  const entries = generate(file, size * MEGABYTE);
  const results = new Map<string, Measurement>();
  for (const { name, wholeDocument } of contestants) {
    if (wholeDocument && size > WHOLE_DOCUMENT_MEGABYTES_MAX) continue;
    const best = Array.from({ length: RUNS }, () => once(name, file)).reduce((a, b) => (b.cpuSeconds < a.cpuSeconds ? b : a));
    if (best.entries !== null && best.entries !== entries) throw new Error(`${name} found ${best.entries} of ${entries} entries`);
    results.set(name, best);
  }
  process.stdout.write(
    `\n${size} MB, ${entries} entries; best of ${RUNS} by processor time, Node ${process.versions.node}\n${tableOf(results, size)}\n`,
  );
}

function once(name: string, file: string): Measurement {
  const bench = fileURLToPath(new URL('../../bin/bench.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=8192', bench, 'statements', 'run', name, file], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return JSON.parse(stdout) as Measurement;
}

function tableOf(results: ReadonlyMap<string, Measurement>, size: number): string {
  const table = new Table({
    head: ['reader', 's', 'cpu s', 'MB/s', 'peak MB', 'speed, saxes = 1', 'speed, camt-parser = 1'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  const relative = (own: Measurement, to: string): string => {
    const other = results.get(to);
    return other === undefined ? 'not run' : (other.cpuSeconds / own.cpuSeconds).toFixed(2);
  };
  for (const [name, each] of results) {
    table.push([
      name,
      each.seconds.toFixed(2),
      each.cpuSeconds.toFixed(2),
      (size / each.cpuSeconds).toFixed(1),
      each.peakMegabytes.toFixed(0),
      relative(each, bareSaxes),
      relative(each, camtParser),
    ]);
  }
  return table.toString();
}

/** Writes a statement of about the size, indented as banks do it, and returns the number of its entries. Always the same bytes. */
function generate(file: string, bytes: number): number {
  const descriptor = openSync(file, 'w');
  let written = writeSync(descriptor, HEAD);
  let entries = 0;
  for (let block = ''; written < bytes; block = '') {
    while (block.length < MEGABYTE && written + block.length < bytes) block += entryXml(entries++);
    written += writeSync(descriptor, block);
  }
  writeSync(descriptor, TAIL);
  closeSync(descriptor);
  return entries;
}

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-03-03T05:30:00</CreDtTm></GrpHdr>
    <Stmt>
      <Id>BENCH-1</Id>
      <ElctrncSeqNb>1</ElctrncSeqNb>
      <CreDtTm>2026-03-03T05:30:00</CreDtTm>
      <Acct><Id><IBAN>NL13TEST0123456789</IBAN></Id><Ccy>EUR</Ccy></Acct>
      <Bal>
        <Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt>
      </Bal>
`;

const TAIL = `    </Stmt>
  </BkToCstmrStmt>
</Document>
`;

function entryXml(index: number): string {
  const amount = `${1 + ((index * 7919) % 9000)}.${String((index * 31) % 100).padStart(2, '0')}`;
  const direction = index % 5 === 0 ? 'DBIT' : 'CRDT';
  const role = direction === 'DBIT' ? 'Cdtr' : 'Dbtr';
  return `      <Ntry>
        <NtryRef>${260302000000 + index}</NtryRef>
        <Amt Ccy="EUR">${amount}</Amt>
        <CdtDbtInd>${direction}</CdtDbtInd>
        <Sts>
          <Cd>BOOK</Cd>
        </Sts>
        <BookgDt>
          <Dt>2026-03-${String(1 + (index % 28)).padStart(2, '0')}</Dt>
        </BookgDt>
        <ValDt>
          <Dt>2026-03-${String(1 + (index % 28)).padStart(2, '0')}</Dt>
        </ValDt>
        <AcctSvcrRef>SVC${index}</AcctSvcrRef>
        <BkTxCd>
          <Domn>
            <Cd>PMNT</Cd>
            <Fmly>
              <Cd>RCDT</Cd>
              <SubFmlyCd>ESCT</SubFmlyCd>
            </Fmly>
          </Domn>
        </BkTxCd>
        <NtryDtls>
          <TxDtls>
            <Refs>
              <EndToEndId>E2E-${index}</EndToEndId>
            </Refs>
            <Amt Ccy="EUR">${amount}</Amt>
            <CdtDbtInd>${direction}</CdtDbtInd>
            <RltdPties>
              <${role}>
                <Pty>
                  <Nm>Debiteur nummer ${index}</Nm>
                </Pty>
              </${role}>
              <${role}Acct>
                <Id>
                  <IBAN>NL12PROF0000000017</IBAN>
                </Id>
              </${role}Acct>
            </RltdPties>
            <RltdAgts>
              <${role}Agt>
                <FinInstnId>
                  <BICFI>PROFNL2A</BICFI>
                </FinInstnId>
              </${role}Agt>
            </RltdAgts>
            <RmtInf>
              <Ustrd>Factuur 2026-${String(index % 10_000).padStart(4, '0')} klant ${1000 + (index % 977)}</Ustrd>
            </RmtInf>
          </TxDtls>
        </NtryDtls>
      </Ntry>
`;
}
