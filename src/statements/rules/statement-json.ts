import type { MessageHeader, StatementWarning } from './statement.js';
import type { StatementEvent } from './statement-events.js';

/**
 * Writes one file as the JSON of `tegoed statement read`, piece by piece, so that no more than one entry is in memory. What is known
 * only at the end (sums, balances that stand behind the entries, the hash) is written behind the entries.
 */
export class StatementJson {
  private readonly warnings: StatementWarning[] = [];
  private statements = 0;
  private entries = 0;

  begin(file: string): string {
    return `{"file":${JSON.stringify(file)},"statements":[`;
  }

  event(event: Exclude<StatementEvent, { type: 'end' }>): string {
    switch (event.type) {
      case 'message':
        return '';
      case 'statement-start':
        this.entries = 0;
        return `${this.statements++ === 0 ? '' : ','}{"entries":[`;
      case 'entry':
        return (this.entries++ === 0 ? '' : ',') + JSON.stringify(event.entry);
      case 'statement-end':
        return `],${JSON.stringify(event.totals).slice(1)}`;
      case 'warning':
        this.warnings.push(event.warning);
        return '';
    }
  }

  end(header: MessageHeader, sha256: string): string {
    return `],${JSON.stringify({ sha256, ...header, warnings: this.warnings }).slice(1)}`;
  }
}
