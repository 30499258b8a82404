import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { InputError } from '../kernel/errors.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { OneDebtor } from './one-debtor.service.js';
import type { OneDebtorView } from './rules/one-debtor.js';

export class OneDebtorQuery {
  @ApiPropertyOptional({ description: 'KvK or KBO number.' }) @IsOptional() @IsString() @Length(0, 40) registry?: string;
  @ApiPropertyOptional({ description: 'VAT number.' }) @IsOptional() @IsString() @Length(0, 40) vat?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(0, 60) iban?: string;
  @ApiPropertyOptional({ description: 'Of the numbers; NL unless given.', example: 'BE' })
  @IsOptional()
  @Matches(/^[A-Z]{2}$/)
  country?: string;
}

/** The question of a query; empty texts are none. */
export const soughtIn = ({ registry, vat, iban, country }: OneDebtorQuery) => ({
  country: country ?? 'NL',
  registryId: registry || null,
  vatId: vat || null,
  iban: iban || null,
});

@ApiTags('credit')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/one-debtor')
export class OneDebtorController {
  constructor(private readonly debtors: OneDebtor) {}

  @Get()
  @ApiOperation({ summary: 'One debtor over all administrations this key opens, by KvK or KBO number, VAT number or IBAN. At most 100.' })
  async find(@Query() query: OneDebtorQuery, @CalledBy() caller: Caller): Promise<OneDebtorView> {
    const view = await this.debtors.find(caller, soughtIn(query));
    if (view.soughtBy.length === 0) throw new InputError('no-number', 'give a number that can be right: registry (KvK, KBO), vat or iban');
    return view;
  }
}
