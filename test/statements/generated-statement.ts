import fc from 'fast-check';

/** A statement as a generator knows it; amounts in cents. */
export interface GeneratedTransaction {
  readonly cents: number;
  readonly endToEndId: string | null;
  readonly name: string;
  readonly iban: string;
  readonly text: readonly string[];
}

export interface GeneratedEntry {
  readonly debit: boolean;
  readonly status: 'BOOK' | 'PDNG' | 'INFO';
  readonly day: string;
  readonly reference: string | null;
  /** None, one or several; their amounts add up to that of the entry. */
  readonly transactions: readonly GeneratedTransaction[];
  /** Of an entry without transactions. */
  readonly cents: number;
}

export interface GeneratedStatement {
  readonly id: string;
  readonly openingCents: number;
  readonly entries: readonly GeneratedEntry[];
}

/** How a bank writes. */
export interface Dialect {
  readonly version: '02' | '03' | '04' | '06' | '07' | '08' | '12' | '14' | null;
  readonly prefix: string;
  readonly envelope: boolean;
  readonly encoding: 'utf-8' | 'utf-8-mark' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252';
  readonly indent: '' | '\n  ' | '\r\n\t' | ' <!-- <Ntry> --> ';
  readonly amounts: 'plain' | 'padded' | 'spaced';
  readonly texts: 'escaped' | 'cdata' | 'numbered';
}

export const OWN_IBAN = 'NL13TEST0123456789';
const IBANS = ['NL12PROF0000000017', 'NL87PROF0000000025', 'DE47100000000000004711'];

/** Characters every encoding here has, those that need escaping among them. */
const CHARACTERS = [...'abcXYZ019 -./:&<>"\'éüßñ'];
const text = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 20 })
  .map((characters) => characters.join('').trim())
  .filter((each) => each !== '' && !/^not/i.test(each));

const transaction: fc.Arbitrary<GeneratedTransaction> = fc.record({
  cents: fc.integer({ min: 0, max: 999_999_999 }),
  endToEndId: fc.option(text),
  name: text,
  iban: fc.constantFrom(...IBANS),
  text: fc.array(text, { maxLength: 3 }),
});

const entry: fc.Arbitrary<GeneratedEntry> = fc.record({
  debit: fc.boolean(),
  status: fc.constantFrom('BOOK', 'BOOK', 'PDNG', 'INFO'),
  day: fc.constantFrom('2024-02-29', '2025-12-31', '2026-01-01'),
  reference: fc.option(text),
  transactions: fc.array(transaction, { maxLength: 3 }),
  cents: fc.integer({ min: 0, max: 999_999_999 }),
});

export const statements: fc.Arbitrary<readonly GeneratedStatement[]> = fc.uniqueArray(
  fc.record({ id: text, openingCents: fc.integer({ min: -999_999_999, max: 999_999_999 }), entries: fc.array(entry, { maxLength: 4 }) }),
  { minLength: 1, maxLength: 3, selector: ({ id }) => id },
);

export const dialects: fc.Arbitrary<Dialect> = fc.record({
  version: fc.constantFrom('02', '03', '04', '06', '07', '08', '12', '14', null),
  prefix: fc.constantFrom('', '', 'n:', 'ns2:'),
  envelope: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-8', 'utf-8-mark', 'utf-16le', 'utf-16be', 'iso-8859-1', 'windows-1252'),
  indent: fc.constantFrom('', '\n  ', '\r\n\t', ' <!-- <Ntry> --> '),
  amounts: fc.constantFrom('plain', 'padded', 'spaced'),
  texts: fc.constantFrom('escaped', 'cdata', 'numbered'),
});

/** Amount of an entry: that of its transactions, or its own. */
export const centsOf = (each: GeneratedEntry): number =>
  each.transactions.length === 0 ? each.cents : each.transactions.reduce((sum, { cents }) => sum + cents, 0);

/** Cents as text, by whole numbers alone. */
export const decimal = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const bookedCents = ({ entries }: GeneratedStatement, debit: boolean): number =>
  entries.filter((each) => each.status === 'BOOK' && each.debit === debit).reduce((sum, each) => sum + centsOf(each), 0);

export const creditCents = (statement: GeneratedStatement): number => bookedCents(statement, false);
export const debitCents = (statement: GeneratedStatement): number => bookedCents(statement, true);

/** Writes the statements as a bank of the dialect would. */
export function render(generated: readonly GeneratedStatement[], dialect: Dialect): Buffer {
  // Without a namespace there is nothing a prefix could stand for.
  const prefix = dialect.version === null ? '' : dialect.prefix;
  const element = (name: string, content: string, attributes = ''): string =>
    `${dialect.indent}<${prefix}${name}${attributes}>${content}</${prefix}${name}>`;
  const late = dialect.version !== null && Number(dialect.version) >= 7;
  const own = dialect.version === null || Number(dialect.version) >= 3;

  const escaped = (value: string): string => {
    if (dialect.texts === 'cdata') return `<![CDATA[${value}]]>`;
    const named = value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    return dialect.texts === 'numbered' ? named.replace(/[éü]/g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`) : named;
  };
  const amount = (cents: number): string => {
    const plain = decimal(Math.abs(cents));
    const written = { plain, padded: `000${plain}`, spaced: `\n +${plain} ` }[dialect.amounts];
    return element('Amt', written, ' Ccy="EUR"');
  };
  const indicator = (debit: boolean): string => element('CdtDbtInd', debit ? 'DBIT' : 'CRDT');
  const named = (name: string): string => (late ? element('Pty', element('Nm', escaped(name))) : element('Nm', escaped(name)));

  const renderTransaction = (each: GeneratedTransaction, debit: boolean): string => {
    const role = debit ? 'Cdtr' : 'Dbtr';
    const amounts = own ? amount(each.cents) + indicator(debit) : element('AmtDtls', element('TxAmt', amount(each.cents)));
    return element(
      'TxDtls',
      element('Refs', element('EndToEndId', each.endToEndId === null ? 'NOTPROVIDED' : escaped(each.endToEndId))) +
        amounts +
        element('RltdPties', element(role, named(each.name)) + element(`${role}Acct`, element('Id', element('IBAN', each.iban)))) +
        element('RmtInf', each.text.map((line) => element('Ustrd', escaped(line))).join('')),
    );
  };
  const renderEntry = (each: GeneratedEntry): string =>
    element(
      'Ntry',
      (each.reference === null ? '' : element('NtryRef', escaped(each.reference))) +
        amount(centsOf(each)) +
        indicator(each.debit) +
        element('Sts', late ? element('Cd', each.status) : each.status) +
        element('BookgDt', element('Dt', each.day)) +
        element('BkTxCd', '') +
        (each.transactions.length === 0
          ? ''
          : element('NtryDtls', each.transactions.map((one) => renderTransaction(one, each.debit)).join(''))),
    );
  const balance = (type: string, cents: number): string =>
    element(
      'Bal',
      element('Tp', element('CdOrPrtry', element('Cd', type))) +
        amount(cents) +
        indicator(cents < 0) +
        element('Dt', element('Dt', '2026-01-01')),
    );
  const renderStatement = (each: GeneratedStatement): string =>
    element(
      'Stmt',
      element('Id', escaped(each.id)) +
        element('Acct', element('Id', element('IBAN', OWN_IBAN))) +
        balance('OPBD', each.openingCents) +
        balance('CLBD', each.openingCents + creditCents(each) - debitCents(each)) +
        each.entries.map(renderEntry).join(''),
    );

  const namespace = `urn:iso:std:iso:20022:tech:xsd:camt.053.001.${dialect.version}`;
  const declaration = dialect.version === null ? '' : ` xmlns${prefix === '' ? '' : `:${prefix.slice(0, -1)}`}="${namespace}"`;
  const document = element(
    'Document',
    element('BkToCstmrStmt', element('GrpHdr', element('MsgId', 'M')) + generated.map(renderStatement).join('')),
    declaration,
  );
  const body = dialect.envelope ? `<Envelope><AppHdr><Id>1</Id></AppHdr>${document}</Envelope>` : document.trimStart();
  return encoded(body, dialect);
}

function encoded(body: string, { encoding }: Dialect): Buffer {
  if (encoding === 'utf-8') return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
  if (encoding === 'utf-8-mark') return Buffer.from(`\ufeff${body}`);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bytes = Buffer.from(`\ufeff<?xml version='1.0' encoding='utf-16'?>${body}`, 'utf16le');
    return encoding === 'utf-16le' ? bytes : bytes.swap16();
  }
  return Buffer.from(`<?xml version="1.0" encoding="${encoding}" standalone="yes"?>\r\n${body}`, 'latin1');
}
