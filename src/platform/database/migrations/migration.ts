import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration as this project runs them: forwards only, all pending ones in one transaction. The way back is the backup. */
export abstract class Migration implements MigrationInterface {
  /** Class name ending in the timestamp (milliseconds) that orders it, as TypeORM wants it. */
  abstract readonly name: string;

  abstract up(runner: QueryRunner): Promise<void>;

  async down(): Promise<void> {
    throw new Error(`${this.name} goes forwards only; restore the backup made before it`);
  }
}
