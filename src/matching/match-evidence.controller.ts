import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, Length, ValidateIf } from 'class-validator';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import type { EvidenceSubject } from './evidence.repository.js';
import { type EvidenceView, MatchEvidence } from './match-evidence.service.js';
import { orProblem } from './problems.js';

const KINDS = ['iban-link', 'neutral-iban', 'prefix', 'undone'] as const;
type Kind = (typeof KINDS)[number];

/** The fields that say what a piece of evidence of a kind is about; all of them, and no others. */
const FIELDS: Readonly<Record<Kind, readonly (keyof RevokeDto & keyof EvidenceSubject)[]>> = {
  'iban-link': ['iban', 'debtorId'],
  'neutral-iban': ['iban'],
  prefix: ['written', 'series'],
  undone: ['bankLineId', 'invoiceId'],
};

const needed = (field: keyof RevokeDto & keyof EvidenceSubject) =>
  ValidateIf((dto: RevokeDto) => dto[field] !== undefined || (KINDS.includes(dto.kind) && FIELDS[dto.kind].includes(field)));

class NeutralIbanDto {
  @ApiProperty() @IsString() @Length(5, 42) iban: string;
}

class RevokeDto {
  @ApiProperty({ enum: KINDS }) @IsIn(KINDS) kind: Kind;
  @ApiPropertyOptional() @needed('iban') @IsString() @Length(5, 42) iban?: string;
  @ApiPropertyOptional() @needed('debtorId') @IsString() @Length(1, 200) debtorId?: string;
  @ApiPropertyOptional() @needed('written') @IsString() @Length(1, 40) written?: string;
  @ApiPropertyOptional() @needed('series') @IsString() @Length(1, 40) series?: string;
  @ApiPropertyOptional() @needed('bankLineId') @IsUUID('all') bankLineId?: string;
  @ApiPropertyOptional() @needed('invoiceId') @IsString() @Length(1, 200) invoiceId?: string;
  @ApiProperty() @IsString() @Length(1, 500) why: string;
}

@ApiTags('matching')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/match-evidence')
export class MatchEvidenceController {
  constructor(private readonly evidence: MatchEvidence) {}

  @Get()
  @ApiOperation({ summary: 'What matching learned from the decisions of people, and how often each thing was confirmed.' })
  list(@Param('administrationId') administrationId: string): Promise<EvidenceView> {
    return this.evidence.list(administrationId);
  }

  @Post('neutral-ibans')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says that an account stands for nobody: a payment provider, an accountant, a bailiff.' })
  async neutralize(
    @Param('administrationId') administrationId: string,
    @Body() { iban }: NeutralIbanDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<void> {
    orProblem(await this.evidence.neutralize(administrationId, iban, keyId));
  }

  @Post('revoke')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Takes back what was learned about something: an account and a debtor, a prefix, an account for nobody, an undone pair.',
  })
  async revoke(
    @Param('administrationId') administrationId: string,
    @Body() { kind, why, ...given }: RevokeDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<void> {
    const subject = Object.fromEntries(FIELDS[kind].map((field) => [field, given[field as keyof typeof given]])) as EvidenceSubject;
    orProblem(await this.evidence.revoke(administrationId, kind, subject, keyId, why));
  }
}
