import type { LetterPaper, PaperBlock } from '../../correspondence/letter-paper.js';
import { type Language, formatLongDate, formatMoney, formatPercent, formatShortDate } from '../../correspondence/rules/localized.js';
import type { TextTable } from '../../correspondence/rules/text-table.js';
import { formatIban } from '../../kernel/identifiers/iban.js';
import { parseAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import { annexNames } from '../rules/attachments/annexes.js';
import type { ClaimBlock, DossierDocument } from '../rules/document/dossier.js';
import { COVER_WORDS, type CoverWords } from './cover-words.js';

/** How values are written in a language. */
interface Writing {
  readonly words: CoverWords;
  /** `€ 1.210,00` */
  readonly money: (decimal: string) => string;
  /** `1.210,00`, for columns. */
  readonly figure: (decimal: string) => string;
  readonly date: (day: PlainDate | undefined) => string;
  readonly percent: (decimal: string) => string;
  readonly language: Language;
}

/** What a collector, bailiff or lawyer reads of a dossier, as a paper: everything in it stands in the dossier too, nothing is reckoned here. */
export function coverPaper(document: DossierDocument, language: Language): LetterPaper {
  const words = COVER_WORDS[language];
  const { creditor, debtor, caseId, version } = document;
  const { labels, headings } = words;
  const colon = language === 'fr' ? '\u00a0:' : ':';
  const writing = writingIn(language, document.currency);
  const day = document.submittedAt.slice(0, 10) as PlainDate;
  const none: PaperBlock = { kind: 'paragraph', text: words.none };
  const listed = (heading: keyof CoverWords['headings'], table: TextTable): PaperBlock[] => [
    { kind: 'heading', text: headings[heading] },
    table.rows.length > 0 ? { kind: 'table', table } : none,
  ];
  return {
    ...{ language, date: day, subject: `${words.subject} ${debtor.name}`, debtor: debtor.name },
    sender: [creditor.name, ...(creditor.address ?? []), creditor.email ?? '', creditor.phone ?? ''].filter((line) => line !== ''),
    marks: [
      `${labels.caseId}${colon} ${caseId}`,
      `${labels.version}${colon} ${version}`,
      `${labels.date}${colon} ${formatLongDate(day, language)}`,
    ],
    blocks: [
      { kind: 'totals', table: totals(document, writing) },
      ...listed('parties', parties(document, writing)),
      ...listed('case', ground(document, writing)),
      ...listed('claims', claims(document, writing)),
      ...listed('payments', payments(document, writing)),
      ...listed('interest', interestTerms(document, writing)),
      { kind: 'table', table: segments(document, writing) },
      ...(document.interest.provisional ? [{ kind: 'paragraph', text: words.provisional } as const] : []),
      ...listed('costs', costs(document, writing)),
      ...listed('reminders', reminders(document, writing)),
      ...listed('contacts', contacts(document, writing)),
      ...listed('disputes', disputes(document, writing)),
      ...listed('promises', promises(document, writing)),
      ...listed('arrangements', arrangements(document, writing)),
      ...listed('instructions', instructions(document, writing)),
      ...listed('annexes', annexes(document, writing)),
      ...listed('proof', proof(document, writing)),
    ],
  };
}

function writingIn(language: Language, currency: string): Writing {
  const minor = (decimal: string): number => unwrap(parseAmount(decimal, currency));
  return {
    words: COVER_WORDS[language],
    money: (decimal) => formatMoney(minor(decimal), currency, language),
    figure: (decimal) => formatMoney(minor(decimal), currency, language).replace(/^€\s?|\s?€$/gu, ''),
    date: (day) => (day === undefined ? '' : formatShortDate(day, language)),
    percent: (decimal) => formatPercent(decimal, language),
    language,
  };
}

type Column = readonly [heading: string, align: 'left' | 'right'];

const left = (heading: string): Column => [heading, 'left'];
const right = (heading: string): Column => [heading, 'right'];
const tableOf = (columns: readonly Column[], rows: TextTable['rows']): TextTable => ({
  columns: columns.map(([heading, align]) => ({ heading, align })),
  rows,
});
/** Labels and values; those without a value are left out. */
const facts = (pairs: readonly (readonly [string, string | undefined])[]): TextTable =>
  tableOf(
    [left(''), left('')],
    pairs.flatMap(([label, value]) => (value ? [{ cells: [label, value] }] : [])),
  );
/** A word for a code, or the code itself when it is not ours. */
const wordOf = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;
const remarks = (parts: readonly (string | false | undefined)[]): string | null => parts.filter(Boolean).join('; ') || null;

function totals({ totals: sums }: DossierDocument, { words, money }: Writing): TextTable {
  const { labels } = words;
  const rows = [
    [labels.principal, sums.principal],
    [labels.interest, sums.interest],
    [labels.costs, sums.costs],
    [labels.claim, sums.claim],
  ] as const;
  return tableOf(
    [left(''), right('')],
    rows.map(([label, amount]) => ({ cells: [label, money(amount)] })),
  );
}

function parties({ creditor, debtor }: DossierDocument, { words }: Writing): TextTable {
  const { labels } = words;
  const registered = (registry: typeof debtor.registry): string => (registry ? `${registry.scheme} ${registry.id}` : '');
  const home = debtor.address;
  const street = [home?.street, home?.houseNumber, home?.suffix].filter(Boolean).join(' ');
  const city = [home?.postcode, home?.city].filter(Boolean).join(' ');
  const rows: readonly (readonly [string, string | undefined, string | undefined])[] = [
    [labels.name, creditor.name, debtor.name],
    [labels.type, '', words.debtorType[debtor.type]],
    [labels.registry, registered(creditor.registry), registered(debtor.registry)],
    [labels.vat, creditor.vatId, debtor.vatId],
    [labels.address, creditor.address?.join(', '), [street, city, debtor.country].filter(Boolean).join(', ')],
    [labels.email, creditor.email, debtor.email],
    [labels.phone, creditor.phone, debtor.phone],
    [labels.number, '', debtor.debtorNumber],
    [labels.settlementIban, formatIban(creditor.settlementIban), ''],
  ];
  return tableOf(
    [left(''), left(labels.creditor), left(labels.debtor)],
    rows.filter(([, of, on]) => of || on).map(([label, of = '', on = '']) => ({ cells: [label, of, on] })),
  );
}

function ground({ service, approval, legalBasis }: DossierDocument, { words, money, date, language }: Writing): TextTable {
  const { labels, yes, no } = words;
  return facts([
    [labels.service, words.service[service]],
    [labels.approvedBy, `${approval.by}, ${formatLongDate(approval.at.slice(0, 10) as PlainDate, language)}`],
    [labels.approvedPrincipal, money(approval.principal)],
    [labels.contractDate, date(legalBasis.contractDate)],
    [labels.orderReference, legalBasis.orderReference],
    [labels.generalTerms, legalBasis.generalTerms],
    [labels.paymentTerm, legalBasis.paymentTermAgreed ? yes : no],
    [labels.costClause, legalBasis.costClauseAgreed ? yes : no],
  ]);
}

function claims(document: DossierDocument, { words, figure, money, date }: Writing): TextTable {
  const { labels } = words;
  const noteOf = ({ disputedPart, disputed, limitationDate, description }: ClaimBlock): string | null =>
    remarks([
      description,
      disputed && `${money(disputedPart)} ${labels.disputedPart}`,
      limitationDate !== undefined && `${labels.limitation} ${date(limitationDate)}`,
    ]);
  return tableOf(
    [
      ...[left(labels.invoice), left(labels.invoiceDate), left(labels.dueDate), right(labels.original)],
      ...[right(labels.paid), right(labels.credited), right(labels.open), right(labels.interest)],
    ],
    document.claims.map((claim) => ({
      cells: [
        ...[claim.invoice, date(claim.invoiceDate), date(claim.dueDate), figure(claim.original)],
        ...[figure(claim.paid), figure(claim.credited), figure(claim.open), figure(claim.interest)],
      ],
      note: noteOf(claim),
    })),
  );
}

function payments(document: DossierDocument, { words, figure, date }: Writing): TextTable {
  const { labels } = words;
  return tableOf(
    [left(labels.invoice), left(labels.kind), left(labels.on), right(labels.amount)],
    document.payments.map(({ invoice, kind, creditedOn, amount, reversedOn }) => ({
      cells: [invoice, words.payment[kind], date(creditedOn), figure(amount)],
      note: reversedOn === undefined ? null : `${labels.reversedOn} ${date(reversedOn)}`,
    })),
  );
}

function interestTerms({ interest }: DossierDocument, { words, money, date, language }: Writing): TextTable {
  const { labels } = words;
  return facts([
    [labels.regime, words.regime[interest.regime]],
    [labels.dayCount, words.dayCount[interest.dayCount]],
    [labels.allocation, words.allocation[interest.allocation]],
    [labels.calculatedTo, `${date(interest.calculatedTo)}: ${money(interest.amount)}`],
    [labels.perDay, money('0.00').replace(/0[.,]00/, decimals(interest.perDay, language))],
  ]);
}

/** A decimal with more digits than money has, as the language writes it. */
const decimals = (decimal: string, language: Language): string => (language === 'en' ? decimal : decimal.replace('.', ','));

function segments({ claims: all }: DossierDocument, { words, figure, date, percent, language }: Writing): TextTable {
  const { labels } = words;
  return tableOf(
    [
      ...[left(labels.invoice), left(labels.from), left(labels.to), right(labels.days)],
      ...[right(labels.over), right(labels.percent), right(labels.amount)],
    ],
    all.flatMap(({ invoice, interestSegments }) =>
      interestSegments.map((each) => ({
        cells: [
          ...[invoice, date(each.from), date(each.to), String(each.days)],
          ...[figure(each.base), percent(each.percent), decimals(each.amount, language)],
        ],
      })),
    ),
  );
}

function costs({ costs: block }: DossierDocument, { words, money, date }: Writing): TextTable {
  const { labels, yes, no } = words;
  return facts([
    [labels.scheme, words.scheme[block.scheme]],
    [labels.base, money(block.base)],
    [labels.fee, money(block.fee)],
    [labels.vatUplift, money(block.vatUplift)],
    [labels.alreadyClaimed, block.alreadyClaimed ? yes : no],
    [labels.letterDate, date(block.letterDate)],
  ]);
}

function reminders(document: DossierDocument, { words, figure, date }: Writing): TextTable {
  const { labels } = words;
  const inTime = [...document.reminders].sort((a, b) => (a.sentOn < b.sentOn ? -1 : a.sentOn > b.sentOn ? 1 : 0));
  return tableOf(
    [...[left(labels.kind), left(labels.on), left(labels.channel), right(labels.asked)], ...[right(labels.costsAsked), left(labels.payBy)]],
    inTime.map((each) => ({
      cells: [
        ...[words.reminder[each.type], date(each.sentOn), words.channel[each.channel]],
        ...[each.amountAsked === undefined ? '' : figure(each.amountAsked), figure(each.costsAsked), date(each.payBy)],
      ],
      note: remarks([
        each.addressUsed !== undefined && `${labels.sentTo} ${each.addressUsed}`,
        each.receivedOn !== undefined && `${labels.receivedOn} ${date(each.receivedOn)}`,
        each.invoices.length > 0 && `${labels.about} ${each.invoices.join(', ')}`,
        each.documentSha256 !== undefined && `SHA-256 ${each.documentSha256}`,
      ]),
    })),
  );
}

function contacts(document: DossierDocument, { words, date }: Writing): TextTable {
  const { labels } = words;
  return tableOf(
    [left(labels.kind), left(labels.on), left(labels.channel), left(labels.outcome)],
    document.contacts.map(({ on, channel, kind, outcome = '' }) => ({
      cells: [wordOf(words.contact, kind), date(on), wordOf(words.channel, channel), wordOf(words.outcome, outcome)],
    })),
  );
}

function disputes(document: DossierDocument, { words, figure, date }: Writing): TextTable {
  const { labels } = words;
  return tableOf(
    [left(labels.invoice), left(labels.code), right(labels.amount), left(labels.openedOn), left(labels.outcome), left(labels.resolvedOn)],
    document.disputes.map(({ invoice, code, amount, openedOn, outcome, resolvedOn }) => ({
      cells: [
        ...[invoice, wordOf(words.dispute, code), amount === undefined ? words.whole : figure(amount), date(openedOn)],
        ...[outcome === undefined ? '' : wordOf(words.disputeOutcome, outcome), date(resolvedOn)],
      ],
    })),
  );
}

function promises(document: DossierDocument, { words, figure, date }: Writing): TextTable {
  const { labels } = words;
  return tableOf(
    [left(labels.state), left(labels.madeOn), left(labels.payBy), right(labels.amount)],
    document.promises.map(({ madeOn, dueDate, amount, state }) => ({
      cells: [wordOf(words.outcome, state), date(madeOn), date(dueDate), figure(amount)],
    })),
  );
}

function arrangements(document: DossierDocument, { words, figure, date }: Writing): TextTable {
  const { labels } = words;
  return tableOf(
    [left(labels.state), left(labels.madeOn), left(labels.payBy), right(labels.amount)],
    document.arrangements.flatMap(({ madeOn, state, instalments }) =>
      instalments.map(({ dueDate, amount }, at) => ({
        cells: [at === 0 ? wordOf(words.outcome, state) : '', at === 0 ? date(madeOn) : '', date(dueDate), figure(amount)],
      })),
    ),
  );
}

function instructions({ instructions: given }: DossierDocument, { words, money, percent }: Writing): TextTable {
  const { labels } = words;
  return facts([
    [labels.legalAction, given.legalActionOnlyAfterApproval ? words.legalOnlyApproved : words.legalFree],
    [labels.minimumInstalment, given.minimumInstalment && money(given.minimumInstalment)],
    [labels.planMonths, given.planMonthsMax === undefined ? undefined : `${given.planMonthsMax} ${words.months}`],
    [labels.discount, given.discountPercentMax === undefined ? undefined : percent(String(given.discountPercentMax))],
    [labels.questions, given.questionsTo],
  ]);
}

function annexes({ attachments }: DossierDocument, { words }: Writing): TextTable {
  const { labels } = words;
  return tableOf(
    [left(labels.file), left(labels.kind), right(labels.size)],
    annexNames(attachments).map(({ name, kind, bytes, sha256 }) => ({
      cells: [name, words.annex[kind], String(bytes)],
      note: `SHA-256 ${sha256}`,
    })),
  );
}

function proof({ seal, log }: DossierDocument, { words }: Writing): TextTable {
  const { labels } = words;
  return tableOf(
    [left('')],
    [
      { cells: [labels.seal], note: seal.sha256 },
      { cells: [`${labels.log} (${log.head.number})`], note: log.head.hash },
      { cells: [labels.inEuro] },
    ],
  );
}
