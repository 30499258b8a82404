import { ApiProperty } from '@nestjs/swagger';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Capacity } from '../ledger/rules/book.js';

class AmountsView {
  @ApiProperty() readonly currency: string;
  @ApiProperty({ example: '1210.00', description: 'Invoices less open credit notes.' }) readonly open: string;
  @ApiProperty({ description: 'Invoices past their due date.' }) readonly overdue: string;
  @ApiProperty() readonly items: number;
}

export class DebtorView {
  @ApiProperty() readonly id: string;
  @ApiProperty({ type: String, nullable: true }) readonly number: string | null;
  @ApiProperty() readonly name: string;
  @ApiProperty() readonly capacity: Capacity;
  @ApiProperty() readonly country: string;
  @ApiProperty({ type: String, nullable: true }) readonly language: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly email: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly phone: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly segment: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly creditLimit: string | null;
  @ApiProperty({ type: [AmountsView] }) readonly amounts: readonly AmountsView[];
  @ApiProperty() readonly onHold: boolean;
}

export class DebtorsPage {
  @ApiProperty() readonly total: number;
  @ApiProperty() readonly page: number;
  @ApiProperty() readonly size: number;
  @ApiProperty({ type: [DebtorView] }) readonly debtors: readonly DebtorView[];
}

/** Everything about a debtor. */
export class DossierView extends DebtorView {
  @ApiProperty({ description: 'Fields a person set here; they go before what the package says.' }) readonly setHere: readonly string[];
  @ApiProperty({ type: [Object] }) readonly items: readonly {
    readonly id: string;
    readonly number: string;
    readonly kind: 'invoice' | 'credit-note';
    readonly issueDate: PlainDate;
    readonly dueDate: PlainDate;
    readonly currency: string;
    readonly amount: string;
    readonly open: string;
    readonly disputed: string;
    /** What the package says of a dispute; null: nothing. */
    readonly disputedInPackage: string | null;
    /** A person stopped its reminders in the package, and nobody decided here to go on. */
    readonly pausedInPackage: boolean;
    readonly collecting: boolean;
    readonly handedOverOn: PlainDate | null;
  }[];
  @ApiProperty({ type: [Object] }) readonly contacts: readonly {
    readonly id: string;
    readonly step: string;
    readonly kind: string;
    readonly channel: string;
    readonly sentOn: PlainDate;
    readonly receivedOn: PlainDate | null;
    readonly invoiceIds: readonly string[];
  }[];
  @ApiProperty({ type: [Object] }) readonly promises: readonly {
    readonly id: string;
    readonly invoiceIds: readonly string[];
    readonly amount: string;
    readonly madeOn: PlainDate;
    readonly dueDate: PlainDate;
    readonly madeBy: string | null;
    readonly channel: string | null;
    /** As last judged: `open`, `kept`, `late`, `short`, `broken`; or `withdrawn`. */
    readonly state: string;
  }[];
  @ApiProperty({ type: [Object] }) readonly arrangements: readonly {
    readonly id: string;
    readonly invoiceIds: readonly string[];
    readonly madeOn: PlainDate | null;
    /** As last judged: `running`, `broken`, `completed`; or `withdrawn`. */
    readonly state: string;
    readonly instalments: readonly { readonly dueDate: PlainDate; readonly amount: string; readonly state: string }[];
  }[];
  @ApiProperty({ type: [Object] }) readonly disputes: readonly {
    readonly id: string;
    readonly invoiceId: string;
    readonly code: string;
    readonly amount: string | null;
    readonly openedOn: PlainDate;
    readonly answerBy: PlainDate;
    readonly outcome: string | null;
    readonly resolvedOn: PlainDate | null;
  }[];
  @ApiProperty({ type: [Object] }) readonly holds: readonly {
    readonly id: string;
    readonly kind: string;
    readonly reason: string;
    readonly from: PlainDate;
    readonly until: PlainDate | null;
    readonly state: string;
  }[];
  @ApiProperty({ type: [Object], description: 'What happened, newest first, at most 200.' }) readonly entries: readonly {
    readonly sequence: string;
    readonly at: string;
    readonly kind: string;
    readonly body: object;
  }[];
}
