import { Body, Controller, Get, Param, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsNumber, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { type Minor, formatAmount, parseAmount } from '../kernel/money.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { type AdministrationSettings, MatchSettingsService } from './match-settings.service.js';
import { orProblem } from './problems.js';
import { SETTABLE, type SettingsOverride } from './rules/settings-override.js';

/** Not negative, and no sum of money anybody would call a tolerance. */
const TOLERANCE = /^\d{1,4}(\.\d{1,2})?$/;
const IsTolerance = (): PropertyDecorator => Matches(TOLERANCE, { message: '$property must be an amount from "0" to "9999.99"' });

class DiscountDto {
  @ApiProperty({ description: 'In percent of the invoice.' }) @IsNumber({ maxDecimalPlaces: 3 }) @Min(0.001) @Max(20) percent: number;
  @ApiProperty({ description: 'Days after the date of the invoice.' }) @IsInt() @Min(0) @Max(365) days: number;
}

class MatchSettingsDto {
  @ApiPropertyOptional({ description: 'A line is booked without a person from this confidence on.' })
  @IsOptional()
  @IsNumber()
  @Min(0.9)
  @Max(1)
  bookFrom?: number;

  @ApiPropertyOptional({ description: 'Below this confidence nothing is proposed.' })
  @IsOptional()
  @IsNumber()
  @Min(0.01)
  @Max(0.99)
  proposeFrom?: number;

  @ApiPropertyOptional({ type: [DiscountDto], description: 'Payment discounts that are granted.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => DiscountDto)
  discounts?: DiscountDto[];

  @ApiPropertyOptional({ description: 'Most that may be missing for bank charges.', example: '50.00' })
  @IsOptional()
  @IsTolerance()
  bankChargesMax?: string;
  @ApiPropertyOptional({ description: 'Difference that counts as rounding.', example: '0.05' })
  @IsOptional()
  @IsTolerance()
  roundingMax?: string;

  @ApiPropertyOptional({ description: 'How often an account must have been confirmed before it stands for a debtor.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10)
  confirmationsForIban?: number;

  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(10) alternativesMax?: number;
}

@ApiTags('matching')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/match-settings')
export class MatchSettingsController {
  constructor(private readonly settings: MatchSettingsService) {}

  @Get()
  @ApiOperation({ summary: 'Thresholds and tolerances of matching, and which of them were set here.' })
  async get(@Param('administrationId') administrationId: string): Promise<Record<string, unknown>> {
    return toJson(await this.settings.get(administrationId));
  }

  @Put()
  @ApiOperation({ summary: 'Sets them; what is left out is the default again.' })
  async set(
    @Param('administrationId') administrationId: string,
    @Body() { bankChargesMax, roundingMax, discounts, ...rest }: MatchSettingsDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<Record<string, unknown>> {
    const { currency } = await this.settings.get(administrationId);
    const minor = (text: string): Minor => orProblem(parseAmount(text, currency));
    const override: SettingsOverride = {
      ...rest,
      ...(discounts !== undefined && { discounts: discounts.map(({ percent, days }) => ({ percent, days })) }),
      ...(bankChargesMax !== undefined && { bankChargesMax: minor(bankChargesMax) }),
      ...(roundingMax !== undefined && { roundingMax: minor(roundingMax) }),
    };
    return toJson(orProblem(await this.settings.set(administrationId, override, keyId)));
  }
}

function toJson({ settings, override, currency }: AdministrationSettings): Record<string, unknown> {
  const shown = Object.fromEntries(SETTABLE.map((name) => [name, settings[name]]));
  return {
    ...shown,
    bankChargesMax: formatAmount(settings.bankChargesMax, currency),
    roundingMax: formatAmount(settings.roundingMax, currency),
    set: Object.keys(override).sort(),
  };
}
